import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, type LogLine } from "../../../captures/text/lines.js";

function split(file: Uint8Array, cuts: readonly number[] = [], longest?: number): LogLine[] {
  const splitter = new LineSplitter(longest);
  const found: LogLine[] = [];
  let start = 0;
  for (const cut of [...cuts.filter((at) => at <= file.length)].sort((a, b) => a - b)) {
    found.push(...splitter.push(file.slice(start, cut)));
    start = cut;
  }
  return [...found, ...splitter.push(file.slice(start)), ...splitter.finish()];
}

const bytes = (text: string, encoding: BufferEncoding = "utf8") =>
  Uint8Array.from(Buffer.from(text, encoding));
const textsOf = (file: Uint8Array) => split(file).map((line) => line.text);

describe("lines", () => {
  it("end with LF, CR LF or CR; the last one need not", () => {
    expect(split(bytes("ab\ncd\r\nef\r\rgh"))).toEqual([
      { text: "ab", offset: 0, continued: false },
      { text: "cd", offset: 3, continued: false },
      { text: "ef", offset: 7, continued: false },
      { text: "", offset: 10, continued: false },
      { text: "gh", offset: 11, continued: false },
    ]);
  });

  it("are UTF-8, with or without a byte order mark, or Latin-1", () => {
    expect(textsOf(bytes("Zähler\n7E"))).toEqual(["Zähler", "7E"]);
    expect(split(bytes("\ufeff7E\nA0"))).toEqual([
      { text: "7E", offset: 3, continued: false },
      { text: "A0", offset: 6, continued: false },
    ]);
    const mixed = Buffer.concat([bytes("Zähler\n", "latin1"), bytes("Zähler\n")]);
    expect(textsOf(mixed)).toEqual(["Zähler", "Zähler"]);
  });

  it("are UTF-16 of either byte order where a mark says so", () => {
    const little = bytes("\ufeff7E ä\r\nA0", "utf16le");
    const big = Uint8Array.from(Buffer.from(little).swap16());
    for (const file of [little, big]) {
      expect(split(file)).toEqual([
        { text: "7E ä", offset: 2, continued: false },
        { text: "A0", offset: 14, continued: false },
      ]);
    }
  });

  it("that are too long are cut between two bytes", () => {
    expect(split(bytes("7e a0 ".repeat(40)), [], 128).map((line) => line.text.length)).toEqual([
      126, 114,
    ]);
    const solid = split(bytes(`x${"7ea0".repeat(40)}`), [], 128);
    expect(solid.map((line) => line.text)).toEqual([
      `x${"7ea0".repeat(31)}7e`,
      `a0${"7ea0".repeat(8)}`,
    ]);
    expect(solid[1]).toMatchObject({ offset: 127, continued: true });
  });

  it("are the same for any chunking", () => {
    const unit = fc.constantFrom(
      "\r",
      "\n",
      "\r\n",
      "7E ",
      "ä",
      "x",
      "a0".repeat(50),
      " ",
      "\ufeff",
    );
    const encoding = fc.constantFrom<BufferEncoding[]>("utf8", "latin1", "utf16le");
    fc.assert(
      fc.property(fc.array(unit), encoding, fc.array(fc.nat(400)), (units, name, cuts) => {
        const mark = name === "utf16le" ? "\ufeff" : "";
        const file = bytes(mark + units.join(""), name);
        expect(split(file, cuts, 128)).toEqual(split(file, [], 128));
      }),
    );
  });
});
