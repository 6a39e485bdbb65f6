/** The request that a frame answers, as the other rules and the reader of the frame are told. */
import type { Timestamp } from "../../chunk.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { AnsweredRequest } from "../answered-request.js";
import { detach } from "../detach.js";
import { nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";
import type { WaitingRequest } from "./exchange-waiting.js";

/** That request, answered after so many nanoseconds. */
export function createAnswered(
  { frame, name, apdu, objects, namedBy, naming }: WaitingRequest,
  latency: number | undefined,
): AnsweredRequest {
  return { frame, name, latency, apdu, objects, namedBy, naming };
}

/** A frame in which the client sent a part of an APDU, or acknowledged one. */
export interface ClientBlock {
  readonly frame: number;
  readonly time: Timestamp | null;
  /** A copy; undefined where it was not read. */
  readonly apdu: Apdu | undefined;
}

export function keepBlock({ number, time, apdu }: ObservedFrame): ClientBlock {
  return { frame: number, time, apdu: detach(apdu) };
}

/** What a block of the server answers: the client's last block, or the request itself. */
export function createAnsweredByBlock(
  block: ClientBlock | undefined,
  request: WaitingRequest | undefined,
  time: Timestamp | null,
): AnsweredRequest | undefined {
  if (block === undefined) {
    return request && createAnswered(request, nanosecondsBetween(request.time, time));
  }
  const { frame, apdu } = block;
  const latency = nanosecondsBetween(block.time, time);
  const name = apdu?.name ?? request?.name ?? "general-block-transfer";
  if (request === undefined) {
    return { frame, name, latency, apdu, objects: [], namedBy: frame, naming: apdu };
  }
  const { objects, namedBy, naming } = request;
  return { frame, name, latency, apdu, objects, namedBy, naming };
}
