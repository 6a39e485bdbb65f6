/** What became of a ciphered APDU. */
export type CipheringStatus =
  | "decrypted"
  | "decrypted-not-authenticated"
  | "authenticated" // sent in clear with a tag, and the tag is right
  | "not-authenticated" // sent in clear with a tag that could not be checked
  | "no-key"
  | "no-system-title"
  | "tag-mismatch"
  | "counter-replayed"
  | "not-ciphered" // the security control byte asks for nothing
  | "unsupported"
  | "malformed";

/** The outcome of one ciphering, in the contract's spelling (`ciphering` of a frame in JSON). */
export interface Ciphering {
  status: CipheringStatus;
  /** The service that carried it: `glo-get-response`, `general-glo-ciphering`. */
  service: string;
  "security-suite": number;
  authenticated: boolean;
  encrypted: boolean;
  compressed?: boolean;
  /** Name of the key set and role of the key: `meter 1 global-unicast`. Never the key. */
  key?: string;
  "system-title"?: Uint8Array;
  "invocation-counter"?: number;
  plaintext?: Uint8Array;
  /** Why it is so, and what was tried, in words. */
  reason?: string;
}
