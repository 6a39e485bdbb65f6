/** What each format makes of frames with hostile words in them, and of marks and comments. */
import { describe, expect, it } from "vitest";
import type { ExportFormat } from "../../../analyzer/export/index.js";
import {
  createDecoder,
  type Frame,
  FrameDecoder,
  fromHex,
  LINK_TYPE_STREAM,
} from "../../../decoder/index.js";
import { readCsv } from "./csv-reader.js";
import { exportFrames } from "./export-frames.js";
import { jsonOf, readXml } from "./xml-reader.js";

/** SNRM from client 16 to server 1, twice (IEC 62056-46 framing). */
const snrm = "7ea0070321930f017e";

function framesWith(comment: string): Frame[] {
  const decoder = new FrameDecoder({ framing: "hdlc", tree: true });
  const bytes = fromHex(snrm + snrm) ?? new Uint8Array();
  const chunk = {
    interface: 0,
    time: { seconds: 36_000, nanoseconds: 0, dated: false },
    direction: null,
    linkType: LINK_TYPE_STREAM,
    bytes,
    originalLength: bytes.length,
    position: 0,
    comment,
  };
  return [...decoder.push(chunk), ...decoder.finish()];
}

const hostile = 'a "quoted", </script><!-- & \\u001b \u001b[31m\r\n\tend \ud800 ]]>';

describe("CSV", () => {
  const cellsOf = (text: string, column: string) => {
    const [header = [], ...rows] = readCsv(text);
    return rows.map((row) => row[header.indexOf(column)]);
  };

  it("keeps words of any kind in one cell", () => {
    const text = exportFrames("csv", framesWith('a "quoted", word\r\nand a second line'));
    expect(cellsOf(text, "comment")[0]).toBe('a "quoted", word\r\nand a second line');
    expect(cellsOf(text, "number").slice(0, 2)).toEqual(["1", "2"]);
  });

  it.for([
    ["=HYPERLINK(0)", "'=HYPERLINK(0)"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM", "'@SUM"],
    ["\tx", "'\tx"],
    ["'quoted'", "''quoted'"],
    ["1-0:1.8.0", "1-0:1.8.0"],
    ["a=b", "a=b"],
  ])("has no text that a spreadsheet takes for a formula: %j", ([comment = "", cell]) => {
    expect(cellsOf(exportFrames("csv", framesWith(comment)), "comment")[0]).toBe(cell);
    const named = exportFrames("csv", framesWith(""), { source: comment });
    expect(cellsOf(named, "source")[0]).toBe(cell);
  });

  it("leaves numbers as numbers, negative ones too", () => {
    const [first, second] = framesWith("");
    if (first === undefined || second === undefined) throw new Error("two frames were sent");
    const dated = (seconds: number) => ({ seconds, nanoseconds: 0, dated: true });
    // The clock was set back by 1.5 s between them.
    const frames = [
      { ...first, time: dated(100) },
      { ...second, time: { ...dated(98), nanoseconds: 5e8 } },
    ];
    expect(cellsOf(exportFrames("csv", frames), "delta-ms")).toEqual(["", "-1500"]);
  });
});

describe("XML", () => {
  it("holds every character of the words, those that XML has no place for too", () => {
    const text = exportFrames("xml", framesWith(hostile));
    const [frame] = readXml(text).children;
    if (frame === undefined) throw new Error("no frame");
    const expected = JSON.parse(exportFrames("json", framesWith(hostile)))[0];
    expect(jsonOf(frame)).toEqual(expected);
    const comment = frame.children.find(({ name }) => name === "comment");
    expect(comment?.attributes["escaped"]).toBe("true");
    expect(comment?.text).toContain("\\\\u001b \\u001b[31m");
  });
});

describe("HTML", () => {
  it("lets no words of the capture out of their place", () => {
    const text = exportFrames("html", framesWith(hostile), { title: hostile });
    // The elements that the page itself has: a script for each frame, for the fields, and for the page.
    expect(text.match(/<script/g)).toHaveLength(4);
    expect(text.match(/<\/script/g)).toHaveLength(4);
    expect(text).not.toContain("<!--");
    expect(text).toContain("&lt;/script&gt;");
    expect(text).not.toContain("\u001b");
  });

  it("names nothing outside of itself", () => {
    const text = exportFrames("html", framesWith(""));
    expect(text).not.toMatch(/\b(?:src|href|url)\s*[=(]|https?:|@import/);
    expect(text).toMatch(/default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-/);
  });
});

describe("marks and comments of the user", () => {
  const notes = new Map([[2, { isMarked: true, comment: "look here" }]]);

  it.for<[ExportFormat, (text: string) => unknown, unknown]>([
    ["text", (text) => /# marked\n +# look here\n +2 /.test(text), true],
    [
      "json",
      (text) =>
        JSON.parse(text).map(({ marked, comment }: { marked?: true; comment?: string }) => [
          marked,
          comment,
        ]),
      [
        [undefined, "of the log"],
        [true, "look here"],
      ],
    ],
    [
      "xml",
      (text) => readXml(text).children.map((frame) => Object(jsonOf(frame))["marked"]),
      [undefined, true],
    ],
    ["html", (text) => /id="f2" data-marked>[\s\S]*look here/.test(text), true],
  ])("are in %s", ([format, look, expected]) => {
    const [first, second] = framesWith("of the log");
    if (first === undefined || second === undefined) throw new Error("two frames were sent");
    expect(look(exportFrames(format, [first, second], { notes }))).toEqual(expected);
  });
});

it("writes the same JSON as the library", () => {
  const decoder = createDecoder({ framing: "hdlc", tree: true });
  const bytes = fromHex(snrm) ?? new Uint8Array();
  const [expected] = [...decoder.push(bytes), ...decoder.finish()];
  const frames = new FrameDecoder({ framing: "hdlc", tree: true });
  const chunk = {
    interface: 0,
    time: null,
    direction: null,
    linkType: LINK_TYPE_STREAM,
    bytes,
    originalLength: bytes.length,
    position: 0,
  };
  const text = exportFrames("json", [...frames.push(chunk), ...frames.finish()].slice(0, 1));
  expect(JSON.parse(text)).toEqual([{ ...expected, source: "capture.pcap" }]);
});
