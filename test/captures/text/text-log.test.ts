import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf } from "../pcap-builder.js";
import { lines, readLog } from "./read-log.js";

/** Pieces of all the shapes, to be put together at random. */
const pieces = [
  "7E A0 07 03 21 93 0F 01 7E",
  "7ea00703",
  "7E:A0:07",
  "0x7E, 0xA0,",
  "TX: ",
  "<- ",
  "-> ",
  "12:00:01.5 ",
  "2026-01-02 03:04:05,123 ",
  "[D][uart:114]: ",
  '{"hex":"7ea0","dir":"C"}',
  '<Frame Value="7EA0"/>',
  "b'~\\xa0",
  "'",
  "[162, 67,",
  "65]",
  "0000  ",
  "0010  ",
  "00000010: 7ea0 0703",
  "*",
  " -",
  "\\",
  "\t",
  ";",
  "0.000123,0x7E",
  "words ",
  "Zähler ",
  "7",
  "\n",
  "\n",
  "\r\n",
  " ",
  "(",
  "//",
  "\u001b[0m",
  "\ud83d",
];

describe("any text", () => {
  it("gives the same items however it is cut", () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(400), { maxLength: 8 }), (parts, cuts) => {
        const file = new TextEncoder().encode(parts.join(""));
        const within = cuts.filter((cut) => cut <= file.length);
        expect(readLog(file, within)).toEqual(readLog(file));
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, and positions do not leave the file", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(..."0123456789abcdefxX:.-,;|[]{}()<>\"'\\= \t\n"),
        maxLength: 200,
      }),
      fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (content) => {
        const file = new TextEncoder().encode(content);
        for (const item of readLog(file)) {
          const offset = item.kind === "chunk" ? item.chunk.position : item.offset;
          expect(offset).toBeLessThan(file.length);
          if (item.kind === "chunk") expect(item.chunk.bytes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never throws on bytes that are no text", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (file) => {
        readLog(file);
      }),
    );
  });

  // Backtracking or rescanning would take minutes on these.
  it.each([
    "[",
    "{",
    "(",
    "<",
    '"',
    "'",
    "b'",
    "\\x7e",
    "\\",
    '<a b="',
    "<a ",
    "7E ",
    "7E,",
    "0x7E,",
    "1 ",
    "a ",
    "1:",
    "12:",
    "7E:A0:",
    "7E-",
    "7E.",
    "12:34:56 ",
    "->",
    "-",
    ".",
    "7E  ",
    "7E\t",
    "\t",
    " ",
    "key ",
    "id ",
    "[1,",
    '{"a":',
    "1.1.2020 ",
    "Jan 1 ",
    "// ",
    "TX ",
    "C:",
    "0000 ",
    "ä",
    "0x",
    "…",
    "2020-01-01 ",
    "[0;",
    "7EA",
    "ab cd ef 1 ",
    "b'\\x7e' ",
    "c -> s ",
    ":0x7E",
    "h:7E",
    "1 77 ",
    "77 1 ",
    "|",
    "a|",
    "\u00a0",
  ])("of %j over and over is read in one pass", (unit) => {
    const text = unit.repeat(Math.ceil(50_000 / unit.length));
    const around = [text, `7E A0 07${text}x`, `12:00:00 TX ${text} 7E A0 07`, `id(${text}ä`];
    for (const log of around) {
      readLog(log);
    }
  });
});

describe("long lines", () => {
  it("of 16 MiB of hex are one chunk", () => {
    const [chunk, ...others] = chunksOf(readLog(`TX: ${"7EA0".repeat(1 << 22)}\n7E A0\n`));
    expect(chunk?.bytes.length).toBe(1 << 23);
    expect(chunk?.direction).toBe("client-to-server");
    expect(others).toHaveLength(1);
  });

  it("of a table of bytes do not pile up", () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `0.${String(i).padStart(6, "0")},0x7E`);
    const chunks = chunksOf(readLog(lines(...rows)));
    expect(chunks.map((chunk) => chunk.bytes.length)).toEqual([4096, 4096, 1808]);
    expect(chunks.map((chunk) => chunk.linkType)).toEqual([-2, -1, -1]);
  });
});
