/** The SET service: Set-Request and Set-Response. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import {
  type AttributeWithSelection,
  decodeAttributeWithSelection,
  namesSecret,
} from "./attribute-descriptor.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import { type DataAccessResult, decodeDataAccessResult } from "./data-access-result.js";
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

export type SetRequest =
  | ({ readonly name: "set-request-normal"; readonly value: Data } & Invoked &
      AttributeWithSelection)
  | ({
      readonly name: "set-request-with-first-datablock";
      readonly datablock: DataBlock;
    } & Invoked &
      AttributeWithSelection)
  | ({ readonly name: "set-request-with-datablock"; readonly datablock: DataBlock } & Invoked)
  | ({
      readonly name: "set-request-with-list";
      readonly "attribute-descriptor-list": readonly AttributeWithSelection[];
      readonly "value-list": readonly Data[];
    } & Invoked)
  | ({
      readonly name: "set-request-with-list-and-first-datablock";
      readonly "attribute-descriptor-list": readonly AttributeWithSelection[];
      readonly datablock: DataBlock;
    } & Invoked);

export type SetResponse =
  | ({ readonly name: "set-response-normal"; readonly result: DataAccessResult } & Invoked)
  | ({ readonly name: "set-response-datablock"; readonly "block-number": number } & Invoked)
  | ({
      readonly name: "set-response-last-datablock";
      readonly result: DataAccessResult;
      readonly "block-number": number;
    } & Invoked)
  | ({
      readonly name: "set-response-last-datablock-with-list";
      readonly result: readonly DataAccessResult[];
      readonly "block-number": number;
    } & Invoked)
  | ({
      readonly name: "set-response-with-list";
      readonly result: readonly DataAccessResult[];
    } & Invoked);

const requestClause = "IEC 62056-5-3, Set-Request";
const responseClause = "IEC 62056-5-3, Set-Response";

const requestNames = {
  1: "set-request-normal",
  2: "set-request-with-first-datablock",
  3: "set-request-with-datablock",
  4: "set-request-with-list",
  5: "set-request-with-list-and-first-datablock",
} as const;

const responseNames = {
  1: "set-response-normal",
  2: "set-response-datablock",
  3: "set-response-last-datablock",
  4: "set-response-last-datablock-with-list",
  5: "set-response-with-list",
} as const;

const R = defineFields("xdlms.set-request", {
  "": { name: "Set-Request", type: "group", clause: requestClause },
  choice: { name: "Choice", values: requestNames, clause: requestClause },
  attributeDescriptorList: {
    name: "Attribute-Descriptor-List",
    type: "group",
    clause: requestClause,
  },
  valueList: { name: "Value-List", type: "group", clause: requestClause },
});

const A = defineFields("xdlms.set-response", {
  "": { name: "Set-Response", type: "group", clause: responseClause },
  choice: { name: "Choice", values: responseNames, clause: responseClause },
  list: { name: "List of results", type: "group", clause: responseClause },
});

export const setApdus: readonly ApduDefinition[] = [
  { tag: 0xc1, name: "set-request", field: R[""], decode: decodeSetRequest },
  { tag: 0xc5, name: "set-response", field: A[""], decode: decodeSetResponse },
];

export function decodeSetRequest(c: Cursor): SetRequest {
  decodeTag(c);
  const choice = c.u8(R.choice);
  if (!isRequest(choice)) return unknownChoice(c, choice, "Set-Request");
  c.dissection.nameLayer(requestNames[choice]);
  const invoked = { "invoke-id-and-priority": decodeInvokeIdAndPriority(c) };
  switch (choice) {
    case 1: {
      const attribute = decodeAttributeWithSelection(c);
      const value = namesSecret(attribute) ? decodeHiddenData(c) : decodeData(c);
      return { name: requestNames[choice], ...invoked, ...attribute, value };
    }
    case 2: {
      const attribute = decodeAttributeWithSelection(c);
      const transfer = transferOf(invoked, namesSecret(attribute));
      const datablock = decodeDataBlockSA(c, transfer);
      return { name: requestNames[choice], ...invoked, ...attribute, datablock };
    }
    case 3:
      return {
        name: requestNames[choice],
        ...invoked,
        datablock: decodeDataBlockSA(c, transferOf(invoked)),
      };
    case 4: {
      const list = decodeAttributeList(c);
      const values = decodeValues(c, R.valueList, list.map(namesSecret));
      return {
        name: requestNames[choice],
        ...invoked,
        "attribute-descriptor-list": list,
        "value-list": values,
      };
    }
    case 5: {
      const list = decodeAttributeList(c);
      const datablock = decodeDataBlockSA(c, transferOf(invoked, list.some(namesSecret)));
      return {
        name: requestNames[choice],
        ...invoked,
        "attribute-descriptor-list": list,
        datablock,
      };
    }
  }
}

export function decodeSetResponse(c: Cursor): SetResponse {
  decodeTag(c);
  const choice = c.u8(A.choice);
  if (!isResponse(choice)) return unknownChoice(c, choice, "Set-Response");
  c.dissection.nameLayer(responseNames[choice]);
  const invoked = { "invoke-id-and-priority": decodeInvokeIdAndPriority(c) };
  switch (choice) {
    case 1:
      return { name: responseNames[choice], ...invoked, result: decodeDataAccessResult(c) };
    case 2:
      return { name: responseNames[choice], ...invoked, "block-number": decodeBlockNumber(c, 4) };
    case 3:
      return {
        name: responseNames[choice],
        ...invoked,
        result: decodeDataAccessResult(c),
        "block-number": decodeBlockNumber(c, 4),
      };
    case 4:
      return {
        name: responseNames[choice],
        ...invoked,
        result: decodeList(c, A.list, decodeDataAccessResult),
        "block-number": decodeBlockNumber(c, 4),
      };
    case 5:
      return {
        name: responseNames[choice],
        ...invoked,
        result: decodeList(c, A.list, decodeDataAccessResult),
      };
  }
}

function decodeAttributeList(c: Cursor): AttributeWithSelection[] {
  return decodeList(c, R.attributeDescriptorList, decodeAttributeWithSelection);
}

function isRequest(choice: number): choice is keyof typeof requestNames {
  return choice in requestNames;
}

function isResponse(choice: number): choice is keyof typeof responseNames {
  return choice in responseNames;
}

function transferOf(invoked: Invoked, hidden?: boolean): Transfer {
  const { "invoke-id": invokeId } = invoked["invoke-id-and-priority"];
  return { service: "set", sender: "request", invokeId, hidden };
}
