import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import type { Framing } from "../../../decoder/link/link-frame.js";
import { type FramedUnit, StreamFramer } from "../../../decoder/link/stream-framer.js";
import { toBytes } from "../dissect-bytes.js";

// Corpus, fs-22222885268-iec21-0001: SNRM as a meter firmware logged it.
const snrm = "7ea0070321930f017e";
// Corpus, pwitab-iec62056-21-iec21-0001.
const command = "01573202433030332839313033323430393232333929031b";
// A release request behind a wrapper of client 16 and server 1, of 5 bytes.
const wrapped = "0001001000010005 6203800100";
// REQ-UD2 to address 1: 5B + 01 = 5C.
const shortMbus = "105b015c16";
// SND-UD without data, application reset: 53 + FE + 50 = 1A1.
const controlMbus = "68030368 53fe50 a1 16";
const telegram = `/KFM5KAIFA-METER\r\n\r\n1-0:1.8.0(000001.000*kWh)\r\n!\r\n`;
const ascii = (text: string) => toHex(new TextEncoder().encode(text));

interface Pushed {
  readonly bytes: Uint8Array;
  readonly boundary: boolean;
}

function frame(pushed: readonly Pushed[], framing: Framing | "auto" = "auto") {
  const framer = new StreamFramer<number>({ framing });
  const units: FramedUnit<number>[] = [];
  for (const [tag, { bytes, boundary }] of pushed.entries()) {
    units.push(...framer.push(bytes, tag, boundary));
  }
  units.push(...framer.finish());
  return units;
}

const message = (hex: string): Pushed => ({ bytes: toBytes(hex), boundary: true });
const more = (hex: string): Pushed => ({ bytes: toBytes(hex), boundary: false });
const list = (units: readonly FramedUnit<number>[]) =>
  units.map(({ framing, bytes }) => `${framing} ${toHex(bytes)}`);
const codes = (unit: FramedUnit<number> | undefined) =>
  unit?.notices.map(({ definition }) => definition.code);

/** The bytes of the units, with shared flags once. */
function join(units: readonly FramedUnit<number>[]): string {
  return toHex(
    concatenate(
      units.map((unit) =>
        codes(unit)?.includes("framing.shared-flag") ? unit.bytes.subarray(1) : unit.bytes,
      ),
    ),
  );
}

describe("frames of one stream", () => {
  it("finds frames that stand back to back", () => {
    expect(list(frame([more(snrm + snrm)]))).toEqual([`hdlc ${snrm}`, `hdlc ${snrm}`]);
  });

  it("gives a frame as soon as it is whole, as a view of the chunk", () => {
    const bytes = toBytes(snrm);
    const [unit] = new StreamFramer<string>({ framing: "hdlc" }).push(bytes, "chunk", true);
    expect(unit?.bytes).toBe(bytes);
    expect(unit?.pieces).toEqual([{ start: 0, end: 9, tag: "chunk", offset: 0 }]);
  });

  it("puts a flag that two frames share into both", () => {
    const units = frame([more(snrm + snrm.slice(2))]);
    expect(list(units)).toEqual([`hdlc ${snrm}`, `hdlc ${snrm}`]);
    expect(codes(units[1])).toEqual(["framing.shared-flag"]);
  });

  it("keeps a shared flag from one chunk to the next", () => {
    const units = frame([more(snrm), more(snrm.slice(2))]);
    expect(list(units)).toEqual([`hdlc ${snrm}`, `hdlc ${snrm}`]);
    expect(units[1]?.pieces).toEqual([
      { start: 0, end: 1, tag: 0, offset: 8 },
      { start: 1, end: 9, tag: 1, offset: 0 },
    ]);
  });

  it("takes flags between frames for fill", () => {
    expect(list(frame([more(`${snrm}7e7e7e${snrm}`)]))).toEqual([
      `hdlc ${snrm}`,
      "noise 7e7e7e",
      `hdlc ${snrm}`,
    ]);
  });

  it("keeps what stands between frames, and goes on behind it", () => {
    // Corpus README: ASCII NEXERRORNO-1 between frames.
    const text = ascii("NEXERRORNO-1\r\n");
    expect(list(frame([more(snrm + text + snrm)]))).toEqual([
      `hdlc ${snrm}`,
      `noise ${text}`,
      `hdlc ${snrm}`,
    ]);
  });

  it("says which chunks a frame came from", () => {
    const hex = snrm.slice(0, 6);
    const [unit] = frame([message(hex), message(snrm.slice(6, 12)), message(snrm.slice(12))]);
    expect(unit?.pieces).toEqual([
      { start: 0, end: 3, tag: 0, offset: 0 },
      { start: 3, end: 6, tag: 1, offset: 0 },
      { start: 6, end: 9, tag: 2, offset: 0 },
    ]);
  });

  it("follows a line from its ASCII opening into HDLC", () => {
    const request = ascii("/?!\r\n");
    const units = frame([more(request + snrm)]);
    expect(list(units)).toEqual([`iec-62056-21 ${request}`, `hdlc ${snrm}`]);
  });

  it("finds wrapper, M-Bus and P1 frames", () => {
    expect(list(frame([more(wrapped + wrapped)]))).toEqual(
      Array(2).fill(`wrapper ${wrapped.replace(" ", "")}`),
    );
    expect(list(frame([more(controlMbus + shortMbus)], "mbus"))).toEqual([
      `mbus ${controlMbus.replaceAll(" ", "")}`,
      `mbus ${shortMbus}`,
    ]);
    expect(list(frame([more(ascii(telegram + telegram))]))).toEqual(
      Array(2).fill(`p1 ${ascii(telegram)}`),
    );
  });
});

describe("messages without a length", () => {
  it("reach from boundary to boundary", () => {
    const units = frame([message("c001c100080000010000ff0200"), more("aa"), message("e6e700c4")]);
    expect(list(units)).toEqual(["apdu c001c100080000010000ff0200aa", "llc e6e700c4"]);
  });

  it("are taken as told, whatever their bytes are", () => {
    const units = frame([message("ffff"), message(snrm)], "apdu");
    expect(list(units)).toEqual(["apdu ffff", `apdu ${snrm}`]);
  });

  it("begin at the start of a stream, unless frames in it prove otherwise", () => {
    expect(list(frame([more("c001c100080000010000ff0200")]))).toEqual([
      "apdu c001c100080000010000ff0200",
    ]);
    expect(list(frame([more(`c001c100${snrm}`)]))).toEqual(["noise c001c100", `hdlc ${snrm}`]);
  });

  it("is noise where no tag is known", () => {
    expect(list(frame([message("ff01"), message("fe02")]))).toEqual(["noise ff01", "noise fe02"]);
  });
});

describe("frames that are not whole", () => {
  it("are given at the end, with their framing", () => {
    const cut = snrm.slice(0, 14);
    expect(list(frame([message(cut)]))).toEqual([`hdlc ${cut}`]);
    const short = wrapped.replace(" ", "").slice(0, 20);
    expect(list(frame([message(short)]))).toEqual([`wrapper ${short}`]);
  });

  it("end where the next message begins with a whole frame", () => {
    const cut = wrapped.replace(" ", "").slice(0, 18);
    const units = frame([message(cut), message(wrapped)]);
    expect(list(units)).toEqual([`wrapper ${cut}`, `wrapper ${wrapped.replace(" ", "")}`]);
    expect(codes(units[0])).toContain("framing.interrupted");
  });
});

describe("assumptions", () => {
  it("are told with the first frame and when they change", () => {
    const units = frame([message(snrm), message(snrm), message(wrapped)]);
    expect(units.map(codes)).toEqual([["framing.assumed"], [], ["framing.assumed"]]);
    expect(units[0]?.notices[0]?.detail).toMatch(/^read as HDLC/);
  });

  it("are not made where the framing was given", () => {
    expect(codes(frame([message(snrm)], "hdlc")[0])).toEqual([]);
  });
});

const parts = [
  snrm,
  snrm.slice(2),
  snrm.slice(0, 12),
  "7e7e7e",
  wrapped.replace(" ", ""),
  controlMbus.replaceAll(" ", ""),
  "680101685353",
  shortMbus,
  "e5",
  command,
  "0001ffff",
  "7ea7ff",
  ascii(telegram),
  ascii("/ISK5\\2M\r\n"),
  ascii("/?!\r\n"),
  "063235320d0a",
  "c001c100080000010000ff0200",
  "db084b464d675000000920",
  "e6e700",
  "0f",
];
const streams = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...parts) },
      fc.uint8Array({ maxLength: 12 }).map((bytes) => toHex(bytes)),
    ),
    { maxLength: 12 },
  )
  .map((hex) => toBytes(hex.join("")));
const framings = fc.constantFrom<Framing | "auto">(
  "auto",
  "hdlc",
  "wrapper",
  "mbus",
  "p1",
  "iec-62056-21",
  "apdu",
);

/** Cuts at any places; a cut that stands twice is one boundary of the source. */
function cut(bytes: Uint8Array, cuts: readonly number[], boundaries: boolean): Pushed[] {
  const places = [...new Set(cuts.map((place) => place % (bytes.length + 1)))].sort(
    (a, b) => a - b,
  );
  return [...places, bytes.length].map((end, i) => ({
    bytes: bytes.slice(places[i - 1] ?? 0, end),
    boundary: boundaries && i % 2 === 0,
  }));
}

describe("any bytes", () => {
  it("give the same units however they are cut into chunks", () => {
    fc.assert(
      fc.property(streams, framings, fc.array(fc.nat()), (bytes, framing, cuts) => {
        const whole = frame([{ bytes, boundary: false }], framing);
        const pieces = frame(cut(bytes, cuts, false), framing);
        expect(list(pieces)).toEqual(list(whole));
        expect(pieces.map(codes)).toEqual(whole.map(codes));
      }),
      { numRuns: 500 },
    );
  });

  it("are all in the units once, in order, and the pieces point at them", () => {
    fc.assert(
      fc.property(streams, framings, fc.array(fc.nat()), (bytes, framing, cuts) => {
        const pushed = cut(bytes, cuts, true);
        const units = frame(pushed, framing);
        expect(join(units)).toBe(toHex(bytes));
        for (const unit of units) {
          const from = unit.pieces.map(({ start, end, tag, offset }) =>
            pushed[tag]?.bytes.subarray(offset, offset + end - start),
          );
          expect(toHex(concatenate(from.map((piece) => piece ?? new Uint8Array())))).toBe(
            toHex(unit.bytes),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(["7e", "68", "0001ffff", "00010010000affffc0", "7ea7ff", "2f414141350d0a0d0a", "02"])(
    "take linear time: %s over and over",
    (hex) => {
      const pattern = toBytes(hex);
      const bytes = Uint8Array.from(
        { length: 200_000 },
        (_, i) => pattern[i % pattern.length] ?? 0,
      );
      const units = frame([{ bytes, boundary: false }]);
      expect(units.reduce((sum, unit) => sum + unit.bytes.length, 0)).toBeGreaterThanOrEqual(
        200_000,
      );
    },
  );
});

it("ends a message that is longer than 16 MiB", () => {
  const bytes = new Uint8Array(16 * 1024 * 1024 + 2);
  bytes.set(toBytes("0f00000000000200"));
  const units = frame([{ bytes, boundary: true }], "apdu");
  expect(units.map((unit) => [unit.framing, unit.bytes.length, codes(unit)])).toEqual([
    ["apdu", 16 * 1024 * 1024, ["framing.message-limit"]],
    ["noise", 2, []],
  ]);
});
