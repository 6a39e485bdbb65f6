/**
 * compact-array [19]: the type of the elements once, then their contents without any tag.
 * IEC 62056-5-3, Data and TypeDescription.
 */
import type { Cursor } from "../core/cursor.js";
import { coreDiagnostics, defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { markUndecoded } from "../core/layer.js";
import type { Data } from "./data.js";
import { dataFields } from "./data-fields.js";
import { decodeLength } from "./length.js";
import { countElements, decodeSimpleData, failUnknownType } from "./simple-data.js";

const clause = "IEC 62056-5-3, TypeDescription";

const F = defineFields("data.compact-array", {
  contentsDescription: { name: "contents-description", type: "group", clause },
  arrayDescription: { name: "array", type: "group", clause },
  structureDescription: { name: "structure", type: "group", clause },
  numberOfElements: {
    name: "number-of-elements",
    clause,
    meaning: "Elements of each array of this type",
  },
  arrayContents: {
    name: "Length of array-contents",
    clause,
    meaning: "Bytes of all elements together",
  },
});

const D = defineDiagnostics("data", {
  "compact-array-contents": {
    severity: "warning",
    group: "undecoded",
    message: "The contents of the compact array do not end with an element",
    clause,
    check: "Is the type description that of these contents?",
  },
  "compact-array-empty": {
    severity: "error",
    group: "malformed",
    message: "The compact array describes more elements without bytes than the decoder lists",
    clause,
    check: "Is the length of the array's contents wrong?",
  },
});

/** What a type description says of one element; numbers are of one element of that type. */
interface TypeDescription {
  readonly tag: number;
  /** Elements of an array; members of a structure. */
  readonly count: number;
  /** One for an array, one a member for a structure. */
  readonly members: readonly TypeDescription[];
  /** Bytes of the contents; undefined where they carry lengths. */
  readonly size: number | undefined;
  /** Values, groups counted, and those of them that take no bytes. */
  readonly elements: number;
  readonly emptyElements: number;
}

/** Elements without bytes cost work that no input pays for; this many an element are enough. */
const emptyElementLimit = 1024;

/** Bytes of the contents by tag; those that are missing here carry a length or are no simple type. */
const sizes: Readonly<Record<number, number>> = {
  0: 0,
  3: 1,
  5: 4,
  6: 4,
  7: 4,
  13: 1,
  15: 1,
  16: 2,
  17: 1,
  18: 2,
  20: 8,
  21: 8,
  22: 1,
  23: 4,
  24: 8,
  25: 12,
  26: 5,
  27: 4,
  28: 1,
  29: 2,
  30: 4,
  31: 1,
  32: 2,
  33: 4,
  255: 0,
};

/**
 * Reads a compact array, its tag first. Every element becomes typed data as if it had been sent with
 * tags. `depth` is how many groups may still nest. Contents that do not divide into elements are
 * reported and left undecoded; what stands before them is kept.
 */
export function decodeCompactArray(c: Cursor, depth: number): Data {
  if (depth <= 0) c.fail(coreDiagnostics["depth-limit"], c.offset, c.offset + 1);
  c.open(dataFields.compactArray);
  c.u8(dataFields.type);
  c.open(F.contentsDescription);
  const description = decodeTypeDescription(c, depth - 1);
  c.close();
  const length = decodeLength(c, F.arrayContents);
  const value = decodeContents(c, description, c.offset + length);
  c.close();
  return { type: "compact-array", value };
}

function decodeTypeDescription(c: Cursor, depth: number): TypeDescription {
  c.need(1);
  const tag = c.bytes[c.offset] as number;
  if (tag !== 1 && tag !== 2) return decodeSimpleTypeDescription(c, tag);
  if (depth <= 0) c.fail(coreDiagnostics["depth-limit"], c.offset, c.offset + 1);
  const start = c.offset;
  c.open(tag === 1 ? F.arrayDescription : F.structureDescription);
  c.u8(dataFields.type);
  const count = tag === 1 ? c.u16(F.numberOfElements) : decodeLength(c, dataFields.count);
  const members: TypeDescription[] = [];
  const described = tag === 1 ? 1 : count;
  for (let i = 0; i < described; i++) members.push(decodeTypeDescription(c, depth - 1));
  c.close();
  const description = summarise(tag, count, members);
  if (description.emptyElements > emptyElementLimit) {
    c.fail(D["compact-array-empty"], start, c.offset, `over ${emptyElementLimit} in one element`);
  }
  return description;
}

function decodeSimpleTypeDescription(c: Cursor, tag: number): TypeDescription {
  const size = sizes[tag];
  const carriesLength = tag === 4 || tag === 9 || tag === 10 || tag === 12;
  if (size === undefined && !carriesLength) failUnknownType(c, tag, 1);
  c.u8(dataFields.type);
  return { tag, count: 0, members: [], size, elements: 1, emptyElements: size === 0 ? 1 : 0 };
}

function summarise(
  tag: number,
  count: number,
  members: readonly TypeDescription[],
): TypeDescription {
  const times = tag === 1 ? count : 1;
  let size: number | undefined = 0;
  let elements = 1;
  let emptyElements = 0;
  if (times > 0) {
    for (const member of members) {
      if (member.size === undefined) size = undefined;
      else if (size !== undefined) size += times * member.size;
      elements += times * member.elements;
      emptyElements += times * member.emptyElements;
    }
  }
  if (size === 0) emptyElements += 1;
  return { tag, count, members, size, elements, emptyElements };
}

/** Elements up to the offset `declaredEnd`; each is measured first, so that none is read in part. */
function decodeContents(c: Cursor, description: TypeDescription, declaredEnd: number): Data[] {
  const end = Math.min(declaredEnd, c.end);
  const value: Data[] = [];
  while (c.offset < end) {
    const next = endOfElement(c.bytes, c.offset, end, description);
    if (next === undefined || next === c.offset) break;
    countElements(c, description.elements);
    value.push(decodeDescribed(c, description));
  }
  c.need(declaredEnd - c.offset);
  if (c.offset < end) {
    c.report(D["compact-array-contents"], c.offset, end, `${end - c.offset} left over`);
    markUndecoded(c.take(end - c.offset));
  }
  return value;
}

function decodeDescribed(c: Cursor, description: TypeDescription): Data {
  const { tag, count, members } = description;
  if (tag !== 1 && tag !== 2) return decodeSimpleData(c, tag, 0);
  c.open(tag === 1 ? dataFields.array : dataFields.structure);
  const value: Data[] = [];
  for (let i = 0; i < count; i++) {
    const member = members[tag === 1 ? 0 : i];
    if (member !== undefined) value.push(decodeDescribed(c, member));
  }
  c.close();
  return { type: tag === 1 ? "array" : "structure", value };
}

/** Where an element that starts at `at` ends; undefined where that is beyond `end`. */
function endOfElement(
  bytes: Uint8Array,
  at: number,
  end: number,
  description: TypeDescription,
): number | undefined {
  const { tag, count, members, size } = description;
  if (size !== undefined) return at + size <= end ? at + size : undefined;
  if (tag !== 1 && tag !== 2) return endOfLengthPrefixed(bytes, at, end, tag === 4);
  let next: number | undefined = at;
  for (let i = 0; i < count && next !== undefined; i++) {
    const member = members[tag === 1 ? 0 : i];
    if (member !== undefined) next = endOfElement(bytes, next, end, member);
  }
  return next;
}

function endOfLengthPrefixed(
  bytes: Uint8Array,
  at: number,
  end: number,
  isBits: boolean,
): number | undefined {
  const first = bytes[at] ?? 0;
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (at + 1 + size > end || (first >= 0x80 && (size === 0 || size > 4))) return undefined;
  let length = first < 0x80 ? first : 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[at + i] ?? 0);
  const next = at + 1 + size + (isBits ? Math.ceil(length / 8) : length);
  return next <= end ? next : undefined;
}
