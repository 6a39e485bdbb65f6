import { compareSeverity, type Diagnostic, type Severity } from "../../decoder/core/diagnostics.js";
import type { SpanNode } from "../../decoder/core/recorder.js";
import type { Frame } from "../../decoder/frame.js";
import { displayNode, processOf, toHex } from "../../decoder/index.js";
import { hideSecrets } from "../../decoder/present/hidden-secrets.js";
import { formatLogicalName } from "../../decoder/xdlms/logical-name.js";
import type {
  CipheringVerdict,
  DetailNode,
  FrameDetail,
  ProblemView,
  Row,
} from "../protocol/index.js";

/** A frame that was dissected with its tree, for a window to show. Secrets are hidden in it. */
export function viewDetail(whole: Frame, row: Row, generation: number): FrameDetail {
  const frame = hideSecrets(whole);
  const tree = frame.tree ?? [];
  const severities = placeFindings(tree, frame.diagnostics);
  return {
    row,
    generation,
    sources: frame.sources.map(({ id, kind, bytes, origin, from }) => ({
      id,
      kind,
      bytes: toHex(bytes),
      origin,
      from: from ?? null,
    })),
    tree: tree.map((node) => viewNode(node, severities)),
    problems: frame.diagnostics.map(viewProblem),
    verdict: viewVerdict(frame),
    process: processOf(whole) ?? null,
  };
}

function viewNode(node: SpanNode, severities: ReadonlyMap<SpanNode, Severity>): DetailNode {
  const { field, source, start, end, generated, children } = node;
  return {
    field: field.id,
    name: field.name,
    display: displayNode(node),
    literal: literalOf(node),
    source,
    start,
    end,
    mask: field.mask ?? 0,
    generated,
    severity: severities.get(node) ?? null,
    frame: frameOf(node),
    children: children?.map((child) => viewNode(child, severities)) ?? [],
  };
}

/** Bytes beyond this are too long to be typed. */
const longestLiteral = 64;

/** As a display filter spells the value. */
function literalOf({ field, value }: SpanNode): string | null {
  switch (typeof value) {
    case "number":
      return field.base === "hex" ? `0x${value.toString(16)}` : String(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "string":
      return JSON.stringify(value);
    case "object": {
      if (value.length === 0 || value.length > longestLiteral) return null;
      if (field.id === "cosem.obis" && value.length === 6) return formatLogicalName(value);
      return toHex(value).replace(/..(?=.)/g, "$&:");
    }
    default:
      return null;
  }
}

/** The frame that the node speaks of. */
function frameOf({ field, value }: SpanNode): number | null {
  return field.id === "reassembly.frame" && typeof value === "number" ? value : null;
}

/** The most severe finding in every node: in the deepest that holds its bytes, and in all above it. */
function placeFindings(
  tree: readonly SpanNode[],
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<SpanNode, Severity> {
  const severities = new Map<SpanNode, Severity>();
  for (const diagnostic of diagnostics) {
    const { severity } = diagnostic.definition;
    for (const node of pathTo(tree, diagnostic)) {
      const known = severities.get(node);
      if (known === undefined || compareSeverity(severity, known) > 0)
        severities.set(node, severity);
    }
  }
  return severities;
}

/** From the outermost node to the deepest one that holds the bytes; the least of them at each level. */
function pathTo(tree: readonly SpanNode[], { source, start, end }: Diagnostic): SpanNode[] {
  let best: SpanNode[] = [];
  let bestLength = Number.POSITIVE_INFINITY;
  const visit = (nodes: readonly SpanNode[], above: readonly SpanNode[]): void => {
    for (const node of nodes) {
      const path = [...above, node];
      const length = node.end - node.start;
      const holds = node.source === source && node.start <= start && node.end >= end;
      if (holds && (length < bestLength || (length === bestLength && path.length > best.length))) {
        best = path;
        bestLength = length;
      }
      if (node.children !== undefined) visit(node.children, path);
    }
  };
  visit(tree, []);
  return best;
}

function viewProblem({ definition, message, source, start, end }: Diagnostic): ProblemView {
  const { code, severity, group, clause, check } = definition;
  return {
    code,
    severity,
    group,
    message,
    clause: clause ?? null,
    check: check ?? null,
    source,
    start,
    end,
  };
}

function viewVerdict({ ciphering }: Frame): CipheringVerdict | null {
  if (ciphering === undefined) return null;
  const title = ciphering["system-title"];
  return {
    status: ciphering.status,
    reason: ciphering.reason ?? null,
    service: ciphering.service,
    key: ciphering.key ?? null,
    systemTitle: title === undefined ? null : toHex(title),
    invocationCounter: ciphering["invocation-counter"] ?? null,
    authenticated: ciphering.authenticated,
    encrypted: ciphering.encrypted,
  };
}
