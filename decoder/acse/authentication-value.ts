import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { countHidden, hideBytes } from "../core/hidden-bytes.js";
import { describeOctetString } from "../xdlms/octet-string.js";
import { describe, type Element, findElement, readContent, readHidden, readOctets } from "./ber.js";

/**
 * Authentication-value: a password or a challenge. A password is a secret: it stands here as one
 * asterisk a character, and its bytes are in no tree and no derived source. A bit string keeps its first byte, the number
 * of unused bits.
 */
export type AuthenticationValue =
  | { readonly charstring: Uint8Array | string }
  | { readonly bitstring: Uint8Array | string }
  | { readonly external: Uint8Array | string }
  | { readonly other: Uint8Array | string };

const choices = { 0: "charstring", 1: "bitstring", 2: "external", 3: "other" } as const;
type Choice = (typeof choices)[keyof typeof choices];

const F = defineFields("acse", {
  authenticationChoice: {
    name: "Kind of authentication value",
    base: "hex",
    values: { 128: "charstring", 129: "bitstring", 162: "external", 163: "other" },
    clause: "IEC 62056-5-3, Authentication-value",
  },
});

/**
 * Whether the authentication value of an APDU is a password. Anything but a challenge of high level
 * security counts as one: when in doubt, it is not shown. `tag` is that of the mechanism-name.
 */
export function isPassword(content: Cursor, tag: number): boolean {
  const mechanism = findElement(content, tag) ?? findElement(content, tag | 0x20);
  const last = (mechanism?.[mechanism.length - 1] ?? 0) & 0x7f;
  return last < 2 || last > 7;
}

/** Reads an Authentication-value, which ACSE tags explicitly; `hidden` where it is a password. */
export function readAuthenticationValue(
  { content }: Element,
  hidden: boolean,
): AuthenticationValue {
  const tag = content.peek() ?? 0;
  const choice = (tag & 0xc0) === 0x80 ? choiceOf(tag & 0x1f) : undefined;
  // Senders that leave the choice out send the value itself.
  if (choice === undefined || !hasHeader(content)) {
    return wrap("charstring", readValue(content, hidden));
  }
  content.u8(F.authenticationChoice);
  const value = readValue(readContent(content), hidden);
  if (hidden && content.remaining > 0) {
    const start = content.offset;
    readHidden(content);
    hideBytes(content, start, content.offset);
  }
  return wrap(choice, value);
}

function hasHeader(content: Cursor): boolean {
  const length = content.peek(1);
  return length !== undefined && length < 0x80;
}

function readValue(c: Cursor, hidden: boolean): Uint8Array | string {
  if (hidden) {
    const start = c.offset;
    const length = readHidden(c);
    hideBytes(c, start, c.offset);
    if (c.recording) describe(c, undefined, countHidden(length, "character"));
    return "*".repeat(length);
  }
  const value = readOctets(c);
  const text = c.recording ? describeOctetString(value) : undefined;
  if (text !== undefined) describe(c, value, text);
  return value;
}

function wrap(choice: Choice, value: Uint8Array | string): AuthenticationValue {
  switch (choice) {
    case "charstring":
      return { charstring: value };
    case "bitstring":
      return { bitstring: value };
    case "external":
      return { external: value };
    case "other":
      return { other: value };
  }
}

function choiceOf(number: number): Choice | undefined {
  return isChoice(number) ? choices[number] : undefined;
}

function isChoice(number: number): number is keyof typeof choices {
  return number in choices;
}
