/** What holds for every input, from chunks to frames in the contract's form. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CaptureChunk,
  type Frame,
  FrameDecoder,
  type FrameJson,
  type Framing,
  LINK_TYPE_MESSAGE,
  presentFrame,
  TextBuffer,
  writeFrameText,
} from "../../decoder/index.js";
import {
  chunk,
  type SampleCapture,
  sampleKeys,
  sampleMessages,
  sampleStreams,
} from "./sample-captures.js";
import { findBrokenPromises } from "./tree-checks.js";

const samples = [...sampleStreams, ...sampleMessages];

interface Input {
  readonly framing?: Framing;
  readonly chunks: readonly CaptureChunk[];
}

function decode({ framing, chunks }: Input, tree = true): Frame[] {
  const decoder = new FrameDecoder({ framing: framing ?? "auto", keySets: sampleKeys, tree });
  const frames = chunks.flatMap((part) => [...decoder.push(part)]);
  return [...frames, ...decoder.finish()];
}

const toJson = (input: Input, tree = true): FrameJson[] =>
  decode(input, tree).map((frame) => presentFrame(frame));

/** Every promise on the frames of an input: none may throw, lose a byte or count wrongly. */
function expectPromises(input: Input): void {
  const frames = decode(input);
  expect(frames.flatMap(findBrokenPromises)).toEqual([]);
  expect(frames.map(({ number }) => number)).toEqual(frames.map((_, i) => i + 1));
  const json = frames.map((frame) => presentFrame(frame));
  expect(json.map(({ number }) => number)).toEqual(frames.map((_, i) => i + 1));
  const out = new TextBuffer();
  for (const frame of frames) writeFrameText(out, frame, { tree: true });
  expect(out.length > 0).toBe(frames.length > 0);
}

/** Without a tree everything else is the same. */
function expectSameWithoutTree(input: Input): void {
  const withTree = toJson(input).map(({ tree, sources, ...frame }) => frame);
  expect(toJson(input, false)).toEqual(withTree);
}

/** Where something is changed (a share of the length), and how. */
const edit = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom("replace", "insert", "remove", "repeat"),
  byte: fc.integer({ min: 0, max: 255 }),
  count: fc.integer({ min: 1, max: 12 }),
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

function change(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let changed = [...bytes];
  for (const { place, kind, byte, count } of edits) {
    const at = Math.floor(place * changed.length);
    const behind = kind === "insert" ? at : kind === "replace" ? at + 1 : at + count;
    const middle =
      kind === "repeat" ? [...changed.slice(at, behind), ...changed.slice(at, behind)] : [byte];
    changed = [
      ...changed.slice(0, at),
      ...(kind === "remove" ? [] : middle),
      ...changed.slice(behind),
    ];
  }
  return Uint8Array.from(changed);
}

/** Changes every chunk, so that damage in packets and lines comes in all of them. */
function changeChunks({ framing, chunks }: SampleCapture, edits: readonly Edit[]): Input {
  const changed = chunks.map((part) => {
    const bytes = change(part.bytes, edits);
    return { ...part, bytes, originalLength: bytes.length };
  });
  return { ...(framing === undefined ? {} : { framing }), chunks: changed };
}

/** The bytes in parts, cut at those shares of the length. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = places.map((place) => Math.floor(place * bytes.length)).sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const framings: readonly (Framing | undefined)[] = [
  undefined,
  "hdlc",
  "wrapper",
  "llc",
  "llc-61334",
  "mbus",
  "apdu",
  "p1",
  "iec-62056-21",
];

describe("every frame of the samples", () => {
  it.for(samples)("$name is whole", (sample) => {
    expectPromises(sample);
    expectSameWithoutTree(sample);
  });

  it.for(samples)("$name holds APDUs and values", (sample) => {
    const frames = decode(sample, false);
    expect(frames.length).toBeGreaterThan(1);
    const noise = frames.filter(({ framing }) => framing === "noise");
    expect(noise).toEqual([]);
    const ciphered = frames.flatMap(({ ciphering }) =>
      ciphering === undefined ? [] : [ciphering],
    );
    expect(ciphered.map(({ status }) => status)).toEqual(ciphered.map(() => "decrypted"));
  });

  it.for(samples)("$name is the same for two decoders", (sample) => {
    expect(JSON.stringify(toJson(sample))).toBe(JSON.stringify(toJson(sample)));
  });
});

describe("damaged captures", () => {
  it.for(samples)("$name, changed: explained to the last byte", (sample) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const input = changeChunks(sample, edits);
        expectPromises(input);
        expectSameWithoutTree(input);
      }),
      { numRuns: 25 },
    );
  });

  it.for(samples)("$name, cut off: explained to the last byte", ({ framing, chunks }) => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (last, place) => {
        const kept = chunks.slice(0, 1 + (last % chunks.length)).map((part, i, all) => {
          const length = i < all.length - 1 ? part.bytes.length : place * part.bytes.length;
          return { ...part, bytes: part.bytes.subarray(0, length) };
        });
        expectPromises({ ...(framing === undefined ? {} : { framing }), chunks: kept });
      }),
      { numRuns: 25 },
    );
  });

  it.for(framings)("random bytes, read as %s", (framing) => {
    // Bytes that mean something come more often than chance would have them.
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0x7e, 0xa0, 0xe6, 0xe7, 0x68, 0x16, 0x2f, 0x0d, 0x0a, 0xc4, 0xdb, 1, 2, 9),
    );
    const bytes = fc.array(byte, { maxLength: 120 }).map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(fc.array(fc.tuple(bytes, fc.boolean()), { maxLength: 4 }), (parts) => {
        const chunks = parts.map(([part, boundary]) =>
          boundary ? chunk(part, LINK_TYPE_MESSAGE) : chunk(part),
        );
        const input = { ...(framing === undefined ? {} : { framing }), chunks };
        expectPromises(input);
        expectSameWithoutTree(input);
      }),
      { numRuns: 60 },
    );
  });

  it("random packets of every link type", () => {
    const bytes = fc.uint8Array({ maxLength: 160 });
    // LINKTYPE_ numbers of pcap that are decoded, and one that is not.
    const linkType = fc.constantFrom(0, 1, 9, 12, 101, 108, 113, 147, 228, 229, 252, 276, 250, 3);
    fc.assert(
      fc.property(fc.array(fc.tuple(bytes, linkType), { maxLength: 4 }), (packets) => {
        const input = { chunks: packets.map(([packet, type]) => chunk(packet, type)) };
        expectPromises(input);
        expectSameWithoutTree(input);
      }),
      { numRuns: 100 },
    );
  });
});

describe("chunks of a stream", () => {
  const expectSame = (bytes: Uint8Array, shares: readonly number[]) => {
    const whole = toJson({ chunks: [chunk(bytes)] });
    const parts = toJson({ chunks: cut(bytes, shares).map((part) => chunk(part)) });
    expect(parts).toEqual(whole);
  };
  const bytesOf = ({ chunks }: SampleCapture) => chunks[0]?.bytes ?? new Uint8Array(0);

  it.for(sampleStreams)("$name gives the same frames however it is cut", (sample) => {
    fc.assert(
      fc.property(places, (shares) => expectSame(bytesOf(sample), shares)),
      { numRuns: 25 },
    );
  });

  it.for(sampleStreams)("$name gives the same frames byte by byte", (sample) => {
    const bytes = bytesOf(sample);
    expectSame(
      bytes,
      Array.from(bytes, (_, i) => i / bytes.length),
    );
  });

  it.for(sampleStreams)("$name, changed, gives the same frames however it is cut", (sample) => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(edits, places, (list, shares) =>
        expectSame(change(bytesOf(sample), list), shares),
      ),
      { numRuns: 25 },
    );
  });
});
