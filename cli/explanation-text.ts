/** An explanation as text: what it is, facts by their labels, what is in it, where to go on. */
import type { Explanation, ExplanationKind, TextBuffer, TextOptions } from "../analyzer/index.js";
import { hang, unbroken } from "./text-layout.js";

/** Longer values have a line of their own. */
const widestValue = 34;
/** A format has far more fields than anyone would go on to. */
const mostRelated = 12;

/** Heads what stands in `values`. */
const contents: Readonly<Record<ExplanationKind, string>> = {
  field: "values",
  diagnostic: "values",
  format: "contents",
  class: "attributes and methods",
  attribute: "values",
  method: "values",
  obis: "value groups",
  unit: "values",
  enumeration: "values",
};

/** Writes it whole; ends with a line break. */
export function writeExplanation(
  out: TextBuffer,
  explanation: Explanation,
  paint: NonNullable<TextOptions["paint"]>,
): void {
  const { kind, topic, meaning, facts, values, related } = explanation;
  out.text(paint("layer", hang("", headOf(explanation)).trimEnd()));
  out.text("\n");
  if (meaning !== undefined) out.text(hang("  ", meaning));
  // What is listed below needs no second list.
  const isListed = values.some(({ value }) =>
    [value, `${topic} ${value}`].some((name) => related.includes(name)),
  );
  const rows = facts.map(({ label, text }) => [label, text] as const);
  if (related.length > 0 && !isListed) rows.push(["see", describeRelated(related)]);
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  for (const [label, text] of rows) out.text(hang(`  ${label.padEnd(width)}  `, text));
  if (values.length === 0) return;
  out.text(`  ${contents[kind]}\n`);
  writeValues(out, values);
}

function writeValues(out: TextBuffer, values: Explanation["values"]): void {
  const lines = values.map(({ value, text, depth = 0 }) => ({
    value: "  ".repeat(depth) + value,
    text,
  }));
  const widths = lines.map(({ value }) => value.length).filter((width) => width <= widestValue);
  const column = Math.max(0, ...widths);
  for (const { value, text } of lines) {
    if (value.length <= column) {
      out.text(hang(`    ${value.padEnd(column)}  `, text));
    } else {
      out.text(`    ${value}\n`);
      out.text(hang(" ".repeat(column + 6), text));
    }
  }
}

const kindWords: Readonly<Partial<Record<ExplanationKind, string>>> = {
  obis: "object",
  enumeration: "value",
};

/** `field hdlc.fcs: FCS`, `class 7: Profile generic`, `object 1-0:1.8.0*255: Active energy ...`. */
function headOf({ kind, topic, title }: Explanation): string {
  const isTold = /^(class|unit) \d/.test(topic);
  const name = isTold ? topic : `${kindWords[kind] ?? kind} ${topic}`;
  return title === topic ? name : `${name}: ${title}`;
}

function describeRelated(related: readonly string[]): string {
  const shown = related.slice(0, mostRelated).map(unbroken).join(", ");
  const more = related.length - mostRelated;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
