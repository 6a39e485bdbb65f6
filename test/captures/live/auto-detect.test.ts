import { describe, expect, it } from "vitest";
import {
  AutoDetect,
  type DetectionStep,
  scoreLine,
  usualLines,
} from "../../../captures/live/auto-detect.js";
import { findFrames } from "../../../captures/live/frame-checks.js";
import { formatLineSettings } from "../../../captures/live/line-settings.js";
import { corpusIsHere, readItems, readMessages } from "../../corpus/corpus.js";
import { decodeItem } from "../../corpus/decode-item.js";
import { codesOf } from "../../decoder/tree-checks.js";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const latin = (text: string) => Buffer.from(text, "latin1");
const latinOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

// SNRM of client 16 to server 1, its frame check sequence published with it (IEC 62056-46, 0f 01).
const snrm = hex("7e a0 07 03 21 93 0f 01 7e");
/** 68 03 03 68, control, address, CI, their sum, 16. */
const mbus = hex("68 03 03 68 08 01 72 7b 16");
/** Of an older meter: without a CRC. */
const telegram = latin("/ABC5xyz\r\n\r\n1-0:1.8.0(000123.4*kWh)\r\n!\r\n");
/** STX, 12 34, ETX: the check is 31 ^ 32 ^ 33 ^ 34 ^ 03 = 07. */
const block = hex("02 31 32 33 34 03 07");
const garbage = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) & 0xff);

describe("frames that prove themselves", () => {
  it("are found in what is around them", () => {
    const all = Buffer.concat([garbage, snrm, snrm, garbage, mbus, garbage]);
    expect(findFrames(all)).toMatchObject({ hdlc: 2, mbus: 1 });
    // Two frames with one flag between them.
    expect(findFrames(Buffer.concat([snrm, snrm.subarray(1)]))).toMatchObject({ hdlc: 2 });
    expect(findFrames(telegram)).toEqual({ hdlc: 0, mbus: 0, p1: 1, iec6205621: 0 });
  });

  it.each([
    ["/?!\r\n", 1],
    ["/?12345678!\r\n", 1],
    ["/LGZ5\\2ZMD310.B32\r\n", 1],
    ["\x06252\r\n", 1],
    ["/?!", 0],
    ["\x0625\r\n", 0],
  ])("%j is a message of IEC 62056-21: %i", (text, count) => {
    expect(findFrames(latin(text)).iec6205621).toBe(count);
  });

  it("have a right block check, parity bits or not", () => {
    expect(findFrames(block).iec6205621).toBe(1);
    // With even parity: 82 b1 b2 33 b4 03 87.
    expect(findFrames(hex("82 b1 b2 33 b4 03 87")).iec6205621).toBe(1);
    expect(findFrames(block.with(6, 0x08)).iec6205621).toBe(0);
    expect(findFrames(block.subarray(0, 6)).iec6205621).toBe(0);
  });

  it("are nothing where a single bit is wrong", () => {
    for (const frame of [snrm, mbus]) {
      for (let bit = 0; bit < frame.length * 8; bit++) {
        const damaged = frame.with(bit >> 3, (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
        expect(findFrames(damaged), `bit ${bit}`).toMatchObject({ hdlc: 0, mbus: 0 });
      }
    }
  });

  it("take any bytes", () => {
    for (let length = 0; length < snrm.length; length++) {
      expect(findFrames(snrm.subarray(0, length))).toMatchObject({ hdlc: 0 });
    }
    expect(findFrames(new Uint8Array(5000).fill(0x7e))).toMatchObject({ hdlc: 0 });
    expect(findFrames(new Uint8Array(5000).fill(0x68))).toMatchObject({ mbus: 0 });
  });

  it.skipIf(!corpusIsHere)("are those of the corpus: every frame with a right FCS", () => {
    const published = readItems().filter(({ framing, fcs }) => framing === "hdlc" && fcs === "ok");
    expect(published.length).toBeGreaterThan(50);
    for (const item of published) {
      const messages = readMessages(item).map(({ bytes }) => bytes);
      // Sources that leave the flags out, and those with several frames in one, are no lines.
      if (messages.some((bytes) => bytes[0] !== 0x7e || bytes.at(-1) !== 0x7e)) continue;
      expect(findFrames(Buffer.concat(messages)).hdlc, item.id).toBeGreaterThanOrEqual(
        messages.length,
      );
    }
  });

  it.skipIf(!corpusIsHere)(
    "are those of the corpus: P1 telegrams, as the decoder finds them",
    () => {
      const items = readItems().filter(
        ({ framing, file }) => framing === "p1" && file !== undefined,
      );
      let [right, wrong] = [0, 0];
      for (const item of items) {
        const frames = decodeItem(item, { tree: false });
        const [bytes] = readMessages(item).map((message) => message.bytes);
        // Sources that turned the line ends, or left the last one out, are no lines.
        if (bytes?.[0] !== 0x2f || !latinOf(bytes).endsWith("\r\n")) continue;
        if (!/^[^\r\n]+\r\n\r\n/.test(latinOf(bytes))) continue;
        const isRight = codesOf(frames, ["checksum", "malformed", "incomplete"]).length === 0;
        expect(findFrames(bytes).p1 > 0, item.id).toBe(isRight);
        if (isRight) right += 1;
        else wrong += 1;
      }
      expect(right).toBeGreaterThan(5);
      expect(wrong).toBeGreaterThan(0);
    },
  );
});

describe("the score of a line", () => {
  it("is a proof with one right checksum, more so with more of them", () => {
    const one = scoreLine(snrm);
    const two = scoreLine(Buffer.concat([snrm, snrm]));
    expect(one.score).toBeGreaterThan(0.9);
    expect(two.score).toBeGreaterThan(one.score);
    expect(two.finding).toBe("2 HDLC frames with a right frame check sequence");
  });

  it("says why it is none", () => {
    expect(scoreLine(garbage)).toEqual({
      score: 0,
      finding: "no frame with a right checksum is in it",
    });
    expect(scoreLine(new Uint8Array(0)).finding).toBe("nothing was heard");
    const text = scoreLine(latin("1-0:1.8.0(000123.4*kWh)\r\n1-0:2.8.0(000000.0*kWh)\r\n"));
    expect(text.score).toBeGreaterThan(0);
    expect(text.score).toBeLessThan(0.9);
    expect(text.finding).toBe("100 % of it is text, but no message is whole");
  });
});

/** Hears bursts one second apart, as a port set to the line on trial would. */
function detect(hearAt: (line: string) => Uint8Array, bursts: number): DetectionStep[] {
  const detection = new AutoDetect();
  const steps: DetectionStep[] = [];
  for (let burst = 0; burst < bursts; burst++) {
    const now = burst * 1000;
    const heard = detection.hear(hearAt(formatLineSettings(detection.line)), now);
    const step = heard ?? detection.tick(now + 300);
    if (step !== undefined) steps.push(step);
    if (step?.kind === "found") break;
  }
  return steps;
}

describe("finding the settings of a line out", () => {
  it.each([
    ["9600 8N1", snrm],
    ["2400 8E1", mbus],
    ["115200 8N1", telegram],
    ["300 7E1", latin("/?!\r\n")],
    ["19200 8N1", snrm],
    ["9600 8E1", mbus],
  ])("finds %s", (line, message) => {
    const steps = detect((trial) => (trial === line ? message : garbage), 40);
    const last = steps.at(-1);
    expect(last?.kind).toBe("found");
    if (last?.kind !== "found") return;
    expect(formatLineSettings(last.line)).toBe(line);
    // The choice and its reason, then every line that was tried before, and why it was dropped.
    expect(last.explanation[0]).toMatch(new RegExp(`^${line}: 1 `));
    const before = usualLines.map(formatLineSettings);
    expect(last.explanation.slice(1)).toEqual(
      before
        .slice(0, before.indexOf(line))
        .map((one) => `${one} was tried: 128 bytes, no frame with a right checksum is in it`),
    );
  });

  it("does not drop a line for a burst that it entered in the middle", () => {
    const messages = [snrm.subarray(4), snrm];
    const steps = detect(() => messages.shift() ?? garbage, 2);
    expect(steps).toMatchObject([{ kind: "found", line: { baud: 9600 } }]);
  });

  it("waits where nothing is heard", () => {
    const detection = new AutoDetect();
    for (let now = 0; now < 60_000; now += 100) expect(detection.tick(now)).toBeUndefined();
    expect(formatLineSettings(detection.line)).toBe("9600 8N1");
  });

  it("drops a line on which nothing but noise comes, without a pause", () => {
    const detection = new AutoDetect();
    const steps = Array.from({ length: 64 }, (_, index) => detection.hear(garbage, index));
    expect(steps.filter((step) => step !== undefined)).toMatchObject([
      { kind: "try", dropped: { bytes: 4096, score: 0 }, line: { baud: 2400 } },
    ]);
  });

  it("takes the best text after a whole round, and goes round where there is none", () => {
    const text = latin("1-0:1.8.0(000123.4*kWh)\r\n1-0:2.8.0(000000.0*kWh)\r\n");
    const steps = detect((trial) => (trial === "9600 7E1" ? text : garbage), 40);
    expect(steps).toHaveLength(usualLines.length);
    expect(steps.at(-1)).toMatchObject({ kind: "found", line: { baud: 9600, dataBits: 7 } });
    const vain = detect(() => garbage, usualLines.length * 4);
    expect(vain).toHaveLength(usualLines.length * 2);
    expect(vain.every(({ kind }) => kind === "try")).toBe(true);
  });

  it("sees 7E1 by the parity bits of what 8N1 has let pass", () => {
    // "/?!" with even parity, CR and LF: af 3f 21 8d 0a.
    const steps = detect(() => hex("af 3f 21 8d 0a"), 1);
    expect(steps).toMatchObject([
      { kind: "found", line: { baud: 9600, dataBits: 7, parity: "even" } },
    ]);
  });
});
