/**
 * The state of an engine: open documents, keys, settings; what changes it, and who is told.
 */
import { access } from "node:fs/promises";
import { basename } from "node:path";
import { standardNames } from "../../decoder/index.js";
import type { EngineOptions } from "../engine.js";
import { readKeyText } from "../keys.js";
import type {
  CaptureRequest,
  CaptureState,
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
import { readSettings, standardSettings, writeSettings } from "./settings-file.js";
import { Turns } from "./slices.js";
import { framingOf, isFollowed, type ReadySource, readSources, readySource } from "./sources.js";

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
  #capture: CaptureState | null = null;
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
    const { session, keys, capture } = await this.options.host.restore();
    this.#capture = capture;
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
    // The engine before may have died between the start of a capture and its opening.
    if (capture !== null && capture.phase !== "ended" && this.#captured(capture) === undefined) {
      await this.open([{ kind: "path", path: capture.file }], false, {}).catch(() => {});
    }
  }

  /** The capture of the host that runs or ran last. */
  get capture(): CaptureState | null {
    return this.#capture;
  }

  tellCapture(capture: CaptureState): void {
    this.#capture = capture;
    this.clients.tell({ event: "capture", capture });
  }

  /** Starts a capture, and opens it; returns its document. Rejects with `ProtocolError`. */
  async startCapture(request: CaptureRequest): Promise<string> {
    const { path } = await this.options.host.capture.start(request);
    const [id] = await this.open([{ kind: "path", path }], false, {});
    return id ?? "";
  }

  /** Starts the last capture anew, in place of its document. */
  async restartCapture(): Promise<string> {
    const before = this.#capture;
    if (before === null) {
      throw new ProtocolError({
        code: "no-capture",
        message: "There is no capture to start again: start one first.",
      });
    }
    await this.options.host.capture.stop();
    const id = await this.startCapture(before.request);
    const document = this.#captured(before);
    if (document !== undefined) this.close(document.id);
    return id;
  }

  #captured({ file }: CaptureState): OpenDocument | undefined {
    return this.documents.find(({ description: { sources } }) =>
      sources.some((source) => source.kind === "path" && source.path === file),
    );
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
    const { sources, merge } = this.document(id).description;
    await this.document(id).saved;
    this.document(id).close();
    await this.#open(id, sources, merge, options);
    this.#showFilter(id, this.#filterTexts.get(id) ?? "");
    this.#keepSession();
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
        entries: (onProgress, signal) => readSources(sources, onProgress, signal),
        isLive: isFollowed(sources),
        keysBeside: await this.#keysBeside(sources),
        notes: await this.#notesOf(sources),
      },
      this.#surroundings,
    );
    this.#documents.set(id, document);
    this.#tellOf(document);
    void document.load();
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
