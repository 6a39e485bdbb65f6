/** Bytes that only grow, in memory: where a disk that is full would have them otherwise. */

const PIECE_LENGTH = 1 << 20;

export class HeldBytes {
  readonly #most: number;
  readonly #pieces: Buffer[] = [];
  #length = 0;

  /** `most`: how many bytes may be held. */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  /** Whether there is no room for more. */
  get isFull(): boolean {
    return this.#length >= this.#most;
  }

  /** Takes bytes as a whole, also where they are more than there is room for. */
  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const used = this.#length % PIECE_LENGTH;
      if (used === 0) this.#pieces.push(Buffer.allocUnsafe(PIECE_LENGTH));
      const part = bytes.subarray(done, done + PIECE_LENGTH - used);
      this.#pieces.at(-1)?.set(part, used);
      this.#length += part.length;
      done += part.length;
    }
  }

  /** A copy of some bytes from an offset on, of `most` and a mebibyte at most; none at the end. */
  read(from: number, most = PIECE_LENGTH): Uint8Array {
    const start = from % PIECE_LENGTH;
    const piece = this.#pieces[(from - start) / PIECE_LENGTH];
    const end = Math.min(PIECE_LENGTH, start + Math.min(most, Math.max(0, this.#length - from)));
    return Uint8Array.from(piece?.subarray(start, end) ?? []);
  }
}
