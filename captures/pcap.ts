import type { CaptureItem, CaptureReader } from "./capture.js";
import { PCAP_FILE_HEADER_LENGTH, type PcapFileHeader, readPcapFileHeader } from "./pcap-header.js";
import { PlainPcapRecords } from "./pcap-plain.js";
import { UnreadBytes } from "./pcap-unread.js";

/** Two packets next to each other are hardly further apart than this, in seconds. */
const NEAR_IN_TIME = 86_400;

/** How much is waited for to see whether a record may start somewhere in damaged bytes. */
const LOOK_AHEAD = 262_144;

interface Damage {
  readonly offset: number;
  readonly message: string;
}

/**
 * Reads pcap: microseconds, nanoseconds and Kuznetzov's modified records, in both byte orders, and
 * files simply joined one behind the other (each is an interface of its own).
 *
 * Chunks are views of the pushed bytes where possible, so those must not be written to later.
 * A record that cannot be one (its length is beyond all reason) is a `pcap.bad-packet-length`;
 * reading goes on where two records in a row look sane again.
 */
export class PcapReader implements CaptureReader {
  readonly #unread = new UnreadBytes();
  readonly #reported = new Set<string>();
  #header: PcapFileHeader | null = null;
  #plain: PlainPcapRecords | null = null;
  #damage: Damage | null = null;
  #stopped = false;
  #interface = -1;
  #lastSeconds: number | null = null;

  push(bytes: Uint8Array): CaptureItem[] {
    const items: CaptureItem[] = [];
    if (this.#stopped || bytes.length === 0) return items;
    this.#unread.append(bytes);
    this.#read(items, false);
    return items;
  }

  finish(): CaptureItem[] {
    const items: CaptureItem[] = [];
    if (this.#stopped) return items;
    this.#read(items, true);
    const offset = this.#unread.offsetOf(this.#unread.start);
    const rest = this.#unread.length;
    if (this.#damage !== null) {
      const length = this.#unread.offsetOf(this.#unread.end) - this.#damage.offset;
      const message = `${this.#damage.message}; the last ${length} bytes of the file cannot be read`;
      this.#problem(items, "error", "pcap.bad-packet-length", this.#damage.offset, message);
    } else if (this.#header === null) {
      const message = `The file header has ${rest} bytes, expected ${PCAP_FILE_HEADER_LENGTH}`;
      this.#problem(items, "error", "pcap.truncated", offset, message);
    } else if (rest > 0) {
      this.#finishRecord(items, this.#header, offset, rest);
    }
    this.#stopped = true;
    return items;
  }

  #read(items: CaptureItem[], ended: boolean): void {
    let goesOn = true;
    while (goesOn && !this.#stopped) {
      if (this.#header === null) goesOn = this.#readFileHeader(items);
      else if (this.#damage !== null) goesOn = this.#readOnBehindDamage(items, this.#header, ended);
      else goesOn = this.#readRecords(items, this.#header, ended);
    }
  }

  #readFileHeader(items: CaptureItem[]): boolean {
    const { bytes, view, start } = this.#unread;
    if (this.#unread.length < PCAP_FILE_HEADER_LENGTH) return false;
    const offset = this.#unread.offsetOf(start);
    const header = readPcapFileHeader(view, start);
    if (header === null) {
      const found = view.getUint32(start).toString(16).padStart(8, "0");
      const message = `The file begins with ${found}, expected a magic number of pcap`;
      this.#problem(items, "error", "pcap.bad-magic", offset, message);
      this.#stopped = true;
      return false;
    }
    if (header.majorVersion !== 2 || header.minorVersion > 4) {
      const version = `${header.majorVersion}.${header.minorVersion}`;
      const message = `The file has version ${version}, expected 2.4; it is read as 2.4`;
      this.#problem(items, "warning", "pcap.unknown-version", offset + 4, message);
    }
    if (this.#interface >= 0) {
      const message = "A second pcap file begins here, joined to the first without a seam";
      this.#problem(items, "warning", "pcap.joined-files", offset, message);
    }
    this.#header = header;
    this.#plain = header.plain
      ? new PlainPcapRecords(bytes.subarray(start, start + PCAP_FILE_HEADER_LENGTH))
      : null;
    this.#interface += 1;
    this.#unread.start += PCAP_FILE_HEADER_LENGTH;
    return true;
  }

  /** Reads the records that are whole. True where something else than a record comes next. */
  #readRecords(items: CaptureItem[], header: PcapFileHeader, ended: boolean): boolean {
    const { view, end } = this.#unread;
    const { littleEndian, recordHeaderLength, fractionsPerSecond, maximumPacketLength } = header;
    let at = this.#unread.start;
    let ahead = 0;
    while (end - at >= recordHeaderLength) {
      const fraction = view.getUint32(at + 4, littleEndian);
      const captured = view.getUint32(at + 8, littleEndian);
      const original = view.getUint32(at + 12, littleEndian);
      if (captured === 0 && original === 0) {
        if (end - at < PCAP_FILE_HEADER_LENGTH && !ended) break;
        if (isFileHeader(view, at, end)) {
          this.#handOnPlain(items, header, at, ahead);
          this.#header = null;
          return true;
        }
      }
      if (captured > maximumPacketLength) {
        this.#handOnPlain(items, header, at, ahead);
        this.#damage = {
          offset: this.#unread.offsetOf(at),
          message: `A packet claims ${captured} bytes, where at most ${maximumPacketLength} can be`,
        };
        this.#unread.start += 1;
        return true;
      }
      const next = at + recordHeaderLength + captured;
      if (next > end) break;
      if (this.#plain !== null && fraction < fractionsPerSecond && captured <= original) {
        ahead += 1;
      } else {
        this.#handOnPlain(items, header, at, ahead);
        ahead = 0;
        this.#ownRecord(items, header, at, captured);
        this.#unread.start = next;
      }
      at = next;
    }
    this.#handOnPlain(items, header, at, ahead);
    return false;
  }

  /** Reads the `count` plain records from the first unread byte to `end`. */
  #handOnPlain(items: CaptureItem[], header: PcapFileHeader, end: number, count: number): void {
    const { bytes, view, start } = this.#unread;
    if (count === 0 || this.#plain === null) return;
    const packets = this.#plain.read(view, start, end);
    let at = start;
    if (packets.length === count) {
      for (const { header: record, data } of packets) {
        at += header.recordHeaderLength;
        this.#chunk(
          items,
          header,
          record.timestampSeconds,
          record.timestampMicroseconds * 1000,
          bytes.subarray(at, at + data.length),
          record.originalLength,
          this.#unread.offsetOf(at),
        );
        at += data.length;
      }
    } else {
      this.#plain = null;
      while (at < end) {
        const captured = view.getUint32(at + 8, header.littleEndian);
        this.#ownRecord(items, header, at, captured);
        at += header.recordHeaderLength + captured;
      }
    }
    this.#unread.start = end;
  }

  /** Reads the record at index `at`, of which `present` bytes of data are there. */
  #ownRecord(items: CaptureItem[], header: PcapFileHeader, at: number, present: number): void {
    const { bytes, view } = this.#unread;
    const { littleEndian, fractionsPerSecond } = header;
    const offset = this.#unread.offsetOf(at);
    const seconds = view.getUint32(at, littleEndian);
    const fraction = view.getUint32(at + 4, littleEndian);
    const captured = view.getUint32(at + 8, littleEndian);
    const original = view.getUint32(at + 12, littleEndian);
    if (fraction >= fractionsPerSecond) {
      const message = `A packet's time has ${fraction} parts of a second, expected less than ${fractionsPerSecond}; they are carried over`;
      this.#once(items, "pcap.bad-time", offset + 4, message);
    }
    if (captured > original) {
      const message = `A packet has ${captured} captured bytes but ${original} on the wire; the greater is taken for both`;
      this.#once(items, "pcap.bad-original-length", offset + 12, message);
    }
    const data = at + header.recordHeaderLength;
    this.#chunk(
      items,
      header,
      seconds + Math.floor(fraction / fractionsPerSecond),
      (fraction % fractionsPerSecond) * (1_000_000_000 / fractionsPerSecond),
      bytes.subarray(data, data + present),
      Math.max(captured, original),
      offset + header.recordHeaderLength,
    );
  }

  #finishRecord(items: CaptureItem[], header: PcapFileHeader, offset: number, rest: number): void {
    const { recordHeaderLength, littleEndian } = header;
    if (rest < recordHeaderLength) {
      const message = `The file ends inside a packet header: ${rest} of ${recordHeaderLength} bytes are there`;
      this.#problem(items, "error", "pcap.truncated", offset, message);
      return;
    }
    const { view, start } = this.#unread;
    const present = rest - recordHeaderLength;
    const captured = view.getUint32(start + 8, littleEndian);
    if (present > 0 || captured === 0) this.#ownRecord(items, header, start, present);
    if (present < captured) {
      const message = `The file ends inside a packet: ${present} of ${captured} bytes are there`;
      this.#problem(items, "error", "pcap.truncated", offset, message);
    }
  }

  /** Looks for the next record in bytes that are not to be trusted. */
  #readOnBehindDamage(items: CaptureItem[], header: PcapFileHeader, ended: boolean): boolean {
    for (let at = this.#unread.start; at < this.#unread.end; at += 1) {
      this.#unread.start = at;
      const found = this.#recordStartsAt(header, at, ended);
      if (found === undefined) return false;
      if (found && this.#damage !== null) {
        const message = `${this.#damage.message}; reading goes on at offset ${this.#unread.offsetOf(at)}`;
        this.#problem(items, "warning", "pcap.bad-packet-length", this.#damage.offset, message);
        this.#damage = null;
        return true;
      }
    }
    this.#unread.start = this.#unread.end;
    return false;
  }

  /** Whether a sane record with a sane record or the end behind it is there; undefined: not yet. */
  #recordStartsAt(header: PcapFileHeader, at: number, ended: boolean): boolean | undefined {
    const { view, end } = this.#unread;
    const { littleEndian, recordHeaderLength } = header;
    if (end - at < recordHeaderLength) return ended ? false : undefined;
    if (!looksSane(header, view, at, this.#lastSeconds)) return false;
    const next = at + recordHeaderLength + view.getUint32(at + 8, littleEndian);
    if (end - next < recordHeaderLength) return ended ? next === end : undefined;
    return looksSane(header, view, next, view.getUint32(at, littleEndian));
  }

  #chunk(
    items: CaptureItem[],
    header: PcapFileHeader,
    seconds: number,
    nanoseconds: number,
    bytes: Uint8Array,
    originalLength: number,
    position: number,
  ): void {
    this.#lastSeconds = seconds;
    items.push({
      kind: "chunk",
      chunk: {
        interface: this.#interface,
        time: { seconds, nanoseconds, dated: true },
        direction: null,
        linkType: header.linkType,
        bytes,
        originalLength,
        position,
      },
    });
  }

  #once(items: CaptureItem[], code: string, offset: number, message: string): void {
    if (this.#reported.has(code)) return;
    this.#reported.add(code);
    this.#problem(items, "warning", code, offset, `${message} (later ones are not reported)`);
  }

  #problem(
    items: CaptureItem[],
    severity: "warning" | "error",
    code: string,
    offset: number,
    message: string,
  ): void {
    items.push({ kind: "problem", severity, code, offset, message });
  }
}

/** Whether a packet of no length is in truth the header of a file that was joined on. */
function isFileHeader(view: DataView, at: number, end: number): boolean {
  if (end - at < PCAP_FILE_HEADER_LENGTH) return false;
  const header = readPcapFileHeader(view, at);
  return header !== null && header.majorVersion === 2 && header.minorVersion === 4;
}

function looksSane(
  header: PcapFileHeader,
  view: DataView,
  at: number,
  near: number | null,
): boolean {
  const { littleEndian } = header;
  const seconds = view.getUint32(at, littleEndian);
  if (near === null ? seconds < NEAR_IN_TIME : Math.abs(seconds - near) > NEAR_IN_TIME)
    return false;
  const captured = view.getUint32(at + 8, littleEndian);
  const original = view.getUint32(at + 12, littleEndian);
  return (
    view.getUint32(at + 4, littleEndian) < header.fractionsPerSecond &&
    captured > 0 &&
    captured <= Math.min(header.maximumPacketLength, LOOK_AHEAD) &&
    captured <= original &&
    original <= Math.max(header.maximumPacketLength, LOOK_AHEAD)
  );
}
