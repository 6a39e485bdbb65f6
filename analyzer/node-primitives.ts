import { createCipheriv } from "node:crypto";
import { createPrimitives } from "../decoder/security/galois-counter-mode.js";

/**
 * The primitives on the AES of the host's own library: the same results, sooner. Its GCM is not
 * used: a new cipher for every message takes longer than the deciphering of a short one.
 */
export const nodePrimitives = createPrimitives((key) => {
  const cipher = createCipheriv(key.length === 32 ? "aes-256-ecb" : "aes-128-ecb", key, null);
  cipher.setAutoPadding(false);
  return (blocks) => cipher.update(blocks);
});
