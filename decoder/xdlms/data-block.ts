import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { addPart } from "../core/reassemble.js";
import { type BlockContents, type BlockTransfer, decodeBlockContents } from "./block-contents.js";
import { decodeBoolean } from "./boolean.js";
import { unknownChoice } from "./choice.js";
import { type DataAccessResult, decodeDataAccessResult } from "./data-access-result.js";
import { decodeLength } from "./length.js";

/** What a block carries; `contents` where it completes the transfer: those of all blocks together. */
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
  // Numbers start with 1; those who start with 0 mean the first block, too.
  const begins = blockNumber <= 1;
  if (lastBlock && begins && length > 0) {
    const rawData = c.bytes.subarray(start, start + length);
    const inner = c.take(length);
    const contents = decodeBlockContents(inner, transfer.sender);
    if (contents !== undefined) return { "raw-data": rawData, contents };
    inner.octets(F.rawData, length);
    c.report(D["block-contents"], start, c.offset);
    return { "raw-data": rawData };
  }
  const rawData = c.octets(F.rawData, length);
  const first = begins ? blockNumber : 1;
  const message = `${transfer.service}-${transfer.sender} ${transfer.invokeId ?? ""}`;
  const part = { message, number: blockNumber, first, last: lastBlock, begins };
  const whole = addPart(c, start, c.offset, part);
  if (whole === undefined) return { "raw-data": rawData };
  const contents = decodeBlockContents(whole, transfer.sender);
  if (contents !== undefined) return { "raw-data": rawData, contents };
  c.dissection.recorder.leaf(F.rawData, whole.source, 0, whole.end, whole.bytes);
  c.report(D["block-contents"], start, c.offset);
  return { "raw-data": rawData };
}
