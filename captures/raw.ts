import { LINK_TYPE_MESSAGE, LINK_TYPE_STREAM } from "../decoder/chunk.js";
import type { CaptureItem, CaptureReader } from "./capture.js";

/**
 * Reads bytes that no format is put around: what came over a line, or one message. A message may
 * start at the first byte; the rest goes on where the bytes before it ended.
 *
 * Bytes are passed on as they come, so that a live stream is not held up: chunks are cut where the
 * pushes were, their bytes and positions in a row are the same for any chunking.
 */
export class RawReader implements CaptureReader {
  #position = 0;

  push(bytes: Uint8Array): CaptureItem[] {
    if (bytes.length === 0) return [];
    const position = this.#position;
    this.#position += bytes.length;
    return [
      {
        kind: "chunk",
        chunk: {
          interface: 0,
          time: null,
          direction: null,
          linkType: position === 0 ? LINK_TYPE_MESSAGE : LINK_TYPE_STREAM,
          bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
          originalLength: bytes.length,
          position,
        },
      },
    ];
  }

  finish(): CaptureItem[] {
    return [];
  }
}
