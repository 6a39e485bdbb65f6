/**
 * A frame that is dissected by itself, in any order, is the one that decoding from the start gives:
 * its context holds all that it depends on. A key that comes later gives what it would have given
 * from the start. Over every item of the corpus that has more than one frame.
 */
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { CaptureIndex } from "../../analyzer/capture-index.js";
import { FrameSpool } from "../../analyzer/session/frame-spool.js";
import { FrameCutter } from "../../decoder/frame-cutter.js";
import type { KeySet } from "../../decoder/index.js";
import { type Frame, presentFrame, TextBuffer, writeFrameText } from "../../decoder/index.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import { shuffledRows } from "../analyzer/shuffle.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { type CorpusItem, corpusIsHere, readItems, toKeySets } from "./corpus.js";
import { chunksOf, decodeItem, framingOf } from "./decode-item.js";

function linksOf(item: CorpusItem): LinkFrame[] {
  const cutter = new FrameCutter({ framing: framingOf(item) });
  return [...chunksOf(item).flatMap((chunk) => cutter.push(chunk)), ...cutter.finish()];
}

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Its frames are read again from the disk, as those of an open capture are. */
function indexOf(links: readonly LinkFrame[], keySets: readonly KeySet[]): CaptureIndex {
  const spool = new FrameSpool(folder.path);
  onTestFinished(() => spool.close());
  for (const link of links) spool.add(link);
  const index = new CaptureIndex(spool, { keySets });
  for (const link of links) index.add(link);
  index.finish();
  return index;
}

/** Everything of a frame that people and programs see. */
function shown(frame: Frame | undefined): readonly unknown[] {
  if (frame === undefined) return [];
  const text = new TextBuffer();
  writeFrameText(text, frame, { tree: true });
  return [presentFrame(frame), text.takeString()];
}

const items = readItems().filter((item) => {
  return item.framing !== "crypto" && (item.frames ?? item.packets ?? 1) > 1;
});
const ciphered = readItems().filter((item) => toKeySets(item).length > 0);

describe.skipIf(!corpusIsHere)("a frame by itself", () => {
  it.for(items)("$id: is the same in any order", (item) => {
    const frames = decodeItem(item, { tree: true });
    const links = linksOf(item);
    expect(links).toHaveLength(frames.length);
    const index = indexOf(links, toKeySets(item));
    // All rows of a trace of hundreds take too long to compare; every one of them may be drawn.
    for (const row of shuffledRows(frames.length, frames.length).slice(0, 150)) {
      expect(shown(index.frame(row, { tree: true })), `frame ${row + 1}`).toEqual(
        shown(frames[row]),
      );
    }
  });
});

describe.skipIf(!corpusIsHere)("a key that comes later", () => {
  it.for(ciphered)("$id: gives what it gives from the start", (item) => {
    const links = linksOf(item);
    const keySets = toKeySets(item);
    const index = indexOf(links, []);
    const rows = index.addKeys(keySets);
    const whole = indexOf(links, keySets);
    expect(rows).toBeGreaterThan(0);
    for (let row = 0; row < links.length; row++) {
      expect(shown(index.frame(row, { tree: true })), `frame ${row + 1}`).toEqual(
        shown(whole.frame(row, { tree: true })),
      );
      expect(index.columns.definitions(row)).toEqual(whole.columns.definitions(row));
    }
  });
});
