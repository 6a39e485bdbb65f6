/** The public contract: one frame as JSON, version 1. `frame.schema.json` describes it. */
import type { Diagnostic } from "../core/diagnostics.js";
import type { ByteSource, ByteSourceKind } from "../core/source.js";
import { standardNames } from "../cosem/standard-names.js";
import type { Frame } from "../frame.js";
import { type BusinessProcess, processOf } from "../readings/business-process.js";
import type { ObjectNames } from "../readings/described-reading.js";
import { readingsOf } from "../readings/readings-of-frame.js";
import { hideSecrets } from "./hidden-secrets.js";
import { writeMember } from "./json-writer.js";
import { presentReading, type ReadingJson } from "./reading-json.js";
import { summarizeFrame } from "./summary.js";
import { TextBuffer } from "./text-buffer.js";
import { formatTimestamp } from "./time.js";
import { writeTree } from "./tree-writer.js";

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One diagnostic; `source` is there when the bytes are not those of the frame itself. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: "info" | "note" | "warning" | "error";
  readonly group: string;
  readonly message: string;
  readonly clause?: string;
  readonly check?: string;
  readonly source?: number;
  readonly start: number;
  readonly end: number;
}

/** One node of the field tree. `display` is left out where `value` says the same. */
export interface TreeNodeJson {
  readonly field: string;
  readonly name: string;
  readonly mask?: number;
  readonly value?: number | string | boolean;
  readonly display?: string;
  readonly generated?: true;
  readonly source: number;
  readonly start: number;
  readonly end: number;
  readonly children?: readonly TreeNodeJson[];
}

/** A byte string that the tree points into, and where its pieces came from. */
export interface SourceJson {
  readonly id: number;
  readonly kind: ByteSourceKind;
  readonly bytes: string;
  readonly origin?: readonly {
    readonly start: number;
    readonly end: number;
    readonly source: number;
    readonly offset: number;
  }[];
  /** Of a fragment: the frame that brought it, and where it stands there. */
  readonly from?: { readonly frame: number; readonly source: number; readonly offset: number };
}

/**
 * The message that the frame has a part of. Where it is complete: the frames that brought its parts.
 * Where it goes on: the first of them and this one, and the frame in which it was read.
 */
export interface ReassemblyJson {
  readonly complete: boolean;
  readonly frames: readonly number[];
  readonly "completed-in"?: number;
}

export interface FrameJson {
  readonly schema: 1;
  readonly source?: string;
  readonly number: number;
  readonly time: string | null;
  readonly conversation?: number;
  readonly direction: "client-to-server" | "server-to-client" | null;
  readonly client: number | null;
  readonly server: { readonly upper: number; readonly lower?: number } | null;
  readonly layers: readonly string[];
  readonly info: string;
  /** By the user, in the application. */
  readonly marked?: true;
  readonly comment?: string;
  readonly bytes: string;
  readonly link?: JsonObject;
  readonly apdu?: JsonObject & { readonly name: string };
  readonly ciphering?: JsonObject & { readonly status: string };
  readonly reassembly?: ReassemblyJson;
  /** How far the association has come with the frame; left out while nothing is known of it. */
  readonly association?: NonNullable<Frame["association"]>;
  /** Number of the frame whose request it answers, and of the one that answers it. */
  readonly answers?: number;
  readonly "answered-by"?: number;
  /** Milliseconds from the request to this answer, to the microsecond. */
  readonly "latency-ms"?: number;
  /** What the exchange is for: a business process of IEC 62056-1-0, table 1. */
  readonly "business-process"?: BusinessProcess;
  /** Every value of a known object that the meter tells in the frame. */
  readonly readings?: readonly ReadingJson[];
  readonly diagnostics?: readonly DiagnosticJson[];
  readonly tree?: readonly TreeNodeJson[];
  readonly sources?: readonly SourceJson[];
}

export interface PresentOptions {
  /** Names of objects; default: those of the standard, then the packs'. */
  readonly names?: ObjectNames;
  /** The user has marked the frame. */
  readonly isMarked?: boolean;
}

/** Writes the frame as one line of JSON, unended; `source` names the capture that it stands in. */
export function writeFrame(
  out: TextBuffer,
  whole: Frame,
  source?: string,
  options: PresentOptions = {},
): void {
  const frame = hideSecrets(whole);
  out.text('{"schema":1');
  if (source !== undefined) writeMember(out, "source", source);
  writeMember(out, "number", frame.number);
  writeMember(out, "time", frame.time === null ? null : formatTimestamp(frame.time));
  if (frame.conversation !== null) writeMember(out, "conversation", frame.conversation);
  writeMember(out, "direction", frame.direction);
  writeMember(out, "client", frame.client);
  writeMember(out, "server", frame.server);
  writeMember(out, "layers", frame.layers);
  const readings = readingsOf(frame);
  writeMember(out, "info", summarizeFrame(frame, options.names, readings));
  if (options.isMarked === true) writeMember(out, "marked", true);
  if (frame.comment !== undefined) writeMember(out, "comment", frame.comment);
  writeMember(out, "bytes", frame.sources[0]?.bytes ?? "");
  for (const _layer in frame.link) {
    writeMember(out, "link", frame.link);
    break;
  }
  if (frame.apdu !== undefined) writeMember(out, "apdu", frame.apdu);
  if (frame.ciphering !== undefined) writeMember(out, "ciphering", frame.ciphering);
  writeLinks(out, frame);
  const process = processOf(whole);
  if (process !== undefined) writeMember(out, "business-process", process);
  if (readings.length > 0) {
    const names = options.names ?? standardNames();
    writeMember(
      out,
      "readings",
      readings.map((reading) => presentReading(reading, names)),
    );
  }
  if (frame.diagnostics.length > 0) {
    writeMember(out, "diagnostics", frame.diagnostics.map(describeDiagnostic));
  }
  if (frame.tree !== undefined) {
    out.text(',"tree":');
    writeTree(out, frame.tree);
    if (frame.sources.length > 1) writeMember(out, "sources", frame.sources.map(describeSource));
  }
  out.text("}");
}

function writeLinks(out: TextBuffer, frame: Frame): void {
  const { association, reassembly, completedIn, answers, answeredBy } = frame;
  if (association !== undefined && association !== "unknown") {
    writeMember(out, "association", association);
  }
  if (reassembly !== undefined) {
    writeMember(out, "reassembly", { ...reassembly, "completed-in": completedIn });
  }
  if (answers !== undefined) {
    writeMember(out, "answers", answers.frame);
    if (answers.latency !== undefined) {
      writeMember(out, "latency-ms", Math.round(answers.latency / 1000) / 1000);
    }
  }
  if (answeredBy !== undefined) writeMember(out, "answered-by", answeredBy);
}

/** The same as an object, for programs that use the library. */
export function presentFrame(frame: Frame, source?: string, options?: PresentOptions): FrameJson {
  const out = new TextBuffer();
  writeFrame(out, frame, source, options);
  return JSON.parse(out.takeString()) as FrameJson;
}

function describeDiagnostic(diagnostic: Diagnostic): object {
  const { code, severity, group, clause, check } = diagnostic.definition;
  return {
    code,
    severity,
    group,
    message: diagnostic.message,
    clause,
    check,
    source: diagnostic.source === 0 ? undefined : diagnostic.source,
    start: diagnostic.start,
    end: diagnostic.end,
  };
}

function describeSource({ id, kind, bytes, origin, from }: ByteSource): object {
  return { id, kind, bytes, origin: origin.length > 0 ? origin : undefined, from };
}
