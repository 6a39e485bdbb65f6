/**
 * The state of an engine: open documents, keys, settings; what changes it, and who is told.
 */
import { standardNames } from "../../decoder/index.js";
import type { EngineOptions } from "../engine.js";
import { readKeyText } from "../keys.js";
import type {
  KeyEffect,
  KeyRingView,
  ReadingOptions,
  Settings,
  SourceReference,
} from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import { Clients } from "./clients.js";
import type { FilterSupport } from "./filter-support.js";
import { HostCapture } from "./host-capture.js";
import { KeptSettings, type SettingsChange } from "./kept-settings.js";
import { addEffects } from "./key-effect.js";
import { KeyRing, type KeyRingChange } from "./key-ring.js";
import type { OpenDocument } from "./open-document.js";
import { OpenDocuments } from "./open-documents.js";
import type { ScratchSheet, SheetText } from "./scratch-sheet.js";

export class EngineState {
  readonly clients = new Clients();
  readonly options: EngineOptions;
  readonly capture: HostCapture;
  readonly #documents: OpenDocuments;
  readonly #settings: KeptSettings;
  readonly #filters: FilterSupport;
  #keys = new KeyRing(null);
  #storage: Omit<KeyRingView, "sets"> = { isStored: false, storage: "" };

  constructor(options: EngineOptions, filters: FilterSupport) {
    this.options = options;
    this.#filters = filters;
    this.#settings = new KeptSettings(options.configFolder);
    this.#documents = new OpenDocuments({
      options,
      clients: this.clients,
      surroundings: {
        cacheFolder: options.cacheFolder,
        names: standardNames(),
        keySets: () => this.#keys.sets,
        colourOf: filters.colourOf,
        cellsOf: filters.cellsOf,
      },
      decodeAs: () => this.#settings.profile?.decodeAs ?? [],
    });
    this.capture = new HostCapture(options.host.capture, this.clients, this.#documents);
  }

  /** Settings first, keys next, then the documents of before, under their numbers. */
  async restore(): Promise<void> {
    await this.#settings.restore();
    this.#filters.use(this.settings);
    const { session, keys, capture } = await this.options.host.restore();
    if (keys !== null) {
      this.#keys = new KeyRing(keys);
      this.#storage = await this.options.host.keepKeys(keys);
    }
    await this.#documents.restore(session);
    await this.capture.restore(capture);
  }

  get settings(): Settings {
    return this.#settings.current;
  }

  get keys(): KeyRing {
    return this.#keys;
  }

  get keyRing(): KeyRingView {
    return { sets: this.#keys.view, ...this.#storage };
  }

  get documents(): readonly OpenDocument[] {
    return this.#documents.list;
  }

  /** Throws `ProtocolError` where there is none of that number. */
  document(id: string): OpenDocument {
    return this.#documents.get(id);
  }

  /** Opens sources: each by itself, or all as one. Rejects where one may not be read. */
  open(
    sources: readonly SourceReference[],
    merge: boolean,
    options: ReadingOptions,
  ): Promise<readonly string[]> {
    return this.#documents.open(sources, merge, options);
  }

  reopen(id: string, options: ReadingOptions): Promise<void> {
    return this.#documents.reopen(id, options);
  }

  /** Throws `ProtocolError` where the document is none. */
  sheet(id: string): ScratchSheet {
    return this.#documents.sheet(id);
  }

  /** Decodes the text of a scratch sheet; its rows take the place of those before. */
  writeSheet(id: string, content: SheetText, options: ReadingOptions): Promise<OpenDocument> {
    return this.#documents.writeSheet(id, content, options);
  }

  close(id: string): void {
    this.#documents.close(id);
  }

  /** Keeps in mind which filter a document was given, for an engine that starts in the place of this one. */
  noteFilter(id: string, text: string): void {
    this.#documents.noteFilter(id, text);
  }

  /** Changes the ring, has it kept, and reads again what it touches. Says what came of it. */
  async changeKeys(
    change: () => KeyRingChange,
  ): Promise<KeyRingChange & { readonly effect: KeyEffect }> {
    const result = change();
    this.#storage = await this.options.host.keepKeys(this.#keys.text);
    this.clients.tell({ event: "keys", keys: this.keyRing });
    const changed = [...result.added, ...result.removed];
    const touched = changed.length > 0 ? this.documents : [];
    const effects = await Promise.all(touched.map((document) => document.changeKeys(changed)));
    return { ...result, effect: addEffects(effects) };
  }

  /** The text of the key file beside a document. Throws `ProtocolError`, `KeyFileError`. */
  async readKeysBeside(id: string): Promise<string> {
    const path = this.document(id).description.keysBeside;
    if (path === null) {
      throw new ProtocolError({
        code: "no-keys",
        message: "There is no key file beside the capture.",
      });
    }
    return readKeyText(path);
  }

  async changeSettings(change: SettingsChange): Promise<void> {
    const written = this.#settings.change(change);
    this.clients.tellSoon("settings", () => ({ event: "settings", settings: this.settings }));
    if (change.profiles !== undefined || change.profile !== undefined) {
      this.#filters.use(this.settings);
      for (const document of this.documents) document.trace.touch();
    }
    await written;
  }

  async stop(): Promise<void> {
    await this.#documents.stop();
    await this.#settings.written;
    this.clients.close();
  }
}
