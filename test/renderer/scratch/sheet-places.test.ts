import { describe, expect, it } from "vitest";
import type { FrameDetail, SheetPlaces } from "../../../analyzer/protocol/index.js";
import {
  byteAt,
  layerRuns,
  litRuns,
  otherFrames,
  runsOf,
} from "../../../renderer/scratch/sheet-places.js";
import { byteSource, node } from "../detail/nodes.js";

const text = "TX: 7E A0 07\n    03 21 93";
// The six pairs of the text, found by hand; bytes 3 to 5 stand in the second line.
const places = [4, 6, 7, 9, 10, 12, 17, 19, 20, 22, 23, 25];

const spelled = (runs: readonly { start: number; end: number }[]) =>
  runs.map(({ start, end }) => text.slice(start, end));

function frame(
  number: number,
  sources: FrameDetail["sources"],
  tree: FrameDetail["tree"] = [],
): FrameDetail {
  // Of a row only the number is looked at.
  const row = { number } as FrameDetail["row"];
  return { row, generation: 1, sources, tree, problems: [], verdict: null, process: null };
}

const placed = (...of: (readonly [source: number, places: readonly number[]])[]): SheetPlaces => ({
  version: "1",
  sources: of.map(([source, its]) => ({ source, places: its })),
});

describe("the characters of bytes", () => {
  it("are one run as long as nothing but a separator stands between them", () => {
    expect(spelled(runsOf(places, 0, 3))).toEqual(["7E A0 07"]);
    expect(spelled(runsOf(places, 1, 5))).toEqual(["A0 07", "03 21"]);
    expect(spelled(runsOf(places, 4, 99))).toEqual(["21 93"]);
    expect(runsOf(places, 3, 3)).toEqual([]);
  });

  it("leave out bytes that no characters spell, and keep to their order in the text", () => {
    expect(spelled(runsOf([-1, -1, 7, 9, -1, -1, 4, 6], 0, 4))).toEqual(["A0", "7E"]);
  });
});

describe("the byte of a character", () => {
  it("is the one that is spelled there", () => {
    expect([4, 5, 7, 24].map((offset) => byteAt(places, offset))).toEqual([0, 0, 1, 5]);
    expect([0, 6, 12, 16, 25, 99].map((offset) => byteAt(places, offset))).toEqual(
      Array(6).fill(null),
    );
  });

  it("is found where bytes do not stand in their order", () => {
    const turned = [17, 19, 4, 6, -1, -1, 7, 9];
    expect([17, 4, 8].map((offset) => byteAt(turned, offset))).toEqual([0, 1, 3]);
    expect(byteAt(turned, 6)).toBeNull();
    expect(byteAt([], 0)).toBeNull();
  });
});

describe("what is lit with a field", () => {
  it("are its own bytes", () => {
    const detail = frame(1, [byteSource(0, 6)]);
    const runs = litRuns(
      detail,
      { source: 0, start: 1, end: 3 },
      new Map([[1, placed([0, places])]]),
    );
    expect(spelled(runs)).toEqual(["A0 07"]);
  });

  it("are the ciphered bytes of what was deciphered", () => {
    const origin = [{ start: 0, end: 2, source: 0, offset: 3 }];
    const detail = frame(1, [byteSource(0, 6), byteSource(1, 2, origin)]);
    const runs = litRuns(
      detail,
      { source: 1, start: 1, end: 2 },
      new Map([[1, placed([0, places])]]),
    );
    expect(spelled(runs)).toEqual(["21"]);
  });

  it("are the bytes in every frame that brought a part", () => {
    // A message of four bytes: two from frame 1, whose frame begins with A0, two from frame 2 itself.
    const fragment = byteSource(1, 2, [], {
      kind: "fragment",
      from: { frame: 1, source: 0, offset: 1 },
    });
    const whole = byteSource(2, 4, [
      { start: 0, end: 2, source: 1, offset: 0 },
      { start: 2, end: 4, source: 0, offset: 1 },
    ]);
    const detail = frame(2, [byteSource(0, 3), fragment, whole]);
    expect(otherFrames(detail)).toEqual([1]);
    const frames = new Map([
      [1, placed([0, places.slice(0, 6)])],
      [2, placed([0, places.slice(6)])],
    ]);
    const lit = (start: number, end: number) =>
      spelled(litRuns(detail, { source: 2, start, end }, frames)).sort();
    expect(lit(0, 2)).toEqual(["A0 07"]);
    expect(lit(1, 3)).toEqual(["07", "21"]);
    // Where the other frame is not known, what is known is lit.
    frames.delete(1);
    expect(lit(1, 3)).toEqual(["21"]);
  });

  it("are the headers of the packet, which stand in it alone", () => {
    const packet = byteSource(1, 6, [], { kind: "packet" });
    const detail = frame(1, [
      byteSource(0, 3, [{ start: 0, end: 3, source: 1, offset: 3 }]),
      packet,
    ]);
    const frames = new Map([[1, placed([0, places.slice(6)], [1, places])]]);
    expect(spelled(litRuns(detail, { source: 1, start: 0, end: 2 }, frames))).toEqual(["7E A0"]);
    expect(spelled(litRuns(detail, { source: 0, start: 0, end: 1 }, frames))).toEqual(["03"]);
  });
});

describe("the layers of a frame", () => {
  it("are those of the innermost fields, in runs", () => {
    const tree = [node("hdlc", [0, 6], [node("xdlms.apdu", [2, 4])])];
    const runs = layerRuns(frame(1, [byteSource(0, 6)], tree), placed([0, places]));
    expect(runs.map((run) => [run.layer, text.slice(run.start, run.end)])).toEqual([
      ["link", "7E A0"],
      ["xdlms", "07"],
      ["xdlms", "03"],
      ["link", "21 93"],
    ]);
  });
});
