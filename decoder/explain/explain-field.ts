/** Fields, by their public name or by their label. */
import { listDiagnostics } from "../core/diagnostics.js";
import { type Field, findField, listFields } from "../core/fields.js";
import { acseWords } from "./acse-words.js";
import { type ExplainedValue, type Explanation, facts } from "./explanation.js";
import { nameKey } from "./name-key.js";

export function explainField(topic: string): Explanation[] {
  const field = findField(topic.toLowerCase());
  // What a format is, is told with its fields.
  return field === undefined || isFormat(field) ? [] : [describeField(field)];
}

/** The fields that trees show under that label. */
export function explainLabel(topic: string): Explanation[] {
  const key = nameKey(topic);
  const fields = listFields().filter((field) => nameKey(field.name) === key && !isFormat(field));
  const [first, ...more] = fields;
  if (first === undefined || first.id === topic.toLowerCase()) return [];
  if (more.length === 0) return [describeField(first)];
  return [
    {
      kind: "field",
      topic: first.name,
      title: `Fields labelled ${first.name}`,
      meaning: undefined,
      facts: [],
      values: fields.map(({ id, meaning, clause }) => ({
        value: id,
        text: [meaning, clause].filter((text) => text !== undefined).join("; "),
      })),
      related: fields.map(({ id }) => id),
    },
  ];
}

/** Whether the field stands for a format, and has other fields below it. */
export function isFormat({ id }: Field): boolean {
  return !id.includes(".") && listFields().some((field) => field.id.startsWith(`${id}.`));
}

export function factsOfField({ id, type, base, mask, clause }: Field) {
  return facts({
    "filter name": id,
    type: type === "group" ? "group: holds other fields" : type,
    base: base === "hex" ? "shown in hex" : undefined,
    bits: mask === undefined ? undefined : describeMask(mask),
    clause,
  });
}

function describeField(field: Field): Explanation {
  return {
    kind: "field",
    topic: field.id,
    title: field.name,
    meaning: field.meaning,
    facts: factsOfField(field),
    values: valuesOf(field),
    related: [...parentsOf(field.id), ...diagnosticsOf(field.id)],
  };
}

function valuesOf({ id, values = {}, base }: Field): ExplainedValue[] {
  const named = Object.entries(values).map(([number, text]) => ({
    value: base === "hex" ? toHexNumber(Number(number)) : number,
    text,
  }));
  const words = acseWords(id).flatMap(({ of, words }) =>
    Object.entries(words).map(([number, text]) => ({
      value: of === undefined ? number : `${of} ${number}`,
      text,
    })),
  );
  return [...named, ...words];
}

function toHexNumber(value: number): string {
  const digits = value.toString(16);
  return `0x${digits.padStart(digits.length + (digits.length % 2), "0")}`;
}

/** `bits 4 to 6 (0x70)` of the number that the field above is. */
function describeMask(mask: number): string {
  const bits = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (mask >>> bit) & 1);
  const [first = 0] = bits;
  const last = bits.at(-1) ?? first;
  const which = first === last ? `bit ${first}` : `bits ${first} to ${last}`;
  return `${which} (${toHexNumber(mask >>> 0)})`;
}

/** The nearest field above, and the format. */
function parentsOf(id: string): string[] {
  const parts = id.split(".");
  const above = parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join("."));
  const nearest = above.findLast((name) => findField(name) !== undefined);
  const [format] = above;
  return [...new Set([nearest, format].filter((name) => name !== undefined))];
}

/** What can be wrong with it: `hdlc.fcs-mismatch` is about `hdlc.fcs`. */
function diagnosticsOf(id: string): string[] {
  return listDiagnostics()
    .filter(({ code }) => id.includes(".") && code.startsWith(`${id}-`))
    .map(({ code }) => code);
}
