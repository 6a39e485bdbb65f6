import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestFolder } from "../analyzer/test-folder.js";
import { obiscope, projectFolder } from "./run-command.js";

const session = "captures/samples/hdlc-session.txt";
const push = "captures/samples/ciphered-push.txt";

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const read = (name: string) => readFileSync(at(name), "utf8");

describe("obiscope export", () => {
  it.for([
    ["trace.txt", /^ +# A client reads a register/],
    ["trace.json", /^\[\n\{"schema":1/],
    ["trace.ndjson", /^\{"schema":1/],
    ["trace.CSV", /^source,number,time/],
    ["trace.xml", /^<\?xml/],
    ["trace.html", /^<!doctype html>/],
  ] as const)("knows the format by the name: %s", ([name, expected]) => {
    const { status, stdout, stderr } = obiscope(["export", session, "--out", at(name)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(`${at(name)}: 14 frames\n`);
    expect(read(name)).toMatch(expected);
    expect(readdirSync(folder.path)).toEqual([name]);
  });

  it("writes what decode writes", () => {
    for (const format of ["text", "json", "ndjson", "csv", "xml"]) {
      const args = ["--format", format, "--tree", session, push];
      obiscope(["export", "--out", at(format), ...args]);
      expect(read(format), format).toBe(obiscope(["decode", ...args]).stdout);
      expect(obiscope(["export", "--out", "-", ...args]).stdout, format).toBe(read(format));
    }
  });

  it("takes only the frames that are wanted, under their own numbers", () => {
    const numbers = (...args: string[]) =>
      obiscope(["export", "--format", "ndjson", "--out", "-", ...args, session])
        .stdout.trim()
        .split("\n")
        .map((line) => Number(JSON.parse(line).number));
    expect(numbers("--frames", "2-4,9")).toEqual([2, 3, 4, 9]);
    expect(numbers("--frames", "13-")).toEqual([13, 14]);
    expect(numbers("--frames", "1-7", "--filter", "hdlc.control.send-sequence == 1")).toEqual([
      5, 6, 7,
    ]);
  });

  it("says which capture each frame is of", () => {
    obiscope(["export", session, push, "--out", at("both.html")]);
    const page = read("both.html");
    expect(page.match(/<h2>.*<\/h2>/g)).toEqual([`<h2>${session}</h2>`, `<h2>${push}</h2>`]);
    expect(new Set(page.match(/id="f[\d-]+"/g)).size).toBe(16);
    expect(page).toContain("<title>hdlc-session.txt and 1 more</title>");
  });

  it.for<[string, string[], number, RegExp]>([
    ["without --out", ["export", session], 2, /--out FILE/],
    ["an unknown ending", ["export", session, "--out", "trace.doc"], 2, /--format text\|json/],
    [
      "no frames",
      ["export", session, "--out", "-", "--format", "csv", "--frames", "0-3"],
      2,
      /--frames/,
    ],
    [
      "frames backward",
      ["export", session, "--out", "-", "--format", "csv", "--frames", "3-1"],
      2,
      /3-1/,
    ],
    [
      "a folder that is not there",
      ["export", session, "--out", "no/such/folder.txt"],
      1,
      /cannot be written/,
    ],
    ["a folder", ["export", session, "--out", "decoder", "--format", "csv"], 1, /no file/],
    ["a device", ["export", session, "--out", "/dev/null", "--format", "csv"], 1, /no file/],
    [
      "an error with --fail-on",
      ["export", session, "--out", "-", "--format", "csv", "--fail-on", "error"],
      3,
      /^$/,
    ],
  ])("exits as the contract says: %s", ([, args, expected, message]) => {
    const { status, stderr } = obiscope(args);
    expect(status).toBe(expected);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("leaves no file where no capture could be read, and one that was there as it was", () => {
    writeFileSync(at("trace.txt"), "before");
    const { status } = obiscope(["export", "LICENSE", "--out", at("trace.txt")]);
    expect(status).toBe(1);
    expect(read("trace.txt")).toBe("before");
    expect(readdirSync(folder.path)).toEqual(["trace.txt"]);
    expect(obiscope(["export", "LICENSE", session, "--out", at("trace.txt")]).status).toBe(1);
    expect(read("trace.txt")).toContain("SNRM");
  });

  it("overwrites nothing that it reads, whatever it is called", () => {
    const text = "TX: 7E A0 07 03 21 93 0F 01 7E\n";
    writeFileSync(at("log.txt"), text);
    symlinkSync(at("log.txt"), at("link.txt"));
    writeFileSync(at("names.csv"), "1-0:99.99.0*255,3,Test bench\n");
    for (const out of ["log.txt", "link.txt", "names.csv"]) {
      const args = ["export", at("log.txt"), "--obis", at("names.csv"), "--out", at(out)];
      const { status, stderr } = obiscope(args);
      expect({ out, status }).toEqual({ out, status: 2 });
      expect(stderr).toContain("would overwrite a file that is read");
    }
    expect(read("log.txt")).toBe(text);
  });

  it("leaves nothing behind when it is interrupted", async () => {
    mkdirSync(at("out"));
    const child = spawn(
      process.execPath,
      ["dist/cli.js", "export", "-", "--out", at("out/trace.html")],
      { cwd: projectFolder, stdio: ["pipe", "ignore", "inherit"] },
    );
    const ended = new Promise<NodeJS.Signals | null>((resolve) => {
      child.on("exit", (_code, signal) => resolve(signal));
    });
    child.stdin.write("TX: 7E A0 07 03 21 93 0F 01 7E\n");
    const deadline = Date.now() + 20_000;
    while (readdirSync(at("out")).length === 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(readdirSync(at("out"))).toHaveLength(1);
    child.kill("SIGINT");
    expect(await ended).toBe("SIGINT");
    expect(readdirSync(at("out"))).toEqual([]);
  });

  it("has help with examples", () => {
    const { stdout, status } = obiscope(["export", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Examples");
  });
});
