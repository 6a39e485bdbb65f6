/** More than this waits for nobody: a view that has stopped must not fill the memory. */
const LONGEST_QUEUE = 64 * 1024 * 1024;

/** From here on whoever can wait should. */
const PATIENCE = 4 * 1024 * 1024;

/**
 * In milliseconds, between two looks of the reader. Nobody reads faster, and a few frames together
 * take far less time than each by itself: after a pause nothing is in the processor's caches.
 */
const TIME_BETWEEN_LOOKS = 40;

/** So much is read without waiting. */
const BATCH_LENGTH = 64 * 1024;

/** Bytes of a live capture on their way to the decoder: pushed as they come, read as a stream. */
export class LiveBytes implements AsyncIterable<Uint8Array> {
  /** Told when there is room again after `push` has said that there is none. */
  onDrain: () => void = () => {};
  #blocks: Uint8Array[] = [];
  #length = 0;
  #isWaiting = false;
  #hasEnded = false;
  /** Wakes the reader, who sleeps until so much is there. */
  #wake: () => void = () => {};
  #wanted = 1;

  /**
   * Takes a block of pcapng. `behind`: the reader does not keep up; `lost`: so little that the block
   * was dropped.
   */
  push(block: Uint8Array): "taken" | "behind" | "lost" {
    if (this.#hasEnded) return "taken";
    if (this.#length + block.length > LONGEST_QUEUE) return "lost";
    this.#blocks.push(block);
    this.#length += block.length;
    if (this.#length >= this.#wanted) this.#wake();
    this.#isWaiting ||= this.#length > PATIENCE;
    return this.#isWaiting ? "behind" : "taken";
  }

  /** Nothing more comes; what was pushed is still read. */
  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let next = 0;
    for (;;) {
      const wait = next - performance.now();
      if (this.#length > 0 && this.#length < BATCH_LENGTH && wait > 0 && !this.#hasEnded) {
        await this.#sleep(BATCH_LENGTH, wait);
      } else if (this.#length > 0) {
        const bytes = new Uint8Array(this.#length);
        let at = 0;
        for (const block of this.#blocks) {
          bytes.set(block, at);
          at += block.length;
        }
        this.#blocks = [];
        this.#length = 0;
        next = performance.now() + TIME_BETWEEN_LOOKS;
        yield bytes;
      } else if (this.#hasEnded) {
        return;
      } else {
        if (this.#isWaiting) {
          this.#isWaiting = false;
          this.onDrain();
        }
        await this.#sleep(1);
      }
    }
  }

  /** Until so many bytes are there, nothing more comes, or so many milliseconds are over. */
  #sleep(wanted: number, limit?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = limit === undefined ? undefined : setTimeout(resolve, limit);
      this.#wanted = wanted;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
