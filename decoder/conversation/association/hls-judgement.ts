/** What becomes of the proofs of passes 3 and 4 when they are computed again. */
import type { MechanismName } from "../../acse/object-name.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { type HlsVerdict, judgeHlsProof } from "../../security/hls-proof.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";

const clause = "IEC 62056-5-3, High Level Security";

const D = defineDiagnostics("security", {
  "hls-verified": {
    severity: "info",
    group: "security",
    message: "The proof of high level security is right",
    clause,
  },
  "hls-failed": {
    severity: "error",
    group: "security",
    message: "The proof of high level security is wrong",
    clause,
    check:
      "Do both sides have the same key or secret, and is it the one that was given here? See also the system titles and both challenges",
  },
  "hls-not-checked": {
    severity: "info",
    group: "security",
    message: "The proof of high level security could not be checked",
    clause,
    check: "Give the keys of the meter, and capture the association from its AARQ on",
  },
});

/** What AARQ and AARE have brought; undefined for what was not captured or was missing. */
export interface HlsOpening {
  readonly mechanism: MechanismName | undefined;
  /** CtoS. */
  readonly clientChallenge: Uint8Array | undefined;
  /** StoC. */
  readonly serverChallenge: Uint8Array | undefined;
}

/** Computes the proof that `frame` carries again and reports the verdict. */
export function judgePass(
  frame: ObservedFrame,
  prover: "client" | "server",
  proof: Uint8Array | undefined,
  opening: HlsOpening,
  sink: FindingSink,
): void {
  const verdict = proof === undefined ? noProof : judgeProof(frame, prover, proof, opening);
  if (verdict.status === "verified") {
    sink.report(D["hls-verified"], `the ${prover}'s, with ${verdict.key}`, "apdu");
  } else {
    const definition = verdict.status === "failed" ? D["hls-failed"] : D["hls-not-checked"];
    sink.report(definition, `the ${prover}'s, ${verdict.reason}`, "apdu");
  }
}

const noProof: HlsVerdict = unknown("there is no octet-string with it");

function judgeProof(
  frame: ObservedFrame,
  prover: "client" | "server",
  proof: Uint8Array,
  { mechanism, clientChallenge, serverChallenge }: HlsOpening,
): HlsVerdict {
  if (mechanism === undefined) return unknown("the mechanism is not known");
  if (clientChallenge === undefined) return unknown("the client's challenge is not known");
  if (serverChallenge === undefined) return unknown("the server's challenge is not known");
  const exchange = { mechanism, prover, proof, clientChallenge, serverChallenge };
  return judgeHlsProof(exchange, frame.context);
}

function unknown(reason: string): HlsVerdict {
  return { status: "unknown", reason };
}

/** A pass stayed ciphered, or is broken: nothing can be said of its proof. */
export function reportSealedPass(prover: "client" | "server", sink: FindingSink): void {
  sink.report(D["hls-not-checked"], `the ${prover}'s, its APDU could not be read`, "apdu");
}
