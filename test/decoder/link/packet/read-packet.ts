/** Runs `readPacket` over bytes, as the dissection of a carrier does. */
import type { Cursor } from "../../../../decoder/core/cursor.js";
import { readPacket } from "../../../../decoder/link/packet/packet.js";
import { PacketContents } from "../../../../decoder/link/packet/packet-contents.js";
import {
  type DissectedBytes,
  dissectBytes,
  expectInBounds,
  expectTiled,
} from "../../dissect-bytes.js";

export const ethernetLink = 1;

export interface ReadPacket extends DissectedBytes<void> {
  readonly contents: PacketContents;
  /** The layers, without the one of the test itself. */
  readonly layers: readonly string[];
  readonly link: Readonly<Record<string, object>>;
}

/** The reader as a decoder, for `expectPrefixes`. */
export function packetReader(linkType: number): (c: Cursor) => void {
  return (c) => {
    const contents = new PacketContents({ values: true });
    contents.reset(0);
    readPacket(c, linkType, contents);
    c.offset = c.end;
  };
}

/** Reads a packet with its tree, and checks that every byte is explained. */
export function readBytes(
  bytes: Uint8Array | string,
  linkType = ethernetLink,
  cut = 0,
): ReadPacket {
  const contents = new PacketContents({ values: true });
  contents.reset(cut);
  const dissected = dissectBytes(bytes, (c) => {
    readPacket(c, linkType, contents);
    c.offset = c.end;
  });
  expectTiled(dissected.tree, bytes);
  expectInBounds(dissected);
  return {
    ...dissected,
    contents,
    layers: dissected.dissection.layers.slice(1),
    link: dissected.dissection.link,
  };
}
