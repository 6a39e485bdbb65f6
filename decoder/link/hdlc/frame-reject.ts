/** The information field of FRMR: which frame was refused, and why. */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { type HdlcControl, parseHdlcControl } from "./control.js";

const clause = "ISO/IEC 13239, FRMR information field; IEC 62056-46, 6.4.3";

const F = defineFields("hdlc.frmr", {
  "": { name: "Frame reject", type: "group", clause },
  rejectedControl: { name: "Rejected frame control field", base: "hex", clause },
  rejectedType: { name: "Rejected frame type", type: "string", clause },
  state: { name: "Sequence numbers of the rejecting station", base: "hex", clause },
  receiveSequence: { name: "Current N(R)", mask: 0xe0, clause },
  rejectedResponse: {
    name: "C/R",
    mask: 0x10,
    values: { 0: "a command was rejected", 1: "a response was rejected" },
    clause,
  },
  sendSequence: { name: "Current N(S)", mask: 0x0e, clause },
  reasons: { name: "Reasons", base: "hex", clause },
  w: { name: "W", mask: 0x01, meaning: "The control field is unknown here", clause },
  x: { name: "X", mask: 0x02, meaning: "An information field was not allowed there", clause },
  y: { name: "Y", mask: 0x04, meaning: "The information field was too long", clause },
  z: { name: "Z", mask: 0x08, meaning: "N(R) was not valid", clause },
});

const stateBits = [F.receiveSequence, F.rejectedResponse, F.sendSequence];
const reasonBits = [F.z, F.y, F.x, F.w];

/** What FRMR says. */
export interface HdlcFrameReject {
  readonly "rejected-control": HdlcControl;
  readonly "rejected-response": boolean;
  readonly "send-sequence": number;
  readonly "receive-sequence": number;
  /** Of W, X, Y and Z those that are set. */
  readonly reasons: readonly string[];
}

/** Bytes of the information field of FRMR with sequence numbers modulo 8. */
export const frameRejectLength = 3;

const reasonWords: readonly (readonly [number, string, string])[] = [
  [0x01, "W", "control field unknown"],
  [0x02, "X", "information field not allowed"],
  [0x04, "Y", "information field too long"],
  [0x08, "Z", "N(R) not valid"],
];

/** Reads the three bytes of the field. The caller has checked that they are there. */
export function decodeHdlcFrameReject(c: Cursor): HdlcFrameReject {
  c.open(F[""]);
  const rejected = parseHdlcControl(c.u8(F.rejectedControl));
  c.generated(F.rejectedType, c.offset - 1, c.offset, rejected.type);
  const state = c.u8Bits(F.state, stateBits);
  const reasons = c.u8Bits(F.reasons, reasonBits);
  const set = reasonWords.filter(([mask]) => (reasons & mask) !== 0);
  if (c.recording) c.note(set.map(([, , words]) => words).join("; ") || "none given");
  c.close();
  return {
    "rejected-control": rejected,
    "rejected-response": (state & 0x10) !== 0,
    "send-sequence": (state >> 1) & 7,
    "receive-sequence": state >> 5,
    reasons: set.map(([, letter]) => letter),
  };
}
