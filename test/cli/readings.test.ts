import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { message, read, writeLog } from "../analyzer/session-log.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { meterName, parseCsv, readingsLog } from "./readings-log.js";
import { obiscope, projectFolder, shell } from "./run-command.js";

const session = "captures/samples/hdlc-session.txt";
const push = "captures/samples/ciphered-push.txt";
const pushKeys = "captures/samples/ciphered-push.keys.json";

const folder = new TestFolder();
afterAll(() => folder.remove());
const log = folder.write("meter, 1.txt", readingsLog());

function readings(args: readonly string[], input?: string): string {
  const { stdout, status, stderr } = obiscope(["readings", ...args], input);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

type Row = Readonly<Record<string, unknown>>;

function rowsOf(args: readonly string[], input?: string): Row[] {
  const lines = readings(["--format", "ndjson", ...args], input)
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

describe("obiscope readings", () => {
  it("writes a table with the capture's time where the meter tells none", () => {
    const lines = readings([session]).trimEnd().split("\n");
    // 0x0001e240 with scaler 0 and Wh, in the answer of 10:00:01.750: the sample has no date.
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ["frame", "time", "meter", "obis", "text", "name"],
      [
        "8",
        "10:00:01.750 (seen)",
        "server 1/17",
        "1-0:1.8.0*255",
        "123.456 kWh",
        "Active energy import (+A) total",
      ],
    ]);
  });

  it("has the meter's time unmarked where it tells one", () => {
    const table = readings(["--keys", pushKeys, push]);
    expect(table).toMatch(/^ +1 {2}2026-01-02T03:04:05\+01:00 {2}/m);
    expect(table).not.toContain("(seen)");
  });

  it("has the date of the capture where the capture has one", () => {
    const lines = writeLog(read(0, 3, "1-0:1.8.0*255", 2, "06 0001e240"));
    const dated = lines.replace(/^(?=\d)/gm, "2026-01-02 ");
    const table = readings([folder.write("dated.txt", dated)]);
    expect(table).toMatch(/^ +2 {2}2026-01-02 10:00:00\.100 \(seen\) {2}server 1 /m);
  });

  it("leaves the time of the capture out of the time of other formats", () => {
    const [row] = rowsOf([session]);
    expect(row).not.toHaveProperty("time");
    expect(row).toMatchObject({ seen: "10:00:01.750000000" });
  });

  it("has no time where neither meter nor capture tell one", () => {
    const bytes = "TX: 00010010000100 0d c00141 0003 0100010800ff 02 00".replaceAll(" ", "");
    const answer = "RX: 0001000100100009 c40141 00 06 0001e240".replaceAll(" ", "");
    const input = `${bytes.replace(":", ": ")}\n${answer.replace(":", ": ")}\n`;
    const table = readings(["--framing", "wrapper", "-"], input);
    expect(table).not.toContain("(seen)");
    expect(table).toMatch(/^ +2 +server 1 +1-0:1\.8\.0\*255 +123456 /m);
  });

  it("writes CSV as RFC 4180 has it", () => {
    const text = readings(["--format", "csv", log]);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const [head = [], ...records] = parseCsv(text);
    const column = (name: string) => records.map((record) => record[head.indexOf(name)]);
    expect(records.every(({ length }) => length === head.length)).toBe(true);
    // The path has a comma, the name of the meter a comma and a quotation mark.
    expect(new Set(column("source"))).toEqual(new Set([log]));
    expect(new Set(column("meter"))).toEqual(new Set([meterName]));
    expect(text).toContain('"AB""C, 1"');
    expect(column("frame")).toEqual(["2", "4", "8", "10"]);
    expect(column("raw")).toEqual([
      Buffer.from(meterName).toString("hex"),
      "123456",
      "07ea01020503040500ffc400",
      "=1+1",
    ]);
    // 123456 times 10 to the power of 3 are 123456000 Wh; the scaler comes after the value.
    expect(column("value")).toEqual([meterName, "123456000", "2026-01-02T03:04:05+01:00", "=1+1"]);
    expect(column("scaler")).toEqual(["", "3", "", ""]);
    expect(column("unit")).toEqual(["", "Wh", "", ""]);
    expect(column("scaled-by")).toEqual(["", "trace", "", ""]);
  });

  it("writes a header line in CSV where there are no readings", () => {
    const text = readings(["--format", "csv", push]);
    expect(parseCsv(text)).toHaveLength(1);
    expect(readings([push])).toBe("");
    expect(readings(["--format", "ndjson", push])).toBe("");
    expect(readings(["--format", "columns", push])).toBe("");
  });

  it("writes the same in every format", () => {
    const [head = [], ...records] = parseCsv(readings(["--format", "csv", log]));
    const rows = rowsOf([log]);
    const texts = rows.map((row) =>
      head.map((name) => (row[name] === undefined ? "" : String(row[name]))),
    );
    expect(texts).toEqual(records);
    const group = JSON.parse(readings(["--format", "columns", log]));
    expect(Object.keys(group.columns)).toEqual(head);
    const fromColumns = Array.from({ length: group.rows }, (_, i) =>
      head.flatMap((name) => {
        const cell = group.columns[name][i];
        return cell === null ? [] : [[name, cell]];
      }),
    );
    expect(fromColumns.map((members) => Object.fromEntries(members))).toEqual(rows);
  });

  it("writes columns in groups of 10,000 rows", () => {
    // A push of 101 rows a message: structures of logical name and double-long-unsigned.
    const values = Array.from({ length: 101 }, () => "0906 0100010800ff 06 00000001").join("");
    const apdu = `0f 00000001 00 02 81ca ${values}`;
    const lines = Array.from({ length: 100 }, (_, i) => message(i, "server", apdu));
    const groups = readings(["--format", "columns", folder.write("long.txt", writeLog(lines))])
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(groups.map(({ rows }) => rows)).toEqual([10_000, 100]);
    for (const { rows, columns } of groups) {
      for (const cells of Object.values(columns)) expect(cells).toHaveLength(rows);
    }
    expect(groups[1].columns.frame.at(-1)).toBe(100);
  });

  it("reads several files as captures of their own", () => {
    const later = folder.write(
      "later.txt",
      writeLog(read(0, 3, "1-0:1.8.0*255", 2, "06 0001e240")),
    );
    const rows = rowsOf([log, later, session]);
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set([log, later, session]));
    const energy = rows.filter(({ obis }) => obis === "1-0:1.8.0*255");
    // The scaler of the first file is none of the second's.
    expect(energy.map(({ text }) => text)).toEqual(["123.456 MWh", "123456", "123.456 kWh"]);
    expect(energy.map(({ meter }) => meter)).toEqual([meterName, "server 1", "server 1/17"]);
  });

  it("knows of standard input only what came before", () => {
    const rows = rowsOf(["-"], readingsLog());
    const [name, energy] = rows;
    expect(name).toMatchObject({ source: "-", frame: 2, meter: meterName });
    expect(energy).toMatchObject({ raw: 123456, value: 123456, text: "123456" });
    expect(energy).not.toHaveProperty("unit");
  });

  it("deciphers with keys, and never shows them", () => {
    const { stdout, status } = obiscope(["readings", "--format", "csv", "--keys", pushKeys, push]);
    expect(status).toBe(0);
    expect(parseCsv(stdout)).toHaveLength(1 + 2);
    expect(stdout).toContain("4d4d4d0000bc614e");
    const { keySets } = JSON.parse(readFileSync(join(projectFolder, pushKeys), "utf8"));
    const [{ globalUnicastEncryptionKey: guek, authenticationKey: gak }] = keySets;
    for (const key of [guek, gak]) {
      expect(key).toMatch(/^[0-9a-f]{32}$/i);
      expect(stdout.toLowerCase()).not.toContain(key.toLowerCase());
    }
  });

  it("ends quietly when its reader goes away", () => {
    const files = Array.from({ length: 2000 }, () => session).join(" ");
    const { status, stdout, stderr } = shell(
      `"${process.execPath}" dist/cli.js readings --format csv ${files} | head -n 1; echo "\${PIPESTATUS[0]}"`,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("0");
  });

  it("goes on after a file that cannot be read, and exits with 1", () => {
    const { stdout, stderr, status } = obiscope(["readings", "no-such-file", session, "LICENSE"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^obiscope: no-such-file: .+\nobiscope: LICENSE.+\n$/);
    expect(stdout).toContain("123.456 kWh");
  });

  it.for<[string, string[]]>([
    ["no file", []],
    ["an unknown option", ["--nonsense", session]],
    ["a format of decode", ["--format", "json", session]],
    ["a key of a wrong length", ["--guek", "0011", push]],
    ["a key file that is none", ["--keys", "LICENSE", push]],
  ])("refuses wrong usage: %s", ([, args]) => {
    const { status, stdout, stderr } = obiscope(["readings", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^obiscope: .+/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("has help with examples", () => {
    const { stdout, status } = obiscope(["readings", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("obiscope readings captures/samples/hdlc-session.txt");
    expect(stdout.split("\n").filter((line) => line.length > 105)).toEqual([]);
  });
});

describe("names from --obis", () => {
  const csv = folder.write(
    "mine.csv",
    '# what the cellar has\ncode,name,class\n1-0:1.8.n*255,"Cellar, rate {E}",3\n',
  );
  const json = folder.write(
    "mine.json",
    JSON.stringify([{ obis: "1.0.1.8.0.255", name: "Roof", class: 3 }]),
  );
  const nameWith = (...sources: string[]) => {
    const options = sources.flatMap((source) => ["--obis", source]);
    return rowsOf([...options, session]).map(({ name }) => name);
  };

  it("are taken from files in CSV and JSON, and from packs, as they are", () => {
    expect(nameWith()).toEqual(["Active energy import (+A) total"]);
    expect(nameWith(csv)).toEqual(["Cellar, rate 0"]);
    expect(nameWith(json)).toEqual(["Roof"]);
    // The names of the Swedish and Norwegian lists in the packs.
    expect(nameWith("sweden")).toEqual(["Meter reading - active energy import"]);
    expect(nameWith("norway")).toEqual(["Cumulative hourly active import energy (A+)"]);
  });

  it("come from files before packs, and from the first of several", () => {
    expect(nameWith("sweden", "norway")).toEqual(["Meter reading - active energy import"]);
    expect(nameWith("norway", "sweden")).toEqual(["Cumulative hourly active import energy (A+)"]);
    expect(nameWith("sweden", json)).toEqual(["Roof"]);
    // The code that is exact wins over the pattern.
    expect(nameWith(csv, json)).toEqual(["Roof"]);
    const other = folder.write("other.csv", "1-0:1.8.0*255,3,Barn\n");
    expect(nameWith(json, other)).toEqual(["Roof"]);
    expect(nameWith(other, json)).toEqual(["Barn"]);
  });

  it("are in tables, CSV and columns, too", () => {
    expect(readings(["--obis", csv, session])).toMatch(/ {2}Cellar, rate 0\n$/);
    expect(readings(["--obis", csv, "--format", "csv", session])).toContain(',"Cellar, rate 0",');
    const { columns } = JSON.parse(readings(["--obis", csv, "--format", "columns", session]));
    expect(columns.name).toEqual(["Cellar, rate 0"]);
  });

  it("bring scaler and unit where neither message nor trace say them", () => {
    const scaled = folder.write("scaled.csv", "1-0:1.8.0*255,3,Cellar,Wh,1\n");
    const bare = folder.write("bare.txt", writeLog(read(0, 3, "1-0:1.8.0*255", 2, "06 0001e240")));
    const [row] = rowsOf(["--obis", scaled, bare]);
    // 123456 times 10 are 1234560 Wh.
    expect(row).toMatchObject({ value: 1234560, unit: "Wh", "scaled-by": "dictionary" });
    const [told] = rowsOf(["--obis", scaled, session]);
    expect(told).toMatchObject({ value: 123456, unit: "Wh", "scaled-by": "trace" });
  });

  it.for<[string, string, string, string]>([
    ["a code that is none", "bad-code.csv", "1-0:1.8.0*255,3,A\n1-0:1.8,3,B\n", "line 2"],
    ["a line without a name", "no-name.csv", "\n# remark\n1-0:1.8.0*255,3\n", "line 3"],
    ["a unit that is none", "unit.csv", "1-0:1.8.0*255,3,A,kWh,0\n", "line 1"],
    ["a scaler that is none", "scaler.csv", "1-0:1.8.0*255,3,A,Wh,x\n", "line 1"],
    ["a class that is none", "class.csv", "1-0:1.8.0*255,Register,A\n", "line 1"],
    ["the same code twice", "twice.csv", "1-0:1.8.0*255,3,A\n1.0.1.8.0.255,3,B\n", "line 2"],
    ["a quote that is left open", "quote.csv", '1-0:1.8.0*255,3,"A\n', "line 1"],
    [
      "JSON with a wrong member",
      "member.json",
      '[{"obis":"1-0:1.8.0*255","title":"A"}]',
      "[0].title",
    ],
    ["JSON that breaks off", "broken.json", '[\n{"obis":', "line 2"],
  ])("refuse %s with its place, and exit with 2", ([, name, content, place]) => {
    const path = folder.write(name, content);
    const { status, stdout, stderr } = obiscope(["readings", "--obis", path, session]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.startsWith(`obiscope: ${path}, ${place}`)).toBe(true);
  });

  it("refuse a file that cannot be read, and name the packs", () => {
    const { status, stderr } = obiscope(["readings", "--obis", "atlantis", session]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^obiscope: atlantis, ENOENT: .*\bdsmr\b.*\bsweden\b/);
    expect(obiscope(["readings", "--obis", folder.path, session]).status).toBe(2);
  });

  it("are told by the help", () => {
    const { stderr } = obiscope(["readings", "--obis", "atlantis", session]);
    const packs = (/one of (.+)$/m.exec(stderr)?.[1] ?? "").split(", ");
    const help = obiscope(["readings", "--help"]).stdout;
    expect(packs.length).toBeGreaterThan(10);
    expect(packs.filter((pack) => !help.includes(pack))).toEqual([]);
  });
});
