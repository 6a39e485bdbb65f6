import { describe, expect, it } from "vitest";
import { findPack, packs } from "../../../../decoder/cosem/packs/all-packs.js";
import { patternKey } from "../../../../decoder/cosem/packs/obis-pattern.js";
import { readObjectFile } from "../../../../decoder/cosem/packs/object-file.js";
import { readNumberedTexts } from "../../../../decoder/cosem/packs/pack-tables.js";

describe("packs", () => {
  it("have ids of their own, which find them", () => {
    expect(new Set(packs.map(({ id }) => id)).size).toBe(packs.length);
    expect(new Set(packs.map(({ name }) => name)).size).toBe(packs.length);
    for (const pack of packs) expect(findPack(pack.id)).toBe(pack);
    expect(findPack("atlantis")).toBeUndefined();
  });
});

describe.each(packs)("pack $id", (pack) => {
  it("says what it is and where its facts are from", () => {
    expect(pack.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(pack.name).not.toBe("");
    expect(pack.source).not.toBe("");
  });

  it("names objects that a reader takes: patterns, classes, units, no code twice", () => {
    const objects = readObjectFile(pack.objects ?? "", pack.name);
    expect(objects.length).toBeGreaterThan(0);
    for (const { name, pattern } of objects) {
      // A group that a name tells must be one that varies.
      for (const match of name.matchAll(/\{([A-F])\}/g)) {
        const group = "ABCDEF".indexOf(match[1] ?? "");
        expect(pattern.least[group], name).not.toBe(pattern.most[group]);
      }
    }
  });

  it("gives each event of a log one meaning, as a number that a log can hold", () => {
    const events = readNumberedTexts(pack.events ?? "");
    const keys = events.map(({ pattern, number }) => `${patternKey(pattern)} ${number}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    for (const { number } of events) expect(number).toBeLessThanOrEqual(65535);
    for (const { pattern } of events) expect([98, 5]).toContain(pattern.least[3]);
  });

  it("gives each bit of a register one meaning, within 128 bits", () => {
    const bits = readNumberedTexts(pack.bits ?? "");
    const keys = bits.map(({ pattern, number }) => `${patternKey(pattern)} ${number}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    for (const { number } of bits) expect(number).toBeLessThan(128);
  });
});
