/** An engine in the process of the test, and a client of it. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../analyzer/engine.js";
import type { Answer } from "../../../analyzer/protocol/index.js";
import {
  AnalyzerClient,
  type AnalyzerEvent,
  type CaptureHost,
  type CaptureState,
  createPortPair,
  type DocumentState,
  type EngineHost,
  type EngineSession,
  type Method,
  type Request,
} from "../../../analyzer/protocol/index.js";
import { startEngine } from "../../../analyzer/session/start-engine.js";
import { noCapture } from "../host/no-capture.js";
import { TestFolder } from "../test-folder.js";

const samples = join(import.meta.dirname, "../../../captures/samples");

/** What a shell keeps while its engines come and go. */
export class TestHost implements EngineHost {
  session: EngineSession | null = null;
  keys: string | null = null;
  readonly folder = new TestFolder();
  #downloads = 0;

  async resolve(source: Parameters<EngineHost["resolve"]>[0]) {
    if (source.kind !== "path") throw new Error("the test has no uploads");
    return { path: source.path, name: source.path, isOwn: true };
  }

  capture: CaptureHost = noCapture();
  captureState: CaptureState | null = null;

  async restore() {
    return { session: this.session, keys: this.keys, capture: this.captureState };
  }

  keepSession(session: EngineSession): void {
    this.session = session;
  }

  async keepKeys(keys: string) {
    this.keys = keys;
    return { isStored: false, storage: "for the test" };
  }

  async createDownload(name: string) {
    this.#downloads += 1;
    const download = String(this.#downloads);
    return { path: join(this.folder.path, `${download}-${name}`), download };
  }
}

/** A client that keeps in mind what it was told. */
export class TestClient {
  readonly events: AnalyzerEvent[] = [];
  readonly #client: AnalyzerClient;
  #waiting: (() => void)[] = [];
  /** What `hello` was answered, and how many events had come before it. */
  #hello: { readonly at: number; readonly documents: readonly DocumentState[] } | undefined;

  constructor(engine: Pick<Engine, "connect">) {
    const [mine, theirs] = createPortPair();
    this.#client = new AnalyzerClient(mine, (event) => {
      this.events.push(event);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    engine.connect(theirs);
  }

  async ask<Name extends Method>(
    method: Name,
    params: Request<Name>,
    options?: Parameters<AnalyzerClient["request"]>[2],
  ): Promise<Answer<Name>> {
    const answer = await this.#client.request(method, params, options);
    if (method === "hello") {
      const { documents } = answer as Answer<"hello">;
      this.#hello = { at: this.events.length, documents };
    }
    return answer;
  }

  close(): void {
    this.#client.close();
  }

  /**
   * The state of a document as it was told last, by the engine that runs now. What it has read before
   * anybody listened is known by the answer to `hello` alone.
   */
  state(id: string): DocumentState | undefined {
    const start = this.events.findLastIndex(({ event }) => event === "restarted") + 1;
    const event = this.events
      .slice(start)
      .findLast((one) => one.event === "document" && one.document.id === id);
    if (event?.event === "document") return event.document;
    if (this.#hello === undefined || this.#hello.at < start) return undefined;
    return this.#hello.documents.find((document) => document.id === id);
  }

  /** Waits until a document is told to be so. */
  async until(id: string, isSo: (state: DocumentState) => boolean): Promise<DocumentState> {
    for (;;) {
      const state = this.state(id);
      if (state !== undefined && isSo(state)) return state;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Opens a file, and waits until it is read. */
  async open(path: string): Promise<DocumentState> {
    const { documents } = await this.ask("open", {
      sources: [{ kind: "path", path }],
      merge: false,
      options: {},
    });
    return this.until(documents[0] ?? "", isQuiet);
  }
}

/** Nothing is on its way. */
export const isQuiet = ({ status, progress, filter }: DocumentState): boolean =>
  status !== "loading" && progress === null && filter.pending === null;

/** Starts an engine on the host's folder. */
export function startOn(host: TestHost): Promise<Engine> {
  const folder = (name: string) => join(host.folder.path, name);
  mkdirSync(folder("samples"), { recursive: true });
  cpSync(samples, folder("samples"), { recursive: true });
  return startEngine({
    host,
    version: "0.0.0",
    configFolder: folder("config"),
    cacheFolder: folder("cache"),
    stateFolder: folder("state"),
    samplesFolder: folder("samples"),
  });
}
