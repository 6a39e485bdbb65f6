import type {
  CaptureComment,
  CaptureItem,
  CaptureProblem,
  CaptureReader,
} from "../../captures/capture.js";
import type { CaptureChunk } from "../../decoder/chunk.js";

/** Byte builders for pcap and pcapng, and what tests ask of readers. */

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Numbers of 1, 2, 4 or 8 bytes, one behind the other. */
export function fields(
  little: boolean,
  ...values: readonly (readonly [size: 1 | 2 | 4 | 8, value: number | bigint])[]
): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of values) {
    if (size === 8) view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), little);
    else if (size === 4) view.setUint32(at, Number(value), little);
    else if (size === 2) view.setUint16(at, Number(value), little);
    else view.setUint8(at, Number(value));
    at += size;
  }
  return new Uint8Array(view.buffer);
}

export interface PcapOptions {
  readonly magic?: number;
  readonly little?: boolean;
  readonly version?: readonly [major: number, minor: number];
  readonly snapshotLength?: number;
  readonly linkType?: number;
}

export interface PcapRecord {
  readonly seconds: number;
  /** Microseconds or nanoseconds, as the magic says. */
  readonly fraction: number;
  readonly data: Uint8Array;
  readonly captured?: number;
  readonly original?: number;
}

export const PCAP_MICROSECONDS = 0xa1b2c3d4;
export const PCAP_NANOSECONDS = 0xa1b23c4d;
export const PCAP_MODIFIED = 0xa1b2cd34;

export function pcapHeader(options: PcapOptions = {}): Uint8Array {
  const { magic = PCAP_MICROSECONDS, little = true, version = [2, 4] } = options;
  const { snapshotLength = 65_535, linkType = 1 } = options;
  return fields(
    little,
    [4, magic],
    [2, version[0]],
    [2, version[1]],
    [4, 0],
    [4, 0],
    [4, snapshotLength],
    [4, linkType],
  );
}

export function pcapRecord(record: PcapRecord, options: PcapOptions = {}): Uint8Array {
  const { little = true, magic } = options;
  const captured = record.captured ?? record.data.length;
  const header = fields(
    little,
    [4, record.seconds],
    [4, record.fraction],
    [4, captured],
    [4, record.original ?? captured],
  );
  const modified =
    magic === PCAP_MODIFIED
      ? fields(little, [4, 3], [2, 0x0800], [1, 4], [1, 0])
      : new Uint8Array(0);
  return concat(header, modified, record.data);
}

export function pcapFile(records: readonly PcapRecord[], options: PcapOptions = {}): Uint8Array {
  return concat(pcapHeader(options), ...records.map((record) => pcapRecord(record, options)));
}

export function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}

export function option(code: number, value: Uint8Array | string, little = true): Uint8Array {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return concat(fields(little, [2, code], [2, bytes.length]), bytes, padding(bytes.length));
}

export const END_OF_OPTIONS = new Uint8Array(4);

export interface BlockLengths {
  readonly length?: number;
  readonly again?: number;
}

export function block(
  type: number,
  body: Uint8Array,
  little = true,
  lengths: BlockLengths = {},
): Uint8Array {
  const padded = concat(body, padding(body.length));
  const length = lengths.length ?? padded.length + 12;
  return concat(
    fields(little, [4, type], [4, length]),
    padded,
    fields(little, [4, lengths.again ?? length]),
  );
}

export interface SectionOptions {
  readonly little?: boolean;
  readonly version?: number;
  readonly comments?: readonly string[];
}

export function section(options: SectionOptions = {}): Uint8Array {
  const { little = true, version = 1, comments = [] } = options;
  const body = fields(little, [4, 0x1a2b3c4d], [2, version], [2, 0], [8, -1n]);
  const written = comments.map((comment) => option(1, comment, little));
  return block(0x0a0d0d0a, concat(body, ...written, END_OF_OPTIONS), little);
}

export interface InterfaceOptions {
  readonly little?: boolean;
  readonly linkType?: number;
  readonly snapshotLength?: number;
  readonly options?: readonly Uint8Array[];
}

export function interfaceDescription(options: InterfaceOptions = {}): Uint8Array {
  const { little = true, linkType = 1, snapshotLength = 0 } = options;
  const body = fields(little, [2, linkType], [2, 0], [4, snapshotLength]);
  return block(1, concat(body, ...(options.options ?? [])), little);
}

export interface PacketOptions {
  readonly little?: boolean;
  readonly interface?: number;
  readonly units?: bigint;
  readonly data: Uint8Array;
  readonly captured?: number;
  readonly original?: number;
  readonly options?: readonly Uint8Array[];
  readonly lengths?: BlockLengths;
}

export function enhancedPacket(packet: PacketOptions): Uint8Array {
  const { little = true, units = 0n, data } = packet;
  const captured = packet.captured ?? data.length;
  const body = concat(
    fields(
      little,
      [4, packet.interface ?? 0],
      [4, units >> 32n],
      [4, units & 0xffff_ffffn],
      [4, captured],
      [4, packet.original ?? captured],
    ),
    data,
    padding(data.length),
    ...(packet.options ?? []),
  );
  return block(6, body, little, packet.lengths);
}

export function obsoletePacket(packet: PacketOptions): Uint8Array {
  const { little = true, units = 0n, data } = packet;
  const body = concat(
    fields(
      little,
      [2, packet.interface ?? 0],
      [2, 0xffff],
      [4, units >> 32n],
      [4, units & 0xffff_ffffn],
      [4, data.length],
      [4, packet.original ?? data.length],
    ),
    data,
  );
  return block(2, body, little);
}

export function simplePacket(data: Uint8Array, original = data.length, little = true): Uint8Array {
  return block(3, concat(fields(little, [4, original]), data), little);
}

/** All items of a file, pushed in pieces that end at `cuts` (and at the end). */
export function readAll(
  reader: CaptureReader,
  file: Uint8Array,
  cuts: readonly number[] = [],
): CaptureItem[] {
  const items: CaptureItem[] = [];
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    items.push(...reader.push(file.slice(at, cut)));
    at = cut;
  }
  items.push(...reader.push(file.slice(at)));
  items.push(...reader.finish());
  return items;
}

export function chunksOf(items: readonly CaptureItem[]): CaptureChunk[] {
  return items.flatMap((item) => (item.kind === "chunk" ? [item.chunk] : []));
}

export function problemsOf(items: readonly CaptureItem[]): CaptureProblem[] {
  return items.filter((item) => item.kind === "problem");
}

export function commentsOf(items: readonly CaptureItem[]): CaptureComment[] {
  return items.filter((item) => item.kind === "comment");
}

/** A problem without its words, which are for people. */
export function faultsOf(items: readonly CaptureItem[]): string[] {
  return problemsOf(items).map(({ severity, code, offset }) => `${severity} ${code} @${offset}`);
}

/** Bytes 1, 2, 3 ... */
export function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index + 1) & 0xff);
}
