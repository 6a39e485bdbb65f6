/** A window that captures one session after the other from the same cables. */
import { join } from "node:path";
import { toHex } from "../../decoder/index.js";
import type { FrameJson } from "../../decoder/present/frame-json.js";
import { isQuiet, type TestClient } from "../analyzer/session/engine-client.js";
import { type CorpusItem, corpusFolder, toKeySets } from "../corpus/corpus.js";
import { GrowingRecording } from "../simulator/growing-recording.js";
import { type LineMessage, messagesOf } from "../simulator/line-message.js";
import type { Pace } from "../simulator/pace.js";
import { PtyPair } from "../simulator/pty-pair.js";
import { type Cables, replay } from "../simulator/replay.js";
import type { ApplicationPage } from "./application-page.js";
import { startCapture } from "./capture-page.js";
import { TestWindow } from "./window.js";

/** A session three times, as the application exports it. */
export interface HeardSession {
  readonly file: readonly FrameJson[];
  /** The capture while it listens. */
  readonly live: readonly FrameJson[];
  /** The capture that was stopped. */
  readonly ended: readonly FrameJson[];
}

export class LiveWindow {
  readonly #window: TestWindow;
  #app: ApplicationPage;
  readonly #client: TestClient;
  readonly #cables: readonly [PtyPair] | readonly [PtyPair, PtyPair];

  private constructor(
    window: TestWindow,
    app: ApplicationPage,
    client: TestClient,
    cables: readonly [PtyPair] | readonly [PtyPair, PtyPair],
  ) {
    this.#window = window;
    this.#app = app;
    this.#client = client;
    this.#cables = cables;
  }

  /** On one port both sides are heard; on two ports each has one of its own. */
  static async start(ports: 1 | 2): Promise<LiveWindow> {
    const window = await TestWindow.start();
    const app = await window.open();
    const { client } = await window.server.page();
    const first = await PtyPair.open();
    return new LiveWindow(
      window,
      app,
      client,
      ports === 1 ? [first] : [first, await PtyPair.open()],
    );
  }

  /** What the page has complained of since it was asked last. */
  get complaints(): readonly string[] {
    return this.#window.complaints.splice(0);
  }

  /**
   * Opens the session's file, captures the session from the line at that pace, and waits until the
   * window counts as many frames and shows the last one in the file's words. `atTurn` is waited for
   * before the other side speaks for the nth time.
   */
  async hear(
    item: CorpusItem,
    pace: Pace,
    atTurn: (turn: number) => Promise<void> = async () => {},
  ): Promise<HeardSession> {
    const client = this.#client;
    await this.#clear();
    await this.#addKeys(item);
    const opened = await this.#openFile(item);
    const file = await this.#framesOf(opened);

    const [port, answers] = this.#cables;
    await startCapture(this.#app, { port, answers, baud: 115_200 });
    const captured = await this.#newestDocument();
    await this.#say(messagesOf(item), pace, atTurn);
    await client.until(captured, ({ frames }) => frames >= file.length);
    await this.#app.counts(`${file.length.toLocaleString("en")} frames?`);
    const last = this.#app.row(file.length);
    await last
      .getByText(file.at(-1)?.info ?? "", { exact: true })
      .first()
      .waitFor();
    const live = await this.#framesOf(captured);

    await this.#app.page.keyboard.press("Control+E");
    await client.until(captured, (state) => state.status === "ready" && isQuiet(state));
    return { file, live, ended: await this.#framesOf(captured) };
  }

  /** Ends the analyzer as a crash does. */
  killEngine(): Promise<void> {
    return this.#window.killEngine();
  }

  /** How often the analyzer has been started again. */
  get restarts(): number {
    return this.#client.events.filter(({ event }) => event === "restarted").length;
  }

  /** Closes the window, and nothing else. */
  closeWindow(): Promise<void> {
    return this.#window.close();
  }

  /** Opens another window, in which the capture is looked at. */
  async openWindow(): Promise<void> {
    this.#app = await this.#window.open();
    await this.#app.page.getByRole("tab", { name: /capture-/ }).click();
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#window.stop();
    for (const cable of this.#cables) await cable.close();
  }

  /** Nothing of a session is left for the next one, however it has ended. */
  async #clear(): Promise<void> {
    const client = this.#client;
    await client.ask("capture-stop", {});
    const { documents, keys } = await client.ask("hello", {});
    for (const { id } of documents) await client.ask("close", { document: id });
    for (const { id } of keys.sets) await client.ask("remove-keys", { id });
  }

  /**
   * Comes back when all of it is recorded. On two ports nobody speaks before the other side is
   * recorded: whose turn it was is not left to the system's scheduler.
   */
  async #say(
    messages: readonly LineMessage[],
    pace: Pace,
    atTurn: (turn: number) => Promise<void>,
  ): Promise<void> {
    const { capture } = await this.#client.ask("hello", {});
    const recording = new GrowingRecording(capture?.file ?? "");
    const cables: Cables = this.#cables;
    let said = 0;
    let turn = 0;
    await replay(messages, cables, {
      pace,
      beforeTurn: async () => {
        if (cables.length === 2) await recording.has(said);
        turn += 1;
        await atTurn(turn);
      },
      afterEach: ({ bytes }) => {
        said += bytes.length;
      },
    });
    await recording.has(said);
    recording.close();
  }

  async #openFile({ file = "" }: CorpusItem): Promise<string> {
    await this.#app.open(join(corpusFolder, file));
    await this.#app.page.getByRole("tab", { name: file.split("/").at(-1) ?? "" }).waitFor();
    const document = await this.#newestDocument();
    await this.#client.until(document, isQuiet);
    return document;
  }

  /** Documents are in the order in which they were opened. */
  async #newestDocument(): Promise<string> {
    const { documents } = await this.#client.ask("hello", {});
    return documents.at(-1)?.id ?? "";
  }

  async #framesOf(document: string): Promise<readonly FrameJson[]> {
    const { download } = await this.#client.ask("export", {
      document,
      format: "ndjson",
      tree: false,
      frames: "shown",
    });
    const response = await fetch(`${this.#window.server.origin}/download/${download}`);
    const lines = (await response.text()).trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as FrameJson);
  }

  async #addKeys(item: CorpusItem): Promise<void> {
    const keySets = toKeySets(item).map((keySet, i) => ({
      name: `${item.id} ${i}`,
      ...Object.fromEntries(
        Object.entries(keySet).map(([name, value]) => [
          name,
          value instanceof Uint8Array ? toHex(value) : value,
        ]),
      ),
    }));
    if (keySets.length > 0)
      await this.#client.ask("add-keys", { text: JSON.stringify({ keySets }) });
  }
}
