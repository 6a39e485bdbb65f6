import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaptureBytes, CaptureItem } from "../../../captures/capture.js";
import { NOWHERE } from "../../../captures/text/byte-places.js";
import { readTextLog } from "../../../captures/text/text-log.js";
import { SNRM, shapes } from "./log-shapes.js";
import { lines, readLog } from "./read-log.js";
import { wrongPlaces } from "./spelled-bytes.js";

function placed(text: string): CaptureBytes[] {
  return [...readTextLog(text)]
    .flat()
    .filter((item): item is CaptureBytes => item.kind === "chunk");
}

/** The characters of each byte. */
function spelled(text: string): string[] {
  return placed(text).flatMap(({ places = new Uint32Array() }) =>
    Array.from({ length: places.length / 2 }, (_, index) =>
      places[index * 2] === NOWHERE
        ? "?"
        : text.slice(places[index * 2] ?? 0, places[index * 2 + 1]),
    ),
  );
}

/** Items without what only the placed ones have, and without offsets: they count other units. */
function plain(items: readonly CaptureItem[]): unknown[] {
  return items.map((item) => {
    if (item.kind !== "chunk") return { ...item, offset: 0 };
    return { kind: "chunk", chunk: { ...item.chunk, position: 0 } };
  });
}

function expectPlaced(text: string, mayBeUnknown = false): void {
  for (const { chunk, places = new Uint32Array() } of placed(text)) {
    expect(wrongPlaces(text, chunk.bytes, places)).toEqual([]);
    if (!mayBeUnknown) expect(places).not.toContain(NOWHERE);
  }
}

describe("places of bytes", () => {
  it.each(shapes)("%s", (_, log) => {
    expect(plain([...readTextLog(log)].flat())).toEqual(plain(readLog(log)));
    expectPlaced(log);
    const shifted = `Zähler \u{1f600}\r\n\r\n${log.replaceAll("\n", "\r\n")}\r\n`;
    expectPlaced(shifted);
    expect(plain([...readTextLog(shifted)].flat())).toEqual(plain(readLog(shifted)));
  });

  it.each<[shape: string, text: string, expected: string]>([
    ["marks", "0x7E 0xA0", "0x7E 0xA0"],
    ["marks behind", "7Eh A0h", "7Eh A0h"],
    ["solid hex", "TX: 7ea007", "7e a0 07"],
    ["the longest run beside a time", "12:00:01 RX 7E A0 07", "7E A0 07"],
    ["an odd digit is no byte", "7EA007032", "7E A0 07 03"],
    ["escapes", "b'~\\xa0&\\n\\101'", "~ \\xa0 & \\n \\101"],
    ["an escape that is none", "b'~\\d\\xa0'", "~ \\ d \\xa0"],
    ["hex in a byte string", "b'7ea007'", "7e a0 07"],
    ["decimal numbers", "[126, 160, -2]", "126 160 -2"],
    ["casts", "{ (byte) 0x7E, (byte)0xA0 }", "0x7E 0xA0"],
    ["escapes in JSON", '{"n":"\\"","hex":"7E\\tA0\\u0020\\u0030\\u0037"}', "7E A0 \\u0030\\u0037"],
    ["JSON where a key comes twice", '{"hex":"7ea0","hex":"7ea1"}', "7e a1"],
    ["JSON with keys that are numbers", '{"x":{"hex":"7ea0"},"1":{"hex":"7ea0"}}', "7e a0 7e a0"],
    ["JSON in JSON", '{"a":[[],{"b":{"data":[126,160]}}]}', "126 160"],
    ["the longer of two attributes", '<Frame Time="12:00:00" Data="7EA0"/>', "7E A0"],
    ["cells", "12:00:00.1\tRX\t7E\tA0\t07\t3a", "7E A0 07 3a"],
    ["cells in quotes", '"12:00:01"; "RX" ; "7E A0" ;"~."', "7E A0"],
    ["cells that show the character", "12:00:00.001,TX,~ (0x7E)", "0x7E"],
    ["words of the machine", "0000000 a07e 0307 9321 010f\n0000008", "7e a0 07 03 21 93 0f 01"],
    ["colours", "\u001b[0;38mTX: 7E A0\u001b[0m 07 [0;1m03", "7E A0 07 03"],
  ])("%s", (_, text, expected) => {
    expect(spelled(text).join(" ")).toBe(expected);
  });

  it("of rows that a dump leaves out are not known", () => {
    const row = "7e a0 07 03 21 93 0f 01 7e 41 42 43 44 45 46 47".split(" ");
    const dump = lines(`00000000  ${row.join(" ")}`, "*", "00000020  7e a0", "00000022");
    expect(spelled(dump)).toEqual([...row, ...row.map(() => "?"), "7e", "a0"]);
  });

  it("of a byte that two lines share reach over the line end, if nothing lies between", () => {
    expect(spelled(lines("7E A8 A4 6", "E 86 DE"))).toEqual(["7E", "A8", "A4", "6\nE", "86", "DE"]);
    const far = lines("Buffer: 7E A8 A4 6", "> E 86 DE");
    expect(placed(far).map(({ chunk }) => chunk.bytes.length)).toEqual([6]);
    expect(spelled(far)[3]).toBe("?");
  });

  it("a byte order mark counts as a character and is none of the text", () => {
    const [chunk] = placed(`\ufeff${SNRM}`);
    expect(chunk?.places?.subarray(0, 4)).toEqual(Uint32Array.of(1, 3, 3, 5));
  });

  it("are those of the bytes, whatever the text is", () => {
    const pieces = [
      ...shapes.map(([, log]) => log),
      ...["\n", "\r\n", "\r", " ", "\t", "7", "7E", "A0 07", "0x", "\\x7e", "'", '"', "b'", "é"],
      ...[
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        "|",
        "*",
        " -",
        "\\",
        "\u001b[0m",
        "\u{1f600}",
        "12:00:01 ",
      ],
      ...["0000  ", "0010  ", '{"hex":', '"7ea0"', "<Frame ", 'Value="7EA0"/>', "TX: ", "-> "],
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        expect(plain([...readTextLog(text)].flat())).toEqual(plain(readLog(text)));
        expectPlaced(text, true);
      }),
      { numRuns: 400 },
    );
  });
});
