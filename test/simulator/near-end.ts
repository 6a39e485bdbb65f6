/** Listens at the near end of a cable, as simply as can be: a second opinion on what comes out. */
import { constants, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ReadStream } from "node:tty";

export class NearEnd {
  readonly #chunks: Buffer[] = [];
  readonly #terminal: ReadStream;
  #length = 0;
  #gone = false;

  constructor(path: string) {
    const handle = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    this.#terminal = new ReadStream(handle);
    this.#terminal.on("data", (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
    });
    const leave = () => {
      this.#gone = true;
    };
    this.#terminal.on("error", leave).on("end", leave).on("close", leave);
  }

  get length(): number {
    return this.#length;
  }

  /** The port is not there any more. */
  get isGone(): boolean {
    return this.#gone;
  }

  /** All that was heard, once it is that much; fails after half a minute without. */
  async hear(length: number): Promise<Uint8Array> {
    await until(
      () => this.#length >= length,
      () => `${this.#length} of ${length} bytes`,
    );
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  close(): void {
    this.#terminal.destroy();
  }
}

/** Waits for a condition; fails after half a minute, and says how far it has come. */
export async function until(isTrue: () => boolean, progress: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`still waiting: ${progress()}`);
    await sleep(5);
  }
}
