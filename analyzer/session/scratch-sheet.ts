/** A text that is decoded while somebody writes it. */
import type { FramingOptions } from "../../decoder/frame-cutter.js";
import type { KeySet } from "../../decoder/security/key-set.js";
import { nodePrimitives } from "../node-primitives.js";
import { ProtocolError } from "../protocol/messages.js";
import { openScratch, type ScratchCapture } from "../scratch/scratch-capture.js";
import { runInSlices, TimeSlices } from "./slices.js";

/** A text, and what the client calls this state of it. */
export interface SheetText {
  readonly version: string;
  readonly text: string;
}

/** The newest text of a sheet that was decoded. */
export class ScratchSheet {
  #content: SheetText = { version: "", text: "" };
  #capture: ScratchCapture | null = null;
  #refused: string | null = null;
  /** Number of the text that came last. */
  #newest = 0;

  get content(): SheetText {
    return this.#content;
  }

  /** Rows of the text; none where it was refused. Throws before the first text was read. */
  get capture(): ScratchCapture {
    if (this.#capture === null) throw new Error("nothing was read yet");
    return this.#capture;
  }

  /** Why the text is not decoded. */
  get refused(): string | null {
    return this.#refused;
  }

  /**
   * Decodes a text in slices of time, with the keys that are there when it is done. Rejects with
   * `ProtocolError` `cancelled` where a newer text has come meanwhile, and keeps to what was there.
   */
  async read(
    content: SheetText,
    framing: FramingOptions,
    keySets: () => readonly KeySet[],
  ): Promise<void> {
    this.#newest += 1;
    const number = this.#newest;
    for (;;) {
      const sets = keySets();
      const isNewest = () => number === this.#newest;
      const hasKeys = () => isSame(sets, keySets());
      const options = { ...framing, keySets: sets, primitives: nodePrimitives };
      const steps = openScratch(content.text, options);
      const opened = await runWhile(steps, () => isNewest() && hasKeys());
      if (!isNewest()) throw new ProtocolError(replaced);
      if (opened === undefined || !hasKeys()) continue;
      this.#content = content;
      this.#refused = "refused" in opened ? `${opened.refused}.` : null;
      this.#capture = "refused" in opened ? await emptyCapture() : opened;
      return;
    }
  }
}

const replaced = { code: "cancelled", message: "A newer text has taken the place of this one." };

function isSame(some: readonly KeySet[], others: readonly KeySet[]): boolean {
  return some.length === others.length && some.every((set, place) => set === others[place]);
}

/** Runs steps in slices as long as their result is wanted; undefined where it is not any more. */
async function runWhile<Result>(
  steps: Generator<undefined, Result>,
  isWanted: () => boolean,
): Promise<Result | undefined> {
  const slices = new TimeSlices();
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if ((count & 15) !== 15 || !slices.isOver) continue;
    await slices.pause();
    if (!isWanted()) return undefined;
  }
}

async function emptyCapture(): Promise<ScratchCapture> {
  const opened = await runInSlices(openScratch(""));
  if ("refused" in opened) throw new Error(opened.refused);
  return opened;
}
