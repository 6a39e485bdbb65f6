/**
 * One open document: its index, filled while it is read; the frames aside, to be read again; what the
 * user has noted; and which rows are shown.
 *
 * Strategy. Whatever changes the index (reading on, other keys) takes turns; whatever looks at it does
 * so between two slices of that. `generation` counts the changes after which rows that were given away
 * may be wrong.
 */

import type { Frame } from "../../decoder/frame.js";
import type { FramingOptions } from "../../decoder/frame-cutter.js";
import { createRemark } from "../../decoder/frame-decoder.js";
import type { Diagnostic, DiagnosticDefinition } from "../../decoder/index.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import type { KeySet } from "../../decoder/security/key-set.js";
import { CaptureIndex, type LinkFrames, type RowOptions } from "../capture-index.js";
import { EntryIndexer, type FrameTaker } from "../index-capture.js";
import { nodePrimitives } from "../node-primitives.js";
import type { KeyEffect } from "../protocol/index.js";
import type { CaptureEntry } from "../read-capture.js";
import type { FrameNotes } from "./frame-notes.js";
import { FrameSpool } from "./frame-spool.js";
import { compareVerdicts, noEffect, noteVerdicts } from "./key-effect.js";
import { runInSlices, TimeSlices, Turns } from "./slices.js";

/** A capture, or several, as they are read. */
export interface TraceSource {
  /** They end early when the signal is given. */
  readonly entries: (signal: AbortSignal) => AsyncIterable<readonly CaptureEntry[]>;
  /** They come as they are captured: it may last for days, and there may be pauses of hours. */
  readonly isLive: boolean;
  readonly framing: FramingOptions;
}

interface Remark {
  readonly definition: DiagnosticDefinition | undefined;
  readonly text: string;
}

/** Rows that were read elsewhere, all of them. */
export interface ReadRows {
  readonly index: CaptureIndex;
  readonly links: LinkFrames;
  readonly remarks: ReadonlyMap<number, Remark>;
}

/** What a trace begins with. */
export interface TraceBeginning {
  /** More than those of all traces before it in the same document. */
  readonly generation: number;
  readonly notes: FrameNotes;
  /** Told often: after every slice of work. */
  readonly onChange: () => void;
}

export type TraceStatus = "loading" | "live" | "ready" | "failed";

/** Later frames of a live trace show more of earlier ones: told at most so often, in milliseconds. */
const timeBetweenTouches = 1000;

/** The rows of a document. Close it when it is not wanted any more. */
export class Trace {
  readonly index: CaptureIndex;
  /** Null where the rows were read elsewhere. */
  readonly #spool: FrameSpool | null;
  readonly #links: LinkFrames;
  readonly #remarks: Map<number, Remark>;
  readonly #turns = new Turns();
  #notes: FrameNotes;
  #status: TraceStatus = "loading";
  #fault: string | null = null;
  #generation: number;
  readonly #closing = new AbortController();
  #touching: ReturnType<typeof setTimeout> | undefined;
  /** Rows read again for new keys, and how many there are. */
  #deciphering: { done: number; total: number } | null = null;
  readonly #onChange: () => void;

  private constructor(
    rows: ReadRows,
    spool: FrameSpool | null,
    { generation, notes, onChange }: TraceBeginning,
  ) {
    this.index = rows.index;
    this.#links = rows.links;
    this.#remarks = new Map(rows.remarks);
    this.#spool = spool;
    this.#generation = generation;
    this.#notes = notes;
    this.#onChange = onChange;
  }

  /** A trace without rows, for `load`. Throws where `cacheFolder` cannot be written. */
  static begin(cacheFolder: string, keySets: readonly KeySet[], beginning: TraceBeginning): Trace {
    const spool = new FrameSpool(cacheFolder);
    const index = new CaptureIndex(spool, { keySets, primitives: nodePrimitives });
    return new Trace({ index, links: spool, remarks: new Map() }, spool, beginning);
  }

  /** A trace of rows that were read. */
  static of(rows: ReadRows, beginning: TraceBeginning): Trace {
    const trace = new Trace(rows, null, beginning);
    trace.#status = "ready";
    return trace;
  }

  get length(): number {
    return this.index.length;
  }

  get status(): TraceStatus {
    return this.#status;
  }

  /** Whether rows still come. */
  get isGrowing(): boolean {
    return this.#status === "loading" || this.#status === "live";
  }

  /** Why it could not be opened, or not be read to its end. */
  get fault(): string | null {
    return this.#fault;
  }

  get generation(): number {
    return this.#generation;
  }

  get deciphering(): { readonly done: number; readonly total: number } | null {
    return this.#deciphering;
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  get notes(): FrameNotes {
    return this.#notes;
  }

  /** Takes the notes of before. */
  set notes(notes: FrameNotes) {
    this.#notes = notes;
    this.touch();
  }

  /** Says that rows look otherwise now. */
  touch(): void {
    this.#generation += 1;
    this.#onChange();
  }

  /** Reads a source to its end. Never throws: what goes wrong is the trace's fault. */
  async load({ entries, isLive, framing }: TraceSource): Promise<void> {
    const slices = new TimeSlices();
    const indexer = new EntryIndexer(this.#taker, framing);
    if (isLive) {
      this.#status = "live";
      // The first frame may be hours away.
      this.#onChange();
    }
    try {
      // Waited for out of turn: new keys do not wait for the next frame of a line that is silent.
      for await (const group of entries(this.#closing.signal)) {
        if (this.isClosed) return;
        for (const steps = indexer.take(group); ; ) {
          const { done } = await this.#turns.run(() => steps.next());
          if (done === true || this.isClosed) break;
          this.#onChange();
          if (slices.isOver) await slices.pause();
        }
        if (isLive) this.#touchLater();
      }
      await this.#turns.run(() => indexer.finish());
      this.#status = "ready";
    } catch (error) {
      if (this.isClosed) return;
      this.#status = "failed";
      this.#fault = error instanceof Error ? error.message : String(error);
    }
    // Later frames have shown more of earlier ones until the end.
    if (!this.isClosed) this.touch();
  }

  #touchLater(): void {
    this.#touching ??= setTimeout(() => {
      this.#touching = undefined;
      if (!this.isClosed) this.touch();
    }, timeBetweenTouches);
  }

  /** Goes on with other keys; `changed` are those that are new or gone. Says what they have done. */
  changeKeys(keySets: readonly KeySet[], changed: readonly KeySet[]): Promise<KeyEffect> {
    return this.#turns.run(async () => {
      if (this.isClosed) return noEffect;
      const before = noteVerdicts(this.index);
      const total = this.index.length;
      let done = 0;
      const steps = countSteps(this.index.changeKeys(keySets, changed), () => {
        done += 1;
      });
      const reread = await runInSlices(steps, () => {
        this.#deciphering = { done: Math.min(done, total), total };
        this.#onChange();
      });
      this.#deciphering = null;
      this.touch();
      return compareVerdicts(before, this.index, reread);
    });
  }

  /** The frame of a row. Every row before `length` has one. */
  frame(row: number, options: RowOptions): Frame {
    const remark = this.#remarks.get(row);
    if (remark === undefined) {
      const frame = this.index.frame(row, options);
      if (frame !== undefined) return frame;
    }
    return remarkFrame(row, remark, options.tree);
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#touching);
    // Nobody may be in the middle of reading the file.
    void this.#turns.run(() => this.#spool?.close());
  }

  /** The link frame as it was cut out of the capture. */
  link(row: number): LinkFrame | undefined {
    return this.#links.get(row);
  }

  readonly #taker: FrameTaker = {
    add: (link) => {
      if (this.isClosed) return;
      // First aside: the index may look at it at once.
      this.#spool?.add(link);
      this.index.add(link);
    },
    addRemark: (definition, text) => {
      if (this.isClosed) return;
      this.#remarks.set(this.index.length, { definition, text });
      this.#spool?.skip();
      this.index.addRemark(definition);
    },
    finish: () => {
      if (!this.isClosed) this.index.finish();
    },
  };
}

function remarkFrame(row: number, remark: Remark | undefined, tree: boolean): Frame {
  const definition = remark?.definition;
  const message = remark?.text ?? "";
  const diagnostics: readonly Diagnostic[] =
    definition === undefined ? [] : [{ definition, source: 0, start: 0, end: 0, message }];
  const comment = definition === undefined ? message : undefined;
  return createRemark(row + 1, diagnostics, comment, tree);
}

function* countSteps<Result>(
  steps: Generator<undefined, Result>,
  onStep: () => void,
): Generator<undefined, Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onStep();
    yield;
  }
}
