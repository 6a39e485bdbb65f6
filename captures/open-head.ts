import type { CaptureProblem } from "./capture.js";
import { RECOGNITION_LENGTH, recogniseMagic } from "./recognise.js";

/** A live stream that pauses this long, in milliseconds, is recognised by what it has sent. */
const PATIENCE = 500;

/**
 * Bytes whose beginning can be looked at before they are read. A read that fails later is a problem
 * among the bytes.
 */
export class HeadedBytes implements AsyncIterable<Uint8Array | CaptureProblem> {
  /** The problem that came before any more bytes could; null where there was none. */
  firstProblem: CaptureProblem | null = null;
  readonly #iterator: AsyncIterator<Uint8Array | CaptureProblem>;
  #head = new Uint8Array(0);
  #looked = false;
  #pending: Promise<IteratorResult<Uint8Array | CaptureProblem>> | null = null;
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array | CaptureProblem>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /**
   * The first bytes, as many as recognition wants, fewer where there are no more or where a magic
   * number has decided. Rejects if reading fails.
   */
  async head(): Promise<Uint8Array> {
    while (!this.#looked) {
      this.#pending ??= this.#iterator.next();
      const quiet = this.#head.length > 0 && !(await settlesSoon(this.#pending));
      if (quiet) break;
      const { done, value } = await this.#pending;
      this.#pending = null;
      if (done === true) this.#ended = true;
      else if (value instanceof Uint8Array) this.#head = joined(this.#head, value);
      else this.firstProblem = value;
      this.#looked = this.#ended || this.firstProblem !== null || isEnough(this.#head);
    }
    this.#looked = true;
    return this.#head;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array | CaptureProblem> {
    let offset = this.#head.length;
    try {
      if (offset > 0) yield this.#head;
      this.#head = new Uint8Array(0);
      if (this.firstProblem !== null) yield this.firstProblem;
      while (!this.#ended) {
        const result = await (this.#pending ?? this.#iterator.next());
        this.#pending = null;
        if (result.done === true) return;
        if (result.value instanceof Uint8Array) offset += result.value.length;
        yield result.value;
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `Reading failed: ${reason}`;
      yield { kind: "problem", severity: "error", code: "capture.read-failed", offset, message };
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#iterator.return?.();
  }
}

function isEnough(head: Uint8Array): boolean {
  return head.length >= RECOGNITION_LENGTH || (head.length >= 12 && recogniseMagic(head) !== null);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Whether a promise is settled, either way, before patience ends. */
async function settlesSoon(promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  const soon = await Promise.race([settled, patience]);
  clearTimeout(timer);
  return soon;
}
