/** General-Block-Transfer: any APDU, in blocks. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { addPart, beginsMessage, type PartDescription } from "../core/reassemble.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { apduTags, decodeTag, isApduTag } from "./apdu-tags.js";
import { decodeLength } from "./length.js";

export interface GeneralBlockTransfer {
  readonly name: "general-block-transfer";
  readonly "block-control": {
    readonly "last-block": boolean;
    readonly streaming: boolean;
    /** Blocks that the sender can receive in one go. */
    readonly window: number;
  };
  readonly "block-number": number;
  /** The last block that the sender has received without a gap. */
  readonly "block-number-ack": number;
  readonly "block-data": Uint8Array;
}

const clause = "IEC 62056-5-3, General-Block-Transfer";

const F = defineFields("xdlms.general-block-transfer", {
  "": { name: "General-Block-Transfer", type: "group", clause },
  blockControl: { name: "Block-Control", base: "hex", clause },
  "blockControl.lastBlock": {
    name: "Last block",
    mask: 0x80,
    values: { 0: "not the last", 1: "last" },
    clause,
  },
  "blockControl.streaming": {
    name: "Streaming",
    mask: 0x40,
    values: { 0: "not active", 1: "active" },
    clause,
  },
  "blockControl.window": { name: "Window", mask: 0x3f, clause },
  blockNumber: { name: "Block-Number", clause },
  blockNumberAck: { name: "Block-Number-Ack", clause },
  "blockData.length": { name: "Length of Block-Data", clause },
  blockData: { name: "Block-Data", type: "bytes", clause },
});

const controlBits = [
  F["blockControl.lastBlock"],
  F["blockControl.streaming"],
  F["blockControl.window"],
];

export const generalBlockTransferApdus: readonly ApduDefinition[] = [
  {
    tag: 0xe0,
    name: "general-block-transfer",
    field: F[""],
    decode: decodeGeneralBlockTransfer,
  },
];

/** One block, kept for the conversation. The APDU that it completes is handed over. */
export function decodeGeneralBlockTransfer(c: Cursor): GeneralBlockTransfer {
  decodeTag(c);
  const control = c.u8Bits(F.blockControl, controlBits);
  const lastBlock = (control & 0x80) !== 0;
  const blockNumber = c.u16(F.blockNumber);
  const blockNumberAck = c.u16(F.blockNumberAck);
  const length = decodeLength(c, F["blockData.length"]);
  c.need(length);
  const blockData = c.bytes.subarray(c.offset, c.offset + length);
  if (length > 0) {
    const message = `general-block-transfer ${c.dissection.context.direction}`;
    const begins = beginsMessage(c, message, blockNumber, length);
    if (lastBlock && begins) c.dissection.handOver(c.take(length), "apdu");
    else decodePart(c, length, { message, number: blockNumber, last: lastBlock, begins });
  }
  const block: GeneralBlockTransfer = {
    name: "general-block-transfer",
    "block-control": {
      "last-block": lastBlock,
      streaming: (control & 0x40) !== 0,
      window: control & 0x3f,
    },
    "block-number": blockNumber,
    "block-number-ack": blockNumberAck,
    "block-data": blockData,
  };
  c.dissection.generalBlock = block;
  return block;
}

function decodePart(c: Cursor, length: number, part: Omit<PartDescription, "first">): void {
  const start = c.offset;
  const first = c.peek();
  c.octets(F.blockData, length);
  if (c.recording && part.begins && first !== undefined && isApduTag(first)) {
    c.note(`a ${apduTags[first as keyof typeof apduTags]} begins here`);
  }
  const whole = addPart(c, start, c.offset, {
    ...part,
    first: Math.min(part.number, 1),
    recovers: true,
  });
  if (whole !== undefined) c.dissection.handOver(whole, "apdu");
}
