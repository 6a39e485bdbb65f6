/** What becomes of a process that has ended by itself. */
export type RestartDecision =
  /** `delay` in milliseconds. Without its session it does not open what may have ended it. */
  | { readonly kind: "restart"; readonly delay: number; readonly withSession: boolean }
  | { readonly kind: "give-up" };

/** Ends that are further apart have nothing to do with each other. In milliseconds. */
const span = 60_000;

const decisions: readonly RestartDecision[] = [
  { kind: "restart", delay: 0, withSession: true },
  { kind: "restart", delay: 500, withSession: true },
  { kind: "restart", delay: 2000, withSession: false },
];

/** Starts again at once, then later, then without what was open; then no more. */
export class RestartPolicy {
  #ends: readonly number[] = [];

  /** `now` in milliseconds, of any clock that only goes forward. */
  decide(now: number): RestartDecision {
    this.#ends = [...this.#ends.filter((end) => now - end < span), now];
    return decisions[this.#ends.length - 1] ?? { kind: "give-up" };
  }
}
