/** Remarks on the nodes of values: names of elements, meanings of numbers, objects of logical names. */
import { describe, expect, it } from "vitest";
import type { SpanNode } from "../../../decoder/core/recorder.js";
import {
  bitsOf,
  choice,
  dateTime as dateTimeRule,
  formed,
  ipv4Address,
} from "../../../decoder/cosem/value-rule.js";
import { meaningOf } from "../../../decoder/readings/named-tree.js";
import { findNodes } from "../dissect-bytes.js";
import {
  array,
  captured,
  dateTime,
  decode,
  descriptor,
  names,
  number,
  push,
  read,
  sent,
  structure,
  type Trace,
  toData,
} from "./reading-trace.js";

const { clock, energy, profile } = names;

function treeOf(trace: Trace): readonly SpanNode[] {
  return decode(trace).at(-1)?.tree ?? [];
}

/** The remarks on the nodes of that field in the last frame. */
function notes(trace: Trace, field: string): (string | undefined)[] {
  return findNodes(treeOf(trace), field).map(({ note }) => note);
}

describe("values", () => {
  it("say what they are of", () => {
    expect(notes(read(3, energy, 2, number(1)), "data.double-long-unsigned")).toEqual([
      "value of Active energy import (+A)",
    ]);
    expect(notes(read(8192, energy, 2, number(1)), "data.double-long-unsigned")).toEqual([
      "attribute 2 of Active energy import (+A)",
    ]);
  });

  it("are words of an enumeration", () => {
    const [note] = notes(read(70, "000060030aff", 3, "1601"), "data.enum");
    expect(note).toBe("control_state of Disconnect control, connected");
  });

  it("are bits by their names", () => {
    // Clock status 0x81: invalid value (bit 0), daylight saving active (bit 7).
    const [note] = notes(read(8, clock, 4, "1181"), "data.unsigned");
    expect(note).toBe("status of Clock, invalid value, daylight saving active");
    expect(notes(read(8, clock, 4, "1100"), "data.unsigned")).toEqual(["status of Clock"]);
  });

  it("are structures whose elements have names, and units", () => {
    const trace = read(3, energy, 3, "0202 0fff 161e");
    expect(notes(trace, "data.structure")).toEqual(["scaler_unit of Active energy import (+A)"]);
    expect(notes(trace, "data.integer")).toEqual(["scaler"]);
    expect(notes(trace, "data.enum")).toEqual(["unit, Wh"]);
  });

  it("are lists whose elements name classes and objects", () => {
    const trace = read(7, profile, 3, array(captured(8, clock), captured(3, energy)));
    expect(notes(trace, "data.long-unsigned")).toEqual([
      "class_id, Clock",
      "data_index",
      "class_id, Register",
      "data_index",
    ]);
    const [first, second] = notes(trace, "data.octet-string");
    // The reader of octet-strings has said already that it is a logical name.
    expect(first).toMatch(/logical_name.*Clock/);
    expect(second).toMatch(/1-0:1\.8\.0\*255.*logical_name.*Active energy import/);
  });

  it("stay as they are where their form is not that of the class", () => {
    const trace = read(3, energy, 3, "0203 0fff 161e 1100");
    expect(notes(trace, "data.integer")).toEqual([undefined]);
  });

  it("of pushes are named by the list in the push", () => {
    const list = array(captured(40, "0000190900ff"), captured(70, "000060030aff", 3));
    const found = notes([push(structure(list, "1602"))], "data.enum");
    expect(found).toEqual(["control_state of Disconnect control, ready for reconnection"]);
  });

  it("that nobody knows have no remark", () => {
    expect(notes([push("0202 1101 1102")], "data.unsigned")).toEqual([undefined, undefined]);
  });

  it("of a profile are named by their columns", () => {
    const objects = array(captured(8, clock), captured(70, "000060030aff", 3));
    const rows = read(7, profile, 2, array(structure(dateTime(12), "1600")));
    const trace = [...read(7, profile, 3, objects), ...rows];
    expect(notes(trace, "data.enum")).toEqual(["Disconnect control, disconnected"]);
    // Without the capture objects, nothing is known of them.
    expect(notes(rows, "data.enum")).toEqual([undefined]);
    // A row of another width.
    const wide = read(7, profile, 2, array(structure(dateTime(12), "1600", "1101")));
    expect(notes([...read(7, profile, 3, objects), ...wide], "data.enum")).toEqual([undefined]);
  });
});

describe("parameters of methods", () => {
  it("are named by the method", () => {
    // Script table, execute: the parameter names the script.
    const trace = [sent(`c301c1 ${descriptor(9, "00000a0064ff", 1)} 01 120002`)];
    expect(notes(trace, "data.long-unsigned")).toEqual(["parameter of execute"]);
  });

  it("have names for their elements", () => {
    // Association LN, add_user: user_id and user_name.
    const trace = [sent(`c301c1 ${descriptor(15, "0000280000ff", 5)} 01 0202 1101 0a01 41`)];
    expect(notes(trace, "data.structure")).toEqual(["parameter of add_user"]);
    expect(notes(trace, "data.unsigned")).toEqual(["user_id"]);
    expect(notes(trace, "data.visible-string")).toEqual(["user_name"]);
  });
});

describe("descriptors", () => {
  it("name class, object and attribute", () => {
    const tree = treeOf([sent(`c001c1 ${descriptor(3, energy, 2)} 00`)]);
    const [node] = findNodes(tree, "cosem.attribute-descriptor");
    const [classNode, nameNode, attributeNode] = node?.children ?? [];
    expect(classNode?.note).toBe("Register");
    expect(nameNode?.note).toMatch(/Active energy import \(\+A\)$/);
    expect(attributeNode?.note).toMatch(/value/);
  });

  it("name methods", () => {
    const tree = treeOf([sent(`c301c1 ${descriptor(8, clock, 1)} 01 0f00`)]);
    const [node] = findNodes(tree, "cosem.method-descriptor");
    expect(node?.children?.[0]?.note).toBe("Clock");
    expect(node?.children?.[2]?.note).toMatch(/adjust_to_quarter/);
  });

  it("of no known class have the name of the object alone", () => {
    const tree = treeOf([sent(`c001c1 ${descriptor(8192, energy, 2)} 00`)]);
    const [node] = findNodes(tree, "cosem.attribute-descriptor");
    expect(node?.children?.[0]?.note).toBeUndefined();
    expect(node?.children?.[1]?.note).toMatch(/Active energy import/);
  });
});

describe("meanings", () => {
  it.each([
    ["an address", "06 c0a80001", ipv4Address, "192.168.0.1"],
    [
      "a MAC address",
      "0906 0011223344ff",
      formed("mac-address", "octet-string"),
      "00:11:22:33:44:ff",
    ],
    ["a class", "120003", formed("class-id", "long-unsigned"), "Register"],
    ["a number in hex", "12fa00", formed("hex", "long-unsigned"), "0xfa00"],
    ["the first bit of a bit-string", "0404 80", bitsOf("bit-string", { 0: "first" }), "first"],
    ["bit 31 of a number", "06 80000000", bitsOf("double-long-unsigned", { 31: "last" }), "last"],
    ["a date-time", dateTime(12), dateTimeRule, "2023-01-01T12:00:00*"],
    [
      "an alternative",
      "1103",
      choice(bitsOf("enum", { 0: "a" }), bitsOf("unsigned", { 1: "b" })),
      "b",
    ],
    ["nothing of another type", "1103", bitsOf("enum", { 0: "a" }), undefined],
    ["nothing where no bit is set", "1600", bitsOf("enum", { 0: "a" }), undefined],
  ])("%s", (_, data, rule, meaning) => {
    expect(meaningOf(toData(data), rule)).toBe(meaning);
  });
});
