/** Network addresses in the spelling that people know. */
import { readUnsigned } from "../../core/cursor.js";

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Texts of addresses that were met lately, because a capture has few of them in many packets. Each
 * has its place by its last byte; another address of that place takes it over.
 */
class KnownTexts {
  readonly #addresses = new Float64Array(256).fill(-1);
  readonly #texts: string[] = new Array(256).fill("");

  find(address: number): string | undefined {
    const place = address % 256;
    return this.#addresses[place] === address ? this.#texts[place] : undefined;
  }

  keep(address: number, text: string): string {
    const place = address % 256;
    this.#addresses[place] = address;
    this.#texts[place] = text;
    return text;
  }
}

const linkTexts = new KnownTexts();
const ipv4Texts = new KnownTexts();

/** `00:1a:2b:3c:4d:5e`: `length` bytes at `at`. The caller has checked the bounds. */
export function formatLinkAddress(bytes: Uint8Array, at: number, length = 6): string {
  if (length !== 6) return writeLinkAddress(bytes, at, length);
  const address = readUnsigned(bytes, at, 6);
  return linkTexts.find(address) ?? linkTexts.keep(address, writeLinkAddress(bytes, at, length));
}

function writeLinkAddress(bytes: Uint8Array, at: number, length: number): string {
  let text = "";
  for (let i = 0; i < length; i++) text += `${i === 0 ? "" : ":"}${hexPairs[bytes[at + i] ?? 0]}`;
  return text;
}

/** `192.0.2.1`. The caller has checked the bounds. */
export function formatIpv4(bytes: Uint8Array, at: number): string {
  const address = readUnsigned(bytes, at, 4);
  return ipv4Texts.find(address) ?? ipv4Texts.keep(address, writeIpv4(bytes, at));
}

function writeIpv4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** `2001:db8::1`, as RFC 5952 writes it. The caller has checked the bounds. */
export function formatIpv6(bytes: Uint8Array, at: number): string {
  const groups = Array.from(
    { length: 8 },
    (_, i) => ((bytes[at + 2 * i] ?? 0) << 8) | (bytes[at + 2 * i + 1] ?? 0),
  );
  const zeros = findLongestZeros(groups);
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (zeros.length < 2) return write(groups);
  const end = zeros.start + zeros.length;
  return `${write(groups.slice(0, zeros.start))}::${write(groups.slice(end))}`;
}

/** The longest run of zero groups, the first of equal ones. */
function findLongestZeros(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  });
  return longest;
}
