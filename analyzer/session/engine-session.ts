/**
 * The state of an engine: open documents, keys, settings; what changes it, and who is told.
 */
import { access } from "node:fs/promises";
import { basename } from "node:path";
import { standardNames } from "../../decoder/index.js";
import type { EngineOptions } from "../engine.js";
import { readKeyText } from "../keys.js";
import type {
  EngineSession as KeptSession,
  KeyRingView,
  ReadingOptions,
  Settings,
  SourceReference,
} from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import { Clients } from "./clients.js";
import { checkFilter, type FilterSupport, rowFilter } from "./filter-support.js";
import { KeyRing, type KeyRingChange } from "./key-ring.js";
import { placeOfNotes } from "./notes-file.js";
import { type DocumentSurroundings, OpenDocument } from "./open-document.js";
import { ScratchSheet, type SheetText } from "./scratch-sheet.js";
import { readSettings, standardSettings, writeSettings } from "./settings-file.js";
import { Turns } from "./slices.js";
import { framingOf, type ReadySource, readSources, readySource } from "./sources.js";

/** What is left out, or undefined, stays as it is. */
type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export class EngineState {
  readonly clients = new Clients();
  readonly options: EngineOptions;
  readonly #documents = new Map<string, OpenDocument>();
  #keys = new KeyRing(null);
  #storage: Omit<KeyRingView, "sets"> = { isStored: false, storage: "" };
  #settings: Settings = standardSettings;
  #nextDocument = 1;
  readonly #settingsWriting = new Turns();
  readonly #surroundings: DocumentSurroundings;
  readonly #filters: FilterSupport;
  /** The filters that documents were given last, by their numbers. */
  readonly #filterTexts = new Map<string, string>();

  constructor(options: EngineOptions, filters: FilterSupport) {
    this.options = options;
    this.#filters = filters;
    this.#surroundings = {
      cacheFolder: options.cacheFolder,
      names: standardNames(),
      keySets: () => this.#keys.sets,
      onChange: (document) => this.#tellOf(document),
      colourOf: filters.colourOf,
      cellsOf: filters.cellsOf,
    };
  }

  /** Settings first, keys next, then the documents of before, under their numbers. */
  async restore(): Promise<void> {
    this.#settings = await readSettings(this.options.configFolder);
    this.#filters.use(this.#settings);
    const { session, keys } = await this.options.host.restore();
    if (keys !== null) {
      this.#keys = new KeyRing(keys);
      this.#storage = await this.options.host.keepKeys(keys);
    }
    for (const kept of session?.documents ?? []) {
      const number = Number(/^d(\d+)$/.exec(kept.id)?.[1] ?? 0);
      this.#nextDocument = Math.max(this.#nextDocument, number + 1);
      // One that cannot be found again does not keep the others from coming back.
      await this.#open(kept.id, kept.sources, kept.merge, kept.options).catch(() => {});
      this.#showFilter(kept.id, kept.filter);
    }
  }

  get settings(): Settings {
    return this.#settings;
  }

  get keys(): KeyRing {
    return this.#keys;
  }

  get keyRing(): KeyRingView {
    return { sets: this.#keys.view, ...this.#storage };
  }

  get documents(): readonly OpenDocument[] {
    return [...this.#documents.values()];
  }

  /** Throws `ProtocolError` where there is none of that number. */
  document(id: string): OpenDocument {
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
      const id = this.#newId();
      await this.#open(id, group, merge, options);
      ids.push(id);
    }
    this.#keepSession();
    return ids;
  }

  async reopen(id: string, options: ReadingOptions): Promise<void> {
    const { sources, merge, sheet } = this.document(id).description;
    if (sheet !== null) {
      await this.writeSheet(id, sheet.content, options);
      return;
    }
    await this.document(id).saved;
    this.document(id).close();
    await this.#open(id, sources, merge, options);
    this.#showFilter(id, this.#filterTexts.get(id) ?? "");
    this.#keepSession();
  }

  /** Throws `ProtocolError` where the document is none. */
  sheet(id: string): ScratchSheet {
    const { sheet } = this.document(id).description;
    if (sheet === null) {
      const message = "The document is a capture, no scratch sheet.";
      throw new ProtocolError({ code: "no-such-document", message });
    }
    return sheet;
  }

  /** Decodes the text of a scratch sheet; its rows take the place of those before. */
  async writeSheet(id: string, content: SheetText, options: ReadingOptions): Promise<OpenDocument> {
    const sheet = this.sheet(id);
    const framing = framingOf(options, this.#profileDecodeAs());
    await sheet.read(content, framing, () => this.#keys.sets);
    const { description, trace } = this.document(id);
    const sources = description.sources.map((source) => ({ ...source, text: content.text }));
    this.document(id).close();
    const written = { ...description, sources, options, framing };
    const document = new OpenDocument(written, this.#surroundings, trace);
    this.#documents.set(id, document);
    this.#showFilter(id, this.#filterTexts.get(id) ?? "");
    this.#tellOf(document);
    this.#keepSession();
    return document;
  }

  close(id: string): void {
    this.document(id).close();
    this.#documents.delete(id);
    this.#filterTexts.delete(id);
    this.clients.tell({ event: "closed", document: id });
    this.#keepSession();
  }

  /** Changes the ring, has it kept, and reads again what it touches. */
  async changeKeys(change: () => KeyRingChange): Promise<KeyRingChange> {
    const result = change();
    this.#storage = await this.options.host.keepKeys(this.#keys.text);
    this.clients.tell({ event: "keys", keys: this.keyRing });
    const changed = [...result.added, ...result.removed];
    if (changed.length > 0) {
      await Promise.all(this.documents.map((document) => document.changeKeys(changed)));
    }
    return result;
  }

  async changeSettings(change: SettingsChange): Promise<void> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#settings = { ...this.#settings, ...Object.fromEntries(given) };
    this.clients.tellSoon("settings", () => ({ event: "settings", settings: this.#settings }));
    if (change.profiles !== undefined || change.profile !== undefined) {
      this.#filters.use(this.#settings);
      for (const document of this.documents) document.trace.touch();
    }
    await this.#settingsWriting.run(() => writeSettings(this.options.configFolder, this.#settings));
  }

  /** What the host keeps for an engine that starts in its place. */
  #keepSession(): void {
    const session: KeptSession = {
      documents: this.documents.map(({ id, description }) => ({
        id,
        sources: description.sources,
        merge: description.merge,
        options: description.options,
        filter: this.#filterTexts.get(id) ?? "",
      })),
    };
    this.options.host.keepSession(session);
  }

  /** Keeps in mind which filter a document was given, for an engine that starts in the place of this one. */
  noteFilter(id: string, text: string): void {
    this.#filterTexts.set(id, text);
    this.#keepSession();
  }

  #showFilter(id: string, text: string): void {
    const document = this.#documents.get(id);
    const { filter } = checkFilter(text);
    if (document === undefined || filter === null) return;
    document.filter(rowFilter(filter, document.trace));
    this.#filterTexts.set(id, text);
  }

  async stop(): Promise<void> {
    for (const document of this.documents) {
      await document.saved;
      document.close();
    }
    await this.#settingsWriting.run(() => {});
    this.clients.close();
  }

  #newId(): string {
    const id = `d${this.#nextDocument}`;
    this.#nextDocument += 1;
    return id;
  }

  async #open(
    id: string,
    references: readonly SourceReference[],
    merge: boolean,
    options: ReadingOptions,
  ): Promise<void> {
    const [first] = references;
    if (references.length === 1 && first?.kind === "scratch") {
      await this.#openSheet(id, first, options);
      return;
    }
    const sources = await Promise.all(
      references.map((reference) => readySource(this.options, reference)),
    );
    const document = new OpenDocument(
      {
        id,
        name: nameOf(sources),
        kind: "capture",
        sources: references,
        merge,
        options,
        framing: framingOf(options, this.#profileDecodeAs()),
        entries: (onProgress) => readSources(sources, onProgress),
        keysBeside: await this.#keysBeside(sources),
        notes: await this.#notesOf(sources),
        sheet: null,
      },
      this.#surroundings,
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
    const framing = framingOf(options, this.#profileDecodeAs());
    const sheet = new ScratchSheet();
    await sheet.read({ version: "", text }, framing, () => this.#keys.sets);
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
        keysBeside: null,
        notes: null,
        sheet,
      },
      this.#surroundings,
    );
    this.#documents.set(id, document);
    this.#tellOf(document);
  }

  #profileDecodeAs(): readonly string[] {
    const { profiles, profile } = this.#settings;
    return profiles.find(({ name }) => name === profile)?.decodeAs ?? [];
  }

  async #keysBeside(sources: readonly ReadySource[]): Promise<string | null> {
    const path = pathOfKeysBeside(sources);
    if (path === null) return null;
    try {
      await access(path);
      return basename(path);
    } catch {
      return null;
    }
  }

  /** The text of the key file beside a document. Throws `ProtocolError`, `KeyFileError`. */
  async readKeysBeside(id: string): Promise<string> {
    const { sources } = this.document(id).description;
    const ready = await Promise.all(sources.map((one) => readySource(this.options, one)));
    const path = pathOfKeysBeside(ready);
    if (path === null) {
      throw new ProtocolError({
        code: "no-keys",
        message: "There is no key file beside the capture.",
      });
    }
    return readKeyText(path);
  }

  async #notesOf(sources: readonly ReadySource[]) {
    const [only] = sources;
    // A merged document has no file of its own whose frames could be counted.
    if (sources.length !== 1 || only === undefined || only.file === null) return null;
    const { path, isOwn } = only.file;
    try {
      return await placeOfNotes(path, isOwn, this.options.stateFolder);
    } catch {
      // It cannot be read at all; opening it says why.
      return null;
    }
  }

  #tellOf(document: OpenDocument): void {
    this.clients.tellSoon(`document ${document.id}`, () =>
      this.#documents.get(document.id) === document
        ? { event: "document", document: document.state }
        : null,
    );
  }
}

function nameOf(sources: readonly ReadySource[]): string {
  const [first, ...others] = sources.map(({ name }) => name);
  return others.length === 0 ? (first ?? "") : `${first} and ${others.length} more`;
}

/** `meter.pcapng` has `meter.keys.json`. */
function pathOfKeysBeside(sources: readonly ReadySource[]): string | null {
  const [only] = sources;
  if (sources.length !== 1 || only === undefined || only.file === null) return null;
  return only.file.path.replace(/(\.(pcap|pcapng|txt|log|bin|gz))+$/i, "").concat(".keys.json");
}
