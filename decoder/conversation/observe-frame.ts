import type { FrameContext } from "../core/context.js";
import type { Diagnostic } from "../core/diagnostics.js";
import type { Dissection } from "../core/dissection.js";
import type { NewPart } from "../core/parts.js";
import type { LinkFrame } from "../link/link-frame.js";
import type { ByteRange, ObservedFrame } from "./observed-frame.js";

/** A frame as the rules of its conversation see it. */
export function observeFrame(
  frame: LinkFrame,
  context: FrameContext,
  dissection: Dissection,
): ObservedFrame {
  const { link, apdus, apdu, generalBlock, ciphering } = dissection;
  return {
    number: context.number,
    time: frame.time,
    framing: frame.framing,
    direction: context.direction,
    bytes: frame.bytes,
    damaged: isDamaged(dissection.diagnostics),
    link,
    apdus,
    apdu,
    content: contentOf(dissection),
    generalBlock,
    ciphering,
    context,
  };
}

function contentOf({ apdus, sources }: Dissection): ByteRange | undefined {
  const innermost = apdus[apdus.length - 1];
  const source = innermost === undefined ? undefined : sources[innermost.source];
  if (innermost === undefined || source === undefined) return undefined;
  return { bytes: source.bytes, start: innermost.start, end: innermost.end };
}

/** Codes of findings after which nothing that the frame says is sure. */
const damages: ReadonlySet<string> = new Set([
  "hdlc.fcs-mismatch",
  "hdlc.hcs-mismatch",
  "hdlc.length",
  "mbus.checksum",
  "mbus.length",
  "wrapper.length",
  "framing.interrupted",
  "packet.cut",
]);

/** Codes of findings after which a part has no place in a message. */
const unplaced: ReadonlySet<string> = new Set(["hdlc.hcs-mismatch", "link.echo"]);

function isDamaged(diagnostics: readonly Diagnostic[]): boolean {
  for (const { definition } of diagnostics) if (damages.has(definition.code)) return true;
  return false;
}

/**
 * Which of the parts in a frame the conversation keeps: none of an echo. A receiver drops a damaged frame, and the
 * sender repeats it: such a part counts only until then. It ends no message, and where its header is
 * wrong nobody knows its place.
 */
export function keptParts(
  parts: readonly NewPart[],
  diagnostics: readonly Diagnostic[],
): readonly NewPart[] {
  if (parts.length === 0) return parts;
  if (diagnostics.some(({ definition }) => unplaced.has(definition.code))) return [];
  if (!isDamaged(diagnostics)) return parts;
  return parts
    .filter(({ chain }) => chain.settled === undefined)
    .map(({ message, chain }) => ({
      message,
      chain: { ...chain, part: { ...chain.part, damaged: true } },
    }));
}
