/** A frame as text: what one would paste into a ticket. */
import type { Diagnostic, Severity } from "../core/diagnostics.js";
import type { SpanNode } from "../core/recorder.js";
import type { ByteSource } from "../core/source.js";
import type { Frame } from "../frame.js";
import { displayNode } from "./display.js";
import { summarizeFrame } from "./summary.js";
import { formatTimestamp } from "./time.js";

/** What a piece of the text is; a terminal may colour it. */
export type TextRole = "number" | "time" | "layer" | "quiet" | Severity;

export interface TextOptions {
  /** Adds the field tree under each frame. */
  readonly tree?: boolean;
  /** Paints a piece of text; default: leaves it as it is. */
  readonly paint?: (role: TextRole, text: string) => string;
}

const plain = (_role: TextRole, text: string): string => text;

/** Column at which values stand in the tree. */
const valueColumn = 46;

/**
 * One line for the frame (number, time, who to whom, link, meaning), then a line for each thing
 * that is wrong with it, then its tree if asked for. Ends with a line break.
 */
export function writeFrameText(frame: Frame, options: TextOptions = {}): string {
  const paint = options.paint ?? plain;
  const time = frame.time === null ? "" : `${paint("time", shortTime(frame))}  `;
  const number = paint("number", String(frame.number).padStart(5));
  let text = `${number}  ${time}${parties(frame)}  ${linkName(frame)}  ${summarizeFrame(frame)}\n`;
  if (frame.comment !== undefined) text += `       ${paint("quiet", `# ${frame.comment}`)}\n`;
  for (const diagnostic of frame.diagnostics) text += writeDiagnostic(diagnostic, paint);
  if (options.tree === true && frame.tree !== undefined) {
    text += writeTree(frame.tree, frame.sources, paint);
  }
  return text;
}

/** Microseconds are what a person compares; nanoseconds only where they say something. */
function shortTime(frame: Frame): string {
  if (frame.time === null) return "";
  const iso = formatTimestamp(frame.time).replace("T", " ").replace("Z", "");
  return frame.time.nanoseconds % 1000 === 0 ? iso.slice(0, -3) : iso;
}

const arrows = { "client-to-server": "->", "server-to-client": "<-" } as const;

function parties(frame: Frame): string {
  const arrow = frame.direction === null ? "--" : arrows[frame.direction];
  if (frame.client === null || frame.server === null) return `      ${arrow}        `;
  const { upper, lower } = frame.server;
  const server = lower === undefined ? `${upper}` : `${upper}/${lower}`;
  return `${String(frame.client).padStart(5)} ${arrow} ${server.padEnd(7)}`;
}

/** The link layer that a reader wants to see: the one next to the APDU. */
function linkName(frame: Frame): string {
  return frame.framing.padEnd(7);
}

const marks: Readonly<Record<Severity, string>> = {
  error: "error  ",
  warning: "warning",
  note: "note   ",
  info: "info   ",
};

function writeDiagnostic(diagnostic: Diagnostic, paint: Required<TextOptions>["paint"]): string {
  const { severity, code, clause, check } = diagnostic.definition;
  let text = `       ${paint(severity, marks[severity])} ${code}: ${diagnostic.message}`;
  if (clause !== undefined) text += paint("quiet", ` (${clause})`);
  if (check !== undefined && severity !== "info") text += `\n               ${paint("quiet", `check: ${check}`)}`;
  return `${text}\n`;
}

function writeTree(
  nodes: readonly SpanNode[],
  sources: readonly ByteSource[],
  paint: Required<TextOptions>["paint"],
): string {
  let text = "";
  let source = 0;
  const walk = (node: SpanNode, depth: number): void => {
    if (node.source !== source) {
      source = node.source;
      text += `       ${paint("quiet", describeSource(sources[source]))}\n`;
    }
    text += writeNode(node, depth, paint);
    for (const child of node.children ?? []) walk(child, depth + 1);
  };
  for (const node of nodes) walk(node, 0);
  return text;
}

function describeSource(source: ByteSource | undefined): string {
  if (source === undefined) return "";
  return `--- ${source.kind === "frame" ? "the frame" : source.kind}, ${source.bytes.length} bytes`;
}

function writeNode(node: SpanNode, depth: number, paint: Required<TextOptions>["paint"]): string {
  const offset = node.start.toString(16).padStart(4, "0");
  const indent = "  ".repeat(depth);
  const name = `${indent}${node.field.name}`;
  const label = node.children !== undefined && depth === 0 ? paint("layer", name) : name;
  const value = displayNode(node);
  const lead = `       ${paint("quiet", offset)}  `;
  if (value === "") return `${lead}${label}\n`;
  const padding = " ".repeat(Math.max(2, valueColumn - name.length));
  return `${lead}${label}${padding}${node.generated ? `[${value}]` : value}\n`;
}
