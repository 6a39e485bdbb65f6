/** A document as clients see it: a trace, the rows that are shown of it, its notes, its state. */
import type { FramingOptions } from "../../decoder/frame-cutter.js";
import type { ObjectNames } from "../../decoder/index.js";
import type { KeySet } from "../../decoder/security/key-set.js";
import type {
  ConversationView,
  DocumentState,
  FrameDetail,
  KeyEffect,
  Place,
  ReadingOptions,
  RowWindow,
  SourceReference,
} from "../protocol/index.js";
import type { CaptureEntry } from "../read-capture.js";
import { viewConversations } from "./conversation-views.js";
import { CountedRows } from "./counts.js";
import { DocumentRows } from "./document-rows.js";
import { viewState } from "./document-state.js";
import { FrameNotes, type NoteChange } from "./frame-notes.js";
import { KeptNotes } from "./kept-notes.js";
import type { NotesPlace } from "./notes-file.js";
import type { ScratchSheet } from "./scratch-sheet.js";
import { type RowFilter, ShownRows } from "./shown-rows.js";
import { runInSlices } from "./slices.js";
import { Trace } from "./trace.js";

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
        signal: AbortSignal,
      ) => AsyncIterable<readonly CaptureEntry[]>)
    | null;
  /** Its file is being written. */
  readonly isLive: boolean;
  /** The path of a key file beside the capture. */
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
  /** Of rows that come in the place of no others. */
  readonly firstGeneration: number;
  /** The state is another: told often. */
  readonly onChange: (document: OpenDocument) => void;
  readonly colourOf: (document: OpenDocument, row: number) => number | null;
  readonly cellsOf: (
    document: OpenDocument,
    row: number,
    columns: readonly string[],
  ) => readonly string[];
}

export class OpenDocument {
  readonly description: DocumentDescription;
  readonly trace: Trace;
  readonly shown: ShownRows;
  readonly keptNotes: KeptNotes;
  readonly #rows: DocumentRows;
  readonly #surroundings: DocumentSurroundings;
  readonly #counts = new CountedRows();
  #loaded: { readonly done: number; readonly total: number | null } = { done: 0, total: null };
  #conversations: { generation: number; views: Promise<readonly ConversationView[]> } | null = null;

  /** `before`: the trace in whose place its own comes; the notes of a scratch sheet are nowhere else. */
  constructor(
    description: DocumentDescription,
    surroundings: DocumentSurroundings,
    before: Trace | null = null,
  ) {
    const { cacheFolder, names, keySets, colourOf, cellsOf } = surroundings;
    this.description = description;
    this.#surroundings = surroundings;
    this.keptNotes = new KeptNotes(description.notes);
    const { sheet } = description;
    const beginning = {
      generation: before === null ? surroundings.firstGeneration : before.generation + 1,
      notes: (sheet === null ? null : before?.notes) ?? new FrameNotes(),
      onChange: () => this.#changed(),
    };
    this.trace =
      sheet === null
        ? Trace.begin(cacheFolder, keySets(), beginning)
        : Trace.of(sheet.capture, beginning);
    this.shown = new ShownRows(
      () => this.trace.length,
      (isOther) => {
        if (isOther) this.trace.touch();
        else this.#changed();
      },
    );
    this.#rows = new DocumentRows(this.trace, this.shown, {
      names,
      colourOf: (row) => colourOf(this, row),
      cellsOf: (row, columns) => cellsOf(this, row, columns),
    });
  }

  get id(): string {
    return this.description.id;
  }

  /** How many bytes were read, and of how many. */
  get loaded(): { readonly done: number; readonly total: number | null } {
    return this.#loaded;
  }

  /** Reads it to its end; comes back when it is open in full, or cannot be. Never throws. */
  async load(): Promise<void> {
    const { entries, isLive, framing } = this.description;
    if (entries === null) return;
    const notes = await this.keptNotes.load();
    if (notes.length > 0) this.trace.notes = new FrameNotes(notes);
    await this.trace.load({
      framing,
      isLive,
      entries: (signal) =>
        entries((done, total) => {
          this.#loaded = { done, total };
        }, signal),
    });
    if (!this.trace.isClosed) this.shown.evaluateAgain();
  }

  close(): void {
    this.shown.close();
    this.trace.close();
  }

  /** Comes back when the notes are on the disk. */
  get saved(): Promise<unknown> {
    return this.keptNotes.saved;
  }

  get state(): DocumentState {
    const { index, generation, isGrowing } = this.trace;
    return viewState(this, this.#counts.get(index, generation, isGrowing));
  }

  /** Rows of the list; fewer at its end. */
  rows(start: number, count: number, columns: readonly string[]): RowWindow {
    return this.#rows.window(start, count, columns);
  }

  /** Undefined where there is no such frame. */
  detail(number: number): FrameDetail | undefined {
    return this.#rows.detail(number);
  }

  /** The frame's place in the list, or that of the next one that is shown, or of the last one. */
  locate(number: number): Place | null {
    return this.#rows.locate(number);
  }

  /** Shows the rows that a filter fits; null: all. */
  filter(filter: RowFilter | null): void {
    this.shown.show(filter);
  }

  /** Reads again what keys touch that are new or gone. Says what they have done. */
  async changeKeys(changed: readonly KeySet[]): Promise<KeyEffect> {
    const effect = await this.trace.changeKeys(this.#surroundings.keySets(), changed);
    this.shown.evaluateAgain();
    return effect;
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
    const { generation, index, isGrowing } = this.trace;
    if (this.#conversations?.generation !== generation || isGrowing) {
      this.#conversations = { generation, views: runInSlices(viewConversations(index)) };
    }
    return this.#conversations.views;
  }

  #changed(): void {
    this.shown.grow();
    this.#surroundings.onChange(this);
  }

  #noted(): void {
    this.trace.touch();
    void this.keptNotes.save(this.trace.notes).then(() => this.#surroundings.onChange(this));
  }
}
