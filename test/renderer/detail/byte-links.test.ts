import { describe, expect, test } from "vitest";
import {
  bitText,
  bytesOf,
  deepestAt,
  isPathWithin,
  outerOf,
  rangesIn,
  sourceTitle,
} from "../../../renderer/detail/byte-links.js";
import { deepestFields } from "../../../renderer/detail/byte-map.js";
import { byteSource, node } from "./nodes.js";

// A link frame of twelve bytes: flag, control with two bits of it, a payload with two members, flag.
const tree = [
  node(
    "hdlc",
    [0, 12],
    [
      node("hdlc.flag", [0, 1]),
      node("hdlc.control", [1, 2], [node("hdlc.control.poll-final", [1, 2], [], { mask: 0x10 })]),
      node("hdlc.control.type", [1, 2], [], { generated: true }),
      node(
        "xdlms",
        [2, 11],
        [node("xdlms.service", [2, 3]), node("data", [5, 11], [node("data.value", [5, 11])])],
      ),
      node("hdlc.flag", [11, 12]),
    ],
  ),
];

describe("the deepest field at a byte", () => {
  test("is the shortest, and of those as long the innermost", () => {
    expect(deepestAt(tree, 0, 0)).toEqual([0, 0]);
    expect(deepestAt(tree, 0, 6)).toEqual([0, 3, 1, 0]);
    expect(deepestAt(tree, 0, 11)).toEqual([0, 4]);
  });

  test("is what holds the byte where no member claims it", () => {
    expect(deepestAt(tree, 0, 3)).toEqual([0, 3]);
  });

  test("is neither a bit nor what was derived", () => {
    expect(deepestAt(tree, 0, 1)).toEqual([0, 1]);
  });

  test("is none outside, and none in another source", () => {
    expect(deepestAt(tree, 0, 12)).toBeNull();
    expect(deepestAt(tree, 1, 3)).toBeNull();
  });

  test("is the same for all bytes at once", () => {
    const fields = deepestFields(tree, 0, 14);
    expect(fields).toHaveLength(14);
    fields.forEach((path, at) => {
      expect(path).toEqual(deepestAt(tree, 0, at));
    });
  });

  test("is found in trees in which fields overlap, too", () => {
    // Small numbers of a linear congruential generator: the same trees in every run.
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor(seed / 65536) % below;
    };
    const grow = (depth: number): ReturnType<typeof node> => {
      const start = next(20);
      const children = depth === 0 ? [] : Array.from({ length: next(4) }, () => grow(depth - 1));
      const more = { source: next(2), mask: next(4) === 0 ? 1 : 0, generated: next(5) === 0 };
      return node("field", [start, start + next(8)], children, more);
    };
    for (let run = 0; run < 200; run++) {
      const grown = [grow(3), grow(3)];
      const fields = deepestFields(grown, 0, 24);
      fields.forEach((path, at) => {
        expect(path).toEqual(deepestAt(grown, 0, at));
      });
    }
  });
});

describe("the field around another one", () => {
  test("has more bytes", () => {
    // data.value is all of data: the next one out is the APDU.
    expect(outerOf(tree, [0, 3, 1, 0])).toEqual([0, 3]);
    expect(outerOf(tree, [0, 3])).toEqual([0]);
  });

  test("is itself where there is none", () => {
    expect(outerOf(tree, [0])).toEqual([0]);
  });

  test("holds it by places, not by digits", () => {
    expect(isPathWithin([1, 12], [1, 1])).toBe(false);
    expect(isPathWithin([1, 1, 2], [1, 1])).toBe(true);
    expect(isPathWithin([1, 1], [1, 1])).toBe(true);
    expect(isPathWithin([1], [1, 1])).toBe(false);
  });
});

describe("bytes that were made from others", () => {
  // Two segments of the frame, bytes 4 to 8 and 10 to 14, make source 1; its bytes 3 to 8 deciphered make source 2.
  const sources = [
    byteSource(0, 16),
    byteSource(1, 8, [
      { start: 0, end: 4, source: 0, offset: 4 },
      { start: 4, end: 8, source: 0, offset: 10 },
    ]),
    byteSource(2, 5, [{ start: 0, end: 5, source: 1, offset: 3 }]),
  ];

  test("are found where they stand themselves", () => {
    expect(rangesIn(sources, { source: 1, start: 2, end: 6 }, 1)).toEqual([
      { source: 1, start: 2, end: 6 },
    ]);
  });

  test("are traced through all sources", () => {
    // Byte 0 of source 2 is byte 3 of source 1, the last of the first segment: byte 7 of the frame.
    expect(rangesIn(sources, { source: 2, start: 0, end: 3 }, 0)).toEqual([
      { source: 0, start: 7, end: 8 },
      { source: 0, start: 10, end: 12 },
    ]);
    expect(rangesIn(sources, { source: 2, start: 0, end: 3 }, 1)).toEqual([
      { source: 1, start: 3, end: 6 },
    ]);
  });

  test("are followed to what was made of them", () => {
    expect(rangesIn(sources, { source: 0, start: 7, end: 11 }, 1)).toEqual([
      { source: 1, start: 3, end: 5 },
    ]);
    expect(rangesIn(sources, { source: 0, start: 7, end: 11 }, 2)).toEqual([
      { source: 2, start: 0, end: 2 },
    ]);
    expect(rangesIn(sources, { source: 0, start: 0, end: 4 }, 2)).toEqual([]);
  });

  test("are none where no source says so", () => {
    expect(rangesIn(sources, { source: 5, start: 0, end: 4 }, 0)).toEqual([]);
    expect(rangesIn(sources, { source: 0, start: 0, end: 4 }, 5)).toEqual([]);
  });
});

test("bits stand in groups of four, those of the mask with their value", () => {
  expect(bitText(0x10, 0x32, 1)).toBe("...1 ....");
  expect(bitText(0x0e, 0x32, 1)).toBe(".... 001.");
  expect(bitText(0xf000, 0xa01a, 2)).toBe("1010 .... .... ....");
});

test("bytes are read from hex in both cases", () => {
  expect([...bytesOf(byteSource(0, 0, [], { bytes: "007ea0fF09" }))]).toEqual([
    0, 126, 160, 255, 9,
  ]);
});

test("sources are called as people call them", () => {
  const from = { frame: 5, source: 0, offset: 0 };
  expect(sourceTitle(byteSource(0, 1))).toBe("Frame");
  expect(sourceTitle(byteSource(1, 1))).toBe("Decrypted");
  expect(sourceTitle(byteSource(1, 1, [], { kind: "fragment", from }))).toBe("Fragment of frame 5");
});
