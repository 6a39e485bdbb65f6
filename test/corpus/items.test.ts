/**
 * Every item of the corpus, decoded as a user would. The expected outcome is the corpus's own:
 * what the sources state and what independent scripts verified (see the corpus's README).
 */
import { describe, expect, it } from "vitest";
import type { Frame } from "../../decoder/index.js";
import { codesOf, findBrokenPromises } from "../decoder/tree-checks.js";
import { type CorpusItem, corpusIsHere, readItems } from "./corpus.js";
import { decodeItem } from "./decode-item.js";
import { knownFaults } from "./known-faults.js";
import { betterThanVerified } from "./verdicts.js";

const items = readItems().filter(({ framing }) => framing !== "crypto");
const decoded = new Map<string, Frame[]>();

function framesOf(item: CorpusItem): Frame[] {
  let frames = decoded.get(item.id);
  if (frames === undefined) {
    frames = decodeItem(item);
    decoded.set(item.id, frames);
  }
  return frames;
}

/** What the cross-check found, but for what this decoder reads better. */
function expectedVerdicts({ id, verified }: CorpusItem) {
  return betterThanVerified[id] ?? { decrypted: verified?.decrypted, tag_ok: verified?.tag_ok };
}

describe.skipIf(!corpusIsHere)("corpus", () => {
  it.for(items)("$id ends explained, every byte of it", (item) => {
    const frames = framesOf(item);
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.flatMap(findBrokenPromises)).toEqual([]);
  });

  it.for(items)("$id decodes to its end, or has a known fault", (item) => {
    const codes = codesOf(framesOf(item), ["malformed", "checksum", "undecoded"]);
    expect([...new Set(codes)].sort()).toEqual(knownFaults[item.id]?.codes ?? []);
  });

  it.for(items)("$id is found by its content as well", (item) => {
    const framings = decodeItem(item, { auto: true, tree: false }).map(({ framing }) => framing);
    expect(framings).toEqual(framesOf(item).map(({ framing }) => framing));
  });

  const ciphered = items.filter(({ verified }) => verified !== undefined);
  it.for(ciphered)("$id is deciphered as the cross-check did", (item) => {
    const found = { decrypted: 0, tag_ok: 0 };
    for (const { ciphering } of framesOf(item)) {
      if (ciphering?.status.startsWith("decrypted") === true) found.decrypted += 1;
      if (ciphering?.status === "decrypted" && ciphering.authenticated) found.tag_ok += 1;
    }
    expect(found).toEqual(expectedVerdicts(item));
  });

  it("prints its scoreboard", () => {
    const board = new Map<
      string,
      { items: number; frames: number; clean: number; apdus: number }
    >();
    for (const item of items) {
      const frames = framesOf(item);
      for (const key of [`framing ${item.framing}`, `family ${item.family}`]) {
        const row = board.get(key) ?? { items: 0, frames: 0, clean: 0, apdus: 0 };
        row.items += 1;
        row.frames += frames.length;
        row.apdus += frames.filter(({ apdu }) => apdu !== undefined).length;
        if (codesOf(frames, ["malformed", "checksum", "undecoded"]).length === 0) row.clean += 1;
        board.set(key, row);
      }
    }
    const lines = [...board].map(
      ([key, { items, frames, clean, apdus }]) =>
        `${key.padEnd(48)} ${String(items).padStart(4)} items ${String(clean).padStart(4)} clean ${String(frames).padStart(5)} frames ${String(apdus).padStart(5)} APDUs`,
    );
    console.log(lines.sort().join("\n"));
    expect(board.size).toBeGreaterThan(0);
  });
});
