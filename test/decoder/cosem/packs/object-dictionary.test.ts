import { describe, expect, it } from "vitest";
import type { ObisName } from "../../../../decoder/cosem/obis/obis-name.js";
import { dsmr } from "../../../../decoder/cosem/packs/dsmr.js";
import { idis } from "../../../../decoder/cosem/packs/idis.js";
import { india } from "../../../../decoder/cosem/packs/india.js";
import { italy } from "../../../../decoder/cosem/packs/italy.js";
import { kamstrup } from "../../../../decoder/cosem/packs/kamstrup.js";
import {
  type DictionarySources,
  ObjectDictionary,
} from "../../../../decoder/cosem/packs/object-dictionary.js";
import { readObjectFile } from "../../../../decoder/cosem/packs/object-file.js";
import type { Pack } from "../../../../decoder/cosem/packs/pack.js";
import { spain } from "../../../../decoder/cosem/packs/spain.js";

/** The bytes of a code between dots. */
function code(text: string): Uint8Array {
  return Uint8Array.from(text.split(".").map(Number));
}

/** Knows energy import, and of everything else but that it is some object. */
function standard(bytes: Uint8Array): ObisName {
  const isEnergy = bytes[2] === 1 && bytes[3] === 8;
  return isEnergy
    ? {
        name: "Active energy import (+A)",
        isSpecific: true,
        by: "IEC 62056-6-1",
        classId: 3,
        unit: 30,
      }
    : { name: "Some object", isSpecific: false, by: "IEC 62056-6-1" };
}

function dictionary(sources: Partial<DictionarySources> = {}): ObjectDictionary {
  return new ObjectDictionary({ standard, ...sources });
}

function pack(id: string, objects: string, rest: Partial<Pack> = {}): Pack {
  return { id, name: `Pack ${id}`, source: "this test", objects, ...rest };
}

const total = code("1.0.1.8.0.255");
const channel = code("0.2.24.2.1.255");

describe("ObjectDictionary.find", () => {
  const chosen = pack("a", "1-0:1.8.0*255,3,Energy of pack a\n0-n:24.2.1*255,4,Reading {B},m³,-3");
  const other = pack("b", "1-0:1.8.0*255,3,Energy of pack b\n0-2:24.2.1*255,4,Gas of pack b");
  const users = readObjectFile("1-0:1.8.0*255,,My energy\n0-n:24.2.1*255,,Mine {B}", "my.csv");

  it("believes users first, then chosen packs, the standard, and the other packs last", () => {
    const all = { objects: users, packs: [chosen], otherPacks: [other] };
    expect(dictionary(all).find(total)).toMatchObject({ name: "My energy", by: "my.csv" });
    expect(dictionary({ ...all, objects: [] }).find(total).by).toBe("Pack a");
    expect(dictionary({ otherPacks: [other] }).find(total).by).toBe("IEC 62056-6-1");
    expect(dictionary({ otherPacks: [other] }).find(channel).name).toBe("Gas of pack b");
    expect(dictionary({ otherPacks: [] }).find(channel).isSpecific).toBe(false);
  });

  it("keeps what the standard knows of the object where a line leaves it open", () => {
    expect(dictionary({ objects: users }).find(total)).toEqual({
      name: "My energy",
      isSpecific: true,
      by: "my.csv",
      classId: 3,
      unit: 30,
      scaler: undefined,
      isTotal: undefined,
    });
  });

  it("fills the value of a group into the name", () => {
    const found = dictionary({ packs: [chosen] }).find(channel);
    expect(found).toMatchObject({ name: "Reading 2", classId: 4, unit: 13, scaler: -3 });
  });

  it("lets the more exact pattern win within a file and among packs that nobody chose", () => {
    const lines = "0-n:24.2.1*255,,Wide\n0-1-4:24.2.1*255,,Narrow\n0-2:24.2.1*255,,Exact";
    const mine = readObjectFile(lines, "my.csv");
    expect(dictionary({ objects: mine }).find(channel).name).toBe("Exact");
    expect(dictionary({ objects: mine }).find(code("0.3.24.2.1.255")).name).toBe("Narrow");
    expect(dictionary({ objects: mine }).find(code("0.9.24.2.1.255")).name).toBe("Wide");
    expect(dictionary({ otherPacks: [chosen, other] }).find(channel).by).toBe("Pack b");
  });

  it("tells classes apart where they are known", () => {
    const mine = readObjectFile("0-0:96.3.10*255,70,Switch\n0-0:96.3.10*255,1,State", "my.csv");
    const found = dictionary({ objects: mine });
    const object = code("0.0.96.3.10.255");
    expect(found.find(object, 1).name).toBe("State");
    expect(found.find(object, 70).name).toBe("Switch");
    expect(found.find(object, 3).name).toBe("Some object");
    expect(found.find(object).name).toBe("Switch");
  });

  it("asks once for each code, however many codes there are", () => {
    let asked = 0;
    const counting = (bytes: Uint8Array) => {
      asked += 1;
      return standard(bytes);
    };
    const found = new ObjectDictionary({ standard: counting, otherPacks: [] });
    const first = found.find(total);
    expect(found.find(total)).toBe(first);
    expect(asked).toBe(1);
    for (let i = 0; i < 10_000; i++) found.find(Uint8Array.of(1, 0, 1, 7, i >> 8, i & 255));
    expect(found.find(total)).toEqual(first);
  });

  it("leaves what is no code of six bytes to the standard", () => {
    expect(dictionary().find(Uint8Array.of(1, 2, 3)).name).toBe("Some object");
    expect(dictionary().find(Uint8Array.of(0, 1, 2, 3)).name).toBe("Some object");
  });

  it("does not read a pack before it is needed", () => {
    const broken = pack("c", "this is no line of a pack");
    const found = dictionary({ packs: [chosen], otherPacks: [broken] });
    expect(found.find(total).by).toBe("Pack a");
    expect(() => found.find(code("9.9.9.9.9.9"))).toThrow(/Pack c, line 1/);
  });
});

describe("ObjectDictionary.findEvent", () => {
  const standardLog = code("0.0.99.98.0.255");
  const fraudLog = code("0.0.99.98.1.255");

  it("tells the event of a chosen pack, by the log or by the object of its event code", () => {
    // DSMR P3 companion standard 4.2.2, event codes; GXF, EventType.
    const found = dictionary({ packs: [dsmr] });
    expect(found.findEvent(fraudLog, 40)).toEqual({
      text: "Terminal cover removed",
      by: "DSMR and ESMR, Netherlands",
    });
    expect(found.findEvent(code("0.0.96.11.1.255"), 42)?.text).toBe("Strong DC field detected");
    expect(found.findEvent(code("0.0.99.98.3.255"), 113)?.text).toBe(
      "Fraud attempt on M-Bus channel 2",
    );
    expect(found.findEvent(standardLog, 99)).toBeUndefined();
  });

  it("tells every meaning where packs differ and nobody chose one", () => {
    const found = dictionary({ otherPacks: [dsmr, idis, india] });
    expect(found.findEvent(standardLog, 1)).toEqual({
      text: "Power failure (DSMR and ESMR, Netherlands; IDIS, packages 2 and 3) or R phase voltage missing - occurrence (IS 15959, India)",
      by: "DSMR and ESMR, Netherlands; IDIS, packages 2 and 3; IS 15959, India",
    });
    expect(found.findEvent(standardLog, 18)?.text).toBe("Firmware activated");
  });

  it("knows events of India, of Spain and of IDIS", () => {
    // IS 15959 part 1, event tables.
    const indian = dictionary({ packs: [india] });
    expect(indian.findEvent(code("0.0.99.98.1.255"), 51)?.text).toBe(
      "R phase current reverse - occurrence",
    );
    expect(indian.findEvent(code("0.0.99.98.4.255"), 202)?.text).toMatch(/magnet.* - restoration$/);
    // PRIME companion, group 2.
    const spanish = dictionary({ packs: [spain] });
    expect(spanish.findEvent(code("0.0.99.98.2.255"), 2)?.text).toBe(
      "Remote disconnection (command)",
    );
    // IDIS package 2, M-Bus control log of channel 3.
    const european = dictionary({ packs: [idis] });
    expect(european.findEvent(code("0.3.24.5.0.255"), 184)?.text).toBe(
      "Valve alarm on M-Bus channel 3",
    );
  });
});

describe("ObjectDictionary.findBits", () => {
  it("tells the bits of a register, of its filter and of its descriptor", () => {
    const found = dictionary({ packs: [idis] });
    for (const e of [1, 11, 21]) {
      const bits = found.findBits(Uint8Array.of(0, 0, 97, 98, e, 255));
      expect(bits?.get(9)).toBe("Phase asymmetry");
      expect(bits?.get(31)).toBe("Disconnection or reconnection failed");
      expect(bits?.has(23)).toBe(false);
    }
    expect(found.findBits(total)).toBeUndefined();
  });

  it("tells both meanings of a bit where packs differ", () => {
    // DSMR 4 reports a new device where IDIS reports a permanent error.
    const bits = dictionary({ otherPacks: [dsmr, idis] }).findBits(code("0.0.97.98.0.255"));
    expect(bits?.get(0)).toBe("Clock invalid");
    expect(bits?.get(24)).toBe(
      "New device discovered on M-Bus channel 1 (DSMR and ESMR, Netherlands) or Permanent error on M-Bus channel 1 (IDIS, packages 2 and 3)",
    );
  });

  it("knows the event status word of India", () => {
    const bits = dictionary().findBits(code("0.0.94.91.18.255"));
    expect(bits?.get(81)).toBe("Influence of permanent magnet or AC/DC electromagnet");
  });
});

describe("facts of packs", () => {
  it.each([
    // DSMR P1 companion standard 5.0.2, table of objects.
    [dsmr, "1.3.0.2.8.255", { name: "Version of the P1 output", classId: 1 }],
    [dsmr, "0.0.96.7.21.255", { name: "Power failures in any phase", classId: 1 }],
    [
      dsmr,
      "0.1.24.2.1.255",
      { name: "Last meter reading of the M-Bus device - channel 1", classId: 4 },
    ],
    // OBIS list Kamstrup_V0001: energies in 10 Wh, currents in 10 mA.
    [kamstrup, "1.1.1.8.0.255", { unit: 30, scaler: 1 }],
    [kamstrup, "1.1.51.7.0.255", { name: "Current L2", unit: 33, scaler: -2 }],
    // IS 15959 part 1.
    [india, "0.0.94.91.8.255", { name: "Cumulative power-off duration", unit: 6 }],
    // UNI/TS 11291-12-2.
    [italy, "0.0.66.0.47.255", { name: "Compact frame CF47", classId: 62 }],
  ])("%#: $1", (chosen, text, expected) => {
    expect(dictionary({ packs: [chosen as Pack] }).find(code(text as string))).toMatchObject(
      expected as object,
    );
  });

  it("finds objects of a country whose pack nobody chose, by the country code in D", () => {
    expect(dictionary().find(code("0.1.94.31.3.255")).by).toBe("DSMR and ESMR, Netherlands");
    expect(dictionary().find(code("1.1.94.34.101.255")).name).toBe("Active quadrant L1");
    expect(dictionary().find(code("0.0.94.39.7.255")).name).toBe("Cause of the valve closure");
    expect(dictionary().find(code("0.0.94.91.0.255")).name).toBe("Cumulative tamper count");
  });
});
