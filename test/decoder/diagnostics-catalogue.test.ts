/** What holds for every diagnostic that is registered, and that each of them is tested somewhere. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listDiagnostics } from "../../decoder/index.js";

const catalogue = listDiagnostics().filter(({ code }) => !code.startsWith("test."));

/** The texts of all tests, this one left out. */
function readTests(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readTests(path);
    return entry.name.endsWith(".ts") && !import.meta.url.endsWith(entry.name)
      ? [readFileSync(path, "utf8")]
      : [];
  });
}

describe("the catalogue", () => {
  it("has at least 80 diagnostics", () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(80);
  });

  it.for(catalogue)("$code: one sentence, and what to do", (definition) => {
    const { message, check, severity, group, clause } = definition;
    expect(message).toMatch(/^[A-Z]/);
    expect(message).not.toMatch(/[.!?]$/);
    expect(["info", "note", "warning", "error"]).toContain(severity);
    expect(group).not.toBe("");
    if (clause !== undefined) expect(clause).not.toBe("");
    if (check !== undefined) expect(check).not.toMatch(/\.$/);
    const isSevere = severity === "warning" || severity === "error";
    if (isSevere) expect(check).toBeDefined();
  });
});

/** Tests of these rules mostly write the key alone, and the prefix once. */
const ruled: ReadonlySet<string> = new Set(["association", "data", "link", "security", "service"]);

function isIn(text: string, code: string): boolean {
  if (text.includes(code)) return true;
  const [prefix = "", key = ""] = code.split(/\.(.*)/);
  return ruled.has(prefix) && text.includes(`"${key}"`) && text.includes(`${prefix}.`);
}

it("every code stands in a test", () => {
  const tests = readTests(join(import.meta.dirname, ".."));
  const missing = catalogue.filter(({ code }) => !tests.some((text) => isIn(text, code)));
  expect(missing.map(({ code }) => code)).toEqual([]);
});
