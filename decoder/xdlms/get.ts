/** The GET service: IEC 62056-5-3, GET-Request and GET-Response. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import {
  type AttributeDescriptor,
  decodeAttributeDescriptor,
  decodeSelectiveAccess,
  type SelectiveAccess,
} from "./attribute-descriptor.js";
import { decodeDataBlockG, type DataBlockG } from "./data-block.js";
import { type Data, decodeData } from "./data.js";
import { type DataAccessResult, decodeGetDataResult } from "./data-access-result.js";
import { decodeInvokeIdAndPriority, type InvokeIdAndPriority } from "./invoke-id.js";
import { decodeLength } from "./length.js";
import { unknownChoice } from "./choice.js";

interface AttributeWithSelection {
  readonly "cosem-attribute-descriptor": AttributeDescriptor;
  readonly "access-selection"?: SelectiveAccess;
}

export type GetDataResult = { readonly data: Data } | { readonly "data-access-result": DataAccessResult };

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
  | ({ readonly name: "get-response-with-list"; readonly result: readonly GetDataResult[] } & Invoked);

interface Invoked {
  readonly "invoke-id-and-priority": InvokeIdAndPriority;
}
