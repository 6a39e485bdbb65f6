/** The clients of an engine, and what they are all told. */
import type { AnalyzerEvent } from "../protocol/answers.js";
import type { AnalyzerMessage } from "../protocol/messages.js";
import type { Port } from "../protocol/port.js";

/** What changes often is told at most so often; the last change always is. */
const millisecondsBetween = 33;

export class Clients {
  readonly #ports = new Set<Port>();
  /** Events that wait, by what they are about. */
  readonly #waiting = new Map<string, () => AnalyzerEvent | null>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTold = Number.NEGATIVE_INFINITY;

  add(port: Port): void {
    this.#ports.add(port);
  }

  remove(port: Port): void {
    this.#ports.delete(port);
  }

  /** Tells all of them, at once. */
  tell(event: AnalyzerEvent): void {
    for (const port of this.#ports) port.send(event satisfies AnalyzerMessage);
  }

  /**
   * Tells all of them soon, and once for many calls; `make` is asked then. What comes after a while of
   * silence is told as soon as the work at hand pauses.
   */
  tellSoon(about: string, make: () => AnalyzerEvent | null): void {
    this.#waiting.set(about, make);
    const pause = this.#lastTold + millisecondsBetween - performance.now();
    this.#timer ??= setTimeout(() => this.#tellWaiting(), Math.max(0, pause));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
    for (const port of this.#ports) port.close();
    this.#ports.clear();
  }

  #tellWaiting(): void {
    this.#timer = undefined;
    this.#lastTold = performance.now();
    const makers = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const make of makers) {
      const event = make();
      if (event !== null) this.tell(event);
    }
  }
}
