/** The components of an ACSE APDU: elements that are all optional, each known by its tag. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field } from "../core/fields.js";
import { readPart } from "../core/layer.js";
import { manufacturerOf } from "../security/system-title.js";
import { decodeTag } from "../xdlms/apdu-tags.js";
import {
  bitStringType,
  describe,
  type Element,
  integerType,
  objectIdentifierType,
  octetStringType,
  readBitString,
  readContent,
  readElement,
  readInteger,
  readObjectIdentifier,
  readOctets,
  unwrapExplicit,
  unwrapImplicit,
} from "./ber.js";
import { nameObject, type ObjectNames } from "./object-name.js";

/** A value while it is put together. */
export type Draft<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** One component: its node, and how it gets into the value. */
export interface Component<Value> {
  readonly field: Field;
  readonly read: (element: Element, draft: Draft<Value>) => void;
}

/** Components by the number of their context-specific tag. */
export type Components<Value> = Readonly<Record<number, Component<Value>>>;

const F = defineFields("acse", {
  component: { name: "Unknown component", type: "bytes" },
});

const D = defineDiagnostics("acse", {
  "unknown-component": {
    severity: "warning",
    group: "undecoded",
    message: "The APDU has a component that ACSE does not know",
    clause: "IEC 62056-5-3, ACSE APDUs",
    check: "Is it the manufacturer's own, or were bytes lost before it?",
  },
  "repeated-component": {
    severity: "warning",
    group: "protocol",
    message: "A component is there twice; the last one counts",
    clause: "IEC 62056-5-3, ACSE APDUs",
    check: "Which of the two does the receiver take?",
  },
  "result-code": {
    severity: "warning",
    group: "protocol",
    message: "The code is none that ACSE defines",
    clause: "IEC 62056-5-3, ACSE APDUs",
    check: "Is the code the manufacturer's own? Ask for its meaning",
  },
});

/**
 * Reads tag, length and components of an APDU into `draft`. Components that are broken are left
 * out of it. `components` sees the contents before any of them is read.
 */
export function decodeComponents<Value>(
  c: Cursor,
  components: (content: Cursor) => Components<Value>,
  draft: Draft<Value>,
): void {
  decodeTag(c);
  const content = readContent(c);
  const table = components(content);
  readPart(content, () => {
    const seen = new Set<number>();
    while (content.remaining > 0) decodeComponent(content, table, draft, seen);
  });
}

function decodeComponent<Value>(
  content: Cursor,
  table: Components<Value>,
  draft: Draft<Value>,
  seen: Set<number>,
): void {
  const start = content.offset;
  const tag = content.peek() ?? 0;
  const number = tag & 0x1f;
  const component = (tag & 0xc0) === 0x80 ? table[number] : undefined;
  if (component === undefined) {
    readElement(content, F.component, (element) => readOctets(element.content));
    content.report(D["unknown-component"], start, content.offset, `tag 0x${tag.toString(16)}`);
    return;
  }
  readElement(content, component.field, (element) => component.read(element, draft));
  if (seen.has(number)) {
    content.report(D["repeated-component"], start, content.offset, component.field.name);
  }
  seen.add(number);
}

/** A title or qualifier: an octet string. Of a system title, the manufacturer is noted. */
export function readTitle(element: Element): Uint8Array {
  const c = unwrapExplicit(element, octetStringType);
  const title = readOctets(c);
  const letters = c.recording ? manufacturerOf(title) : undefined;
  if (letters !== undefined) describe(c, title, `manufacturer ${letters}`);
  return title;
}

/** An invocation identifier. */
export function readIdentifier(element: Element): number {
  return readInteger(unwrapExplicit(element, integerType));
}

/** A number of an enumeration as its word; an unknown one is reported and kept as a number. */
export function readCode<Word extends string>(
  c: Cursor,
  words: Readonly<Record<number, Word>>,
): Word | `reserved (${number})` {
  const start = c.offset;
  const code = readInteger(c);
  const word = words[code];
  if (word === undefined) {
    c.report(D["result-code"], start, c.offset, String(code));
    return `reserved (${code})`;
  }
  if (c.recording) describe(c, word, String(code));
  return word;
}

/** protocol-version, a bit string: the versions offered. */
export function readProtocolVersion(element: Element): string[] {
  const c = unwrapImplicit(element, bitStringType);
  return describeBits(c, readBitString(c), (bit) => `version${bit + 1}`);
}

/** sender- and responder-acse-requirements, a bit string: the functional units asked for. */
export function readRequirements(element: Element): string[] {
  const c = unwrapImplicit(element, bitStringType);
  const nameUnit = (bit: number) => (bit === 0 ? "authentication" : `reserved (${bit})`);
  return describeBits(c, readBitString(c), nameUnit);
}

/** An explicitly tagged object identifier by its name. */
export function readObjectName<Word extends string>(
  element: Element,
  names: ObjectNames<Word>,
): Word | `${number}.${string}` {
  return nameObject(unwrapExplicit(element, objectIdentifierType), readObjectIdentifier, names);
}

/** An implicitly tagged one. */
export function readImplicitObjectName<Word extends string>(
  element: Element,
  names: ObjectNames<Word>,
): Word | `${number}.${string}` {
  return nameObject(unwrapImplicit(element, objectIdentifierType), readObjectIdentifier, names);
}

/** implementation-information: text. */
export function readText(element: Element): string {
  const c = unwrapImplicit(element, 0x19);
  let text = "";
  for (const byte of readOctets(c)) text += String.fromCharCode(byte);
  describe(c, text);
  return text;
}

function describeBits(c: Cursor, bits: string, name: (bit: number) => string): string[] {
  const names = [...bits].flatMap((bit, i) => (bit === "1" ? [name(i)] : []));
  if (c.recording) describe(c, bits, names.length === 0 ? "none" : names.join(", "));
  return names;
}
