import type { FrameContext } from "../core/context.js";
import type { Dissection } from "../core/dissection.js";
import type { LinkFrame } from "../link/link-frame.js";
import type { ObservedApdu, ObservedFrame } from "./observed-frame.js";

/** A frame as the rules of its conversation see it. */
export function observeFrame(
  frame: LinkFrame,
  context: FrameContext,
  dissection: Dissection,
): ObservedFrame {
  const { link, apdus, apdu, ciphering } = dissection;
  return {
    number: context.number,
    time: frame.time,
    framing: frame.framing,
    direction: context.direction,
    bytes: frame.bytes,
    damaged: isDamaged(dissection),
    link,
    apdus:
      apdus.length === 0
        ? noApdus
        : apdus.map(({ name, start, end }) => ({ name, length: end - start })),
    apdu,
    ciphering,
    context,
  };
}

const noApdus: readonly ObservedApdu[] = Object.freeze([]);

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

function isDamaged({ diagnostics }: Dissection): boolean {
  for (const { definition } of diagnostics) if (damages.has(definition.code)) return true;
  return false;
}
