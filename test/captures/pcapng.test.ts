import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PcapngReader } from "../../captures/pcapng.js";
import { LINK_TYPE_MESSAGE } from "../../decoder/chunk.js";
import {
  block,
  chunksOf,
  commentsOf,
  concat,
  counting,
  END_OF_OPTIONS,
  enhancedPacket,
  faultsOf,
  fields,
  type InterfaceOptions,
  interfaceDescription,
  obsoletePacket,
  option,
  problemsOf,
  readAll,
  section,
  simplePacket,
} from "./pcap-builder.js";

const units = 1_767_323_045_123_456n;
const time = { seconds: 1_767_323_045, nanoseconds: 123_456_000, dated: true };

const read = (...blocks: readonly Uint8Array[]) => readAll(new PcapngReader(), concat(...blocks));
const lengthsOf = (items: Parameters<typeof chunksOf>[0]) =>
  chunksOf(items).map((chunk) => chunk.bytes.length);

describe("pcapng", () => {
  it.each([true, false])("reads all packet blocks, little-endian %s", (little) => {
    const start = concat(
      section({ little }),
      interfaceDescription({ little, linkType: 147, snapshotLength: 8 }),
    );
    const enhanced = enhancedPacket({ little, units, data: counting(5), original: 60 });
    const obsolete = obsoletePacket({ little, units, data: counting(6) });
    const simple = simplePacket(counting(8), 100, little);
    const items = read(start, enhanced, obsolete, simple);
    const shared = { interface: 0, direction: null, linkType: 147 };
    const obsoleteAt = start.length + enhanced.length;
    expect(items).toEqual([
      {
        kind: "chunk",
        chunk: {
          ...shared,
          time,
          bytes: counting(5),
          originalLength: 60,
          position: start.length + 28,
        },
      },
      {
        kind: "chunk",
        chunk: {
          ...shared,
          time,
          bytes: counting(6),
          originalLength: 6,
          position: obsoleteAt + 28,
        },
      },
      {
        kind: "chunk",
        chunk: {
          ...shared,
          time: null,
          bytes: counting(8),
          originalLength: 100,
          position: obsoleteAt + obsolete.length + 12,
        },
      },
    ]);
  });

  it("takes a simple packet whole where there is no snapshot length", () => {
    const items = read(section(), interfaceDescription(), simplePacket(counting(9)));
    expect(lengthsOf(items)).toEqual([9]);
  });

  it("heeds if_tsresol and if_tsoffset", () => {
    const nanoseconds = option(9, Uint8Array.of(9));
    const shifted = option(14, fields(false, [8, 1_767_323_000]), false);
    const items = read(
      section({ little: false }),
      interfaceDescription({
        little: false,
        options: [option(9, Uint8Array.of(9), false), shifted, END_OF_OPTIONS],
      }),
      enhancedPacket({ little: false, units: 45_123_456_789n, data: counting(1) }),
      section(),
      interfaceDescription({ options: [nanoseconds] }),
      enhancedPacket({ units: 1_767_323_045_123_456_789n, data: counting(1) }),
    );
    const expected = { seconds: 1_767_323_045, nanoseconds: 123_456_789, dated: true };
    expect(chunksOf(items).map((chunk) => chunk.time)).toEqual([expected, expected]);
  });

  it("leaves a time out that no calendar has", () => {
    const packet = enhancedPacket({ units: 0xffff_ffff_ffff_ffffn, data: counting(1) });
    const seconds = interfaceDescription({ options: [option(9, Uint8Array.of(0))] });
    const items = read(section(), seconds, packet, packet);
    expect(chunksOf(items).map((chunk) => chunk.time)).toEqual([null, null]);
    expect(faultsOf(items)).toEqual([`warning pcapng.bad-time @${32 + 28}`]);
  });

  it("numbers interfaces over sections of different byte order and keeps their names", () => {
    const reader = new PcapngReader();
    const items = readAll(
      reader,
      concat(
        section(),
        interfaceDescription({ options: [option(2, "eth0"), option(3, "meter room")] }),
        interfaceDescription({ linkType: 147 }),
        enhancedPacket({ interface: 1, data: counting(1) }),
        section({ little: false }),
        interfaceDescription({
          little: false,
          linkType: 101,
          options: [option(2, "tun0\0", false)],
        }),
        enhancedPacket({ little: false, interface: 0, data: counting(2) }),
      ),
    );
    expect(chunksOf(items).map((chunk) => [chunk.interface, chunk.linkType])).toEqual([
      [1, 147],
      [2, 101],
    ]);
    expect(
      reader.interfaces.map(({ number, name, description }) => [number, name, description]),
    ).toEqual([
      [0, "eth0", "meter room"],
      [1, null, null],
      [2, "tun0", null],
    ]);
  });

  describe("goes on with an interface of the section before", () => {
    const named = (name: string, more: Partial<InterfaceOptions> = {}) =>
      interfaceDescription({ linkType: 147, options: [option(2, name)], ...more });
    const twoLines = [named("ttyUSB0"), named("ttyUSB1")];
    const packets = [0, 1].map((number) =>
      enhancedPacket({ interface: number, data: counting(3) }),
    );
    /** Interfaces of the packets of a second section behind one with two lines. */
    const numbers = (header: Uint8Array, ...interfaces: readonly Uint8Array[]) =>
      chunksOf(read(section(), ...twoLines, ...packets, header, ...interfaces, ...packets))
        .slice(2)
        .map((chunk) => chunk.interface);

    it("where it is described alike, whatever the comments say", () => {
      expect(numbers(section(), ...twoLines)).toEqual([0, 1]);
      const commented = named("ttyUSB0", { options: [option(2, "ttyUSB0"), option(1, "hello")] });
      expect(
        numbers(section({ comments: ["the second file"] }), commented, named("ttyUSB1")),
      ).toEqual([0, 1]);
    });

    it("through any number of sections", () => {
      const file = concat(section(), ...twoLines, ...packets);
      const reader = new PcapngReader();
      const items = readAll(reader, concat(file, file, file));
      expect(chunksOf(items).map((chunk) => chunk.interface)).toEqual([0, 1, 0, 1, 0, 1]);
      expect(reader.interfaces.map(({ name }) => name)).toEqual(["ttyUSB0", "ttyUSB1"]);
    });

    it.each([
      ["another name", section(), [named("ttyUSB2"), named("ttyUSB1")], [2, 1]],
      ["another place", section(), [named("ttyUSB1"), named("ttyUSB0")], [2, 3]],
      [
        "another link type",
        section(),
        [named("ttyUSB0", { linkType: 250 }), named("ttyUSB1")],
        [2, 1],
      ],
      [
        "another description",
        section(),
        [
          named("ttyUSB0", { options: [option(2, "ttyUSB0"), option(3, "9600 8N1")] }),
          named("ttyUSB1"),
        ],
        [2, 1],
      ],
      ["another version", section({ version: 2 }), twoLines, [2, 3]],
    ] as const)("but not with %s", (_, header, interfaces, expected) => {
      expect(numbers(header, ...interfaces)).toEqual(expected);
    });

    it("but not of another writer, nor where it has no name", () => {
      const writer = (name: string) =>
        block(0x0a0d0d0a, concat(section().subarray(8, 24), option(4, name), END_OF_OPTIONS));
      const lines = [...twoLines, ...packets];
      const two = read(writer("Obiscope 1"), ...lines, writer("Dumpcap 4"), ...lines);
      expect(chunksOf(two).map((chunk) => chunk.interface)).toEqual([0, 1, 2, 3]);
      const nameless = concat(
        section(),
        interfaceDescription(),
        enhancedPacket({ data: counting(1) }),
      );
      const twice = read(nameless, nameless);
      expect(chunksOf(twice).map((chunk) => chunk.interface)).toEqual([0, 1]);
    });
  });

  it("hands on the comments of packets, sections and interfaces", () => {
    const start = section({ comments: ["first", "second"] });
    const items = read(
      start,
      interfaceDescription({ options: [option(1, "on the bus")] }),
      enhancedPacket({
        data: counting(3),
        options: [option(2, fields(true, [4, 1])), option(1, "Zähler")],
      }),
      enhancedPacket({ data: counting(3), options: [END_OF_OPTIONS, option(1, "not read")] }),
    );
    expect(commentsOf(items)).toEqual([
      { kind: "comment", offset: 0, text: "first\nsecond" },
      { kind: "comment", offset: start.length, text: "on the bus" },
    ]);
    expect(chunksOf(items).map((chunk) => chunk.comment)).toEqual(["Zähler", undefined]);
    expect(chunksOf(items)[1]).not.toHaveProperty("comment");
  });

  it("passes other blocks over", () => {
    const items = read(
      section(),
      block(10, concat(fields(true, [4, 0x544c534b], [4, 3]), counting(3))),
      block(4, new Uint8Array(4)),
      interfaceDescription(),
      block(0xbad, concat(fields(true, [4, 32473]), counting(50))),
      block(5, new Uint8Array(12)),
      block(0x8000_0001, counting(9)),
      enhancedPacket({ data: counting(2) }),
    );
    expect(items).toHaveLength(1);
    expect(lengthsOf(items)).toEqual([2]);
  });

  it("delivers packets of an interface that was never described", () => {
    const packet = enhancedPacket({ interface: 7, units, data: counting(2) });
    const none = read(section(), packet, packet);
    expect(chunksOf(none).map((chunk) => chunk.linkType)).toEqual([
      LINK_TYPE_MESSAGE,
      LINK_TYPE_MESSAGE,
    ]);
    expect(faultsOf(none)).toEqual(["warning pcapng.unknown-interface @32"]);
    const some = read(section(), interfaceDescription({ linkType: 101 }), packet);
    expect(chunksOf(some)).toMatchObject([{ interface: 1, linkType: 101, time }]);
  });

  it("reads a section of another major version and says so", () => {
    const items = read(
      section({ version: 2 }),
      interfaceDescription(),
      enhancedPacket({ data: counting(2) }),
    );
    expect(faultsOf(items)).toEqual(["warning pcapng.unknown-version @12"]);
    expect(lengthsOf(items)).toEqual([2]);
  });
});

describe("damaged pcapng", () => {
  const start = concat(section(), interfaceDescription());
  const good = enhancedPacket({ data: counting(5) });
  const at = start.length + good.length;

  it.each([
    { name: "no multiple of 4", length: 41 },
    { name: "too small", length: 8 },
    { name: "too small for its type", length: 28 },
    { name: "absurdly large", length: 0xffff_fffc },
  ])("goes on at the next block where a length is $name", ({ length }) => {
    const bad = enhancedPacket({ data: counting(9), lengths: { length, again: 44 } });
    const items = read(start, good, bad, good, good);
    expect(lengthsOf(items)).toEqual([5, 5, 5]);
    expect(faultsOf(items)).toEqual([`warning pcapng.bad-block-length @${at}`]);
    expect(problemsOf(items)[0]?.message).toContain(`goes on at offset ${at + bad.length}`);
  });

  it("keeps a packet whose second length is wrong", () => {
    const bad = enhancedPacket({ data: counting(9), lengths: { again: 0 } });
    const between = read(start, good, bad, good);
    expect(lengthsOf(between)).toEqual([5, 9, 5]);
    expect(faultsOf(between)).toEqual([`warning pcapng.bad-block-length @${at}`]);
    const last = read(start, good, bad);
    expect(lengthsOf(last)).toEqual([5, 9]);
    expect(faultsOf(last)).toEqual([`warning pcapng.bad-block-length @${at}`]);
  });

  it("loses no packet to a first length that is too great", () => {
    const bad = enhancedPacket({ data: counting(9), lengths: { length: 80, again: 44 } });
    const items = read(start, good, bad, good, good);
    expect(lengthsOf(items)).toEqual([5, 9, 5, 5]);
    expect(faultsOf(items)).toEqual([`warning pcapng.bad-block-length @${at}`]);
  });

  it("goes on at a section of the other byte order", () => {
    const items = read(
      start,
      good,
      Uint8Array.of(1, 2, 3),
      section({ little: false }),
      interfaceDescription({ little: false }),
      enhancedPacket({ little: false, data: counting(7) }),
    );
    expect(lengthsOf(items)).toEqual([5, 7]);
    expect(faultsOf(items)).toEqual([`warning pcapng.bad-block-length @${at}`]);
  });

  it("says how much is lost where no block follows", () => {
    const items = read(start, good, new Uint8Array(100));
    expect(lengthsOf(items)).toEqual([5]);
    expect(faultsOf(items)).toEqual([`error pcapng.bad-block-length @${at}`]);
    expect(problemsOf(items)[0]?.message).toContain("the last 100 bytes");
  });

  it("delivers what is there of a packet that claims more than its block", () => {
    const bad = enhancedPacket({ data: counting(8), captured: 5000, original: 9000 });
    const items = read(start, bad, good);
    expect(lengthsOf(items)).toEqual([8, 5]);
    expect(chunksOf(items)[0]?.originalLength).toBe(9000);
    expect(faultsOf(items)).toEqual([`warning pcapng.bad-captured-length @${start.length}`]);
  });

  it("needs a section header", () => {
    expect(faultsOf(read(good, good))).toEqual(["error pcapng.no-section-header @0"]);
    const items = read(good, start, good);
    expect(faultsOf(items)).toEqual(["warning pcapng.no-section-header @0"]);
    expect(lengthsOf(items)).toEqual([5]);
  });

  it("names a byte-order magic that is none", () => {
    const bad = section();
    bad[8] = 0x99;
    expect(faultsOf(read(start, good, bad, good))).toEqual([
      `warning pcapng.bad-byte-order @${at}`,
    ]);
  });

  it("stays linear: a long block and a long damage in one-byte pushes", () => {
    const long = enhancedPacket({ data: new Uint8Array(250_000) });
    // Every 8 bytes begin a block whose second length does not agree.
    const damage = concat(
      ...Array.from({ length: 30_000 }, () => fields(true, [4, 6], [4, 200_004])),
    );
    const file = concat(start, long, damage);
    const reader = new PcapngReader();
    let chunks = 0;
    for (let index = 0; index < file.length; index += 1) {
      chunks += chunksOf(reader.push(file.subarray(index, index + 1))).length;
    }
    const items = reader.finish();
    expect(chunks + chunksOf(items).length).toBe(2);
    expect(faultsOf(items).at(-1)).toMatch(/^error pcapng/);
  });

  it("any prefix gives the whole packets, what there is of the next, and one problem", () => {
    for (const little of [true, false]) {
      const blocks = [
        section({ little, comments: ["x"] }),
        interfaceDescription({ little }),
        enhancedPacket({ little, data: counting(30), options: [option(1, "note", little)] }),
        simplePacket(counting(10), 10, little),
        block(5, new Uint8Array(12), little),
        enhancedPacket({ little, data: counting(12) }),
      ];
      const file = concat(...blocks);
      const bodies = new Map([
        [2, { data: 28, length: 30 }],
        [3, { data: 12, length: 10 }],
        [5, { data: 28, length: 12 }],
      ]);
      for (let cut = 0; cut < file.length; cut += 1) {
        const lengths: number[] = [];
        let begun = 0;
        for (const [index, { length }] of blocks.entries()) {
          const body = bodies.get(index);
          const present = cut - begun - (body?.data ?? 0);
          if (body !== undefined && present > 0) lengths.push(Math.min(present, body.length));
          if (begun + length > cut) break;
          begun += length;
        }
        const items = readAll(new PcapngReader(), file.subarray(0, cut));
        expect(lengthsOf(items)).toEqual(lengths);
        const clean = cut > 0 && cut === begun;
        expect(faultsOf(items)).toEqual(clean ? [] : [`error pcapng.truncated @${begun}`]);
      }
    }
  });
});

const little = fc.boolean();
const body = fc.uint8Array({ maxLength: 40 });
const blocks = little.chain((order) =>
  fc
    .array(
      fc.oneof(
        fc
          .record({ interface: fc.nat(2), units: fc.bigInt(0n, (1n << 64n) - 1n), data: body })
          .map((packet) => enhancedPacket({ little: order, ...packet })),
        body.map((data) => simplePacket(data, data.length, order)),
        body.map((data) => obsoletePacket({ little: order, data })),
        body.map((data) => block(0xbad, data, order)),
        fc
          .string({ maxLength: 9 })
          .map((name) =>
            interfaceDescription({ little: order, options: [option(2, name, order)] }),
          ),
      ),
      { maxLength: 8 },
    )
    .map((all) => concat(section({ little: order, comments: ["c"] }), ...all)),
);
const mutated = fc
  .tuple(
    fc.array(blocks, { minLength: 1, maxLength: 3 }).map((all) => concat(...all)),
    fc.array(
      fc.record({
        at: fc.nat(900),
        remove: fc.nat(6),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 6 }),
          fc.constant(Uint8Array.of(0xff, 0xff, 0xff, 0xff)),
          fc.constant(Uint8Array.of(0, 0, 0, 0)),
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

describe("pcapng properties", () => {
  it("any chunking of any file, whole or damaged, gives the same items", () => {
    fc.assert(
      fc.property(mutated, fc.array(fc.nat(900)), (file, cuts) => {
        const whole = readAll(new PcapngReader(), file);
        const inPieces = readAll(
          new PcapngReader(),
          file,
          cuts.filter((cut) => cut <= file.length),
        );
        expect(inPieces).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it("no damage gives bytes that are not in the file", () => {
    fc.assert(
      fc.property(mutated, (file) => {
        for (const { position, bytes } of chunksOf(readAll(new PcapngReader(), file))) {
          expect(bytes).toEqual(file.slice(position, position + bytes.length));
        }
      }),
      { numRuns: 400 },
    );
  });
});
