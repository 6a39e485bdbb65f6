import { describe, expect, it } from "vitest";
import {
  createRtacEvent,
  RTAC_HEADER_LENGTH,
  rtacControlLines,
  rtacEvents,
  writeRtacHeader,
} from "../../../captures/live/rtac-serial.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("packets of a serial line (tcpdump.org, LINKTYPE_RTAC_SERIAL)", () => {
  it("have time, event, control lines and footer in front, high byte first", () => {
    const packet = Uint8Array.from([...new Array(RTAC_HEADER_LENGTH).fill(0xff), 0x7e]);
    // 1,767,323,045 is 0x695735a5; 123,456 microseconds are 0x0001e240.
    const time = { seconds: 1_767_323_045, nanoseconds: 123_456_789, dated: true };
    const { cts, dsr } = rtacControlLines;
    writeRtacHeader(packet, time, rtacEvents.reception, cts | dsr);
    expect(hex(packet)).toBe("695735a50001e240020500007e");
  });

  it("write to no more than their header, wherever it stands", () => {
    const pool = new Uint8Array(40).fill(0xaa);
    writeRtacHeader(pool.subarray(10, 30), { seconds: 1, nanoseconds: 0, dated: true }, 1, 0);
    expect(hex(pool)).toBe(`${"aa".repeat(10)}000000010000000001000000${"aa".repeat(18)}`);
  });

  it("are bare for events, and have no time that does not fit", () => {
    const late = { seconds: 2 ** 32, nanoseconds: 5000, dated: true };
    expect(hex(createRtacEvent(late, rtacEvents.dataLost, 0))).toBe("000000000000000005000000");
  });
});
