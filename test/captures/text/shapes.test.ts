import { describe, expect, it } from "vitest";
import { chunksOf, commentsOf, faultsOf } from "../pcap-builder.js";
import { lines, readLog, said } from "./read-log.js";

// SNRM of a session with an Elster meter, and its length in two frames' rows.
const SNRM = "7ea0070321930f017e";
const SPACED = "7E A0 07 03 21 93 0F 01 7E";
const SOLID = "7EA0070321930F017E";

const shapes: readonly (readonly [name: string, log: string, expected: readonly string[]])[] = [
  ["time on its own line", lines("21:35:41", SPACED), [`21:35:41 ${SNRM}`]],
  ["time on its own line, a blank one below", lines("21:35:41", "", SPACED), [`21:35:41 ${SNRM}`]],
  ["TX", "TX: 00 01 00 10 00 01 00 05", ["C 0001001000010005"]],
  ["RX", "RX: 00 01 00 01 00 10 00 05", ["S 0001000100100005"]],
  ["rx in brackets", "[rx] 7EA00703", ["S 7ea00703"]],
  ["S->", "S-> 7EA0", ["C 7ea0"]],
  ["R<-", "R<- 7EA0", ["S 7ea0"]],
  ["Send", "Send: 7E A0 07", ["C 7ea007"]],
  ["Recv", "Recv: 7E A0 07", ["S 7ea007"]],
  ["Received", "Received: 7E A0 07", ["S 7ea007"]],
  [">> and <<", lines(">> 7E A0 07", "<< 7E A0 08"), ["C 7ea007", "S 7ea008"]],
  ["-> and <-", lines("-> 7E A0 07", "<- 7E A0 08"), ["C 7ea007", "S 7ea008"]],
  ["C: and S:", lines("C: 7EA0", "S: 7EA1"), ["C 7ea0", "S 7ea1"]],
  ["C and S", lines(`C ${SOLID}`, `S ${SOLID}`), [`C ${SNRM}`, `S ${SNRM}`]],
  ["Request and Response", lines("Request: C001C1", "Response: C401C1"), ["C c001c1", "S c401c1"]],
  ["who to whom", lines(`C->S ${SOLID}`, `S->C: ${SOLID}`), [`C ${SNRM}`, `S ${SNRM}`]],
  ["a word, then a time", "TX: 10:15:30\t7E A0 07 03", ["C 10:15:30 7ea00703"]],
  ["a length beside the mark", `TX [9]: ${SPACED}`, [`C ${SNRM}`]],
  ["a remark behind it", "send: 01 03 75 51 00 08 - unit designation", ["C 010375510008"]],
  [
    "tabs, dotted time, words",
    lines("04.41.34.417\tSent\t7E A0 07 03", "04.41.34.500\tReceived\t7E A0", "04.41.34.51\tx"),
    ["C 04:41:34.417 7ea00703", "S 04:41:34.5 7ea0"],
  ],
  [
    "timestamped rows",
    lines("19:13:23.339 : 7e a0 07 03", "19:13:23.351 : 21 93 0f 01 7e"),
    ["19:13:23.339 7ea00703", "19:13:23.351 21930f017e"],
  ],
  ["time, colon and bracket", "15:19:51.071 :>20 f8 08 00 20", ["15:19:51.071 20f8080020"]],
  ["serial monitor", "14:26:17.366 -> 68FAFA6853FF", ["14:26:17.366 68fafa6853ff"]],
  [
    "firmware, tag with a number",
    lines(
      "[16:58:09.395][V][dlms_meter:157]: Processing frame of size: 1039 bytes",
      "[16:58:09.396][VV][dlms_meter:030]: 7EA084CEFF",
    ),
    ["16:58:09.396 7ea084ceff"],
  ],
  ["firmware, colons", "[D][uart_debug:114]: <<< A1:08:83", ["S a10883"]],
  [
    "firmware, bytes that look like a time",
    lines("[D][uart_debug:114]: <<< A1:08:83", "[D][uart_debug:114]: <<< 10:08:43"),
    ["S a10883", "S 100843"],
  ],
  [
    "firmware, time in brackets",
    "[08:54:20][D][uart_debug:109]: <<< BA AD 7E",
    ["S 08:54:20 baad7e"],
  ],
  [
    "colours",
    "2026-07-14T09:58:13.811Z g/debug \u001b[0;38m[VV][d:030]: 7EA084CE\u001b[0m",
    ["2026-07-14T09:58:13.811Z 7ea084ce"],
  ],
  ["colours without their escape", "[0;38m[VV][d:030]: 7EA084CE", ["7ea084ce"]],
  [
    "headings and verbosity letters",
    lines("HDLC frame:", "(V) 7E A0 77 CF  02 23", "GCM frame:", "(V) DB 08"),
    ["7ea077cf0223", "db08"],
  ],
  [
    "heading with a time",
    lines("2023-03-22 03:28:47.882213: Got 82 bytes:", "7E A0 27", "7E A0 28"),
    ["2023-03-22T03:28:47.882213Z 7ea027", "2023-03-22T03:28:47.882213Z 7ea028"],
  ],
  [
    "syslog",
    "Jan 30 21:39:47 raspberrypi collector[1175]: DEBUG:smartmeter:HDLC Buffer: 7E A8 A4",
    ["21:39:47 7ea8a4"],
  ],
  ["JSON", '{"SerialReceived":"7EA8.."}\n{"SerialReceived":"7EA8A4"}', ["S 7ea8", "S 7ea8a4"]],
  [
    "JSON with direction and number",
    lines('{"n": 0, "hex": "7ea00703", "dir": "C"}', '{"n": 1, "dir": "S", "hex": "7ea0"}'),
    ["C 7ea00703", "S 7ea0"],
  ],
  [
    "JSON with a time",
    '{"ts":"2026-01-02T03:04:05Z","data":[126,160]}\n{"t":1767323045123,"bytes":"7E A0"}',
    ["2026-01-02T03:04:05Z 7ea0", "2026-01-02T03:04:05.123Z 7ea0"],
  ],
  [
    "JSON in a line of words",
    '15:19:42.303 MQT: tele/RESULT = {"SerialReceived":"7EA8A4"}',
    ["S 15:19:42.303 7ea8a4"],
  ],
  ["JSON, broken over lines", '  "hex": "7EA00703",', ["7ea00703"]],
  ["JSON, an array", '[{"hex":"7ea0"},{"hex":"7ea1"}]', ["7ea0", "7ea1"]],
  // ~ is 7E, & is 26, \n is 0A, \r 0D, \t 09.
  ["Python bytes", "b'~\\xa0&\\x03\\n\\r\\t\\\\\\''", ["7ea026030a0d095c27"]],
  ["Python bytes, double quotes", 'b"~\\xa0\\"\'"', ["7ea02227"]],
  [
    "Python bytes in a structured log",
    "2024-03-21 12:13:18 [debug    ] Received data    data=b'~\\xa0#\\x03' transport=T(x=1, y=b'')",
    ["S 2024-03-21T12:13:18Z 7ea02303"],
  ],
  ["Python bytes in hex", "b'7ea00703'", ["7ea00703"]],
  ["decimal array", "[162, 67, 65, 8]", ["a2434108"]],
  ["decimal array, wrapped", lines("frame = [126, 160, 7,", "  3, 33]"), ["7ea0070321"]],
  ["decimal array of Go", "[126 160 7 3]", ["7ea00703"]],
  ["hex array of Rust", "[7e, a0, 07, 03]", ["7ea00703"]],
  ["C array", "{0x7E, 0xA0}", ["7ea0"]],
  ["C array with its name", "const uint8_t frame[] = {0x7E, 0xA0, 0x7};", ["7ea007"]],
  [
    "C array over several lines",
    lines("uint8_t x[] = {", "  0x7E, 0xA0, 0x07,", "  0x03, 0x21 };"),
    ["7ea0070321"],
  ],
  ["Java array", "byte[] x = new byte[] { 0x7E, (byte) 0xA0 };", ["7ea0"]],
  ["Erlang binary", "<<126,160,7,3>>", ["7ea00703"]],
  ["Node buffer", "<Buffer 7e a0 07 03>", ["7ea00703"]],
  ["C string", '"\\x7e\\xa0"', ["7ea0"]],
  // Wireshark, "copy as escaped string".
  ["C string over several lines", lines('"\\x7e\\xa0\\x07" \\', '"\\x03\\x21"'), ["7ea0070321"]],
  ["\\x without quotes", "\\x7e\\xa0#\\x03\\x00", ["7ea0230300"]],
  [
    "separators",
    lines("7E.A0.", "7E-A0", "7E:A0", "7EA0", "0x7E 0xA0", "7e a0"),
    Array(6).fill("7ea0"),
  ],
  ["0x and commas", "0x7E,0xA0", ["7ea0"]],
  ["\\x", "\\x7e\\xa0", ["7ea0"]],
  ["commas", "7E, A0, 07", ["7ea007"]],
  ["h behind", "7Eh A0h 07h", ["7ea007"]],
  ["groups of any length", "7E A019 03 41 323ABDE6", ["7ea0190341323abde6"]],
  ["zeros left out", "7E A0 7 3 21 93 F 1 7E", [SNRM]],
  ["continued lines", lines("7E A0 07 -", "03 21 93 \\", "0F 01 7E"), [SNRM]],
  ["continued lines, dashes", lines("7E-A0-07-", "03-21"), ["7ea0070321"]],
  [
    "logic analyser",
    lines(
      "Time [s],Value,Parity Error,Framing Error",
      "0.000123,0x7E,,",
      "0.001123,0xA0,,",
      "0.502123,0x7E,,",
    ),
    ["00:00:00.000123 7ea0", "00:00:00.502123 7e"],
  ],
  [
    "logic analyser, two channels",
    lines("12:00:00.000,C,7E", "12:00:00.001,C,A0", "12:00:00.002,S,07"),
    ["C 12:00:00 7ea0", "S 12:00:00.002 07"],
  ],
  [
    "logic analyser with names",
    lines(
      "name,type,start_time,duration,data",
      '"Async Serial","data",0.0001,0.0001,0x7E',
      '"Async Serial","data",0.0002,0.0001,0xA0',
    ),
    ["00:00:00.0001 7ea0"],
  ],
  ["table with ;", '"12:00:01";"RX";"7E A0 07 03";"~..."', ["S 12:00:01 7ea00703"]],
  ["table with |", "12:00:01.123 | TX | 7E A0 41 | ~.A", ["C 12:00:01.123 7ea041"]],
  ["table with tabs", "7\t10:11:12 AM\tCOM3\tWrite\t7E A0\t~.", ["C 10:11:12 7ea0"]],
  [
    "table, date and time apart",
    "02.01.2026\t03:04:05\tRX\t7E A0",
    ["S 2026-01-02T03:04:05Z 7ea0"],
  ],
  [
    "serial monitor of Windows",
    `10:11:12 COM3 IRP_MJ_WRITE Length: 9, Data: ${SPACED}`,
    [`C 10:11:12 ${SNRM}`],
  ],
  ["translator XML", `<Frame Value="${SPACED}" />`, [SNRM]],
  ["translator XML, text", "  <GLO>21302F0011223344</GLO>", ["21302f0011223344"]],
  [
    "XML with time and direction",
    '<Message Time="12:00:00" Type="RX" Data="7EA0"/>',
    ["S 12:00:00 7ea0"],
  ],
  [
    "ISO 8601 with zone",
    `2026-01-02T03:04:05.123456789+02:00 RX ${SOLID}`,
    [`S 2026-01-02T01:04:05.123456789Z ${SNRM}`],
  ],
  [
    "comma before the fraction",
    `2026-01-02 03:04:05,123 DEBUG send ${SOLID}`,
    [`C 2026-01-02T03:04:05.123Z ${SNRM}`],
  ],
  ["day first", `02.01.2026 03:04:05.123 TX ${SOLID}`, [`C 2026-01-02T03:04:05.123Z ${SNRM}`]],
  ["US date", "[1/2/2026 3:04:05 PM] TX 7E A0 07", ["C 2026-01-02T15:04:05Z 7ea007"]],
  ["seconds since 1970", `1767323045.123 ${SOLID}`, [`2026-01-02T03:04:05.123Z ${SNRM}`]],
  ["milliseconds since 1970", `1767323045123 ${SOLID}`, [`2026-01-02T03:04:05.123Z ${SNRM}`]],
  ["time behind the bytes", `${SPACED} 2026-01-02 03:04:05`, [`2026-01-02T03:04:05Z ${SNRM}`]],
  [
    "numbered lines",
    lines("9 7EA00703", "10 7EA00704", "11 7EA00705"),
    ["7ea00703", "7ea00704", "7ea00705"],
  ],
  ["numbered rows of pairs", lines("1 7E A0 07 03", "2 7E A0 08 03"), ["7ea00703", "7ea00803"]],
  ["quoted in a mail", "> 7E A0 07 03", ["7ea00703"]],
  ["words before", `received frame ${SOLID}`, [`S ${SNRM}`]],
  ["a text column", "7E A0 41 42   ~.AB", ["7ea04142"]],
  ["a text column of hex digits", "41 42 43 44   ABCD", ["41424344"]],
  [
    "explained byte by byte",
    lines("Tx: 7E //Start Frame", "A0 // format", "00 28 00 00 // OBIS", "// the end", "7E"),
    ["C 7e", "C stream a0", "C stream 00280000", "7e"],
  ],
  [
    "explained, tabs",
    lines(
      "68FAFA68 \t\t\t4 M-Bus Start long frame, FA=length=250",
      "53FF00 \t\t3 C field",
      "86 \t\tChecksum",
    ),
    ["68fafa68", "53ff00", "86"],
  ],
];

describe("shapes of text logs", () => {
  it.each(shapes)("%s", (_, log, expected) => {
    expect(said(log)).toEqual(expected);
  });
});

describe("what belongs together", () => {
  it("a line with hex only under one with time and mark goes on with it", () => {
    expect(said(lines("12:00:01 TX: 7E A0 07", "03 21 93", "0F", "01 7E", "", "7E A0"))).toEqual([
      "C 12:00:01 7ea007",
      "C stream 12:00:01 032193",
      "C stream 12:00:01 0f",
      "C stream 12:00:01 017e",
      "7ea0",
    ]);
  });

  it("but not behind a whole frame, nor in another notation", () => {
    expect(said(lines(`-> ${SPACED}`, "7E A0 34 21"))).toEqual([`C ${SNRM}`, "7ea03421"]);
    expect(said(lines("TX: 7E A0 07", "0321"))).toEqual(["C 7ea007", "0321"]);
  });

  it("one frame a line are messages", () => {
    expect(said(lines(SOLID, SOLID, SPACED))).toEqual([SNRM, SNRM, SNRM]);
  });

  it("half a byte at the end of a line and half at the beginning of the next are one", () => {
    expect(said(lines("Buffer: 7E A8 A4 6", "E 86 DE"))).toEqual(["7ea8a46e86de"]);
  });

  it("an arrow behind the time is a direction only where other arrows are", () => {
    const monitor = ["14:26:17.366 -> 68FAFA", "14:26:17.400 -> words", "14:26:18.000 -> 7EA0"];
    expect(said(lines(...monitor))).toEqual(["14:26:17.366 68fafa", "14:26:18 7ea0"]);
    expect(said(lines(...monitor, "14:26:19.000 <- 7EA1", "14:26:20.000 -> 7EA2"))).toEqual([
      "C 14:26:17.366 68fafa",
      "C 14:26:18 7ea0",
      "S 14:26:19 7ea1",
      "C 14:26:20 7ea2",
    ]);
  });
});

describe("what is delivered beside bytes", () => {
  it("words are comments, words beside bytes are theirs, positions are those of the lines", () => {
    const items = readLog(lines("Hello", `DEBUG frame ${SOLID}`, "", "21:35:41", "bye"));
    expect(commentsOf(items)).toEqual([
      { kind: "comment", offset: 0, text: "Hello" },
      { kind: "comment", offset: 38, text: "21:35:41" },
      { kind: "comment", offset: 47, text: "bye" },
    ]);
    expect(chunksOf(items)).toEqual([
      {
        interface: 0,
        time: null,
        direction: null,
        linkType: -2,
        bytes: Uint8Array.from(Buffer.from(SNRM, "hex")),
        originalLength: 9,
        position: 6,
        comment: "DEBUG frame",
      },
    ]);
  });

  it("half a byte too many is a warning with the offset of the line", () => {
    const items = readLog(lines("words", "7EA007032", "7E A0 0"));
    expect(faultsOf(items)).toEqual(["warning text.odd-digits @6", "warning text.odd-digits @16"]);
    expect(said(lines("words", "7EA007032", "7E A0 0"))).toEqual(["7ea00703", "7ea0"]);
  });
});
