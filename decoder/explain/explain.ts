/**
 * What things mean: fields, diagnostics, classes, attributes, objects, units, values.
 *
 * Strategy: every kind of topic has a file that recognises its own spellings in the text and tells what
 * the registries say; here they are asked in turn, from names that can mean only one thing to words
 * that may stand in many tables. Nothing is repeated by hand that a registry already has. Indexes are
 * made when the first topic needs them.
 */
import { nameObis } from "../cosem/obis/name-obis.js";
import { explainClass, explainItemName, explainItemOfClass } from "./explain-class.js";
import { explainDiagnostic } from "./explain-diagnostic.js";
import { explainEnumeration } from "./explain-enumeration.js";
import { explainField, explainLabel } from "./explain-field.js";
import { explainFormat } from "./explain-format.js";
import { explainObject } from "./explain-obis.js";
import { explainUnit } from "./explain-unit.js";
import type { ExplainOptions, Explanation, NamesOfObjects } from "./explanation.js";

/** No name is nearly so long. */
export const longestTopic = 200;

const standardNames: NamesOfObjects = { find: (code: Uint8Array) => nameObis(code) };

/**
 * What `topic` means, the most exact meaning first; empty where nothing is known of it. Pure, and never
 * throws whatever the topic. Fields and diagnostics are those of the modules that have been loaded:
 * all of them behind `decoder/index`.
 */
export function explain(topic: string, options: ExplainOptions = {}): Explanation[] {
  const text = topic.trim().replace(/\s+/g, " ");
  if (text === "" || text.length > longestTopic) return [];
  return [
    ...explainField(text),
    ...explainDiagnostic(text),
    ...explainFormat(text),
    ...explainObject(text, options.names ?? standardNames),
    ...explainClass(text),
    ...explainItemOfClass(text),
    ...explainUnit(text),
    ...explainItemName(text),
    ...explainLabel(text),
    ...explainEnumeration(text),
  ];
}
