import type { Direction, Timestamp } from "../../decoder/chunk.js";
import { joinPlaces } from "./byte-places.js";

/** Bytes that were logged one by one, put together again. */
export interface JoinedRows {
  readonly bytes: Uint8Array;
  /** Where they stand; null where nobody asked. */
  readonly places: Uint32Array | null;
  /** Of the first byte. */
  readonly time: Timestamp | null;
  readonly direction: Direction | null;
  /** Offset of the first row. */
  readonly offset: number;
  /** The line was silent before, or another side spoke. */
  readonly boundary: boolean;
}

/** Octets of one message follow each other faster, even at 300 baud. */
const SILENCE_NANOSECONDS = 50_000_000;
const LONGEST = 4096;

/** Joins rows of one byte each, up to a silence or a change of direction. */
export class ByteRows {
  #bytes: number[] = [];
  #places: Uint32Array[] = [];
  #time: Timestamp | null = null;
  #last: Timestamp | null = null;
  #direction: Direction | null = null;
  #offset = 0;
  #boundary = true;

  /** Adds a row, and where its byte stands; returns the bytes before it, if it does not go on with them. */
  add(
    byte: number,
    time: Timestamp | null,
    direction: Direction | null,
    offset: number,
    places: Uint32Array | null,
  ): JoinedRows | null {
    const silent = this.#last !== null && time !== null && isSilent(this.#last, time);
    const apart = silent || direction !== this.#direction;
    const before = apart || this.#bytes.length >= LONGEST ? this.take() : null;
    if (this.#bytes.length === 0) {
      this.#boundary = before === null || apart;
      this.#time = time;
      this.#direction = direction;
      this.#offset = offset;
    }
    this.#bytes.push(byte);
    if (places !== null) this.#places.push(places);
    this.#last = time;
    return before;
  }

  /** What has been joined so far; null for nothing. */
  take(): JoinedRows | null {
    if (this.#bytes.length === 0) return null;
    const joined: JoinedRows = {
      bytes: Uint8Array.from(this.#bytes),
      places: this.#places.length === 0 ? null : joinPlaces(this.#places),
      time: this.#time,
      direction: this.#direction,
      offset: this.#offset,
      boundary: this.#boundary,
    };
    this.#bytes = [];
    this.#places = [];
    this.#last = null;
    return joined;
  }
}

/** Also where the clock runs backwards. */
function isSilent(last: Timestamp, time: Timestamp): boolean {
  const seconds = time.seconds - last.seconds;
  if (Math.abs(seconds) > 2) return true;
  const gap = seconds * 1_000_000_000 + time.nanoseconds - last.nanoseconds;
  return gap < 0 || gap > SILENCE_NANOSECONDS;
}
