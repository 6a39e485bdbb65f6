import { ecb } from "@noble/ciphers/aes.js";
import { createPrimitives } from "./galois-counter-mode.js";

export { equalInConstantTime } from "./galois-counter-mode.js";

/**
 * The primitives on the AES of @noble/ciphers: pure JavaScript, the same in every host. Its own GCM
 * takes tags of 16 bytes only, and DLMS sends 12.
 */
export const noblePrimitives = createPrimitives(
  (key) => (blocks) => ecb(key, { disablePadding: true }).encrypt(blocks),
);
