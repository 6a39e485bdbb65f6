/**
 * Builds ciphered APDUs with node:crypto: an implementation of its own, against which the decoder's
 * is held.
 */
import { createCipheriv } from "node:crypto";
import { concatenate, fromHex } from "../../../decoder/core/bytes.js";

export function hex(text: string): Uint8Array {
  const bytes = fromHex(text.replace(/\s+/g, ""));
  if (bytes === undefined) throw new Error(`not hex: ${text}`);
  return bytes;
}

/** Keys and titles of the examples of the DLMS UA Green Book. */
export const greenBook = {
  encryptionKey: hex("000102030405060708090a0b0c0d0e0f"),
  authenticationKey: hex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"),
  clientTitle: hex("4d4d4d0000bc614e"),
  serverTitle: hex("4d4d4d0000000001"),
  counter: 0x01234567,
} as const;

export interface Protection {
  readonly control: number;
  readonly key: Uint8Array;
  readonly authenticationKey: Uint8Array;
  readonly title: Uint8Array;
  readonly counter: number;
  /** What general-ciphering authenticates besides. */
  readonly header?: Uint8Array;
}

/** Security control, invocation counter, data and tag, as IEC 62056-5-3 puts them together. */
export function protect(plaintext: Uint8Array, protection: Protection): Uint8Array {
  const {
    control,
    key,
    authenticationKey,
    title,
    counter,
    header = new Uint8Array(0),
  } = protection;
  const authenticated = (control & 0x10) !== 0;
  const encrypted = (control & 0x20) !== 0;
  const counterBytes = new Uint8Array(4);
  new DataView(counterBytes.buffer).setUint32(0, counter);
  const algorithm = key.length === 32 ? "aes-256-gcm" : "aes-128-gcm";
  const cipher = createCipheriv(algorithm, key, concatenate([title, counterBytes]), {
    authTagLength: 12,
  });
  const security = [Uint8Array.of(control), authenticationKey, header];
  if (authenticated) cipher.setAAD(concatenate(encrypted ? security : [...security, plaintext]));
  const ciphertext = cipher.update(encrypted ? plaintext : new Uint8Array(0));
  cipher.final();
  return concatenate([
    Uint8Array.of(control),
    counterBytes,
    encrypted ? ciphertext : plaintext,
    authenticated ? cipher.getAuthTag() : new Uint8Array(0),
  ]);
}

/** A length or count of A-XDR. */
export function length(value: number): Uint8Array {
  if (value < 0x80) return Uint8Array.of(value);
  if (value < 0x100) return Uint8Array.of(0x81, value);
  return Uint8Array.of(0x82, value >> 8, value & 0xff);
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return concatenate([length(bytes.length), bytes]);
}

/** A service-specific ciphered APDU. */
export function specific(tag: number, plaintext: Uint8Array, protection: Protection): Uint8Array {
  return concatenate([Uint8Array.of(tag), octetString(protect(plaintext, protection))]);
}

/** general-glo-ciphering (DB) or general-ded-ciphering (DC). */
export function general(tag: number, plaintext: Uint8Array, protection: Protection): Uint8Array {
  const content = octetString(protect(plaintext, protection));
  return concatenate([Uint8Array.of(tag), octetString(protection.title), content]);
}

/** general-ciphering (DD) with that Key-Info, its presence flag included. */
export function generalCiphering(
  plaintext: Uint8Array,
  keyInfo: Uint8Array,
  protection: Protection,
  lengths: "counted" | "left out" = "counted",
): Uint8Array {
  const fields = [
    hex("0102030405060708"),
    protection.title,
    greenBook.serverTitle,
    hex(""),
    hex(""),
  ];
  const counted = concatenate(fields.map(octetString));
  const header = lengths === "counted" ? counted : concatenate(fields);
  const content = octetString(protect(plaintext, { ...protection, header }));
  return concatenate([Uint8Array.of(0xdd), counted, keyInfo, content]);
}
