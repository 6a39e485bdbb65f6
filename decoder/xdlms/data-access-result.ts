import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import { decodeEnumerated, type Reserved } from "./enumerated.js";

/** Data-Access-Result of IEC 62056-5-3. */
const dataAccessResults = {
  0: "success",
  1: "hardware-fault",
  2: "temporary-failure",
  3: "read-write-denied",
  4: "object-undefined",
  9: "object-class-inconsistent",
  11: "object-unavailable",
  12: "type-unmatched",
  13: "scope-of-access-violated",
  14: "data-block-unavailable",
  15: "long-get-aborted",
  16: "no-long-get-in-progress",
  17: "long-set-aborted",
  18: "no-long-set-in-progress",
  19: "data-block-number-invalid",
  250: "other-reason",
} as const;

export type DataAccessResult =
  | (typeof dataAccessResults)[keyof typeof dataAccessResults]
  | Reserved;

/** Get-Data-Result: a value, or why there is none. */
export type GetDataResult =
  | { readonly data: Data }
  | { readonly "data-access-result": DataAccessResult };

const clause = "IEC 62056-5-3, Data-Access-Result";

const F = defineFields("xdlms", {
  dataAccessResult: { name: "Data-Access-Result", values: dataAccessResults, clause },
  getDataResult: { name: "Get-Data-Result", type: "group", clause },
  "getDataResult.choice": {
    name: "Choice",
    values: { 0: "data", 1: "data-access-result" },
    clause,
  },
});

/** A Data-Access-Result. What was refused, the conversation knows and reports. */
export function decodeDataAccessResult(c: Cursor): DataAccessResult {
  return decodeEnumerated(c, F.dataAccessResult, dataAccessResults);
}

/** A Get-Data-Result under a node of its own. */
export function decodeGetDataResult(c: Cursor): GetDataResult {
  c.open(F.getDataResult);
  const result = decodeAlternative(c);
  c.close();
  return result;
}

function decodeAlternative(c: Cursor): GetDataResult {
  const choice = c.u8(F["getDataResult.choice"]);
  if (choice === 0) return { data: decodeData(c) };
  if (choice === 1) return { "data-access-result": decodeDataAccessResult(c) };
  return unknownChoice(c, choice, "Get-Data-Result");
}
