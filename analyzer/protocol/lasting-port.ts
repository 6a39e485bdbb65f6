import type { Port, PortListener } from "./port.js";

/**
 * A line to the analyzer that outlasts the analyzer: the port that carries it may end and be
 * replaced. The client learns of it by `restarted`, the first message of a port in the place of
 * another; what it asked before is then void, so that nothing of it is sent again.
 */
export class LastingPort implements Port {
  #carrier: Port | undefined;
  #listener: PortListener | undefined;
  /** Requests of a client that was faster than the first carrier. */
  #waiting: unknown[] = [];
  #arrived: unknown[] = [];
  #hasCarried = false;
  #isClosed = false;

  /** `restarted`: why it replaces another, for people; null for the first. */
  attach(carrier: Port, restarted: string | null): void {
    if (this.#isClosed) {
      carrier.close();
      return;
    }
    const last = this.#carrier;
    this.#carrier = carrier;
    last?.close();
    if (restarted !== null && this.#hasCarried) {
      this.#take({ event: "restarted", reason: restarted });
    }
    this.#hasCarried = true;
    carrier.listen({
      message: (message) => {
        if (this.#carrier === carrier) this.#take(message);
      },
      closed: () => {
        if (this.#carrier === carrier) this.#carrier = undefined;
      },
    });
    for (const message of this.#waiting.splice(0)) carrier.send(message);
  }

  send(message: unknown): void {
    if (this.#isClosed) return;
    if (this.#carrier !== undefined) this.#carrier.send(message);
    else if (!this.#hasCarried) this.#waiting.push(message);
  }

  listen(listener: PortListener): void {
    this.#listener = listener;
    for (const message of this.#arrived.splice(0)) listener.message(message);
    if (this.#isClosed) listener.closed();
  }

  /** Ends the line for good. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const carrier = this.#carrier;
    this.#carrier = undefined;
    carrier?.close();
    this.#listener?.closed();
  }

  #take(message: unknown): void {
    if (this.#listener === undefined) this.#arrived.push(message);
    else this.#listener.message(message);
  }
}
