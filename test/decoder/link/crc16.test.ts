import fc from "fast-check";
import { expect, test } from "vitest";
import { crc16X25, hasCrc16X25 } from "../../../decoder/link/crc16.js";
import { toBytes } from "../dissect-bytes.js";
import { bitwiseCrc } from "./hdlc-frames.js";

test("check value of CRC-16/X-25", () => {
  const digits = new TextEncoder().encode("123456789");
  expect(crc16X25(digits, 0, digits.length)).toBe(0x906e);
});

test("no bytes", () => {
  expect(crc16X25(new Uint8Array(0), 0, 0)).toBe(0);
});

test("a part of the bytes: HCS and FCS of a SNRM frame", () => {
  // meterkit-cosemlib-hdlc-0002
  const frame = toBytes("7ea0210002002321931964818012050180060180070400000001080400000007655e7e");
  expect(crc16X25(frame, 1, 9)).toBe(0x6419);
  expect(hasCrc16X25(frame, 1, 9)).toBe(true);
  expect(crc16X25(frame, 1, 32)).toBe(0x5e65);
  expect(hasCrc16X25(frame, 1, 32)).toBe(true);
  expect(hasCrc16X25(frame, 1, 31)).toBe(false);
});

test("a check sequence that is cut off is none", () => {
  const frame = toBytes("7ea0070321930f017e"); // blockworksco-playground-hdlc-0001, frame 0
  expect(hasCrc16X25(frame, 1, 6)).toBe(true);
  expect(hasCrc16X25(frame.subarray(0, 7), 1, 6)).toBe(false);
  expect(hasCrc16X25(frame.subarray(0, 6), 1, 6)).toBe(false);
});

test("agrees with a bit by bit implementation", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc16X25(bytes, 0, bytes.length)).toBe(bitwiseCrc(bytes));
    }),
  );
});
