/** Buffers of Compact data. IEC 62056-6-2, Compact data (class 62). */
import { describe, expect, it } from "vitest";
import { readCompactBuffer } from "../../../decoder/readings/compact-data.js";
import { MeterObjects } from "../../../decoder/readings/meter-objects.js";
import { SeededRandom } from "../../bench/random.js";
import {
  array,
  attributeValue,
  captured,
  dateTimeBytes,
  names,
  push,
  read,
  readAt,
  readLast,
  structure,
  type Trace,
  tell,
  tellLast,
} from "./reading-trace.js";

const { clock, compact, energy, exported } = names;

/** Values: template_id (unsigned), clock (octet-string), 1.8.0 (double-long-unsigned), state (enum). */
const objects = read(
  62,
  compact,
  3,
  array(
    captured(62, compact, 4),
    captured(8, clock),
    captured(3, energy),
    captured(70, "000060030aff", 3),
  ),
);
/** TypeDescription of a structure (2) of four: 11, 09, 06, 16. */
const template = read(62, compact, 5, "0906 0204 11090616");
const scaler = read(3, energy, 3, "0202 0fff 161e");
/** template_id 7; 12 bytes of time behind their length; 0x4d2 is 1234; 1. */
const contents = `07 0c${dateTimeBytes(12)} 000004d2 01`.replaceAll(" ", "");

function octets(hex: string): string {
  const bytes = hex.replaceAll(" ", "");
  return `09${(bytes.length / 2).toString(16).padStart(2, "0")} ${bytes}`;
}

function buffer(hex: string = contents): Trace {
  return read(62, compact, 2, octets(hex));
}

const values = [
  "0.0.1.0.0.255/2 2023-01-01T12:00:00* at 2023-01-01T12:00:00*",
  "1.0.1.8.0.255/2 123.4 Wh at 2023-01-01T12:00:00*",
  "0.0.96.3.10.255/3 connected at 2023-01-01T12:00:00*",
];
const whole = [`0.0.66.0.0.255/2 ${contents}`];

describe("a buffer whose template and capture objects are known", () => {
  it("gives each value that was captured, at the time of the clock in it", () => {
    expect(tellLast([...objects, ...template, ...scaler, ...buffer()])).toEqual(values);
  });

  it("keeps types, raw values and who scales them", () => {
    expect(readLast([...objects, ...template, ...scaler, ...buffer()])[1]).toMatchObject({
      classId: 3,
      attribute: 2,
      data: { type: "double-long-unsigned", value: 1234 },
      scalerUnit: { scaler: -1, unit: 30 },
      scaledBy: "trace",
    });
  });

  it("may be pushed, and is dated by the message where no clock is captured", () => {
    const onlyEnergy = read(62, compact, 3, array(captured(62, compact, 4), captured(3, energy)));
    const types = read(62, compact, 5, "0904 0202 1106");
    const list = array(captured(40, "0000190900ff"), captured(62, compact));
    const body = structure(list, octets("07 000004d2"));
    expect(tellLast([...onlyEnergy, ...types, ...scaler, push(body, dateTimeBytes(9))])).toEqual([
      "1.0.1.8.0.255/2 123.4 Wh at 2023-01-01T09:00:00*",
    ]);
  });

  it("leaves out arrays and structures among the values", () => {
    const two = read(62, compact, 3, array(captured(3, energy, 3), captured(3, exported)));
    // Structure of a structure of integer and enum, and of double-long-unsigned.
    const types = read(62, compact, 5, "0907 0202 02020f1606");
    expect(tellLast([...two, ...types, ...buffer("ff1e 00000005")])).toEqual(["1.0.2.8.0.255/2 5"]);
  });

  it("never shows a secret", () => {
    const secret = read(
      62,
      compact,
      3,
      array(captured(15, "0000280000ff", 7), captured(3, energy)),
    );
    const types = read(62, compact, 5, "0904 0202 0906");
    expect(tellLast([...secret, ...types, ...buffer("02 3132 00000005")])).toEqual([
      "1.0.1.8.0.255/2 5",
    ]);
  });
});

describe("template_id", () => {
  const withoutId = read(62, compact, 3, array(captured(8, clock), captured(3, energy)));

  it("need not be among the capture objects to stand in front", () => {
    const types = read(62, compact, 5, "0905 0203 110906");
    const hex = `07 0c${dateTimeBytes(12)} 000004d2`;
    expect(tellLast([...withoutId, ...types, ...scaler, ...buffer(hex)])).toEqual(
      values.slice(0, 2),
    );
  });

  it("may stand in front of the template, too", () => {
    const types = read(62, compact, 5, "0905 07 0202 0906");
    const hex = (id: string) => `${id} 0c${dateTimeBytes(12)} 000004d2`;
    expect(tellLast([...withoutId, ...types, ...scaler, ...buffer(hex("07"))])).toEqual(
      values.slice(0, 2),
    );
    // A buffer of template 8.
    expect(readLast([...withoutId, ...types, ...buffer(hex("08"))])).toMatchObject([
      { classId: 62, attribute: 2 },
    ]);
  });

  it("must be that of the object, where the trace has shown it", () => {
    const id = (hex: string) => read(62, compact, 4, `11${hex}`);
    expect(tellLast([...objects, ...template, ...scaler, ...id("07"), ...buffer()])).toEqual(
      values,
    );
    expect(tellLast([...objects, ...template, ...id("08"), ...buffer()])).toEqual(whole);
  });
});

describe("a buffer stays bytes", () => {
  it.each([
    ["without a template", [...objects, ...buffer()]],
    ["without capture objects", [...template, ...buffer()]],
    ["where bytes are left over", [...objects, ...template, ...buffer(`${contents}00`)]],
    ["where bytes are missing", [...objects, ...template, ...buffer(contents.slice(0, -2))]],
    ["where it is empty", [...objects, ...template, ...buffer("")]],
    [
      "where the template has more values than were captured",
      [...objects, ...read(62, compact, 5, "0908 0206 110906161111"), ...buffer(`${contents}0102`)],
    ],
    [
      "where the template has a type that there is not",
      [...objects, ...read(62, compact, 5, "0906 0204 11090608"), ...buffer()],
    ],
    [
      "where the template is no structure",
      [...objects, ...read(62, compact, 5, "0901 11"), ...buffer()],
    ],
    [
      "where the template is cut",
      [...objects, ...read(62, compact, 5, "0905 0204 110906"), ...buffer()],
    ],
  ])("%s", (_, trace) => {
    expect(readLast(trace)).toMatchObject([
      { classId: 62, attribute: 2, data: { type: "octet-string" } },
    ]);
  });

  it("until a later frame counts", () => {
    const trace = [...buffer(), ...objects, ...template, ...scaler];
    expect(readAt(trace, 2, false).map(tell)).toEqual(whole);
    expect(readAt(trace, 2, true).map(tell)).toEqual(values);
  });
});

it("takes any bytes for templates and buffers", () => {
  const random = new SeededRandom(62_056);
  const captures = array(captured(62, compact, 4), captured(8, clock), captured(3, energy));
  const mutate = (hex: string) => {
    const bytes = Buffer.from(hex, "hex");
    bytes[random.below(bytes.length)] = random.below(256);
    return octets(bytes.toString("hex"));
  };
  for (let i = 0; i < 2000; i++) {
    const objects = new MeterObjects();
    objects.learn(attributeValue(62, compact, 3, captures), 1);
    objects.learn(attributeValue(62, compact, 5, mutate("0203110906")), 1);
    const value = attributeValue(62, compact, 2, mutate(`070c07e70101070c0000ff800000000004d2`));
    readCompactBuffer(value, objects, 1, false, undefined);
  }
});
