/** The index over captures of several meters: any frame in any order, keys that come at any time. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureIndex } from "../../analyzer/capture-index.js";
import {
  amendFrame,
  type Frame,
  type KeySet,
  presentFrame,
  TextBuffer,
  writeFrameText,
} from "../../decoder/index.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import { Reducer } from "../../decoder/reducer.js";
import {
  allTurns,
  conversations,
  inTurns,
  linksOf,
  meterA,
  meterB,
  meterC,
  sentBefore,
} from "./meters-capture.js";
import { shuffledRows } from "./shuffle.js";

const keySets = [meterA, meterB, meterC].map(({ keys }) => keys);
const turns = fc.shuffledSubarray([...allTurns], { minLength: allTurns.length });

function indexOf(links: readonly LinkFrame[], keys: readonly KeySet[]): CaptureIndex {
  const index = new CaptureIndex({ get: (row) => links[row] }, { keySets: keys });
  for (const link of links) index.add(link);
  index.finish();
  return index;
}

/** The frames as decoding from the start gives them, with all that later ones have shown. */
function decodeAll(links: readonly LinkFrame[], keys: readonly KeySet[]): Frame[] {
  const reducer = new Reducer({ keySets: keys, tree: true });
  const frames = links.map((link, i) => reducer.reduce(link, i + 1).frame);
  reducer.finish();
  for (const amendment of reducer.takeAmendments()) {
    const frame = frames[amendment.frame - 1];
    if (frame !== undefined) amendFrame(frame, amendment);
  }
  return frames;
}

/** Everything of a frame that people and programs see. */
function shown(frame: Frame | undefined): readonly unknown[] {
  if (frame === undefined) return [];
  const text = new TextBuffer();
  writeFrameText(text, frame, { tree: true });
  return [presentFrame(frame), text.takeString()];
}

function expectSame(index: CaptureIndex, whole: CaptureIndex): void {
  expect(index.length).toBe(whole.length);
  for (let row = 0; row < index.length; row++) {
    expect(shown(index.frame(row, { tree: true })), `frame ${row + 1}`).toEqual(
      shown(whole.frame(row, { tree: true })),
    );
    expect(index.columns.definitions(row)).toEqual(whole.columns.definitions(row));
    expect(index.columns.links(row)).toEqual(whole.columns.links(row));
    expect(index.columns.ciphering(row)).toEqual(whole.columns.ciphering(row));
    expect(index.columns.name(row)).toBe(whole.columns.name(row));
  }
}

const inOrder = linksOf(inTurns(allTurns));
/** Rows of the conversations by their places in `conversations()`, in a capture of these turns. */
const rowsOf = (order: readonly number[], ...places: readonly number[]) =>
  order.filter((turn) => places.includes(turn)).length;

describe("the capture of the test", () => {
  it("shows the APDUs that were sent", () => {
    const frames = decodeAll(inOrder, keySets);
    const names = frames.flatMap(({ apdu, ciphering }) =>
      ciphering === undefined ? [] : [`${ciphering.status} ${apdu?.name}`],
    );
    // Meter A twice, with two answers each; B with a push and three blocks; C with a push.
    expect(names.filter((name) => !name.startsWith("decrypted "))).toEqual([]);
    expect(names.filter((name) => name.includes("get-response-normal"))).toHaveLength(4);
    expect(names.filter((name) => name.includes("get-response-with-datablock"))).toHaveLength(3);
    expect(names.filter((name) => name.includes("data-notification"))).toHaveLength(2);
    const conversationsSeen = new Set(frames.map(({ conversation }) => conversation));
    expect(conversationsSeen.size).toBe(conversations().length);
    // The short name 0x2D58 is attribute 2 of the object that the list has named.
    expect(shown(frames.find(({ apdu }) => apdu?.name === "read-request"))).not.toEqual([]);
    expect(frames.filter(({ answers }) => answers !== undefined).length).toBeGreaterThan(10);
  });
});

describe("a frame by itself", () => {
  it("is the one that decoding from the start gives, in any order of frames and of looking", () => {
    fc.assert(
      fc.property(turns, fc.nat(), (order, seed) => {
        const links = linksOf(inTurns(order));
        const frames = decodeAll(links, keySets);
        const index = indexOf(links, keySets);
        for (const row of shuffledRows(links.length, seed)) {
          expect(shown(index.frame(row, { tree: true })), `frame ${row + 1}`).toEqual(
            shown(frames[row]),
          );
        }
      }),
      { numRuns: 5 },
    );
  });

  it("is the same where segments were damaged, lost, or came twice", () => {
    const change = fc.constantFrom("keep", "keep", "keep", "lose", "twice", "damage");
    const changes = fc.array(change, { minLength: allTurns.length, maxLength: allTurns.length });
    fc.assert(
      fc.property(turns, changes, fc.nat(), (order, list, seed) => {
        const links = linksOf(inTurns(order)).flatMap((link, i) => changed(link, list[i]));
        const frames = decodeAll(links, keySets);
        const index = indexOf(links, keySets);
        for (const row of shuffledRows(links.length, seed)) {
          expect(shown(index.frame(row, { tree: true })), `frame ${row + 1}`).toEqual(
            shown(frames[row]),
          );
        }
      }),
      { numRuns: 5 },
    );
  });
});

function changed(link: LinkFrame, change: string | undefined): LinkFrame[] {
  if (change === "lose") return [];
  if (change === "twice") return [link, link];
  if (change !== "damage") return [link];
  const bytes = Uint8Array.from(link.bytes);
  const at = bytes.length - 4;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return [{ ...link, bytes }, link];
}

describe("keys that come later", () => {
  it("give what they give from the start", () => {
    fc.assert(
      fc.property(turns, (order) => {
        const links = linksOf(inTurns(order));
        const index = indexOf(links, []);
        index.addKeys(keySets);
        expectSame(index, indexOf(links, keySets));
      }),
      { numRuns: 3 },
    );
  });

  it.for([
    ["A", meterA, [0, 5]],
    ["B", meterB, [1]],
    ["C", meterC, [2]],
  ] as const)(
    "for meter %s alone read its conversations again, and no others",
    ([, meter, places]) => {
      const order = shuffledRows(allTurns.length, 7).map((i) => allTurns[i] ?? 0);
      const links = linksOf(inTurns(order));
      const index = indexOf(links, []);
      expect(index.addKeys([meter.keys])).toBe(rowsOf(order, ...places));
      expectSame(index, indexOf(links, [meter.keys]));
    },
  );

  it("one after the other give what they give together", () => {
    const index = indexOf(inOrder, []);
    for (const keys of keySets) index.addKeys([keys]);
    expectSame(index, indexOf(inOrder, keySets));
  });

  it("without a title are tried for every meter that ciphers", () => {
    const { systemTitle, ...untitled } = meterB.keys;
    const index = indexOf(inOrder, []);
    // All conversations but the two plain ones, the short names, and the M-Bus meter.
    expect(index.addKeys([untitled])).toBe(rowsOf(allTurns, 0, 1, 2, 5));
    expectSame(index, indexOf(inOrder, [untitled]));
  });

  it("are tried where a client ciphers for a meter that is not known yet", () => {
    const untold = linksOf(sentBefore(meterB));
    const index = indexOf(untold, []);
    expect(index.addKeys([meterA.keys])).toBe(untold.length);
    expectSame(index, indexOf(untold, [meterA.keys]));
  });

  it("of a meter that is not there change nothing", () => {
    const index = indexOf(inOrder, []);
    const keys = { ...meterA.keys, systemTitle: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    expect(index.addKeys([keys])).toBe(0);
    expectSame(index, indexOf(inOrder, [keys]));
  });

  it("while the capture still grows serve the frames that follow, too", () => {
    fc.assert(
      fc.property(
        turns,
        fc.nat(allTurns.length),
        fc.subarray([...keySets], { minLength: 1 }),
        (order, at, keys) => {
          const links = linksOf(inTurns(order));
          const index = new CaptureIndex({ get: (row) => links[row] });
          for (const link of links.slice(0, at)) index.add(link);
          index.addKeys(keys);
          for (const link of links.slice(at)) index.add(link);
          index.finish();
          expectSame(index, indexOf(links, keys));
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe("memory", () => {
  it("holds no bytes: what is looked at is read again, with the rows of its message and request", () => {
    const asked: number[] = [];
    const index = new CaptureIndex(
      {
        get: (row) => {
          asked.push(row);
          return inOrder[row];
        },
      },
      { keySets },
    );
    for (const link of inOrder) index.add(link);
    index.finish();
    expect(asked).toEqual([]);
    // Conversation 0: SNRM, UA, AARQ, AARE, request, then segment, RR, segment, RR, segment.
    const frame = index.frame(9, { tree: true });
    expect(frame?.apdu?.name).toBe("get-response-normal");
    expect(new Set(asked)).toEqual(new Set([4, 5, 7, 9]));
  });

  it("shows what the capture has, not what it had", () => {
    const store = [...inOrder];
    const index = new CaptureIndex({ get: (row) => store[row] }, { keySets });
    for (const link of inOrder) index.add(link);
    index.finish();
    // Row 3 is the AARE; in its place the UA of row 1.
    const [, answer] = inOrder;
    if (answer !== undefined) store[3] = answer;
    expect(index.frame(3, { tree: false })?.sources[0]?.bytes).toBe(answer?.bytes);
    store.length = 0;
    expect(index.frame(0, { tree: false })).toBeUndefined();
    expect(index.columns.name(0)).toBe("SNRM");
  });
});
