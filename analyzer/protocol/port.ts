/** One end of a line to the other side: a WebSocket, a message port, a pair in memory. */
export interface Port {
  /** Sends a message: plain data, the same in JSON as in a structured clone. */
  send(message: unknown): void;
  /** Who takes the messages of the other side, in their order; and who is told of its end, once. */
  listen(listener: PortListener): void;
  close(): void;
}

export interface PortListener {
  readonly message: (message: unknown) => void;
  readonly closed: () => void;
}

/** Two ends that are connected with each other, in one process. Messages arrive in later turns. */
export function createPortPair(): readonly [Port, Port] {
  const ends: [PairedPort, PairedPort] = [new PairedPort(), new PairedPort()];
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return ends;
}

class PairedPort implements Port {
  other: PairedPort | undefined;
  #listener: PortListener | undefined;
  #waiting: unknown[] = [];
  #isClosed = false;

  send(message: unknown): void {
    const { other } = this;
    if (this.#isClosed || other === undefined) return;
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => other.#take(copy));
  }

  listen(listener: PortListener): void {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener.message(message);
  }

  close(): void {
    this.#end();
    const { other } = this;
    queueMicrotask(() => {
      if (other !== undefined) other.#end();
    });
  }

  #take(message: unknown): void {
    if (this.#isClosed) return;
    if (this.#listener === undefined) this.#waiting.push(message);
    else this.#listener.message(message);
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#listener?.closed();
  }
}
