/** Standard output that collects what is written, so that a frame does not cost a system call. */
export class Output {
  readonly #stream: NodeJS.WriteStream;
  readonly #limit = 1 << 18;
  #parts = "";
  #failure: Error | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    stream.on("error", (error) => {
      this.#failure = error;
    });
  }

  /** Whether people read it: then it may be coloured. */
  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Adds text; returns when the reader has taken enough for more to come. */
  async write(text: string): Promise<void> {
    if (this.add(text)) await this.flush();
  }

  /** Adds text without waiting; true when it is time to `flush`. */
  add(text: string): boolean {
    this.#parts += text;
    return this.#parts.length >= this.#limit;
  }

  /** Writes out what was collected. Rejects with the stream's error where the reader has gone. */
  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#parts === "") return;
    const text = this.#parts;
    this.#parts = "";
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** The reader closed its end (`obiscope decode ... | head`): no failure of ours. */
  isBrokenPipe(error: unknown): boolean {
    return error instanceof Error && "code" in error && error.code === "EPIPE";
  }
}
