/** A frame as text: what one would paste into a ticket. */
import type { Diagnostic, Severity } from "../core/diagnostics.js";
import type { Frame } from "../frame.js";
import { summarizeLinks } from "./exchange-summary.js";
import { hideSecrets } from "./hidden-secrets.js";
import { toPrintable } from "./printable.js";
import { summarizeFrame } from "./summary.js";
import type { TextBuffer } from "./text-buffer.js";
import { formatTimestamp } from "./time.js";
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
}

const plain: Paint = (_role, text) => text;

/**
 * What the capture says before the frame, one line for the frame (number, time, who to whom, link,
 * meaning), a line for each thing that is wrong with it, then its tree if asked for. Ends with a
 * line break.
 */
export function writeFrameText(out: TextBuffer, frame: Frame, options: TextOptions = {}): void {
  const paint = options.paint ?? plain;
  if (frame.comment !== undefined) {
    for (const line of frame.comment.split("\n")) {
      out.text(`       ${paint("quiet", `# ${toPrintable(line)}`)}\n`);
    }
  }
  out.text(paint("number", String(frame.number).padStart(5)));
  out.spaces(2);
  if (frame.time !== null) {
    out.text(paint("time", shortTime(frame)));
    out.spaces(2);
  }
  out.text(parties(frame));
  out.spaces(2);
  out.text((frame.layers[0] === "capture" ? "capture" : frame.framing).padEnd(7));
  out.spaces(2);
  out.printable(summarizeFrame(frame));
  const links = summarizeLinks(frame);
  if (links !== "") out.text(paint("quiet", `  (${links})`));
  out.text("\n");
  for (const diagnostic of frame.diagnostics) {
    writeDiagnostic(out, diagnostic, paint, options.advised);
  }
  if (options.tree === true && frame.tree !== undefined) {
    const { tree, sources } = hideSecrets(frame);
    writeTextTree(out, tree ?? [], sources, options.paint);
  }
}

/** Microseconds are what a person compares; nanoseconds only where they say something. */
function shortTime({ time }: Frame): string {
  if (time === null) return "";
  const iso = formatTimestamp(time);
  const end = time.nanoseconds % 1000 === 0 ? iso.indexOf(".") + 7 : iso.indexOf(".") + 10;
  return time.dated ? `${iso.slice(0, 10)} ${iso.slice(11, end)}` : iso.slice(0, end);
}

const arrows = { "client-to-server": "->", "server-to-client": "<-" } as const;

function parties(frame: Frame): string {
  const arrow = frame.direction === null ? "--" : arrows[frame.direction];
  if (frame.client === null || frame.server === null) return `      ${arrow}        `;
  const { upper, lower } = frame.server;
  const server = lower === undefined ? `${upper}` : `${upper}/${lower}`;
  return `${String(frame.client).padStart(5)} ${arrow} ${server.padEnd(7)}`;
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
