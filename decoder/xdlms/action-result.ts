import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { decodeEnumerated, type Reserved } from "./enumerated.js";

/** Action-Result of IEC 62056-5-3. */
const actionResults = {
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
  15: "long-action-aborted",
  16: "no-long-action-in-progress",
  250: "other-reason",
} as const;

export type ActionResult = (typeof actionResults)[keyof typeof actionResults] | Reserved;

const clause = "IEC 62056-5-3, Action-Result";

const F = defineFields("xdlms", {
  actionResult: { name: "Action-Result", values: actionResults, clause },
});

/** An Action-Result. What was refused, the conversation knows and reports. */
export function decodeActionResult(c: Cursor): ActionResult {
  return decodeEnumerated(c, F.actionResult, actionResults);
}
