import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PcapReader } from "../../captures/pcap.js";
import {
  chunksOf,
  concat,
  counting,
  faultsOf,
  PCAP_MICROSECONDS,
  PCAP_MODIFIED,
  PCAP_NANOSECONDS,
  type PcapRecord,
  pcapFile,
  pcapHeader,
  pcapRecord,
  problemsOf,
  readAll,
} from "./pcap-builder.js";

const seconds = 1_767_323_045;
const three: readonly PcapRecord[] = [
  { seconds, fraction: 123_456, data: counting(5) },
  { seconds: seconds + 1, fraction: 0, data: new Uint8Array(0) },
  { seconds: seconds + 2, fraction: 999_999, data: counting(300), original: 1500 },
];

const variants = [
  { name: "microseconds", magic: PCAP_MICROSECONDS, header: 16, nanoseconds: 1000 },
  { name: "nanoseconds", magic: PCAP_NANOSECONDS, header: 16, nanoseconds: 1 },
  { name: "modified", magic: PCAP_MODIFIED, header: 24, nanoseconds: 1000 },
].flatMap((variant) => [
  { ...variant, little: true },
  { ...variant, little: false },
]);

describe("pcap", () => {
  it.each(variants)("reads $name, little-endian $little", (variant) => {
    const { magic, little, header, nanoseconds } = variant;
    const items = readAll(new PcapReader(), pcapFile(three, { magic, little, linkType: 113 }));
    let position = 24;
    const expected = three.map((record) => {
      position += header;
      const chunk = {
        interface: 0,
        time: {
          seconds: record.seconds,
          nanoseconds: record.fraction * nanoseconds,
          dated: true,
        },
        direction: null,
        linkType: 113,
        bytes: record.data,
        originalLength: record.original ?? record.data.length,
        position,
      };
      position += record.data.length;
      return { kind: "chunk", chunk };
    });
    expect(items).toEqual(expected);
  });

  it("gives plain Uint8Arrays, not Buffers", () => {
    const [chunk] = chunksOf(readAll(new PcapReader(), Buffer.from(pcapFile(three))));
    expect(chunk?.bytes.constructor).toBe(Uint8Array);
  });

  it("masks what stands beside the link type", () => {
    // Frame check sequence of 4 bytes (2 words), known to be there.
    const file = pcapFile(three, { linkType: 0x2400_0001 });
    expect(chunksOf(readAll(new PcapReader(), file)).map((chunk) => chunk.linkType)).toEqual([
      1, 1, 1,
    ]);
  });

  it("reads other versions as 2.4 and says so", () => {
    const items = readAll(new PcapReader(), pcapFile(three, { version: [3, 1] }));
    expect(faultsOf(items)).toEqual(["warning pcap.unknown-version @4"]);
    expect(chunksOf(items)).toHaveLength(3);
  });

  it("reads a file without packets", () => {
    expect(readAll(new PcapReader(), pcapHeader())).toEqual([]);
  });

  it("carries a fraction over that is a second or more", () => {
    const file = pcapFile([{ seconds, fraction: 2_500_000, data: counting(1) }, ...three]);
    const items = readAll(new PcapReader(), file);
    expect(chunksOf(items)[0]?.time).toEqual({
      seconds: seconds + 2,
      nanoseconds: 500_000_000,
      dated: true,
    });
    expect(faultsOf(items)).toEqual(["warning pcap.bad-time @28"]);
    expect(chunksOf(items)).toHaveLength(4);
  });

  it("takes the captured length for the original one where that is less, and says so once", () => {
    const record = { seconds, fraction: 0, data: counting(4), original: 0 };
    const items = readAll(new PcapReader(), pcapFile([...three, record, record, ...three]));
    expect(chunksOf(items).map((chunk) => chunk.originalLength)).toEqual([
      5, 0, 1500, 4, 4, 5, 0, 1500,
    ]);
    expect(faultsOf(items)).toEqual([`warning pcap.bad-original-length @${24 + 48 + 305 + 12}`]);
  });

  it("gives an interface of its own to a file joined behind", () => {
    const second = pcapFile(three, { magic: PCAP_NANOSECONDS, little: false, linkType: 101 });
    const items = readAll(new PcapReader(), concat(pcapFile(three), second));
    expect(chunksOf(items).map((chunk) => [chunk.interface, chunk.linkType])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 101],
      [1, 101],
      [1, 101],
    ]);
    expect(faultsOf(items)).toEqual([`warning pcap.joined-files @${pcapFile(three).length}`]);
  });

  it("refuses what is no pcap", () => {
    const reader = new PcapReader();
    const items = [...reader.push(counting(40)), ...reader.push(counting(40)), ...reader.finish()];
    expect(faultsOf(items)).toEqual(["error pcap.bad-magic @0"]);
    expect(problemsOf(items)[0]?.message).toContain("01020304");
  });
});

describe("damaged pcap", () => {
  const bad = { seconds, fraction: 0, data: counting(50), captured: 0xe000_0000 };

  it.each(variants)("goes on behind a corrupt length ($name, $little)", (variant) => {
    const options = { magic: variant.magic, little: variant.little };
    const file = concat(
      pcapFile(three, options),
      pcapRecord(bad, options),
      ...[5, 6, 7].map((length) =>
        pcapRecord({ seconds: seconds + length, fraction: 0, data: counting(length) }, options),
      ),
    );
    const items = readAll(new PcapReader(), file);
    expect(chunksOf(items).map((chunk) => chunk.bytes.length)).toEqual([5, 0, 300, 5, 6, 7]);
    const offset = pcapFile(three, options).length;
    expect(faultsOf(items)).toEqual([`warning pcap.bad-packet-length @${offset}`]);
    const goesOn = offset + variant.header + 50;
    expect(problemsOf(items)[0]?.message).toContain(`goes on at offset ${goesOn}`);
  });

  it("names the bytes that are lost where nothing follows", () => {
    const items = readAll(new PcapReader(), concat(pcapFile(three), pcapRecord(bad)));
    const offset = pcapFile(three).length;
    expect(faultsOf(items)).toEqual([`error pcap.bad-packet-length @${offset}`]);
    expect(problemsOf(items)[0]?.message).toContain("the last 66 bytes");
    expect(chunksOf(items)).toHaveLength(3);
  });

  it("believes a length beyond 262144 only if the snapshot length does", () => {
    const long = { seconds, fraction: 0, data: new Uint8Array(300_000) };
    const small = readAll(new PcapReader(), pcapFile([long], { snapshotLength: 65_535 }));
    expect(faultsOf(small)).toEqual(["error pcap.bad-packet-length @24"]);
    const great = readAll(new PcapReader(), pcapFile([long], { snapshotLength: 500_000 }));
    expect(chunksOf(great)[0]?.bytes).toHaveLength(300_000);
  });

  it("stays linear: a long record and a long damage in one-byte pushes", () => {
    const reader = new PcapReader();
    const long = { seconds, fraction: 0, data: new Uint8Array(250_000) };
    const file = concat(pcapFile([long, bad]), new Uint8Array(250_000));
    let chunks = 0;
    for (let at = 0; at < file.length; at += 1) {
      chunks += chunksOf(reader.push(file.subarray(at, at + 1))).length;
    }
    expect(chunks).toBe(1);
    expect(faultsOf(reader.finish())).toEqual([`error pcap.bad-packet-length @${24 + 250_016}`]);
  });

  it("any prefix gives the whole packets, what there is of the next, and one problem", () => {
    for (const variant of variants) {
      const options = { magic: variant.magic, little: variant.little };
      const file = pcapFile(three, options);
      const starts = [24];
      for (const record of three) {
        starts.push((starts.at(-1) ?? 0) + variant.header + record.data.length);
      }
      for (let cut = 0; cut < file.length; cut += 1) {
        const items = readAll(new PcapReader(), file.subarray(0, cut));
        const whole = starts.filter((start) => start <= cut).length - 1;
        const begun = starts[whole] ?? 0;
        const partial = cut - begun - variant.header;
        const lengths = three.slice(0, Math.max(whole, 0)).map((record) => record.data.length);
        if (whole >= 0 && partial > 0) lengths.push(partial);
        expect(chunksOf(items).map((chunk) => chunk.bytes.length)).toEqual(lengths);
        const clean = whole >= 0 && cut === begun;
        expect(faultsOf(items)).toEqual(clean ? [] : [`error pcap.truncated @${begun}`]);
      }
    }
  });

  it("keeps the wire length of a packet that the file's end cuts", () => {
    const items = readAll(new PcapReader(), pcapFile(three).subarray(0, 24 + 21 + 16 + 16 + 7));
    expect(chunksOf(items)[2]).toMatchObject({ bytes: counting(7), originalLength: 1500 });
  });
});

const records = fc.array(
  fc.record({
    seconds: fc.nat(0xffff_ffff),
    fraction: fc.nat(999_999),
    data: fc.uint8Array({ maxLength: 40 }),
  }),
  { maxLength: 12 },
);
const options = fc.record({
  magic: fc.constantFrom(PCAP_MICROSECONDS, PCAP_NANOSECONDS, PCAP_MODIFIED),
  little: fc.boolean(),
});

/** A file, some of its bytes overwritten, cut out or put in. */
const mutated = fc
  .tuple(
    fc.tuple(records, options).map(([all, kind]) => pcapFile(all, kind)),
    fc.array(
      fc.record({
        at: fc.nat(700),
        remove: fc.nat(6),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 6 }),
          fc.constant(Uint8Array.of(0xff, 0xff, 0xff, 0xff)),
        ),
      }),
      { maxLength: 4 },
    ),
  )
  .map(([file, edits]) =>
    edits.reduce(
      (bytes, { at, remove, insert }) =>
        concat(bytes.subarray(0, at), insert, bytes.subarray(at + remove)),
      file,
    ),
  );

describe("pcap properties", () => {
  it("gives what was written", () => {
    fc.assert(
      fc.property(records, options, (all, kind) => {
        const chunks = chunksOf(readAll(new PcapReader(), pcapFile(all, kind)));
        expect(chunks.map(({ time, bytes }) => [time?.seconds, bytes])).toEqual(
          all.map((record) => [record.seconds, record.data]),
        );
      }),
    );
  });

  it("any chunking of any file, whole or damaged, gives the same items", () => {
    fc.assert(
      fc.property(mutated, fc.array(fc.nat(700)), (file, cuts) => {
        const whole = readAll(new PcapReader(), file);
        const inPieces = readAll(
          new PcapReader(),
          file,
          cuts.filter((cut) => cut <= file.length),
        );
        expect(inPieces).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it("no damage gives a byte twice or one that is not in the file", () => {
    fc.assert(
      fc.property(mutated, (file) => {
        let end = 0;
        for (const { position, bytes } of chunksOf(readAll(new PcapReader(), file))) {
          expect(position).toBeGreaterThanOrEqual(end);
          end = position + bytes.length;
          expect(bytes).toEqual(file.slice(position, end));
        }
      }),
      { numRuns: 400 },
    );
  });
});
