/** The values of an APDU, each with its attribute: every service that carries some. IEC 62056-5-3. */
import { describe, expect, it } from "vitest";
import type { AnsweredRequest } from "../../../decoder/conversation/answered-request.js";
import { objectsOf } from "../../../decoder/conversation/names/object-names.js";
import type { ShortNameObject } from "../../../decoder/core/context.js";
import {
  type AttributeValue,
  valuesOf,
  WriteTransfers,
} from "../../../decoder/readings/attribute-values.js";
import { readApdu } from "../../../decoder/xdlms/apdu.js";
import type { Apdu } from "../../../decoder/xdlms/apdu-value.js";
import { dissectBytes } from "../dissect-bytes.js";
import { decode, descriptor, names, sent, told } from "./reading-trace.js";

const { energy, exported, profile } = names;

function apduOf(hex: string): Apdu {
  const { apdu } = dissectBytes(hex, readApdu).dissection;
  if (apdu === undefined) throw new Error(`no APDU: ${hex}`);
  return apdu;
}

function answered(hex: string, shortNames: readonly ShortNameObject[]): AnsweredRequest {
  const apdu = apduOf(hex);
  const objects = objectsOf(apdu, shortNames);
  const asked = { latency: undefined, apdu, objects, namedBy: 1, naming: apdu };
  return { frame: 1, name: apdu.name, ...asked };
}

/** `3 1.0.1.8.0.255/2 unsigned 1`, with `written` and the selector of a part. */
function show({
  classId,
  logicalName,
  attribute,
  data,
  selection,
  written,
}: AttributeValue): string {
  const part =
    selection === undefined
      ? ""
      : selection === "unknown"
        ? " of unknown part"
        : ` of part ${selection["access-selector"]}`;
  const value = `${classId} ${logicalName.join(".")}/${attribute} ${data.type} ${data.value}`;
  return `${value}${part}${written ? " written" : ""}`;
}

function list(hex: string, shortNames: readonly ShortNameObject[] = []): string[] {
  return valuesOf(apduOf(hex), undefined, shortNames).map(show);
}

function answers(
  request: string,
  hex: string,
  shortNames: readonly ShortNameObject[] = [],
): string[] {
  return valuesOf(apduOf(hex), answered(request, shortNames), shortNames).map(show);
}

/** entry_descriptor: rows 1 to 2, all columns. */
const entries = "02 0204 0600000001 0600000002 120001 120000";
const register: ShortNameObject = {
  baseName: 0x2000,
  classId: 3,
  version: 0,
  logicalName: Uint8Array.of(1, 0, 1, 8, 0, 255),
  frame: 1,
};

describe("GET", () => {
  const two = `c003c1 02 ${descriptor(3, energy, 2)} 00 ${descriptor(7, profile, 2)} 01 ${entries}`;

  it("gives the value of what was asked for", () => {
    expect(answers(`c001c1 ${descriptor(3, energy, 2)} 00`, "c401c1 00 1105")).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5",
    ]);
  });

  it("gives nothing where it was refused, or nobody knows what was asked for", () => {
    expect(answers(`c001c1 ${descriptor(3, energy, 2)} 00`, "c401c1 01 03")).toEqual([]);
    expect(list("c401c1 00 1105")).toEqual([]);
  });

  it("tells the part that was selected", () => {
    const request = `c001c1 ${descriptor(7, profile, 2)} 01 ${entries}`;
    expect(answers(request, "c401c1 00 0100")).toEqual(["7 1.0.99.1.0.255/2 array  of part 2"]);
  });

  it("pairs lists in their order, each with its part", () => {
    expect(answers(two, "c403c1 02 00 1105 00 0100")).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5",
      "7 1.0.99.1.0.255/2 array  of part 2",
    ]);
    expect(answers(two, "c403c1 02 01 03 00 0100")).toEqual([
      "7 1.0.99.1.0.255/2 array  of part 2",
    ]);
  });

  it("does not guess where a list has another length", () => {
    expect(answers(two, "c403c1 01 00 1105")).toEqual([]);
  });

  it("reads what blocks bring when they are complete", () => {
    const request = `c001c1 ${descriptor(3, energy, 2)} 00`;
    // Last-Block, block 1, raw-data of 2 bytes.
    expect(answers(request, "c402c1 01 00000001 00 02 1105")).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5",
    ]);
    // List of two results in the blocks.
    expect(answers(two, "c402c1 01 00000001 00 07 02 00 1105 00 0100")).toHaveLength(2);
    // A block that was refused.
    expect(answers(request, "c402c1 01 00000001 01 03")).toEqual([]);
  });

  it("does not know the part where the naming request was not kept", () => {
    const asked = answered(`c001c1 ${descriptor(3, energy, 2)} 00`, []);
    const [value] = valuesOf(apduOf("c401c1 00 1105"), { ...asked, naming: undefined }, []);
    expect(value?.selection).toBe("unknown");
  });

  it("gives nothing of requests, and of APDUs that were cut", () => {
    expect(list(two)).toEqual([]);
    expect(answers(two, "c403c1 02 00")).toEqual([]);
  });
});

describe("SET", () => {
  it("gives what the client writes", () => {
    expect(list(`c101c1 ${descriptor(3, energy, 2)} 00 1105`)).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5 written",
    ]);
    expect(list(`c101c1 ${descriptor(7, profile, 2)} 01 ${entries} 1105`)).toEqual([
      "7 1.0.99.1.0.255/2 unsigned 5 of part 2 written",
    ]);
  });

  it("pairs a list", () => {
    const two = `02 ${descriptor(3, energy, 2)} 00 ${descriptor(3, exported, 2)} 00`;
    expect(list(`c104c1 ${two} 02 1105 1106`)).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5 written",
      "3 1.0.2.8.0.255/2 unsigned 6 written",
    ]);
  });

  it("gives what blocks write with the last of them, to whom the first named", () => {
    const writes = new WriteTransfers();
    const step = (hex: string) => writes.valuesOf(apduOf(hex), undefined, []).map(show);
    // The only block is the last one: it has all that is written.
    expect(step(`c102c1 ${descriptor(3, energy, 2)} 00 01 00000001 02 1105`)).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5 written",
    ]);
    // A block of a transfer that was not begun.
    expect(step("c103c3 01 00000002 02 1106")).toEqual([]);
  });

  it("remembers whom the first block named until the last one comes", () => {
    const [first, , last] = decode([
      sent(`c102c2 ${descriptor(3, exported, 2)} 00 00 00000001 01 11`),
      told("c502c2 00000001"),
      sent("c103c2 01 00000002 01 06"),
    ]);
    const writes = new WriteTransfers();
    const step = (apdu: Apdu | undefined) =>
      apdu === undefined ? undefined : writes.valuesOf(apdu, undefined, []).map(show);
    expect(step(first?.apdu)).toEqual([]);
    expect(step(last?.apdu)).toEqual(["3 1.0.2.8.0.255/2 unsigned 6 written"]);
  });

  it("takes all other APDUs as they are", () => {
    const values = new WriteTransfers().valuesOf(
      apduOf(`c101c1 ${descriptor(3, energy, 2)} 00 1105`),
      undefined,
      [],
    );
    expect(values.map(show)).toEqual(["3 1.0.1.8.0.255/2 unsigned 5 written"]);
  });
});

describe("ACCESS", () => {
  // GET of two attributes, SET of one, ACTION.
  const request = `d9 40000001 00 04 01 ${descriptor(3, energy, 2)} 02 ${descriptor(3, exported, 2)} 03 ${descriptor(3, energy, 1)} 04 ${descriptor(7, profile, 2)} ${entries} 04 00 1106 0f00 00`;

  it("gives what the client writes, not the null-data beside what it reads", () => {
    expect(list(request)).toEqual(["3 1.0.2.8.0.255/2 unsigned 6 written"]);
  });

  it("gives what was read, not the null-data beside what was written or refused", () => {
    const good = "da 40000001 00 00 04 1105 00 00 0100 04 0100 0200 0300 0100";
    expect(answers(request, good)).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5",
      "7 1.0.99.1.0.255/2 array  of part 2",
    ]);
    // Attribute 2 is refused with read-write-denied (3).
    const refused = "da 40000001 00 00 04 00 00 00 0100 04 0103 0200 0300 0100";
    expect(answers(request, refused)).toEqual(["7 1.0.99.1.0.255/2 array  of part 2"]);
  });
});

describe("short names", () => {
  // Attribute 2 of the register stands 8 behind its base.
  it("are read and written", () => {
    expect(answers("05 01 02 2008", "0c 01 00 1105", [register])).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5",
    ]);
    expect(answers("05 01 02 2008", "0c 01 01 03", [register])).toEqual([]);
    expect(list("06 01 02 2008 01 1105", [register])).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5 written",
    ]);
    expect(list("16 01 02 2008 01 1105", [register])).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5 written",
    ]);
  });

  it("may ask for a part", () => {
    expect(answers("05 01 04 2008 01 1101", "0c 01 00 1105", [register])).toEqual([
      "3 1.0.1.8.0.255/2 unsigned 5 of part 1",
    ]);
  });

  it("say nothing where no object is known to have them", () => {
    expect(answers("05 01 02 3008", "0c 01 00 1105", [register])).toEqual([]);
  });

  it("are reported unasked", () => {
    expect(list("18 00 01 02 2008 01 1105", [register])).toEqual(["3 1.0.1.8.0.255/2 unsigned 5"]);
  });
});

it("gives the value of an event notification", () => {
  expect(list(`c2 00 ${descriptor(3, energy, 2)} 1105`)).toEqual(["3 1.0.1.8.0.255/2 unsigned 5"]);
});

it("gives what a push names", () => {
  const [value] = valuesOf(apduOf(`0f 40000001 00 0202 0906${energy} 1105`), undefined, []);
  expect(value).toMatchObject({ classId: undefined, attribute: 2, data: { value: 5 } });
});
