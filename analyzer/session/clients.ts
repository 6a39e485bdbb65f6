/** The clients of an engine, and what they are all told. */
import type { AnalyzerEvent } from "../protocol/answers.js";
import type { AnalyzerMessage } from "../protocol/messages.js";
import type { Port } from "../protocol/port.js";

/** Events of one kind are told at most so often; the last one always is. */
const millisecondsBetween = 33;

export class Clients {
  readonly #ports = new Set<Port>();
  /** Events that wait, by what they are about. */
  readonly #waiting = new Map<string, () => AnalyzerEvent | null>();
  #timer: ReturnType<typeof setTimeout> | undefined;

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

  /** Tells all of them soon, and once for many calls; `make` is asked then. */
  tellSoon(about: string, make: () => AnalyzerEvent | null): void {
    this.#waiting.set(about, make);
    this.#timer ??= setTimeout(() => this.#tellWaiting(), millisecondsBetween);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
    for (const port of this.#ports) port.close();
    this.#ports.clear();
  }

  #tellWaiting(): void {
    this.#timer = undefined;
    const makers = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const make of makers) {
      const event = make();
      if (event !== null) this.tell(event);
    }
  }
}
