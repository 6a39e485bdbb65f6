import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { countHidden, hideBytes } from "../core/hidden-bytes.js";
import { extendChain, settleChain } from "../core/parts.js";
import { addPart, beginsMessage } from "../core/reassemble.js";
import { type BlockContents, type BlockTransfer, decodeBlockContents } from "./block-contents.js";
import { decodeBoolean } from "./boolean.js";
import { unknownChoice } from "./choice.js";
import { type DataAccessResult, decodeDataAccessResult } from "./data-access-result.js";
import { decodeLength } from "./length.js";

/**
 * What a block carries; `contents` where it completes the transfer: those of all blocks together.
 * Raw data of a transfer that carries a secret are zeros, as many as there were bytes.
 */
interface RawData {
  readonly "raw-data": Uint8Array;
  readonly contents?: BlockContents;
}

/** DataBlock-G, of the GET response. */
export interface DataBlockG {
  readonly "last-block": boolean;
  readonly "block-number": number;
  readonly result: RawData | { readonly "data-access-result": DataAccessResult };
}

/** DataBlock-SA, of the SET and ACTION services, and the blocks of the READ and WRITE services. */
export interface DataBlock extends RawData {
  readonly "last-block": boolean;
  readonly "block-number": number;
}

const clause = "IEC 62056-5-3, DataBlock-G and DataBlock-SA";

const F = defineFields("xdlms", {
  dataBlock: { name: "Data block", type: "group", clause },
  lastBlock: { name: "Last-Block", type: "boolean", clause },
  blockNumber: { name: "Block-Number", clause },
  "dataBlock.choice": {
    name: "Choice",
    values: { 0: "raw-data", 1: "data-access-result" },
    clause,
  },
  rawData: { name: "Raw-Data", type: "bytes", clause },
  "rawData.length": { name: "Length of Raw-Data", clause },
});

const D = defineDiagnostics("xdlms", {
  "block-contents": {
    severity: "note",
    group: "undecoded",
    message: "The blocks hold neither one value nor a list of values",
    clause,
  },
});

/**
 * What a block belongs to: in requests a list in the blocks holds values, in answers results; the
 * invoke-id keeps the transfers of a conversation apart (with short names there is none).
 */
export interface Transfer {
  readonly service: "get" | "set" | "action" | "read" | "write";
  readonly sender: BlockTransfer;
  readonly invokeId?: number;
  /**
   * Whether a secret is in the blocks. Left out in further blocks: what they belong to was named
   * with the first one.
   */
  readonly hidden?: boolean | undefined;
}

export function decodeDataBlockG(c: Cursor, transfer: Transfer): DataBlockG {
  c.open(F.dataBlock);
  const lastBlock = decodeBoolean(c, F.lastBlock);
  const blockNumber = c.u32(F.blockNumber);
  const choice = c.u8(F["dataBlock.choice"]);
  if (choice > 1) unknownChoice(c, choice, "DataBlock-G");
  const block = {
    "last-block": lastBlock,
    "block-number": blockNumber,
    result:
      choice === 0
        ? decodeRawData(c, lastBlock, blockNumber, transfer)
        : { "data-access-result": decodeDataAccessResult(c) },
  };
  c.close();
  return block;
}

export function decodeDataBlockSA(c: Cursor, transfer: Transfer): DataBlock {
  return decodeDataBlock(c, transfer, 4);
}

/** A block of the READ and WRITE services: block numbers have 2 bytes there. */
export function decodeShortNameDataBlock(c: Cursor, transfer: Transfer): DataBlock {
  return decodeDataBlock(c, transfer, 2);
}

/** Block-Number as a component of its own. */
export function decodeBlockNumber(c: Cursor, length: 2 | 4): number {
  return c.unsigned(F.blockNumber, length);
}

/** Last-Block as a component of its own. */
export function decodeLastBlock(c: Cursor): boolean {
  return decodeBoolean(c, F.lastBlock);
}

function decodeDataBlock(c: Cursor, transfer: Transfer, numberLength: 2 | 4): DataBlock {
  c.open(F.dataBlock);
  const lastBlock = decodeLastBlock(c);
  const blockNumber = decodeBlockNumber(c, numberLength);
  const raw = decodeRawData(c, lastBlock, blockNumber, transfer);
  c.close();
  return { "last-block": lastBlock, "block-number": blockNumber, ...raw };
}

function decodeRawData(
  c: Cursor,
  lastBlock: boolean,
  blockNumber: number,
  transfer: Transfer,
): RawData {
  const length = decodeLength(c, F["rawData.length"]);
  const start = c.offset;
  c.need(length);
  const { message, hidden } = placeOf(c, transfer);
  const begins = beginsMessage(c, message, blockNumber, length);
  if (lastBlock && begins && length > 0) {
    const inner = c.take(length);
    const rawData = hidden ? new Uint8Array(length) : c.bytes.subarray(start, start + length);
    const contents = decodeBlockContents(inner, transfer.sender, hidden);
    if (contents !== undefined) return { "raw-data": rawData, contents };
    takeRawData(inner, length, hidden);
    c.report(D["block-contents"], start, c.offset);
    return { "raw-data": rawData };
  }
  const rawData = takeRawData(c, length, hidden);
  const first = begins ? blockNumber : 1;
  const part = { message, number: blockNumber, first, last: lastBlock, begins };
  const whole = addPart(c, start, c.offset, part);
  if (whole === undefined) return { "raw-data": rawData };
  const contents = decodeBlockContents(whole, transfer.sender, hidden);
  if (contents !== undefined) return { "raw-data": rawData, contents };
  takeRawData(whole, whole.remaining, hidden);
  c.report(D["block-contents"], start, c.offset);
  return { "raw-data": rawData };
}

function takeRawData(c: Cursor, length: number, hidden: boolean): Uint8Array {
  if (!hidden) return c.octets(F.rawData, length);
  const start = c.offset;
  c.leaf(F.rawData, length, undefined);
  if (c.recording) c.note(countHidden(length, "byte"));
  hideBytes(c, start, c.offset);
  return new Uint8Array(length);
}

/** The message that a block is a part of; one with a secret has a name of its own. */
function placeOf(c: Cursor, transfer: Transfer): { message: string; hidden: boolean } {
  const message = `${transfer.service}-${transfer.sender} ${transfer.invokeId ?? ""}`;
  if (transfer.hidden === false || transfer.sender === "response") {
    return { message, hidden: false };
  }
  if (transfer.hidden === true) markSecret(c, message);
  else if (c.dissection.context.pending.get(message)?.settled?.length !== 0) {
    return { message, hidden: false };
  }
  return { message: `${message}, a secret`, hidden: true };
}

/** Leaves word for further blocks, in the place of the message that they would be taken for. */
function markSecret(c: Cursor, message: string): void {
  const { dissection, source, offset } = c;
  const { number: frame } = dissection.context;
  const bytes = new Uint8Array(0);
  const part = { frame, source, offset, bytes, number: 0, sent: undefined, last: true };
  dissection.parts.push({ message, chain: settleChain(extendChain(undefined, part, 0), []) });
}
