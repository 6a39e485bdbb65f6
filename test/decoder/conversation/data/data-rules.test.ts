/** Types, names and units of values. Data in A-XDR, by the tags of IEC 62056-6-2. */
import { describe, expect, it } from "vitest";
import { SeededRandom } from "../../../bench/random.js";
import { codesOf, DataTrace, descriptor } from "./data-rules-trace.js";

/** 1-0:1.8.0*255 */
const energy = "0100010800ff";
/** 0-0:1.0.0*255 */
const clock = "0000010000ff";
/** 0-0:42.0.0*255 */
const deviceName = "00002a0000ff";

describe("types of attributes", () => {
  it("names attribute, object, what came and what is allowed", () => {
    // scaler_unit is a structure of integer and enum: here the scaler is a double-long (05).
    const findings = new DataTrace().read(3, energy, 3, "0202 05ffffffff 161e");
    expect(findings).toEqual([
      {
        code: "data.attribute-type",
        severity: "warning",
        detail:
          "attribute 3 scaler_unit of 1-0:1.8.0*255 (Register, class 3), element 1 is double-long, allowed is integer",
      },
    ]);
  });

  it("passes what the class allows", () => {
    const trace = new DataTrace();
    expect(codesOf(trace.read(3, energy, 3, "0202 0fff 161e"))).toEqual([]);
    expect(codesOf(trace.read(3, energy, 2, "06 00000001"))).toEqual([]);
    expect(codesOf(trace.read(8, clock, 2, "090c 07e7010107 0c000000 0000 00"))).toEqual([]);
    expect(codesOf(trace.read(8, clock, 2, "19 07e7010101 0c000000 0000 00"))).toEqual([]);
    expect(codesOf(trace.read(70, "000060030aff", 2, "0301"))).toEqual([]);
  });

  it("passes null-data, and any type of Data", () => {
    const trace = new DataTrace();
    expect(codesOf(trace.read(3, energy, 3, "00"))).toEqual([]);
    expect(codesOf(trace.read(1, deviceName, 2, "0201 1101"))).toEqual([]);
  });

  it("wants 12 bytes in the time of a clock", () => {
    const findings = new DataTrace().read(8, clock, 2, "0905 07e7010101");
    expect(codesOf(findings)).toEqual(["data.attribute-type"]);
    expect(findings[0]?.detail).toContain(
      "is octet-string of 5 bytes, allowed is octet-string of 12 bytes or date-time",
    );
  });

  it("wants capture objects of four members", () => {
    const trace = new DataTrace();
    const three = "0101 0203 120003 0906 0100010800ff 0f02";
    const four = "0101 0204 120003 0906 0100010800ff 0f02 120000";
    expect(codesOf(trace.read(7, "0100630100ff", 3, three))).toEqual(["data.attribute-type"]);
    expect(codesOf(trace.read(7, "0100630100ff", 3, four))).toEqual([]);
  });

  it("wants six bytes in a logical name", () => {
    const trace = new DataTrace();
    expect(codesOf(trace.read(3, energy, 1, "0905 0100010800"))).toEqual(["data.attribute-type"]);
    expect(codesOf(trace.read(3, energy, 1, `0906 ${energy}`))).toEqual([]);
  });

  it("takes a structure in a register only where its unit is none (255)", () => {
    const trace = new DataTrace();
    expect(codesOf(trace.read(3, energy, 2, "0201 1101"))).toEqual(["data.attribute-type"]);
    trace.read(3, energy, 3, "0202 0f00 16ff");
    expect(codesOf(trace.read(3, energy, 2, "0201 1101"))).toEqual([]);
  });

  it("does not judge the shape of a part that was selected", () => {
    // object_list of the association by class_list (selector 2): entries without access rights.
    const selection = "02 0101 120003";
    const data = "0101 0203 120003 1100 0906 0100010800ff";
    const trace = new DataTrace();
    expect(codesOf(trace.read(15, "0000280000ff", 2, data, { selection }))).toEqual([]);
    expect(codesOf(trace.read(15, "0000280000ff", 2, data))).toEqual(["data.attribute-type"]);
  });

  it("judges what the client writes", () => {
    const trace = new DataTrace();
    expect(codesOf(trace.write(70, "000060030aff", 4, "1104"))).toEqual(["data.attribute-type"]);
    expect(codesOf(trace.write(70, "000060030aff", 4, "1604"))).toEqual([]);
  });

  it("leaves classes and attributes alone of which nothing is known", () => {
    const trace = new DataTrace();
    expect(codesOf(trace.read(8192, energy, 2, "0200"))).toEqual([]);
    expect(codesOf(trace.read(3, energy, 77, "0200"))).toEqual([]);
  });
});

describe("services", () => {
  it("pairs the results of a list with what was asked for", () => {
    const trace = new DataTrace();
    trace.send(`c003c1 02 ${descriptor(3, energy, 2)} 00 ${descriptor(3, energy, 3)} 00`);
    // The second result is scaler_unit, and is a long-unsigned.
    const findings = trace.answer("c403c1 02 00 0600000001 00 120001");
    expect(codesOf(findings)).toEqual(["data.attribute-type"]);
    expect(findings[0]?.detail).toContain("attribute 3 scaler_unit");
  });

  it("leaves out what was refused, and pairs nothing where the numbers differ", () => {
    const trace = new DataTrace();
    trace.send(`c003c1 02 ${descriptor(3, energy, 2)} 00 ${descriptor(3, energy, 3)} 00`);
    expect(trace.answer("c403c1 02 01 03 00 0202 0f00 161e")).toEqual([]);
    expect(trace.answer("c403c1 01 00 120001")).toEqual([]);
  });

  it("reads the contents of a transfer in one block", () => {
    const trace = new DataTrace();
    trace.send(`c001c1 ${descriptor(8, clock, 3)} 00`);
    // Last-Block, number 1, raw-data of 3 bytes: the time zone is a long, not long-unsigned (12).
    expect(codesOf(trace.answer("c402c1 01 00000001 00 03 12003c"))).toEqual([
      "data.attribute-type",
    ]);
    trace.send(`c001c1 ${descriptor(8, clock, 3)} 00`);
    expect(codesOf(trace.answer("c402c1 01 00000001 00 03 10003c"))).toEqual([]);
  });

  it("pairs ACCESS by its specification", () => {
    const request = `d9 40000001 00 02 01 ${descriptor(8, clock, 3)} 01 ${descriptor(8, clock, 8)} 02 0000`;
    const trace = new DataTrace();
    trace.send(request);
    const wrong = "da 40000001 00 00 02 10003c 1101 02 0100 0100";
    expect(codesOf(trace.answer(wrong))).toEqual(["data.attribute-type"]);
    trace.send(request);
    const right = "da 40000001 00 00 02 10003c 0301 02 0100 0100";
    expect(codesOf(trace.answer(right))).toEqual([]);
  });

  it("resolves short names", () => {
    const register = {
      baseName: 0x2000,
      classId: 8,
      version: 0,
      logicalName: Uint8Array.from([0, 0, 1, 0, 0, 255]),
      frame: 1,
    };
    // Attribute 2 of the clock stands 8 behind the base.
    const trace = new DataTrace([register]);
    trace.send("05 01 02 2008");
    expect(codesOf(trace.answer("0c 01 00 1101"))).toEqual(["data.attribute-type"]);
    trace.send("05 01 02 2008");
    expect(codesOf(trace.answer("0c 01 00 090c 07e7010107 0c000000 0000 00"))).toEqual([]);
  });

  it("judges event notifications", () => {
    const trace = new DataTrace();
    const attribute = descriptor(70, "000060030aff", 2);
    expect(codesOf(trace.send(`c2 00 ${attribute} 1101`))).toEqual(["data.attribute-type"]);
    expect(codesOf(trace.send(`c2 00 ${attribute} 0301`))).toEqual([]);
  });

  it("judges pushes that bring the list of their objects", () => {
    const list = `0102 0204 120028 0906 0007190900ff 0f02 120000 0204 120008 0906 ${clock} 0f02 120000`;
    const push = (time: string) => `0f 40000001 00 0202 ${list} ${time}`;
    const trace = new DataTrace();
    expect(codesOf(trace.send(push("1101")))).toEqual(["data.attribute-type"]);
    expect(codesOf(trace.send(push("090c 07e7010107 0c000000 0000 00")))).toEqual([]);
    // Without the list nothing says what the values are.
    expect(trace.send("0f 40000001 00 0202 1101 1102")).toEqual([]);
  });

  it("is silent about damaged frames and APDUs that were cut", () => {
    const trace = new DataTrace();
    expect(trace.read(3, energy, 3, "120001", { damaged: true })).toEqual([]);
    expect(trace.read(3, energy, 3, "0202 0f")).toEqual([]);
    expect(trace.answer("c4")).toEqual([]);
  });

  it("takes any bytes for an answer", () => {
    const random = new SeededRandom(62_056);
    const trace = new DataTrace();
    const captured = `0102 0204 120008 0906 ${clock} 0f02 120000 0204 120003 0906 ${energy} 0f02 120000`;
    const data = "0101 0202 090c 07e7010107 0c000000 0000 00 06 00000001".replaceAll(" ", "");
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.from(data, "hex");
      bytes[random.below(bytes.length)] = random.below(256);
      const classId = [3, 4, 5, 7, 8, 15, 20, 40][random.below(8)] ?? 7;
      trace.read(7, energy, 3, captured);
      trace.read(classId, energy, 1 + random.below(10), bytes.toString("hex"), { time: i });
    }
  });
});

describe("logical names", () => {
  it("reports an object that has another one", () => {
    const findings = new DataTrace().read(3, energy, 1, "0906 0100020800ff");
    expect(codesOf(findings)).toEqual(["data.logical-name-differs"]);
    expect(findings[0]?.detail).toBe("it says 1-0:2.8.0*255, it was addressed as 1-0:1.8.0*255");
  });

  it("knows that the current association has a name of its own", () => {
    expect(new DataTrace().read(15, "0000280000ff", 1, "0906 0000280003ff")).toEqual([]);
  });
});

describe("scalers and units", () => {
  it("reports once that they were not shown", () => {
    const trace = new DataTrace();
    expect(trace.read(3, energy, 2, "06 00000001")).toEqual([
      { code: "data.scaler-not-shown", severity: "info", detail: "1-0:1.8.0*255" },
    ]);
    expect(trace.read(3, energy, 2, "06 00000002")).toEqual([]);
  });

  it("is content where they came before, or in the same answer", () => {
    const trace = new DataTrace();
    trace.read(3, energy, 3, "0202 0fff 161e");
    expect(trace.read(3, energy, 2, "06 00000001")).toEqual([]);
    trace.send(`c003c1 02 ${descriptor(5, energy, 3)} 00 ${descriptor(5, energy, 4)} 00`);
    expect(trace.answer("c403c1 02 00 0600000001 00 0202 0f00 161b")).toEqual([]);
  });

  it("does not miss them for texts", () => {
    expect(new DataTrace().read(3, energy, 2, "0a03 414243")).toEqual([]);
  });
});
