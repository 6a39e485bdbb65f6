import { type CaptureChunk, type Direction, LINK_TYPE_MESSAGE } from "../decoder/chunk.js";
import type { CaptureItem, CaptureReader } from "./capture.js";
import { LINKTYPE_RTAC_SERIAL } from "./live/rtac-serial.js";
import { UnreadBytes } from "./pcap-unread.js";
import {
  BLOCK_OVERHEAD,
  blockLengthIsSane,
  blockName,
  INTERFACE_DESCRIPTION_BLOCK,
  isKnownBlock,
  minimumBlockLength,
  padded,
  readComments,
  readDirection,
  readIdentity,
  SECTION_HEADER_BLOCK,
  sectionByteOrder,
} from "./pcapng-block.js";
import {
  type PcapngInterface,
  readInterfaceDescription,
  undeclaredInterface,
} from "./pcapng-interface.js";
import { readPacketFields } from "./pcapng-packet.js";

/** How much is waited for to see whether a block may start somewhere in damaged bytes. */
const LOOK_AHEAD = 262_144;

/** More descriptions than this are not kept, so that a damaged file cannot fill the memory. */
const MAXIMUM_INTERFACES = 65_536;

const directions: Readonly<Record<"outbound" | "inbound", Direction>> = {
  outbound: "client-to-server",
  inbound: "server-to-client",
};

interface Section {
  readonly littleEndian: boolean;
  readonly interfaces: PcapngInterface[];
  /** Who wrote it, and on which machine; null where that is too long to be compared. */
  readonly writer: string | null;
  /** The interfaces of the section before, where this one may go on with them. */
  readonly before: readonly PcapngInterface[];
  /** Stands for all interfaces that packets name and no block describes. */
  undeclared: PcapngInterface | null;
}

interface Damage {
  readonly code: string;
  readonly offset: number;
  readonly message: string;
  /** Offset at which the damaged block ends if its length is right after all; else null. */
  readonly claimedEnd: number | null;
}

/**
 * Reads pcapng: sections of either byte order, enhanced, simple and obsolete packet blocks, the
 * comments of sections, interfaces and packets. All other blocks are passed over.
 *
 * Chunks are views of the pushed bytes where possible, so those must not be written to later.
 * Interfaces are numbered over all sections. The files of a ring, one behind the other, go on with the
 * interfaces of the first one: a section of the same writer with an interface that is described alike,
 * has a name and stands at the same place as in the section before, goes on with its number, so that
 * frames and conversations span the files. The inbound and outbound flags of a packet are seen
 * from the machine that captured and do not tell client from server, so `direction` is null; but for
 * serial lines, whose taps call outbound what the client sends.
 * Where a block is damaged, reading goes on at the next block whose two lengths agree.
 */
export class PcapngReader implements CaptureReader {
  readonly #unread = new UnreadBytes();
  readonly #interfaces: PcapngInterface[] = [];
  /** Codes that are reported once in a section. */
  readonly #reported = new Set<string>();
  #section: Section | null = null;
  #damage: Damage | null = null;
  #interfaceCount = 0;

  /** The interfaces described so far, in all sections. */
  get interfaces(): readonly PcapngInterface[] {
    return this.#interfaces;
  }

  push(bytes: Uint8Array): CaptureItem[] {
    const items: CaptureItem[] = [];
    if (bytes.length === 0) return items;
    this.#unread.append(bytes);
    this.#read(items, false);
    return items;
  }

  finish(): CaptureItem[] {
    const items: CaptureItem[] = [];
    this.#read(items, true);
    if (this.#damage !== null) this.#finishDamage(items, this.#damage);
    else if (this.#unread.length > 0 || this.#section === null) this.#finishBlock(items);
    this.#unread.start = this.#unread.end;
    return items;
  }

  #read(items: CaptureItem[], ended: boolean): void {
    let goesOn = true;
    while (goesOn) {
      goesOn =
        this.#damage === null
          ? this.#readBlock(items)
          : this.#readOnBehindDamage(items, this.#damage, ended);
    }
  }

  /** Reads one block. False where more bytes are needed for it. */
  #readBlock(items: CaptureItem[]): boolean {
    const unread = this.#unread;
    const { view, start } = unread;
    if (unread.length < BLOCK_OVERHEAD) return false;
    const startsSection = view.getUint32(start) === SECTION_HEADER_BLOCK;
    const order = startsSection ? sectionByteOrder(view, start) : null;
    if (startsSection && order === null) {
      const found = hex(view.getUint32(start + 8));
      const message = `A section header has the byte-order magic ${found}, expected 1a2b3c4d or 4d3c2b1a`;
      this.#lose("pcapng.bad-byte-order", message);
      return true;
    }
    if (!startsSection && this.#section === null) {
      const message = `The file begins with ${hex(view.getUint32(start))}, expected a section header block, 0a0d0d0a`;
      this.#lose("pcapng.no-section-header", message);
      return true;
    }
    const littleEndian = startsSection ? order === "little" : this.#section?.littleEndian === true;
    const type = view.getUint32(start, littleEndian);
    const length = view.getUint32(start + 4, littleEndian);
    if (!blockLengthIsSane(type, length)) {
      const minimum = minimumBlockLength(type);
      const message = `The ${blockName(type)} claims ${length} bytes, expected a multiple of 4 from ${minimum} to 16 MiB`;
      this.#lose("pcapng.bad-block-length", message);
      return true;
    }
    if (unread.length < length) return false;
    this.#block(items, type, start + length, littleEndian);
    const again = view.getUint32(start + length - 4, littleEndian);
    if (again === length) {
      unread.start += length;
    } else {
      const message = `The ${blockName(type)} claims ${length} bytes at its start and ${again} at its end`;
      this.#lose("pcapng.bad-block-length", message, unread.offsetOf(start + length));
    }
    return true;
  }

  /** Reads the first unread block, which goes to index `end` and is there as a whole. */
  #block(items: CaptureItem[], type: number, end: number, littleEndian: boolean): void {
    if (type === SECTION_HEADER_BLOCK) this.#sectionHeader(items, end, littleEndian);
    else if (this.#section === null) return;
    else if (type === INTERFACE_DESCRIPTION_BLOCK) this.#interface(items, this.#section, end);
    else this.#packet(items, this.#section, type, end - 4, end - 4);
  }

  #sectionHeader(items: CaptureItem[], end: number, littleEndian: boolean): void {
    const { view, start } = this.#unread;
    // Byte order, version and options; the length of the section is another one each time.
    const writer = readIdentity(view, start + 8, start + 24, end - 4, littleEndian);
    const last = this.#section;
    const before = writer !== null && last?.writer === writer ? last.interfaces : [];
    this.#section = { littleEndian, interfaces: [], writer, before, undeclared: null };
    this.#reported.clear();
    const majorVersion = view.getUint16(start + 12, littleEndian);
    if (majorVersion !== 1) {
      const minorVersion = view.getUint16(start + 14, littleEndian);
      const message = `A section has version ${majorVersion}.${minorVersion}, expected 1.0; it is read as 1.0`;
      this.#warn(items, "pcapng.unknown-version", start + 12, message);
    }
    this.#comments(items, start + 24, end - 4, littleEndian);
  }

  #interface(items: CaptureItem[], section: Section, end: number): void {
    const { view, start } = this.#unread;
    if (this.#interfaces.length >= MAXIMUM_INTERFACES) {
      const message = `The file describes more than ${MAXIMUM_INTERFACES} interfaces`;
      this.#warnOnce(items, "pcapng.too-many-interfaces", start, message);
      return;
    }
    const next = this.#interfaceCount;
    const described = readInterfaceDescription(view, start, end, section.littleEndian, next);
    const before = section.before[section.interfaces.length];
    if (
      before !== undefined &&
      before.identity !== null &&
      before.identity === described.identity
    ) {
      section.interfaces.push(before);
    } else {
      this.#interfaceCount += 1;
      section.interfaces.push(described);
      this.#interfaces.push(described);
    }
    this.#comments(items, start + 16, end - 4, section.littleEndian);
  }

  #comments(items: CaptureItem[], start: number, end: number, littleEndian: boolean): void {
    const text = readComments(this.#unread.view, start, end, littleEndian);
    if (text === null) return;
    items.push({ kind: "comment", offset: this.#unread.offsetOf(this.#unread.start), text });
  }

  /**
   * Reads the first unread block if it is a packet. Its body goes to index `bodyEnd`, of which is
   * there what lies before `end`.
   */
  #packet(
    items: CaptureItem[],
    section: Section,
    type: number,
    bodyEnd: number,
    end: number,
  ): void {
    const { bytes, view, start } = this.#unread;
    const { littleEndian } = section;
    const fields = readPacketFields(type, view, start, end, littleEndian);
    if (fields === null) return;
    const { data, originalLength, timeHigh, timeLow } = fields;
    const source =
      section.interfaces[fields.interface] ?? this.#undeclared(items, section, fields.interface);
    const room = bodyEnd - data;
    const claimed = fields.capturedLength ?? cutAt(source.snapshotLength, originalLength);
    if (claimed > room) {
      const message = `The ${blockName(type)} claims ${claimed} captured bytes and has room for ${room}`;
      this.#warn(items, "pcapng.bad-captured-length", start, message);
    }
    if (claimed > originalLength) {
      const message = `A packet has ${claimed} captured bytes but ${originalLength} on the wire; the greater is taken for both`;
      this.#warnOnce(items, "pcapng.bad-original-length", start, message);
    }
    const captured = Math.min(claimed, room);
    const present = Math.min(captured, end - data);
    if (present === 0 && captured > 0) return;
    const time = timeHigh === null || timeLow === null ? null : source.clock(timeHigh, timeLow);
    if (time === null && timeHigh !== null) {
      const message = "A packet's time lies outside of the years 1 to 9999; it is left out";
      this.#warnOnce(items, "pcapng.bad-time", start, message);
    }
    const options = data + padded(captured);
    const hasOptions = fields.capturedLength !== null && end - options >= 4;
    const flags =
      hasOptions && source.linkType === LINKTYPE_RTAC_SERIAL
        ? readDirection(view, options, end, littleEndian)
        : null;
    const chunk: CaptureChunk = {
      interface: source.number,
      time,
      direction: flags === null ? null : directions[flags],
      linkType: source.linkType,
      bytes: bytes.subarray(data, data + present),
      originalLength: Math.max(originalLength, captured),
      position: this.#unread.offsetOf(data),
    };
    const comment = hasOptions ? readComments(view, options, end, littleEndian) : null;
    items.push({ kind: "chunk", chunk: comment === null ? chunk : { ...chunk, comment } });
  }

  #undeclared(items: CaptureItem[], section: Section, index: number): PcapngInterface {
    const first = section.interfaces[0];
    const assumed =
      first === undefined ? "nothing is known of its link type" : "link type as there";
    const message = `A packet names interface ${index}, but ${section.interfaces.length} are described; ${assumed}`;
    this.#warnOnce(items, "pcapng.unknown-interface", this.#unread.start, message);
    section.undeclared ??= undeclaredInterface(
      this.#interfaceCount++,
      first?.linkType ?? LINK_TYPE_MESSAGE,
    );
    return section.undeclared;
  }

  /** The block at the first unread byte is damaged; the next one is looked for behind that byte. */
  #lose(code: string, message: string, claimedEnd: number | null = null): void {
    const offset = this.#unread.offsetOf(this.#unread.start);
    this.#damage = { code, offset, message, claimedEnd };
    this.#unread.start += 1;
  }

  /** Looks for the next block in bytes that are not to be trusted. */
  #readOnBehindDamage(items: CaptureItem[], damage: Damage, ended: boolean): boolean {
    const unread = this.#unread;
    for (let at = unread.start; at < unread.end; at += 1) {
      unread.start = at;
      const found = this.#blockStartsAt(at, ended);
      if (found === undefined) return false;
      if (found) {
        const message = `${damage.message}; reading goes on at offset ${unread.offsetOf(at)}`;
        items.push(problem("warning", damage.code, damage.offset, message));
        this.#damage = null;
        return true;
      }
    }
    unread.start = unread.end;
    return false;
  }

  /** Whether a block whose two lengths agree starts there; undefined: more bytes will tell. */
  #blockStartsAt(at: number, ended: boolean): boolean | undefined {
    const { view, end } = this.#unread;
    if (end - at < BLOCK_OVERHEAD) return ended ? false : undefined;
    const order = sectionByteOrder(view, at);
    if (order === null && this.#section === null) return false;
    const littleEndian = order === null ? this.#section?.littleEndian === true : order === "little";
    const type = view.getUint32(at, littleEndian);
    if (order === null && (type === SECTION_HEADER_BLOCK || !isKnownBlock(type))) return false;
    const length = view.getUint32(at + 4, littleEndian);
    if (length > LOOK_AHEAD || !blockLengthIsSane(type, length)) return false;
    if (end - at < length) return ended ? false : undefined;
    return view.getUint32(at + length - 4, littleEndian) === length;
  }

  #finishDamage(items: CaptureItem[], damage: Damage): void {
    const { code, offset, message, claimedEnd } = damage;
    const fileEnd = this.#unread.offsetOf(this.#unread.end);
    if (claimedEnd === fileEnd) {
      items.push(problem("warning", code, offset, message));
    } else {
      const rest = `the last ${fileEnd - offset} bytes of the file cannot be read`;
      items.push(problem("error", code, offset, `${message}; ${rest}`));
    }
  }

  /** The file ends inside the first unread block. */
  #finishBlock(items: CaptureItem[]): void {
    const { view, start, end, length: present } = this.#unread;
    const offset = this.#unread.offsetOf(start);
    let message = `The file ends with ${present} bytes, where a block has at least ${BLOCK_OVERHEAD}`;
    if (present >= BLOCK_OVERHEAD) {
      const littleEndian =
        (sectionByteOrder(view, start) ?? (this.#section?.littleEndian ? "little" : "big")) ===
        "little";
      const type = view.getUint32(start, littleEndian);
      const length = view.getUint32(start + 4, littleEndian);
      if (this.#section !== null) {
        const bodyEnd = start + length - 4;
        this.#packet(items, this.#section, type, bodyEnd, Math.min(bodyEnd, end));
      }
      message = `The file ends inside the ${blockName(type)}: ${present} of ${length} bytes are there`;
    }
    items.push(problem("error", "pcapng.truncated", offset, message));
  }

  /** `at` is an index into the unread bytes. */
  #warn(items: CaptureItem[], code: string, at: number, message: string): void {
    items.push(problem("warning", code, this.#unread.offsetOf(at), message));
  }

  #warnOnce(items: CaptureItem[], code: string, at: number, message: string): void {
    if (this.#reported.has(code)) return;
    this.#reported.add(code);
    this.#warn(items, code, at, `${message} (later ones of the section are not reported)`);
  }
}

function problem(
  severity: "warning" | "error",
  code: string,
  offset: number,
  message: string,
): CaptureItem {
  return { kind: "problem", severity, code, offset, message };
}

function cutAt(snapshotLength: number, length: number): number {
  return snapshotLength === 0 ? length : Math.min(length, snapshotLength);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}
