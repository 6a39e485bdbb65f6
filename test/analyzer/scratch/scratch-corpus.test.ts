/** Every text of the corpus, and every message of it in some notation, on a scratch sheet. */
import { describe, expect, it } from "vitest";
import { corpusIsHere } from "../../corpus/corpus.js";
import { readPastedTexts } from "./corpus-texts.js";
import { expectPlaced, expectSameFrames, open, problemsOf } from "./scratch-text.js";

const texts = readPastedTexts();

describe.runIf(corpusIsHere)("a text of the corpus", () => {
  it("is one of many", () => {
    expect(texts.length).toBeGreaterThan(400);
  });

  it.each(texts)("$name", async ({ text, keySets }) => {
    const scratch = open(text, { keySets });
    expect(expectPlaced(text, scratch)).toBe(0);
    await expectSameFrames(text, scratch, { keySets });
    for (const { start, end } of problemsOf(scratch, 1000)) {
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  });
});
