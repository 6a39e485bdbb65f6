/** The control field of HDLC: the type of a frame, and its sequence numbers. */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";

const clause = "IEC 62056-46, 6.4.3 Command and response frames";

const F = defineFields("hdlc", {
  control: { name: "Control field", base: "hex", clause },
  "control.type": { name: "Frame type", type: "string", clause },
  "control.receiveSequence": {
    name: "N(R)",
    mask: 0xe0,
    clause,
    meaning: "Number of the information frame that the sender expects next; those before arrived",
  },
  "control.pollFinal": {
    name: "P/F",
    mask: 0x10,
    clause,
    meaning: "Poll in a command: answer now. Final in a response: the last one of this answer",
  },
  "control.sendSequence": {
    name: "N(S)",
    mask: 0x0e,
    clause,
    meaning: "Number of this information frame, modulo 8",
  },
});

const D = defineDiagnostics("hdlc", {
  control: {
    severity: "warning",
    group: "protocol",
    message: "DLMS uses no frame of this type",
    clause,
    check: "Wrong baud rate or parity, or another protocol on the line",
  },
});

const informationBits = [
  F["control.receiveSequence"],
  F["control.pollFinal"],
  F["control.sendSequence"],
];
const supervisoryBits = [F["control.receiveSequence"], F["control.pollFinal"]];
const unnumberedBits = [F["control.pollFinal"]];

/** What a control field says. */
export interface HdlcControl {
  /** `I`, `RR`, `RNR`, `SNRM`, `DISC`, `UA`, `DM`, `FRMR`, `UI`; others of HDLC; or `unknown`. */
  readonly type: string;
  readonly "poll-final": boolean;
  readonly "send-sequence"?: number;
  readonly "receive-sequence"?: number;
}

const pollFinal = 0x10;

/** Frame types by the control field without its P/F bit and sequence numbers (ISO/IEC 13239). */
const supervisoryTypes = new Map([
  [0x01, "RR"],
  [0x05, "RNR"],
  [0x09, "REJ"],
  [0x0d, "SREJ"],
]);
const unnumberedTypes = new Map([
  [0x03, "UI"],
  [0x0f, "DM"],
  [0x43, "DISC"],
  [0x63, "UA"],
  [0x83, "SNRM"],
  [0x87, "FRMR"],
  [0x23, "UP"],
  [0x2f, "SABM"],
  [0x6f, "SABME"],
  [0x8f, "RSET"],
  [0xaf, "XID"],
  [0xcf, "SNRME"],
  [0xe3, "TEST"],
]);

/** The types that IEC 62056-46 uses, in words. */
const usedTypes = new Map([
  ["I", "information"],
  ["RR", "receive ready"],
  ["RNR", "receive not ready"],
  ["SNRM", "set normal response mode"],
  ["DISC", "disconnect"],
  ["UA", "unnumbered acknowledge"],
  ["DM", "disconnected mode"],
  ["FRMR", "frame reject"],
  ["UI", "unnumbered information"],
]);

/** What a control field says, the sequence numbers where its type has them. */
export function parseHdlcControl(byte: number): HdlcControl {
  const flag = (byte & pollFinal) !== 0;
  if ((byte & 0x01) === 0) {
    return {
      type: "I",
      "poll-final": flag,
      "send-sequence": (byte >> 1) & 7,
      "receive-sequence": byte >> 5,
    };
  }
  const supervisory = supervisoryTypes.get(byte & 0x0f);
  if (supervisory !== undefined) {
    return { type: supervisory, "poll-final": flag, "receive-sequence": byte >> 5 };
  }
  return { type: unnumberedTypes.get(byte & ~pollFinal) ?? "unknown", "poll-final": flag };
}

/** Whether IEC 62056-46 has frames with this control field. */
export function isHdlcControl(byte: number): boolean {
  return (byte & 0x01) === 0 || usedTypes.has(parseHdlcControl(byte).type);
}

/** Reads a control field. A type that DLMS does not use is reported. */
export function decodeHdlcControl(c: Cursor): HdlcControl {
  const start = c.offset;
  const byte = c.bytes[start] ?? 0;
  const control = parseHdlcControl(byte);
  c.u8Bits(F.control, bitsOf(control));
  const words = usedTypes.get(control.type);
  if (c.recording) c.note(words === undefined ? control.type : `${control.type}, ${words}`);
  c.generated(F["control.type"], start, c.offset, control.type);
  if (words === undefined) c.report(D.control, start, c.offset, control.type);
  return control;
}

function bitsOf(control: HdlcControl) {
  if (control["send-sequence"] !== undefined) return informationBits;
  return control["receive-sequence"] === undefined ? unnumberedBits : supervisoryBits;
}
