const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The end of a capture: by a signal, after a time, or when somebody says so. */
export class Ending {
  readonly come: Promise<void>;
  #end: () => void = () => {};
  readonly #timer: NodeJS.Timeout | undefined;

  /** `duration` in milliseconds. */
  constructor(duration?: number) {
    this.come = new Promise((resolve) => {
      this.#end = resolve;
    });
    if (duration !== undefined) this.#timer = setTimeout(this.#end, duration);
    // Once: a second signal ends the program as usual.
    for (const signal of signals) process.once(signal, this.#end);
  }

  end(): void {
    this.#end();
  }

  release(): void {
    clearTimeout(this.#timer);
    for (const signal of signals) process.off(signal, this.#end);
  }
}
