import { describe, expect, test } from "vitest";
import { foldHex, longestLine } from "../../../renderer/scratch/fold-hex.js";

/** 32 bytes: 00 01 … 1f. */
const row = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const count = Math.ceil(longestLine / 64) + 1;

describe("an endless line of hex", () => {
  test("gets a row for each 32 bytes", () => {
    const folded = foldHex(`${row.join("").repeat(count)}7ea0`);
    expect(folded).toBe(`${`${row.join("")}\n`.repeat(count)}7ea0`);
  });

  test("keeps its blanks within rows", () => {
    const line = `${row.join(" ")} `.repeat(count);
    expect(foldHex(line)).toBe(Array.from({ length: count }, () => row.join(" ")).join("\n"));
  });

  test("leaves the lines around it", () => {
    const line = row.join("").repeat(count);
    const rows = Array.from({ length: count }, () => row.join("")).join("\n");
    expect(foldHex(`a log\n${line}\r\n7E A0\n`)).toBe(`a log\n${rows}\n7E A0\n`);
  });
});

test("what may be one APDU, and lines that are no hex alone, stay as they are", () => {
  expect(foldHex("7e".repeat(65_535))).toBeNull();
  expect(foldHex("7e".repeat(longestLine / 2))).toBeNull();
  expect(foldHex(`RX: ${"7e".repeat(longestLine)}`)).toBeNull();
  expect(foldHex(`${row.join("")}\n`.repeat(count))).toBeNull();
});
