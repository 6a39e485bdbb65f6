/** Diagnostics, by their code. */
import {
  type DiagnosticDefinition,
  type DiagnosticGroup,
  listDiagnostics,
} from "../core/diagnostics.js";
import { listFields } from "../core/fields.js";
import { isNameOfValue } from "./enumerations.js";
import { type Explanation, facts } from "./explanation.js";

const groupWords: Readonly<Record<DiagnosticGroup, string>> = {
  malformed: "the bytes break the encoding",
  checksum: "a checksum does not match",
  sequence: "something is out of order, repeated or lost",
  protocol: "well formed, but not allowed here",
  security: "about protection, keys and proofs",
  assumption: "the decoder had to guess",
  undecoded: "bytes that nothing explains",
  incomplete: "parts are missing",
  result: "the peer reports a failure",
  capture: "the fault is the recording's",
};

export function explainDiagnostic(topic: string): Explanation[] {
  const code = topic.toLowerCase();
  return listDiagnostics()
    .filter((definition) => definition.code === code)
    .map(describeDiagnostic);
}

function describeDiagnostic(definition: DiagnosticDefinition): Explanation {
  const { code, severity, group, message, clause, check } = definition;
  return {
    kind: "diagnostic",
    topic: code,
    title: message,
    meaning: undefined,
    facts: facts({ severity, group: `${group}: ${groupWords[group]}`, check, clause }),
    values: [],
    related: relatedTo(code),
  };
}

function relatedTo(code: string): string[] {
  const [prefix = "", ...rest] = code.split(".");
  const fields = listFields()
    .filter(({ id }) => id.includes(".") && code.startsWith(`${id}-`))
    .map(({ id }) => id);
  // `service.refused-object-undefined` reports the result `object-undefined`.
  const [, word] = /^(?:refused|exception|error)-(.+)$/.exec(rest.join(".")) ?? [];
  const values = word !== undefined && isNameOfValue(word) ? [word] : [];
  return [...fields, ...values, prefix];
}
