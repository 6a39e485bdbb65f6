import { aeskw } from "@noble/ciphers/aes.js";

/** AES key wrap puts one block of 8 bytes, the integrity check, before the key. */
const block = 8;

/**
 * Opens a key that is wrapped with AES key wrap (RFC 3394; NIST SP 800-38F), under a key-encrypting
 * key of 16 or 32 bytes. Undefined where the integrity check fails: the key-encrypting key is not
 * the one it was wrapped with, or bytes are damaged or missing.
 */
export function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  if (kek.length !== 16 && kek.length !== 32) return undefined;
  if (wrapped.length < 3 * block || wrapped.length % block !== 0) return undefined;
  try {
    return aeskw(kek).decrypt(wrapped);
  } catch {
    // The lengths are right, so that nothing is left that it could refuse but the check.
    return undefined;
  }
}
