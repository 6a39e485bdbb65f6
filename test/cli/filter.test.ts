import { describe, expect, it } from "vitest";
import { obiscope } from "./run-command.js";

const session = "captures/samples/hdlc-session.txt";

describe("obiscope decode --filter", () => {
  it("shows the frames that fit, under their own numbers, and no tree that was not asked for", () => {
    const { stdout, status } = obiscope([
      "decode",
      "--format",
      "ndjson",
      "--filter",
      "hdlc.control.send-sequence == 1",
      session,
    ]);
    expect(status).toBe(0);
    const frames = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { number: number; tree?: unknown });
    // N(S) = 1: the first read, its damaged answer, and both sent again.
    expect(frames.map(({ number }) => number)).toEqual([5, 6, 7, 8]);
    expect(frames.every(({ tree }) => tree === undefined)).toBe(true);
  });

  it("shows a tree where one is asked for, and answers to -Y", () => {
    const { stdout } = obiscope(["decode", "--tree", "-Y", "frame.number == 1", session]);
    expect(stdout).toContain("SNRM");
    expect(stdout.split("\n").filter((line) => /^ {4}\d/.test(line))).toHaveLength(1);
    expect(stdout).toContain("FCS");
  });

  it("counts only what is shown for --fail-on", () => {
    const shown = ["decode", "--fail-on", "error", "-Y"];
    expect(obiscope([...shown, "frame.number == 6", session]).status).toBe(3);
    expect(obiscope([...shown, "frame.number == 5", session]).status).toBe(0);
  });

  it("shows the word that is wrong, and fails as wrong usage", () => {
    const { stderr, status } = obiscope(["decode", "-Y", "hdlc && hdlc.fsc == 3", session]);
    expect(status).toBe(2);
    const [, text = "", marks = ""] = stderr.split("\n");
    expect(text.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("hdlc.fsc");
  });
});
