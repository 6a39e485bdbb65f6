import { describe, expect, it } from "vitest";
import { chunksOf, commentsOf, faultsOf } from "../pcap-builder.js";
import { SNRM, SOLID, SPACED, shapes } from "./log-shapes.js";
import { lines, readLog, said } from "./read-log.js";

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
