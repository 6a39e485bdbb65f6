import type { Cursor } from "../../core/cursor.js";
import { readIpv4 } from "./ipv4.js";
import { readIpv6 } from "./ipv6.js";
import type { PacketContents } from "./packet-contents.js";

/** Reads a packet that begins with IP itself, of either version. */
export function readIp(c: Cursor, packet: PacketContents): void {
  if ((c.peek() ?? 0) >>> 4 === 6) readIpv6(c, packet);
  else readIpv4(c, packet);
}
