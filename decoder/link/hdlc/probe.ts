/**
 * Finds HDLC frames in a byte stream.
 *
 * Strategy. There is no byte stuffing: 7E may stand anywhere in a frame, and the length of the
 * frame format field says where it ends. The FCS at that place proves a frame. Where it is wrong
 * the frame is damaged, and its end is the closing flag at its length, a flag behind it, or, as
 * bytes may have been lost, the beginning of the next frame: two flags and a format type, or a
 * flag and a header that proves itself by its HCS.
 */
import { hasCrc16X25 } from "../crc16.js";
import { hdlcAddressLength } from "./address.js";
import { isHdlcControl } from "./control.js";

const flag = 0x7e;
/** Frame format, two addresses and control field of one byte each, FCS. */
const shortestFrame = 7;
/** The longest that 11 bits can say, and both flags. */
const longestWithFlags = 2047 + 2;

/**
 * Whether an HDLC frame begins at the flag at `at`: its length in bytes with both flags; 0 where
 * more bytes are needed to say so, never when `ended`; -1 where none begins. The closing flag may
 * be the opening flag of the next frame. A missing closing flag is not counted. A flag before a
 * flag is fill between frames and begins none. Looks at most some 2100 bytes ahead.
 */
export function probeHdlc(bytes: Uint8Array, at: number, ended: boolean): number {
  const left = bytes.length - at;
  const undecided = ended ? -1 : 0;
  if (left < 1) return undecided;
  if (bytes[at] !== flag) return -1;
  const start = at + 1;
  if (left > 1 && !isFormatType3(bytes[start])) return -1;
  if (left < 3) return undecided;
  const length = frameLength(bytes, start);
  if (length < shortestFrame) return -1;
  const end = start + length;
  const header = headerLength(bytes, start, Math.min(end, bytes.length));
  if (end > bytes.length) {
    if (!ended) return 0;
    return header > 0 ? damagedLength(bytes, start, end, header, ended) : -1;
  }
  if (!hasCrc16X25(bytes, start, end - 2)) {
    return header > 0 ? damagedLength(bytes, start, end, header, ended) : -1;
  }
  if (end === bytes.length && !ended) return 0;
  if (bytes[end] === flag) return length + 2;
  return header > 0 ? length + 1 : -1;
}

/**
 * Whether a frame without its opening flag stands at `at`: its length, with the closing flag if one
 * is there that does not open the next frame; 0 and -1 as `probeHdlc`. Nothing but the FCS tells it
 * from other bytes, so ask only where a message begins.
 */
export function probeBareHdlc(bytes: Uint8Array, at: number, ended: boolean): number {
  const left = bytes.length - at;
  const undecided = ended ? -1 : 0;
  if (left > 0 && !isFormatType3(bytes[at])) return -1;
  if (left < 2) return undecided;
  const length = frameLength(bytes, at);
  if (length < shortestFrame) return -1;
  const end = at + length;
  const header = headerLength(bytes, at, Math.min(end, bytes.length));
  if (header < 0) return -1;
  if (end > bytes.length) return undecided;
  if (!hasCrc16X25(bytes, at, end - 2)) return -1;
  if (end === bytes.length) return ended ? length : 0;
  if (bytes[end] !== flag) return length;
  if (end + 1 === bytes.length) return ended ? length + 1 : 0;
  return isFormatType3(bytes[end + 1]) ? length : length + 1;
}

function isFormatType3(byte: number | undefined): boolean {
  return byte !== undefined && byte >> 4 === 0x0a;
}

/** The 11 bits of the frame format field at `start`. */
function frameLength(bytes: Uint8Array, start: number): number {
  return (((bytes[start] as number) & 0x07) << 8) | (bytes[start + 1] as number);
}

/**
 * Bytes of the header at `start`, frame format to control field; 0 where `end` cuts it off, -1
 * where it cannot be one.
 */
function headerLength(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 2;
  for (let i = 0; i < 2; i++) {
    const length = hdlcAddressLength(bytes, at, end);
    if (length <= 0) return length;
    if (length === 3) return -1;
    at += length;
  }
  if (at >= end) return 0;
  return isHdlcControl(bytes[at] as number) ? at + 1 - start : -1;
}

/**
 * Whether the flag at `at` opens a frame with a right HCS (without information field: FCS, which
 * stands at the same place). Undefined where the bytes end too early to say.
 */
function opensFrame(bytes: Uint8Array, at: number): boolean | undefined {
  const start = at + 1;
  if (start < bytes.length && !isFormatType3(bytes[start])) return false;
  if (start + 2 > bytes.length) return undefined;
  const header = headerLength(bytes, start, bytes.length);
  if (header < 0) return false;
  if (header === 0 || start + header + 2 > bytes.length) return undefined;
  if (frameLength(bytes, start) < header + 2) return false;
  return hasCrc16X25(bytes, start, start + header);
}

/** Whether the flag at `at`, with one before it, opens a frame, by its first byte. */
function followsFill(bytes: Uint8Array, at: number): boolean | undefined {
  return at + 1 < bytes.length ? isFormatType3(bytes[at + 1]) : undefined;
}

/**
 * Length of a damaged frame, opening flag included: the frame format field at `start` says that it
 * ends at `end`. 0 where more bytes are needed.
 */
function damagedLength(
  bytes: Uint8Array,
  start: number,
  end: number,
  header: number,
  ended: boolean,
): number {
  const at = start - 1;
  const limit = at + longestWithFlags;
  for (let i = start + header; i < limit; i++) {
    if (i >= bytes.length) return ended ? bytes.length - at : 0;
    if (bytes[i] !== flag) continue;
    if (i >= end) return i + 1 - at;
    const opens = bytes[i + 1] === flag ? followsFill(bytes, i + 1) : opensFrame(bytes, i);
    if (opens === undefined && !ended) return 0;
    if (opens === true) return i + 1 - at;
  }
  return end - at;
}
