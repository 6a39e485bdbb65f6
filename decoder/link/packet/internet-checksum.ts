/** The ones' complement checksum of IP, UDP and TCP (RFC 1071). */
import type { PacketContents } from "./packet-contents.js";

/** The sum of 16-bit words from `start` to `end`, added to `sum`; an odd last byte is padded. */
export function addWords(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum;
  let at = start;
  for (; at + 1 < end; at += 2) total += ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  if (at < end) total += (bytes[at] as number) << 8;
  return total;
}

/** Folds the carries of a sum into 16 bits. */
export function foldSum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return folded;
}

/**
 * `right`; `left-out` where the sender put in nothing or only the sum of the pseudo header, for
 * its network card to finish (the capture was taken before the card did); else `wrong`.
 */
export type ChecksumVerdict = "right" | "left-out" | "wrong";

/** Judges the checksum `said` of a UDP or TCP message, complete in `start` to `end`. */
export function judgeTransportChecksum(
  bytes: Uint8Array,
  start: number,
  end: number,
  said: number,
  packet: PacketContents,
): ChecksumVerdict {
  const size = packet.ipVersion === 6 ? 16 : 4;
  let pseudo = addWords(bytes, packet.sourceAt, packet.sourceAt + size);
  pseudo = addWords(bytes, packet.destinationAt, packet.destinationAt + size, pseudo);
  pseudo = foldSum(pseudo + (end - start) + packet.protocol);
  if (foldSum(addWords(bytes, start, end, pseudo)) === 0xffff) return "right";
  return said === 0 || said === pseudo ? "left-out" : "wrong";
}
