import { toHex } from "../core/bytes.js";
import { curveOfPair } from "./elliptic-curve.js";
import { type KeyKnowledge, type Party, signingKeysOf } from "./party-keys.js";
import { verifySignature } from "./signature.js";

/** What a signature is worth. `reason` says which key was used, was tried or is missing. */
export interface SignatureVerdict {
  readonly status: "verified" | "failed" | "not-verified";
  readonly reason: string;
}

/**
 * Checks a signature with every signing key that may be the signer's: `verified` where one fits one
 * of the forms that the signed bytes may have, `failed` where none does, `not-verified` where no key
 * of the signature's curve is at hand.
 */
export function judgeSignature(
  knowledge: KeyKnowledge,
  signer: Party,
  forms: readonly Uint8Array[],
  signature: Uint8Array,
): SignatureVerdict {
  const curve = curveOfPair(signature.length);
  if (curve === undefined) {
    const reason = `${signature.length} bytes are no signature: P-256 makes 64, P-384 makes 96`;
    return { status: "not-verified", reason };
  }
  const keys = signingKeysOf(knowledge, signer);
  const fitting = keys.filter(({ key }) => key.length === signature.length);
  for (const { label, key } of fitting) {
    if (forms.some((form) => verifySignature(key, form, signature))) {
      return { status: "verified", reason: `ECDSA ${curve.name} with ${label}` };
    }
  }
  if (fitting.length > 0) {
    const tried = fitting.map(({ label }) => label).join(", ");
    return { status: "failed", reason: `ECDSA ${curve.name}, tried ${tried}` };
  }
  const needed = `the signing public key on ${curve.name} of ${nameParty(signer)} is needed`;
  const others = keys.map(({ label }) => label).join(", ");
  const reason = keys.length === 0 ? needed : `${needed}; of another curve: ${others}`;
  return { status: "not-verified", reason };
}

/** A party in words: `the client 4d4d4d0000bc614e`. */
export function nameParty({ title, side }: Party): string {
  const who = side === undefined ? "" : `the ${side}`;
  if (title === undefined || title.length === 0) return who === "" ? "the sender" : who;
  return `${who === "" ? "" : `${who} `}${toHex(title)}`;
}
