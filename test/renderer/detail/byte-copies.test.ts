import { expect, test } from "vitest";
import { bytesAs } from "../../../renderer/detail/byte-copies.js";

test("bytes are copied as people paste them", () => {
  expect(bytesAs("7ea0ff", "stream")).toBe("7ea0ff");
  expect(bytesAs("7ea0ff", "spaced")).toBe("7E A0 FF");
  expect(bytesAs("7ea0ff", "escaped")).toBe('"\\x7e\\xa0\\xff"');
  expect(bytesAs("7ea0", "c-array")).toBe("const unsigned char bytes[2] = {\n  0x7e, 0xa0\n};\n");
});

test("a C array goes on in the next line after twelve bytes", () => {
  const lines = bytesAs("00".repeat(13), "c-array").split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]?.match(/0x00/g)).toHaveLength(12);
  expect(lines[1]?.endsWith(",")).toBe(true);
  expect(lines[2]).toBe("  0x00");
});

test("no bytes are no bytes", () => {
  expect(bytesAs("", "spaced")).toBe("");
  expect(bytesAs("", "escaped")).toBe('""');
});
