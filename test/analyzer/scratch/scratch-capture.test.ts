import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestScratch, openScratch } from "../../../analyzer/scratch/scratch-capture.js";
import { shapes } from "../../captures/text/log-shapes.js";
import { buildFrame } from "../../decoder/link/hdlc-frames.js";
import { expectPlaced, expectSameFrames, open, problemsOf, runToEnd } from "./scratch-text.js";

// SNRM of a session with an Elster meter.
const SNRM = "7E A0 07 03 21 93 0F 01 7E";
const sample = readFileSync(
  join(import.meta.dirname, "../../../captures/samples/hdlc-session.txt"),
  "utf8",
);

/** Each problem: row, code, and the characters it is about. */
function said(text: string): string[] {
  return problemsOf(open(text), 100)
    .filter(({ severity }) => severity === "warning" || severity === "error")
    .map(({ row, code, start, end }) => `${row} ${code} ${text.slice(start, end)}`);
}

/** The characters of each byte of a row; `?` where there are none. */
function spelled(text: string, row: number): string[] {
  const places = open(text).places(row);
  return Array.from({ length: places.length / 2 }, (_, byte) =>
    places[byte * 2] === 0xffffffff ? "?" : text.slice(places[byte * 2], places[byte * 2 + 1]),
  );
}

/** A structure of three in two segments; the tag of its first element, EE, is none of Data. */
const segmented = [
  ["TX", { control: "10", information: "e6e600c001c100030100010800ff0200" }],
  ["RX", { control: "30", information: "e6e700c401c1000203ee01", segmented: true }],
  ["TX", { control: "31" }],
  ["RX", { control: "32", information: "11051106" }],
]
  .map(([mark, contents]) => {
    const turned = mark === "RX" ? { destination: "21", source: "03" } : {};
    const bytes = buildFrame({ ...turned, ...(contents as { control: string }) });
    return `${mark}: ${Buffer.from(bytes).toString("hex")}`;
  })
  .join("\n");

describe("a scratch sheet", () => {
  it.each(shapes)("opens as a file does: %s", async (_, log) => {
    for (const text of [log, `Größe: \u{1f4df}\t\r\n${log.replaceAll("\n", "\r\n")}`]) {
      const scratch = open(text);
      expect(expectPlaced(text, scratch)).toBe(0);
      await expectSameFrames(text, scratch);
    }
  });

  it("knows the byte of a character and the characters of a byte", () => {
    const text = `Hallo \u{1f600},\n\n> TX: ${SNRM}\n`;
    const scratch = open(text);
    const start = text.indexOf("7E");
    expect(scratch.index.length).toBe(1);
    expect([...scratch.places(0).subarray(0, 4)]).toEqual([start, start + 2, start + 3, start + 5]);
    expect(scratch.at(start)).toEqual({ row: 0, byte: 0 });
    expect(scratch.at(start + 1)).toEqual({ row: 0, byte: 0 });
    expect(scratch.at(start + 2)).toBeUndefined();
    expect(scratch.at(start + 4)).toEqual({ row: 0, byte: 1 });
    expect(scratch.at(0)).toBeUndefined();
    expect(scratch.at(text.length)).toBeUndefined();
    expect(scratch.at(-1)).toBeUndefined();
  });

  it("follows frames over lines, and the flag that two of them share", () => {
    const text = "7E A0 07 03 21\n93 0F 01 7E\nA0 07 03 21 93 0F 01 7E\n";
    expect(spelled(text, 0)).toEqual(SNRM.split(" "));
    expect(spelled(text, 1)).toEqual(SNRM.split(" "));
    const scratch = open(text);
    const shared = text.indexOf("7E\nA0");
    expect(scratch.places(0)[16]).toBe(shared);
    expect(scratch.places(1)[0]).toBe(shared);
    expect(scratch.at(shared)).toEqual({ row: 0, byte: 8 });
    expect(scratch.at(shared + 3)).toEqual({ row: 1, byte: 1 });
  });

  it("follows the two sides of a line where their bytes come by turns", () => {
    const text = `TX: 7EA007\nRX: ${SNRM}\nTX: 0321930F017E\n`;
    const rows = [0, 1].map((row) => spelled(text, row).join(" "));
    expect(rows).toEqual([SNRM, SNRM]);
    const scratch = open(text);
    expect(scratch.at(text.indexOf("7EA007"))?.row).toBe(1);
    expect(scratch.at(text.indexOf("0321930F"))).toEqual({ row: 1, byte: 3 });
  });

  it("takes what a meter sends as text for the bytes", () => {
    const text = "/ELS5\\@V5.3\n\n1-0:1.8.0*255(000123.4*kWh)\n0-0:1.0.0(é)\n!\n";
    const scratch = open(text);
    expect(scratch.index.length).toBeGreaterThan(0);
    expect(expectPlaced(text, scratch)).toBe(0);
    const row = scratch.at(text.indexOf("000123"))?.row ?? -1;
    expect(scratch.index.frame(row, { tree: false })?.layers).not.toContain("noise");
  });

  it("has no rows without bytes, and refuses what is too long", () => {
    for (const text of ["", "\n", "Hi all, it does not work.", "7"]) {
      const scratch = open(text);
      expect(scratch.index.length).toBe(0);
      expect(problemsOf(scratch, 10)).toEqual([]);
      expect(scratch.places(0)).toEqual(new Uint32Array(0));
    }
    const refused = runToEnd(openScratch(" ".repeat(longestScratch + 1)));
    expect(refused).toMatchObject({ refused: expect.stringContaining(String(longestScratch)) });
    expect(open(" ".repeat(longestScratch)).index.length).toBe(0);
  });

  it("finds the frame in a million characters of prose", () => {
    const prose = "It was installed on 12.03.2019 and never worked, says Zoë.\n".repeat(17_000);
    const text = `${prose}${SNRM}\n${prose}`;
    const scratch = open(text);
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(scratch.at(prose.length)).toEqual({ row: 0, byte: 0 });
    expect(expectPlaced(text, scratch)).toBe(0);
  });

  it("gives all that is there after every key that one types", async () => {
    for (let length = 0; length <= sample.length; length += 1) {
      const text = sample.slice(0, length);
      const scratch = open(text);
      expect(expectPlaced(text, scratch)).toBe(0);
      for (const { start, end } of problemsOf(scratch, 100)) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(length);
      }
    }
    await expectSameFrames(sample, open(sample));
  });
});

describe("any text", () => {
  it("opens, and every byte stands where it is said to", () => {
    const pieces = [
      ...shapes.map(([, log]) => log),
      ...sample.split("\n"),
      ...[
        "\n",
        "\r\n",
        " ",
        "7",
        "7E ",
        "A0 07 ",
        "0G ",
        "OF",
        "'",
        '"',
        "{",
        "[",
        "é",
        "\u{1f600}",
      ],
      ...[
        "*\n",
        "0000  ",
        "0010  ",
        " -\n",
        "\\\n",
        "TX: ",
        "RX: ",
        "\ufeff",
        "\u001b[0m",
        "\ufffd",
      ],
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 24 }), (parts) => {
        const text = parts.join("");
        const scratch = open(text);
        expectPlaced(text, scratch);
        for (const { start, end } of problemsOf(scratch, 50)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("problems of a scratch sheet", () => {
  it("stand where the bytes do", () => {
    // The FCS of the SNRM is 0F 01.
    const text = `Hi,\n\tTX: 7E A0 07 03 21 93 0F 02 7E\nbye`;
    expect(said(text)).toEqual(["0 hdlc.fcs-mismatch 0F 02"]);
  });

  it("name the digit that is left over", () => {
    expect(said("TX: 7EA007032\nwords 5")).toEqual(["0 text.odd-digits 2"]);
    expect(said('{"hex":"7ea007032"}')).toEqual(["0 text.odd-digits 2"]);
  });

  it("show a slip of the finger; what stands before it is read", () => {
    const text = `${SNRM}\n7E A0 07 03 2O 93 0F 01 7E // typed\n${SNRM}`;
    expect(said(text)).toContain("1 scratch.misspelled-hex 2O 93 0F 01 7E");
    expect(spelled(text, 0).join(" ")).toBe(SNRM);
    expect(spelled(text, 1)).toEqual(["7E", "A0", "07", "03"]);
    expect(spelled(text, 2).join(" ")).toBe(SNRM);
    expect(said("7EA00703219EOF017E")).toContain("0 scratch.misspelled-hex OF017E");
    expect(said("7E A0 07 OF 21")).toContain("0 scratch.misspelled-hex OF 21");
    expect(spelled("{0x7E, 0xA0, 0x07, 0xO3}", 0)).toEqual(["0x7E", "0xA0", "0x07"]);
  });

  it("are none in words and names", () => {
    const prose = [
      "8N1 and 7E1 with 2G or 4G, at 9 PM on the 2nd; LGZ1030655933512, FR1420041010050500013M02606",
      "2026-01-02T03:04:05Z 1h 2m 3s, r2d2 is no meter, see x86 and E350/ZMF110.",
    ].join("\n");
    expect(problemsOf(open(prose), 10)).toEqual([]);
  });

  it("tell hex that is not read", () => {
    // A key is no traffic, nor is what a word before it does not announce.
    const text = `Key: 00 01 02 0A 0B 0C 0D 0E\n\u{1f600} ${SNRM.slice(0, 11)}\nor 12 34 56 78\nbe ad fa ce`;
    const found = problemsOf(open(text), 10);
    expect(found.map(({ code, row }) => [code, row])).toEqual([
      ["scratch.unread-hex", undefined],
      ["scratch.unread-hex", undefined],
    ]);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      "00 01 02 0A 0B 0C 0D 0E",
      "7E A0 07 03",
    ]);
    expect(problemsOf(open(`${text}\n${SNRM}`), 1)).toHaveLength(1);
  });

  it("of a half frame say so on what is there", () => {
    expect(said("7E A0 1A 02 23 21 32 F6 72 E6 E6 00 C0 01 C1 00 03 01")).toEqual([
      "0 hdlc.length A0 1A",
      "0 core.truncated 01",
    ]);
  });

  it("do not reach over bytes of another frame", () => {
    const text = `TX: 7EA007\nRX: ${SNRM}\nTX: 0321930F017E`;
    for (const { row, start, end } of problemsOf(open(text), 100)) {
      const inside = Array.from({ length: end - start }, (_, at) => open(text).at(start + at));
      expect(inside.every((there) => there === undefined || there.row === row)).toBe(true);
    }
  });

  it("in a message of several frames stand in the frame that brought the bytes", () => {
    const [, answer = ""] = segmented.split("\n");
    const tag = segmented.indexOf(answer) + answer.indexOf("ee01");
    const errors = problemsOf(open(segmented), 100).filter(({ severity }) => severity === "error");
    expect(errors.map(({ row, code }) => `${row} ${code}`)).toEqual(["3 data.unknown-type"]);
    expect(errors[0]).toMatchObject({ start: tag, end: tag + 2 });
  });

  it("are at most as many as are wanted", () => {
    const text = `${SNRM.replace("01 7E", "02 7E")}\n`.repeat(40);
    expect(problemsOf(open(text), 7)).toHaveLength(7);
    expect(problemsOf(open(text), 0)).toEqual([]);
    expect(problemsOf(open(text), 1000).length).toBeGreaterThanOrEqual(40);
  });
});
