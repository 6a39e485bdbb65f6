import { describe, expect, it } from "vitest";
import {
  FrameDecoder,
  LINK_TYPE_MESSAGE,
  TextBuffer,
  writeFrameText,
} from "../../../decoder/index.js";
import { toBytes } from "../dissect-bytes.js";

/** The text of what one message decodes to. */
function show(hex: string, comment?: string): string {
  const decoder = new FrameDecoder({ tree: true });
  const bytes = toBytes(hex);
  const chunk = {
    interface: 0,
    time: null,
    direction: null,
    linkType: LINK_TYPE_MESSAGE,
    bytes,
    originalLength: bytes.length,
    position: 0,
    ...(comment === undefined ? {} : { comment }),
  };
  const out = new TextBuffer();
  for (const frame of [...decoder.push(chunk), ...decoder.finish()]) {
    writeFrameText(out, frame, { tree: true });
  }
  return out.takeString();
}

describe("a frame as text", () => {
  it("shows control characters of a capture as escapes: a terminal must not obey them", () => {
    // get-response-normal with the visible-string ESC [ 2 J, CSI (one character) 1 m.
    const text = show(
      "c4 01 c1 00 0a 07 1b5b324a 9b316d",
      "a log\u001b]0;title\u0007 with escapes",
    );
    expect(text).toContain("\\u001b[2J");
    expect(text).toContain("a log\\u001b]0;title\\u0007 with escapes");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("has no blanks at the ends of its lines", () => {
    expect(show("c4 01 c1 00 02 02 0f 00 16 1e")).not.toMatch(/ $/m);
  });

  it("puts values into one column, and offsets before them", () => {
    // The SNRM frame of the corpus's Elster trace, client 16 to server 1.
    const lines = show("7ea0070321930f017e").split("\n");
    const line = lines.find((candidate) => candidate.includes("Frame length"));
    expect(line).toBe("       0001      Frame length                              7");
  });
});
