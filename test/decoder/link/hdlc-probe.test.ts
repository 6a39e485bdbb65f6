import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { probeBareHdlc, probeHdlc } from "../../../decoder/link/hdlc/hdlc.js";
import { toBytes } from "../dissect-bytes.js";
import { buildFrame, drop, join, patch, seal } from "./hdlc-frames.js";

// forum-kmethy-hdlc-0003: the HCS holds 7E
const aarq = toBytes(
  "7ea02e0002002321107ecbe6e600601da109060760857405080101be10040e01000000065f1f040000301dffffd4c57e",
);
// forum-gosem-hdlc-hdlc-0001, frame 5
const getResponse = toBytes("7ea01805022152be09e6e700c401c10009055630343131f6b67e");
// blockworksco-playground-hdlc-0001, frame 518
const receiveReady = toBytes("7ea0070321b11f037e");

/** Cuts a whole stream as a caller does; gaps are what no frame holds. */
function cut(bytes: Uint8Array): { start: number; end: number }[] {
  const frames: { start: number; end: number }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = probeHdlc(bytes, at, true);
    if (length <= 0) {
      at += 1;
      continue;
    }
    const end = at + length;
    frames.push({ start: at, end });
    // A closing flag may open the next frame.
    at = bytes[end - 1] === 0x7e && bytes[end] !== 0x7e && end < bytes.length ? end - 1 : end;
  }
  return frames;
}

/** Asking early gives "more" or the same answer as asking late. */
function expectChunkingAgrees(bytes: Uint8Array, probe: typeof probeHdlc): void {
  const whole = probe(bytes, 0, false);
  for (let length = 0; length < bytes.length; length++) {
    const early = probe(bytes.subarray(0, length), 0, false);
    if (early !== 0) expect(early, `answer at ${length} bytes`).toBe(whole);
  }
  const ended = probe(bytes, 0, true);
  if (whole !== 0) expect(ended, "answer at the end").toBe(whole);
  expect(ended).not.toBe(0);
  expect(ended).toBeLessThanOrEqual(bytes.length);
}

describe("whole frames", () => {
  test.each([aarq, getResponse, receiveReady])("both flags count", (frame) => {
    expect(probeHdlc(frame, 0, false)).toBe(frame.length);
    expect(probeHdlc(frame, 0, true)).toBe(frame.length);
    expect(probeHdlc(join(frame, frame), frame.length, false)).toBe(frame.length);
  });

  test("the length decides, not a 7E inside", () => {
    expect(aarq.indexOf(0x7e, 1)).toBe(9);
    expect(probeHdlc(aarq, 0, false)).toBe(48);
  });

  test("a flag between two frames is the end of one and the beginning of the other", () => {
    const stream = join(receiveReady.subarray(0, -1), getResponse);
    expect(cut(stream)).toEqual([
      { start: 0, end: 9 },
      { start: 8, end: 34 },
    ]);
  });

  test("flags between frames are fill", () => {
    const fill = Uint8Array.of(0x7e, 0x7e, 0x7e);
    expect(probeHdlc(join(fill, receiveReady), 0, false)).toBe(-1);
    expect(cut(join(fill, receiveReady, fill, getResponse))).toEqual([
      { start: 3, end: 12 },
      { start: 15, end: 41 },
    ]);
  });

  test("without closing flag", () => {
    const open = receiveReady.subarray(0, -1);
    expect(probeHdlc(open, 0, false)).toBe(0);
    expect(probeHdlc(open, 0, true)).toBe(8);
    expect(probeHdlc(join(open, Uint8Array.of(0x0d)), 0, false)).toBe(8);
  });

  test("a header against the standard needs the FCS and the closing flag", () => {
    const frame = toBytes("7ea0090002052193afd07e"); // gurux-hdlc-0005, address of three bytes
    expect(probeHdlc(frame, 0, false)).toBe(11);
    expect(probeHdlc(frame.subarray(0, -1), 0, true)).toBe(-1);
    expect(probeHdlc(patch(frame, 9, 0xd1), 0, true)).toBe(-1);
  });
});

describe("too few bytes, or none of HDLC", () => {
  test("an unfinished frame waits, and is given out when nothing follows", () => {
    for (let length = 1; length < getResponse.length; length++) {
      const prefix = getResponse.subarray(0, length);
      expect(probeHdlc(prefix, 0, false), `${length} bytes`).toBe(0);
      // The header of this frame, flag to control field, has 7 bytes.
      expect(probeHdlc(prefix, 0, true), `${length} bytes at the end`).toBe(
        length < 7 ? -1 : length,
      );
    }
  });

  test.each([
    ["no flag", "a0070321930f017e"],
    ["another format type", "7e132b48a2d2e61e0f"], // amsleser-hdlc-0109
    ["a length that no frame has", "7ea0060321930f017e"],
    ["an address without end", "7ea00a0202020202020202027e"],
    ["an address of three bytes, no FCS", "7ea009020203219300007e"],
    ["a frame type that is not of DLMS, no FCS", "7ea0070321af00007e"],
  ])("%s", (_, hex) => {
    expect(probeHdlc(toBytes(hex), 0, false)).toBe(-1);
  });

  test("nothing", () => {
    expect(probeHdlc(new Uint8Array(0), 0, false)).toBe(0);
    expect(probeHdlc(new Uint8Array(0), 0, true)).toBe(-1);
  });
});

describe("damaged frames", () => {
  test("changed bytes: the frame ends with the flag at its length", () => {
    const damaged = patch(getResponse, 15, 0xff);
    expect(probeHdlc(damaged, 0, true)).toBe(damaged.length);
    expect(cut(join(damaged, receiveReady))).toEqual([
      { start: 0, end: 26 },
      { start: 26, end: 35 },
    ]);
  });

  test("lost bytes do not swallow the next frame", () => {
    const damaged = drop(aarq, 20, 5);
    expect(cut(join(damaged, aarq, receiveReady))).toEqual([
      { start: 0, end: 43 },
      { start: 43, end: 91 },
      { start: 91, end: 100 },
    ]);
  });

  test("lost end: the flag of the next frame ends the damaged one", () => {
    const damaged = getResponse.subarray(0, 18);
    expect(cut(join(damaged, receiveReady))).toEqual([
      { start: 0, end: 19 },
      { start: 18, end: 27 },
    ]);
  });

  test("lost bytes, and the next frame is cut off before its HCS", () => {
    // As in amsleser-hdlc-0097: two flags and a format type are the boundary.
    const damaged = drop(aarq, 20, 1);
    expect(cut(join(damaged, aarq.subarray(0, 4)))).toEqual([{ start: 0, end: 47 }]);
  });

  test("added bytes: the flag behind the length ends the frame", () => {
    const damaged = join(getResponse.subarray(0, 15), toBytes("010203"), getResponse.subarray(15));
    expect(cut(join(damaged, receiveReady))).toEqual([
      { start: 0, end: 29 },
      { start: 29, end: 38 },
    ]);
  });

  test("no flag behind it within the longest frame: its length counts", () => {
    const damaged = patch(getResponse, 23, 0, 0, 0);
    const rest = new Uint8Array(2100);
    expect(probeHdlc(join(damaged, rest), 0, false)).toBe(getResponse.length - 1);
    expect(probeHdlc(damaged, 0, false)).toBe(0);
    expect(probeHdlc(damaged, 0, true)).toBe(damaged.length);
  });

  test("of a header that was cut off, nothing is believed", () => {
    expect(probeHdlc(toBytes("7ea02e00020023"), 0, true)).toBe(-1);
  });
});

describe("without flags", () => {
  const bare = receiveReady.subarray(1, -1);

  test("the FCS proves it", () => {
    expect(probeBareHdlc(bare, 0, true)).toBe(7);
    expect(probeBareHdlc(bare, 0, false)).toBe(0);
    expect(probeBareHdlc(patch(bare, 6, 0), 0, true)).toBe(-1);
    expect(probeBareHdlc(bare.subarray(0, 6), 0, true)).toBe(-1);
    expect(probeBareHdlc(receiveReady, 0, true)).toBe(-1);
  });

  test("a closing flag belongs to it, unless it opens the next frame", () => {
    expect(probeBareHdlc(receiveReady.subarray(1), 0, true)).toBe(8);
    expect(probeBareHdlc(join(bare, receiveReady), 0, true)).toBe(7);
    expect(probeBareHdlc(join(bare, bare), 0, true)).toBe(7);
  });

  test("an impossible header is none, whatever the FCS says", () => {
    const frame = seal(toBytes("a00a 02020202 0202"));
    expect(probeBareHdlc(frame.subarray(1), 0, true)).toBe(-1);
  });
});

describe("properties", () => {
  const frame = fc
    .record({
      destination: fc.constantFrom("03", "0221", "00020023", "ceff"),
      source: fc.constantFrom("21", "03", "0223"),
      control: fc.constantFrom("10", "32", "13", "93", "73", "b1"),
      information: fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b).toString("hex")),
    })
    .map(buildFrame);
  const damagedFrame = fc
    .tuple(frame, fc.nat(), fc.nat(3), fc.nat(255))
    .map(([bytes, at, count, value]) => {
      const place = 1 + (at % (bytes.length - 1));
      return count === 0 ? patch(bytes, place, value) : drop(bytes, place, count);
    });
  const noise = fc.uint8Array({ maxLength: 12 });
  const flags = fc.nat(3).map((count) => new Uint8Array(count).fill(0x7e));
  const stream = fc
    .array(fc.oneof(frame, frame, damagedFrame, noise, flags), { maxLength: 5 })
    .map((parts) => join(...parts));

  test("whole frames one behind the other are all found", () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 6 }), (frames) => {
        let at = 0;
        const expected = frames.map(({ length }) => {
          at += length;
          return { start: at - length, end: at };
        });
        expect(cut(join(...frames))).toEqual(expected);
      }),
    );
  });

  test("asking early never gives another answer", () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        for (let at = 0; at < bytes.length; at++) {
          if (bytes[at] === 0x7e) expectChunkingAgrees(bytes.subarray(at), probeHdlc);
        }
        expectChunkingAgrees(bytes, probeBareHdlc);
      }),
      { numRuns: 200 },
    );
  });

  test("a whole frame behind a damaged one is found", () => {
    fc.assert(
      fc.property(damagedFrame, (damaged) => {
        const stream = join(damaged, aarq);
        const last = cut(stream).at(-1);
        expect(last).toEqual({ start: damaged.length, end: stream.length });
      }),
    );
  });

  test("hostile bytes take linear time", () => {
    // Each header is right and asks for the longest frame; none of them is one.
    const header = seal(toBytes("a7ff 0321 10")).subarray(0, -1);
    const bytes = new Uint8Array(200_000);
    for (let at = 0; at + header.length <= bytes.length; at += header.length) bytes.set(header, at);
    const start = performance.now();
    expect(cut(bytes).length).toBeGreaterThan(10_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
