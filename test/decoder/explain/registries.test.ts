/** Whatever the registries and tables hold explains itself by its name, and nothing of it is lost. */
import { describe, expect, it } from "vitest";
import { findClass, listClassIds } from "../../../decoder/cosem/find-class.js";
import { listUnits } from "../../../decoder/cosem/units.js";
import type { ValueRule } from "../../../decoder/cosem/value-rule.js";
import { type Explanation, explain, listDiagnostics, listFields } from "../../../decoder/index.js";

function textOf(explanation: Explanation | undefined): string {
  return JSON.stringify(explanation ?? null);
}

/** The names in a rule, each as it is written there. */
function* namesIn(rule: ValueRule): Iterable<string> {
  if (rule.kind === "enum") yield* Object.values(rule.values);
  if (rule.kind === "bits") yield* Object.values(rule.bits);
  if (rule.kind === "array") yield* namesIn(rule.element);
  if (rule.kind === "choice") for (const one of rule.of) yield* namesIn(one);
  if (rule.kind === "structure") for (const { rule: inner } of rule.members) yield* namesIn(inner);
}

function* rulesOfClasses(): Iterable<ValueRule> {
  for (const id of listClassIds()) {
    for (const { attributes, methods } of Object.values(findClass(id)?.versions ?? {})) {
      for (const { rule } of [...Object.values(attributes), ...Object.values(methods)]) yield rule;
    }
  }
}

describe("explain knows", () => {
  it("every field, with its label, meaning, clause and values", () => {
    const fields = listFields();
    expect(fields.length).toBeGreaterThan(500);
    for (const { id, name, meaning, clause, values = {} } of fields) {
      const [first] = explain(id);
      expect(first?.topic).toBe(id);
      expect(["field", "format"]).toContain(first?.kind);
      expect(first?.title).toBe(name);
      expect(first?.meaning).toBe(meaning);
      if (clause !== undefined)
        expect(first?.facts).toContainEqual({ label: "clause", text: clause });
      if (first?.kind !== "field") continue;
      for (const word of Object.values(values)) {
        expect(first.values.map(({ text }) => text)).toContain(word);
      }
    }
  });

  it("every diagnostic, with its severity, clause and check", () => {
    const diagnostics = listDiagnostics();
    expect(diagnostics.length).toBeGreaterThan(300);
    for (const { code, severity, message, clause, check } of diagnostics) {
      const found = explain(code).find(({ kind }) => kind === "diagnostic");
      expect(found).toMatchObject({ topic: code, title: message });
      const expected = { severity, clause, check };
      for (const [label, text] of Object.entries(expected)) {
        if (text !== undefined) expect(found?.facts).toContainEqual({ label, text });
      }
    }
  });

  it("every prefix of fields and of diagnostics, with all that is below", () => {
    const names = [...listFields().map(({ id }) => id), ...listDiagnostics().map((d) => d.code)];
    for (const prefix of new Set(names.map((name) => name.split(".")[0] ?? ""))) {
      const listed = explain(prefix).flatMap(({ values }) => values.map(({ value }) => value));
      for (const name of names) if (name.startsWith(`${prefix}.`)) expect(listed).toContain(name);
    }
  });

  it("every class by number and name, with its attributes and methods", () => {
    expect(listClassIds().length).toBeGreaterThan(30);
    for (const id of listClassIds()) {
      const definition = findClass(id);
      for (const topic of [`class ${id}`, `${id}`, definition?.name ?? ""]) {
        const found = explain(topic).find(({ kind }) => kind === "class");
        expect(found).toMatchObject({ topic: `class ${id}`, title: definition?.name });
        for (const { attributes, methods } of Object.values(definition?.versions ?? {})) {
          for (const { name } of [...Object.values(attributes), ...Object.values(methods)]) {
            expect(textOf(found)).toContain(name);
          }
        }
      }
    }
  });

  it("every attribute and method by number and by name, of every version", () => {
    for (const id of listClassIds()) {
      for (const { attributes, methods } of Object.values(findClass(id)?.versions ?? {})) {
        for (const [kind, items] of Object.entries({ attribute: attributes, method: methods })) {
          for (const [number, { name, meaning }] of Object.entries(items)) {
            const topic = `class ${id} ${kind} ${number}`;
            const found = explain(topic).filter((each) => each.topic === topic);
            expect(found.map(({ title }) => title.split(" of ")[0])).toContain(name);
            if (meaning !== undefined) {
              expect(found.map((each) => each.meaning)).toContain(meaning);
            }
            const listed = explain(name).map(textOf).join();
            expect(listed).toContain(topic);
          }
        }
      }
    }
  });

  it("every unit by code, symbol and name", () => {
    for (const { code, symbol, name, quantity } of listUnits()) {
      for (const topic of [`unit ${code}`, symbol, name]) {
        if (topic === "") continue;
        const found = explain(topic).find((each) => each.topic === `unit ${code}`);
        expect(found).toMatchObject({ kind: "unit", title: name });
        expect(found?.facts).toContainEqual({ label: "quantity", text: quantity });
      }
    }
  });

  it("every name of a value or a bit, of fields and of classes", () => {
    const ofFields = listFields().flatMap(({ values = {} }) => Object.values(values));
    const ofClasses = [...rulesOfClasses()].flatMap((rule) => [...namesIn(rule)]);
    const names = new Set([...ofFields, ...ofClasses]);
    expect(names.size).toBeGreaterThan(400);
    for (const name of names) {
      expect(
        explain(name).some(({ kind }) => kind === "enumeration"),
        name,
      ).toBe(true);
    }
  });
});

describe("every explanation", () => {
  const topics = [
    ...listFields().map(({ id }) => id),
    ...listDiagnostics().map(({ code }) => code),
    ...listClassIds().map((id) => `class ${id}`),
    ...listUnits().map(({ code }) => `unit ${code}`),
    "class 7 attribute 3",
    "class 64 method 2",
    "scaler_unit",
    "Choice",
    "1-0:1.8.0*255",
    "0-0:1.0.0*255",
    "other-reason",
    "high level security with GMAC",
  ];
  const explanations = topics.flatMap((topic) => explain(topic));

  it("is found again by its own topic", () => {
    for (const { kind, topic, title } of explanations) {
      expect(explain(topic), topic).toContainEqual(expect.objectContaining({ kind, title }));
    }
  });

  it("leads on only to what has one, too", () => {
    const related = new Set(explanations.flatMap((each) => each.related));
    expect(related.size).toBeGreaterThan(500);
    for (const topic of related) expect(explain(topic), topic).not.toEqual([]);
  });

  it("has no empty text", () => {
    for (const { topic, title, facts, values } of explanations) {
      const texts = [topic, title, ...facts.flatMap(({ label, text }) => [label, text])];
      expect(texts.every((text) => text !== "")).toBe(true);
      expect(values.every(({ value }) => value !== "")).toBe(true);
    }
  });
});
