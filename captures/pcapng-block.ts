/** Blocks and options of pcapng (draft-ietf-opsawg-pcapng): what they are called, how they lie. */

export const SECTION_HEADER_BLOCK = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION_BLOCK = 1;
export const OBSOLETE_PACKET_BLOCK = 2;
export const SIMPLE_PACKET_BLOCK = 3;
const NAME_RESOLUTION_BLOCK = 4;
export const INTERFACE_STATISTICS_BLOCK = 5;
export const ENHANCED_PACKET_BLOCK = 6;

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Type and length before the body, the length again behind it. */
export const BLOCK_OVERHEAD = 12;

/** A block is held in memory as a whole; longer ones are taken for damage. */
const MAXIMUM_BLOCK_LENGTH = 16 * 1024 * 1024;

export const OPTION_COMMENT = 1;
/** Of packets. */
export const OPTION_PACKET_FLAGS = 2;
export const OPTION_INTERFACE_NAME = 2;
export const OPTION_INTERFACE_DESCRIPTION = 3;
export const OPTION_TIMESTAMP_RESOLUTION = 9;
export const OPTION_TIMESTAMP_OFFSET = 14;

interface BlockKind {
  readonly name: string;
  readonly minimumLength: number;
}

const kinds: ReadonlyMap<number, BlockKind> = new Map([
  [SECTION_HEADER_BLOCK, { name: "section header", minimumLength: 28 }],
  [INTERFACE_DESCRIPTION_BLOCK, { name: "interface description", minimumLength: 20 }],
  [OBSOLETE_PACKET_BLOCK, { name: "packet", minimumLength: 32 }],
  [SIMPLE_PACKET_BLOCK, { name: "simple packet", minimumLength: 16 }],
  [NAME_RESOLUTION_BLOCK, { name: "name resolution", minimumLength: BLOCK_OVERHEAD }],
  [INTERFACE_STATISTICS_BLOCK, { name: "interface statistics", minimumLength: 24 }],
  [ENHANCED_PACKET_BLOCK, { name: "enhanced packet", minimumLength: 32 }],
]);

/** Whether the type is one of the blocks that captures are made of. */
export function isKnownBlock(type: number): boolean {
  return kinds.has(type);
}

/** A block's name for people. */
export function blockName(type: number): string {
  return `${kinds.get(type)?.name ?? `type 0x${type.toString(16)}`} block`;
}

/** The byte order that the section header at `at` states; null where it states none. */
export function sectionByteOrder(view: DataView, at: number): "little" | "big" | null {
  if (view.byteLength - at < 12 || view.getUint32(at) !== SECTION_HEADER_BLOCK) return null;
  if (view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC) return "little";
  return view.getUint32(at + 8, false) === BYTE_ORDER_MAGIC ? "big" : null;
}

export function minimumBlockLength(type: number): number {
  return kinds.get(type)?.minimumLength ?? BLOCK_OVERHEAD;
}

/** Whether a block of this type can be so long: a multiple of four, within reason. */
export function blockLengthIsSane(type: number, length: number): boolean {
  return length % 4 === 0 && length >= minimumBlockLength(type) && length <= MAXIMUM_BLOCK_LENGTH;
}

/** `length` and the padding behind it. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/**
 * The values of the options between `at` and `end`, by their code, in the order of the file. Stops
 * at the end-of-options mark, or where an option would reach beyond `end`.
 */
export function* readOptions(
  view: DataView,
  at: number,
  end: number,
  littleEndian: boolean,
): Generator<{ readonly code: number; readonly value: DataView }> {
  let next = at;
  while (end - next >= 4) {
    const code = view.getUint16(next, littleEndian);
    const length = view.getUint16(next + 2, littleEndian);
    if (code === 0 || length > end - next - 4) return;
    yield { code, value: new DataView(view.buffer, view.byteOffset + next + 4, length) };
    next += 4 + padded(length);
  }
}

const utf8 = new TextDecoder();

/** Text of an option; some writers count a terminating zero in. */
export function optionText(value: DataView): string {
  return utf8.decode(value).replace(/\0+$/, "");
}

/** The comments among the options between `at` and `end`, each on lines of its own; or null. */
export function readComments(
  view: DataView,
  at: number,
  end: number,
  littleEndian: boolean,
): string | null {
  const comments: string[] = [];
  for (const { code, value } of readOptions(view, at, end, littleEndian)) {
    if (code === OPTION_COMMENT) comments.push(optionText(value));
  }
  return comments.length === 0 ? null : comments.join("\n");
}

/** Longer descriptions are not kept to be compared, so that a damaged file cannot fill the memory. */
const LONGEST_IDENTITY = 4096;

/**
 * The eight bytes at `fields` and the options but the comments between `at` and `end`, to be compared
 * with those of another block; null where they are too long for that.
 */
export function readIdentity(
  view: DataView,
  fields: number,
  at: number,
  end: number,
  littleEndian: boolean,
): string | null {
  let identity = spell(new DataView(view.buffer, view.byteOffset + fields, 8));
  for (const { code, value } of readOptions(view, at, end, littleEndian)) {
    if (code === OPTION_COMMENT) continue;
    if (identity.length + 2 * value.byteLength > LONGEST_IDENTITY) return null;
    identity += ` ${code}:${spell(value)}`;
  }
  return identity;
}

function spell({ buffer, byteOffset, byteLength }: DataView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("hex");
}

const INBOUND = 1;
const OUTBOUND = 2;

/** The direction in the flags of a packet; null where they do not tell. */
export function readDirection(
  view: DataView,
  at: number,
  end: number,
  littleEndian: boolean,
): "inbound" | "outbound" | null {
  for (const { code, value } of readOptions(view, at, end, littleEndian)) {
    if (code !== OPTION_PACKET_FLAGS || value.byteLength < 4) continue;
    const direction = value.getUint32(0, littleEndian) & 0x03;
    if (direction === INBOUND) return "inbound";
    if (direction === OUTBOUND) return "outbound";
  }
  return null;
}
