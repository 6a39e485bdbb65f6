/** Messages of IEC 62056-21, direct local data exchange: the ASCII modes, and the way into mode E. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { markUndecoded, readLayer } from "../core/layer.js";
import { type DataSet, decodeDataLine, toCharacters } from "./data-line.js";
import { baudRates, commands, optionModes } from "./iec-62056-21-codes.js";
import { ack, computeBlockCheck, isBlockEnd, nak, slash, soh, stx } from "./iec-62056-21-probe.js";
import { hasEvenParity } from "./seven-bit.js";

const clause = "IEC 62056-21, Message definitions";

const F = defineFields("iec-62056-21", {
  "": { name: "IEC 62056-21", type: "group", clause },
  start: { name: "Start", type: "string", clause },
  deviceAddress: { name: "Device address", type: "string", clause },
  manufacturer: { name: "Manufacturer", type: "string", clause },
  baudRate: { name: "Baud rate identification", type: "string", clause },
  enhanced: {
    name: "Enhanced identification",
    type: "string",
    clause,
    meaning: "A backslash and 2 offers HDLC (mode E)",
  },
  identification: { name: "Identification", type: "string", clause },
  protocolControl: {
    name: "Protocol control character",
    type: "string",
    clause,
    meaning: "0 normal, 1 secondary, 2 HDLC protocol procedure",
  },
  mode: { name: "Mode control character", type: "string", clause },
  control: { name: "Control character", base: "hex", clause },
  command: { name: "Command", type: "string", clause },
  line: { name: "Data line", type: "group", clause },
  address: { name: "Address", type: "string", clause },
  value: { name: "Value", type: "string", clause },
  text: { name: "Text", type: "string" },
  lineEnd: { name: "Line end", type: "string", clause },
  end: { name: "End of the data block", type: "string", clause },
  blockCheck: {
    name: "Block check character",
    base: "hex",
    meaning: "Every bit makes its column even, from behind the first SOH or STX to ETX or EOT",
    clause,
  },
});

const D = defineDiagnostics("iec-62056-21", {
  start: {
    severity: "error",
    group: "malformed",
    message: "No message begins with this character",
    clause,
    check: "Wrong baud rate or parity, or another protocol",
  },
  incomplete: {
    severity: "error",
    group: "incomplete",
    message: "The message is cut off",
    clause,
    check: "Is the log cut off, or were bytes lost?",
  },
  "bcc-mismatch": {
    severity: "error",
    group: "checksum",
    message: "The block check character is wrong",
    clause,
    check: "Characters were damaged or lost on the line",
  },
  parity: {
    severity: "note",
    group: "capture",
    message: "The characters carry a parity bit, which was taken off",
    clause: "IEC 62056-21, Character format",
    check: "Set the receiver to 7E1, or expect this where HDLC follows with 8N1",
  },
  "not-acknowledged": {
    severity: "note",
    group: "result",
    message: "The receiver asks for the message again",
    clause,
  },
});

/** The values of one message. */
export type Iec6205621 =
  | { readonly message: "request"; readonly "device-address": string }
  | {
      readonly message: "identification";
      readonly manufacturer: string;
      readonly "baud-rate": number | null;
      readonly identification: string;
      readonly hdlc: boolean;
    }
  | { readonly message: "acknowledgement" | "not-acknowledged" }
  | {
      readonly message: "option-select";
      readonly "protocol-control": string;
      readonly "baud-rate": number | null;
      readonly mode: string;
    }
  | {
      readonly message: "command";
      readonly command: string;
      readonly "data-sets": readonly DataSet[];
      readonly "bcc-ok": boolean;
    }
  | {
      readonly message: "data";
      readonly "data-sets": readonly DataSet[];
      readonly "bcc-ok": boolean;
    };

/** Reads one message as a layer; nothing is handed over. */
export function readIec6205621(c: Cursor): void {
  readLayer(c, "iec-62056-21", F[""], (cursor) => {
    const message = decodeMessage(cursor);
    if (message !== undefined) cursor.dissection.link["iec-62056-21"] = message;
  });
}

function decodeMessage(c: Cursor): Iec6205621 | undefined {
  const first = c.peek();
  if (first === undefined) return c.fail(D.incomplete, c.offset, c.end);
  const parity = carriesParity(c.bytes, c.offset, c.end);
  if (parity) c.report(D.parity, c.offset, c.end);
  switch (first & 0x7f) {
    case slash:
      return (c.peek(1) ?? 0) === 0x3f ? decodeRequest(c, parity) : decodeIdentification(c, parity);
    case ack:
      return c.remaining === 1 ? decodeSingle(c) : decodeOptionSelect(c, parity);
    case nak:
      return decodeSingle(c);
    case soh:
      return decodeCommand(c, parity);
    case stx:
      return decodeDataBlock(c, parity);
    default:
      return c.fail(D.start, c.offset, c.offset + 1);
  }
}

function decodeSingle(c: Cursor): Iec6205621 {
  const acknowledged = c.u8(F.control) === ack;
  if (!acknowledged) c.report(D["not-acknowledged"], c.offset - 1, c.offset);
  if (c.recording) c.note(acknowledged ? "ACK" : "NAK");
  return { message: acknowledged ? "acknowledgement" : "not-acknowledged" };
}

/** `/?` device address `!` CR LF. */
function decodeRequest(c: Cursor, parity: boolean): Iec6205621 {
  const text = toCharacters(c.bytes, c.offset, c.end, parity);
  const end = text.indexOf("!");
  const address = text.slice(2, end < 0 ? text.length : end);
  c.leaf(F.start, 2, "/?");
  if (address !== "") c.leaf(F.deviceAddress, address.length, address.trimEnd());
  if (end >= 0) c.leaf(F.end, 1, "!");
  decodeLineEnd(c, parity);
  return { message: "request", "device-address": address.trimEnd() };
}

/** `/` three letters, baud rate, identification, CR LF. */
function decodeIdentification(c: Cursor, parity: boolean): Iec6205621 {
  const text = toCharacters(c.bytes, c.offset, c.end, parity);
  c.leaf(F.start, 1, "/");
  const manufacturer = text.slice(1, 4);
  c.leaf(F.manufacturer, 3, manufacturer);
  const baudRate = decodeBaudRate(c, parity);
  const line = /^[^\r\n]*/.exec(text.slice(5))?.[0] ?? "";
  const enhanced = /^(?:\\[^/!])+/.exec(line)?.[0] ?? "";
  const identification = line.slice(enhanced.length);
  if (enhanced !== "") c.leaf(F.enhanced, enhanced.length, enhanced);
  if (identification !== "") c.leaf(F.identification, identification.length, identification);
  decodeLineEnd(c, parity);
  const hdlc = enhanced.includes("\\2");
  return { message: "identification", manufacturer, "baud-rate": baudRate, identification, hdlc };
}

/** ACK, protocol control, baud rate, mode, CR LF. */
function decodeOptionSelect(c: Cursor, parity: boolean): Iec6205621 {
  c.u8(F.control);
  const protocolControl = decodeCharacter(c, F.protocolControl, parity);
  const baudRate = decodeBaudRate(c, parity);
  const mode = decodeCharacter(c, F.mode, parity);
  if (c.recording) c.note(optionModes[mode] ?? "manufacturer-specific");
  decodeLineEnd(c, parity);
  return {
    message: "option-select",
    "protocol-control": protocolControl,
    "baud-rate": baudRate,
    mode,
  };
}

/** SOH, command, [STX, data,] ETX or EOT, BCC. */
function decodeCommand(c: Cursor, parity: boolean): Iec6205621 {
  const start = c.offset;
  c.u8(F.control);
  c.need(2);
  const command = toCharacters(c.bytes, c.offset, c.offset + 2, parity);
  c.leaf(F.command, 2, command);
  if (c.recording) c.note(commands[command] ?? "manufacturer-specific");
  if (((c.peek() ?? 0) & 0x7f) === stx) c.u8(F.control);
  const sets = decodeData(c, parity);
  const correct = decodeBlockCheck(c, start, parity);
  return { message: "command", command, "data-sets": sets, "bcc-ok": correct };
}

/** STX, data lines, [`!` CR LF,] ETX or EOT, BCC. */
function decodeDataBlock(c: Cursor, parity: boolean): Iec6205621 {
  const start = c.offset;
  c.u8(F.control);
  const sets = decodeData(c, parity);
  const correct = decodeBlockCheck(c, start, parity);
  return { message: "data", "data-sets": sets, "bcc-ok": correct };
}

function decodeData(c: Cursor, parity: boolean): DataSet[] {
  const sets: DataSet[] = [];
  let end = c.offset;
  while (end < c.end && !isBlockEnd(c.bytes[end] as number)) end += 1;
  const text = toCharacters(c.bytes, c.offset, end, parity);
  for (const [whole] of text.matchAll(/[^\r\n]*(?:\r?\n|\r|$)/g)) {
    if (whole === "") continue;
    const line = whole.replace(/[\r\n]+$/, "");
    c.open(F.line);
    if (line === "!") c.leaf(F.end, 1, line);
    else decodeDataLine(c, line, { address: F.address, value: F.value, text: F.text }, sets);
    const lineEnd = whole.slice(line.length);
    if (lineEnd !== "") c.leaf(F.lineEnd, lineEnd.length, lineEnd);
    c.close();
  }
  return sets;
}

/** ETX or EOT, and the BCC over everything behind the first character. */
function decodeBlockCheck(c: Cursor, start: number, parity: boolean): boolean {
  if (c.remaining < 2) c.report(D.incomplete, c.offset, c.end, "ETX or the block check is missing");
  if (c.remaining === 0) return false;
  c.u8(F.control);
  if (c.remaining === 0) return false;
  const expected = computeBlockCheck(c.bytes, start + 1, c.offset);
  const there = c.u8(F.blockCheck) & (parity ? 0x7f : 0xff);
  if (there === expected) return true;
  const detail = `0x${hex(there)} there, 0x${hex(expected)} computed`;
  c.report(D["bcc-mismatch"], c.offset - 1, c.offset, detail);
  if (c.recording) c.note(`wrong, expected 0x${hex(expected)}`);
  return false;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function decodeCharacter(c: Cursor, field: (typeof F)["mode"], parity: boolean): string {
  c.need(1);
  const character = toCharacters(c.bytes, c.offset, c.offset + 1, parity);
  c.leaf(field, 1, character);
  return character;
}

function decodeBaudRate(c: Cursor, parity: boolean): number | null {
  const rate = baudRates[decodeCharacter(c, F.baudRate, parity)] ?? null;
  if (c.recording) c.note(rate === null ? "not a rate of the standard" : `${rate} Bd`);
  return rate;
}

/** CR LF; line ends that stand there twice are taken along. */
function decodeLineEnd(c: Cursor, parity: boolean): void {
  const text = toCharacters(c.bytes, c.offset, c.end, parity);
  const lineEnd = /^[\r\n]*/.exec(text)?.[0] ?? "";
  if (!lineEnd.includes("\n")) c.report(D.incomplete, c.offset, c.end, "its line end is missing");
  if (lineEnd !== "") c.leaf(F.lineEnd, lineEnd.length, lineEnd);
  markUndecoded(c);
}

/** Bits 7 are set somewhere, and only so that every character has even parity. */
function carriesParity(bytes: Uint8Array, start: number, end: number): boolean {
  let set = false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x80) continue;
    if (!hasEvenParity(byte)) return false;
    set = true;
  }
  return set;
}
