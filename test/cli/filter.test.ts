import { afterAll, describe, expect, it } from "vitest";
import { message, read, writeLog } from "../analyzer/session-log.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { meterName, readingsLog } from "./readings-log.js";
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

const folder = new TestFolder();
afterAll(() => folder.remove());

function rowsOf(command: string, ...args: readonly string[]) {
  const { stdout, stderr, status } = obiscope([command, "--format", "ndjson", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

describe("obiscope readings --filter", () => {
  const log = folder.write("meter.txt", readingsLog());

  it("has the values of frames that fit; what they count in others tell", () => {
    // Frame 4 has the number; its scaler and unit are in frame 6, the meter's name in frame 2.
    const rows = rowsOf("readings", "-Y", "cosem.obis == 1-0:1.8.0*255", log);
    expect(rows).toMatchObject([{ frame: 4, text: "123.456 MWh", meter: meterName }]);
    expect(rowsOf("readings", "--filter", "frame.number > 4", log)).toMatchObject([
      { frame: 8, obis: "0-0:1.0.0*255", meter: meterName },
      { frame: 10, obis: "0-0:96.1.0*255", meter: meterName },
    ]);
    expect(rowsOf("readings", "-Y", "frame.number == 3", log)).toEqual([]);
  });

  it("knows the meter of a stream by frames that do not fit", () => {
    const args = ["readings", "--format", "ndjson", "-Y", "frame.number == 10", "-"];
    expect(JSON.parse(obiscope(args, readingsLog()).stdout)).toMatchObject({
      frame: 10,
      meter: meterName,
    });
  });

  it("decides by fields of the tree, too", () => {
    // 0x0001e240, the only double-long-unsigned.
    const rows = rowsOf("readings", "-Y", "data.double-long-unsigned == 123456", log);
    expect(rows.map(({ frame }) => frame)).toEqual([4]);
  });

  it("shows the word that is wrong, and fails as wrong usage", () => {
    for (const command of ["readings", "objects"]) {
      const { stderr, status } = obiscope([command, "-Y", "cosem.obsi", log]);
      expect(status).toBe(2);
      expect(stderr).toContain("cosem.obsi");
    }
  });
});

describe("obiscope objects --filter", () => {
  const log = folder.write("objects.txt", readingsLog());

  it("has the objects and values of frames that fit", () => {
    // Its value is asked for in frame 3 and its scaler_unit in frame 5.
    const register = { class: 3, obis: "1-0:1.8.0*255", meter: meterName };
    expect(rowsOf("objects", "-Y", "cosem.class == 3", log)).toMatchObject([
      { ...register, value: "123.456 MWh", frame: 4, frames: 2 },
    ]);
    const [asked, ...others] = rowsOf("objects", "-Y", "frame.number == 3", log);
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ ...register, frames: 1 });
    expect(asked).not.toHaveProperty("value");
  });

  it("has what lists say of them, and not what else they list", () => {
    // object_list of class 15: two objects of class 3, version 0, without access rights.
    const entry = (code: string) => `0204 12 0003 11 00 09 06 ${code} 0202 0100 0100`;
    const list = `c40141 00 0102 ${entry("0100010800ff")} ${entry("0100020800ff")}`;
    const listed = folder.write(
      "listed.txt",
      writeLog([
        message(0, "client", "c00141 000f 0000280000ff 02 00"),
        message(100, "server", list),
        ...read(1000, 3, "1-0:1.8.0*255", 2, "06 00000001"),
      ]),
    );
    expect(rowsOf("objects", listed)).toHaveLength(3);
    expect(rowsOf("objects", "-Y", "frame.number == 4", listed)).toMatchObject([
      { obis: "1-0:1.8.0*255", version: 0, listed: true, frame: 4 },
    ]);
    expect(rowsOf("objects", "-Y", "frame.number == 2", listed).map(({ obis }) => obis)).toEqual([
      "1-0:1.8.0*255",
      "1-0:2.8.0*255",
    ]);
  });
});
