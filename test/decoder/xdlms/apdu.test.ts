import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cursor } from "../../../decoder/core/cursor.js";
import { Dissection } from "../../../decoder/core/dissection.js";
import { NullRecorder } from "../../../decoder/core/recorder.js";
import { noblePrimitives } from "../../../decoder/security/noble-primitives.js";
import { apduDefinitions, readApdu } from "../../../decoder/xdlms/apdu.js";
import { summarizeApdu } from "../../../decoder/xdlms/apdu-summary.js";
import { apduTags, isApduTag } from "../../../decoder/xdlms/apdu-tags.js";
import {
  createContext,
  dissectBytes,
  expectInBounds,
  expectTiled,
  findNode,
} from "../dissect-bytes.js";

const context = { primitives: noblePrimitives };

function read(input: Uint8Array | string) {
  return dissectBytes(input, readApdu, context);
}

const allTags = Array.from({ length: 256 }, (_, tag) => tag);

describe("the dispatcher", () => {
  test("every tag of the standard is read by exactly one definition of its name", () => {
    expect(apduDefinitions.map(({ tag }) => tag).sort((a, b) => a - b)).toEqual(
      Object.keys(apduTags).map(Number),
    );
    for (const { tag, name } of apduDefinitions)
      expect(Object.entries(apduTags)).toContainEqual([String(tag), name]);
  });

  test("every byte is told from the others", () => {
    expect(allTags.filter(isApduTag)).toEqual(Object.keys(apduTags).map(Number));
    expect(isApduTag(undefined)).toBe(false);
  });

  test.each(allTags)(
    "tag %i gives a named layer and an explanation, alone and with more",
    (tag) => {
      for (const bytes of [Uint8Array.of(tag), Uint8Array.of(tag, 0, 1, 2, 3, 255, 9, 3, 65, 66)]) {
        const { dissection, diagnostics, tree } = read(bytes);
        expect(dissection.layers[1]).toMatch(/^[a-z0-9-]{3,}$/);
        expect(diagnostics.length + (tree[0]?.children?.length ?? 0)).toBeGreaterThan(0);
        if (bytes.length === 1) expect(diagnostics).not.toHaveLength(0);
        expect(dissection.apdu?.name).toBeDefined();
        expectTiled(tree, bytes);
      }
    },
  );

  test("the value of an APDU is the dissection's", () => {
    // milanbella-gocosem-hdlc-0004
    const { dissection } = read("c001c100010000600100ff0200");
    expect(dissection.layers).toEqual(["test", "get-request-normal"]);
    expect(dissection.apdu).toMatchObject({ name: "get-request-normal" });
  });

  test("of an APDU that is cut off, its exact name stays", () => {
    const { dissection, codes } = read("c001c10001000060");
    expect(dissection.layers).toEqual(["test", "get-request-normal"]);
    expect(dissection.apdu).toEqual({ name: "get-request-normal" });
    expect(codes).toEqual(["core.truncated"]);
  });
});

describe("bytes that are no APDU", () => {
  test("text in its place is shown", () => {
    // forum-gurux-28751-hdlc-0001: NEXERRORNO-1. Its first byte is the tag of an APDU.
    const { codes, dissection, tree, diagnostics } = read("4e45584552524f524e4f2d31");
    expect(codes).toEqual(["xdlms.text-for-apdu"]);
    expect(diagnostics[0]?.message).toContain('"NEXERRORNO-1"');
    expect(dissection.apdu).toEqual({ name: "unknown-apdu", text: "NEXERRORNO-1" });
    expect(findNode(tree, "xdlms.unknown-apdu.text").value).toBe("NEXERRORNO-1");
  });

  test("nothing at all", () => {
    const { codes, dissection } = read("");
    expect(codes).toEqual(["xdlms.empty-apdu"]);
    expect(dissection.layers).toEqual(["test", "empty-apdu"]);
  });

  test.each([
    ["7ea0 0000", "HDLC"],
    ["68 0f 0f 68 00", "M-Bus"],
    ["0001 0010 0001 0000", "wrapper"],
    ["0203 1101 1102 1103", "structure in Data"],
    ["1d6400140000", "0x1d"],
  ])("%s is described", (hex, words) => {
    const { diagnostics, codes } = read(hex);
    expect(codes).toEqual(["xdlms.unknown-apdu"]);
    expect(diagnostics[0]?.message).toContain(words);
  });

  test("what carries it keeps its place as the innermost APDU", () => {
    const dissection = new Dissection(new NullRecorder(), createContext());
    dissection.apdu = { name: "gateway-request" };
    readApdu(
      new Cursor(
        dissection,
        dissection.addSource("frame", Uint8Array.of(0xfe), []),
        Uint8Array.of(0xfe),
      ),
    );
    expect(dissection.apdu).toEqual({ name: "gateway-request" });
  });
});

describe("any bytes", () => {
  const anyApdu = fc
    .tuple(fc.constantFrom(...Object.keys(apduTags).map(Number)), fc.uint8Array({ maxLength: 60 }))
    .map(([tag, rest]) => Uint8Array.of(tag, ...rest));

  test("are explained to the last one, and summarized", () => {
    const property = (bytes: Uint8Array) => {
      const dissected = read(bytes);
      expectTiled(dissected.tree, bytes);
      expectInBounds(dissected);
      const { apdu } = dissected.dissection;
      if (apdu !== undefined) expect(summarizeApdu(apdu)).not.toBe("");
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), property), { numRuns: 500 });
    fc.assert(fc.property(anyApdu, property), { numRuns: 4000 });
  });
});
