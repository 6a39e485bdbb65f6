/** The READ service, with short names: ReadRequest and ReadResponse. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import { type DataAccessResult, decodeDataAccessResult } from "./data-access-result.js";
import { type DataBlock, decodeBlockNumber, decodeShortNameDataBlock } from "./data-block.js";
import { decodeList } from "./list.js";
import { decodeVariableAccess, type VariableAccess } from "./variable-access.js";

export interface ReadRequest {
  readonly name: "read-request";
  readonly "variable-access-specification": readonly VariableAccess[];
}

export type ReadResult =
  | { readonly data: Data }
  | { readonly "data-access-error": DataAccessResult }
  | { readonly "data-block-result": DataBlock }
  | { readonly "block-number": number };

export interface ReadResponse {
  readonly name: "read-response";
  readonly result: readonly ReadResult[];
}

const requestClause = "IEC 62056-5-3, ReadRequest";
const responseClause = "IEC 62056-5-3, ReadResponse";

const R = defineFields("xdlms.read-request", {
  "": { name: "ReadRequest", type: "group", clause: requestClause },
  list: { name: "List of variables", type: "group", clause: requestClause },
});

const A = defineFields("xdlms.read-response", {
  "": { name: "ReadResponse", type: "group", clause: responseClause },
  list: { name: "List of results", type: "group", clause: responseClause },
  result: { name: "Result", type: "group", clause: responseClause },
  choice: {
    name: "Choice",
    values: { 0: "data", 1: "data-access-error", 2: "data-block-result", 3: "block-number" },
    clause: responseClause,
  },
});

export const readApdus: readonly ApduDefinition[] = [
  { tag: 0x05, name: "read-request", field: R[""], decode: decodeReadRequest },
  { tag: 0x0c, name: "read-response", field: A[""], decode: decodeReadResponse },
];

export function decodeReadRequest(c: Cursor): ReadRequest {
  decodeTag(c);
  const list = decodeList(c, R.list, decodeVariableAccess);
  return { name: "read-request", "variable-access-specification": list };
}

export function decodeReadResponse(c: Cursor): ReadResponse {
  decodeTag(c);
  return { name: "read-response", result: decodeList(c, A.list, decodeResult) };
}

function decodeResult(c: Cursor): ReadResult {
  c.open(A.result);
  const result = decodeAlternative(c);
  c.close();
  return result;
}

function decodeAlternative(c: Cursor): ReadResult {
  const choice = c.u8(A.choice);
  switch (choice) {
    case 0:
      return { data: decodeData(c) };
    case 1:
      return { "data-access-error": decodeDataAccessResult(c) };
    case 2:
      return {
        "data-block-result": decodeShortNameDataBlock(c, { service: "read", sender: "response" }),
      };
    case 3:
      return { "block-number": decodeBlockNumber(c, 2) };
    default:
      return unknownChoice(c, choice, "ReadResponse");
  }
}
