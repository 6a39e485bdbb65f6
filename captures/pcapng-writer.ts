/**
 * Writes pcapng (draft-ietf-opsawg-pcapng), little-endian, a block at a time; pure. The blocks of a
 * file stand in this order: `sectionHeaderBlock`, an `interfaceDescriptionBlock` for each interface,
 * any number of `enhancedPacketBlock`s, an `interfaceStatisticsBlock` for each interface.
 */
import type { Timestamp } from "../decoder/chunk.js";
import {
  BLOCK_OVERHEAD,
  BYTE_ORDER_MAGIC,
  ENHANCED_PACKET_BLOCK,
  INTERFACE_DESCRIPTION_BLOCK,
  INTERFACE_STATISTICS_BLOCK,
  OPTION_COMMENT,
  OPTION_INTERFACE_DESCRIPTION,
  OPTION_INTERFACE_NAME,
  OPTION_PACKET_FLAGS,
  OPTION_TIMESTAMP_RESOLUTION,
  padded,
  SECTION_HEADER_BLOCK,
} from "./pcapng-block.js";

const SECTION_OPERATING_SYSTEM = 3;
const SECTION_APPLICATION = 4;
const STATISTICS_START = 2;
const STATISTICS_END = 3;
const STATISTICS_RECEIVED = 4;
const STATISTICS_DROPPED = 5;

/** Options have a length of 16 bits; texts beyond this, in bytes, are cut. */
const LONGEST_TEXT = 65_000;

/** Nanoseconds: units to the second as a power of ten (if_tsresol). */
const RESOLUTION = 9;

interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

/** Who writes the file, for its section header. */
export interface SectionWriter {
  /** shb_userappl, such as `Obiscope 1.0`. */
  readonly application: string;
  /** shb_os, such as `Linux 6.1`. */
  readonly operatingSystem: string;
}

/** The block that a file begins with; also says that everything in it is little-endian. */
export function sectionHeaderBlock(writer: SectionWriter): Uint8Array {
  const options = [
    textOption(SECTION_OPERATING_SYSTEM, writer.operatingSystem),
    textOption(SECTION_APPLICATION, writer.application),
  ];
  return block(SECTION_HEADER_BLOCK, 16, options, (view) => {
    view.setUint32(8, BYTE_ORDER_MAGIC, true);
    view.setUint16(12, 1, true);
    // The length of the section, which nobody knows while it is written: -1.
    view.setBigInt64(16, -1n, true);
  });
}

/** What an interface is called, and what its packets are. */
export interface WrittenInterface {
  readonly name: string;
  readonly description: string;
  /** LINKTYPE_ number. */
  readonly linkType: number;
}

/** Describes the next interface: packets name it by its place, from 0. Times in nanoseconds. */
export function interfaceDescriptionBlock(described: WrittenInterface): Uint8Array {
  const options = [
    textOption(OPTION_INTERFACE_NAME, described.name),
    textOption(OPTION_INTERFACE_DESCRIPTION, described.description),
    { code: OPTION_TIMESTAMP_RESOLUTION, value: Uint8Array.of(RESOLUTION) },
  ];
  return block(INTERFACE_DESCRIPTION_BLOCK, 8, options, (view) => {
    view.setUint16(8, described.linkType, true);
    // The snapshot length stays 0: packets are never cut.
  });
}

/** A packet as it is written. */
export interface WrittenPacket {
  /** Index of its interface in the section. */
  readonly interface: number;
  readonly time: Timestamp;
  /** The packet flag of the same name; null: not told. */
  readonly direction: "outbound" | "inbound" | null;
  readonly bytes: Uint8Array;
  readonly comment?: string;
}

/** A packet with its time, its direction and its comment. */
export function enhancedPacketBlock(packet: WrittenPacket): Uint8Array {
  const { bytes, direction, comment } = packet;
  const options: Option[] = [];
  if (comment !== undefined) options.push(textOption(OPTION_COMMENT, comment));
  if (direction !== null) {
    options.push({
      code: OPTION_PACKET_FLAGS,
      value: Uint8Array.of(direction === "inbound" ? 1 : 2, 0, 0, 0),
    });
  }
  const fixed = 20 + padded(bytes.length);
  return block(ENHANCED_PACKET_BLOCK, fixed, options, (view, written) => {
    view.setUint32(8, packet.interface, true);
    setTime(view, 12, packet.time);
    view.setUint32(20, bytes.length, true);
    view.setUint32(24, bytes.length, true);
    written.set(bytes, 28);
  });
}

/** How an interface has fared, from `start` to `end`. */
export interface WrittenStatistics {
  readonly interface: number;
  readonly start: Timestamp;
  readonly end: Timestamp;
  /** Packets that came, those that were dropped too. */
  readonly received: number;
  readonly dropped: number;
}

/** What is told of an interface when its recording ends. */
export function interfaceStatisticsBlock(statistics: WrittenStatistics): Uint8Array {
  const options = [
    { code: STATISTICS_START, value: timeValue(statistics.start) },
    { code: STATISTICS_END, value: timeValue(statistics.end) },
    { code: STATISTICS_RECEIVED, value: countValue(statistics.received) },
    { code: STATISTICS_DROPPED, value: countValue(statistics.dropped) },
  ];
  return block(INTERFACE_STATISTICS_BLOCK, 12, options, (view) => {
    view.setUint32(8, statistics.interface, true);
    setTime(view, 12, statistics.end);
  });
}

/** A block of `fixed` bytes, which `fill` writes from offset 8 on, and options. */
function block(
  type: number,
  fixed: number,
  options: readonly Option[],
  fill: (view: DataView, bytes: Uint8Array) => void,
): Uint8Array {
  // The end-of-options mark is four zero bytes, and stands only where there are options.
  const ofOptions = options.reduce((sum, { value }) => sum + 4 + padded(value.length), 0);
  const length = BLOCK_OVERHEAD + fixed + (options.length > 0 ? ofOptions + 4 : 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  fill(view, bytes);
  let at = 8 + fixed;
  for (const { code, value } of options) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, value.length, true);
    bytes.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  view.setUint32(length - 4, length, true);
  return bytes;
}

const utf8 = new TextEncoder();

/** Cut between two characters where the text is too long. */
function textOption(code: number, text: string): Option {
  const value = new Uint8Array(Math.min(LONGEST_TEXT, text.length * 3));
  const { written } = utf8.encodeInto(text, value);
  return { code, value: value.subarray(0, written) };
}

/** Timestamps are 64 bits in two halves, the upper one first whatever the byte order. */
function setTime(view: DataView, at: number, { seconds, nanoseconds }: Timestamp): void {
  const units = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  view.setUint32(at, Number((units >> 32n) & 0xffff_ffffn), true);
  view.setUint32(at + 4, Number(units & 0xffff_ffffn), true);
}

function timeValue(time: Timestamp): Uint8Array {
  const value = new Uint8Array(8);
  setTime(new DataView(value.buffer), 0, time);
  return value;
}

function countValue(count: number): Uint8Array {
  const value = new Uint8Array(8);
  new DataView(value.buffer).setBigUint64(0, BigInt(count), true);
  return value;
}

/** How many of the first bytes are whole blocks, as they are written here. */
export function lengthOfWholeBlocks(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    if (length < 12 || at + length > bytes.length) break;
    at += length;
  }
  return at;
}
