/**
 * Every HDLC session of the corpus, said on pseudo terminals and captured by the application in a real
 * browser: while it listens and when it has stopped it has the frames and values of the file.
 */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../decoder/index.js";
import type { FrameJson } from "../../decoder/present/frame-json.js";
import { isQuiet, type TestClient } from "../analyzer/session/engine-client.js";
import {
  type CorpusItem,
  corpusFolder,
  corpusIsHere,
  readItems,
  toKeySets,
} from "../corpus/corpus.js";
import { GrowingRecording } from "../simulator/growing-recording.js";
import { type LineMessage, messagesOf } from "../simulator/line-message.js";
import { asTaken, at115200 } from "../simulator/pace.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { replay } from "../simulator/replay.js";
import { comparable } from "../simulator/same-frames.js";
import type { ApplicationPage } from "./application-page.js";
import { startCapture } from "./capture-page.js";
import { TestWindow } from "./window.js";

const sessions = readItems().filter(
  ({ framing, file }) => framing === "hdlc" && file !== undefined,
);

/** Fails where the next one has been forgotten: the corpus only grows. */
const sessionsKnown = 14;

/**
 * Declares the tests of one mode: both sides on one port, or each on one of its own. One window
 * captures one session after the other.
 */
export function trySessions(ports: 1 | 2): void {
  let window: TestWindow;
  let app: ApplicationPage;
  let client: TestClient;
  const cables: PtyPair[] = [];

  beforeAll(async () => {
    if (!corpusIsHere || !socatIsHere) return;
    window = await TestWindow.start();
    app = await window.open();
    ({ client } = await window.server.page());
    for (let i = 0; i < ports; i++) cables.push(await PtyPair.open());
  }, 60_000);
  afterAll(async () => {
    for (const cable of cables) await cable.close();
    client?.close();
    await window?.stop();
  });

  /** All frames of a document, as the application exports them. */
  async function framesOf(document: string): Promise<readonly FrameJson[]> {
    const { download } = await client.ask("export", {
      document,
      format: "ndjson",
      tree: false,
      frames: "shown",
    });
    const response = await fetch(`${window.server.origin}/download/${download}`);
    const lines = (await response.text()).trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as FrameJson);
  }

  /** Documents are in the order in which they were opened. */
  async function newestDocument(): Promise<string> {
    const { documents } = await client.ask("hello", {});
    return documents.at(-1)?.id ?? "";
  }

  /**
   * Says the session; comes back when all of it is recorded. On two ports nobody speaks before the
   * other side is recorded: whose turn it was is not left to the system's scheduler.
   */
  async function say(messages: readonly LineMessage[]): Promise<void> {
    const { capture } = await client.ask("hello", {});
    const recording = new GrowingRecording(capture?.file ?? "");
    const [first, second] = cables;
    if (first === undefined) throw new Error("no cable is laid");
    let said = 0;
    await replay(messages, second === undefined ? [first] : [first, second], {
      pace: paceOf(messages),
      beforeTurn: async () => {
        if (ports === 2) await recording.has(said);
      },
      afterEach: ({ bytes }) => {
        said += bytes.length;
      },
    });
    await recording.has(said);
    recording.close();
  }

  /** Opens the file in the window; returns its document. */
  async function openFile(item: CorpusItem): Promise<string> {
    const name = item.file?.split("/").at(-1) ?? "";
    await app.open(join(corpusFolder, item.file ?? ""));
    await app.page.getByRole("tab", { name }).waitFor();
    const document = await newestDocument();
    await client.until(document, isQuiet);
    return document;
  }

  describe.skipIf(!corpusIsHere || !socatIsHere)(`in the window, ports: ${ports}`, () => {
    it("has every session", () => {
      expect(sessions.length).toBeGreaterThanOrEqual(sessionsKnown);
    });

    it.for(sessions)("$file", { timeout: 60_000 }, async (item) => {
      const keys = await addKeys(client, item);
      const file = await openFile(item);
      const expected = await framesOf(file);
      const [port, answers] = cables;
      if (port === undefined) throw new Error("no cable is laid");
      await startCapture(app, { port, answers, baud: 115_200 });
      const document = await newestDocument();
      await say(messagesOf(item));

      // In the window, while it listens: as many, and the newest of them in the file's words.
      await app.counts(`${expected.length.toLocaleString("en")} frames?`);
      const last = app.row(expected.length);
      await last.waitFor();
      expect(await last.textContent()).toContain(expected.at(-1)?.info);
      const live = await framesOf(document);
      expect(comparable(live)).toEqual(comparable(expected));

      await app.page.keyboard.press("Control+E");
      await client.until(document, (state) => state.status === "ready" && isQuiet(state));
      expect(comparable(await framesOf(document))).toEqual(comparable(expected));
      expect(window.complaints.splice(0)).toEqual([]);

      for (const one of [file, document]) await client.ask("close", { document: one });
      for (const id of keys) await client.ask("remove-keys", { id });
    });
  });
}

/**
 * Of what meters push all day there is too much for the speed of the line, at which it takes a
 * minute; and it has no turns, which are what the speed matters to.
 */
function paceOf(messages: readonly LineMessage[]) {
  return messages.some(({ from }) => from === "client") ? at115200 : asTaken;
}

/** Puts the keys of an item into the ring; returns what they are called there. */
async function addKeys(client: TestClient, item: CorpusItem): Promise<readonly string[]> {
  const keySets = toKeySets(item).map((keySet, i) => ({
    name: `${item.id} ${i}`,
    ...Object.fromEntries(
      Object.entries(keySet).map(([name, value]) => [
        name,
        value instanceof Uint8Array ? toHex(value) : value,
      ]),
    ),
  }));
  if (keySets.length > 0) await client.ask("add-keys", { text: JSON.stringify({ keySets }) });
  const { keys } = await client.ask("hello", {});
  return keys.sets.map(({ id }) => id);
}
