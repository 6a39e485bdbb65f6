/** What the user has noted about the frames of a document: marks, comments, time references. */
import type { NotedRows } from "../filter/index.js";

/** About one frame. What is not noted is left out. */
export interface FrameNote {
  readonly isMarked?: boolean;
  readonly isIgnored?: boolean;
  readonly isReference?: boolean;
  readonly comment?: string;
}

/** Notes as filters ask for them. */
export function notedRows(notes: { get(frame: number): FrameNote | undefined }): NotedRows {
  return {
    isMarked: (row) => notes.get(row + 1)?.isMarked === true,
    isIgnored: (row) => notes.get(row + 1)?.isIgnored === true,
    comment: (row) => notes.get(row + 1)?.comment,
  };
}

/** What is changed; a comment of null takes it away. */
export interface NoteChange {
  readonly isMarked?: boolean;
  readonly isIgnored?: boolean;
  readonly isReference?: boolean;
  readonly comment?: string | null;
}

/** One step of the user: what the frames had before and after it. */
interface Step {
  readonly before: ReadonlyMap<number, FrameNote | undefined>;
  readonly after: ReadonlyMap<number, FrameNote | undefined>;
}

const rememberedSteps = 1000;

/** Notes by frame numbers, and the way back. */
export class FrameNotes {
  readonly #notes = new Map<number, FrameNote>();
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  #marked = 0;

  constructor(notes: Iterable<readonly [number, FrameNote]> = []) {
    for (const [frame, note] of notes) this.#set(frame, note);
  }

  get(frame: number): FrameNote | undefined {
    return this.#notes.get(frame);
  }

  /** By frame, in no order. */
  get entries(): Iterable<readonly [number, FrameNote]> {
    return this.#notes;
  }

  get marked(): number {
    return this.#marked;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Frames that are time references, ascending. */
  get references(): readonly number[] {
    const frames: number[] = [];
    for (const [frame, { isReference }] of this.#notes)
      if (isReference === true) frames.push(frame);
    return frames.sort((a, b) => a - b);
  }

  /** Changes the notes of frames, as one step. */
  change(frames: readonly number[], change: NoteChange): void {
    const before = new Map<number, FrameNote | undefined>();
    const after = new Map<number, FrameNote | undefined>();
    for (const frame of frames) {
      const note = this.#notes.get(frame);
      before.set(frame, note);
      after.set(frame, changed(note, change));
    }
    this.#done.push({ before, after });
    if (this.#done.length > rememberedSteps) this.#done.shift();
    this.#undone.length = 0;
    this.#apply(after);
  }

  undo(): void {
    const step = this.#done.pop();
    if (step === undefined) return;
    this.#undone.push(step);
    this.#apply(step.before);
  }

  redo(): void {
    const step = this.#undone.pop();
    if (step === undefined) return;
    this.#done.push(step);
    this.#apply(step.after);
  }

  #apply(notes: ReadonlyMap<number, FrameNote | undefined>): void {
    for (const [frame, note] of notes) this.#set(frame, note);
  }

  #set(frame: number, note: FrameNote | undefined): void {
    if (this.#notes.get(frame)?.isMarked === true) this.#marked -= 1;
    if (note?.isMarked === true) this.#marked += 1;
    if (note === undefined) this.#notes.delete(frame);
    else this.#notes.set(frame, note);
  }
}

/** Undefined where nothing is noted any more. */
function changed(note: FrameNote | undefined, change: NoteChange): FrameNote | undefined {
  const { isMarked, isIgnored, isReference, comment } = { ...note, ...change };
  const next: FrameNote = {
    ...(isMarked === true ? { isMarked } : {}),
    ...(isIgnored === true ? { isIgnored } : {}),
    ...(isReference === true ? { isReference } : {}),
    ...(comment === undefined || comment === null || comment === "" ? {} : { comment }),
  };
  return Object.keys(next).length === 0 ? undefined : next;
}
