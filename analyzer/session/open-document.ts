/** A document as clients see it: a trace, the rows that are shown of it, its state. */
import type { FramingOptions } from "../../decoder/frame-cutter.js";
import type { ObjectNames } from "../../decoder/index.js";
import type { KeySet } from "../../decoder/security/key-set.js";
import type {
  ConversationView,
  DocumentState,
  FrameDetail,
  Place,
  Progress,
  ReadingOptions,
  RowWindow,
  SourceReference,
} from "../protocol/index.js";
import type { CaptureEntry } from "../read-capture.js";
import { viewConversations } from "./conversation-views.js";
import { countRows, noCounts } from "./counts.js";
import { viewDetail } from "./detail-view.js";
import { FrameNotes, type NoteChange } from "./frame-notes.js";
import { type NotesPlace, readNotes, writeNotes } from "./notes-file.js";
import { viewRow } from "./row-view.js";
import type { ScratchSheet } from "./scratch-sheet.js";
import { type RowFilter, ShownRows } from "./shown-rows.js";
import { runInSlices, Turns } from "./slices.js";
import { Trace, type TraceBefore } from "./trace.js";

/** What a document is opened with. */
export interface DocumentDescription {
  readonly id: string;
  readonly name: string;
  readonly kind: "capture" | "scratch";
  readonly sources: readonly SourceReference[];
  readonly merge: boolean;
  readonly options: ReadingOptions;
  readonly framing: FramingOptions;
  /** Null where there is nothing to read any more. */
  readonly entries:
    | ((
        onProgress: (done: number, total: number | null) => void,
      ) => AsyncIterable<readonly CaptureEntry[]>)
    | null;
  /** A key file beside the capture. */
  readonly keysBeside: string | null;
  /** Null where notes are not kept. */
  readonly notes: NotesPlace | null;
  /** Its text, where it is a scratch sheet: its rows are there already. */
  readonly sheet: ScratchSheet | null;
}

/** What documents share. */
export interface DocumentSurroundings {
  readonly cacheFolder: string;
  readonly names: ObjectNames;
  readonly keySets: () => readonly KeySet[];
  /** The state is another: told often. */
  readonly onChange: (document: OpenDocument) => void;
  readonly colourOf: (document: OpenDocument, row: number) => number | null;
  readonly cellsOf: (
    document: OpenDocument,
    row: number,
    columns: readonly string[],
  ) => readonly string[];
}

const countsMaximumAge = 400;

export class OpenDocument {
  readonly description: DocumentDescription;
  readonly trace: Trace;
  readonly shown: ShownRows;
  readonly #surroundings: DocumentSurroundings;
  readonly #saving = new Turns();
  #loaded: { done: number; total: number | null } = { done: 0, total: null };
  #counts = { ...noCounts, at: 0, generation: 0, length: 0 };
  #conversations: { generation: number; views: Promise<readonly ConversationView[]> } | null = null;
  #notesFile: string | null = null;
  #notesFault: string | null = null;

  /** `before`: the trace in whose place that of a scratch sheet comes. */
  constructor(
    description: DocumentDescription,
    surroundings: DocumentSurroundings,
    before: TraceBefore | null = null,
  ) {
    this.description = description;
    this.#surroundings = surroundings;
    const changed = () => this.#changed();
    this.trace =
      description.sheet === null
        ? Trace.begin(surroundings.cacheFolder, surroundings.keySets(), changed)
        : Trace.of(description.sheet.capture, before, changed);
    this.shown = new ShownRows(
      () => this.trace.length,
      (isOther) => {
        if (isOther) this.trace.touch();
        else this.#changed();
      },
    );
  }

  get id(): string {
    return this.description.id;
  }

  /** Reads it to its end; comes back when it is open in full, or cannot be. Never throws. */
  async load(): Promise<void> {
    const { entries, framing } = this.description;
    if (entries === null) return;
    await this.#loadNotes();
    await this.trace.load({
      framing,
      entries: () =>
        entries((done, total) => {
          this.#loaded = { done, total };
        }),
    });
    if (!this.trace.isClosed) this.shown.evaluateAgain();
  }

  close(): void {
    this.shown.close();
    this.trace.close();
  }

  /** Comes back when the notes are on the disk. */
  get saved(): Promise<unknown> {
    return this.#saving.run(() => {});
  }

  get state(): DocumentState {
    const { id, name, sources, kind, options, sheet } = this.description;
    const { trace, shown } = this;
    const { severities, ciphered } = this.#countNow();
    return {
      id,
      name,
      sources: sources.map((source) => ("text" in source ? { ...source, text: "" } : source)),
      kind,
      textVersion: sheet?.content.version ?? null,
      options,
      status: sheet === null || sheet.refused === null ? trace.status : "failed",
      fault: trace.fault ?? sheet?.refused ?? null,
      progress: this.#progress,
      frames: trace.length,
      shown: shown.length,
      generation: trace.generation,
      filter: { shown: shown.filter, pending: shown.pending?.text ?? null },
      severities,
      conversations: trace.index.conversations.length,
      ciphered,
      marked: trace.notes.marked,
      canUndo: trace.notes.canUndo,
      canRedo: trace.notes.canRedo,
      keysBeside: this.description.keysBeside,
      notes: { file: this.#notesFile, fault: this.#notesFault },
    };
  }

  get #progress(): Progress | null {
    const { trace, shown } = this;
    if (trace.deciphering !== null) return { what: "deciphering", ...trace.deciphering };
    const { pending } = shown;
    if (pending !== null) {
      return { what: "filtering", done: pending.scanned, total: trace.length };
    }
    return trace.status === "loading" ? { what: "loading", ...this.#loaded } : null;
  }

  /** Rows of the list; fewer at its end. */
  rows(start: number, count: number, columns: readonly string[]): RowWindow {
    const { shown, trace } = this;
    const end = Math.min(start + count, shown.length);
    const { references } = trace.notes;
    const rows = [];
    for (let place = start; place < end; place++) {
      const before = place === 0 ? null : shown.row(place - 1);
      rows.push(this.#viewRow(shown.row(place), before, references, columns));
    }
    return { generation: trace.generation, total: shown.length, start, rows };
  }

  /** Undefined where there is no such frame. */
  detail(number: number): FrameDetail | undefined {
    const { trace, shown } = this;
    if (number > trace.length) return undefined;
    const row = number - 1;
    const place = shown.placeOf(row);
    const before = place === 0 ? null : shown.row(place - 1);
    const view = this.#viewRow(row, before, trace.notes.references, []);
    return viewDetail(trace.frame(row, { tree: true }), view, trace.generation);
  }

  /** The frame's place in the list, or that of the next one that is shown, or of the last one. */
  locate(number: number): Place | null {
    const { shown } = this;
    if (shown.length === 0) return null;
    const index = Math.min(shown.placeOf(number - 1), shown.length - 1);
    return { number: shown.row(index) + 1, index };
  }

  /** Shows the rows that a filter fits; null: all. */
  filter(filter: RowFilter | null): void {
    this.shown.show(filter);
  }

  async changeKeys(changed: readonly KeySet[]): Promise<void> {
    await this.trace.changeKeys(this.#surroundings.keySets(), changed);
    this.shown.evaluateAgain();
  }

  annotate(frames: readonly number[], change: NoteChange): void {
    const { length, notes } = this.trace;
    notes.change(
      frames.filter((frame) => frame <= length),
      change,
    );
    this.#noted();
  }

  undo(): void {
    this.trace.notes.undo();
    this.#noted();
  }

  redo(): void {
    this.trace.notes.redo();
    this.#noted();
  }

  /** The conversations; counted once for each generation of the rows. */
  conversations(): Promise<readonly ConversationView[]> {
    const { generation, index } = this.trace;
    if (this.#conversations?.generation !== generation || this.trace.status === "loading") {
      this.#conversations = { generation, views: runInSlices(viewConversations(index)) };
    }
    return this.#conversations.views;
  }

  #viewRow(
    row: number,
    before: number | null,
    references: readonly number[],
    columns: readonly string[],
  ) {
    const { names, colourOf, cellsOf } = this.#surroundings;
    return viewRow(this.trace, this.trace.frame(row, { tree: false }), names, {
      before,
      reference: (lastUpTo(references, row + 1) ?? 1) - 1,
      colour: colourOf(this, row),
      cells: columns.length === 0 ? [] : cellsOf(this, row, columns),
    });
  }

  #countNow() {
    const { generation, length } = this.trace;
    const counts = this.#counts;
    const isCurrent = counts.generation === generation && counts.length === length;
    const isFresh = performance.now() - counts.at < countsMaximumAge;
    if (isCurrent || (isFresh && this.trace.status === "loading")) return counts;
    this.#counts = { ...countRows(this.trace.index), at: performance.now(), generation, length };
    return this.#counts;
  }

  #changed(): void {
    this.shown.grow();
    this.#surroundings.onChange(this);
  }

  #noted(): void {
    this.trace.touch();
    const { notes: place } = this.description;
    if (place === null || this.#notesFault !== null) return;
    void this.#saving.run(async () => {
      try {
        this.#notesFile = await writeNotes(place, this.trace.notes.entries);
      } catch (error) {
        this.#notesFault = `Marks and comments cannot be kept: ${messageOf(error)}`;
      }
      this.#surroundings.onChange(this);
    });
  }

  async #loadNotes(): Promise<void> {
    const { notes: place } = this.description;
    if (place === null) return;
    try {
      const notes = await readNotes(place);
      this.#notesFile = notes.length > 0 ? place.file : null;
      this.trace.notes = new FrameNotes(notes);
    } catch (error) {
      this.#notesFault = messageOf(error);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The last of ascending numbers that is not greater. */
function lastUpTo(numbers: readonly number[], greatest: number): number | undefined {
  return numbers.findLast((number) => number <= greatest);
}
