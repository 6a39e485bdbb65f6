import type { PowerSaveBlocker } from "electron";

/** Keeps the computer from going to sleep while something is captured; the screen may go dark. */
export class Wakefulness {
  readonly #blocker: Pick<PowerSaveBlocker, "start" | "stop">;
  #block: number | null = null;

  constructor(blocker: Pick<PowerSaveBlocker, "start" | "stop">) {
    this.#blocker = blocker;
  }

  keep(isAwake: boolean): void {
    if (isAwake === (this.#block !== null)) return;
    if (isAwake) this.#block = this.#blocker.start("prevent-app-suspension");
    else if (this.#block !== null) {
      this.#blocker.stop(this.#block);
      this.#block = null;
    }
  }
}
