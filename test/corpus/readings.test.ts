/**
 * The readings of the corpus: what its sources publish as values, the rows of the profiles in its
 * sessions, and the names of the objects that occur. Rows are counted by hand from the bytes quoted.
 */
import { describe, expect, it } from "vitest";
import { objectsOf } from "../../decoder/conversation/names/object-names.js";
import { findAttribute, findMethod } from "../../decoder/cosem/find-class.js";
import { standardNames } from "../../decoder/cosem/standard-names.js";
import {
  type DescribedReading,
  describeReading,
  type Frame,
  formatLogicalName,
  nameOfReading,
  readingsOf,
} from "../../decoder/index.js";
import { readListedObjects } from "../../decoder/readings/listed-objects.js";
import { isData } from "../../decoder/xdlms/data.js";
import { type CorpusItem, corpusIsHere, readItems } from "./corpus.js";
import { decodeItem } from "./decode-item.js";
import { toIso } from "./translator-xml.js";

const items = readItems().filter(({ framing }) => framing !== "crypto");
const names = standardNames();
const framesOfItems = new Map<string, readonly Frame[]>();

/** The frames of an item, decoded once. */
function framesOf(id: string): readonly Frame[] {
  let frames = framesOfItems.get(id);
  if (frames === undefined) {
    const item = items.find((candidate) => candidate.id === id);
    if (item === undefined) throw new Error(`the corpus has no ${id}`);
    frames = decodeItem(item, { tree: false });
    framesOfItems.set(id, frames);
  }
  return frames;
}

function readingsOfFrame(id: string, number: number): readonly DescribedReading[] {
  const frame = framesOf(id)[number - 1];
  if (frame === undefined) throw new Error(`${id} has no frame ${number}`);
  return readingsOf(frame).map((reading) => describeReading(reading, names));
}

/** Published values that no reading has, and why; `*` is all of an item's. */
const noReadings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "fkw9-esp-smartmeter-netznoe-mbus-0002": {
    "0.0.96.1.0.255": "a text at the end, without a name before it",
  },
  "esphome-libs-dlms-parser-hdlc-0003": { "0.0.0.0.0.0": "a text without a name before it" },
  "esphome-libs-dlms-parser-hdlc-0004": { "0.0.0.0.0.0": "a date-time without a name before it" },
  "esphome-libs-dlms-parser-hdlc-0005": { "*": "the message cannot be read to its end" },
  "esphome-libs-dlms-parser-pdu-0001": { "0.2.25.9.0.255": "the value is a logical name" },
  "esphome-libs-dlms-parser-pdu-0002": {
    "*": "a list of objects, then their values: the source takes each for 0",
  },
};

/** The factor of the prefix that a text has before its unit: `1.122 kW`. */
const prefixes: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };

/** The number that people read in the text, in the unit without a prefix, and how exact it is. */
function readText({ text, unit }: DescribedReading): { value: number; step: number } {
  const [, digits = "", decimals = "", suffix = ""] =
    /^(-?\d+(?:\.(\d+))?)(?: (\S+))?$/.exec(text) ?? [];
  const prefix = suffix.slice(0, suffix.length - (unit?.length ?? 0));
  const factor = prefix === "" ? 1 : (prefixes[prefix] ?? Number.NaN);
  return { value: Number(digits) * factor, step: factor / 10 ** decimals.length };
}

function isPublishedAs(reading: DescribedReading, published: unknown): boolean {
  if (typeof published === "number") {
    if (reading.value !== published) return reading.classId === 70 && reading.raw === published;
    const { value, step } = readText(reading);
    // An enumeration has a word for its text.
    return Number.isNaN(value) || Math.abs(value - published) <= step / 2;
  }
  return reading.value === published || reading.value === toIso(String(published));
}

describe.skipIf(!corpusIsHere)("published values", () => {
  it.for(items.filter(({ expect: stated }) => stated?.["obis_values"] !== undefined))(
    "$id has a reading for each",
    ({ id, expect: stated }: CorpusItem) => {
      const published = Object.entries(stated?.["obis_values"] ?? {});
      const readings = framesOf(id).flatMap((frame) =>
        readingsOf(frame).map((reading) => describeReading(reading, names)),
      );
      const missing = published.filter(([obis, value]) => {
        // The sources do not say which attribute: of a disconnector, pushes bring control_state.
        const own = readings.filter(({ logicalName }) => logicalName.join(".") === obis);
        return !own.some((reading) => isPublishedAs(reading, value));
      });
      const excused = noReadings[id] ?? {};
      if ("*" in excused) expect(missing).toHaveLength(published.length);
      else expect(missing.map(([obis]) => obis)).toEqual(Object.keys(excused));
    },
  );
});

interface Buffer {
  readonly item: string;
  /** The one that completes the answer. */
  readonly frame: number;
  readonly profile: string;
  /** The count bytes of the array and of the structure of a row, quoted from the first block. */
  readonly quoted: string;
  readonly rows: number;
  readonly columns: number;
  /** Of the first row and of the last. */
  readonly times: readonly [string | undefined, string | undefined];
  /** By row and column, both from 1: raw values. */
  readonly values: readonly (readonly [row: number, column: number, value: number | null])[];
}

const elster = "blockworksco-playground-hdlc-0002";
const prime = "matousp-432-0001";

/**
 * Date-times: 07e0 is 2016, then month, day, day of the week, hour, minute, second, hundredths,
 * deviation in minutes from local time to UTC, clock status. IEC 62056-6-2, Date and time formats.
 */
const buffers: readonly Buffer[] = [
  {
    item: elster,
    frame: 38,
    profile: "1-0:99.1.0*255",
    // Frame 20. Its first row begins 090c 07e00716 00 0b0000 ff 0078 00: 22 July, 11:00, deviation 120.
    quoted: "01 31 02 0b",
    rows: 0x31,
    columns: 0x0b,
    // Frame 38 ends with the row 07e00719 00 0b0000 ff 0078 00 of 25 July, 11:00.
    times: ["2016-07-22T11:00:00-02:00", "2016-07-25T11:00:00-02:00"],
    values: [
      // 1200b7 1200b7 1200b6 120949, then 060000afe1 for the eighth.
      [1, 2, 0xb7],
      [1, 4, 0xb6],
      [1, 5, 0x949],
      [1, 8, 0xafe1],
      [1, 11, 0xf938],
      // 120916 in the last row.
      [49, 7, 0x916],
    ],
  },
  {
    item: elster,
    frame: 62,
    profile: "0-0:99.98.0*255",
    // Frame 42: 013f 020c 090c 07e00716 05 0c0b25 00 0000 00 110b, five numbers of 2 bytes, 12091a.
    quoted: "01 3f 02 0c",
    rows: 0x3f,
    columns: 0x0c,
    // The last row, in frame 62: 07e00713 02 0d302d.
    times: ["2016-07-22T12:11:37+00:00", "2016-07-19T13:48:45+00:00"],
    values: [
      [1, 2, 0x0b],
      [1, 8, 0x91a],
      [63, 2, 0x01],
      [63, 12, 0x93],
    ],
  },
  {
    item: elster,
    frame: 88,
    profile: "0-0:99.98.1*255",
    // Frame 64: 014b 020c 090c 07e00716 05 0c0b29 00 0000 00 1139, ends 06000023aa.
    quoted: "01 4b 02 0c",
    rows: 0x4b,
    columns: 0x0c,
    times: ["2016-07-22T12:11:41+00:00", undefined],
    values: [
      [1, 2, 0x39],
      [1, 12, 0x23aa],
    ],
  },
  {
    item: elster,
    frame: 98,
    profile: "0-0:99.98.4*255",
    // Frame 90: 0119 020c 090c 07e00716 05 0c0a2f 00 0000 00 11ce. Frame 98: 07e00713 02 0e1131 ends 0000000101.
    quoted: "01 19 02 0c",
    rows: 0x19,
    columns: 0x0c,
    times: ["2016-07-22T12:10:47+00:00", "2016-07-19T14:17:49+00:00"],
    values: [
      [1, 2, 0xce],
      [25, 12, 0x101],
    ],
  },
  {
    item: elster,
    frame: 104,
    profile: "1-0:98.1.0*255",
    // Frame 102: 0101 024a 090c 07e00719 01 0b0434 00 0000 00 06000003b2 150000000005713dec.
    quoted: "01 01 02 4a",
    rows: 1,
    columns: 0x4a,
    times: ["2016-07-25T11:04:52+00:00", "2016-07-25T11:04:52+00:00"],
    values: [
      [1, 2, 0x3b2],
      [1, 3, 0x5713dec],
      // The last one, in frame 104: 0600000000.
      [1, 74, 0],
    ],
  },
  {
    item: elster,
    frame: 120,
    profile: "0-0:99.98.2*255",
    // Frame 114: 013a 0202 090c and twelve zeros, which are no date; 1100. Frame 120 ends 1165.
    quoted: "01 3a 02 02",
    rows: 0x3a,
    columns: 2,
    times: [undefined, undefined],
    values: [
      [1, 2, 0],
      // The sixth row: 07e00719 01 0a2719 00 0000 00 1166.
      [6, 2, 0x66],
      [58, 2, 0x65],
    ],
  },
  {
    item: elster,
    frame: 124,
    profile: "0-0:99.98.5*255",
    // 0101 020c 090c 07e00713 02 0d1338 00 0000 00 11fb 1201f4.
    quoted: "01 01 02 0c",
    rows: 1,
    columns: 0x0c,
    times: ["2016-07-19T13:19:56+00:00", "2016-07-19T13:19:56+00:00"],
    values: [
      [1, 2, 0xfb],
      [1, 3, 0x1f4],
    ],
  },
  {
    item: prime,
    frame: 8,
    profile: "0-0:21.0.5*255",
    // 0101 020d 090c 07ea0418 05 131b07 00 ff88 80 1200e4 120000 00 00 00 00 120000, four times
    // 0600000000, 1203e8. ff88 is -120, status 80 is daylight saving.
    quoted: "01 01 02 0d",
    rows: 1,
    columns: 0x0d,
    times: ["2026-04-24T19:27:07+02:00", "2026-04-24T19:27:07+02:00"],
    values: [
      [1, 2, 0xe4],
      [1, 4, null],
      [1, 13, 0x3e8],
    ],
  },
  {
    item: prime,
    frame: 10,
    profile: "0-0:21.0.6*255",
    // 0101 0207 090c 07ea0418 05 131b08 00 ff88 80, six times 0600000000.
    quoted: "01 01 02 07",
    rows: 1,
    columns: 7,
    times: ["2026-04-24T19:27:08+02:00", "2026-04-24T19:27:08+02:00"],
    values: [[1, 7, 0]],
  },
  {
    item: "matousp-pcap-0001",
    frame: 107,
    profile: "1-0:99.1.0*255",
    // Frame 102: 010c 0202 090c 07e20207 07 000000 ff 8000 00 0500002705; frame 107 ends
    // 07e20207 07 0b0000 ff 8000 00 0500002710. Deviation 8000 is not specified.
    quoted: "01 0c 02 02",
    rows: 12,
    columns: 2,
    times: ["2018-02-07T00:00:00*", "2018-02-07T11:00:00*"],
    values: [
      [1, 2, 0x2705],
      [12, 2, 0x2710],
    ],
  },
  {
    item: "matousp-pcap-0003",
    frame: 10,
    profile: "1-0:99.1.0*255",
    // 010b 0202 090c 07e2010a 03 131903 3e 003c 00 0500002705: hundredths 3e, deviation 60.
    quoted: "01 0b 02 02",
    rows: 11,
    columns: 2,
    times: ["2018-01-10T19:25:03.62-01:00", "2018-01-10T20:15:03.62-01:00"],
    values: [
      [1, 2, 0x2705],
      [11, 2, 0x270f],
    ],
  },
];

describe.skipIf(!corpusIsHere)("buffers of profiles", () => {
  it.for(buffers)(
    "$item, frame $frame: $quoted",
    ({ item, frame, profile, quoted, rows, columns, times, values }) => {
      const readings = readingsOfFrame(item, frame);
      expect(quoted).toBe(
        [1, rows, 2, columns].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
      );
      expect(readings).toHaveLength(rows * columns);
      const places = readings.map(({ row }) => [row?.number, row?.column]);
      expect(places).toEqual(
        Array.from({ length: rows * columns }, (_, i) => [
          Math.floor(i / columns) + 1,
          (i % columns) + 1,
        ]),
      );
      const profiles = readings.map(({ row }) =>
        formatLogicalName(row?.profile ?? new Uint8Array()),
      );
      expect(new Set(profiles)).toEqual(new Set([profile]));
      expect(readings[0]?.time).toBe(times[0]);
      if (times[1] !== undefined || times[0] === undefined) {
        expect(readings.at(-1)?.time).toBe(times[1]);
      }
      const at = (row: number, column: number) => readings[(row - 1) * columns + column - 1]?.raw;
      expect(values.map(([row, column]) => [row, column, at(row, column)])).toEqual(values);
    },
  );

  it("are everything that the corpus has", () => {
    const found = items
      .filter(({ id }) => id !== "blockworksco-playground-hdlc-0003")
      .flatMap(({ id }) =>
        framesOf(id)
          .filter((frame) => readingsOf(frame).some(({ row }) => row !== undefined))
          .map(({ number }) => `${id} ${number}`),
      );
    const stated = buffers.map(({ item, frame }) => `${item} ${frame}`);
    expect(found.sort()).toEqual([...stated].sort());
  });

  it("come twice more in the session that was recorded while it ran again", () => {
    // Frames 38 to 124 of the first session are 56 to 142 of this one, and again 185 to 271.
    const again = (from: number) =>
      buffers
        .filter(({ item }) => item === elster)
        .map(({ frame }) => {
          const own = readingsOfFrame("blockworksco-playground-hdlc-0003", frame + from);
          return own.map(({ raw }) => raw);
        });
    const first = again(18);
    expect(first.map(({ length }) => length)).toEqual(
      buffers.filter(({ item }) => item === elster).map(({ rows, columns }) => rows * columns),
    );
    expect(again(147)).toEqual(first);
  });

  it("have half an hour between the rows of the load survey, but for the days without power", () => {
    const times = readingsOfFrame(elster, 38).flatMap(({ row, time }) =>
      row?.column === 1 && time !== undefined ? [Date.parse(time)] : [],
    );
    const minutes = times.slice(1).map((time, i) => (time - (times[i] ?? 0)) / 60_000);
    // 22 July from 11:00 to 23:30 are 26 rows, 25 July from 00:00 to 11:00 are 23: 25 and 22 steps.
    expect(minutes.filter((step) => step === 30)).toHaveLength(25 + 22);
    expect(minutes.filter((step) => step !== 30)).toEqual([(2 * 24 + 0.5) * 60]);
  });

  it("have no readings where rows hold scalers and units", () => {
    // Frame 40, of 1-0:94.91.4: 0101 020a, then 0202 0ffe 1621 ten times: 10^-2, ampere.
    expect(readingsOfFrame(elster, 40)).toEqual([]);
    // Frame 108, of 1-0:94.91.6: 0101 0237, then 0202 0ffd 16ff and so on.
    expect(readingsOfFrame(elster, 108)).toEqual([]);
  });

  it("are told from a list of objects in a session by short names", () => {
    // elster-trace reads 0x6188, which no list named: 0c 01 00 01 820163 0204 12 0001 11 00 0906 ...
    const [answer, ...others] = framesOf("blockworksco-playground-hdlc-0001").filter(
      ({ apdu, reassembly }) => apdu !== undefined && (reassembly?.frames.length ?? 0) > 1,
    );
    expect(others).toEqual([]);
    if (answer === undefined) throw new Error("the answer is not there");
    expect(readingsOf(answer)).toEqual([]);
    expect(listedIn(answer)).toHaveLength(0x163);
  });
});

/** The elements of lists of objects, wherever they stand: the attribute they are of may be unknown. */
function listedIn({ apdu }: Frame): ReturnType<typeof readListedObjects> {
  const lists: ReturnType<typeof readListedObjects> = [];
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
    if (isData(value) && value.type === "array") {
      const list = { classId: 15, logicalName: new Uint8Array(6), attribute: 2, data: value };
      lists.push(...readListedObjects({ ...list, selection: undefined, written: false }));
    }
    for (const member of Object.values(value)) collect(member);
  };
  collect(apdu);
  return lists;
}

interface Reference {
  readonly classId: number | undefined;
  readonly logicalName: Uint8Array;
  readonly kind: "attribute" | "method";
  readonly id: number | undefined;
  occurrences: number;
}

/** What requests, notifications, answers and pushes name. */
function collectReferences(): Map<string, Reference> {
  const references = new Map<string, Reference>();
  const add = (reference: Omit<Reference, "occurrences">): void => {
    const { classId, logicalName, kind, id } = reference;
    const key = `${classId ?? "-"} ${formatLogicalName(logicalName)} ${kind} ${id}`;
    const known = references.get(key);
    if (known === undefined) references.set(key, { ...reference, occurrences: 1 });
    else known.occurrences += 1;
  };
  for (const { id: item } of items) {
    for (const frame of framesOf(item)) {
      const { apdu, known } = frame;
      for (const object of apdu === undefined ? [] : objectsOf(apdu, known.shortNames)) {
        const { classId, logicalName, kind = "attribute", id } = object;
        if (logicalName === undefined || kind === "unknown") continue;
        add({ classId, logicalName, kind, id });
      }
      for (const { classId, logicalName, attribute } of readingsOf(frame)) {
        add({ classId, logicalName, kind: "attribute", id: attribute });
      }
    }
  }
  return references;
}

/** The object has a specific name, and the attribute or method one in its class where that is known. */
function isNamed({ classId, logicalName, kind, id }: Reference): boolean {
  if (!names.find(logicalName, classId).isSpecific) return false;
  if (classId === undefined || id === undefined) return true;
  const definition = kind === "method" ? findMethod(classId, id) : findAttribute(classId, id);
  return definition !== undefined;
}

/** References that no name exists for: damaged, sent by a fuzzer, or made up by an author. */
const invalid: Readonly<Record<string, string>> = {
  "- 3-1:1.7.0*255 attribute 2": "amsleser-hdlc-0088: damaged, its FCS is wrong",
  "0 1-0:3.0.0*1 attribute 0": "kill-japanese wrapper-0002, a mock: class 0, attribute 0",
  "1 0-0:40.0.0*255 attribute 8": "danii-sh pdu-0019, made up: Data has no attribute 8",
  "15 0-0:40.0.0*1 attribute 2": "matousp-pcap-0009, fuzzed: F is 1",
  "2313 1-16:10.66.52*255 method 1": "epri-pdu-0008, made up: class 2313",
  "42 0-1:1.0.0*255 attribute -64": "matousp-pcap-0011, fuzzed: no such attribute",
  "43707 17-34:51.68.85*102 attribute 2": "danii-sh pdu-0003, made up: 11 22 33 44 55 66",
  "4386 17-34:51.68.85*102 method 3": "danii-sh pdu-0001, made up: 11 22 33 44 55 66",
  "9 0-0:10.0.0*255 method 4": "epri-pdu-0009, made up: a script table has one method",
};

/** References that somebody must have a name for, but no published source was found. */
const unpublished: Readonly<Record<string, string>> = {
  "- 0-0:94.98.31*255 attribute 2": "telegrams of Poland (Elgama, Kaifa): country code 98",
  "- 0-0:94.98.32*255 attribute 2": "telegrams of Poland (Elgama, Kaifa): country code 98",
  "- 0-0:94.98.33*255 attribute 2": "telegram of Poland (Elgama): country code 98",
  "1 0-0:96.5.134*255 attribute 2": "Energomera: E from 128 on is the maker's",
};

describe.skipIf(!corpusIsHere)("names of the objects that messages name", () => {
  const references = corpusIsHere ? collectReferences() : new Map<string, Reference>();
  const unnamed = [...references].filter(([, reference]) => !isNamed(reference));

  it("are all known but those that are stated", () => {
    expect(unnamed.map(([key]) => key).sort()).toEqual(
      [...Object.keys(invalid), ...Object.keys(unpublished)].sort(),
    );
  });

  // 311 of 324 in all, which is 96 in 100; 311 of the 315 that a name can exist for.
  it("are known for at least 97 in 100 of the valid ones", () => {
    const valid = [...references].filter(([key]) => !(key in invalid));
    const named = valid.filter(([, reference]) => isNamed(reference));
    expect(named.length / valid.length).toBeGreaterThanOrEqual(0.97);
    // By how often they occur, the invalid ones included.
    const sum = (list: readonly (readonly [string, Reference])[]) =>
      list.reduce((total, [, { occurrences }]) => total + occurrences, 0);
    expect(1 - sum(unnamed) / sum([...references])).toBeGreaterThanOrEqual(0.97);
  });
});

/** Objects of lists that have no name of their own, and why. */
const unnamedListed: Readonly<Record<string, string>> = {
  "1 0-0:93.44.10*255": "specific to a consortium",
  "7 0-0:93.44.38*255": "specific to a consortium",
  "1 1-0:0.2.9*255": "Elster: E is not assigned",
  "7 0-0:100.1.0*255": "Elster: C is not assigned",
  "68 0-0:50.1.0*255": "Elster: C is not assigned; the class is Arbitrator",
  "113 0-0:19.2.4*255": "Elster: E is not assigned; the class is Charge",
  "113 0-1:19.2.4*255": "Elster: E is not assigned; the class is Charge",
  "42 0-0:0.0.0*0": "a list that a simulator made up",
  "1234 0-0:0.0.0*0": "a list that a simulator made up",
};

/**
 * Whether the numbers themselves say that the maker names the object: class_id from 8192 on; B, C, D
 * or E from 128 to 254; service entries 96.50 to 96.99. IEC 62056-6-2 and 62056-6-1, reserved ranges.
 */
function isMakers(classId: number, [, b = 0, c = 0, d = 0, e = 0]: Uint8Array): boolean {
  const isRange = (value: number) => value >= 128 && value <= 254;
  return classId >= 8192 || [b, c, d, e].some(isRange) || (c === 96 && d >= 50 && d <= 99);
}

describe.skipIf(!corpusIsHere)("names of the objects that meters list", () => {
  it("are all known but the makers' and those that are stated", () => {
    const listed = new Map<string, ReturnType<typeof readListedObjects>[number]>();
    for (const { id } of items) {
      for (const object of framesOf(id).flatMap(listedIn)) {
        listed.set(`${object.classId} ${formatLogicalName(object.logicalName)}`, object);
      }
    }
    const unnamed = [...listed].filter(
      ([, { classId, logicalName }]) => !names.find(logicalName, classId).isSpecific,
    );
    const others = unnamed.filter(
      ([, { classId, logicalName }]) => !isMakers(classId, logicalName),
    );
    expect(others.map(([key]) => key).sort()).toEqual(Object.keys(unnamedListed).sort());
  });
});

it.skipIf(!corpusIsHere)("gives every reading a name and a text", () => {
  for (const { id } of items) {
    for (const frame of framesOf(id)) {
      for (const reading of readingsOf(frame)) {
        const described = describeReading(reading, names);
        expect(nameOfReading(described), id).not.toBe("");
        if (described.raw !== null && described.raw !== "") {
          expect(described.text, `${id}, frame ${frame.number}`).not.toBe("");
        }
      }
    }
  }
});
