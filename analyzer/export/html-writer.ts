/**
 * Frames as a page that needs nothing but itself: a line for each frame, and on request its tree and its
 * bytes, linked with each other.
 *
 * Strategy. Lines and findings are plain markup, so that they can be read, searched and printed as they
 * are, in blocks that a browser lays out when they are scrolled to. Trees and bytes are JSON beside each
 * frame, which the page's script reads when the frame is opened. Fields are named once, behind all
 * frames. Script and style are known by their hashes; anything else the page's policy forbids.
 */
import { createHash } from "node:crypto";
import type { Field } from "../../decoder/core/fields.js";
import type { SpanNode } from "../../decoder/core/recorder.js";
import type { Frame } from "../../decoder/frame.js";
import {
  compareSeverity,
  type Diagnostic,
  displayNode,
  type Severity,
  toHex,
} from "../../decoder/index.js";
import { summarizeLinks } from "../../decoder/present/exchange-summary.js";
import { hideSecrets } from "../../decoder/present/hidden-secrets.js";
import { toPrintable } from "../../decoder/present/printable.js";
import { summarizeFrame } from "../../decoder/present/summary.js";
import { formatShortTime } from "../../decoder/present/time.js";
import { nameOf } from "../frame-columns.js";
import { type Layer, layerOf } from "../protocol/layer.js";
import { describeServer } from "../session/row-view.js";
import type { CreateWriter } from "./export-options.js";
import type { PageDetail, PageField, PageNode } from "./html-detail.js";
import { pageScript, pageStyle } from "./page-parts.js";

/** Frames that are laid out together. */
const blockLength = 100;

const severities = ["error", "warning", "note", "info"] as const;
const signs: Readonly<Record<Severity, string>> = {
  error: "✕",
  warning: "▲",
  note: "◆",
  info: "i",
};
const arrows = { "client-to-server": "→", "server-to-client": "←" } as const;

export const createHtmlWriter: CreateWriter = (
  out,
  { names, title = "Annotated trace", hasHeadings = false },
) => {
  const fields = new FieldList();
  const counts: Record<Severity, number> = { error: 0, warning: 0, note: 0, info: 0 };
  let advised = new Set<string>();
  let captures = 0;
  let frames = 0;
  let inBlock = 0;
  const endBlock = () => {
    if (inBlock > 0) out.text("</div>\n");
    inBlock = 0;
  };
  return {
    begin: () => out.text(head(title)),
    capture: (name) => {
      captures += 1;
      advised = new Set();
      endBlock();
      if (hasHeadings) out.text(`<h2>${markup(name)}</h2>\n`);
    },
    frame: (whole, isMarked) => {
      const severity = worstOf(whole.diagnostics);
      if (severity !== null) counts[severity] += 1;
      if (inBlock === 0) out.text('<div class="block">\n');
      // Frames of several captures have the same numbers.
      const idOf = (number: number) => (captures > 1 ? `f${captures}-${number}` : `f${number}`);
      const id = idOf(whole.number);
      out.text(`<article class="frame" id="${id}"${isMarked ? " data-marked" : ""}>\n`);
      const frame = hideSecrets(whole);
      out.text(line(frame, summarizeFrame(whole, names), severity, isMarked));
      out.text(links(frame, idOf));
      if (frame.comment !== undefined) {
        out.text(`<p class="comment">${markup(frame.comment)}</p>\n`);
      }
      if (frame.diagnostics.length > 0) out.text(findings(frame.diagnostics, advised));
      out.text(`<script type="application/json">${scriptText(detailOf(frame, fields))}</script>\n`);
      out.text("</article>\n");
      frames += 1;
      inBlock += 1;
      if (inBlock === blockLength) endBlock();
    },
    end: () => {
      endBlock();
      out.text(`</main>\n<footer>${totals(frames, counts)}</footer>\n`);
      out.text(`<script type="application/json" id="fields">${scriptText(fields.list)}</script>\n`);
      out.text(`<script>${pageScript}</script>\n</body>\n</html>\n`);
    },
  };
};

function head(title: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(pageScript)}'`,
    `style-src '${hashOf(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Obiscope">
<title>${markup(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${markup(title)}</h1><button type="button" id="all" hidden>Open all</button></header>
<main>
<div class="head" aria-hidden="true"><span>No.</span><span>Time</span><span>Client, server</span><span>Type</span><span>Meaning</span><span>Finding</span><span>Exchange</span></div>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function line(frame: Frame, info: string, severity: Severity | null, isMarked: boolean): string {
  const { number, time, client, server, direction } = frame;
  const arrow = direction === null ? "–" : `<b class="sign ${direction}">${arrows[direction]}</b>`;
  const parties =
    client === null || server === null ? arrow : `${client} ${arrow} ${describeServer(server)}`;
  const layer = typeLayer(frame);
  return [
    '<button type="button" class="line" aria-expanded="false">',
    `<span class="number">${isMarked ? '<b class="sign mark" title="marked">*</b>' : ""}${number}</span> `,
    `<span class="time">${time === null ? "" : formatShortTime(time)}</span> `,
    `<span class="parties">${parties}</span> `,
    `<span class="type${layer === null ? "" : ` l-${layer}`}">${markup(nameOf(frame))}</span> `,
    `<span class="meaning">${markup(info)}</span> `,
    severity === null
      ? '<span class="verdict"></span>'
      : `<span class="verdict s-${severity}">${sign(severity)}${severity}</span>`,
    "</button>\n",
  ].join("");
}

/**
 * What the frame has to do with others. They are links once the page's script has found them in the page:
 * which frames are still to come is not known here.
 */
function links(frame: Frame, idOf: (number: number) => string): string {
  const nameFrame = (number: number) => `<a data-frame="${idOf(number)}">${number}</a>`;
  const words = summarizeLinks(frame, nameFrame);
  const { answeredBy } = frame;
  const answer = answeredBy === undefined ? "" : `answered by ${nameFrame(answeredBy)}`;
  const all = [words, answer].filter((part) => part !== "").join("; ");
  return all === "" ? "" : `<p class="links">${all}</p>\n`;
}

function sign(severity: Severity): string {
  return `<b class="sign ${severity}" aria-hidden="true">${signs[severity]}</b> `;
}

/** Advice that was given before is shown again only where the frame is opened. */
function findings(diagnostics: readonly Diagnostic[], advised: Set<string>): string {
  const items = diagnostics.map(({ definition, message }) => {
    const { severity, code, clause, check } = definition;
    const clauseText = clause === undefined ? "" : ` <i>(${markup(clause)})</i>`;
    const again = severity === "info" || advised.has(code) ? ' class="again"' : "";
    const checkText = check === undefined ? "" : `<i${again}><br>Check: ${markup(check)}</i>`;
    advised.add(code);
    const words = `<b class="s-${severity}">${sign(severity)}${severity}</b> <code>${code}</code>`;
    return `<li data-severity="${severity}">${words} ${markup(message)}${clauseText}${checkText}</li>`;
  });
  return `<ul class="findings">${items.join("")}</ul>\n`;
}

function totals(frames: number, counts: Readonly<Record<Severity, number>>): string {
  const found = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} with ${severity} as the worst finding`);
  const all = `${frames} ${frames === 1 ? "frame" : "frames"}`;
  return `<p>${[all, ...found].join("; ")}. Written by Obiscope.</p>`;
}

function worstOf(diagnostics: readonly Diagnostic[]): Severity | null {
  let worst: Severity | null = null;
  for (const { definition } of diagnostics) {
    if (worst === null || compareSeverity(definition.severity, worst) > 0) {
      worst = definition.severity;
    }
  }
  return worst;
}

const acse: ReadonlySet<string> = new Set(["aarq", "aare", "rlrq", "rlre"]);

/** The layer that the type of a frame belongs to. */
function typeLayer({ apdu, framing, layers }: Frame): Layer | null {
  if (apdu === undefined) return layerOf(framing === "packet" ? (layers.at(-1) ?? "") : framing);
  if (acse.has(apdu.name)) return "acse";
  return layerOf(apdu.name) === "security" ? "security" : "xdlms";
}

/** The fields that the page shows, each once. */
class FieldList {
  readonly list: PageField[] = [];
  /** By the fields' places in their registry. */
  readonly #places: number[] = [];

  place(field: Field): number {
    const known = this.#places[field.index];
    if (known !== undefined) return known;
    const place = this.list.length;
    this.list.push([field.id, field.name, layerOf(field.id), field.mask ?? 0]);
    this.#places[field.index] = place;
    return place;
  }
}

function detailOf({ tree = [], sources }: Frame, fields: FieldList): PageDetail {
  return {
    tree: tree.map((node) => pageNode(node, fields)),
    sources: sources.map(({ kind, bytes, origin }) => ({
      kind,
      bytes: toHex(bytes),
      ...(origin.length > 0 ? { origin } : {}),
    })),
  };
}

function pageNode(node: SpanNode, fields: FieldList): PageNode {
  const { field, start, end, source, generated, children } = node;
  const text = toPrintable(displayNode(node));
  const place = 2 * source + (generated ? 1 : 0);
  const begin = [fields.place(field), start, end] as const;
  if (children !== undefined && children.length > 0) {
    return [...begin, text, place, children.map((child) => pageNode(child, fields))];
  }
  if (place !== 0) return [...begin, text, place];
  return text === "" ? begin : [...begin, text];
}

/** JSON that neither ends nor confuses the script element that it stands in (HTML, 4.12.1.3). */
function scriptText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Text of the capture as text of the page, its controls visible. */
function markup(text: string): string {
  return toPrintable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
