/** The values of an answer, each with what it was asked for. */
import type { ActionResponse } from "../../xdlms/action.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { BlockContents } from "../../xdlms/block-contents.js";
import type { Data } from "../../xdlms/data.js";
import type { GetDataResult } from "../../xdlms/data-access-result.js";
import type { GetResponse } from "../../xdlms/get.js";
import type { ReadResponse, ReadResult } from "../../xdlms/read.js";
import type { ObjectReference } from "./object-reference.js";

export interface AnsweredValue {
  readonly object: ObjectReference;
  readonly value: Data;
}

type Response = ReadResponse | GetResponse | ActionResponse;

/**
 * The values in a read-response, get-response or action-response, paired with the objects of the
 * request in their order; of a transfer in blocks, those of the block that completes it. Empty where
 * the numbers differ, and for other APDUs. What was refused is left out.
 */
export function pairValues(
  apdu: Apdu,
  objects: readonly ObjectReference[],
): readonly AnsweredValue[] {
  const values = valuesOf(apdu);
  if (values.length !== objects.length) return [];
  return objects.flatMap((object, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ object, value }];
  });
}

/** One element for each thing that was asked for; undefined where there is no value. */
function valuesOf(apdu: Apdu): readonly (Data | undefined)[] {
  // Any other name ends in `default`; an APDU that was not read to its end has but its name.
  const response = apdu as Response;
  switch (response.name) {
    case "read-response":
      return "result" in response ? valuesOfRead(response.result) : [];
    case "get-response-normal":
      return "result" in response ? [resultValue(response.result)] : [];
    case "get-response-with-list":
      return "result" in response ? response.result.map(resultValue) : [];
    case "get-response-with-datablock":
      return "result" in response && "raw-data" in response.result.result
        ? valuesOfBlocks(response.result.result.contents)
        : [];
    case "action-response-normal": {
      const single = "single-response" in response ? response["single-response"] : undefined;
      const returned = single?.["return-parameters"];
      return returned === undefined ? [] : [resultValue(returned)];
    }
    default:
      return [];
  }
}

function valuesOfRead(results: readonly ReadResult[]): readonly (Data | undefined)[] {
  const [first] = results;
  if (results.length === 1 && first !== undefined && "data-block-result" in first) {
    return valuesOfBlocks(first["data-block-result"].contents);
  }
  return results.map((result) => ("data" in result ? result.data : undefined));
}

function valuesOfBlocks(contents: BlockContents | undefined): readonly (Data | undefined)[] {
  if (contents === undefined) return [];
  if ("data" in contents) return [contents.data];
  return "result" in contents ? contents.result.map(resultValue) : contents["value-list"];
}

function resultValue(result: GetDataResult): Data | undefined {
  return "data" in result ? result.data : undefined;
}
