import type { KeySet } from "./key-set.js";

/** A content-encryption key that an APDU has brought itself, opened or agreed on with a key at hand. */
export interface ContentKey {
  /** Key set and role of the key that opened it: `meter 1 master, key in the APDU`. */
  readonly label: string;
  readonly key: Uint8Array;
  /** Whose authentication key belongs to it. */
  readonly set: KeySet | undefined;
}

/** The keys to try on a content in place of those of the key sets. */
export interface ContentKeys {
  readonly candidates: readonly ContentKey[];
  /** Where there is none that can be used: which key is needed to have one, or what is wrong. */
  readonly missing: string;
}
