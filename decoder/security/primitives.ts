/**
 * The cryptographic operations that deciphering needs, small enough that a host can hand in its
 * own faster ones. All of them are pure functions of their arguments.
 *
 * A key is an array that never changes: an implementation may keep what it works out of it for as
 * long as the array is there. All other arrays may be written over after the call.
 */
export interface CipherPrimitives {
  /**
   * AES-CTR as GCM uses it: from counter block 2 of a 12-byte initialisation vector (NIST SP
   * 800-38D). Key of 16 or 32 bytes. The same call enciphers and deciphers.
   */
  ctr(key: Uint8Array, initializationVector: Uint8Array, bytes: Uint8Array): Uint8Array;
  /**
   * AES-GCM decryption: the plaintext, or undefined where the tag (12 bytes in DLMS) does not fit.
   * Compares in constant time.
   */
  open(
    key: Uint8Array,
    initializationVector: Uint8Array,
    additionalData: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
  ): Uint8Array | undefined;
}
