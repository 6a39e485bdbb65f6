/**
 * Where the bytes of frames stand in the text that they were read from.
 *
 * Strategy. The frames of one stream hold the bytes of its chunks, in order and without gaps; only a
 * flag that two HDLC frames share stands in both. So the places follow the chunks as the frames are
 * cut, and every byte is compared on the way. Where one differs, nothing is said of the stream from
 * there on: no place is better than a wrong one.
 */
import type { CaptureBytes } from "../../captures/capture.js";
import { NOWHERE, unknownPlaces } from "../../captures/text/byte-places.js";
import {
  type CaptureChunk,
  type Direction,
  LINK_TYPE_MESSAGE,
  LINK_TYPE_STREAM,
} from "../../decoder/chunk.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";

const noBytes = new Uint8Array(0);
const noPlaces = new Uint32Array(0);

/** Follows the chunks of one text, and the frames that are cut out of them. */
export class FramePlaces {
  readonly #streams = new Map<string, StreamPlaces>();
  /** Of captured packets, by their bytes. */
  readonly #packets = new Map<Uint8Array, Uint32Array>();

  /** Takes a chunk before it is cut. */
  add({ chunk, places }: CaptureBytes): void {
    const known = places ?? unknownPlaces(chunk.bytes.length);
    if (isBare(chunk)) this.#stream(chunk.interface, chunk.direction).add(chunk.bytes, known);
    else this.#packets.set(chunk.bytes, known);
  }

  /**
   * The places of the bytes of the next frame, in pairs as captures/text/byte-places.ts says. Every
   * frame must be asked for, in order.
   */
  take(link: LinkFrame): Uint32Array {
    if (link.carriers.length > 0) return this.#placeCarried(link);
    return this.#stream(link.interface, link.mark).take(link);
  }

  /** The places of the bytes of a packet that carried frames; undefined for any other. */
  packet(bytes: Uint8Array): Uint32Array | undefined {
    return this.#packets.get(bytes);
  }

  #stream(line: number, direction: Direction | null): StreamPlaces {
    const key = `${line} ${direction}`;
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      stream = new StreamPlaces();
      this.#streams.set(key, stream);
    }
    return stream;
  }

  #placeCarried({ bytes, carriers, pieces, framing }: LinkFrame): Uint32Array {
    const [whole] = carriers;
    if (framing === "packet" && whole !== undefined) {
      return this.#packets.get(whole.bytes) ?? unknownPlaces(bytes.length);
    }
    const places = unknownPlaces(bytes.length);
    for (const { start, end, carrier, offset } of pieces) {
      const packet = carriers[carrier]?.bytes;
      const known = packet && this.#packets.get(packet);
      if (packet === undefined || known === undefined) continue;
      for (let at = start; at < end; at += 1) {
        const there = offset + at - start;
        if (packet[there] !== bytes[at]) continue;
        places[at * 2] = known[there * 2] ?? NOWHERE;
        places[at * 2 + 1] = known[there * 2 + 1] ?? NOWHERE;
      }
    }
    return places;
  }
}

function isBare({ linkType }: CaptureChunk): boolean {
  return linkType === LINK_TYPE_MESSAGE || linkType === LINK_TYPE_STREAM;
}

interface Part {
  readonly bytes: Uint8Array;
  readonly places: Uint32Array;
}

/** The chunks of one stream that no frame has taken yet. */
class StreamPlaces {
  #parts: Part[] = [];
  /** First part that is not used up, and how much of it is. */
  #part = 0;
  #at = 0;
  /** The byte taken last. */
  #last: Part = { bytes: noBytes, places: noPlaces };
  #lost = false;

  add(bytes: Uint8Array, places: Uint32Array): void {
    if (this.#part > 0 && this.#part === this.#parts.length) {
      this.#parts = [];
      this.#part = 0;
    }
    if (bytes.length > 0) this.#parts.push({ bytes, places });
  }

  take({ bytes, notices }: LinkFrame): Uint32Array {
    const places = unknownPlaces(bytes.length);
    let filled = 0;
    if (notices.some(({ definition }) => definition.code === "framing.shared-flag")) {
      filled = this.#copy(this.#last, 0, bytes, places, 0);
    }
    while (filled < bytes.length && !this.#lost) {
      const part = this.#parts[this.#part];
      const taken = part === undefined ? 0 : this.#copy(part, this.#at, bytes, places, filled);
      if (part === undefined || taken === 0) {
        this.#lost = true;
        break;
      }
      filled += taken;
      this.#at += taken;
      this.#last = {
        bytes: part.bytes.subarray(this.#at - 1, this.#at),
        places: part.places.subarray(this.#at * 2 - 2, this.#at * 2),
      };
      if (this.#at < part.bytes.length) continue;
      this.#part += 1;
      this.#at = 0;
    }
    return this.#lost ? unknownPlaces(bytes.length) : places;
  }

  /**
   * Places the bytes of a frame from `filled` on, as far as the part reaches; returns how many, 0
   * where they are others.
   */
  #copy(part: Part, from: number, bytes: Uint8Array, places: Uint32Array, filled: number): number {
    const count = Math.min(bytes.length - filled, part.bytes.length - from);
    for (let index = 0; index < count; index += 1) {
      if (part.bytes[from + index] !== bytes[filled + index]) return 0;
    }
    places.set(part.places.subarray(from * 2, (from + count) * 2), filled * 2);
    return count;
  }
}
