/** Long work in pieces, so that questions are answered in between. */

const sliceLength = 8;

/** Lets others go first once a slice of time is used up. */
export class TimeSlices {
  #end = performance.now() + sliceLength;

  /** Whether it is time to pause: to be asked often, for it costs little. */
  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Comes back after everything else that waits has had its turn. */
  async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#end = performance.now() + sliceLength;
  }
}

/** Runs the steps of a generator in slices; `onSlice` is told after each. */
export async function runInSlices<Result>(
  steps: Generator<undefined, Result>,
  onSlice: () => void = () => {},
): Promise<Result> {
  const slices = new TimeSlices();
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if ((count & 15) === 15 && slices.isOver) {
      onSlice();
      await slices.pause();
    }
  }
}

/** One after the other: each task begins when those before it are done. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a task in its turn; the next one begins when it is done, however that ends. */
  run<Result>(task: () => Promise<Result> | Result): Promise<Result> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}
