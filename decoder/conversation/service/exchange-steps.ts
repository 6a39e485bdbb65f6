/** The place of an APDU in a transfer of data blocks (GET, SET, ACTION, READ, WRITE). */
import type { ReadResult } from "../../xdlms/read.js";
import type { VariableAccess } from "../../xdlms/variable-access.js";
import type { ServiceApdu } from "./exchange-apdu.js";

export interface BlockStep {
  /** The block that it carries. */
  readonly sent: { readonly number: number; readonly last: boolean } | undefined;
  /** The block of the other side that it acknowledges. */
  readonly acknowledged: number | undefined;
  /** It goes on with what an earlier request has begun. */
  readonly continues: boolean;
  /** Of an answer: nothing follows it. */
  readonly final: boolean;
}

/** No blocks: a request that begins anew, an answer that says everything. */
export const wholeStep: BlockStep = {
  sent: undefined,
  acknowledged: undefined,
  continues: false,
  final: true,
};

/** Reads the block numbers of a request or an answer. */
export function stepOf(apdu: ServiceApdu): BlockStep {
  switch (apdu.name) {
    case "get-request-next":
    case "action-request-next-pblock":
      return acknowledge(apdu["block-number"], true, false);
    case "set-request-with-first-datablock":
    case "set-request-with-list-and-first-datablock":
      return send(apdu.datablock, false);
    case "set-request-with-datablock":
      return send(apdu.datablock, true);
    case "action-request-with-first-pblock":
    case "action-request-with-list-and-first-pblock":
      return send(apdu.pblock, false);
    case "action-request-with-pblock":
      return send(apdu.pblock, true);
    case "get-response-with-datablock": {
      const step = send(apdu.result, false);
      return "data-access-result" in apdu.result.result ? { ...step, final: true } : step;
    }
    case "action-response-with-pblock":
      return send(apdu.pblock, false);
    case "set-response-datablock":
    case "action-response-next-pblock":
      return acknowledge(apdu["block-number"], false, false);
    case "set-response-last-datablock":
    case "set-response-last-datablock-with-list":
      return acknowledge(apdu["block-number"], false, true);
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

function send(block: NumberedBlock, continues: boolean): BlockStep {
  const last = block["last-block"];
  const sent = { number: block["block-number"], last };
  return { sent, acknowledged: undefined, continues, final: last };
}

function acknowledge(acknowledged: number, continues: boolean, final: boolean): BlockStep {
  return { sent: undefined, acknowledged, continues, final };
}

/** Blocks of the services with short names stand alone in their lists. */
function stepOfAccess(list: readonly VariableAccess[]): BlockStep {
  const only = list.length === 1 ? list[0] : undefined;
  if (only === undefined) return wholeStep;
  if ("block-number-access" in only) {
    return acknowledge(only["block-number-access"]["block-number"], true, false);
  }
  const block =
    "read-data-block-access" in only
      ? only["read-data-block-access"]
      : "write-data-block-access" in only
        ? only["write-data-block-access"]
        : undefined;
  if (block === undefined) return wholeStep;
  return send(block, block["block-number"] > 1);
}

type ResultOfList = ReadResult | { readonly success: null };

function stepOfResult(list: readonly ResultOfList[]): BlockStep {
  const only = list.length === 1 ? list[0] : undefined;
  if (only === undefined) return wholeStep;
  if ("data-block-result" in only) return send(only["data-block-result"], false);
  return "block-number" in only ? acknowledge(only["block-number"], false, false) : wholeStep;
}
