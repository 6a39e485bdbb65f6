/** The public contract: one frame as JSON, version 1. `frame.schema.json` describes it. */
import { toHex } from "../core/bytes.js";
import type { Diagnostic } from "../core/diagnostics.js";
import type { ByteSource } from "../core/source.js";
import type { Frame } from "../frame.js";
import { writeJson, writeMembers } from "./json-writer.js";
import { summarizeFrame } from "./summary.js";
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
  readonly value?: Json;
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
  readonly kind: string;
  readonly bytes: string;
  readonly origin?: readonly {
    readonly start: number;
    readonly end: number;
    readonly source: number;
    readonly offset: number;
  }[];
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
  readonly comment?: string;
  readonly bytes: string;
  readonly link?: JsonObject;
  readonly apdu?: JsonObject & { readonly name: string };
  readonly ciphering?: JsonObject & { readonly status: string };
  readonly diagnostics?: readonly DiagnosticJson[];
  readonly tree?: readonly TreeNodeJson[];
  readonly sources?: readonly SourceJson[];
}

/** The frame as one line of JSON; `source` names the capture that it stands in. */
export function writeFrame(frame: Frame, source?: string): string {
  let text = '{"schema":1';
  if (source !== undefined) text += `,"source":${JSON.stringify(source)}`;
  text += `,"number":${frame.number}`;
  text += `,"time":${frame.time === null ? "null" : `"${formatTimestamp(frame.time)}"`}`;
  if (frame.conversation !== null) text += `,"conversation":${frame.conversation}`;
  text += `,"direction":${writeJson(frame.direction)},"client":${writeJson(frame.client)}`;
  text += `,"server":${writeJson(frame.server)},"layers":${writeJson(frame.layers)}`;
  text += `,"info":${JSON.stringify(summarizeFrame(frame))}`;
  if (frame.comment !== undefined) text += `,"comment":${JSON.stringify(frame.comment)}`;
  text += `,"bytes":"${frame.sources[0] === undefined ? "" : toHex(frame.sources[0].bytes)}"`;
  const link = writeMembers(frame.link);
  if (link !== "") text += `,"link":{${link.slice(1)}}`;
  if (frame.apdu !== undefined) text += `,"apdu":${writeJson(frame.apdu)}`;
  if (frame.ciphering !== undefined) text += `,"ciphering":${writeJson(frame.ciphering)}`;
  if (frame.diagnostics.length > 0) text += `,"diagnostics":${writeDiagnostics(frame.diagnostics)}`;
  if (frame.tree !== undefined) {
    text += `,"tree":${writeTree(frame.tree)}`;
    if (frame.sources.length > 1) text += `,"sources":[${frame.sources.map(writeSource).join(",")}]`;
  }
  return `${text}}`;
}

/** The same as an object, for programs that use the library. */
export function presentFrame(frame: Frame, source?: string): FrameJson {
  return JSON.parse(writeFrame(frame, source)) as FrameJson;
}

function writeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return `[${diagnostics.map(writeDiagnostic).join(",")}]`;
}

function writeDiagnostic(diagnostic: Diagnostic): string {
  const { code, severity, group, clause, check } = diagnostic.definition;
  return writeJson({
    code,
    severity,
    group,
    message: diagnostic.message,
    clause,
    check,
    source: diagnostic.source === 0 ? undefined : diagnostic.source,
    start: diagnostic.start,
    end: diagnostic.end,
  });
}

function writeSource({ id, kind, bytes, origin }: ByteSource): string {
  return writeJson({ id, kind, bytes, origin: origin.length > 0 ? origin : undefined });
}
