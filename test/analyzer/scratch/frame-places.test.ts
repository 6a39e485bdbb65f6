import { describe, expect, it } from "vitest";
import { FramePlaces } from "../../../analyzer/scratch/frame-places.js";
import { LINK_TYPE_STREAM } from "../../../decoder/chunk.js";
import type { LinkFrame } from "../../../decoder/link/link-frame.js";
import { toBytes } from "../../decoder/dissect-bytes.js";

/** A chunk whose byte `n` stands at `first + 3 n`. */
function add(places: FramePlaces, hex: string, first: number): void {
  const bytes = toBytes(hex);
  const starts = Array.from(bytes, (_, index) => first + 3 * index);
  places.add({
    kind: "chunk",
    chunk: {
      interface: 0,
      time: null,
      direction: null,
      linkType: LINK_TYPE_STREAM,
      bytes,
      originalLength: bytes.length,
      position: first,
    },
    places: Uint32Array.from(starts.flatMap((start) => [start, start + 2])),
  });
}

function take(places: FramePlaces, hex: string): number[] {
  const link: LinkFrame = {
    framing: "noise",
    bytes: toBytes(hex),
    time: null,
    interface: 0,
    mark: null,
    carriers: [],
    pieces: [],
    flow: "",
    fromFirst: null,
    notices: [],
  };
  return [...places.take(link)].filter((_, index) => index % 2 === 0);
}

const NOWHERE = 0xffffffff;

describe("places of frames", () => {
  it("follow frames that begin and end within chunks", () => {
    const places = new FramePlaces();
    add(places, "010203", 0);
    add(places, "0405", 100);
    expect(take(places, "0102")).toEqual([0, 3]);
    expect(take(places, "030405")).toEqual([6, 100, 103]);
    add(places, "06", 200);
    expect(take(places, "06")).toEqual([200]);
  });

  it("are not known from a frame on that has other bytes", () => {
    const places = new FramePlaces();
    add(places, "0102030405", 0);
    expect(take(places, "01")).toEqual([0]);
    expect(take(places, "0207")).toEqual([NOWHERE, NOWHERE]);
    expect(take(places, "04")).toEqual([NOWHERE]);
  });

  it("are not known for bytes that no chunk brought", () => {
    const places = new FramePlaces();
    add(places, "0102", 0);
    expect(take(places, "010203")).toEqual([NOWHERE, NOWHERE, NOWHERE]);
  });
});
