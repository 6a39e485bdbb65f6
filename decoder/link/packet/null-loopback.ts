/** The loopback of BSD, macOS and Npcap: LINKTYPE_NULL and LINKTYPE_LOOP. */
import { type Cursor, readUnsigned } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import { handOverEtherType } from "./ether-type.js";
import type { PacketContents } from "./packet-contents.js";

/** AF_INET is 2 everywhere; AF_INET6 is not. */
const families = {
  2: "IPv4",
  10: "IPv6 (Linux)",
  23: "IPv6 (Windows)",
  24: "IPv6 (NetBSD, OpenBSD)",
  26: "IPv6 (Solaris)",
  28: "IPv6 (FreeBSD)",
  30: "IPv6 (macOS)",
};

const F = defineFields("null-loopback", {
  "": { name: "Null/loopback", type: "group" },
  family: { name: "Address family", values: families },
});

/** The header as `link["null-loopback"]` shows it. */
export interface NullLoopback {
  readonly family: number;
  /** Whether the capturing machine wrote the family with its low byte first. */
  readonly "little-endian": boolean;
}

/** LINKTYPE_NULL: the family stands in the byte order of the machine that captured. */
export function readNullLoopback(c: Cursor, packet: PacketContents): void {
  readLayer(c, "null-loopback", F[""], () => {
    c.need(4);
    // Families are small numbers: the order in which the number is small is the right one.
    decodeFamily(c, packet, readUnsigned(c.bytes, c.offset, 4) > 0xffff);
  });
}

/** LINKTYPE_LOOP: the family stands in network byte order. */
export function readLoop(c: Cursor, packet: PacketContents): void {
  readLayer(c, "null-loopback", F[""], () => decodeFamily(c, packet, false));
}

function decodeFamily(c: Cursor, packet: PacketContents, littleEndian: boolean): void {
  c.need(4);
  const number = readUnsigned(c.bytes, c.offset, 4);
  const family = littleEndian ? swap(number) : number;
  c.leaf(F.family, 4, family);
  if (packet.values) {
    const header: NullLoopback = { family, "little-endian": littleEndian };
    c.dissection.link["null-loopback"] = header;
  }
  const etherType = family === 2 ? 0x0800 : family in families ? 0x86dd : 0;
  handOverEtherType(c.take(c.remaining), etherType, packet);
}

function swap(value: number): number {
  const high = ((value & 0xff) << 24) | ((value & 0xff00) << 8);
  return (high | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}
