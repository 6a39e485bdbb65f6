/**
 * The key derivation function of DLMS/COSEM: the concatenation KDF of NIST SP 800-56A with SHA-256
 * (suite 1) or SHA-384 (suite 2) over AlgorithmID, PartyUInfo and PartyVInfo.
 */
import { sha256, sha384 } from "@noble/hashes/sha2.js";
import { concatenate } from "../core/bytes.js";
import type { CurveSuite } from "./elliptic-curve.js";

/** What a derived key is for: to protect APDUs and data, or to wrap other keys (a master key). */
export type KeyUse = "ciphering" | "wrapping";

/**
 * AlgorithmID: the object identifier 2.16.756.5.8.3.x as a BER value, with its first part as 0x60.
 * 0 is AES-GCM-128, 1 AES-GCM-256, 2 AES-WRAP-128, 3 AES-WRAP-256.
 */
const algorithmIds = {
  ciphering: { 1: 0, 2: 1 },
  wrapping: { 1: 2, 2: 3 },
} as const;

export interface Derivation {
  readonly suite: CurveSuite;
  readonly use: KeyUse;
  /** Z: the x coordinate that both parties computed. */
  readonly sharedSecret: Uint8Array;
  readonly partyUInfo: Uint8Array;
  readonly partyVInfo: Uint8Array;
}

/** The key: 16 bytes in suite 1, 32 bytes in suite 2. */
export function deriveKey(derivation: Derivation): Uint8Array {
  const { suite, use, sharedSecret, partyUInfo, partyVInfo } = derivation;
  const algorithm = algorithmIds[use][suite];
  const input = concatenate([
    // The counter. The key is shorter than the hash in both suites, so that one round is enough.
    Uint8Array.of(0, 0, 0, 1),
    sharedSecret,
    Uint8Array.of(0x60, 0x85, 0x74, 0x05, 0x08, 0x03, algorithm),
    partyUInfo,
    partyVInfo,
  ]);
  return suite === 1 ? sha256(input).slice(0, 16) : sha384(input).slice(0, 32);
}
