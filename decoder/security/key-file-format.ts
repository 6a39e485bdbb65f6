/**
 * The members of a key set in a key file: one table for the reader, for an editor and for the schema
 * beside this file. Pure data: a window takes it without the decoder.
 */

/** How a value is written. */
export type KeyForm =
  | "text"
  | "suite" // 0, 1 or 2
  | "system-title" // hex, 8 bytes
  | "symmetric-key" // hex, AES-128 or AES-256
  | "secret" // hex of any length
  | "public-keys" // of client and server, hex: x and y of a point
  | "private-keys"; // of client and server, hex: one number

export interface KeyFileMember {
  readonly name: string;
  readonly form: KeyForm;
  /** A set needs one of these at least. */
  readonly isKey: boolean;
  /** Must not be shown. */
  readonly isSecret: boolean;
  /** In the standard's words, with the abbreviations that people use. */
  readonly title: string;
  readonly meaning: string;
}

export const keyFileMembers = [
  {
    name: "name",
    form: "text",
    isKey: false,
    isSecret: false,
    title: "Name",
    meaning: "What lists and verdicts call the set.",
  },
  {
    name: "systemTitle",
    form: "system-title",
    isKey: false,
    isSecret: false,
    title: "System title of the meter",
    meaning: "Whose keys these are. A set without it is tried for any meter.",
  },
  {
    name: "securitySuite",
    form: "suite",
    isKey: false,
    isSecret: false,
    title: "Security suite",
    meaning: "Says how long the keys of the set are. Without it either length is taken.",
  },
  {
    name: "globalUnicastEncryptionKey",
    form: "symmetric-key",
    isKey: true,
    isSecret: true,
    title: "Global unicast encryption key (GUEK, EK)",
    meaning:
      "Ciphers what the meter and its client say to each other: glo- and general-glo- APDUs.",
  },
  {
    name: "globalBroadcastEncryptionKey",
    form: "symmetric-key",
    isKey: true,
    isSecret: true,
    title: "Global broadcast encryption key (GBEK)",
    meaning: "Ciphers what a client sends to many meters at once.",
  },
  {
    name: "authenticationKey",
    form: "symmetric-key",
    isKey: true,
    isSecret: true,
    title: "Authentication key (GAK, AK)",
    meaning: "Checks the tag of ciphered APDUs, and the proofs of HLS with GMAC.",
  },
  {
    name: "dedicatedKey",
    form: "symmetric-key",
    isKey: true,
    isSecret: true,
    title: "Dedicated key",
    meaning:
      "Ciphers one association: ded- and general-ded- APDUs. A trace that shows the AARQ brings it itself.",
  },
  {
    name: "masterKey",
    form: "symmetric-key",
    isKey: true,
    isSecret: true,
    title: "Master key (KEK)",
    meaning: "Unwraps the keys that are sent in the trace.",
  },
  {
    name: "hlsSecret",
    form: "secret",
    isKey: true,
    isSecret: true,
    title: "HLS secret",
    meaning: "Checks the proofs of HLS with MD5, SHA-1 and SHA-256. In hex, of any length.",
  },
  {
    name: "llsPassword",
    form: "text",
    isKey: true,
    isSecret: true,
    title: "LLS password",
    meaning: "The password of low-level security, as text.",
  },
  {
    name: "clientSystemTitle",
    form: "system-title",
    isKey: false,
    isSecret: false,
    title: "System title of the client",
    meaning: "Needed where the trace does not show the AARQ that has it.",
  },
  {
    name: "signingPublicKeys",
    form: "public-keys",
    isKey: true,
    isSecret: false,
    title: "Public keys for signatures",
    meaning: "Check the ECDSA signatures of the client and of the server.",
  },
  {
    name: "agreementPrivateKeys",
    form: "private-keys",
    isKey: true,
    isSecret: true,
    title: "Private keys for key agreement",
    meaning: "With the other side's public key they give the keys of general-ciphering.",
  },
] as const satisfies readonly KeyFileMember[];

/** Whose key one of a pair is. */
export const keySides = ["client", "server"] as const;

export const securitySuites = [
  { suite: 0, meaning: "AES-GCM-128" },
  { suite: 1, meaning: "AES-GCM-128, ECDSA and ECDH on P-256, SHA-256" },
  { suite: 2, meaning: "AES-GCM-256, ECDSA and ECDH on P-384, SHA-384" },
] as const;

export type SecuritySuite = (typeof securitySuites)[number]["suite"];

/**
 * How many bytes a value may have; undefined where any number of them will do, or where it is no hex.
 * AES-128 in the suites 0 and 1, AES-256 in suite 2; numbers of 32 bytes on P-256, of 48 on P-384.
 * Where the set does not say its suite, either.
 */
export function bytesOf(
  form: KeyForm,
  suite: SecuritySuite | undefined,
): readonly number[] | undefined {
  const choose = (first: number, second: number) => {
    if (suite === undefined) return [first, second];
    return [suite === 2 ? second : first];
  };
  switch (form) {
    case "system-title":
      return [8];
    case "symmetric-key":
      return choose(16, 32);
    case "public-keys":
      return choose(64, 96);
    case "private-keys":
      return choose(32, 48);
    default:
      return undefined;
  }
}
