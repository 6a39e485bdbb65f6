/**
 * What became of a ciphered APDU.
 *
 * - `decrypted`: the content can be read, and nothing is left to check: its tag was verified, or it
 *   was sent without one and reads as an APDU. With authentication alone (`encrypted` is false) the
 *   content stood there in clear, and its tag was verified.
 * - `decrypted-not-authenticated`: the content can be read, but its tag could not be checked: there
 *   is no authentication key, or the tag is cut off.
 * - `no-key`: no key is known for it, or those that are known give nothing that reads as an APDU.
 * - `no-system-title`: there are keys, but not the title that the initialisation vector begins with.
 * - `tag-mismatch`: the tag fits none of the keys. Content that reads as an APDU is shown all the
 *   same.
 * - `counter-replayed`: the invocation counter was used before; the association says so.
 * - `not-ciphered`: the security control byte asks for no protection, or asks for encryption and the
 *   bytes are in clear all the same, as loggers leave them.
 * - `unsupported`: a security suite, a key agreement or a key-encrypting key that the standard does
 *   not name.
 * - `malformed`: the header of the ciphering is not there.
 */
export type CipheringStatus =
  | "decrypted"
  | "decrypted-not-authenticated"
  | "no-key"
  | "no-system-title"
  | "tag-mismatch"
  | "counter-replayed"
  | "not-ciphered"
  | "unsupported"
  | "malformed";

/**
 * The outcome of one ciphering, in the contract's spelling (`ciphering` of a frame in JSON). What
 * there is nothing to say of is undefined.
 */
export interface Ciphering {
  status: CipheringStatus;
  /** The service that carried it: `glo-get-response`, `general-glo-ciphering`. */
  service: string;
  "security-suite": number;
  /** Whether the tag was verified. */
  authenticated: boolean;
  /** Whether the content was enciphered. */
  encrypted: boolean;
  compressed?: boolean | undefined;
  /** Name of the key set and role of the key: `meter 1 global-unicast`. Never the key. */
  key?: string | undefined;
  "system-title"?: Uint8Array | undefined;
  "invocation-counter"?: number | undefined;
  /** The bytes of a dedicated key in an initiate-request are zeros here. */
  plaintext?: Uint8Array | undefined;
  /** Why it is so, and what was tried, in words. */
  reason?: string | undefined;
}
