import { describe, expect, it } from "vitest";
import { listFilterFields } from "../../analyzer/index.js";
import { listDiagnostics } from "../../decoder/index.js";
import { obiscope } from "./run-command.js";

describe("obiscope diagnostics", () => {
  it("lists every registered diagnostic with all that is registered of it", () => {
    const { stdout, status } = obiscope(["diagnostics"]);
    expect(status).toBe(0);
    // Lines are broken at 100 columns.
    const text = stdout.replace(/\s+/g, " ");
    const registered = listDiagnostics();
    expect(registered.length).toBeGreaterThan(80);
    for (const { code, severity, group, message, clause, check } of registered) {
      expect(text).toContain(`${code} ${severity} ${group} ${message}`);
      if (clause !== undefined) expect(text).toContain(clause);
      if (check !== undefined) expect(text).toContain(`check: ${check}`);
    }
  });

  it("lists by prefixes, and fails where none begins so", () => {
    const { stdout } = obiscope(["diagnostics", "hdlc.", "glo"]);
    const codes = stdout.split("\n").filter((line) => /^\S/.test(line));
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.every((line) => line.startsWith("hdlc."))).toBe(true);
    expect(obiscope(["diagnostics", "no-such."]).status).toBe(1);
  });
});

describe.for([
  ["fields", listFilterFields().map(({ id }) => id)],
  ["diagnostics", listDiagnostics().map(({ code }) => code)],
] as const)("obiscope %s --format markdown", ([command, names]) => {
  it("gives a page with one table for each prefix and one row for each name", () => {
    const { stdout, status } = obiscope([command, "--format", "markdown"]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^# /);
    const prefixes = [...new Set(names.map((name) => name.split(".")[0]))];
    expect(lines.filter((line) => line.startsWith("## "))).toEqual(
      prefixes.map((prefix) => `## ${prefix}`),
    );
    const rows = lines.filter((line) => line.startsWith("| `"));
    // Below its prefix: `llc-61334.control` sorts between `llc` and `llc.segment`.
    const ofPrefix = (prefix: string | undefined) =>
      names.filter((name) => name.split(".")[0] === prefix);
    expect(rows.map((row) => row.split("`")[1])).toEqual(prefixes.flatMap(ofPrefix));
    // A bar in a text would end its cell.
    const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
    const [head = ""] = lines.filter((line) => line.startsWith("| "));
    expect(rows.every((row) => cells(row) === cells(head))).toBe(true);
  });
});

describe("an unknown format", () => {
  it.for(["fields", "diagnostics"])("is refused: %s", (command) => {
    expect(obiscope([command, "--format", "html"]).status).toBe(2);
  });
});
