import { describe, expect, test } from "vitest";
import type { AnsweredRequest } from "../../../../decoder/conversation/answered-request.js";
import { objectsOf } from "../../../../decoder/conversation/names/object-names.js";
import { ShortNameMap } from "../../../../decoder/conversation/names/short-names.js";
import type {
  FindingSink,
  ObservedFrame,
} from "../../../../decoder/conversation/observed-frame.js";
import type { ShortNameObject } from "../../../../decoder/core/context.js";
import { classNotKnown } from "../../../../decoder/cosem/short-name.js";
import { readApdu } from "../../../../decoder/xdlms/apdu.js";
import type { Apdu } from "../../../../decoder/xdlms/apdu-value.js";
import { formatLogicalName } from "../../../../decoder/xdlms/logical-name.js";
import { createContext, dissectBytes, toBytes } from "../../dissect-bytes.js";

/** A meter that is read: each exchange is a request, and the frame with its answer. */
class Reading {
  readonly map = new ShortNameMap();
  /** `code: detail`, in order. */
  readonly reports: string[] = [];
  shortNames: readonly ShortNameObject[] = [];
  #frame = 0;

  exchange(request: string, answer: string, changes: Partial<ObservedFrame> = {}): this {
    const asked = readHex(request);
    const requestFrame = ++this.#frame;
    const frame = observed(++this.#frame, readHex(answer), changes);
    const answered: AnsweredRequest = {
      frame: requestFrame,
      name: asked.name,
      latency: undefined,
      apdu: asked,
      objects: objectsOf(asked, this.shortNames),
      namedBy: requestFrame,
      naming: asked,
    };
    return this.observe(frame, answered);
  }

  observe(frame: ObservedFrame, answered: AnsweredRequest | undefined): this {
    const sink: FindingSink = {
      report: ({ code }, detail) => this.reports.push(`${code}: ${detail}`),
      amend: () => expect.fail("nothing is said of earlier frames"),
    };
    this.shortNames = this.map.observe(frame, answered, sink);
    return this;
  }

  /** `0x2d50 1-0:1.8.0*255 class 3 frame 2` for each object. */
  get known(): string[] {
    return this.shortNames.map(({ baseName, logicalName, classId, frame }) => {
      const name = `0x${baseName.toString(16)} ${formatLogicalName(logicalName)}`;
      return `${name} class ${classId === classNotKnown ? "?" : classId} frame ${frame}`;
    });
  }
}

function readHex(hex: string): Apdu {
  const { apdu } = dissectBytes(hex, readApdu).dissection;
  if (apdu === undefined) throw new Error("no APDU");
  return apdu;
}

function observed(number: number, apdu: Apdu, changes: Partial<ObservedFrame>): ObservedFrame {
  return {
    number,
    time: null,
    framing: "apdu",
    direction: "server-to-client",
    bytes: new Uint8Array(),
    damaged: false,
    link: {},
    apdus: [{ name: apdu.name, length: 0 }],
    apdu,
    ciphering: undefined,
    context: createContext({ number }),
    ...changes,
  };
}

/** An element of object_list: base_name as long, class_id as long-unsigned, version, logical_name. */
function element(base: string, classId: string, logicalName: string, version = "00"): string {
  return `0204 10${base} 12${classId} 11${version} 0906${logicalName}`;
}

const energy = element("2d50", "0003", "0100010800ff");
const clock = element("2bc0", "0008", "0000010000ff");
// -1536 as long: 0xfa00
const association = element("fa00", "000c", "0000280000ff", "02");
const readList = "05 01 02 fa08";
const list = `0103 ${energy} ${clock} ${association}`;
const learntList = [
  "0x2bc0 0-0:1.0.0*255 class 8 frame 2",
  "0x2d50 1-0:1.8.0*255 class 3 frame 2",
  "0xfa00 0-0:40.0.0*255 class 12 frame 2",
];

describe("the object list of Association SN", () => {
  test("read with its short name", () => {
    const reading = new Reading().exchange(readList, `0c 01 00 ${list}`);
    expect(reading.known).toEqual(learntList);
    expect(reading.reports).toEqual(["short-name.learnt: 3 objects, 3 of them new"]);
    expect(reading.shortNames[0]?.version).toBe(0);
  });

  test("in part, by selective access", () => {
    // Selector 1: class_id 8
    const request = "05 01 04 fa08 01 0204 100000 120008 110000 090100";
    const reading = new Reading().exchange(request, `0c 01 00 0101 ${clock}`);
    expect(reading.known).toEqual(["0x2bc0 0-0:1.0.0*255 class 8 frame 2"]);
    expect(reading.reports).toEqual(["short-name.learnt: 1 object, 1 of them new"]);
  });

  test("in one block, and in the block that completes a transfer", () => {
    const value = toBytes(list);
    const length = value.length.toString(16).padStart(2, "0");
    // data-block-result: last, block 1, raw data
    const reading = new Reading().exchange(readList, `0c 01 02 01 0001 ${length} ${list}`);
    expect(reading.known).toEqual(learntList);
    // The same, as the reassembly leaves it in the answer to a request for the next block
    const contents = readHex(`0c 01 00 ${list}`);
    const [result] = "result" in contents && Array.isArray(contents.result) ? contents.result : [];
    const block = { "last-block": true, "block-number": 3, "raw-data": value, contents: result };
    const answer = { name: "read-response", result: [{ "data-block-result": block }] };
    const next = new Reading().observe(observed(2, answer, {}), {
      frame: 1,
      name: "read-request",
      latency: undefined,
      apdu: readHex("05 01 05 0002"),
      objects: objectsOf(readHex(readList), []),
      namedBy: 1,
      naming: readHex("05 01 05 0002"),
    });
    expect(next.known).toEqual(learntList);
  });

  test("beside other variables", () => {
    const reading = new Reading().exchange(
      "05 02 02 fd08 02 fa08",
      `0c 02 00 0903 414243 00 0101 ${clock}`,
    );
    expect(reading.known).toEqual(["0x2bc0 0-0:1.0.0*255 class 8 frame 2"]);
  });

  test("read with the logical name of the association", () => {
    const reading = new Reading().exchange("c001c1 000c 0000280000ff 02 00", `c401c1 00 ${list}`);
    expect(reading.known).toEqual(learntList);
  });

  test("by getlist_by_classid and getobj_by_logicalname", () => {
    // Methods 1 and 2 of the first versions: x + 0x20 and x + 0x28, with parameters
    const reading = new Reading()
      .exchange("05 01 04 fa20 00 120008", `0c 01 00 0101 ${clock}`)
      .exchange("05 01 04 fa28 00 0906 0100010800ff", `0c 01 00 ${energy}`);
    expect(reading.known).toEqual([
      "0x2bc0 0-0:1.0.0*255 class 8 frame 2",
      "0x2d50 1-0:1.8.0*255 class 3 frame 4",
    ]);
  });

  test("read again teaches nothing: the same array, no report", () => {
    const reading = new Reading().exchange(readList, `0c 01 00 ${list}`);
    const { shortNames } = reading;
    reading.exchange(readList, `0c 01 00 ${list}`);
    expect(reading.shortNames).toBe(shortNames);
    expect(reading.reports).toHaveLength(1);
  });

  test("more of it adds to what is known", () => {
    const reading = new Reading()
      .exchange(readList, `0c 01 00 0101 ${clock}`)
      .exchange(readList, `0c 01 00 0102 ${clock} ${energy}`);
    expect(reading.known).toEqual([
      "0x2bc0 0-0:1.0.0*255 class 8 frame 2",
      "0x2d50 1-0:1.8.0*255 class 3 frame 4",
    ]);
    expect(reading.reports[1]).toBe("short-name.learnt: 2 objects, 1 of them new");
  });
});

describe("nothing is learnt from", () => {
  test.each([
    ["a refusal", readList, "0c 01 01 03"],
    ["an answer that is cut", readList, `0c 01 00 0103 ${energy}`],
    ["an answer to fewer variables", "05 02 02 fd08 02 fa08", `0c 01 00 ${list}`],
    ["an empty list", readList, "0c 01 00 0100"],
    ["the same list of another object", "05 01 02 1000", `0c 01 00 ${list}`],
    // Association LN: class_id, version, logical_name, access_rights. As Elster's 0x6188.
    [
      "a list without base names",
      readList,
      "0c 01 00 0101 0204 120001 1100 0906 00015d2c0aff 0202 0100 0100",
    ],
    ["a list with one other element", readList, `0c 01 00 0102 ${energy} 1105`],
    ["an answer to a write", "06 01 02 fa08 01 1105", "0d 01 00"],
  ])("%s", (_, request, answer) => {
    const reading = new Reading().exchange(request, answer);
    expect(reading.known).toEqual([]);
    expect(reading.reports).toEqual([]);
  });

  test("a damaged frame", () => {
    const reading = new Reading().exchange(readList, `0c 01 00 ${list}`, { damaged: true });
    expect(reading.known).toEqual([]);
  });

  test("an answer whose request was not captured, and a frame without an APDU", () => {
    const reading = new Reading().observe(observed(1, readHex(`0c 01 00 ${list}`), {}), undefined);
    reading.exchange(readList, `0c 01 00 ${list}`, { apdu: undefined });
    expect(reading.known).toEqual([]);
    expect(reading.reports).toEqual([]);
  });
});

describe("a logical name that was read", () => {
  // blockworksco-playground-hdlc-0001 (Elster), frames 46 and 47
  const request = "05 01 02 2d50";
  const answer = "0c 01 00 0906 0000130000ff";

  test("is taken for that of the object at the short name", () => {
    const reading = new Reading().exchange(request, answer);
    expect(reading.known).toEqual(["0x2d50 0-0:19.0.0*255 class ? frame 2"]);
    expect(reading.reports).toEqual(["short-name.base-assumed: 0x2d50 is 0-0:19.0.0*255"]);
    // As the session goes on: the same again, 12 times.
    const { shortNames } = reading;
    for (let i = 0; i < 12; i++) reading.exchange(request, answer);
    expect(reading.shortNames).toBe(shortNames);
    expect(reading.reports).toHaveLength(1);
  });

  test.each([
    ["it is no logical name", request, "0c 01 00 0906 4d4554455220"],
    ["it has another length", request, "0c 01 00 0905 00001300ff"],
    ["no base ends so", "05 01 02 2d54", answer],
    ["it is the value of another attribute", "05 01 02 fd08", answer],
  ])("unless %s", (_, asked, answered) => {
    const reading = new Reading().exchange(asked, answered);
    expect(reading.known).toEqual([]);
    expect(reading.reports).toEqual([]);
  });

  test("is not, at the next attribute of an object that is known", () => {
    // DL_reference, attribute 2 of IPv4 setup, is a logical name.
    const setup = element("2000", "002a", "0000190100ff");
    const reading = new Reading()
      .exchange(readList, `0c 01 00 0101 ${setup}`)
      .exchange("05 01 02 2008", "0c 01 00 0906 0000190200ff");
    expect(reading.known).toEqual(["0x2000 0-0:25.1.0*255 class 42 frame 2"]);
  });

  test("gives way to the object list", () => {
    const listed = element("2d50", "0001", "0000130000ff");
    const reading = new Reading()
      .exchange(request, answer)
      .exchange(readList, `0c 01 00 0101 ${listed}`);
    expect(reading.known).toEqual(["0x2d50 0-0:19.0.0*255 class 1 frame 4"]);
    expect(reading.reports[1]).toBe("short-name.learnt: 1 object, 1 of them new");
  });

  test("is dropped where the list shows that it was another attribute", () => {
    const setup = element("2d48", "002a", "0000190100ff");
    const reading = new Reading()
      .exchange(request, answer)
      .exchange(readList, `0c 01 00 0101 ${setup}`);
    expect(reading.known).toEqual(["0x2d48 0-0:25.1.0*255 class 42 frame 4"]);
    expect(reading.reports).toHaveLength(2);
  });

  test("makes a reserved name more exact", () => {
    const reading = new Reading().exchange("05 01 02 fa00", "0c 01 00 0906 0000280001ff");
    expect(reading.known).toEqual(["0xfa00 0-0:40.0.1*255 class 12 frame 2"]);
    expect(reading.reports).toEqual([]);
  });
});

describe("short-name.contradiction", () => {
  test("the list gives a base name to another object", () => {
    const other = element("2d50", "0003", "0100020800ff");
    const reading = new Reading()
      .exchange(readList, `0c 01 00 0101 ${energy}`)
      .exchange(readList, `0c 01 00 0101 ${other}`);
    expect(reading.reports.slice(1)).toEqual([
      "short-name.learnt: 1 object, 1 of them new",
      "short-name.contradiction: 0x2d50 was 1-0:1.8.0*255 class 3 in frame 2 and is 1-0:2.8.0*255 class 3 now",
    ]);
    expect(reading.known).toEqual(["0x2d50 1-0:2.8.0*255 class 3 frame 4"]);
  });

  test("of many, three are listed", () => {
    const bases = ["1000", "1100", "1200", "1300", "1400"];
    const all = (name: string) => bases.map((base) => element(base, "0003", name)).join("");
    const reading = new Reading()
      .exchange(readList, `0c 01 00 0105 ${all("0100010800ff")}`)
      .exchange(readList, `0c 01 00 0105 ${all("0100020800ff")}`);
    expect(reading.reports[2]).toMatch(
      /^short-name.contradiction: 0x1000 .*0x1200 .*; and 2 more$/,
    );
  });

  test("an object has another logical name than the list says", () => {
    const reading = new Reading()
      .exchange(readList, `0c 01 00 0101 ${energy}`)
      .exchange("05 01 02 2d50", "0c 01 00 0906 0100020800ff");
    expect(reading.reports.slice(1)).toEqual([
      "short-name.contradiction: 0x2d50 was 1-0:1.8.0*255 class 3 in frame 2 and is 1-0:2.8.0*255 class 3 now",
    ]);
  });

  test("not where both say the same, or the list tells the version at last", () => {
    const reading = new Reading()
      .exchange("05 01 02 fa00", "0c 01 00 0906 0000280001ff")
      .exchange(readList, `0c 01 00 0102 ${energy} ${element("fa00", "000c", "0000280001ff")}`)
      .exchange("05 01 02 2d50", "0c 01 00 0906 0100010800ff");
    expect(reading.reports).toEqual(["short-name.learnt: 2 objects, 2 of them new"]);
  });
});

describe("short-name.reserved-base", () => {
  test("the list has a Register at the base of Association SN", () => {
    const wrong = element("fa00", "0003", "0100010800ff");
    const reading = new Reading().exchange(readList, `0c 01 00 0101 ${wrong}`);
    expect(reading.reports[0]).toBe(
      "short-name.reserved-base: 0xfa00 is 1-0:1.8.0*255 class 3, and is reserved for class 12",
    );
  });

  test("not for the reserved classes, and a Register as logical device name", () => {
    const reserved = [
      element("fa00", "000c", "0000280000ff"),
      element("fb00", "0009", "00000a007dff"),
      element("fc00", "0011", "0000290000ff"),
      element("fd00", "0003", "00002a0000ff"),
    ].join("");
    const reading = new Reading().exchange(readList, `0c 01 00 0104 ${reserved}`);
    expect(reading.reports).toEqual(["short-name.learnt: 4 objects, 4 of them new"]);
  });
});
