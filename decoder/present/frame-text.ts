/** A frame as text: what one would paste into a ticket. */
import type { Timestamp } from "../chunk.js";
import type { Diagnostic, Severity } from "../core/diagnostics.js";
import type { Frame } from "../frame.js";
import type { ObjectNames } from "../readings/described-reading.js";
import { summarizeLinks } from "./exchange-summary.js";
import { hideSecrets } from "./hidden-secrets.js";
import { toPrintable } from "./printable.js";
import { summarizeFrame } from "./summary.js";
import type { TextBuffer } from "./text-buffer.js";
import { writeShortTime } from "./time.js";
import { writeTextTree } from "./tree-text.js";

/** What a piece of the text is; a terminal may colour it. */
export type TextRole = "number" | "time" | "layer" | "quiet" | Severity;

export type Paint = (role: TextRole, text: string) => string;

export interface TextOptions {
  /** Adds the field tree under each frame. */
  readonly tree?: boolean;
  /** Paints a piece of text; default: leaves it as it is. */
  readonly paint?: Paint;
  /** Codes whose advice has been given: it is given once, and the code is added here. */
  readonly advised?: Set<string>;
  /** Names of objects; default: those of the standard, then the packs'. */
  readonly names?: ObjectNames;
}

const lineBreak = 0x0a;
const slash = 0x2f;

const plain: Paint = (_role, text) => text;

/**
 * What the capture says before the frame, one line for the frame (number, time, who to whom, link,
 * meaning), a line for each thing that is wrong with it, then its tree if asked for. Ends with a
 * line break.
 */
export function writeFrameText(out: TextBuffer, frame: Frame, options: TextOptions = {}): void {
  const { paint } = options;
  if (frame.comment !== undefined) writeComment(out, frame.comment, paint ?? plain);
  writeNumber(out, frame.number, paint);
  if (frame.time !== null) writeTime(out, frame.time, paint);
  writeParties(out, frame);
  const framing = out.length;
  out.text(frame.layers[0] === "capture" ? "capture" : frame.framing);
  out.pad(framing, 7);
  out.spaces(2);
  out.printable(summarizeFrame(frame, options.names));
  writeLinks(out, summarizeLinks(frame), paint);
  out.byte(lineBreak);
  for (const diagnostic of frame.diagnostics) {
    writeDiagnostic(out, diagnostic, paint ?? plain, options.advised);
  }
  if (options.tree === true && frame.tree !== undefined) {
    const { tree, sources } = hideSecrets(frame);
    writeTextTree(out, tree ?? [], sources, options.paint);
  }
}

function writeComment(out: TextBuffer, comment: string, paint: Paint): void {
  for (const line of comment.split("\n")) {
    out.text(`       ${paint("quiet", `# ${toPrintable(line)}`)}\n`);
  }
}

// The pieces of the line are written as bytes at once, and painted afterwards where that is asked
// for: there are as many lines as frames.

function writeNumber(out: TextBuffer, number: number, paint: Paint | undefined): void {
  const start = out.length;
  writeRight(out, number, 5);
  if (paint !== undefined) out.replace(start, (text) => paint("number", text));
  out.spaces(2);
}

function writeTime(out: TextBuffer, time: Timestamp, paint: Paint | undefined): void {
  const start = out.length;
  writeShortTime(out, time);
  if (paint !== undefined) out.replace(start, (text) => paint("time", text));
  out.spaces(2);
}

function writeLinks(out: TextBuffer, links: string, paint: Paint | undefined): void {
  if (links === "") return;
  const start = out.length;
  out.text("  (");
  out.text(links);
  out.text(")");
  if (paint !== undefined) out.replace(start, (text) => paint("quiet", text));
}

/** A whole number below 2^31 that ends in the `width`th column, or where it ends by itself. */
function writeRight(out: TextBuffer, value: number, width: number): void {
  let free = width - 1;
  for (let limit = 10; free > 0 && value >= limit; limit *= 10) free--;
  out.spaces(free);
  out.number(value);
}

const arrows = { "client-to-server": " -> ", "server-to-client": " <- " } as const;

function writeParties(out: TextBuffer, { client, server, direction }: Frame): void {
  const named = client !== null && server !== null;
  if (named) writeRight(out, client, 5);
  else out.spaces(5);
  out.text(direction === null ? " -- " : arrows[direction]);
  const start = out.length;
  if (named) {
    out.number(server.upper);
    if (server.lower !== undefined) {
      out.byte(slash);
      out.number(server.lower);
    }
  }
  out.pad(start, 7);
  out.spaces(2);
}

const marks: Readonly<Record<Severity, string>> = {
  error: "error  ",
  warning: "warning",
  note: "note   ",
  info: "info   ",
};

function writeDiagnostic(
  out: TextBuffer,
  diagnostic: Diagnostic,
  paint: Paint,
  advised: Set<string> | undefined,
): void {
  const { severity, code, clause, check } = diagnostic.definition;
  out.text(
    `       ${paint(severity, marks[severity])} ${code}: ${toPrintable(diagnostic.message)}`,
  );
  if (clause !== undefined) out.text(paint("quiet", ` (${clause})`));
  out.text("\n");
  if (check !== undefined && severity !== "info" && advised?.has(code) !== true) {
    advised?.add(code);
    out.text(`               ${paint("quiet", `check: ${check}`)}\n`);
  }
}
