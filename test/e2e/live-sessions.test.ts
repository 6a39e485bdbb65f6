/**
 * Every HDLC session of the corpus, said on pseudo terminals and captured by the application in a real
 * browser, on one port and on two: while it listens and when it has stopped it has the frames and
 * values of the file.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../decoder/index.js";
import { corpusIsHere, readItems } from "../corpus/corpus.js";
import { messagesOf } from "../simulator/line-message.js";
import { asTaken, at115200 } from "../simulator/pace.js";
import { socatIsHere } from "../simulator/pty-pair.js";
import { comparable } from "../simulator/same-frames.js";
import { LiveWindow } from "./live-window.js";
import { isInDesktop } from "./window.js";

const sessions = readItems().filter(
  ({ framing, file }) => framing === "hdlc" && file !== undefined,
);

/** It asks the server, which the desktop has not. */
const canRun = corpusIsHere && socatIsHere && !isInDesktop;

describe.runIf(canRun)("a session of the corpus on serial lines", () => {
  let windows: readonly LiveWindow[] = [];
  beforeAll(async () => {
    windows = [await LiveWindow.start(1), await LiveWindow.start(2)];
  }, 60_000);
  afterAll(async () => {
    for (const window of windows) await window.stop();
  });

  // Both windows at once: on two ports it is mostly waited for the recording.
  it.for(sessions)("$file", { timeout: 120_000 }, async (item) => {
    // Of what meters push all day there is too much to wait for; and it has no turns, for which the
    // speed matters.
    const messages = messagesOf(item);
    const isTalk = messages.some(({ from }) => from === "client");
    const pace = isTalk ? at115200 : asTaken;
    const heard = await Promise.all(windows.map((window) => window.hear(item, pace)));
    expect(heard).toHaveLength(2);
    for (const { file, live, ended } of heard) {
      // As the corpus counts them; and behind the header of the LLC layer there are values to compare.
      expect(file).toHaveLength(item.frames ?? Number.NaN);
      expect(file.some(({ apdu }) => apdu !== undefined)).toBe(
        messages.some(({ bytes }) => /e6e[67]00/.test(toHex(bytes))),
      );
      expect(comparable(live, { isLive: true })).toEqual(comparable(file, { isLive: true }));
      expect(comparable(ended)).toEqual(comparable(file));
    }
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
