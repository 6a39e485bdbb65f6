import { describe, expect, test } from "vitest";
import { readHdlc } from "../../../decoder/link/hdlc/hdlc.js";
import { expectPrefixes, findNode, findNodes, toBytes } from "../dissect-bytes.js";
import { buildFrame, read } from "./hdlc-frames.js";

const readUa = (information: string) => read(buildFrame({ control: "73", information }));

describe("parameter negotiation", () => {
  test("SNRM with lengths of one byte", () => {
    // meterkit-cosemlib-hdlc-0002
    const hex = "7ea0210002002321931964818012050180060180070400000001080400000007655e7e";
    const result = read(hex);
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({
      control: { type: "SNRM" },
      parameters: {
        "max-information-field-length-transmit": 128,
        "max-information-field-length-receive": 128,
        "window-size-transmit": 1,
        "window-size-receive": 7,
      },
    });
    const window = findNode(result.tree, "hdlc.parameters.window-size-receive");
    expect(window).toMatchObject({ start: 28, end: 32, value: 7 });
    expectPrefixes(hex, readHdlc);
  });

  test("UA with lengths of two bytes", () => {
    // forum-u9n-95-hdlc-0001
    const result = read(
      "7ea0230300022c29732813818014050200f2060200f20704000000010804000000010cf77e",
    );
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({
      source: { upper: 1, lower: 22 * 128 + 20 },
      parameters: {
        "max-information-field-length-transmit": 242,
        "max-information-field-length-receive": 242,
        "window-size-transmit": 1,
        "window-size-receive": 1,
      },
    });
  });

  test("7E as a value", () => {
    const result = readUa("818006 05017e 06017e");
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({
      parameters: {
        "max-information-field-length-transmit": 126,
        "max-information-field-length-receive": 126,
      },
    });
  });

  test("no parameters", () => {
    const result = readUa("818000");
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({ parameters: {} });
  });

  test("unknown parameters and groups are shown", () => {
    const result = readUa("818006 090411223344 f002abcd");
    expect(result.codes).toEqual([]);
    expect(findNode(result.tree, "hdlc.parameters.unknown").value).toEqual(toBytes("11223344"));
    expect(findNode(result.tree, "hdlc.parameters.group-contents").value).toEqual(toBytes("abcd"));
  });

  test("values out of range", () => {
    // blockworksco-playground-hdlc-0002, frame 0: a client proposes 2048 bytes and a window of 7
    const result = readUa("818014 05020800 06020800 070400000007 080400000008");
    expect(result.codes).toEqual([
      "hdlc.parameter-value",
      "hdlc.parameter-value",
      "hdlc.parameter-value",
    ]);
    expect(result.diagnostics.map(({ message }) => message.split(": ")[1])).toEqual([
      "2048 is not in 32 to 2030",
      "2048 is not in 32 to 2030",
      "8 is not in 1 to 7",
    ]);
  });

  test.each([
    ["a group longer than the field", "818008 050180"],
    ["a parameter longer than its group", "818003 050480"],
    ["a group without length", "818003 050180 f0"],
    ["a parameter without length", "818004 050180 06"],
    ["nothing behind the format", "8180"],
  ])("%s", (_, information) => {
    expect(readUa(information).codes).toContain("hdlc.parameters");
  });
});

describe("frame reject", () => {
  test("says what was rejected and why", () => {
    // Control 19 (REJ, N(R) 0), then N(R) 2, C/R 0, N(S) 3, then Z Y X W = 0 0 1 1
    const result = read(
      buildFrame({ destination: "21", source: "03", control: "97", information: "194603" }),
    );
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({
      "frame-reject": {
        "rejected-control": { type: "REJ", "poll-final": true, "receive-sequence": 0 },
        "rejected-response": false,
        "send-sequence": 3,
        "receive-sequence": 2,
        reasons: ["W", "X"],
      },
    });
    expect(findNode(result.tree, "hdlc.frmr.reasons").note).toBe(
      "control field unknown; information field not allowed",
    );
    expect(findNode(result.tree, "hdlc.frmr.x").value).toBe(1);
    expect(findNode(result.tree, "hdlc.frmr.z").value).toBe(0);
  });

  test("rejects a response", () => {
    const { hdlc } = read(buildFrame({ control: "87", information: "731008" }));
    expect(hdlc).toMatchObject({
      "frame-reject": {
        "rejected-control": { type: "UA" },
        "rejected-response": true,
        reasons: ["Z"],
      },
    });
  });

  test.each(["19", "19460300"])("of another length: %s", (information) => {
    const result = read(buildFrame({ control: "97", information }));
    expect(result.codes).toEqual(["hdlc.information-unexpected"]);
    expect(findNodes(result.tree, "hdlc.frmr")).toEqual([]);
  });
});
