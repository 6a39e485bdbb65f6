/** Pushes whose body says what its values are, in the shapes that meters use. IEC 62056-6-2, Push setup. */
import { describe, expect, it } from "vitest";
import { readObjectDefinitions } from "../../../decoder/readings/object-definitions.js";
import { pushedValues } from "../../../decoder/readings/pushed-values.js";
import { array, captured, dateTime, names, number, structure, toData } from "./reading-trace.js";

const { energy, exported, clock } = names;
/** scaler -1, unit Wh (30) */
const scalerUnit = "0202 0fff 161e";

/** `3 1.0.1.8.0.255/2 = double-long-unsigned 1`, and scaler and unit where there are some. */
function list(hex: string): string[] {
  return pushedValues(toData(hex)).map((value) => {
    const { classId, logicalName, attribute, data } = value;
    const counted = value.scalerUnit;
    const scale = counted === undefined ? "" : ` x 10^${counted.scaler} unit ${counted.unit}`;
    const contents = data.value instanceof Uint8Array ? data.value.length : String(data.value);
    return `${classId ?? "?"} ${logicalName.join(".")}/${attribute} = ${data.type} ${contents}${scale}`;
  });
}

describe("the push_object_list in the push", () => {
  it("pairs each entry with the value in its place, the list itself with the first", () => {
    const objects = array(captured(40, "0000190900ff"), captured(8, clock), captured(3, energy));
    expect(list(structure(objects, dateTime(12), number(1)))).toEqual([
      "40 0.0.25.9.0.255/2 = array [object Object],[object Object],[object Object]",
      "8 0.0.1.0.0.255/2 = octet-string 12",
      "3 1.0.1.8.0.255/2 = double-long-unsigned 1",
    ]);
  });

  it("takes entries with a restriction and columns behind the data index", () => {
    // Corpus, esphome-libs-dlms-parser-pdu-0002 (Energomera): 0206 .. 0202 1600 00, 0100.
    const entry = (classId: string, name: string) =>
      `0206 12${classId} 0906${name} 0f02 120000 0202 1600 00 0100`;
    const objects = array(entry("0028", "0000190900ff"), entry("0001", "0000600100ff"));
    expect(list(structure(objects, "0903 414243"))[1]).toBe("1 0.0.96.1.0.255/2 = octet-string 3");
  });

  it("takes attribute 0 for all attributes, from the logical name on", () => {
    const objects = array(captured(40, "0000190900ff"), captured(3, energy, 0));
    const register = structure(`0906${energy}`, number(5), scalerUnit);
    expect(list(structure(objects, register)).slice(1)).toEqual([
      "3 1.0.1.8.0.255/1 = octet-string 6",
      "3 1.0.1.8.0.255/2 = double-long-unsigned 5",
      "3 1.0.1.8.0.255/3 = structure [object Object],[object Object]",
    ]);
  });

  it("leaves out elements of attributes: a data index is not the attribute's value", () => {
    const objects = array(captured(40, "0000190900ff"), captured(3, energy, 2, 1));
    expect(list(structure(objects, number(5)))).toHaveLength(1);
  });
});

describe("names beside values", () => {
  it("takes a logical name and the value behind it, of no class", () => {
    expect(list(structure(`0906${energy}`, number(7), `0906${exported}`, number(8)))).toEqual([
      "? 1.0.1.8.0.255/2 = double-long-unsigned 7",
      "? 1.0.2.8.0.255/2 = double-long-unsigned 8",
    ]);
  });

  it("takes scaler and unit where they follow", () => {
    // forum-gurux-18100-pdu-0001, as the source deciphers it: names, values and scaler_unit in a row.
    const body = structure(
      dateTime(4),
      `0906${energy}`,
      "06000020b0",
      "02020f00161e",
      `0906${exported}`,
      "0600000c69",
      "02020f00161e",
    );
    // 0x20b0 is 8368, 0x0c69 is 3177.
    expect(list(body)).toEqual([
      "? 1.0.1.8.0.255/2 = double-long-unsigned 8368 x 10^0 unit 30",
      "? 1.0.2.8.0.255/2 = double-long-unsigned 3177 x 10^0 unit 30",
    ]);
  });

  it("finds pairs and triples at any depth", () => {
    // bmork-obinsect-hdlc-0004 (Aidon, Norway): an array of structures of name, value and scaler_unit.
    const body = array(
      "0202 0906 0101000281ff 0a0b 4149444f4e5f5630303031",
      "0203 0906 01001f0700ff 10005d 02020fff1621",
    );
    // 0x5d is 93; in units of 0.1 A (33) that is 9.3 A, as the source has it.
    expect(list(body)).toEqual([
      "? 1.1.0.2.129.255/2 = visible-string AIDON_V0001",
      "? 1.0.31.7.0.255/2 = long 93 x 10^-1 unit 33",
    ]);
  });

  it("takes an attribute descriptor for the name", () => {
    const named = `0203 120003 0906${energy} 0f02`;
    expect(list(structure(named, number(9), scalerUnit))).toEqual([
      "3 1.0.1.8.0.255/2 = double-long-unsigned 9 x 10^-1 unit 30",
    ]);
  });

  it("takes descriptors that are sent without data tags (ZPA AM375, Sagemcom XT211)", () => {
    // 0202, class 0003, the name, attribute 2, the value.
    const body = array(
      `0202 0003 ${energy} 02 ${number(9)}`,
      `0202 0003 ${exported} 02 ${number(8)}`,
    );
    expect(list(body)).toEqual([
      "3 1.0.1.8.0.255/2 = double-long-unsigned 9",
      "3 1.0.2.8.0.255/2 = double-long-unsigned 8",
    ]);
  });

  it("gives nothing where a name is the last element, or nothing is named", () => {
    expect(list(structure(`0906${energy}`))).toEqual([]);
    expect(list(structure("1101", "1102"))).toEqual([]);
    expect(list("1101")).toEqual([]);
    expect(list("0200")).toEqual([]);
  });
});

describe("a maker's habit", () => {
  // esphome-libs-dlms-parser-hdlc-0002 (Kaifa MA304H3E): list 2 of three phases.
  const kaifa =
    "020d 09074b464d5f303031 091036393730363331343031373533393835 09084d413330344833 45" +
    "06000003b4 0600000000 0600000000 0600000040 0600000588 0600000ca9 0600000c2f 0600000951 0600000000 0600000955";

  it("names the values by their places, with scaler and unit, and says which habit", () => {
    const values = pushedValues(toData(kaifa));
    expect(new Set(values.map(({ habit }) => habit))).toEqual(
      new Set(["Kaifa list 2, three phases (Norway, Sweden)"]),
    );
    const told = list(kaifa);
    expect(told).toHaveLength(13);
    // Positive active power in W (27): 0x3b4 is 948.
    expect(told[3]).toBe("3 1.0.1.7.0.255/2 = double-long-unsigned 948 x 10^0 unit 27");
    // Current in L1, in mA: 0x588 is 1416. Voltage in L1, in 0.1 V: 0x951 is 2385.
    expect(told[7]).toBe("3 1.0.31.7.0.255/2 = double-long-unsigned 1416 x 10^-3 unit 33");
    expect(told[10]).toBe("3 1.0.32.7.0.255/2 = double-long-unsigned 2385 x 10^-1 unit 35");
  });

  it("does not stand for a body that names its values", () => {
    const values = pushedValues(toData(structure(`0906${energy}`, number(7))));
    expect(values.map(({ habit }) => habit)).toEqual([undefined]);
  });

  it("is known by the version's text", () => {
    expect(pushedValues(toData(kaifa.replace("4b464d5f", "4b464d5e")))).toEqual([]);
  });
});

describe("lists of objects", () => {
  it("are arrays of class, logical name, attribute and data index", () => {
    const definitions = readObjectDefinitions(toData(array(captured(5, energy, 3, 2))));
    expect(definitions).toEqual([
      { classId: 5, logicalName: Uint8Array.of(1, 0, 1, 8, 0, 255), attribute: 3, dataIndex: 2 },
    ]);
    // Attribute descriptors have no data index.
    expect(readObjectDefinitions(toData(`0101 0203 120003 0906${energy} 0f02`))).toMatchObject([
      { dataIndex: 0 },
    ]);
    expect(readObjectDefinitions(toData("0100"))).toEqual([]);
  });

  it.each([
    ["no array", "1101"],
    ["an element that is no structure", "0101 1101"],
    ["a class of another type", `0101 0204 1103 0906${energy} 0f02 120000`],
    ["a name of five bytes", "0101 0204 120003 0905 0100010800 0f02 120000"],
    ["an attribute of another type", `0101 0204 120003 0906${energy} 1102 120000`],
    ["a data index of another type", `0101 0204 120003 0906${energy} 0f02 1100`],
  ])("are not: %s", (_, hex) => {
    expect(readObjectDefinitions(toData(hex))).toBeUndefined();
  });
});
