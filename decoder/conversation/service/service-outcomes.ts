/** What an answer says of each thing that was asked for. */
import type { AccessResponseSpecification } from "../../xdlms/access-specification.js";
import type { ActionResponseWithOptionalData } from "../../xdlms/action.js";
import type { BlockContents } from "../../xdlms/block-contents.js";
import type { GetDataResult } from "../../xdlms/data-access-result.js";
import type { ReadResult } from "../../xdlms/read.js";
import type { ServiceApdu } from "./exchange-apdu.js";

export interface Outcomes {
  /** `success` or the word of the Data-Access-Result or Action-Result, in the order of the request. */
  readonly results: readonly string[];
  /** Whether the answer has one result for each element of a list. */
  readonly isList: boolean;
}

const noOutcomes: Outcomes = { results: [], isList: false };
const success: Outcomes = { results: ["success"], isList: false };

/** The results in an answer; none in one that is a part, or that only acknowledges a block. */
export function outcomesOf(apdu: ServiceApdu): Outcomes {
  switch (apdu.name) {
    case "get-response-normal":
      return single(outcomeOfData(apdu.result));
    case "get-response-with-list":
      return list(apdu.result.map(outcomeOfData));
    case "get-response-with-datablock": {
      const { result } = apdu.result;
      if ("data-access-result" in result) return single(result["data-access-result"]);
      return outcomesOfContents(result.contents);
    }
    case "set-response-normal":
    case "set-response-last-datablock":
      return single(apdu.result);
    case "set-response-with-list":
    case "set-response-last-datablock-with-list":
      return list(apdu.result);
    case "action-response-normal":
      return single(outcomeOfAction(apdu["single-response"]));
    case "action-response-with-pblock":
      return outcomesOfContents(apdu.pblock.contents);
    case "action-response-with-list":
      return list(apdu["list-of-responses"].map(outcomeOfAction));
    case "read-response": {
      const only = apdu.result.length === 1 ? apdu.result[0] : undefined;
      if (only !== undefined && "data-block-result" in only) {
        return outcomesOfContents(only["data-block-result"].contents);
      }
      return outcomesOfNames(apdu.result);
    }
    case "write-response":
      return outcomesOfNames(apdu.result);
    case "access-response":
      return list(apdu["access-response-body"]["access-response-specification"].map(outcomeOfStep));
    default:
      return noOutcomes;
  }
}

/** Whether the answer carries out nothing of what was asked. */
export function isRefusal(apdu: ServiceApdu): boolean {
  const { results } = outcomesOf(apdu);
  return results.length > 0 && !results.includes("success");
}

function single(result: string): Outcomes {
  return result === "success" ? success : { results: [result], isList: false };
}

function list(results: readonly string[]): Outcomes {
  return { results, isList: true };
}

function outcomeOfData(result: GetDataResult): string {
  return "data" in result ? "success" : result["data-access-result"];
}

/** A method may be carried out and its answer be refused all the same. */
function outcomeOfAction(response: ActionResponseWithOptionalData): string {
  const returned = response["return-parameters"];
  if (response.result !== "success" || returned === undefined) return response.result;
  return outcomeOfData(returned);
}

function outcomeOfStep(step: AccessResponseSpecification): string {
  if ("access-response-get" in step) return step["access-response-get"].result;
  if ("access-response-set" in step) return step["access-response-set"].result;
  return step["access-response-action"].result;
}

function outcomesOfContents(contents: BlockContents | undefined): Outcomes {
  if (contents === undefined) return noOutcomes;
  if ("data" in contents) return success;
  return "result" in contents ? list(contents.result.map(outcomeOfData)) : noOutcomes;
}

function outcomesOfNames(results: readonly (ReadResult | { readonly success: null })[]): Outcomes {
  if (results.some((result) => "block-number" in result || "data-block-result" in result)) {
    return noOutcomes;
  }
  return list(
    results.map((result) =>
      "data-access-error" in result ? result["data-access-error"] : "success",
    ),
  );
}
