/** Formats: what is registered under a prefix, fields and diagnostics. */
import { listDiagnostics } from "../core/diagnostics.js";
import { findField, listFields } from "../core/fields.js";
import { factsOfField } from "./explain-field.js";
import type { Explanation } from "./explanation.js";

/** `hdlc`, `hdlc.`, `xdlms.service-error`. */
export function explainFormat(topic: string): Explanation[] {
  const prefix = topic.toLowerCase().replace(/\.$/, "");
  return [...listFieldsBelow(prefix), ...listDiagnosticsBelow(prefix)];
}

function listFieldsBelow(prefix: string): Explanation[] {
  const fields = listFields().filter(({ id }) => id.startsWith(`${prefix}.`));
  if (fields.length === 0) return [];
  const itself = findField(prefix);
  const isFormat = itself !== undefined && !prefix.includes(".");
  return [
    {
      kind: "format",
      topic: prefix,
      title: isFormat ? itself.name : `Fields of ${itself?.name ?? prefix}`,
      meaning: isFormat ? itself.meaning : undefined,
      facts: isFormat ? factsOfField(itself) : [],
      values: fields.map(({ id, name, meaning }) => ({
        value: id,
        text: meaning === undefined ? name : `${name}: ${meaning}`,
      })),
      related: fields.map(({ id }) => id),
    },
  ];
}

function listDiagnosticsBelow(prefix: string): Explanation[] {
  const definitions = listDiagnostics().filter(({ code }) => code.startsWith(`${prefix}.`));
  if (definitions.length === 0) return [];
  return [
    {
      kind: "format",
      topic: prefix,
      title: `Diagnostics of ${findField(prefix)?.name ?? prefix}`,
      meaning: undefined,
      facts: [],
      values: definitions.map(({ code, severity, message }) => ({
        value: code,
        text: `${severity}: ${message}`,
      })),
      related: definitions.map(({ code }) => code),
    },
  ];
}
