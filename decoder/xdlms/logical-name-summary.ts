/** The services with logical names in one line each: GET, SET, ACTION, ACCESS. */
import { labelItem } from "../cosem/item-label.js";
import type { AccessRequest, AccessResponse } from "./access.js";
import type {
  AccessRequestSpecification,
  AccessResponseSpecification,
} from "./access-specification.js";
import type { ActionRequest, ActionResponse, ActionResponseWithOptionalData } from "./action.js";
import type {
  AttributeDescriptor,
  AttributeWithSelection,
  MethodDescriptor,
} from "./attribute-descriptor.js";
import type { DataAccessResult, GetDataResult } from "./data-access-result.js";
import type { DataBlock, DataBlockG } from "./data-block.js";
import { summarizeBlock, summarizeContents } from "./data-block-summary.js";
import { summarizeData, summarizeList } from "./data-summary.js";
import type { GetRequest, GetResponse } from "./get.js";
import type { SetRequest, SetResponse } from "./set.js";

type Invoked = GetRequest | GetResponse | SetRequest | SetResponse | ActionRequest | ActionResponse;

/**
 * `GET 1-0:1.8.0*255 attribute 2 (Register.value), invoke 1`, and the like of SET and ACTION. `subject` is
 * what an answer is about.
 */
export function summarizeInvoked(apdu: Invoked, subject?: string): string {
  const about = subject === undefined ? "" : ` ${subject}:`;
  return `${summarizeService(apdu, about)}, invoke ${apdu["invoke-id-and-priority"]["invoke-id"]}`;
}

/** `ACCESS list of 4, first get 1-0:1.8.0*255 attribute 2 (Register.value), invoke 1`. */
export function summarizeAccess(apdu: AccessRequest | AccessResponse): string {
  const invoke = `invoke ${apdu["long-invoke-id-and-priority"]["long-invoke-id"]}`;
  if (apdu.name === "access-request") {
    const steps = apdu["access-request-body"]["access-request-specification"];
    return `ACCESS ${summarizeList(steps, summarizeStep)}, ${invoke}`;
  }
  const body = apdu["access-response-body"];
  const data = summarizeList(body["access-response-list-of-data"], summarizeData);
  const failed = body["access-response-specification"].filter(isFailure);
  const failures = failed.length === 0 ? "" : `, ${failed.length} failed`;
  return `ACCESS response ${data}${failures}, ${invoke}`;
}

/** `1-0:1.8.0*255 attribute 2 (Register.value)`. */
export function summarizeAttribute(attribute: AttributeDescriptor): string {
  const { "class-id": classId, "attribute-id": id } = attribute;
  return labelItem(attribute["instance-id"], classId, "attribute", id);
}

function summarizeMethod(method: MethodDescriptor): string {
  const { "class-id": classId, "method-id": id } = method;
  return labelItem(method["instance-id"], classId, "method", id);
}

function summarizeService(apdu: Invoked, about: string): string {
  switch (apdu.name) {
    case "get-request-normal":
      return `GET ${summarizeSelected(apdu)}`;
    case "get-request-next":
      return `GET next block after ${apdu["block-number"]}`;
    case "get-request-with-list":
      return `GET ${summarizeList(apdu["attribute-descriptor-list"], summarizeSelected)}`;
    case "get-response-normal":
      return `GET response${about} ${summarizeGetDataResult(apdu.result)}`;
    case "get-response-with-datablock":
      return `GET response${about} ${summarizeDataBlockG(apdu.result)}`;
    case "get-response-with-list":
      return `GET response${about} ${summarizeList(apdu.result, summarizeGetDataResult)}`;
    case "set-request-normal":
      return `SET ${summarizeSelected(apdu)} to ${summarizeData(apdu.value)}`;
    case "set-request-with-first-datablock":
      return `SET ${summarizeSelected(apdu)} ${summarizeDataBlock(apdu.datablock)}`;
    case "set-request-with-datablock":
      return `SET ${summarizeDataBlock(apdu.datablock)}`;
    case "set-request-with-list":
      return `SET ${summarizeList(apdu["attribute-descriptor-list"], summarizeSelected)}`;
    case "set-request-with-list-and-first-datablock": {
      const list = summarizeList(apdu["attribute-descriptor-list"], summarizeSelected);
      return `SET ${list}, ${summarizeDataBlock(apdu.datablock)}`;
    }
    case "set-response-normal":
      return `SET response${about} ${apdu.result}`;
    case "set-response-datablock":
      return `SET response, block ${apdu["block-number"]} received`;
    case "set-response-last-datablock":
      return `SET response${about} ${apdu.result}, block ${apdu["block-number"]} received (last)`;
    case "set-response-last-datablock-with-list": {
      const list = summarizeList(apdu.result, summarizeResult);
      return `SET response${about} ${list}, block ${apdu["block-number"]} received (last)`;
    }
    case "set-response-with-list":
      return `SET response${about} ${summarizeList(apdu.result, summarizeResult)}`;
    default:
      return summarizeAction(apdu, about);
  }
}

function summarizeAction(apdu: ActionRequest | ActionResponse, about: string): string {
  switch (apdu.name) {
    case "action-request-normal": {
      const parameters = apdu["method-invocation-parameters"];
      const data = parameters === undefined ? "" : ` with ${summarizeData(parameters)}`;
      return `ACTION ${summarizeMethod(apdu["cosem-method-descriptor"])}${data}`;
    }
    case "action-request-next-pblock":
      return `ACTION next block after ${apdu["block-number"]}`;
    case "action-request-with-list":
      return `ACTION ${summarizeList(apdu["cosem-method-descriptor-list"], summarizeMethod)}`;
    case "action-request-with-first-pblock": {
      const method = summarizeMethod(apdu["cosem-method-descriptor"]);
      return `ACTION ${method} ${summarizeDataBlock(apdu.pblock)}`;
    }
    case "action-request-with-list-and-first-pblock": {
      const list = summarizeList(apdu["cosem-method-descriptor-list"], summarizeMethod);
      return `ACTION ${list}, ${summarizeDataBlock(apdu.pblock)}`;
    }
    case "action-request-with-pblock":
      return `ACTION ${summarizeDataBlock(apdu.pblock)}`;
    case "action-response-normal":
      return `ACTION response${about} ${summarizeResponse(apdu["single-response"])}`;
    case "action-response-with-pblock":
      return `ACTION response${about} ${summarizeDataBlock(apdu.pblock)}`;
    case "action-response-with-list":
      return `ACTION response${about} ${summarizeList(apdu["list-of-responses"], summarizeResponse)}`;
    case "action-response-next-pblock":
      return `ACTION response, block ${apdu["block-number"]} received`;
  }
}

function summarizeSelected(attribute: AttributeWithSelection): string {
  const text = summarizeAttribute(attribute["cosem-attribute-descriptor"]);
  const selection = attribute["access-selection"];
  return selection === undefined ? text : `${text} selector ${selection["access-selector"]}`;
}

function summarizeGetDataResult(result: GetDataResult): string {
  return "data" in result ? summarizeData(result.data) : result["data-access-result"];
}

function summarizeResult(result: DataAccessResult): string {
  return result;
}

function summarizeResponse(response: ActionResponseWithOptionalData): string {
  const data = response["return-parameters"];
  return data === undefined
    ? response.result
    : `${response.result}, ${summarizeGetDataResult(data)}`;
}

function summarizeDataBlockG(block: DataBlockG): string {
  const { result } = block;
  if ("data-access-result" in result) return result["data-access-result"];
  return summarizeContents(result.contents) ?? summarizeBlock({ ...block, ...result });
}

function summarizeDataBlock(block: DataBlock): string {
  return summarizeContents(block.contents) ?? summarizeBlock(block);
}

function summarizeStep(step: AccessRequestSpecification): string {
  if ("access-request-get" in step) {
    return `get ${summarizeSelected(step["access-request-get"])}`;
  }
  if ("access-request-set" in step) {
    return `set ${summarizeSelected(step["access-request-set"])}`;
  }
  if ("access-request-action" in step) {
    return `action ${summarizeMethod(step["access-request-action"]["cosem-method-descriptor"])}`;
  }
  if ("access-request-get-with-selection" in step) {
    return `get ${summarizeSelected(step["access-request-get-with-selection"])}`;
  }
  return `set ${summarizeSelected(step["access-request-set-with-selection"])}`;
}

function isFailure(step: AccessResponseSpecification): boolean {
  if ("access-response-get" in step) return step["access-response-get"].result !== "success";
  if ("access-response-set" in step) return step["access-response-set"].result !== "success";
  return step["access-response-action"].result !== "success";
}
