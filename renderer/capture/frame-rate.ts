/** Rates are those of so long before now, in milliseconds. */
const span = 1000;

/** How many frames come in a second. */
export class FrameRate {
  #beat: unknown;
  #samples: { readonly time: number; readonly frames: number }[] = [];
  #perSecond = 0;

  /**
   * The rate as of the last beat: it changes when `beat` is another one, which is some times a second.
   * `now` in milliseconds.
   */
  at(beat: unknown, frames: number, now: number): number {
    if (beat === this.#beat) return this.#perSecond;
    this.#beat = beat;
    const before = this.#samples.findLast(({ time }) => now - time >= span) ?? this.#samples[0];
    this.#samples = [
      ...this.#samples.filter((one) => one === before || now - one.time < span),
      { time: now, frames },
    ];
    const gained = before === undefined ? 0 : frames - before.frames;
    const seconds = before === undefined ? 1 : Math.max(span, now - before.time) / 1000;
    this.#perSecond = Math.max(0, gained / seconds);
    return this.#perSecond;
  }
}
