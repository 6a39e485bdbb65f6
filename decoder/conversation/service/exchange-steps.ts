/** The place of an APDU in a transfer of data blocks (GET, SET, ACTION, READ, WRITE). */
import type { ReadResult } from "../../xdlms/read.js";
import type { VariableAccess } from "../../xdlms/variable-access.js";
import type { ServiceApdu } from "./exchange-apdu.js";

export interface BlockStep {
  /** The block that it carries. */
  readonly sent?: { readonly number: number; readonly last: boolean };
  /** The block of the other side that it acknowledges. */
  readonly acknowledged?: number;
  /** It goes on with what an earlier request has begun. */
  readonly continues: boolean;
  /** Of an answer: nothing follows it. */
  readonly final: boolean;
}

/** No blocks: a request that begins anew, an answer that says everything. */
export const wholeStep: BlockStep = { continues: false, final: true };

/** Reads the block numbers of a request or an answer. */
export function stepOf(apdu: ServiceApdu): BlockStep {
  switch (apdu.name) {
    case "get-request-next":
    case "action-request-next-pblock":
      return { acknowledged: apdu["block-number"], continues: true, final: false };
    case "set-request-with-first-datablock":
    case "set-request-with-list-and-first-datablock":
      return { ...send(apdu.datablock), continues: false };
    case "set-request-with-datablock":
      return { ...send(apdu.datablock), continues: true };
    case "action-request-with-first-pblock":
    case "action-request-with-list-and-first-pblock":
      return { ...send(apdu.pblock), continues: false };
    case "action-request-with-pblock":
      return { ...send(apdu.pblock), continues: true };
    case "get-response-with-datablock": {
      const step = send(apdu.result);
      return "data-access-result" in apdu.result.result ? { ...step, final: true } : step;
    }
    case "action-response-with-pblock":
      return send(apdu.pblock);
    case "set-response-datablock":
    case "action-response-next-pblock":
      return { acknowledged: apdu["block-number"], continues: false, final: false };
    case "set-response-last-datablock":
    case "set-response-last-datablock-with-list":
      return { acknowledged: apdu["block-number"], continues: false, final: true };
    case "read-request":
    case "write-request":
      return stepOfAccess(apdu["variable-access-specification"]);
    case "read-response":
    case "write-response":
      return stepOfResult(apdu.result);
    default:
      return wholeStep;
  }
}

interface NumberedBlock {
  readonly "last-block": boolean;
  readonly "block-number": number;
}

function send(block: NumberedBlock): BlockStep {
  const last = block["last-block"];
  return { sent: { number: block["block-number"], last }, continues: false, final: last };
}

/** Blocks of the services with short names stand alone in their lists. */
function stepOfAccess(list: readonly VariableAccess[]): BlockStep {
  const only = list.length === 1 ? list[0] : undefined;
  if (only === undefined) return wholeStep;
  if ("block-number-access" in only) {
    const acknowledged = only["block-number-access"]["block-number"];
    return { acknowledged, continues: true, final: false };
  }
  const block =
    "read-data-block-access" in only
      ? only["read-data-block-access"]
      : "write-data-block-access" in only
        ? only["write-data-block-access"]
        : undefined;
  if (block === undefined) return wholeStep;
  return { ...send(block), continues: block["block-number"] > 1 };
}

type ResultOfList = ReadResult | { readonly success: null };

function stepOfResult(list: readonly ResultOfList[]): BlockStep {
  const only = list.length === 1 ? list[0] : undefined;
  if (only === undefined) return wholeStep;
  if ("data-block-result" in only) return send(only["data-block-result"]);
  if ("block-number" in only) {
    return { acknowledged: only["block-number"], continues: false, final: false };
  }
  return wholeStep;
}
