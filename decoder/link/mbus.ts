/**
 * Wired M-Bus: the link layer of EN 13757-2, and the DLMS transport layer that the control
 * information fields 0x00 to 0x1F announce (EN 13757-1 and -3).
 */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { readLayer } from "../core/layer.js";
import { comesAgain, type PartChain } from "../core/parts.js";
import { addPart } from "../core/reassemble.js";
import { controlFields, controlInformation } from "./mbus-codes.js";

const clause = "EN 13757-2, Link layer";
const transport = "EN 13757-3, CI field; EN 13757-1, Transport layer";

const F = defineFields("mbus", {
  "": { name: "M-Bus", type: "group", clause },
  start: { name: "Start character", base: "hex", clause },
  length: {
    name: "L field",
    clause,
    meaning: "Bytes from the C field to the end of the user data",
  },
  lengthRepeated: { name: "L field, repeated", clause },
  startRepeated: { name: "Start character, repeated", base: "hex", clause },
  control: { name: "C field", base: "hex", values: controlFields, clause },
  "control.fromPrimary": { name: "From the primary station", mask: 0x40 },
  "control.frameCount": { name: "Frame count bit, or access demand", mask: 0x20 },
  "control.frameCountValid": { name: "Frame count valid, or data flow control", mask: 0x10 },
  "control.function": { name: "Function", mask: 0x0f },
  address: { name: "A field", clause },
  controlInformation: {
    name: "CI field",
    base: "hex",
    values: controlInformation,
    clause: transport,
  },
  lastSegment: { name: "FIN, last segment", mask: 0x10, clause: transport },
  segmentNumber: { name: "Segment number", mask: 0x0f, clause: transport },
  stsap: { name: "STSAP", clause: transport, meaning: "Transport access point of the sender" },
  dtsap: { name: "DTSAP", clause: transport, meaning: "Transport access point of the receiver" },
  segment: { name: "Segment of an APDU", type: "bytes", clause: transport },
  userData: { name: "User data", type: "bytes", clause },
  checksum: { name: "Checksum", base: "hex", clause },
  stop: { name: "Stop character", base: "hex", clause },
});

const D = defineDiagnostics("mbus", {
  length: {
    severity: "error",
    group: "malformed",
    message: "The L field is not the length of the frame",
    clause,
    check: "Is the frame cut off, or were bytes lost?",
  },
  "length-overflow": {
    severity: "warning",
    group: "protocol",
    message: "The frame is longer than 255 bytes; its L field holds the length modulo 256",
    clause,
    check: "Sagemcom meters send such frames; receivers that trust the L field lose them",
  },
  start: {
    severity: "error",
    group: "malformed",
    message: "No M-Bus frame begins with this character",
    clause,
    check: "Wrong baud rate or parity, or another protocol",
  },
  checksum: {
    severity: "error",
    group: "checksum",
    message: "The checksum is wrong",
    clause,
    check: "Bytes were damaged or lost on the bus",
  },
  stop: {
    severity: "error",
    group: "malformed",
    message: "The stop character 16 is not where the frame ends",
    clause,
    check: "Is the frame cut off, or were bytes lost?",
  },
  "no-tsap": {
    severity: "note",
    group: "protocol",
    message: "The access points are missing; the APDU follows the CI field at once",
    clause: transport,
  },
  "user-data": {
    severity: "info",
    group: "undecoded",
    message: "The frame carries M-Bus data, not DLMS",
    clause: transport,
  },
});

const controlBits = [
  F["control.fromPrimary"],
  F["control.frameCount"],
  F["control.frameCountValid"],
  F["control.function"],
];

/** The values of one M-Bus frame. */
export interface Mbus {
  readonly frame: "acknowledgement" | "short" | "control" | "long";
  readonly control?: number;
  readonly address?: number;
  readonly "control-information"?: number;
  readonly stsap?: number;
  readonly dtsap?: number;
  /** Only with DLMS in it: segments of one APDU count from 0, `last-segment` ends it. */
  readonly "segment-number"?: number;
  readonly "last-segment"?: boolean;
  /** The bytes of the APDU in this frame. */
  readonly segment?: Uint8Array;
  readonly "checksum-ok"?: boolean;
}

const acknowledgement = 0xe5;
const shortStart = 0x10;
const longStart = 0x68;
const stop = 0x16;
/** L fields below this may be lengths that ran over: frames of little more than 255 bytes. */
const highestOverflow = 16;

/**
 * Reads one M-Bus frame as a layer. An APDU that is whole with it is handed over, after an LLC header
 * as one with that; a part of one is a field.
 */
export function readMbus(c: Cursor): void {
  readLayer(c, "mbus", F[""], decodeMbus);
}

function decodeMbus(c: Cursor): void {
  const start = c.u8(F.start);
  if (start === longStart) decodeLongFrame(c);
  else if (start === shortStart) decodeShortFrame(c);
  else if (start !== acknowledgement) c.fail(D.start, c.offset - 1, c.offset);
  else if (c.recording) c.note("acknowledgement");
  if (start === acknowledgement) keep(c, { frame: "acknowledgement" });
}

function keep(c: Cursor, mbus: Mbus): void {
  c.dissection.link["mbus"] = mbus;
}

function decodeShortFrame(c: Cursor): void {
  const from = c.offset;
  const control = c.u8Bits(F.control, controlBits);
  const address = c.u8(F.address);
  const correct = decodeTrailer(c, from);
  keep(c, { frame: "short", control, address, "checksum-ok": correct });
}

function decodeLongFrame(c: Cursor): void {
  const length = c.u8(F.length);
  const repeated = c.u8(F.lengthRepeated);
  if (repeated !== length) c.report(D.length, c.offset - 2, c.offset, "its two copies differ");
  c.u8(F.startRepeated);
  const from = c.offset;
  const body = c.take(bodyLength(c, length));
  const control = body.u8Bits(F.control, controlBits);
  const address = body.u8(F.address);
  const header = { frame: "long", control, address } as const;
  keep(c, header);
  const information = body.u8(F.controlInformation);
  const mbus = { ...header, "control-information": information };
  keep(c, body.remaining === 0 ? { ...mbus, frame: "control" } : mbus);
  if (information < 0x20) decodeTransport(c, body, mbus);
  else if (body.remaining > 0) decodeUserData(body, information);
  if (c.remaining === 0) return;
  const correct = decodeTrailer(c, from);
  keep(c, { ...mbus, ...c.dissection.link["mbus"], "checksum-ok": correct });
}

/** Bytes from the C field to the checksum; what the L field says is compared, not trusted. */
function bodyLength(c: Cursor, length: number): number {
  const trailer = 2;
  if (c.remaining === length + trailer) return length;
  const at = c.offset - 3;
  if (c.remaining === length + 256 + trailer) {
    c.report(D["length-overflow"], at, at + 2, `${length} said, ${length + 256} there`);
    return length + 256;
  }
  const there = Math.max(c.remaining - trailer, 0);
  c.report(D.length, at, at + 2, `${length} said, ${there} there`);
  const closed = there > length && c.bytes[c.end - 1] === stop;
  return closed ? there : c.remaining;
}

function decodeTrailer(c: Cursor, from: number): boolean {
  let sum = 0;
  for (let i = from; i < c.offset; i++) sum += c.bytes[i] as number;
  const expected = sum & 0xff;
  const checksum = c.u8(F.checksum);
  if (checksum !== expected) {
    const detail = `0x${hex(checksum)} there, 0x${hex(expected)} computed`;
    c.report(D.checksum, c.offset - 1, c.offset, detail);
    if (c.recording) c.note(`wrong, expected 0x${hex(expected)}`);
  }
  const end = c.u8(F.stop);
  if (end !== stop) c.report(D.stop, c.offset - 1, c.offset, `0x${hex(end)}`);
  return checksum === expected;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

/** The DLMS transport layer: FIN and a number in the CI field, both access points, the APDU. */
function decodeTransport(c: Cursor, body: Cursor, header: Mbus): void {
  const information = header["control-information"] ?? 0;
  c.dissection.recorder.bits([F.lastSegment, F.segmentNumber], information);
  const last = (information & 0x10) !== 0;
  const number = information & 0x0f;
  const addressed = !(number === 0 && body.peek() === 0xdb && body.peek(1) === 8);
  const points = addressed ? { stsap: body.u8(F.stsap), dtsap: body.u8(F.dtsap) } : {};
  if (!addressed) body.report(D["no-tsap"], body.offset - 1, body.offset);
  const segment = body.bytes.subarray(body.offset, body.end);
  const parts = { "segment-number": number, "last-segment": last, segment };
  keep(c, { ...header, ...points, ...parts });
  const message = `mbus ${header.address} ${points.stsap} ${points.dtsap}`;
  const before = c.dissection.context.pending.get(message);
  const expected = before?.settled === undefined ? before?.part : undefined;
  // Sixteen numbers count the segments: of a longer APDU 0 comes again.
  const begins = number === 0 && (expected === undefined || (expected.number & 0x0f) !== 0x0f);
  if (last && begins) {
    if (segment.length === 0) body.need(1);
    handOver(body.take(segment.length));
    return;
  }
  const start = body.offset;
  body.octets(F.segment, segment.length);
  if (begins && c.recording && segment.length > 0) {
    c.note(`begins an APDU with tag 0x${hex(segment[0] ?? 0)}`);
  }
  const whole = addPart(body, start, body.end, {
    message,
    number: begins ? 0 : placeSegment(before, number, segment),
    first: 0,
    last,
    begins,
  });
  if (whole !== undefined) handOver(whole);
}

/** The wire counts segments modulo 16; of a message that is over only repeated ones still belong to it. */
function placeSegment(before: PartChain | undefined, number: number, segment: Uint8Array): number {
  const latest = before?.part.number ?? 0;
  const place = latest + ((number - latest) & 0x0f);
  if (before === undefined || before.settled === undefined) return place;
  return comesAgain(before, place, segment) ? place : number;
}

function handOver(apdu: Cursor): void {
  const layer = apdu.peek() === 0xe6 && apdu.peek(2) === 0 ? "llc" : "apdu";
  apdu.dissection.handOver(apdu, layer);
}

function decodeUserData(body: Cursor, information: number): void {
  const name = controlInformation[information] ?? `CI 0x${hex(information)}`;
  const start = body.offset;
  body.octets(F.userData, body.remaining);
  body.report(D["user-data"], start, body.end, name);
}

/** Bytes from the start of the longest frame known to the next one. */
const longestDamage = 280;

/**
 * Whether an M-Bus frame stands at `at`: its length in bytes, 0 where more bytes are needed to say
 * so, -1 where it cannot be one. L fields that ran over 255 are understood where the checksum
 * agrees. Behind a whole header (both L fields, a known C field) the frame may be damaged: it
 * reaches to the next header then, or to the end where the bytes have `ended`.
 */
export function probeMbus(bytes: Uint8Array, at: number, ended: boolean): number {
  const left = bytes.length - at;
  if (bytes[at] === acknowledgement) return 1;
  if (bytes[at] === shortStart) {
    if (left < 5) return 0;
    return isClosed(bytes, at + 1, at + 5) ? 5 : -1;
  }
  if (bytes[at] !== longStart) return -1;
  if (left > 2 && bytes[at + 1] !== bytes[at + 2]) return -1;
  if (left > 3 && bytes[at + 3] !== longStart) return -1;
  if (left < 5) return 0;
  const length = probeLong(bytes, at, ended);
  if (length > 0 || (length === 0 && !ended)) return length;
  return isHeader(bytes, at) ? damagedLength(bytes, at, ended) : -1;
}

/** The length of a long or control frame by its L field and its stop character. */
function probeLong(bytes: Uint8Array, at: number, ended: boolean): number {
  const length = bytes[at + 1] as number;
  const plain = length < 3 ? -1 : probeLength(bytes, at, length + 6);
  if (length >= highestOverflow || plain === 0) return plain;
  if (plain > 0 && isClosed(bytes, at + 4, at + plain)) return plain;
  const long = probeLength(bytes, at, length + 256 + 6);
  if (long > 0 && isClosed(bytes, at + 4, at + long)) return long;
  return long === 0 && !ended ? 0 : plain;
}

function damagedLength(bytes: Uint8Array, at: number, ended: boolean): number {
  const limit = Math.min(bytes.length, at + longestDamage);
  for (let i = at + 7; i < limit; i++) if (isHeader(bytes, i)) return i - at;
  if (bytes.length >= at + longestDamage) return -1;
  return ended ? bytes.length - at : 0;
}

function isHeader(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== longStart || bytes[at + 3] !== longStart) return false;
  return bytes[at + 1] === bytes[at + 2] && controlFields[bytes[at + 4] ?? 0] !== undefined;
}

/** `length` where a stop character ends that many bytes, 0 where they are not there yet, or -1. */
function probeLength(bytes: Uint8Array, at: number, length: number): number {
  if (bytes.length - at < length) return 0;
  return bytes[at + length - 1] === stop ? length : -1;
}

/** Whether the byte before the stop character is the sum of those from `from` on. */
function isClosed(bytes: Uint8Array, from: number, end: number): boolean {
  let sum = 0;
  for (let i = from; i < end - 2; i++) sum += bytes[i] as number;
  return bytes[end - 1] === stop && bytes[end - 2] === (sum & 0xff);
}
