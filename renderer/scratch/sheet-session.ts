/**
 * The text of a scratch sheet between the editor and the analyzer.
 *
 * Strategy. Texts are sent when the typing pauses, at least as long as the last one took to decode.
 * Each has a name, its version; what the analyzer tells counts while the text of that name is in the
 * editor. A version that another window has sent, or the analyzer of before has lost, is fetched:
 * unless something was typed here meanwhile, which is sent instead.
 */
import { create } from "zustand";
import {
  type DocumentState,
  ProtocolError,
  type SheetProblem,
} from "../../analyzer/protocol/index.js";
import { forgetText } from "../editor/kept-text.js";
import { ask, useAnalyzer } from "../state/analyzer.js";
import { tellFault } from "../state/window.js";

export interface SheetState {
  /** The text in the editor was decoded; false from the first change of it until it is again. */
  readonly isDecoded: boolean;
  readonly isEmpty: boolean;
  readonly rows: number;
  /** What decoding took; null where that was not here. */
  readonly milliseconds: number | null;
  /** Why the text is not decoded. */
  readonly refused: string | null;
  /** Of the text that was decoded last. */
  readonly problems: readonly SheetProblem[];
}

const nothing: SheetState = {
  isDecoded: false,
  isEmpty: true,
  rows: 0,
  milliseconds: null,
  refused: null,
  problems: [],
};

export const useSheets = create<{ readonly byDocument: Readonly<Record<string, SheetState>> }>()(
  () => ({ byDocument: {} }),
);

export function useSheet(document: string): SheetState {
  return useSheets(({ byDocument }) => byDocument[document] ?? nothing);
}

export function sheetOf(document: string): SheetState {
  return useSheets.getState().byDocument[document] ?? nothing;
}

/** Problems beyond this nobody reads one by one. */
export const mostProblems = 500;
const shortestPause = 120;
const longestPause = 2000;
/** Of the versions of this window. */
const windowName = Math.random().toString(36).slice(2, 10);
let nextVersion = 1;

/** What a session needs of the editor. */
export interface SheetEditor {
  read(): string;
  /** Puts another text there; undoable. */
  replace(text: string): void;
}

export class SheetSession {
  readonly #document: string;
  #editor: SheetEditor | null = null;
  /** The newest text that was sent or fetched, and its version. */
  #text = "";
  #version: string | null = null;
  #isEdited = false;
  #isSending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastTook = 0;

  constructor(document: string) {
    this.#document = document;
  }

  get text(): string {
    return this.#isEdited && this.#editor !== null ? this.#editor.read() : this.#text;
  }

  /** The text in the editor is that of this version. */
  isOf(version: string | null): boolean {
    return !this.#isEdited && this.#version === version;
  }

  /** The text to begin with. Rejects with `ProtocolError`. */
  async begin(): Promise<string> {
    if (this.#version === null) await this.#fetch();
    return this.#text;
  }

  /** Connects the editor that shows the text; returns what parts them. */
  attach(editor: SheetEditor): () => void {
    this.#editor = editor;
    // Editors have one kind of line end.
    if (editor.read() !== this.#text) this.edited();
    return () => {
      if (this.#isEdited) this.#send();
      this.#editor = null;
    };
  }

  /** The text in the editor is another one. */
  edited(): void {
    this.#isEdited = true;
    if (sheetOf(this.#document).isDecoded) this.#change({ isDecoded: false });
    clearTimeout(this.#timer);
    const pause = Math.min(longestPause, Math.max(shortestPause, 1.5 * this.#lastTook));
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  /** The analyzer has told of the document: of its rows, and of which text they are. */
  async told({ textVersion, frames, fault }: DocumentState): Promise<void> {
    if (this.#version === null || this.#isEdited) return;
    if (textVersion !== this.#version) {
      if (this.#isSending) return;
      const before = this.#text;
      await this.#fetch();
      if (!this.#isEdited && this.#text !== before) this.#editor?.replace(this.#text);
      return;
    }
    this.#change({ isDecoded: true, rows: frames, refused: fault });
    const { problems, version } = await ask("scratch-problems", {
      document: this.#document,
      limit: mostProblems,
    });
    if (this.isOf(version)) this.#change({ problems });
  }

  /** The document is closed. */
  close(): void {
    clearTimeout(this.#timer);
    this.#editor = null;
  }

  async #fetch(): Promise<void> {
    const { version, text } = await ask("scratch-text", { document: this.#document });
    if (this.#isEdited) return;
    this.#version = version;
    this.#text = text;
    this.#change({ isDecoded: true, isEmpty: text === "" });
  }

  #send(): void {
    const editor = this.#editor;
    if (editor === null) return;
    clearTimeout(this.#timer);
    const started = performance.now();
    const version = `${windowName}.${nextVersion}`;
    nextVersion += 1;
    this.#version = version;
    this.#text = editor.read();
    this.#isEdited = false;
    this.#isSending = true;
    this.#change({ isEmpty: this.#text === "" });
    const { documents } = useAnalyzer.getState();
    const options = documents.find(({ id }) => id === this.#document)?.options ?? {};
    const { framing, decodeAs } = options;
    ask("scratch", {
      document: this.#document,
      version,
      text: this.#text,
      options: {
        ...(framing === undefined ? {} : { framing }),
        ...(decodeAs === undefined ? {} : { decodeAs: [...decodeAs] }),
      },
    }).then(
      ({ rows, milliseconds, refused }) => {
        if (version !== this.#version) return;
        this.#isSending = false;
        this.#lastTook = performance.now() - started;
        const isDecoded = !this.#isEdited;
        this.#change({ rows, milliseconds, refused, isDecoded });
      },
      (error: unknown) => this.#failed(version, error),
    );
  }

  #failed(version: string, error: unknown): void {
    if (version !== this.#version) return;
    this.#isSending = false;
    const code = error instanceof ProtocolError ? error.code : "";
    // The analyzer starts again, or another window has sent its text: the one who types on wins.
    if (code === "restarted" || code === "closed") this.edited();
    else if (code === "cancelled") this.#version = "";
    else tellFault(error);
  }

  #change(change: Partial<SheetState>): void {
    useSheets.setState(({ byDocument }) => ({
      byDocument: {
        ...byDocument,
        [this.#document]: { ...(byDocument[this.#document] ?? nothing), ...change },
      },
    }));
  }
}

const sessions = new Map<string, SheetSession>();
let lastText = "";

/** The session of a scratch document, as long as it is open. */
export function sessionOf(document: string): SheetSession {
  const known = sessions.get(document);
  if (known !== undefined) return known;
  const session = new SheetSession(document);
  sessions.set(document, session);
  return session;
}

useAnalyzer.subscribe(({ documents }, before) => {
  if (documents === before.documents) return;
  for (const [id, session] of sessions) {
    if (documents.some((document) => document.id === id)) continue;
    lastText = session.text;
    session.close();
    sessions.delete(id);
    forgetText(id);
    useSheets.setState(({ byDocument: { [id]: _, ...byDocument } }) => ({ byDocument }));
  }
});

/** The text of the sheet that was closed last. */
export function textOfBefore(): string {
  return lastText;
}
