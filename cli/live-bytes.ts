/** More than this waits for nobody: a view that has stopped must not fill the memory. */
const LONGEST_QUEUE = 64 * 1024 * 1024;

/** From here on whoever can wait should. */
const PATIENCE = 4 * 1024 * 1024;

/** Bytes of a live capture on their way to the decoder: pushed as they come, read as a stream. */
export class LiveBytes implements AsyncIterable<Uint8Array> {
  /** Told when there is room again after `push` has said that there is none. */
  onDrain: () => void = () => {};
  #blocks: Uint8Array[] = [];
  #length = 0;
  #isWaiting = false;
  #hasEnded = false;
  #wake: (() => void) | undefined;

  /**
   * Takes a block of pcapng. `behind`: the reader does not keep up; `lost`: so little that the block
   * was dropped.
   */
  push(block: Uint8Array): "taken" | "behind" | "lost" {
    if (this.#hasEnded) return "taken";
    if (this.#length + block.length > LONGEST_QUEUE) return "lost";
    this.#blocks.push(block);
    this.#length += block.length;
    this.#wake?.();
    this.#isWaiting ||= this.#length > PATIENCE;
    return this.#isWaiting ? "behind" : "taken";
  }

  /** Nothing more comes; what was pushed is still read. */
  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#length > 0) {
        const bytes = new Uint8Array(this.#length);
        let at = 0;
        for (const block of this.#blocks) {
          bytes.set(block, at);
          at += block.length;
        }
        this.#blocks = [];
        this.#length = 0;
        yield bytes;
      } else if (this.#hasEnded) {
        return;
      } else {
        if (this.#isWaiting) {
          this.#isWaiting = false;
          this.onDrain();
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
