/** Ciphered items whose APDU stands in several frames: their plaintext needs reassembly first. */
export const waitingForReassembly: ReadonlySet<string> = new Set([]);
