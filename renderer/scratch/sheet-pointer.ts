/** The caret and the pointer in the text: the field under them is lit in the tree, and explained. */
import type { editor } from "monaco-editor/editor";
import { ProtocolError } from "../../analyzer/protocol/index.js";
import { deepestAt, nodeAt } from "../detail/byte-links.js";
import { ask } from "../state/analyzer.js";
import { useFrameDetail } from "../state/frame-detail.js";
import {
  type FieldPath,
  forgetDocument,
  hoverField,
  selectField,
  selectFrame,
  selectionOf,
  useSelections,
} from "../state/selection.js";
import type { SheetMarks } from "./sheet-marks.js";
import { type SheetSession, sheetOf, useSheets } from "./sheet-session.js";

/** Keeps the selection at the byte that the caret stands at, and the hovered field under the pointer. */
export class SheetPointer {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #document: string;
  readonly #session: SheetSession;
  readonly #marks: SheetMarks;
  readonly #ends: (() => void)[];
  #asked: AbortController | null = null;
  /** The byte of a frame whose tree is on its way; null for the frame as a whole. */
  #wanted: { readonly number: number; readonly byte: number | null } | null = null;

  constructor(
    code: editor.IStandaloneCodeEditor,
    document: string,
    session: SheetSession,
    marks: SheetMarks,
  ) {
    this.#editor = code;
    this.#document = document;
    this.#session = session;
    this.#marks = marks;
    const listening = [
      code.onDidChangeCursorPosition(({ source }) => {
        // What the program does itself, and what typing does, is no pointing; that comes with the rows.
        if (source !== "model") void this.#follow();
      }),
      code.onMouseMove(({ target }) => this.#hover(target.position)),
      code.onMouseLeave(() => hoverField(document, null)),
    ];
    this.#ends = [
      ...listening.map((one) => () => one.dispose()),
      useSheets.subscribe((now, before) => {
        const isDecoded = now.byDocument[document]?.isDecoded === true;
        if (!isDecoded || before.byDocument[document]?.isDecoded === true) return;
        this.#settle();
        void this.#follow();
      }),
      useFrameDetail.subscribe(() => this.#select()),
      // What is chosen elsewhere meanwhile is newer than the caret.
      useSelections.subscribe((now, before) => {
        const [one, other] = [now.byDocument[document], before.byDocument[document]];
        if (marks.isFromText || one?.frame === other?.frame) return;
        this.#asked?.abort();
        this.#wanted = null;
      }),
    ];
  }

  dispose(): void {
    for (const end of this.#ends) end();
    this.#asked?.abort();
    hoverField(this.#document, null);
  }

  /** Looks at a frame, if there are any: the one of before may be gone. */
  #settle(): void {
    const { rows } = sheetOf(this.#document);
    const { frame } = selectionOf(this.#document);
    if (rows === 0) forgetDocument(this.#document);
    else if (frame === null || frame > rows) {
      this.#marks.fromText(() => selectFrame(this.#document, Math.min(frame ?? 1, rows)));
    }
  }

  /**
   * Looks for the byte at the caret, or before it where the caret stands behind one; else for the
   * frame whose bytes stand in the line.
   */
  async #follow(): Promise<void> {
    const model = this.#editor.getModel();
    const position = this.#editor.getPosition();
    if (model === null || position === null || !sheetOf(this.#document).isDecoded) return;
    const offset = model.getOffsetAt(position);
    const line = model.getOffsetAt({ lineNumber: position.lineNumber, column: 1 });
    const lineEnd = line + model.getLineLength(position.lineNumber);
    this.#asked?.abort();
    const abort = new AbortController();
    this.#asked = abort;
    try {
      const byte =
        (await this.#byteAt(offset, abort.signal)) ??
        (offset > line ? await this.#byteAt(offset - 1, abort.signal) : null);
      const place = byte ?? (await this.#firstByte(line, lineEnd, abort.signal));
      if (place === null || abort.signal.aborted) return;
      this.#wanted = byte ?? { number: place.number, byte: null };
      if (selectionOf(this.#document).frame !== place.number) {
        this.#marks.fromText(() => selectFrame(this.#document, place.number));
      }
      this.#select();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
  }

  async #byteAt(offset: number, signal: AbortSignal) {
    const near = this.#marks.byteAt(offset);
    const number = this.#marks.frame?.detail.row.number;
    if (near !== null && number !== undefined) return { number, byte: near };
    return this.#firstByte(offset, offset + 1, signal);
  }

  async #firstByte(start: number, end: number, signal: AbortSignal) {
    const document = this.#document;
    const { version, place } = await ask("scratch-at", { document, start, end }, { signal });
    return this.#session.isOf(version) ? place : null;
  }

  /** Selects the field of the byte that is wanted, once its tree is there. */
  #select(): void {
    const { detail, document } = useFrameDetail.getState();
    const wanted = this.#wanted;
    if (wanted === null || detail === null || document !== this.#document) return;
    if (detail.row.number !== wanted.number) return;
    this.#wanted = null;
    if (wanted.byte === null) {
      this.#marks.fromText(() => selectField(this.#document, null, null));
      return;
    }
    const path = deepestAt(detail.tree, 0, wanted.byte);
    const node = path === null ? undefined : nodeAt(detail.tree, path);
    const { start, end } = node ?? { start: wanted.byte, end: wanted.byte + 1 };
    this.#marks.fromText(() => selectField(this.#document, path, { source: 0, start, end }));
  }

  #hover(position: { readonly lineNumber: number; readonly column: number } | null): void {
    const model = this.#editor.getModel();
    const byte = position && model && this.#marks.byteAt(model.getOffsetAt(position));
    const detail = this.#marks.frame?.detail;
    const path = byte === null || detail === undefined ? null : deepestAt(detail.tree, 0, byte);
    if (keyOfPath(path) === keyOfPath(selectionOf(this.#document).hovered)) return;
    hoverField(this.#document, path);
  }
}

function keyOfPath(path: FieldPath | null): string {
  return path === null ? "" : path.join(".");
}
