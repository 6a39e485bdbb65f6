/** The capture of the first run: its planted faults are found, and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  decodeCapture,
  loadKeyFile,
  type ReadingRow,
  readCaptureReadings,
} from "../../analyzer/index.js";
import { toHex } from "../../decoder/core/bytes.js";
import { type Frame, formatLogicalName, type KeySet } from "../../decoder/index.js";
import { CipheringParties } from "./ciphered-association.js";

const samples = join(import.meta.dirname, "../../captures/samples");
const capture = join(samples, "meter-day.pcapng");
const keySets = await loadKeyFile(join(samples, "meter-day.keys.json"));

async function decode(keys: readonly KeySet[]): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for await (const group of decodeCapture(capture, { keySets: keys })) frames.push(...group);
  return frames;
}

const found = (frames: readonly Frame[]) =>
  frames.flatMap(({ number, diagnostics }) =>
    diagnostics.map(({ definition }) => `${number} ${definition.severity} ${definition.code}`),
  );

const opened = await decode(keySets);
const closed = await decode([]);

describe("meter-day.pcapng with its keys", () => {
  it("has the three faults that were planted, and none else", () => {
    expect(found(opened)).toEqual([
      "14 info security.hls-verified",
      "15 info security.hls-verified",
      // 1: a byte of the answer was changed.
      "25 error ciphering.tag-mismatch",
      // 2: long-unsigned for the period of a demand register; and what the meter says to that.
      "50 warning data.attribute-type",
      "51 note service.refused-type-unmatched",
      // Of a ciphered push only the addresses tell who sends.
      "65 info conversation.direction-assumed",
      // 3: the meter's counter goes back.
      "67 warning security.counter-not-increasing",
    ]);
  });

  it("marks the places with comments", () => {
    const planted = opened.flatMap(({ number, comment }) =>
      comment?.startsWith("Planted fault") === true ? [number] : [],
    );
    expect(planted).toEqual([25, 50, 67]);
  });

  it("opens every ciphered APDU but the damaged one", () => {
    const states = opened.flatMap(({ number, ciphering }) =>
      ciphering === undefined || ciphering.status === "decrypted"
        ? []
        : [`${number} ${ciphering.status}`],
    );
    expect(states).toEqual(["25 tag-mismatch", "67 counter-replayed"]);
  });

  it("answers every request: all in 30 to 300 ms, but one", () => {
    const slow = opened.flatMap(({ number, answers }) => {
      const milliseconds = answers?.latency === undefined ? undefined : answers.latency / 1e6;
      return milliseconds === undefined || (milliseconds >= 30 && milliseconds <= 301)
        ? []
        : [`${number} ${Math.round(milliseconds)}`];
    });
    expect(slow).toEqual(["37 1840"]);
  });

  it("has the registers as they were counted", async () => {
    const rows: ReadingRow[] = [];
    for await (const group of readCaptureReadings(capture, { keySets })) rows.push(...group);
    const valuesOf = (obis: string, frame: number) =>
      rows
        .filter((row) => row.frame === frame && formatLogicalName(row.logicalName) === obis)
        .map(({ value, unit }) => `${value} ${unit}`);
    const imported = valuesOf("1-0:1.8.0*255", 47);
    const exported = valuesOf("1-0:2.8.0*255", 47);
    // A row for each of 96 quarters, and one for the midnight at the end.
    expect([imported.length, exported.length]).toEqual([97, 97]);
    // The first quarter of an hour with 212 Wh: 212 / 4 + 3.
    expect(imported.slice(0, 2)).toEqual(["12345678 Wh", "12345734 Wh"]);
    // Hour by hour, in Wh: 212 + 196 + 188 + 180 + 184 + 232 + 468 + 704 + 560 + 340 + 168 + 96 +
    // 84 + 92 + 148 + 268 + 480 + 804 + 1012 + 948 + 776 + 624 + 436 + 300 = 9500.
    expect(imported[96]).toBe("12355178 Wh");
    // 60 + 260 + 480 + 560 + 440 + 200 + 40 = 2040.
    expect([exported[0], exported[96]]).toEqual(["2034567 Wh", "2036607 Wh"]);
    // At 07:00 the first seven hours have been counted once more: 1660 Wh.
    expect(valuesOf("1-0:1.8.0*255", 27)).toEqual(["12356838 Wh"]);
    // Quarters of the hour with 704 Wh: 176 + 3, - 5, + 9.
    expect([65, 66, 67].flatMap((frame) => valuesOf("1-0:1.8.0*255", frame))).toEqual([
      "12357017 Wh",
      "12357188 Wh",
      "12357373 Wh",
    ]);
  });
});

describe("meter-day.pcapng without keys", () => {
  it("says of every ciphered APDU that its key is missing", () => {
    const ciphered = closed.filter(({ ciphering }) => ciphering !== undefined);
    // AARQ and AARE, 23 requests and their answers, three pushes.
    expect(ciphered.map(({ number }) => number)).toEqual([
      ...Array.from({ length: 48 }, (_, i) => 12 + i),
      65,
      66,
      67,
    ]);
    expect(new Set(ciphered.map(({ ciphering }) => ciphering?.status))).toEqual(
      new Set(["no-key"]),
    );
    const others = found(closed).filter((line) => !line.endsWith("warning ciphering.no-key"));
    expect(others).toEqual([
      "14 info security.hls-not-checked",
      "15 info security.hls-not-checked",
      "65 info conversation.direction-assumed",
      "67 note security.counter-not-increasing-key-unknown",
    ]);
  });
});

it("proves itself as the example of the Green Book does", () => {
  // Corpus, crypto-greenbook-crypto-0005: f(StoC) of the client with counter 1.
  const proof = new CipheringParties({ client: 0, server: 0 }).proof("client");
  expect(toHex(proof)).toBe("10000000011a52fe7dd3e72748973c1e28");
});

it("keeps the bytes of its keys out of the capture", () => {
  const bytes = readFileSync(capture).toString("hex");
  for (const key of [
    "000102030405060708090a0b0c0d0e0f",
    "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf",
    "00112233445566778899aabbccddeeff",
  ])
    expect(bytes).not.toContain(key);
});
