const empty = new Uint8Array(0);

/**
 * What has been pushed into a reader and not yet been read, in one piece. Adding costs time linear
 * in what is added, however small the pieces are and however long a record has to be waited for.
 *
 * Pushed bytes are kept as views, not copied, where nothing unread stands before them: whoever
 * pushes must not write into them afterwards. Bytes handed out as views are never overwritten.
 */
export class UnreadBytes {
  bytes: Uint8Array = empty;
  view: DataView = new DataView(empty.buffer);
  /** The first unread byte, an index into `bytes`. */
  start = 0;
  /** Behind the last byte, an index into `bytes`. */
  end = 0;
  #base = 0;
  #owned = false;

  /** How many bytes are unread. */
  get length(): number {
    return this.end - this.start;
  }

  /** Offset in the file of an index into `bytes`. */
  offsetOf(index: number): number {
    return this.#base + index;
  }

  append(added: Uint8Array): void {
    const kept = this.end - this.start;
    if (kept === 0) {
      this.#base += this.end;
      this.#owned = false;
      // A Buffer would make every view handed out a Buffer too, whose slice() does not copy.
      this.#hold(new Uint8Array(added.buffer, added.byteOffset, added.length), 0, added.length);
    } else if (this.#owned && this.bytes.length - this.end >= added.length) {
      this.bytes.set(added, this.end);
      this.end += added.length;
    } else {
      const length = kept + added.length;
      const joined = new Uint8Array(added.length < kept ? 2 * length : length);
      joined.set(this.bytes.subarray(this.start, this.end));
      joined.set(added, kept);
      this.#base += this.start;
      this.#owned = true;
      this.#hold(joined, 0, length);
    }
  }

  #hold(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.start = start;
    this.end = end;
  }
}
