/** The WRITE services, with short names: WriteRequest, WriteResponse, UnconfirmedWriteRequest. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import { type DataAccessResult, decodeDataAccessResult } from "./data-access-result.js";
import { decodeBlockNumber } from "./data-block.js";
import { decodeList } from "./list.js";
import { decodeVariableAccess, type VariableAccess } from "./variable-access.js";

export interface WriteRequest {
  readonly name: "write-request" | "unconfirmed-write-request";
  readonly "variable-access-specification": readonly VariableAccess[];
  readonly "list-of-data": readonly Data[];
}

export type WriteResult =
  | { readonly success: null }
  | { readonly "data-access-error": DataAccessResult }
  | { readonly "block-number": number };

export interface WriteResponse {
  readonly name: "write-response";
  readonly result: readonly WriteResult[];
}

const requestClause = "IEC 62056-5-3, WriteRequest";
const unconfirmedClause = "IEC 62056-5-3, UnconfirmedWriteRequest";
const responseClause = "IEC 62056-5-3, WriteResponse";

const R = defineFields("xdlms.write-request", {
  "": { name: "WriteRequest", type: "group", clause: requestClause },
  list: { name: "List of variables", type: "group", clause: requestClause },
  listOfData: { name: "List-Of-Data", type: "group", clause: requestClause },
});

const U = defineFields("xdlms.unconfirmed-write-request", {
  "": { name: "UnconfirmedWriteRequest", type: "group", clause: unconfirmedClause },
});

const A = defineFields("xdlms.write-response", {
  "": { name: "WriteResponse", type: "group", clause: responseClause },
  list: { name: "List of results", type: "group", clause: responseClause },
  choice: {
    name: "Choice",
    values: { 0: "success", 1: "data-access-error", 2: "block-number" },
    clause: responseClause,
  },
});

export const writeApdus: readonly ApduDefinition[] = [
  { tag: 0x06, name: "write-request", field: R[""], decode: decodeWriteRequest },
  {
    tag: 0x16,
    name: "unconfirmed-write-request",
    field: U[""],
    decode: decodeUnconfirmedWriteRequest,
  },
  { tag: 0x0d, name: "write-response", field: A[""], decode: decodeWriteResponse },
];

export function decodeWriteRequest(c: Cursor): WriteRequest {
  return decodeRequest(c, "write-request");
}

export function decodeUnconfirmedWriteRequest(c: Cursor): WriteRequest {
  return decodeRequest(c, "unconfirmed-write-request");
}

export function decodeWriteResponse(c: Cursor): WriteResponse {
  decodeTag(c);
  return { name: "write-response", result: decodeList(c, A.list, decodeResult) };
}

function decodeRequest(c: Cursor, name: WriteRequest["name"]): WriteRequest {
  decodeTag(c);
  return {
    name,
    "variable-access-specification": decodeList(c, R.list, decodeVariableAccess),
    "list-of-data": decodeList(c, R.listOfData, decodeData),
  };
}

function decodeResult(c: Cursor): WriteResult {
  const choice = c.u8(A.choice);
  switch (choice) {
    case 0:
      return { success: null };
    case 1:
      return { "data-access-error": decodeDataAccessResult(c) };
    case 2:
      return { "block-number": decodeBlockNumber(c, 2) };
    default:
      return unknownChoice(c, choice, "WriteResponse");
  }
}
