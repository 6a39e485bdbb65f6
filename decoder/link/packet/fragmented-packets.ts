/** Packets that hold fragments, joined into packets that look as if they had never been cut. */
import type { CaptureChunk } from "../../chunk.js";
import { concatenate } from "../../core/bytes.js";
import { Cursor } from "../../core/cursor.js";
import type { Dissection } from "../../core/dissection.js";
import type { Carrier, StreamNotice } from "../link-frame.js";
import type { CapturedPayload, PayloadPart } from "./captured-payload.js";
import { type Datagram, IpFragments } from "./ip-fragments.js";
import { readTransport } from "./packet.js";
import { PacketContents } from "./packet-contents.js";

/** A fragment, and the packet that brought it. */
interface CapturedFragment {
  readonly chunk: CaptureChunk;
  readonly carrier: Carrier;
  /** Where the fragment's bytes begin in the packet. */
  readonly at: number;
  readonly ipVersion: 0 | 4 | 6;
  readonly protocol: number;
  readonly sourceAt: number;
  readonly destinationAt: number;
}

/** A datagram with the headers of its first fragment before it. */
export interface JoinedPacket {
  readonly bytes: Uint8Array;
  /** What the headers say; the offsets are those in `bytes`. */
  readonly contents: PacketContents;
  /** The transport's payload, and the packets that it came in. */
  readonly payload: CapturedPayload;
  readonly notices: readonly StreamNotice[];
}

/** Joins the fragments of one capture. */
export class FragmentedPackets {
  readonly #fragments = new IpFragments<CapturedFragment>();
  readonly #dissection: Dissection;

  /** `dissection` takes what the transport headers report; nobody reads it. */
  constructor(dissection: Dissection) {
    this.#dissection = dissection;
  }

  /** Takes a packet whose `contents` are those of a fragment. */
  push(
    chunk: CaptureChunk,
    carrier: Carrier,
    contents: PacketContents,
  ): { readonly notices: readonly StreamNotice[]; readonly packets: readonly JoinedPacket[] } {
    const { ipVersion, protocol, sourceAt, destinationAt } = contents;
    const at = contents.ipPayloadStart;
    const { notices, datagrams } = this.#fragments.push({
      key: nameDatagram(chunk, contents),
      offset: contents.fragmentOffset,
      more: contents.moreFragments,
      bytes: chunk.bytes.subarray(at, contents.ipPayloadEnd),
      tag: { chunk, carrier, at, ipVersion, protocol, sourceAt, destinationAt },
    });
    return { notices, packets: datagrams.flatMap((datagram) => this.#join(datagram)) };
  }

  /** The capture has ended: the datagrams that were never complete. */
  finish(): JoinedPacket[] {
    return this.#fragments.finish().flatMap((datagram) => this.#join(datagram));
  }

  #join(datagram: Datagram<CapturedFragment>): JoinedPacket[] {
    const { tags, pieces, complete, notices } = datagram;
    const first = pieces[0]?.tag ?? tags[0];
    const last = complete ? tags[tags.length - 1] : first;
    if (first === undefined || last === undefined) return [];
    const { at } = first;
    const bytes = concatenate([first.chunk.bytes.subarray(0, at), datagram.bytes]);
    const contents = new PacketContents({ values: false });
    contents.ipVersion = first.ipVersion;
    contents.protocol = first.protocol;
    contents.sourceAt = first.sourceAt;
    contents.destinationAt = first.destinationAt;
    contents.lost = complete ? 0 : 1;
    if (pieces.length > 0) readTransport(new Cursor(this.#dissection, 0, bytes, at), contents);
    // A segment with a hole would put the connection out of step.
    if (!complete && contents.payload === "tcp") contents.payload = "none";
    const payload: CapturedPayload = {
      carrier: last.carrier,
      at: 0,
      parts: pieces.flatMap((piece) => toPart(piece, contents.payloadStart - at)),
      time: first.chunk.time,
      interface: first.chunk.interface,
      mark: first.chunk.direction,
      pushed: true,
    };
    return [{ bytes, contents, payload, notices }];
  }
}

/** The part of a transport's payload that a fragment holds; `header` bytes stand before it. */
function toPart(
  piece: Datagram<CapturedFragment>["pieces"][number],
  header: number,
): PayloadPart[] {
  const start = Math.max(piece.start, header);
  if (start >= piece.end) return [];
  const { carrier, at } = piece.tag;
  const offset = at + piece.offset + start - piece.start;
  return [{ start: start - header, end: piece.end - header, carrier, offset }];
}

/** Interface, addresses, protocol and identification: what fragments of one datagram share. */
function nameDatagram(chunk: CaptureChunk, contents: PacketContents): string {
  const { sourceAt, ipVersion, protocol, identification } = contents;
  const addresses = chunk.bytes.subarray(sourceAt, sourceAt + (ipVersion === 6 ? 32 : 8));
  return `${chunk.interface} ${protocol} ${identification} ${addresses.join(".")}`;
}
