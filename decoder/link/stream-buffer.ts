/** The bytes of a stream that are still needed, and the chunks and boundaries in them. */

/** Where a part of a byte range came from: `start` to `end` of it stood at `offset` of a chunk. */
export interface FramedPiece<Tag> {
  readonly start: number;
  readonly end: number;
  readonly tag: Tag;
  readonly offset: number;
}

/** A pushed chunk; `start` is where its first byte stands in the buffer, below 0 once trimmed. */
interface Segment<Tag> {
  start: number;
  readonly tag: Tag;
}

const noBytes = new Uint8Array(0);

/**
 * A chunk that comes when nothing is left is the buffer itself, not copied; otherwise what is left
 * and the chunk are joined in an array that has room for more. Views of `bytes` stay valid.
 */
export class StreamBuffer<Tag> {
  /** All bytes that are kept. Positions are offsets in it. */
  bytes: Uint8Array = noBytes;
  /** The array under `bytes` where it is ours; it may have room behind them. */
  #store: Uint8Array | undefined;
  #segments: Segment<Tag>[] = [];
  /** First segment that is still needed. */
  #segment = 0;
  /** Where messages of the source begin, ascending; those before `#boundary` are passed. */
  #boundaries: number[] = [];
  #boundary = 0;

  /**
   * Adds a chunk. Bytes before `from` are needed no longer. Returns by how much the positions of
   * the others became smaller.
   */
  append(chunk: Uint8Array, tag: Tag, boundary: boolean, from: number): number {
    const used = this.bytes.length;
    const left = used - from;
    const inPlace = this.#store !== undefined && this.#store.length - used >= chunk.length;
    let shift = from;
    if (left === 0) {
      this.#forget(from);
      this.#store = undefined;
      this.bytes = chunk;
    } else if (inPlace && this.#store !== undefined) {
      shift = 0;
      this.#store.set(chunk, used);
      this.bytes = this.#store.subarray(0, used + chunk.length);
    } else {
      const store = new Uint8Array(left + chunk.length + Math.max(left, 1024));
      store.set(this.bytes.subarray(from));
      store.set(chunk, left);
      this.#forget(from);
      this.#store = store;
      this.bytes = store.subarray(0, left + chunk.length);
    }
    const position = used - shift;
    this.#segments.push({ start: position, tag });
    if (boundary) this.#boundaries.push(position);
    return shift;
  }

  #forget(from: number): void {
    if (from === this.bytes.length) {
      this.#segments.length = 0;
      this.#boundaries.length = 0;
    } else {
      this.#segments = this.#segments.slice(this.#segment);
      for (const segment of this.#segments) segment.start -= from;
      this.#boundaries = this.#boundaries.slice(this.#boundary).map((position) => position - from);
    }
    this.#segment = 0;
    this.#boundary = 0;
  }

  /** Whether a boundary is at `at`; those before it are passed for good. */
  passBoundaries(at: number): boolean {
    while ((this.#boundaries[this.#boundary] ?? at) < at) this.#boundary += 1;
    return this.#boundaries[this.#boundary] === at;
  }

  /** The first boundary behind `at`, or the end of the bytes. */
  nextBoundary(at: number): number {
    let low = this.#boundary;
    let high = this.#boundaries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#boundaries[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return this.#boundaries[low] ?? this.bytes.length;
  }

  /** The boundary that was pushed last, if it is still known. */
  lastBoundary(): number | undefined {
    return this.#boundaries[this.#boundaries.length - 1];
  }

  /** A view of `start` to `end`; the chunk itself where that is all of it. */
  view(start: number, end: number): Uint8Array {
    const whole = start === 0 && end === this.bytes.length;
    return whole ? this.bytes : this.bytes.subarray(start, end);
  }

  /** The pushed chunks under `start` to `end`. Those before `start` are not asked for again. */
  pieces(start: number, end: number): FramedPiece<Tag>[] {
    const segments = this.#segments;
    const pieces: FramedPiece<Tag>[] = [];
    for (let i = this.#segment; i < segments.length; i++) {
      const segment = segments[i] as Segment<Tag>;
      const next = segments[i + 1]?.start ?? this.bytes.length;
      if (next <= start) {
        this.#segment = i + 1;
        continue;
      }
      if (segment.start >= end) break;
      const from = Math.max(segment.start, start);
      const to = Math.min(next, end);
      pieces.push({
        start: from - start,
        end: to - start,
        tag: segment.tag,
        offset: from - segment.start,
      });
    }
    return pieces;
  }
}
