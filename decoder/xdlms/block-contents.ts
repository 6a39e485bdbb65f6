/**
 * What the blocks of a long transfer carry when they are put together: the part of the APDU that
 * was too long, in A-XDR.
 */
import { type Cursor, DecodeError } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { type Data, decodeData } from "./data.js";
import { decodeGetDataResult, type GetDataResult } from "./data-access-result.js";
import { createTrial, decodeHiddenData } from "./hidden-data.js";
import { decodeList } from "./list.js";

/** One value, the values of a list, or the results of a list. */
export type BlockContents =
  | { readonly data: Data }
  | { readonly "value-list": readonly Data[] }
  | { readonly result: readonly GetDataResult[] };

/** Who sent the blocks: in answers, a list holds results, and in requests, values. */
export type BlockTransfer = "request" | "response";

const clause = "IEC 62056-5-3, Block transfer";

const F = defineFields("xdlms", {
  blockContents: { name: "Contents of the blocks", type: "group", clause },
  blockList: { name: "List in the blocks", type: "group", clause },
});

/**
 * Reads everything to the cursor's end as the contents of a complete transfer. Nothing in the
 * blocks says whether one value or a list was asked for, so the reading that uses every byte is
 * taken. Undefined, and nothing read, where none does. `hidden`: the values are a secret.
 */
export function decodeBlockContents(
  c: Cursor,
  transfer: BlockTransfer,
  hidden: boolean,
): BlockContents | undefined {
  const decode = fits(c, decodeSingleValue)
    ? decodeSingleValue
    : transfer === "request"
      ? decodeValueList
      : decodeResultList;
  if (decode !== decodeSingleValue && !fits(c, decode)) return undefined;
  c.open(F.blockContents);
  const contents = hidden ? decodeHidden(c, decode) : decode(c);
  c.close();
  return contents;
}

function decodeSingleValue(c: Cursor): BlockContents {
  return { data: decodeData(c) };
}

function decodeValueList(c: Cursor): BlockContents {
  return { "value-list": decodeList(c, F.blockList, decodeData) };
}

/** Secrets are written, and not among results. */
function decodeHidden(c: Cursor, decode: (c: Cursor) => BlockContents): BlockContents {
  return decode === decodeSingleValue
    ? { data: decodeHiddenData(c) }
    : { "value-list": decodeList(c, F.blockList, decodeHiddenData) };
}

function decodeResultList(c: Cursor): BlockContents {
  return { result: decodeList(c, F.blockList, decodeGetDataResult) };
}

/** Whether `decode` reads the bytes to the last one; a trial of which nothing is kept. */
function fits(c: Cursor, decode: (c: Cursor) => BlockContents): boolean {
  const trial = createTrial(c);
  try {
    decode(trial);
  } catch (error) {
    // Not a layer that fails, but an answer: these bytes are something else.
    if (error instanceof DecodeError) return false;
    throw error;
  }
  return trial.remaining === 0;
}
