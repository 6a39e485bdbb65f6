/**
 * Serial lines that were recorded as packets.
 *
 * Strategy. A recorder makes a packet of what it has read at once, and reads end anywhere. So their
 * bytes are a stream, as if they had come without packets. What happens on the line beside bytes
 * (errors, breaks, a port that was away) is listed as packets between the frames. Where the recorder
 * has sent nothing, it has heard both sides: then nobody knows who sends.
 */
import {
  type CaptureChunk,
  type Direction,
  LINK_TYPE_MESSAGE,
  LINK_TYPE_STREAM,
} from "../../chunk.js";
import { ByteStreams } from "../byte-streams.js";
import type { Carrier, Framing, LinkFrame } from "../link-frame.js";
import { type CapturedPayload, framePacket, noNotices } from "./captured-payload.js";
import type { PacketContents } from "./packet-contents.js";
import { payloadDiagnostics } from "./payload-diagnostics.js";

/** Numbers of LINKTYPE_RTAC_SERIAL. */
const transmissionStarts = 1;
const transmissionEnds = 3;
const receptionEnds = 4;
const dataLost = 5;

const nothing: readonly LinkFrame[] = [];
const unknownSide = { flow: "", fromFirst: null } as const;
const noDlms = [{ definition: payloadDiagnostics["no-dlms"] }];

/** Takes the packets of all serial lines of a capture, in order. */
export class SerialLines {
  readonly #framing: Framing | "auto";
  readonly #streams: ByteStreams;
  /** Interfaces whose recorder has sent: what it received the other side sent. */
  readonly #transmitting = new Set<number>();
  /** Interfaces and sides whose last packet ended a message, as the recorder saw it. */
  readonly #ended = new Set<string>();

  /** `packet`: the bytes are left alone. */
  constructor(framing: Framing | "auto") {
    this.#framing = framing;
    this.#streams = new ByteStreams(framing);
  }

  /** Takes the next packet: gives the frames that it completes, and the event that it is. */
  push(chunk: CaptureChunk, carrier: Carrier, contents: PacketContents): LinkFrame[] {
    const { lineEvent, payloadStart, payloadEnd } = contents;
    const isEvent = lineEvent < transmissionStarts || lineEvent > receptionEnds;
    const isBare = payloadStart === payloadEnd;
    const torn = lineEvent === dataLost ? this.#streams.interrupt(chunk.interface) : nothing;
    const frames =
      isBare || this.#framing === "packet" ? [] : this.#pushBytes(chunk, carrier, contents);
    if (isBare) this.#noteEnd(chunk.interface, lineEvent);
    if (isEvent || isBare || this.#framing === "packet") {
      const notices = isEvent || isBare ? noNotices : noDlms;
      frames.push(framePacket(listed(chunk, carrier), unknownSide, notices, chunk.comment));
    }
    return torn.length === 0 ? frames : [...torn, ...frames];
  }

  /** The capture has ended: what is unfinished comes out as far as it goes. */
  finish(): LinkFrame[] {
    return this.#streams.finish();
  }

  #pushBytes(chunk: CaptureChunk, carrier: Carrier, contents: PacketContents): LinkFrame[] {
    const { lineEvent, payloadStart: at, payloadEnd } = contents;
    const isSent = lineEvent === transmissionStarts || lineEvent === transmissionEnds;
    if (isSent) this.#transmitting.add(chunk.interface);
    const side: Direction = isSent ? "client-to-server" : "server-to-client";
    const isKnown = isSent || this.#transmitting.has(chunk.interface);
    const begins = this.#ended.delete(`${chunk.interface} ${side}`);
    this.#noteEnd(chunk.interface, lineEvent);
    return this.#streams.push({
      ...chunk,
      direction: chunk.direction ?? (isKnown ? side : null),
      linkType: begins ? LINK_TYPE_MESSAGE : LINK_TYPE_STREAM,
      bytes: chunk.bytes.subarray(at, payloadEnd),
      packet: { carrier, at, side },
    });
  }

  /** Only a recorder that tells where messages end tells where they begin. */
  #noteEnd(line: number, event: number): void {
    if (event === transmissionEnds) this.#ended.add(`${line} client-to-server`);
    else if (event === receptionEnds) this.#ended.add(`${line} server-to-client`);
  }
}

function listed(chunk: CaptureChunk, carrier: Carrier): CapturedPayload {
  const { time, direction } = chunk;
  return { carrier, at: 0, time, interface: chunk.interface, mark: direction, pushed: true };
}
