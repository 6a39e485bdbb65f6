/** What is lit in the text: the frame that is looked at, its layers, its fields, and what is wrong. */
import type { editor } from "monaco-editor/editor";
import {
  type DocumentState,
  type FrameDetail,
  ProtocolError,
  type SheetPlaces,
  type SheetProblem,
} from "../../analyzer/protocol/index.js";
import { nodeAt } from "../detail/byte-links.js";
import type { Monaco } from "../editor/load-monaco.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { useFrameDetail } from "../state/frame-detail.js";
import { type Selection, selectionOf, useSelections } from "../state/selection.js";
import {
  byteAt,
  layerRuns,
  litRuns,
  otherFrames,
  type PlacesByFrame,
  placesOf,
  runsOf,
  type TextRun,
} from "./sheet-places.js";
import { type SheetSession, sheetOf, useSheets } from "./sheet-session.js";

/** Frames of one message beyond these are not lit with it. */
const mostOthers = 50;
/** Runs beyond these are not lit: frames are short, but not all that is taken for one. */
const mostRuns = 2000;

/** The frame that is looked at, as far as its bytes are known in the text. */
export interface FrameInText {
  readonly detail: FrameDetail;
  readonly frames: PlacesByFrame;
}

type Decoration = editor.IModelDeltaDecoration;

export class SheetMarks {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #monaco: Monaco;
  readonly #document: string;
  readonly #session: SheetSession;
  readonly #frame: editor.IEditorDecorationsCollection;
  readonly #field: editor.IEditorDecorationsCollection;
  readonly #ends: (() => void)[];
  #shown: FrameInText | null = null;
  #asked: AbortController | null = null;
  /** What was chosen elsewhere and is not brought into view yet. */
  #isToReveal = false;
  #isFromText = false;

  constructor(
    code: editor.IStandaloneCodeEditor,
    monaco: Monaco,
    document: string,
    session: SheetSession,
  ) {
    this.#editor = code;
    this.#monaco = monaco;
    this.#document = document;
    this.#session = session;
    this.#frame = code.createDecorationsCollection();
    this.#field = code.createDecorationsCollection();
    this.#ends = [
      useFrameDetail.subscribe(() => void this.#follow()),
      useAnalyzer.subscribe(() => void this.#follow()),
      useSelections.subscribe((now, before) => {
        const [one, other] = [now.byDocument[document], before.byDocument[document]];
        if (one === other) return;
        if (one?.frame !== other?.frame || one?.bytes !== other?.bytes) {
          this.#isToReveal = !this.#isFromText;
        }
        this.#showField();
      }),
      useSheets.subscribe((now, before) => {
        const [one, other] = [now.byDocument[document], before.byDocument[document]];
        if (one?.problems !== other?.problems) this.#showProblems();
        if (one?.isDecoded !== other?.isDecoded) void this.#follow();
      }),
    ];
    this.#showProblems();
    void this.#follow();
  }

  /** The frame that is looked at; null while its bytes are not known in this very text. */
  get frame(): FrameInText | null {
    return this.#shown !== null && this.#isCurrent(this.#shown.detail) ? this.#shown : null;
  }

  /** The byte of the frame at a place of the text. */
  byteAt(offset: number): number | null {
    const shown = this.frame;
    const places = shown && placesOf(shown.frames.get(shown.detail.row.number), 0);
    return places ? byteAt(places, offset) : null;
  }

  /** Changes the selection as the text wants it: the text stays where it is then. */
  fromText(change: () => void): void {
    this.#isFromText = true;
    try {
      change();
    } finally {
      this.#isFromText = false;
    }
  }

  /** The selection is being changed by the text. */
  get isFromText(): boolean {
    return this.#isFromText;
  }

  dispose(): void {
    for (const end of this.#ends) end();
    this.#asked?.abort();
    const model = this.#editor.getModel();
    if (model !== null) this.#monaco.editor.setModelMarkers(model, owner, []);
    this.#frame.clear();
    this.#field.clear();
  }

  #isCurrent({ generation }: FrameDetail): boolean {
    const document = documentOf(this.#document);
    return (
      document !== undefined &&
      document.generation === generation &&
      this.#session.isOf(document.textVersion)
    );
  }

  /** Asks where the frame stands that is looked at now. */
  async #follow(): Promise<void> {
    const { detail, document } = useFrameDetail.getState();
    if (document !== this.#document || detail === null) {
      if (this.#session.isOf(documentOf(this.#document)?.textVersion ?? null)) this.#clear();
      return;
    }
    if (detail === this.#shown?.detail || !this.#isCurrent(detail)) return;
    this.#asked?.abort();
    const abort = new AbortController();
    this.#asked = abort;
    try {
      const frames = await this.#placesOf(detail, abort.signal);
      if (abort.signal.aborted || !this.#isCurrent(detail)) return;
      this.#shown = { detail, frames };
      this.#showFrame(this.#shown);
      this.#showField();
    } catch (error) {
      // It is asked again when the document, the frame or the line is another one.
      if (!(error instanceof ProtocolError)) throw error;
    }
  }

  async #placesOf(detail: FrameDetail, signal: AbortSignal): Promise<PlacesByFrame> {
    const numbers = [detail.row.number, ...otherFrames(detail).slice(0, mostOthers)];
    const answers = await Promise.all(
      numbers.map((number) =>
        ask("scratch-places", { document: this.#document, number }, { signal }),
      ),
    );
    const frames = new Map<number, SheetPlaces>();
    answers.forEach((answer, place) => {
      const number = numbers[place];
      if (number !== undefined && this.#session.isOf(answer.version)) frames.set(number, answer);
    });
    return frames;
  }

  #clear(): void {
    this.#shown = null;
    this.#frame.clear();
    this.#field.clear();
  }

  #showFrame(shown: FrameInText): void {
    const { detail, frames } = shown;
    const places = frames.get(detail.row.number);
    if (places === undefined) {
      this.#frame.clear();
      return;
    }
    this.#frame.set([
      ...wholeRuns(shown)
        .slice(0, mostRuns)
        .map((run) => this.#decoration(run, "sheet-text__frame")),
      ...layerRuns(detail, places)
        .slice(0, mostRuns)
        .map((run) => this.#inline(run, `sheet-text__layer--${run.layer}`)),
    ]);
  }

  #showField(): void {
    const shown = this.frame;
    if (shown === null) return;
    const selection = selectionOf(this.#document);
    if (selection.frame !== shown.detail.row.number) return;
    const selected = selectedRuns(selection, shown);
    const hovered = hoveredRuns(selection, shown);
    this.#field.set([
      ...selected.slice(0, mostRuns).map((run) => this.#inline(run, "sheet-text__selected")),
      ...hovered.slice(0, mostRuns).map((run) => this.#inline(run, "sheet-text__hovered")),
    ]);
    const [first] = selected.length > 0 ? selected : wholeRuns(shown);
    if (first === undefined || !this.#isToReveal) return;
    this.#isToReveal = false;
    this.#editor.revealRangeInCenterIfOutsideViewport(this.#range(first));
  }

  #showProblems(): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const { problems } = sheetOf(this.#document);
    const markers = problems
      .filter(({ start, end }) => start < end)
      .map((problem) => this.#marker(problem));
    this.#monaco.editor.setModelMarkers(model, owner, markers);
  }

  #marker({ start, end, severity, message, code, check }: SheetProblem): editor.IMarkerData {
    const { MarkerSeverity } = this.#monaco;
    const severities = {
      error: MarkerSeverity.Error,
      warning: MarkerSeverity.Warning,
      note: MarkerSeverity.Info,
      info: MarkerSeverity.Hint,
    };
    return {
      ...this.#range({ start, end }),
      severity: severities[severity],
      message: check === null ? message : `${message}\n${check}`,
      code,
    };
  }

  #decoration(run: TextRun, className: string): Decoration {
    return { range: this.#range(run), options: { className } };
  }

  #inline(run: TextRun, inlineClassName: string): Decoration {
    return { range: this.#range(run), options: { inlineClassName } };
  }

  #range({ start, end }: TextRun) {
    const model = this.#editor.getModel();
    const { Range } = this.#monaco;
    if (model === null) return new Range(1, 1, 1, 1);
    return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
  }
}

const owner = "obiscope";

/** All that the text has of a frame, and of the packets that carried it. */
function wholeRuns({ detail, frames }: FrameInText): readonly TextRun[] {
  const sources = frames.get(detail.row.number)?.sources ?? [];
  return sources.flatMap(({ places }) => runsOf(places, 0, places.length / 2));
}

function selectedRuns({ bytes }: Selection, { detail, frames }: FrameInText) {
  return bytes === null ? [] : litRuns(detail, bytes, frames);
}

function hoveredRuns({ hovered }: Selection, { detail, frames }: FrameInText) {
  const node = hovered === null ? undefined : nodeAt(detail.tree, hovered);
  return node === undefined ? [] : litRuns(detail, node, frames);
}

function documentOf(id: string): DocumentState | undefined {
  return useAnalyzer.getState().documents.find((document) => document.id === id);
}
