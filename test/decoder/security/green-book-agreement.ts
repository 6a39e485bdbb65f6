/**
 * Key agreement and signatures in the examples of the DLMS UA Green Book, from the corpus:
 * crypto-greenbook-crypto-0001 to -0003. The names are those of the corpus.
 */
import { readItems } from "../../corpus/corpus.js";
import { hex } from "./cipher-builder.js";

const items = readItems().filter(({ family }) => family === "crypto-greenbook");

/** A byte string of the examples; empty where the corpus is missing, and the tests do not run. */
export function example(name: string): Uint8Array {
  const found = items.map(({ data }) => data?.[name]).find((value) => value !== undefined);
  return hex(found ?? "");
}

/**
 * DLMS UA Green Book, table C.3 (static unified model), and the ACCESS.request under its key: as the
 * test GXSymmetricTest of gurux.dlms.java quotes them. The corpus has the private keys.
 */
export const staticUnified = {
  key: hex("56c46b57df675515c31025455822514a"),
  transactionId: hex("0102030405060708"),
  /** Ciphertext and tag of the example, cut after 48 bytes. */
  ciphertext: hex(
    "607581d83815281b561904e6a72b83bf3fb0b1f2a0a23a82a804b39911f6cb1b4ef9b6f76c6338ed058014ffbf4a13a1",
  ),
} as const;
