/** The documents that are open: which there are, what each was opened with, what is kept of them. */
import type { EngineOptions } from "../engine.js";
import type {
  EngineSession as KeptSession,
  ReadingOptions,
  SourceReference,
} from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { Clients } from "./clients.js";
import { findKeysBeside, findNotes, nameOfDocument } from "./document-files.js";
import { checkFilter, rowFilter } from "./filter-support.js";
import { type DocumentSurroundings, OpenDocument } from "./open-document.js";
import { ScratchSheet, type SheetText } from "./scratch-sheet.js";
import { framingOf, isFollowed, readSources, readySource } from "./sources.js";

/** What documents need beside themselves. */
export interface DocumentsHost {
  readonly options: EngineOptions;
  readonly clients: Clients;
  readonly surroundings: Omit<DocumentSurroundings, "onChange" | "firstGeneration">;
  /** The decode-as rules of the profile in use. */
  readonly decodeAs: () => readonly string[];
}

export class OpenDocuments {
  readonly #host: DocumentsHost;
  readonly #surroundings: DocumentSurroundings;
  readonly #documents = new Map<string, OpenDocument>();
  /** The filters that documents were given last, by their numbers. */
  readonly #filterTexts = new Map<string, string>();
  #next = 1;

  constructor(host: DocumentsHost) {
    this.#host = host;
    this.#surroundings = {
      ...host.surroundings,
      // Documents keep their numbers when an engine takes the place of another; the generations of
      // that one are smaller, since it began earlier, and no document changes every millisecond.
      firstGeneration: Date.now(),
      onChange: (document) => this.#tellOf(document),
    };
  }

  /** Opens the documents of before, under their numbers. */
  async restore(session: KeptSession | null): Promise<void> {
    for (const { id, sources, merge, options, filter } of session?.documents ?? []) {
      const number = Number(/^d(\d+)$/.exec(id)?.[1] ?? 0);
      this.#next = Math.max(this.#next, number + 1);
      // One that cannot be found again does not keep the others from coming back.
      await this.#open(id, sources, merge, options).catch(() => {});
      this.#showFilter(id, filter);
    }
  }

  get list(): readonly OpenDocument[] {
    return [...this.#documents.values()];
  }

  /** Throws `ProtocolError` where there is none of that number. */
  get(id: string): OpenDocument {
    const document = this.#documents.get(id);
    if (document === undefined) {
      throw new ProtocolError({
        code: "no-such-document",
        message: "The capture is not open any more.",
      });
    }
    return document;
  }

  /** Opens sources: each by itself, or all as one. Rejects where one may not be read. */
  async open(
    sources: readonly SourceReference[],
    merge: boolean,
    options: ReadingOptions,
  ): Promise<readonly string[]> {
    const groups = merge ? [sources] : sources.map((source) => [source]);
    const ids: string[] = [];
    for (const group of groups) {
      const id = `d${this.#next}`;
      this.#next += 1;
      await this.#open(id, group, merge, options);
      ids.push(id);
    }
    this.#keep();
    return ids;
  }

  /**
   * Reads a document anew, its bytes otherwise than before. Where it cannot be read so, it rejects
   * and the document stays as it is.
   */
  async reopen(id: string, options: ReadingOptions): Promise<void> {
    const document = this.get(id);
    const { sources, merge, sheet } = document.description;
    if (sheet !== null) {
      await this.writeSheet(id, sheet.content, options);
      return;
    }
    await document.saved;
    await this.#open(id, sources, merge, options, () => this.get(id));
    this.#showFilter(id, this.#filterTexts.get(id) ?? "");
    this.#keep();
  }

  /** Throws `ProtocolError` where the document is none. */
  sheet(id: string): ScratchSheet {
    const { sheet } = this.get(id).description;
    if (sheet === null) {
      const message = "The document is a capture, no scratch sheet.";
      throw new ProtocolError({ code: "no-such-document", message });
    }
    return sheet;
  }

  /** Decodes the text of a scratch sheet; its rows take the place of those before. */
  async writeSheet(id: string, content: SheetText, options: ReadingOptions): Promise<OpenDocument> {
    const framing = framingOf(options, this.#host.decodeAs());
    await this.sheet(id).read(content, framing, this.#surroundings.keySets);
    const { description, trace } = this.get(id);
    const sources = description.sources.map((source) => ({ ...source, text: content.text }));
    this.get(id).close();
    const written = { ...description, sources, options, framing };
    const document = new OpenDocument(written, this.#surroundings, trace);
    this.#documents.set(id, document);
    this.#showFilter(id, this.#filterTexts.get(id) ?? "");
    this.#tellOf(document);
    this.#keep();
    return document;
  }

  close(id: string): void {
    this.get(id).close();
    this.#documents.delete(id);
    this.#filterTexts.delete(id);
    this.#host.clients.tell({ event: "closed", document: id });
    this.#keep();
  }

  /** Keeps in mind which filter a document was given, for an engine that starts in the place of this one. */
  noteFilter(id: string, text: string): void {
    this.#filterTexts.set(id, text);
    this.#keep();
  }

  /** Comes back when all that was noted is on the disk. */
  async stop(): Promise<void> {
    for (const document of this.list) {
      await document.saved;
      document.close();
    }
  }

  /** What the host keeps for an engine that starts in the place of this one. */
  #keep(): void {
    this.#host.options.host.keepSession({
      documents: this.list.map(({ id, description: { sources, merge, options } }) => {
        return { id, sources, merge, options, filter: this.#filterTexts.get(id) ?? "" };
      }),
    });
  }

  #showFilter(id: string, text: string): void {
    const document = this.#documents.get(id);
    const { filter } = checkFilter(text);
    if (document === undefined || filter === null) return;
    document.filter(rowFilter(filter, document.trace));
    this.#filterTexts.set(id, text);
  }

  async #open(
    id: string,
    references: readonly SourceReference[],
    merge: boolean,
    reading: ReadingOptions,
    /** The document in whose place it comes, when the time has come. */
    findBefore: () => OpenDocument | null = () => null,
  ): Promise<void> {
    const { options, decodeAs } = this.#host;
    const [first] = references;
    if (references.length === 1 && first?.kind === "scratch") {
      await this.#openSheet(id, first, reading);
      return;
    }
    const sources = await Promise.all(
      references.map((reference) => readySource(options, reference)),
    );
    const [keysBeside, notes] = await Promise.all([
      findKeysBeside(sources),
      findNotes(sources, options.stateFolder),
    ]);
    const framing = framingOf(reading, decodeAs());
    const before = findBefore();
    before?.close();
    const document = new OpenDocument(
      {
        id,
        name: nameOfDocument(sources),
        kind: "capture",
        sources: references,
        merge,
        options: reading,
        framing,
        entries: (onProgress, signal) => readSources(sources, onProgress, signal),
        isLive: isFollowed(sources),
        keysBeside,
        notes,
        sheet: null,
      },
      this.#surroundings,
      before?.trace,
    );
    this.#documents.set(id, document);
    this.#tellOf(document);
    void document.load();
  }

  async #openSheet(
    id: string,
    source: Extract<SourceReference, { kind: "scratch" }>,
    options: ReadingOptions,
  ): Promise<void> {
    const { name, text } = source;
    const framing = framingOf(options, this.#host.decodeAs());
    const sheet = new ScratchSheet();
    await sheet.read({ version: "", text }, framing, this.#surroundings.keySets);
    const document = new OpenDocument(
      {
        id,
        name,
        kind: "scratch",
        sources: [source],
        merge: false,
        options,
        framing,
        entries: null,
        isLive: false,
        keysBeside: null,
        notes: null,
        sheet,
      },
      this.#surroundings,
    );
    this.#documents.set(id, document);
    this.#tellOf(document);
  }

  #tellOf(document: OpenDocument): void {
    this.#host.clients.tellSoon(`document ${document.id}`, () =>
      this.#documents.get(document.id) === document
        ? { event: "document", document: document.state }
        : null,
    );
  }
}
