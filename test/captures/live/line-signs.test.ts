import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linePresets } from "../../../captures/live/line-settings.js";
import { findInversion, LineSigns } from "../../../captures/live/line-signs.js";
import { type CorpusItem, corpusIsHere, readItems, readMessages } from "../../corpus/corpus.js";

const { hdlc, optical } = linePresets;
const readout = Buffer.from("/ABC5xyz\r\n0.0.0(12345678)\r\n1.8.0(000123.4*kWh)\r\n", "latin1");
const snrm = Buffer.from("7ea0070321930f017e", "hex");

/** Characters of 7 data bits with an even parity bit, as 8N1 has them. */
function withParity(text: Uint8Array): Uint8Array {
  return text.map((character) => {
    const ones = [...character.toString(2)].filter((bit) => bit === "1").length;
    return ones % 2 === 0 ? character : character | 0x80;
  });
}

/**
 * What a receiver at 8N1 gets from an inverted line, bit by bit: it waits for a falling edge, takes
 * the next eight bits, lowest first, and then looks for a high level again.
 */
function hearInverted(text: Uint8Array): Uint8Array {
  const sent = [...text].flatMap((character) => {
    const bits = Array.from({ length: 8 }, (_, bit) => (character >> bit) & 1);
    return [0, ...bits, 1];
  });
  // The line rests at low, and every level is the other one.
  const line = [...Array(20).fill(0), ...sent.map((bit) => 1 - bit), ...Array(20).fill(0)];
  const heard: number[] = [];
  for (let at = 1; at + 9 < line.length; at++) {
    if (line[at - 1] !== 1 || line[at] !== 0) continue;
    heard.push(line.slice(at + 1, at + 9).reduce((byte, bit, index) => byte | (bit << index), 0));
    at += 9;
    // Without a stop bit the level must first be high once more.
    while (at + 1 < line.length && line[at] === 0) at += 1;
  }
  return Uint8Array.from(heard);
}

/** The messages of the items that are wanted, each with the name of its item. */
function messagesOf(isWanted: (item: CorpusItem) => boolean) {
  const items = readItems().filter(isWanted);
  return items.flatMap((item) => readMessages(item).map(({ bytes }) => ({ id: item.id, bytes })));
}

describe("signs that a line is set otherwise", () => {
  it("tell parity bits that were read as data, once", () => {
    const signs = new LineSigns(hdlc);
    const [first, ...more] = signs.hear(withParity(readout));
    expect(first).toContain("7E1");
    expect(first).toContain("8N1");
    expect(more).toEqual([]);
    expect(signs.hear(withParity(readout))).toEqual([]);
  });

  it("are the same for single bytes", () => {
    const signs = new LineSigns(hdlc);
    const told = [...withParity(readout)].flatMap((byte) => signs.hear(Uint8Array.of(byte)));
    expect(told).toHaveLength(1);
  });

  it("are none where the line is set right", () => {
    expect(new LineSigns(optical).hear(readout)).toEqual([]);
    expect(new LineSigns(hdlc).hear(readout)).toEqual([]);
  });

  it("tell frames whose bits are turned round", () => {
    const turned = snrm.map((byte) => ~byte & 0xff);
    expect(findInversion(turned)).toBe("turned round, the bytes are frames with right checksums");
    const told = Array.from({ length: 20 }, () => turned);
    const signs = new LineSigns(hdlc);
    expect(told.flatMap((bytes) => signs.hear(bytes))).toEqual([
      expect.stringContaining("The line is inverted"),
    ]);
  });

  it("tell text over a line that is inverted on the wire", () => {
    expect(findInversion(hearInverted(readout))).toBe("turned round, the signal is text");
    expect(findInversion(readout)).toBeUndefined();
  });

  it("take nothing of what chance gives for one", () => {
    const bytes = fc.uint8Array({ maxLength: 2000 });
    fc.assert(
      fc.property(bytes, (heard) => {
        expect(new LineSigns(hdlc).hear(heard)).toEqual([]);
      }),
    );
  });

  it.skipIf(!corpusIsHere)(
    "take no line of the corpus for an inverted one, nor HDLC for 7E1",
    () => {
      const messages = messagesOf(({ framing }) =>
        ["hdlc", "mbus", "p1", "iec21"].includes(framing),
      );
      expect(messages.length).toBeGreaterThan(1000);
      for (const { id, bytes } of messages) {
        expect(findInversion(bytes), id).toBeUndefined();
      }
      const signs = new LineSigns(hdlc);
      const frames = messagesOf(({ framing }) => framing === "hdlc");
      expect(frames.flatMap(({ bytes }) => signs.hear(bytes))).toEqual([]);
    },
  );
});
