/** Reads a recording while it grows: what of the line is in it by now. */
import { closeSync, openSync, readSync } from "node:fs";
import { PcapngReader } from "../../captures/pcapng.js";
import { until } from "./near-end.js";

/** Before the bytes of the line, in a packet of LINKTYPE_RTAC_SERIAL. */
const headerLength = 12;

export class GrowingRecording {
  readonly #file: number;
  readonly #reader = new PcapngReader();
  readonly #piece = new Uint8Array(1 << 16);
  #length = 0;

  constructor(path: string) {
    this.#file = openSync(path, "r");
  }

  /** How many bytes of the line are in it. */
  get length(): number {
    for (;;) {
      const count = readSync(this.#file, this.#piece);
      if (count === 0) return this.#length;
      // The reader keeps views of what it is given.
      for (const entry of this.#reader.push(this.#piece.slice(0, count))) {
        if (entry.kind === "chunk") this.#length += entry.chunk.bytes.length - headerLength;
      }
    }
  }

  /** Waits until so many bytes of the line are in it. */
  async has(length: number): Promise<void> {
    await until(
      () => this.length >= length,
      () => `${this.#length} of ${length} bytes are recorded`,
    );
  }

  close(): void {
    closeSync(this.#file);
  }
}
