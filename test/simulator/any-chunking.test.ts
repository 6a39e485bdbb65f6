/**
 * A serial port hands out bytes in whatever pieces its driver has them: the frames must not depend
 * on it. Over every item of the corpus that could stand on a serial line, as it is and damaged.
 */
import { describe, expect, it } from "vitest";
import { FrameDecoder, LINK_TYPE_STREAM, presentFrame } from "../../decoder/index.js";
import { SeededRandom } from "../bench/random.js";
import { type CorpusItem, corpusIsHere, readItems, toKeySets } from "../corpus/corpus.js";
import { type LineFaults, withFaults, withParity } from "./faults.js";
import { isLoss, joinMessages, type LineMessage, messagesOf } from "./line-message.js";

const framings: ReadonlySet<string> = new Set(["hdlc", "mbus", "p1", "iec21", "wrapper"]);
const items = readItems().filter(({ framing }) => framings.has(framing));

/** The messages of a long recording are alike: its first ones stand for it. */
const enough = 24;

/** The bytes of an item as they come off a line with these faults. */
function bytesOf(item: CorpusItem, faults: LineFaults): Uint8Array {
  const events = [...withFaults(messagesOf(item).slice(0, enough), faults)];
  return joinMessages(events.filter((event): event is LineMessage => !isLoss(event)));
}

/** A decoder of one stream, and the frames that it has given, as programs see them. */
function openLine(item: CorpusItem) {
  const decoder = new FrameDecoder({ keySets: toKeySets(item), tree: false });
  const frames: string[] = [];
  let position = 0;
  return {
    push(bytes: Uint8Array): void {
      const about = { interface: 0, time: null, direction: null, linkType: LINK_TYPE_STREAM };
      const chunk = { ...about, bytes, originalLength: bytes.length, position };
      for (const frame of decoder.push(chunk)) frames.push(JSON.stringify(presentFrame(frame)));
      position += bytes.length;
    },
    finish(): readonly string[] {
      for (const frame of decoder.finish()) frames.push(JSON.stringify(presentFrame(frame)));
      return frames;
    },
    frames,
  };
}

/** The frames of bytes that come in pieces of these lengths. */
function decode(bytes: Uint8Array, item: CorpusItem, lengthOf: () => number): readonly string[] {
  const line = openLine(item);
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.subarray(at, at + lengthOf());
    line.push(piece);
    at += piece.length;
  }
  return line.finish();
}

const lines: Readonly<Record<string, LineFaults>> = {
  "as it is": { seed: 1 },
  "with noise before messages": { seed: 2, noise: { perMille: 300, atMost: 12 } },
  "that loses bytes": { seed: 3, dropsPerMillion: 8000 },
  "that turns bits over": { seed: 4, flipsPerMillion: 8000 },
  "listened to from the middle of a message on": { seed: 5, missedAtStart: 7 },
};

describe.skipIf(!corpusIsHere)("the frames of a line", () => {
  it.for(Object.entries(lines))("%s are the same in any pieces", ([, faults]) => {
    const random = new SeededRandom(faults.seed);
    for (const item of items) {
      const bytes = bytesOf(item, faults);
      const whole = decode(bytes, item, () => bytes.length);
      expect(whole.length, item.id).toBeGreaterThan(0);
      // Single bytes, as at 300 baud, and up to the 62 that a USB packet of an adapter holds.
      expect(
        decode(bytes, item, () => 1),
        item.id,
      ).toEqual(whole);
      expect(
        decode(bytes, item, () => 1 + random.below(62)),
        item.id,
      ).toEqual(whole);
    }
  });

  it("with parity bits in its text are the same in any pieces", () => {
    for (const item of items.filter(({ framing }) => framing === "p1")) {
      const bytes = withParity(bytesOf(item, { seed: 1 }), "even");
      const whole = decode(bytes, item, () => bytes.length);
      expect(
        decode(bytes, item, () => 1),
        item.id,
      ).toEqual(whole);
    }
  });

  it("are there as soon as their last byte is", () => {
    const whole = items.filter(({ framing, fcs, kind }) => {
      return framing === "hdlc" && kind !== undefined && fcs !== "bad";
    });
    expect(whole.length).toBeGreaterThan(10);
    for (const item of whole) {
      const line = openLine(item);
      let waiting = 0;
      for (const { bytes } of messagesOf(item)) {
        const before = line.frames.length;
        line.push(bytes);
        if (line.frames.length === before) waiting += 1;
      }
      expect(line.finish().length, item.id).toBe(line.frames.length);
      expect(waiting, item.id).toBe(0);
    }
  });
});
