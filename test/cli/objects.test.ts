import { afterAll, describe, expect, it } from "vitest";
import { read, writeLog } from "../analyzer/session-log.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { meterName, parseCsv, readingsLog } from "./readings-log.js";
import { obiscope, shell } from "./run-command.js";

const session = "captures/samples/hdlc-session.txt";
const push = "captures/samples/ciphered-push.txt";
const pushKeys = "captures/samples/ciphered-push.keys.json";

const folder = new TestFolder();
afterAll(() => folder.remove());
const log = folder.write("meter, 1.txt", readingsLog());

function objects(args: readonly string[], input?: string): string {
  const { stdout, status, stderr } = obiscope(["objects", ...args], input);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

type Row = Readonly<Record<string, unknown>>;

function rowsOf(args: readonly string[], input?: string): Row[] {
  const lines = objects(["--format", "ndjson", ...args], input)
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

describe("obiscope objects", () => {
  it("lists what was named, with the last value in its unit", () => {
    const lines = objects([session]).trimEnd().split("\n");
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ["meter", "class", "version", "obis", "value", "name", "access"],
      ["server 1/17", "3", "1-0:1.8.0*255", "123.456 kWh", "Active energy import (+A)"],
      ["server 1/17", "3", "1-0:99.99.0*255", "Certification data log"],
    ]);
  });

  it("has class, last value with its frame, and the number of requests for each", () => {
    // By their names: A, then B and so on.
    const common = { source: log, meter: meterName, listed: false };
    expect(rowsOf([log])).toMatchObject([
      {
        ...common,
        class: 8,
        obis: "0-0:1.0.0*255",
        value: "2026-01-02T03:04:05+01:00",
        frame: 8,
        frames: 1,
      },
      { ...common, class: 1, obis: "0-0:42.0.0*255", value: meterName, frame: 2, frames: 1 },
      { ...common, class: 1, obis: "0-0:96.1.0*255", value: "=1+1", frame: 10, frames: 1 },
      // Its value and its scaler_unit were read.
      { ...common, class: 3, obis: "1-0:1.8.0*255", value: "123.456 MWh", frame: 4, frames: 2 },
    ]);
  });

  it("writes the same in every format", () => {
    const [head = [], ...records] = parseCsv(objects(["--format", "csv", log]));
    const rows = rowsOf([log]);
    expect(
      rows.map((row) => head.map((name) => (row[name] === undefined ? "" : String(row[name])))),
    ).toEqual(records);
    const group = JSON.parse(objects(["--format", "columns", log]));
    expect(Object.keys(group.columns)).toEqual(head);
    expect(group.rows).toBe(rows.length);
    expect(group.columns.obis).toEqual(rows.map(({ obis }) => obis));
  });

  it("reads several files, standard input among them, each for itself", () => {
    const later = folder.write(
      "later.txt",
      writeLog(read(0, 3, "1-0:1.8.0*255", 2, "06 0001e240")),
    );
    const rows = rowsOf([later, "-"], readingsLog());
    const energy = rows.filter(({ obis }) => obis === "1-0:1.8.0*255");
    // On standard input the scaler comes after the value: it counts, the list is made at the end.
    expect(energy.map(({ source, meter, value }) => [source, meter, value])).toEqual([
      [later, "server 1", "123456"],
      ["-", meterName, "123.456 MWh"],
    ]);
  });

  it("deciphers with keys", () => {
    expect(objects([push])).toBe("");
    const [row, ...others] = rowsOf(["--keys", pushKeys, push]);
    expect(others).toEqual([]);
    // Two pushes of the value.
    expect(row).toMatchObject({
      meter: "4d4d4d0000bc614e",
      obis: "1-0:1.8.0*255",
      value: "123.456 kWh",
      frames: 2,
    });
  });

  it("takes names from files and packs", () => {
    const csv = folder.write("mine.csv", "1-0:1.8.0*255,3,Cellar\n");
    const nameWith = (...options: string[]) => rowsOf([...options, session])[0]?.["name"];
    expect(nameWith("--obis", csv)).toBe("Cellar");
    expect(nameWith("--obis", "sweden", "--obis", csv)).toBe("Cellar");
    expect(nameWith("--obis", "sweden")).toBe("Meter reading - active energy import");
  });

  it("ends quietly when its reader goes away", () => {
    const files = Array.from({ length: 2000 }, () => session).join(" ");
    const { status, stdout, stderr } = shell(
      `"${process.execPath}" dist/cli.js objects --format csv ${files} | head -n 1; echo "\${PIPESTATUS[0]}"`,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("0");
  });

  it("goes on after a file that cannot be read, and exits with 1", () => {
    const { stdout, stderr, status } = obiscope(["objects", "no-such-file", session]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^obiscope: no-such-file: .+\n$/);
    expect(stdout).toContain("123.456 kWh");
  });

  it("refuses wrong usage, and files of names with their line", () => {
    const wrong = folder.write("wrong.csv", "1-0:1.8.0*255,3,A\n1-0:1.8,3,B\n");
    const { stderr, status } = obiscope(["objects", "--obis", wrong, session]);
    expect(status).toBe(2);
    expect(stderr.startsWith(`obiscope: ${wrong}, line 2: `)).toBe(true);
    for (const args of [[], ["--format", "json", session], ["--obis", "atlantis", session]]) {
      expect(obiscope(["objects", ...args]).status).toBe(2);
    }
  });

  it("has help with examples", () => {
    const { stdout, status } = obiscope(["objects", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("obiscope objects captures/samples/hdlc-session.txt");
  });
});
