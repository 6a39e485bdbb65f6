/** A whole HDLC frame as the rules of its link look at it. */
import type { Direction, Timestamp } from "../../chunk.js";
import type { Hdlc } from "../../link/hdlc/hdlc.js";
import type { HdlcParameters } from "../../link/hdlc/parameters.js";
import { hasLlcHeader } from "../../link/llc.js";
import { nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";

export interface HdlcLinkFrame {
  readonly number: number;
  readonly time: Timestamp | null;
  readonly direction: Direction;
  /** As `HdlcControl` names it: `I`, `RR`, `SNRM`, ... */
  readonly type: string;
  readonly pollFinal: boolean;
  /** N(S); 0 where the type has none. */
  readonly sendSequence: number;
  /** N(R); 0 where the type has none. */
  readonly receiveSequence: number;
  readonly segmented: boolean;
  readonly information: Uint8Array;
  readonly parameters: HdlcParameters | undefined;
  /** Source LSAP of the LLC header, E6 or E7, where the information field begins with one. */
  readonly sourceLsap: number | undefined;
}

const flag = 0x7e;
const formatLength = 2;
const controlLength = 1;
const checkSequenceLength = 2;

/** Takes from a frame what the link needs; its control field must have been read. */
export function readLinkFrame(
  { number, time, bytes }: ObservedFrame,
  hdlc: Hdlc,
  direction: Direction,
): HdlcLinkFrame {
  const { control } = hdlc;
  const information = findInformation(bytes, hdlc);
  return {
    number,
    time,
    direction,
    type: control?.type ?? "unknown",
    pollFinal: control?.["poll-final"] ?? false,
    sendSequence: control?.["send-sequence"] ?? 0,
    receiveSequence: control?.["receive-sequence"] ?? 0,
    segmented: hdlc.segmented,
    information,
    parameters: hdlc.parameters,
    sourceLsap: findSourceLsap(information),
  };
}

function findInformation(bytes: Uint8Array, hdlc: Hdlc): Uint8Array {
  if (hdlc.hcs === undefined) return new Uint8Array(0);
  let format = 0;
  while (bytes[format] === flag) format++;
  const addresses = (hdlc.destination?.length ?? 0) + (hdlc.source?.length ?? 0);
  const start = format + formatLength + addresses + controlLength + checkSequenceLength;
  return bytes.subarray(start, format + hdlc.length - checkSequenceLength);
}

/**
 * The typed values of a last segment may have the LLC header of the whole message, which stood in
 * the first: only the bytes tell where a message begins.
 */
function findSourceLsap(information: Uint8Array): number | undefined {
  const begins = hasLlcHeader(information, 0, information.length) && information[2] === 0;
  return begins ? information[1] : undefined;
}

/** The other direction. */
export function opposite(direction: Direction): Direction {
  return direction === "client-to-server" ? "server-to-client" : "client-to-server";
}

/** `after 5.0 s`; undefined where the times are not known. */
export function describeDelay(from: Timestamp | null, to: Timestamp | null): string | undefined {
  const nanoseconds = nanosecondsBetween(from, to);
  return nanoseconds === undefined ? undefined : `after ${(nanoseconds / 1e9).toFixed(1)} s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly (string | number)[]): string {
  const last = words.slice(-1).join("");
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
