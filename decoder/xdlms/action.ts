/** The ACTION service: Action-Request and Action-Response. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { type ActionResult, decodeActionResult } from "./action-result.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import {
  changesSecret,
  decodeMethodDescriptor,
  type MethodDescriptor,
} from "./attribute-descriptor.js";
import { decodeLastPresence, decodePresence, presence } from "./boolean.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import { decodeGetDataResult, type GetDataResult } from "./data-access-result.js";
import {
  type DataBlock,
  decodeBlockNumber,
  decodeDataBlockSA,
  type Transfer,
} from "./data-block.js";
import { decodeHiddenData, decodeValues } from "./hidden-data.js";
import { decodeInvokeIdAndPriority, type InvokeIdAndPriority } from "./invoke-id.js";
import { decodeList } from "./list.js";

interface Invoked {
  readonly "invoke-id-and-priority": InvokeIdAndPriority;
}

export type ActionRequest =
  | ({
      readonly name: "action-request-normal";
      readonly "cosem-method-descriptor": MethodDescriptor;
      readonly "method-invocation-parameters"?: Data;
    } & Invoked)
  | ({ readonly name: "action-request-next-pblock"; readonly "block-number": number } & Invoked)
  | ({
      readonly name: "action-request-with-list";
      readonly "cosem-method-descriptor-list": readonly MethodDescriptor[];
      readonly "method-invocation-parameters": readonly Data[];
    } & Invoked)
  | ({
      readonly name: "action-request-with-first-pblock";
      readonly "cosem-method-descriptor": MethodDescriptor;
      readonly pblock: DataBlock;
    } & Invoked)
  | ({
      readonly name: "action-request-with-list-and-first-pblock";
      readonly "cosem-method-descriptor-list": readonly MethodDescriptor[];
      readonly pblock: DataBlock;
    } & Invoked)
  | ({ readonly name: "action-request-with-pblock"; readonly pblock: DataBlock } & Invoked);

/** Action-Response-With-Optional-Data. */
export interface ActionResponseWithOptionalData {
  readonly result: ActionResult;
  readonly "return-parameters"?: GetDataResult;
}

export type ActionResponse =
  | ({
      readonly name: "action-response-normal";
      readonly "single-response": ActionResponseWithOptionalData;
    } & Invoked)
  | ({ readonly name: "action-response-with-pblock"; readonly pblock: DataBlock } & Invoked)
  | ({
      readonly name: "action-response-with-list";
      readonly "list-of-responses": readonly ActionResponseWithOptionalData[];
    } & Invoked)
  | ({ readonly name: "action-response-next-pblock"; readonly "block-number": number } & Invoked);

const requestClause = "IEC 62056-5-3, Action-Request";
const responseClause = "IEC 62056-5-3, Action-Response";

const requestNames = {
  1: "action-request-normal",
  2: "action-request-next-pblock",
  3: "action-request-with-list",
  4: "action-request-with-first-pblock",
  5: "action-request-with-list-and-first-pblock",
  6: "action-request-with-pblock",
} as const;

const responseNames = {
  1: "action-response-normal",
  2: "action-response-with-pblock",
  3: "action-response-with-list",
  4: "action-response-next-pblock",
} as const;

const R = defineFields("xdlms.action-request", {
  "": { name: "Action-Request", type: "group", clause: requestClause },
  choice: { name: "Choice", values: requestNames, clause: requestClause },
  "parameters.presence": {
    name: "Method-Invocation-Parameters are",
    values: presence,
    clause: requestClause,
  },
  methodDescriptorList: {
    name: "Cosem-Method-Descriptor-List",
    type: "group",
    clause: requestClause,
  },
  parameters: { name: "Method-Invocation-Parameters", type: "group", clause: requestClause },
});

const A = defineFields("xdlms.action-response", {
  "": { name: "Action-Response", type: "group", clause: responseClause },
  choice: { name: "Choice", values: responseNames, clause: responseClause },
  "returnParameters.presence": {
    name: "Return-Parameters are",
    values: presence,
    clause: responseClause,
  },
  list: { name: "List-Of-Responses", type: "group", clause: responseClause },
  response: { name: "Response", type: "group", clause: responseClause },
});

export const actionApdus: readonly ApduDefinition[] = [
  { tag: 0xc3, name: "action-request", field: R[""], decode: decodeActionRequest },
  { tag: 0xc7, name: "action-response", field: A[""], decode: decodeActionResponse },
];

export function decodeActionRequest(c: Cursor): ActionRequest {
  decodeTag(c);
  const choice = c.u8(R.choice);
  if (!isRequest(choice)) return unknownChoice(c, choice, "Action-Request");
  c.dissection.nameLayer(requestNames[choice]);
  const invoked = { "invoke-id-and-priority": decodeInvokeIdAndPriority(c) };
  switch (choice) {
    case 1:
      return decodeRequestNormal(c, invoked);
    case 2:
      return { name: requestNames[choice], ...invoked, "block-number": decodeBlockNumber(c, 4) };
    case 3: {
      const list = decodeMethodList(c);
      const parameters = decodeValues(c, R.parameters, list.map(changesSecret));
      return {
        name: requestNames[choice],
        ...invoked,
        "cosem-method-descriptor-list": list,
        "method-invocation-parameters": parameters,
      };
    }
    case 4: {
      const method = decodeMethodDescriptor(c);
      const transfer = transferOf("request", invoked, changesSecret(method));
      const pblock = decodeDataBlockSA(c, transfer);
      return { name: requestNames[choice], ...invoked, "cosem-method-descriptor": method, pblock };
    }
    case 5: {
      const list = decodeMethodList(c);
      const transfer = transferOf("request", invoked, list.some(changesSecret));
      const pblock = decodeDataBlockSA(c, transfer);
      return {
        name: requestNames[choice],
        ...invoked,
        "cosem-method-descriptor-list": list,
        pblock,
      };
    }
    case 6:
      return {
        name: requestNames[choice],
        ...invoked,
        pblock: decodeDataBlockSA(c, transferOf("request", invoked)),
      };
  }
}

export function decodeActionResponse(c: Cursor): ActionResponse {
  decodeTag(c);
  const choice = c.u8(A.choice);
  if (!isResponse(choice)) return unknownChoice(c, choice, "Action-Response");
  c.dissection.nameLayer(responseNames[choice]);
  const invoked = { "invoke-id-and-priority": decodeInvokeIdAndPriority(c) };
  switch (choice) {
    case 1:
      return { name: responseNames[choice], ...invoked, "single-response": decodeLastResponse(c) };
    case 2:
      return {
        name: responseNames[choice],
        ...invoked,
        pblock: decodeDataBlockSA(c, transferOf("response", invoked)),
      };
    case 3:
      return {
        name: responseNames[choice],
        ...invoked,
        "list-of-responses": decodeList(c, A.list, decodeListedResponse),
      };
    case 4:
      return { name: responseNames[choice], ...invoked, "block-number": decodeBlockNumber(c, 4) };
  }
}

function decodeRequestNormal(c: Cursor, invoked: Invoked): ActionRequest {
  const name = "action-request-normal";
  const method = decodeMethodDescriptor(c);
  if (!decodeLastPresence(c, R["parameters.presence"])) {
    return { name, ...invoked, "cosem-method-descriptor": method };
  }
  return {
    name,
    ...invoked,
    "cosem-method-descriptor": method,
    "method-invocation-parameters": changesSecret(method) ? decodeHiddenData(c) : decodeData(c),
  };
}

function decodeMethodList(c: Cursor): MethodDescriptor[] {
  return decodeList(c, R.methodDescriptorList, decodeMethodDescriptor);
}

function decodeListedResponse(c: Cursor): ActionResponseWithOptionalData {
  c.open(A.response);
  const result = decodeActionResult(c);
  const hasData = decodePresence(c, A["returnParameters.presence"]);
  const response = hasData ? { result, "return-parameters": decodeGetDataResult(c) } : { result };
  c.close();
  return response;
}

function decodeLastResponse(c: Cursor): ActionResponseWithOptionalData {
  const result = decodeActionResult(c);
  const hasData = decodeLastPresence(c, A["returnParameters.presence"]);
  return hasData ? { result, "return-parameters": decodeGetDataResult(c) } : { result };
}

function isRequest(choice: number): choice is keyof typeof requestNames {
  return choice in requestNames;
}

function isResponse(choice: number): choice is keyof typeof responseNames {
  return choice in responseNames;
}

function transferOf(sender: Transfer["sender"], invoked: Invoked, hidden?: boolean): Transfer {
  const { "invoke-id": invokeId } = invoked["invoke-id-and-priority"];
  return { service: "action", sender, invokeId, hidden };
}
