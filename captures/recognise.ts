import type { CaptureFormat } from "./capture.js";
import { pcapByteOrder } from "./pcap-header.js";
import { sectionByteOrder } from "./pcapng-block.js";
import { looksLikeText } from "./text/recognise-text.js";

/** So many bytes from a file's start are enough to recognise it; fewer may do. */
export const RECOGNITION_LENGTH = 4096;

/**
 * What a file is, by its first bytes alone. The magic numbers decide first; then readable text is
 * a log, unless it is what a meter itself sends as text (an IEC 62056-21 dialogue, a DSMR P1
 * telegram); anything else is raw bytes.
 */
export function recogniseCapture(start: Uint8Array): CaptureFormat | "gzip" {
  // The same verdict, however much of the file came at once.
  const head = start.subarray(0, RECOGNITION_LENGTH);
  return recogniseMagic(head) ?? (looksLikeText(head) && !isMeterText(head) ? "text" : "raw");
}

/** The format that a magic number tells; null where there is none. */
export function recogniseMagic(head: Uint8Array): "pcap" | "pcapng" | "gzip" | null {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (pcapByteOrder(view, 0) !== null) return "pcap";
  if (sectionByteOrder(view, 0) !== null) return "pcapng";
  if (head.length < 12 && startsWith(head, [0x0a, 0x0d, 0x0d, 0x0a])) return "pcapng";
  return startsWith(head, [0x1f, 0x8b, 0x08]) ? "gzip" : null;
}

const foreign: readonly (readonly [name: string, magic: string | readonly number[]])[] = [
  ["a ZIP archive", "PK\x03\x04"],
  ["an xz file", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["a bzip2 file", "BZh"],
  ["a Zstandard file", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["a JPEG picture", [0xff, 0xd8, 0xff]],
  ["a PDF document", "%PDF-"],
  ["a program (ELF)", "\x7fELF"],
  ["an SQLite database", "SQLite format 3\0"],
  ["a snoop capture", "snoop\0\0\0"],
  ["a Bluetooth snoop capture", "btsnoop\0"],
  ["a Network Monitor capture", "GMBU"],
];

/** Names files that are well known to be something else; null for all others. */
export function recogniseForeignFile(head: Uint8Array): string | null {
  for (const [name, magic] of foreign) {
    const bytes = typeof magic === "string" ? [...magic].map((c) => c.charCodeAt(0)) : magic;
    if (startsWith(head, bytes)) return name;
  }
  return null;
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return head.length >= magic.length && magic.every((byte, index) => head[index] === byte);
}

/** Stands before the data of an IEC 62056-21 readout. */
const STX = "\x02";

/** Identification: manufacturer, baud rate, and the meter's own text (IEC 62056-21, DSMR P1). */
const identification = /^\/[A-Za-z]{3}[0-9A-I][\x20-\x7e]{0,64}$/;
/** Some meters have no baud rate there (`/NWA-WARMTELINK`); then the data behind must tell. */
const looseIdentification = /^\/[A-Za-z]{3}[\x20-\x7e]{1,65}$/;
/** Data lines, with the reduced or the whole OBIS code; continued values; the end with its CRC. */
const dataLine = /^([0-9A-Za-z]+([-:.*][0-9A-Za-z]+)*\(.*|\(.*|![0-9A-Fa-f]{0,4})$/;
/** What a line may look like of which the beginning was missed. */
const lineRemainder = /^([^\s]{0,20}|.*\))$/;

/**
 * Whether a text that begins with `head` is what a meter itself sends: an IEC 62056-21 dialogue, a
 * DSMR P1 telegram. Its characters are the bytes.
 */
export function isMeterText(head: Uint8Array): boolean {
  const lines = Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString("latin1")
    .split("\n");
  const whole = lines.map((line) => line.replace(/\r+$/, "").replace(STX, ""));
  for (const [index, line] of whole.entries()) {
    const next = whole[index + 1] ?? "";
    if (identification.test(line)) {
      return next === "" || index + 2 >= whole.length || dataLine.test(next);
    }
    if (looseIdentification.test(line) && next === "" && dataLine.test(whole[index + 2] ?? "")) {
      return true;
    }
    if (line.startsWith("/?")) return true;
    if (line !== "" && !dataLine.test(line) && !(index === 0 && lineRemainder.test(line))) break;
  }
  return false;
}
