import { defaultLimits, noAssociation, noFindings, nothingPending } from "./context.js";
import { Dissection } from "./dissection.js";
import { NullRecorder } from "./recorder.js";

/**
 * A dissection of bytes that are no frame: what they report is there, and nobody is shown it. Nothing
 * in them can be ciphered.
 */
export function createScratchDissection(): Dissection {
  return new Dissection(new NullRecorder(), {
    number: 0,
    direction: null,
    association: noAssociation,
    pending: nothingPending,
    findings: noFindings,
    replayed: false,
    keySets: [],
    primitives: { ctr: refuse, open: refuse },
    limits: defaultLimits,
  });
}

function refuse(): never {
  throw new Error("what is no frame is not ciphered");
}
