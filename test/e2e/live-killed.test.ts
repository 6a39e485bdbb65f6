/**
 * A capture whose window is closed, whose analyzer dies or whose own process dies while a session of
 * the corpus is said: what can be there is there, and what cannot be is told.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusIsHere, readItems } from "../corpus/corpus.js";
import { at115200 } from "../simulator/pace.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { comparable } from "../simulator/same-frames.js";
import { startCapture } from "./capture-page.js";
import { type HeardSession, LiveWindow } from "./live-window.js";
import { isInDesktop, TestWindow } from "./window.js";

const session = readItems().find(({ file }) => file === "sessions/elster-load-survey.jsonl");

/** They ask the server, which the desktop has not. */
const canRun = socatIsHere && !isInDesktop;

describe.runIf(canRun && corpusIsHere)("a capture that goes on", () => {
  let window: LiveWindow;
  beforeAll(async () => {
    window = await LiveWindow.start(1);
  }, 60_000);
  afterAll(() => window.stop());

  /** Says the session; the turns at which something happens. */
  async function hear(happens: Readonly<Record<number, () => Promise<void>>>) {
    if (session === undefined) throw new Error("the corpus has not the session");
    return window.hear(session, at115200, async (turn) => happens[turn]?.());
  }

  function expectAllOfIt({ file, live, ended }: HeardSession): void {
    // 124 messages, a frame each, by the corpus.
    expect(file).toHaveLength(124);
    expect(comparable(live, { isLive: true })).toEqual(comparable(file, { isLive: true }));
    expect(comparable(ended)).toEqual(comparable(file));
  }

  it("without its window, and is there in the next one", { timeout: 60_000 }, async () => {
    const heard = await hear({
      30: () => window.closeWindow(),
      90: () => window.openWindow(),
    });
    expectAllOfIt(heard);
    expect(window.complaints).toEqual([]);
  });

  it("without its analyzer, which reads all of it again", { timeout: 60_000 }, async () => {
    const kill = () => window.killEngine();
    expectAllOfIt(await hear({ 60: kill }));
    expect(window.restarts).toBe(1);
    expect(window.complaints).toEqual([]);
  });
});

describe.runIf(canRun)("a capture whose process dies", () => {
  // Corpus, fs-22222885268-iec21-0001: SNRM of client 16 to server 1; and its DISC.
  const snrm = Buffer.from("7ea0070321930f017e", "hex");
  const disconnect = Buffer.from("7ea00703215303c77e", "hex");

  it("says so, keeps its file and offers it at the next start", { timeout: 60_000 }, async () => {
    const window = await TestWindow.start();
    const line = await PtyPair.open();
    try {
      const app = await window.open();
      const { page } = app;
      await startCapture(app, { port: line });
      await line.write(snrm);
      await app.row(1).getByText("SNRM").first().waitFor();
      window.server.server.killCapture();
      const monitor = page.getByRole("contentinfo");
      await monitor.getByText("Capture failed").waitFor();
      await monitor.getByText(/its process is gone\. What it had recorded is here\./).waitFor();
      // Its document is an ordinary one now: it is closed without a question.
      await app.counts("1 frame");
      await page.keyboard.press("Control+W");
      await page.getByRole("heading", { name: "Obiscope" }).waitFor();

      const offer = page.getByRole("region", { name: "Recordings that were cut off" });
      await offer.getByText(/^capture-\S+ was cut off/).waitFor();
      await offer.getByRole("button", { name: "Open it" }).click();
      await app.row(1).getByText("SNRM").first().waitFor();
      await app.counts("1 frame");

      // The port is free for another capture.
      await startCapture(app, { port: line });
      await line.write(disconnect);
      await app.row(1).getByText("DISC").first().waitFor();
      await monitor.getByText("Capturing", { exact: true }).waitFor();
      expect(window.complaints).toEqual([]);
    } finally {
      await window.stop();
      await line.close();
    }
  });
});
