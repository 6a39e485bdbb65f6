/** The capture of the host, which writes a file; here it is asked for, told of, and its file opened. */
import type { CaptureRequest, CaptureState, EngineHost } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { Clients } from "./clients.js";
import type { OpenDocument } from "./open-document.js";
import type { OpenDocuments } from "./open-documents.js";

export class HostCapture {
  readonly #host: EngineHost["capture"];
  readonly #clients: Clients;
  readonly #documents: OpenDocuments;
  #state: CaptureState | null = null;

  constructor(host: EngineHost["capture"], clients: Clients, documents: OpenDocuments) {
    this.#host = host;
    this.#clients = clients;
    this.#documents = documents;
  }

  /** Of the one that runs, or ran last. */
  get state(): CaptureState | null {
    return this.#state;
  }

  /** Goes on with what an engine before had begun; the documents of before are open again. */
  async restore(state: CaptureState | null): Promise<void> {
    this.#state = state;
    // The engine before may have died between the start of a capture and its opening.
    if (state !== null && state.phase !== "ended" && this.#document(state) === undefined) {
      await this.#open(state.file).catch(() => {});
    }
  }

  tell(capture: CaptureState): void {
    this.#state = capture;
    this.#clients.tell({ event: "capture", capture });
  }

  /** Starts a capture, and opens it; returns its document. Rejects with `ProtocolError`. */
  async start(request: CaptureRequest): Promise<string> {
    const { path } = await this.#host.start(request);
    return this.#open(path);
  }

  /** Starts the last capture anew, in place of its document. */
  async restart(): Promise<string> {
    const before = this.#state;
    if (before === null) {
      throw new ProtocolError({
        code: "no-capture",
        message: "There is no capture to start again: start one first.",
      });
    }
    await this.#host.stop();
    const id = await this.start(before.request);
    const document = this.#document(before);
    if (document !== undefined) this.#documents.close(document.id);
    return id;
  }

  async #open(path: string): Promise<string> {
    const [id = ""] = await this.#documents.open([{ kind: "path", path }], false, {});
    return id;
  }

  #document({ file }: CaptureState): OpenDocument | undefined {
    return this.#documents.list.find(({ description: { sources } }) =>
      sources.some((source) => source.kind === "path" && source.path === file),
    );
  }
}
