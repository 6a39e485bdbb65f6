/** Bits of the conformance block by what uses them (IEC 62056-5-3, Conformance). */
import { describe, expect, it } from "vitest";
import { conformanceUsed } from "../../../../decoder/conversation/association/conformance-use.js";
import { readApdu } from "../../../../decoder/xdlms/apdu.js";
import type { Apdu } from "../../../../decoder/xdlms/apdu-value.js";
import { dissectBytes } from "../../dissect-bytes.js";

function usedBy(hex: string): string[] {
  const { dissection } = dissectBytes(hex, readApdu);
  const apdus = dissection.apdus.map(({ name }) => ({ name, length: 0 }));
  return [...conformanceUsed({ apdus, apdu: dissection.apdu })].sort();
}

const value = "0100010800ff";
const list = (...items: readonly string[]) =>
  `${items.length.toString().padStart(2, "0")}${items.join("")}`;
/** Selector 2, entries 1 to 1. */
const selection = "01 02 0204 0600000001 0600000001 120001 120001";

describe("services with logical names", () => {
  it.each([
    ["get", `c00141 0003 ${value} 02 00`, ["get"]],
    [
      "get of all attributes",
      `c00141 0003 ${value} 00 00`,
      ["attribute0-supported-with-get", "get"],
    ],
    ["get of a part", `c00141 0007 ${value} 02 ${selection}`, ["get", "selective-access"]],
    ["get with high priority", `c001c1 0003 ${value} 02 00`, ["get", "priority-mgmt-supported"]],
    [
      "get of a list",
      `c00341 ${list(`0003${value}0200`, `0003${value}0300`)}`,
      ["get", "multiple-references"],
    ],
    ["the next block", "c00241 00000001", ["block-transfer-with-get-or-read", "get"]],
    ["a block", "c40241 00 00000001 00 02 0900", ["block-transfer-with-get-or-read", "get"]],
    ["an answer with high priority", "c401c1 00 00", ["get"]],
    ["set", `c10141 0003 ${value} 02 00 00`, ["set"]],
    ["set of all", `c10141 0003 ${value} 00 00 00`, ["attribute0-supported-with-set", "set"]],
    [
      "set in blocks",
      `c10241 0003 ${value} 02 00 00 00000001 01 00`,
      ["block-transfer-with-set-or-write", "set"],
    ],
    ["action", `c30141 0046 ${value} 01 00`, ["action"]],
    [
      "action in blocks",
      `c30441 0046 ${value} 01 00 00000001 01 00`,
      ["action", "block-transfer-with-action"],
    ],
    ["event", `c2 00 0003 ${value} 02 00`, ["event-notification"]],
    ["push", "0f 40000001 00 00", []],
    ["access", `d9 40000001 00 01 01 0003 ${value} 02 01 00`, ["access"]],
  ])("%s", (_, hex, bits) => {
    expect(usedBy(hex)).toEqual(bits);
  });
});

describe("services with short names", () => {
  it.each([
    ["read", "05 01 02 0100", ["read"]],
    ["read of two", "05 02 02 0100 02 0108", ["multiple-references", "read"]],
    ["read of a part", "05 01 04 0100 01 00", ["parameterized-access", "read"]],
    ["read of the next block", "05 01 05 0001", ["block-transfer-with-get-or-read", "read"]],
    ["a block", "0c 01 02 00 0001 01 00", ["block-transfer-with-get-or-read", "read"]],
    ["write", "06 01 02 0100 01 00", ["write"]],
    ["write without answer", "16 01 02 0100 01 00", ["unconfirmed-write"]],
    ["report", "18 00 01 02 0100 01 00", ["information-report"]],
  ])("%s", (_, hex, bits) => {
    expect(usedBy(hex)).toEqual(bits);
  });
});

describe("what stayed ciphered or broken", () => {
  const used = (...names: readonly string[]) => {
    const apdu: Apdu = { name: names.at(-1) ?? "" };
    return [...conformanceUsed({ apdus: names.map((name) => ({ name, length: 0 })), apdu })];
  };

  it("is judged by its name", () => {
    expect(used("glo-set-request")).toEqual(["set"]);
    expect(used("ded-action-response")).toEqual(["action"]);
    expect(used("get-request-with-list")).toEqual(["get", "multiple-references"]);
  });

  it("and by what stands around it", () => {
    expect(used("general-block-transfer", "general-glo-ciphering", "get-response-normal")).toEqual([
      "general-block-transfer",
      "general-protection",
      "get",
    ]);
    expect(used("aarq")).toEqual([]);
  });
});
