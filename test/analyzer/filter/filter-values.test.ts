/** What may stand behind an operator, and which of a few frames it fits. */
import { describe, expect, it } from "vitest";
import { CaptureIndex } from "../../../analyzer/capture-index.js";
import { compileFilter, type NotedRows } from "../../../analyzer/filter/index.js";
import { FrameCutter } from "../../../decoder/frame-cutter.js";
import type { Frame } from "../../../decoder/index.js";
import type { Message } from "../../decoder/security/secret-exchanges.js";
import {
  chunksOf,
  inSegments,
  inWrapper,
  messagesOf,
  password,
  secretAttribute,
} from "../../decoder/security/secret-exchanges.js";

function indexOf(messages: readonly Message[]) {
  const cutter = new FrameCutter({});
  // A second apart, each 250 ms after a whole one.
  const chunks = chunksOf(messages).map((chunk, i) => ({
    ...chunk,
    time: { seconds: 36_000 + i, nanoseconds: 250_000_000, dated: false },
  }));
  const links = [...chunks.flatMap((chunk) => cutter.push(chunk)), ...cutter.finish()];
  const index = new CaptureIndex({ get: (row) => links[row] });
  for (const link of links) index.add(link);
  index.finish();
  const frame = (row: number, options: Parameters<CaptureIndex["frame"]>[1]): Frame => {
    const found = index.frame(row, options);
    if (found === undefined) throw new Error("no frame");
    return found;
  };
  return { index, frame };
}

/** The numbers of the frames that a filter fits, by their rows and by the frames themselves. */
function fitting(source: ReturnType<typeof indexOf>, text: string, notes?: NotedRows): number[] {
  const filter = compileFilter(text);
  const numbers: number[] = [];
  for (let row = 0; row < source.index.length; row++) {
    const fits = filter.matchesRow(source, row, notes);
    if (notes === undefined) {
      const whole = source.frame(row, { tree: true });
      expect(filter.matchesFrame(whole), `${text}: frame ${row + 1}`).toBe(fits);
    }
    if (fits) numbers.push(row + 1);
  }
  return numbers;
}

/**
 * 1 reads a register, 2 answers 5; 3 reads its logical name, 4 answers it; 5 reads a boolean, 6 answers
 * true; 7 reads a text, 8 answers `Volt`.
 */
const session = indexOf(
  inWrapper(
    messagesOf([
      "> c001c1 0003 0100010800ff 02 00",
      "< c401c1 00 0600000005",
      "> c001c2 0003 0100010800ff 01 00",
      "< c401c2 00 09060100010800ff",
      "> c001c3 0001 0000600100ff 02 00",
      "< c401c3 00 0301",
      "> c001c4 0001 0000600100ff 02 00",
      "< c401c4 00 0a04566f6c74",
    ]),
  ),
);

describe("a value in a filter", () => {
  it.for<[filter: string, frames: number[]]>([
    // Codes, in both spellings, shortened, with any value of a group, in hex.
    ["cosem.obis == 1-0:1.8.0*255", [1, 2, 3, 4]],
    ["cosem.obis == 1.0.1.8.0.255", [1, 2, 3, 4]],
    ["cosem.obis == 1-0:1.8.0", [1, 2, 3, 4]],
    ["cosem.obis == *-0:*.*.0*255", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["cosem.obis == 0100010800ff", [1, 2, 3, 4]],
    ["cosem.obis == 01:00:01:08:00:ff", [1, 2, 3, 4]],
    ["cosem.obis != 1-0:1.8.0*255", [5, 6, 7, 8]],
    ["cosem.obis[0:2] == 01:00", [1, 2, 3, 4]],
    ["data.octet-string == 1-0:1.8.0*255", [4]],
    ["data.octet-string == 1-0:2.8.0*255", []],
    // Bytes, and parts of them.
    ["data.octet-string == 01-00-01-08-00-ff", [4]],
    ["data.octet-string contains 01:08", [4]],
    ["data.octet-string[2] == 01", [4]],
    ["data.octet-string[2-3] == 0108", [4]],
    ["data.octet-string[:2] == 0100", [4]],
    ["data.octet-string[-2:] == 00ff", [4]],
    ["data.octet-string[4:3] == 00ff00", []],
    // Numbers, truth, texts.
    ["data.double-long-unsigned == 0x5", [2]],
    ["data.double-long-unsigned in {1..4, 6}", []],
    ["data.double-long-unsigned in {1..5}", [2]],
    ["data.double-long-unsigned >= 4.5", [2]],
    ["data.boolean", [6]],
    ["data.boolean == true", [6]],
    ["data.boolean == false", []],
    ['data.visible-string == "Volt"', [8]],
    ['data.visible-string contains "OL"', [8]],
    ['data.visible-string[0:2] == "Vo"', [8]],
    ["cosem.value == 5", [2]],
    // Words of numbers, and numbers of words.
    ["xdlms.service == get-response", [2, 4, 6, 8]],
    ["xdlms.service == get-response-normal", [2, 4, 6, 8]],
    ["xdlms.service == 0xc0", [1, 3, 5, 7]],
    ["xdlms.service == 192", [1, 3, 5, 7]],
    ["xdlms.priority == High", [1, 2, 3, 4, 5, 6, 7, 8]],
    ['xdlms.priority contains "low"', []],
    ['xdlms.priority matches "^hi"', [1, 2, 3, 4, 5, 6, 7, 8]],
    // Times: each answer comes a second after its request.
    ["latency > 999ms && latency < 1.5s", [2, 4, 6, 8]],
    ["latency == 1000", [2, 4, 6, 8]],
    ["latency < 1s", []],
    ["frame.time >= 10:00:06.25", [7, 8]],
    ["frame.time < 10:00:01", [1]],
    // None of them.
    ["data.double-long-unsigned != 5", []],
    ["!(data.double-long-unsigned == 5)", [1, 3, 4, 5, 6, 7, 8]],
    ["not wrapper or data.boolean and xdlms", [6]],
    ["(frame.number == 1 || frame.number eq 2) && frame.number ge 2", [2]],
  ])("%s", ([text, frames]) => {
    expect(fitting(session, text)).toEqual(frames);
  });

  it("may be a note of the user's", () => {
    const notes: NotedRows = {
      isMarked: (row) => row === 2,
      isIgnored: () => false,
      comment: (row) => (row === 4 ? "Look here" : undefined),
    };
    expect(fitting(session, "frame.marked", notes)).toEqual([3]);
    expect(fitting(session, "!frame.marked && frame.number < 4", notes)).toEqual([1, 2]);
    expect(fitting(session, 'frame.comment contains "look"', notes)).toEqual([5]);
    expect(fitting(session, "frame.ignored", notes)).toEqual([]);
  });
});

describe("a secret", () => {
  /** 1 asks for the secret of an association, 2 tells it. */
  const exchange = messagesOf([
    `> c001c1 ${secretAttribute} 00`,
    `< c401c1 00 0908${Buffer.from(password).toString("hex")}`,
  ]);

  it.for([
    ["in one frame", inWrapper(exchange)],
    ["in segments", inSegments(exchange)],
  ] as const)("is there, and has no value that could be guessed: %s", ([, messages]) => {
    const source = indexOf(messages);
    const last = source.index.length;
    const secret = Buffer.from(password).toString("hex");
    expect(fitting(source, "data.octet-string")).toEqual([last]);
    for (const guess of [
      `data.octet-string == ${secret}`,
      `data.octet-string[0:1] == ${secret.slice(0, 2)}`,
      `data.octet-string contains ${secret.slice(0, 2)}`,
      `data.octet-string != ${secret}`,
      "data.octet-string != 00",
      `cosem.value == "${password}"`,
      'info contains "Qz7"',
    ]) {
      expect(fitting(source, guess), guess).toEqual([]);
    }
  });
});

describe("a comparison that is not what it seems", () => {
  const warnings = (text: string) =>
    compileFilter(text).warnings.map(({ start, end, message }) => [
      text.slice(start, end),
      message,
    ]);

  it.for<[text: string, word: string, message: RegExp]>([
    ["hdlc.fcs < 0", "0", /never/],
    ["hdlc.fcs >= 0", "0", /always/],
    ["hdlc.fcs == -1", "-1", /never/],
    ["hdlc.fcs == 1.5", "1.5", /never/],
    // Three bits.
    ["hdlc.control.send-sequence > 7", "7", /never/],
    ["hdlc.control.send-sequence <= 7", "7", /always/],
    ["hdlc.control.send-sequence == 8", "8", /never/],
    ["xdlms.service == get-respnse", "get-respnse", /no APDU/],
    ['diag.code != "hdlc.fcs-mismatch"', "!=", /not this one/],
  ])("%s", ([text, word, message]) => {
    const [[place, said] = []] = warnings(text);
    expect(place).toBe(word);
    expect(said).toMatch(message);
  });

  it("is none of these", () => {
    for (const text of [
      "hdlc.fcs == 3",
      "hdlc.control.send-sequence == 7",
      "xdlms.service == get-request-next",
      "cosem.value > -1",
      "xdlms.service == 0xc4",
    ]) {
      expect(warnings(text), text).toEqual([]);
    }
  });
});
