import type { Writable } from "node:stream";
import { TextBuffer } from "../analyzer/index.js";

/** Standard output, or a file, that collects what is written, so that a frame does not cost a system call. */
export class Output {
  /** What is written goes here; call `flush` now and then. */
  readonly text = new TextBuffer();
  readonly #stream: Writable & { readonly isTTY?: boolean };
  #failure: Error | undefined;

  constructor(stream: Writable & { readonly isTTY?: boolean }) {
    this.#stream = stream;
    stream.on("error", (error) => {
      this.#failure = error;
    });
  }

  /** Whether people read it: then it may be coloured. */
  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Whether so much has been collected that it should be flushed. */
  get isFull(): boolean {
    return this.text.length >= flushLength;
  }

  /** Writes out what was collected. Rejects with the stream's error where the reader has gone. */
  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.text.length === 0) return;
    const bytes = this.text.take();
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Writes out what was collected, and closes the stream. Rejects where that fails. */
  async end(): Promise<void> {
    await this.flush();
    await new Promise<void>((resolve, reject) => {
      this.#stream.once("error", reject);
      this.#stream.end(resolve);
    });
  }

  /** The reader closed its end (`obiscope decode ... | head`): no failure of ours. */
  isBrokenPipe(error: unknown): boolean {
    return error instanceof Error && "code" in error && error.code === "EPIPE";
  }
}

const flushLength = 1 << 18;
