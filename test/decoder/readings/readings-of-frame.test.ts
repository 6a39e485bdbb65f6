/** What the meter tells in a frame, service by service. */
import { describe, expect, it } from "vitest";
import { readingsOf } from "../../../decoder/readings/readings-of-frame.js";
import {
  array,
  captured,
  dateTime,
  dateTimeBytes,
  decode,
  descriptor,
  names,
  number,
  push,
  read,
  readAt,
  readLast,
  sent,
  structure,
  tell,
  tellLast,
  told,
} from "./reading-trace.js";

const { clock, energy, exported, profile } = names;
/** Wh (30), scaler -1 */
const scaler = read(3, energy, 3, "0202 0fff 161e");

describe("answers", () => {
  it("of GET", () => {
    expect(tellLast([...scaler, ...read(3, energy, 2, number(1234))])).toEqual([
      "1.0.1.8.0.255/2 123.4 Wh",
    ]);
  });

  it("of GET with a list", () => {
    const trace = [
      sent(`c003c1 02 ${descriptor(3, energy, 2)} 00 ${descriptor(3, energy, 3)} 00`),
      told(`c403c1 02 00 ${number(1234)} 00 0202 0fff 161e`),
    ];
    // scaler_unit is a structure: no reading, but it holds for the value of the same answer.
    expect(tellLast(trace)).toEqual(["1.0.1.8.0.255/2 123.4 Wh"]);
  });

  it("of GET in blocks, with the last one", () => {
    const trace = [
      sent(`c001c1 ${descriptor(3, energy, 2)} 00`),
      // Block 1, not the last: the tag and two bytes of 000004d2.
      told("c402c1 00 00000001 00 03 060000"),
      sent("c002c1 00000001"),
      told("c402c1 01 00000002 00 02 04d2"),
    ];
    const frames = decode([...scaler, ...trace]);
    // 0x4d2 is 1234.
    expect(frames.map((frame) => readingsOf(frame).map(tell))).toEqual([
      [],
      [],
      [],
      [],
      [],
      ["1.0.1.8.0.255/2 123.4 Wh"],
    ]);
  });

  it("of ACCESS", () => {
    const request = `d9 40000001 00 02 01 ${descriptor(3, energy, 2)} 01 ${descriptor(3, exported, 2)} 02 0000`;
    const trace = [sent(request), told(`da 40000001 00 00 02 ${number(7)} 00 02 0100 0103`)];
    expect(readLast(trace)).toMatchObject([{ classId: 3, data: { value: 7 } }]);
  });

  it("of READ, by the short names that the association has listed", () => {
    // object_list of the Association SN, whose base name FA00 the standard fixes: base 2000.
    const list = `0101 0204 102000 120003 1100 0906${energy}`;
    const trace = [
      sent("05 01 02 fa08"),
      told(`0c 01 00 ${list}`),
      sent("05 01 02 2008"),
      told(`0c 01 00 ${number(7)}`),
    ];
    expect(readLast(trace)).toMatchObject([
      { classId: 3, logicalName: Uint8Array.of(1, 0, 1, 8, 0, 255), attribute: 2 },
    ]);
    // What comes unasked names short names, too.
    expect(readLast([...trace, told(`18 00 01 02 2008 01 ${number(8)}`)])).toMatchObject([
      { data: { value: 8 }, time: undefined },
    ]);
  });

  it("have no time of their own", () => {
    expect(readLast(read(3, energy, 2, number(1)))[0]?.time).toBeUndefined();
  });
});

describe("what the meter sends by itself", () => {
  it("is dated by the clock in the push", () => {
    const objects = array(captured(40, "0000190900ff"), captured(8, clock), captured(3, energy));
    const body = structure(objects, dateTime(12), number(7));
    expect(readLast([push(body, dateTimeBytes(13))]).map(({ time }) => time)).toEqual([
      "2023-01-01T12:00:00*",
      "2023-01-01T12:00:00*",
    ]);
  });

  it("is dated by the clock's logical name, where the push has no classes", () => {
    const body = structure(`0906${clock}`, dateTime(12), `0906${energy}`, number(7));
    expect(readLast([push(body)])[1]).toMatchObject({
      classId: undefined,
      time: "2023-01-01T12:00:00*",
    });
  });

  it("is dated by the message, else not at all", () => {
    const body = structure(`0906${energy}`, number(7));
    expect(readLast([push(body, dateTimeBytes(13))])[0]?.time).toBe("2023-01-01T13:00:00*");
    expect(readLast([push(body)])[0]?.time).toBeUndefined();
  });

  it("is scaled by itself before all others", () => {
    // The trace says Wh and -1, the push says Wh (30) and 3.
    const body = structure(`0906${energy}`, number(7), "0202 0f03 161e");
    expect(readLast([...scaler, push(body)])).toMatchObject([
      { scalerUnit: { scaler: 3, unit: 30 }, scaledBy: "message" },
    ]);
    expect(readLast([...scaler, push(structure(`0906${energy}`, number(7)))])).toMatchObject([
      { scalerUnit: { scaler: -1, unit: 30 }, scaledBy: "trace" },
    ]);
  });

  it("may be scaled by a habit", () => {
    // Corpus, roarfred: list 1 of a Kaifa meter is one number, the power in W (27).
    expect(readLast([push("0201 0600000abc")])).toMatchObject([
      {
        scalerUnit: { scaler: 0, unit: 27 },
        scaledBy: "habit",
        habit: "Kaifa list 1 (Norway, Sweden)",
      },
    ]);
  });

  it("is an event, with its own time", () => {
    const event = (time: string) => told(`c2 ${time} ${descriptor(70, "000060030aff", 3)} 1600`);
    expect(readLast([event("00")])).toMatchObject([{ classId: 70, attribute: 3, time: undefined }]);
    expect(readLast([event(`01 0c ${dateTimeBytes(9)}`)])[0]?.time).toBe("2023-01-01T09:00:00*");
  });
});

describe("no readings", () => {
  it("are what the client writes", () => {
    expect(readLast([sent(`c101c1 ${descriptor(3, energy, 2)} 00 ${number(1)}`)])).toEqual([]);
    const access = `d9 40000001 00 01 02 ${descriptor(3, energy, 2)} 01 ${number(1)}`;
    expect(readLast([sent(access)])).toEqual([]);
    expect(readLast([sent(access), told("da 40000001 00 00 01 00 01 0200")])).toEqual([]);
  });

  it("are logical names, arrays and structures", () => {
    expect(readLast(read(3, energy, 1, `0906${energy}`))).toEqual([]);
    expect(readLast(read(3, energy, 3, "0202 0f00 161e"))).toEqual([]);
    expect(readLast(read(9, "00000a0064ff", 2, "0100"))).toEqual([]);
  });

  it("are secrets: LLS secret of the association", () => {
    expect(readLast(read(15, "0000280000ff", 7, "0908 3132333435363738"))).toEqual([]);
  });

  it("are refusals, and frames that name nothing", () => {
    const refused = [sent(`c001c1 ${descriptor(3, energy, 2)} 00`), told("c401c1 01 03")];
    expect(readLast(refused)).toEqual([]);
    expect(readLast([push("0202 1101 1102")])).toEqual([]);
    // The answer of a method belongs to no attribute.
    const method = [
      sent(`c301c1 ${descriptor(7, profile, 2)} 01 0f00`),
      told("c701c1 00 01 00 1101"),
    ];
    expect(readLast(method)).toEqual([]);
  });
});

it("takes the scaler of a later frame only where it is asked to", () => {
  const trace = [...read(3, energy, 2, number(1234)), ...scaler];
  expect(readAt(trace, 2, false)).toMatchObject([{ scalerUnit: undefined, scaledBy: undefined }]);
  expect(readAt(trace, 2, true).map(tell)).toEqual(["1.0.1.8.0.255/2 123.4 Wh"]);
});
