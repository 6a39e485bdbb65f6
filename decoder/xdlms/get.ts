/** The GET service: Get-Request and Get-Response. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import {
  type AttributeWithSelection,
  decodeAttributeWithSelection,
  decodeLastAttributeWithSelection,
} from "./attribute-descriptor.js";
import { unknownChoice } from "./choice.js";
import { decodeGetDataResult, type GetDataResult } from "./data-access-result.js";
import { type DataBlockG, decodeBlockNumber, decodeDataBlockG } from "./data-block.js";
import { decodeInvokeIdAndPriority, type InvokeIdAndPriority } from "./invoke-id.js";
import { decodeList } from "./list.js";

interface Invoked {
  readonly "invoke-id-and-priority": InvokeIdAndPriority;
}

export type GetRequest =
  | ({ readonly name: "get-request-normal" } & Invoked & AttributeWithSelection)
  | ({ readonly name: "get-request-next"; readonly "block-number": number } & Invoked)
  | ({
      readonly name: "get-request-with-list";
      readonly "attribute-descriptor-list": readonly AttributeWithSelection[];
    } & Invoked);

export type GetResponse =
  | ({ readonly name: "get-response-normal"; readonly result: GetDataResult } & Invoked)
  | ({ readonly name: "get-response-with-datablock"; readonly result: DataBlockG } & Invoked)
  | ({
      readonly name: "get-response-with-list";
      readonly result: readonly GetDataResult[];
    } & Invoked);

const requestClause = "IEC 62056-5-3, Get-Request";
const responseClause = "IEC 62056-5-3, Get-Response";

const R = defineFields("xdlms.get-request", {
  "": { name: "Get-Request", type: "group", clause: requestClause },
  choice: {
    name: "Choice",
    values: { 1: "get-request-normal", 2: "get-request-next", 3: "get-request-with-list" },
    clause: requestClause,
  },
  attributeDescriptorList: {
    name: "Attribute-Descriptor-List",
    type: "group",
    clause: requestClause,
  },
});

const A = defineFields("xdlms.get-response", {
  "": { name: "Get-Response", type: "group", clause: responseClause },
  choice: {
    name: "Choice",
    values: {
      1: "get-response-normal",
      2: "get-response-with-datablock",
      3: "get-response-with-list",
    },
    clause: responseClause,
  },
  list: { name: "List of results", type: "group", clause: responseClause },
});

export const getApdus: readonly ApduDefinition[] = [
  { tag: 0xc0, name: "get-request", field: R[""], decode: decodeGetRequest },
  { tag: 0xc4, name: "get-response", field: A[""], decode: decodeGetResponse },
];

export function decodeGetRequest(c: Cursor): GetRequest {
  decodeTag(c);
  const choice = c.u8(R.choice);
  switch (choice) {
    case 1: {
      c.dissection.nameLayer("get-request-normal");
      const invokeId = decodeInvokeIdAndPriority(c);
      const attribute = decodeLastAttributeWithSelection(c);
      const descriptor = attribute["cosem-attribute-descriptor"];
      const selection = attribute["access-selection"];
      const request = {
        name: "get-request-normal",
        "invoke-id-and-priority": invokeId,
        "cosem-attribute-descriptor": descriptor,
      } as const;
      return selection === undefined ? request : { ...request, "access-selection": selection };
    }
    case 2:
      c.dissection.nameLayer("get-request-next");
      return {
        name: "get-request-next",
        "invoke-id-and-priority": decodeInvokeIdAndPriority(c),
        "block-number": decodeBlockNumber(c, 4),
      };
    case 3:
      c.dissection.nameLayer("get-request-with-list");
      return {
        name: "get-request-with-list",
        "invoke-id-and-priority": decodeInvokeIdAndPriority(c),
        "attribute-descriptor-list": decodeList(
          c,
          R.attributeDescriptorList,
          decodeAttributeWithSelection,
        ),
      };
    default:
      return unknownChoice(c, choice, "Get-Request");
  }
}

export function decodeGetResponse(c: Cursor): GetResponse {
  decodeTag(c);
  const choice = c.u8(A.choice);
  switch (choice) {
    case 1:
      c.dissection.nameLayer("get-response-normal");
      return {
        name: "get-response-normal",
        "invoke-id-and-priority": decodeInvokeIdAndPriority(c),
        result: decodeGetDataResult(c),
      };
    case 2: {
      c.dissection.nameLayer("get-response-with-datablock");
      const invokeId = decodeInvokeIdAndPriority(c);
      const transfer = {
        service: "get",
        sender: "response",
        invokeId: invokeId["invoke-id"],
      } as const;
      return {
        name: "get-response-with-datablock",
        "invoke-id-and-priority": invokeId,
        result: decodeDataBlockG(c, transfer),
      };
    }
    case 3:
      c.dissection.nameLayer("get-response-with-list");
      return {
        name: "get-response-with-list",
        "invoke-id-and-priority": decodeInvokeIdAndPriority(c),
        result: decodeList(c, A.list, decodeGetDataResult),
      };
    default:
      return unknownChoice(c, choice, "Get-Response");
  }
}
