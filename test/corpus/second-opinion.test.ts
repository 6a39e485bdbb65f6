/**
 * Counts that independent scripts made of the corpus: frames, packets, APDUs, check sequences. They
 * are a second opinion, not truth; where this decoder counts otherwise, the reason stands here.
 */
import { describe, expect, it } from "vitest";
import type { Frame } from "../../decoder/index.js";
import { type CorpusItem, corpusIsHere, readItems } from "./corpus.js";
import { decodeItem } from "./decode-item.js";

const items = readItems().filter(({ framing }) => framing !== "crypto");
const framesOfItems = new Map<string, readonly Frame[]>();

function framesOf(item: CorpusItem): readonly Frame[] {
  let frames = framesOfItems.get(item.id);
  if (frames === undefined) {
    frames = decodeItem(item, { tree: false });
    framesOfItems.set(item.id, frames);
  }
  return frames;
}

/** What this decoder counts otherwise, and why it is right. */
const otherCounts: Readonly<Record<string, { readonly counts: object; readonly why: string }>> = {
  "matousp-pcap-0011": {
    counts: { packets: 185, tags: { "60": 1, "61": 1, c0: 66, c1: 7, c4: 60, c5: 7 } },
    why: "a fuzzed request, longer than its length field says, is read all the same",
  },
  "matousp-pcap-0012": {
    counts: { packets: 46, tags: { "60": 1, "61": 1, "62": 1, "63": 1, c0: 21, c4: 21 } },
    why: "packet 72 is a TCP retransmission of packet 71, a release request",
  },
};

/** Names of the APDUs of those tags, and the beginning of the names of their choices. */
const apduNames: Readonly<Record<string, string>> = {
  "60": "aarq",
  "61": "aare",
  "62": "rlrq",
  "63": "rlre",
  c0: "get-request",
  c1: "set-request",
  c4: "get-response",
  c5: "set-response",
};

/** The tag of the APDU that a frame holds or that its segment begins: the scripts joined nothing. */
function tagOf(frame: Frame): string | undefined {
  const joined = frame.sources.find(({ kind }) => kind === "reassembled");
  if (joined?.bytes[0] === 0xe6) return undefined;
  const llc = frame.link["llc"];
  const begun = llc !== undefined && "begins" in llc ? String(llc.begins) : undefined;
  const name = frame.apdu?.name ?? begun;
  return Object.keys(apduNames).find((tag) => name?.startsWith(apduNames[tag] ?? "") === true);
}

function countTags(frames: readonly Frame[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const frame of frames) {
    const tag = tagOf(frame);
    if (tag !== undefined) counts[tag] = (counts[tag] ?? 0) + 1;
  }
  return counts;
}

const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

describe.skipIf(!corpusIsHere)("captures", () => {
  const captures = items.filter(({ packets }) => packets !== undefined);

  it.for(captures)("$id has the packets and APDUs that the cross-check counted", (item) => {
    const { other: _, ...kinds } = item.payload_kinds ?? {};
    const expected = { packets: sum(Object.values(kinds)), tags: item.apdu_tags ?? {} };
    const frames = framesOf(item);
    // A packet that completes no frame is listed by itself.
    const alone = frames.filter(({ framing }) => framing === "packet").length;
    const found = { packets: (item.packets ?? 0) - alone, tags: countTags(frames) };
    expect(found).toEqual(otherCounts[item.id]?.counts ?? expected);
  });
});

describe.skipIf(!corpusIsHere)("sessions", () => {
  it.for(items.filter(({ frames }) => frames !== undefined))("$id has all its frames", (item) => {
    expect(framesOf(item)).toHaveLength(item.frames ?? 0);
  });

  it.for(items.filter(({ family }) => family.startsWith("amsleser")).filter(({ kind }) => kind))(
    "$id is a push in every frame, each of them sound",
    (item) => {
      const unsound = framesOf(item).filter(
        ({ apdu, link }) => apdu?.name !== "data-notification" || !isSound(link["hdlc"]),
      );
      expect(unsound).toEqual([]);
    },
  );
});

/** Verdicts on check sequences, frame by frame; undefined is a frame cut off before it. */
const sequencesOf: Readonly<Record<string, readonly (boolean | "noise" | undefined)[]>> = {
  ok: [true],
  "ok (flags missing)": [true],
  "ok x3": [true, true, true],
  bad: [false],
  short: [false],
  "short (flags missing)": [undefined],
  "not-frame": ["noise"],
  "not-frame (flags missing)": ["noise"],
  "ok,not-frame (flags missing)": [true, "noise"],
  "bad,not-frame (flags missing)": [false, "noise"],
  "bad,rest-not-flag (flags missing)": [false],
};

function isSound(link: object | undefined): boolean | undefined {
  return link !== undefined && "fcs-ok" in link ? link["fcs-ok"] === true : undefined;
}

describe.skipIf(!corpusIsHere)("check sequences", () => {
  it("are right and wrong where the cross-check found them so", () => {
    const others = items.filter((item) => {
      if (item.fcs === undefined) return false;
      const expected = sequencesOf[item.fcs];
      const found = framesOf(item).map(({ framing, link }) =>
        framing === "noise" ? "noise" : isSound(link["hdlc"]),
      );
      // What follows behind a frame whose end is lost, the scripts did not look at.
      const shown = item.fcs.includes("rest-not-flag") ? found.slice(0, 1) : found;
      return JSON.stringify(shown) !== JSON.stringify(expected);
    });
    expect(others.map(({ id, fcs }) => `${id} ${fcs}`)).toEqual([]);
  });
});

/** Items with more ciphered APDUs than the scripts counted: they looked only at whole ones. */
const moreCiphered: Readonly<Record<string, readonly [count: number, why: string]>> = {
  "milanbella-gocosem-hdlc-0003": [6, "two requests announce more than they send"],
  "forum-gb-table41-pdu-0001": [1, "general-ciphering was not counted"],
  "amsleser-mbus-0001": [1, "its M-Bus length is wrong"],
  "amsleser-mbus-0010": [1, "its M-Bus length is wrong"],
  // 2,820 bytes: telegrams of 263 and 19 bytes.
  "amsleser-mbus-0011": [10, "its telegrams come in two segments each"],
  ...Object.fromEntries(
    ["0008", "0009", "0012", "0013", "0014", "0015"].map((number) => [
      `amsleser-mbus-${number}`,
      [2, "two segments, and the frame that the firmware put together of them"] as const,
    ]),
  ),
  "amsleser-hdlc-0086": [1, "a byte is lost"],
  "amsleser-hdlc-0092": [1, "its closing flag is lost"],
  "amsleser-hdlc-0094": [1, "bytes are lost"],
  "amsleser-hdlc-0104": [1, "cut off"],
  "amsleser-hdlc-0107": [1, "cut off"],
  "amsleser-llc-0003": [1, "bytes are left behind it"],
};

describe.skipIf(!corpusIsHere)("ciphered APDUs", () => {
  it("are as many as the cross-check found", () => {
    const others = items.filter((item) => {
      const found = framesOf(item).filter(({ ciphering }) => ciphering !== undefined).length;
      const expected = moreCiphered[item.id]?.[0] ?? item.ciphered_apdus ?? 0;
      return found !== expected;
    });
    expect(others.map(({ id }) => id)).toEqual([]);
  });
});
