import { createCipheriv, createDecipheriv } from "node:crypto";
import type { CipherPrimitives } from "../decoder/index.js";

const tagLength = 12;

/** AES by the host's own library: seven times as fast as the pure primitives, the same results. */
export const nodePrimitives: CipherPrimitives = {
  ctr(key, initializationVector, bytes) {
    const counter = new Uint8Array(16);
    counter.set(initializationVector);
    counter[15] = 2;
    const cipher = createCipheriv(key.length === 32 ? "aes-256-ctr" : "aes-128-ctr", key, counter);
    return toBytes(cipher.update(bytes));
  },
  open(key, initializationVector, additionalData, ciphertext, tag) {
    const algorithm = key.length === 32 ? "aes-256-gcm" : "aes-128-gcm";
    const decipher = createDecipheriv(algorithm, key, initializationVector, {
      authTagLength: tagLength,
    });
    decipher.setAAD(additionalData);
    decipher.setAuthTag(tag);
    const plaintext = toBytes(decipher.update(ciphertext));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    return plaintext;
  },
};

/** Without the habits of a Buffer, whose `slice` copies nothing. */
function toBytes({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
