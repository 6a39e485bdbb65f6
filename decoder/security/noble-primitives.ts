import { ctr, gcm } from "@noble/ciphers/aes.js";
import { concatenate } from "../core/bytes.js";
import type { CipherPrimitives } from "./primitives.js";

// NIST SP 800-38D: with an initialisation vector of 12 bytes the counter block of the first block
// of text is the vector followed by 2; block 1 is kept for the tag.
const firstTextBlock = new Uint8Array([0, 0, 0, 2]);

/**
 * The primitives on @noble/ciphers: pure JavaScript, the same in every host.
 *
 * Its `gcm` takes tags of 16 bytes only, and DLMS sends 12. So the text is deciphered with CTR, its
 * full tag is computed by enciphering it again, and as many bytes of it are compared as were sent.
 */
export const noblePrimitives: CipherPrimitives = {
  ctr: applyCounterMode,

  open(key, initializationVector, additionalData, ciphertext, tag) {
    const plaintext = applyCounterMode(key, initializationVector, ciphertext);
    const sealed = gcm(key, initializationVector, additionalData).encrypt(plaintext);
    const expected = sealed.subarray(plaintext.length, plaintext.length + tag.length);
    return equalInConstantTime(expected, tag) ? plaintext : undefined;
  },
};

function applyCounterMode(
  key: Uint8Array,
  initializationVector: Uint8Array,
  bytes: Uint8Array,
): Uint8Array {
  return ctr(key, concatenate([initializationVector, firstTextBlock])).encrypt(bytes);
}

/** Whether two byte strings are the same; the time taken tells nothing but their lengths. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}
