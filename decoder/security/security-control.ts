import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";

/** The security control byte: what protects the APDU behind it. */
export interface SecurityControl {
  readonly "security-suite": number;
  readonly authentication: boolean;
  readonly encryption: boolean;
  readonly "key-set": "unicast" | "broadcast";
  readonly compression: boolean;
}

const clause = "IEC 62056-5-3, Security control byte";
const applied = { 0: "not applied", 1: "applied" } as const;
const keySet = { 0: "unicast", 1: "broadcast" } as const;

/** Of the suites that IEC 62056-5-3 defines. */
const suites = {
  0: "AES-GCM-128",
  1: "AES-GCM-128, ECDSA P-256, SHA-256",
  2: "AES-GCM-256, ECDSA P-384, SHA-384",
} as const;

const F = defineFields("ciphering", {
  securityControl: { name: "Security control", base: "hex", clause },
  securitySuite: { name: "Security suite", mask: 0x0f, values: suites, clause },
  authentication: { name: "Authentication", mask: 0x10, values: applied, clause },
  encryption: { name: "Encryption", mask: 0x20, values: applied, clause },
  keySet: { name: "Key set", mask: 0x40, values: keySet, clause },
  compression: { name: "Compression", mask: 0x80, values: applied, clause },
});

const bits = [F.securitySuite, F.authentication, F.encryption, F.keySet, F.compression];

/** Bits 0-3 security suite, 4 authentication, 5 encryption, 6 broadcast key set, 7 compression. */
export function decodeSecurityControl(c: Cursor): SecurityControl {
  return controls[c.u8Bits(F.securityControl, bits)] ?? controlOf(0);
}

function controlOf(value: number): SecurityControl {
  return {
    "security-suite": suiteOf(value),
    authentication: (value & 0x10) !== 0,
    encryption: (value & 0x20) !== 0,
    "key-set": (value & 0x40) === 0 ? "unicast" : "broadcast",
    compression: (value & 0x80) !== 0,
  };
}

/** What each value of the byte says; made once. */
const controls = Array.from({ length: 256 }, (_, value) => Object.freeze(controlOf(value)));

/** The security suite that a security control byte names. */
export function suiteOf(controlByte: number): number {
  return controlByte & 0x0f;
}

/** Bytes of an AES key in that suite; undefined where the suite is not one of the standard's. */
export function keyLengthOfSuite(suite: number): 16 | 32 | undefined {
  if (suite === 0 || suite === 1) return 16;
  return suite === 2 ? 32 : undefined;
}
