/**
 * Where bytes are written in a text: for each byte its first character and the one behind its last,
 * one pair after the other. Characters are counted in UTF-16 units.
 */

import { nibbleAt } from "./characters.js";

/** Both numbers of a byte that no characters spell. */
export const NOWHERE = 0xffffffff;

/** Places for so many bytes, none of which is known yet. */
export function unknownPlaces(count: number): Uint32Array {
  return new Uint32Array(count * 2).fill(NOWHERE);
}

/**
 * Where the bytes of a run of hex stand that `start` to `end` of the text spell: with the `0x`, `\x`
 * or `h` that marks each. From a byte on that is not written there, no place is known.
 */
export function placesOfHex(
  text: string,
  start: number,
  end: number,
  bytes: Uint8Array,
): Uint32Array {
  const places = unknownPlaces(bytes.length);
  let at = start;
  for (let index = 0; index < bytes.length; ) {
    if (at >= end) break;
    const digits = isMarked(text, at) ? at + 2 : at;
    const high = nibbleAt(text, digits);
    if (high < 0) {
      at = digits + 1;
      continue;
    }
    const low = digits + 1 < end ? nibbleAt(text, digits + 1) : -1;
    if (bytes[index] !== (low < 0 ? high : (high << 4) | low)) break;
    let behind = digits + (low < 0 ? 1 : 2);
    if ((text.charCodeAt(behind) | 0x20) === 0x68) behind += 1;
    places[index * 2] = at;
    places[index * 2 + 1] = behind;
    index += 1;
    at = behind;
  }
  return places;
}

/** `0x7E`, `\x7e` */
function isMarked(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 0x30 || code === 0x5c) && (text.charCodeAt(at + 1) | 0x20) === 0x78;
}

/** The same places, counted from a point that lies `by` characters before. */
export function movePlaces(places: Uint32Array, by: number): Uint32Array {
  return by === 0 ? places : places.map((at) => (at === NOWHERE ? at : at + by));
}

/** The places of bytes that are put together. */
export function joinPlaces(parts: readonly Uint32Array[]): Uint32Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const places = new Uint32Array(length);
  let at = 0;
  for (const part of parts) {
    places.set(part, at);
    at += part.length;
  }
  return places;
}
