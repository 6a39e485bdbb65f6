import {
  coreDiagnostics,
  createDiagnostic,
  type Diagnostic,
  type DiagnosticDefinition,
} from "./diagnostics.js";
import type { Dissection } from "./dissection.js";
import type { Field } from "./fields.js";
import type { SpanValue } from "./recorder.js";
import type { ByteSourceKind, OriginPiece } from "./source.js";

/**
 * The layer cannot go on. Only `readLayer` (and `readPart` in it) catches it: it becomes a
 * diagnostic, and what was read so far is kept.
 */
export class DecodeError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/**
 * Reads one byte string from front to back and records what it reads. Every read is checked
 * against the end and throws `DecodeError` with `core.truncated` there; `peek` functions answer
 * undefined instead and record nothing. Numbers are big-endian unless the name says otherwise.
 */
export class Cursor {
  readonly dissection: Dissection;
  readonly source: number;
  readonly bytes: Uint8Array;
  /** Next byte to read. */
  offset: number;
  /** First byte that is not the cursor's to read. */
  readonly end: number;

  constructor(
    dissection: Dissection,
    source: number,
    bytes: Uint8Array,
    offset = 0,
    end = bytes.length,
  ) {
    this.dissection = dissection;
    this.source = source;
    this.bytes = bytes;
    this.offset = offset;
    this.end = end;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** Whether texts for people are wanted. */
  get recording(): boolean {
    return this.dissection.recorder.recording;
  }

  u8(field: Field): number {
    const at = this.#claim(1);
    const value = this.bytes[at] as number;
    this.dissection.recorder.leaf(field, this.source, at, at + 1, value);
    return value;
  }

  u16(field: Field): number {
    const at = this.#claim(2);
    const value = ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number);
    this.dissection.recorder.leaf(field, this.source, at, at + 2, value);
    return value;
  }

  u16LittleEndian(field: Field): number {
    const at = this.#claim(2);
    const value = ((this.bytes[at + 1] as number) << 8) | (this.bytes[at] as number);
    this.dissection.recorder.leaf(field, this.source, at, at + 2, value);
    return value;
  }

  u24(field: Field): number {
    return this.unsigned(field, 3);
  }

  u32(field: Field): number {
    return this.unsigned(field, 4);
  }

  /** An unsigned number of 1 to 6 bytes. */
  unsigned(field: Field, length: number): number {
    const at = this.#claim(length);
    const value = readUnsigned(this.bytes, at, length);
    this.dissection.recorder.leaf(field, this.source, at, at + length, value);
    return value;
  }

  /** A two's complement number of 1, 2 or 4 bytes. */
  signed(field: Field, length: 1 | 2 | 4): number {
    const at = this.#claim(length);
    const shift = 32 - 8 * length;
    const value = (readUnsigned(this.bytes, at, length) << shift) >> shift;
    this.dissection.recorder.leaf(field, this.source, at, at + length, value);
    return value;
  }

  u64(field: Field): bigint {
    const at = this.#claim(8);
    const value = readBigUnsigned(this.bytes, at);
    this.dissection.recorder.leaf(field, this.source, at, at + 8, value);
    return value;
  }

  i64(field: Field): bigint {
    const at = this.#claim(8);
    const value = BigInt.asIntN(64, readBigUnsigned(this.bytes, at));
    this.dissection.recorder.leaf(field, this.source, at, at + 8, value);
    return value;
  }

  /** A number with its bit fields under it (each with a `mask`). Returns the whole number. */
  u8Bits(field: Field, bitFields: readonly Field[]): number {
    const value = this.u8(field);
    this.dissection.recorder.bits(bitFields, value);
    return value;
  }

  u16Bits(field: Field, bitFields: readonly Field[]): number {
    const value = this.u16(field);
    this.dissection.recorder.bits(bitFields, value);
    return value;
  }

  /** A view of `length` bytes, not a copy. */
  octets(field: Field, length: number): Uint8Array {
    const at = this.#claim(length);
    const value = this.bytes.subarray(at, at + length);
    this.dissection.recorder.leaf(field, this.source, at, at + length, value);
    return value;
  }

  /** Bytes read as text, one character a byte (Latin-1); exact and reversible. */
  characters(field: Field, length: number): string {
    const at = this.#claim(length);
    let text = "";
    for (let i = at; i < at + length; i++) text += String.fromCharCode(this.bytes[i] as number);
    this.dissection.recorder.leaf(field, this.source, at, at + length, text);
    return text;
  }

  /**
   * Records `length` bytes from here as one field with a value that the caller worked out, and
   * moves over them.
   */
  leaf(field: Field, length: number, value: SpanValue): void {
    const at = this.#claim(length);
    this.dissection.recorder.leaf(field, this.source, at, at + length, value);
  }

  /** The byte `ahead` places from here, if it is there. Records nothing. */
  peek(ahead = 0): number | undefined {
    return this.offset + ahead < this.end ? this.bytes[this.offset + ahead] : undefined;
  }

  /** Throws `core.truncated` unless `length` bytes are there. */
  need(length: number): void {
    if (length > this.end - this.offset) this.#truncated(length);
  }

  /** A cursor over the next `length` bytes; this one moves behind them. The caller reads it out. */
  take(length: number): Cursor {
    const at = this.#claim(length);
    return new Cursor(this.dissection, this.source, this.bytes, at, at + length);
  }

  /**
   * A cursor over bytes that were made from this one's: plaintext, joined blocks. Where they hold a
   * secret, `shown` stands for them in the frame's sources: as long, the secret blanked out.
   */
  derive(
    kind: ByteSourceKind,
    bytes: Uint8Array,
    origin: readonly OriginPiece[],
    shown = bytes,
  ): Cursor {
    const id = this.dissection.addSource(kind, shown, origin);
    return new Cursor(this.dissection, id, bytes);
  }

  /** Opens a group at this offset; everything read until `close` is under it. */
  open(field: Field): void {
    this.dissection.recorder.open(field, this.source, this.offset);
  }

  close(): void {
    this.dissection.recorder.close(this.offset);
  }

  /** A remark on what was read last. Guard the text with `recording`. */
  note(text: string): void {
    this.dissection.recorder.note(text);
  }

  /** A derived value; it points at the bytes that it comes from. */
  generated(field: Field, start: number, end: number, value: SpanValue): void {
    this.dissection.recorder.generated(field, this.source, start, end, value);
  }

  /** Something is wrong, and the layer can go on. */
  report(definition: DiagnosticDefinition, start: number, end: number, detail?: string): void {
    this.dissection.report(definition, this.source, start, end, detail);
  }

  /** Something is wrong, and the layer cannot go on. Offsets are those of the faulty bytes. */
  fail(definition: DiagnosticDefinition, start: number, end: number, detail?: string): never {
    throw new DecodeError(createDiagnostic(definition, this.source, start, end, detail));
  }

  #claim(length: number): number {
    const at = this.offset;
    if (length > this.end - at) this.#truncated(length);
    this.offset = at + length;
    return at;
  }

  #truncated(length: number): never {
    const left = this.end - this.offset;
    this.fail(
      coreDiagnostics.truncated,
      this.offset,
      this.end,
      `${length} ${length === 1 ? "byte is" : "bytes are"} needed at offset ${this.offset}, ${left} left`,
    );
  }
}

/** `length` bytes (1 to 6) at `at` as a number. The caller has checked the bounds. */
export function readUnsigned(bytes: Uint8Array, at: number, length: number): number {
  if (length === 1) return bytes[at] as number;
  if (length === 2) return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  if (length === 4) {
    const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const low = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    return ((high << 16) | low) >>> 0;
  }
  let value = 0;
  for (let i = at; i < at + length; i++) value = value * 256 + (bytes[i] as number);
  return value;
}

/** 8 bytes at `at` as an unsigned number. The caller has checked the bounds. */
export function readBigUnsigned(bytes: Uint8Array, at: number): bigint {
  const high = readUnsigned(bytes, at, 4);
  const low = readUnsigned(bytes, at + 4, 4);
  return (BigInt(high) << 32n) | BigInt(low);
}
