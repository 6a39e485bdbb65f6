/** What can be wrong, registered like fields: one code, one severity, one explanation. */

export type Severity = "info" | "note" | "warning" | "error";

/** What kind of finding it is; people filter by it. */
export type DiagnosticGroup =
  | "malformed" // the bytes break the encoding
  | "checksum"
  | "sequence"
  | "protocol" // well formed, but not allowed here
  | "security"
  | "assumption" // the decoder had to guess
  | "undecoded" // bytes that nothing explains
  | "incomplete" // parts are missing
  | "result" // the peer reports a failure
  | "capture"; // the fault is the recording's

export interface DiagnosticSpecification {
  readonly severity: Severity;
  readonly group: DiagnosticGroup;
  /** What is wrong, in a sentence without a full stop; details follow after a colon. */
  readonly message: string;
  /** The clause that is broken, where it is known for sure. */
  readonly clause?: string;
  /** What the engineer should look at next. */
  readonly check?: string;
}

/** A specification that was registered. */
export interface DiagnosticDefinition {
  /** The public code: `hdlc.fcs-mismatch`. */
  readonly code: string;
  readonly severity: Severity;
  readonly group: DiagnosticGroup;
  readonly message: string;
  readonly clause: string | undefined;
  readonly check: string | undefined;
}

/** One finding in one frame. */
export interface Diagnostic {
  readonly definition: DiagnosticDefinition;
  /** Byte range in the source `source` of the frame. */
  readonly source: number;
  readonly start: number;
  readonly end: number;
  /** The definition's message with its details. */
  readonly message: string;
}

/** A finding in bytes `start` to `end` of `source`; `detail` is added to the registered message. */
export function createDiagnostic(
  definition: DiagnosticDefinition,
  source: number,
  start: number,
  end: number,
  detail?: string,
): Diagnostic {
  const message = detail === undefined ? definition.message : `${definition.message}: ${detail}`;
  return { definition, source, start, end, message };
}

const registry = new Map<string, DiagnosticDefinition>();

/** Registers the diagnostics of one format: the key `fcs-mismatch` under `hdlc` is `hdlc.fcs-mismatch`. */
export function defineDiagnostics<Key extends string>(
  prefix: string,
  specifications: Record<Key, DiagnosticSpecification>,
): Readonly<Record<Key, DiagnosticDefinition>> {
  const definitions: [Key, DiagnosticDefinition][] = [];
  for (const key of Object.keys(specifications) as Key[]) {
    const code = `${prefix}.${key}`;
    if (registry.has(code)) throw new Error(`diagnostic ${code} is defined twice`);
    const { severity, group, message, clause, check } = specifications[key];
    const definition: DiagnosticDefinition = { code, severity, group, message, clause, check };
    registry.set(code, definition);
    definitions.push([key, definition]);
  }
  // At once, as the fields are.
  return Object.fromEntries(definitions) as Record<Key, DiagnosticDefinition>;
}

/** Every registered diagnostic, sorted by code. */
export function listDiagnostics(): DiagnosticDefinition[] {
  return [...registry.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const severityRank: Readonly<Record<Severity, number>> = { info: 0, note: 1, warning: 2, error: 3 };

/** Negative, zero or positive as `a` is less, as or more severe than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severityRank[a] - severityRank[b];
}

/** The diagnostics that every format shares. */
export const coreDiagnostics = defineDiagnostics("core", {
  truncated: {
    severity: "error",
    group: "malformed",
    message: "The bytes end before the value does",
    check: "Is the capture cut off, or a length field wrong?",
  },
  "trailing-bytes": {
    severity: "warning",
    group: "undecoded",
    message: "Bytes are left over after the end of the message",
    check: "A wrong length, two messages in one frame, or padding by the sender",
  },
  "depth-limit": {
    severity: "error",
    group: "malformed",
    message: "Data is nested deeper than the decoder follows",
    check: "No meter nests data so deep: are the bytes data at all?",
  },
  "node-limit": {
    severity: "error",
    group: "malformed",
    message: "The message has more elements than the decoder lists",
    check: "Is a count wrong? The rest of the message is there in bytes",
  },
});
