import { describe, expect, it } from "vitest";
import { commentsOf } from "../pcap-builder.js";
import { hexOf, lines, readLog, said } from "./read-log.js";

// A frame of 9 bytes, then "ABCDEFG": a row of 16; the next rows begin anew.
const ROW = "7ea0070321930f017e41424344454647";

describe("hex dumps with offsets", () => {
  it("xxd", () => {
    const dump = lines(
      "00000000: 7ea0 0703 2193 0f01 7e41 4243 4445 4647  ~...!...~ABCDEFG",
      "00000010: 4142                                     AB",
    );
    expect(hexOf(dump)).toEqual([`${ROW}4142`]);
  });

  it("hexdump -C with repeated rows", () => {
    const dump = lines(
      "00000000  7e a0 07 03 21 93 0f 01  7e 41 42 43 44 45 46 47  |~...!...~ABCDEFG|",
      "*",
      "00000030  7e a0                                             |~.|",
      "00000032",
    );
    expect(hexOf(dump)).toEqual([`${ROW}${ROW}${ROW}7ea0`]);
  });

  it("hexdump, whose words have the lower byte first", () => {
    const dump = lines("0000000 a07e 0307 9321 010f 007e", "0000009");
    expect(hexOf(dump)).toEqual(["7ea0070321930f017e"]);
  });

  it("od with octal offsets", () => {
    const dump = lines(
      "0000000  7e  a0  07  03  21  93  0f  01  7e  41  42  43  44  45  46  47",
      "0000020  48",
      "0000021",
    );
    expect(hexOf(dump)).toEqual([`${ROW}48`]);
  });

  it("tcpdump -X", () => {
    const dump = lines(
      "\t0x0000:  4500 003c 1c46 4000 4006 b1e6 ac10 0a63  E..<.F@.@......c",
      "\t0x0010:  ac10 0a0c                                ....",
    );
    expect(hexOf(dump)).toEqual(["4500003c1c4640004006b1e6ac100a63ac100a0c"]);
  });

  it("Wireshark's, with and without text; offset 0 begins anew", () => {
    const dump = lines(
      "0000   7e a0 07 03 21 93 0f 01 7e 41 42 43 44 45 46 47   ~...!...~ABCDEFG",
      "0010   48                                                H",
      "",
      "0000  41 42 43 44   ABCD",
      "0000  7E A0 07 03",
      "0004  21",
    );
    expect(hexOf(dump)).toEqual([`${ROW}48`, "41424344", "7ea0070321"]);
  });

  it("Wireshark's of a conversation: both sides count for themselves", () => {
    const dump = lines(
      "00000000  00 01 00 10 00 01 00 1f  60 1d a1 09 06 07 60 85   ........ `.....`.",
      "00000010  74 05 08                                           t..",
      "    00000000  00 01 00 01 00 10 00 2b                        .......+",
      "00000013  00 01 00 10 00 01 00 0d                            ........",
      "    00000008  61 29                                          a)",
    );
    expect(hexOf(dump)).toEqual([
      "000100100001001f601da10906076085740508",
      "000100010010002b",
      "000100100001000d",
      "6129",
    ]);
  });

  it("an excerpt that does not begin at 0", () => {
    const dump = lines("0010   7e a0 07 03 21 93 0f 01 7e 41 42 43 44 45 46 47", "0020   aa bb");
    expect(hexOf(dump)).toEqual([`${ROW}aabb`]);
  });

  it("a time and a mark above it belong to it", () => {
    expect(said(lines("12:00:01 RX:", "0000  7E A0", "0002  07"))).toEqual(["S 12:00:01 7ea007"]);
  });

  it("a row that is missing begins another chunk", () => {
    const rows = ["0000", "0010", "0030"].map((offset) => `${offset}  ${"11 ".repeat(16)}`);
    expect(hexOf(lines(...rows))).toEqual(["11".repeat(32), "11".repeat(16)]);
  });

  it("groups of four digits without offsets are no dump", () => {
    expect(hexOf("0000 0001 0010 A001")).toEqual(["000000010010a001"]);
  });

  it("a huge gap after * is not filled", () => {
    const dump = lines("0000  7e a0", "*", "fffffff0  7e a0 01 02 03 04 05 06");
    expect(hexOf(dump)).toEqual(["7ea0", "7ea0010203040506"]);
    expect(commentsOf(readLog(dump))).toEqual([]);
  });
});
