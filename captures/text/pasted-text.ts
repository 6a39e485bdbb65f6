import { LINK_TYPE_MESSAGE } from "../../decoder/chunk.js";
import type { CaptureItem } from "../capture.js";
import { isMeterText, RECOGNITION_LENGTH } from "../recognise.js";
import { readTextLog } from "./text-log.js";

/**
 * Reads a text that somebody pasted, in small groups: as a log, or, where it is what a meter itself
 * sends as text, as the bytes that its characters are in UTF-8. Offsets count UTF-16 units of the text,
 * and every chunk comes with the places of its bytes.
 */
export function* readPastedText(text: string): Generator<readonly CaptureItem[]> {
  const encoder = new TextEncoder();
  const head = encoder.encode(text.slice(0, RECOGNITION_LENGTH)).subarray(0, RECOGNITION_LENGTH);
  if (!isMeterText(head)) {
    yield* readTextLog(text);
    return;
  }
  const bytes = encoder.encode(text);
  const chunk = {
    interface: 0,
    time: null,
    direction: null,
    linkType: LINK_TYPE_MESSAGE,
    bytes,
    originalLength: bytes.length,
    position: 0,
  };
  yield [{ kind: "chunk", chunk, places: placesOfCharacters(text, bytes) }];
}

/** Every byte of a character stands where the character does. */
function placesOfCharacters(text: string, bytes: Uint8Array): Uint32Array {
  const places = new Uint32Array(bytes.length * 2);
  let start = -1;
  let end = 0;
  for (const [index, byte] of bytes.entries()) {
    // 10xxxxxx goes on with the character before.
    if (byte >> 6 !== 0b10) {
      start = end;
      end += (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
    }
    places[index * 2] = start;
    places[index * 2 + 1] = end;
  }
  return places;
}
