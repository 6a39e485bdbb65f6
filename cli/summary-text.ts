/** A summary as text: what is wrong first, then what was asked, the keys, and who took part. */
import type {
  CaptureSummary,
  KeysSummary,
  LatencySummary,
  ProblemSummary,
  ServiceSummary,
  TextBuffer,
  TextOptions,
} from "../analyzer/index.js";
import { describeConversation, titleOfConversation } from "./summary-conversation-text.js";
import { describeMilliseconds, describeSpan } from "./summary-words.js";
import { alignTable, count, hang } from "./text-layout.js";

export interface SummaryTextOptions {
  readonly paint: NonNullable<TextOptions["paint"]>;
  /** How many conversations are shown in full. */
  readonly conversations: number;
}

/** Writes the whole summary; ends with a line break. */
export function writeSummaryText(
  out: TextBuffer,
  summary: CaptureSummary,
  options: SummaryTextOptions,
): void {
  const { paint } = options;
  out.text(describeTotals(summary));
  const heading = (text: string) => out.text(`\n${paint("layer", text)}\n`);
  if (summary.problems.length > 0) {
    heading("Problems    count   first");
    for (const problem of summary.problems) writeProblem(out, problem, paint);
  }
  if (summary.services.length > 0) {
    const [head = "", ...lines] = alignTable([serviceHead, ...summary.services.map(serviceRow)]);
    heading(head);
    for (const line of lines) out.text(`${line}\n`);
  }
  if (summary.processes.length > 0) {
    const rows = summary.processes.map(({ process, exchanges, firstFrame }) => [
      `  ${process}`,
      String(exchanges),
      String(firstFrame),
    ]);
    const [head = "", ...lines] = alignTable([
      ["Business processes", "exchanges", "first"],
      ...rows,
    ]);
    heading(head);
    for (const line of lines) out.text(`${line}\n`);
  }
  if (summary.keys.ciphered > 0) {
    heading("Keys");
    for (const line of describeKeys(summary.keys)) out.text(line);
  }
  for (const conversation of summary.conversations.slice(0, options.conversations)) {
    heading(titleOfConversation(conversation));
    for (const line of describeConversation(conversation)) out.text(line);
  }
  const more = summary.conversations.length - options.conversations;
  if (more > 0) {
    out.text(`\n${count(more, "more conversation")}; --conversations all shows every one\n`);
  }
}

function describeTotals(summary: CaptureSummary): string {
  const { frames, conversations, noise, otherPackets, remarks, span } = summary;
  const parts = [count(frames, "frame"), count(conversations.length, "conversation")];
  if (otherPackets > 0) parts.push(`${count(otherPackets, "packet")} without DLMS`);
  if (noise > 0) parts.push(`${noise} times noise between frames`);
  if (remarks > 0) parts.push(`${count(remarks, "remark")} of the capture`);
  const times = span === undefined ? "no times" : describeSpan(span);
  return hang("", `${parts.join(", ")}; ${times}`);
}

function writeProblem(
  out: TextBuffer,
  { definition, count: number, firstFrame }: ProblemSummary,
  paint: SummaryTextOptions["paint"],
): void {
  const { severity, code, message, check } = definition;
  const head = `  ${severity.padEnd(7)} ${String(number).padStart(7)} ${String(firstFrame).padStart(7)}  `;
  const line = hang(head, `${code}: ${message}`);
  out.text(`  ${paint(severity, severity)}${line.slice(2 + severity.length)}`);
  if (check === undefined || severity === "info") return;
  out.text(paint("quiet", hang(" ".repeat(head.length), `check: ${check}`)));
}

const serviceHead = [
  "Services",
  "sent",
  "again",
  "answered",
  "unanswered",
  "refused",
  "min ms",
  "p50",
  "p90",
  "p99",
  "max",
];

function serviceRow(service: ServiceSummary): string[] {
  const { request, requests, retries, answered, unanswered, failures, latency } = service;
  const counts = [requests, retries, answered, unanswered, failures];
  return [
    `  ${request}`,
    ...counts.map((number) => (number === 0 ? "-" : String(number))),
    ...(latency === undefined ? [] : latencyCells(latency)),
  ];
}

function latencyCells({ min, p50, p90, p99, max }: LatencySummary): string[] {
  return [min, p50, p90, p99, max].map(describeMilliseconds);
}

/** More of them are counted. */
const shownKeys = 20;

const whatIsMissing = {
  "no-key": "no key fits",
  "no-system-title": "the sender's system title is not known",
  "tag-mismatch": "the tag does not fit the keys given",
  unsupported: "it is not supported",
  malformed: "the ciphering is malformed",
} as const satisfies Record<KeysSummary["missing"][number]["status"], string>;

function describeKeys({ used, missing, ciphered }: KeysSummary): string[] {
  const lines = [hang("  ciphered  ", count(ciphered, "APDU"))];
  for (const { key, apdus, authenticated, firstFrame } of used.slice(0, shownKeys)) {
    const opened = `${count(apdus, "APDU")} deciphered, ${authenticated} authenticated`;
    lines.push(hang("  used      ", `${key}: ${opened}, from frame ${firstFrame}`));
  }
  if (used.length > shownKeys) {
    lines.push(hang("            ", `and ${used.length - shownKeys} more keys`));
  }
  for (const { status, role, meter, apdus, firstFrame } of missing.slice(0, shownKeys)) {
    const whose = meter === undefined ? "a meter of unknown title" : `meter ${meter}`;
    const closed = `${count(apdus, "APDU")} not deciphered, from frame ${firstFrame}`;
    const key = `${role} key of ${whose}: ${whatIsMissing[status]}`;
    lines.push(hang("  missing   ", `${key}; ${closed}`));
  }
  if (missing.length > shownKeys) {
    lines.push(hang("            ", `and ${missing.length - shownKeys} more meters`));
  }
  return lines;
}
