/** What one step of the ACCESS service does, and what became of it. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { type ActionResult, decodeActionResult } from "./action-result.js";
import {
  type AttributeDescriptor,
  decodeAttributeDescriptor,
  decodeMethodDescriptor,
  decodeSelectiveAccess,
  type MethodDescriptor,
  type SelectiveAccess,
} from "./attribute-descriptor.js";
import { unknownChoice } from "./choice.js";
import { type DataAccessResult, decodeDataAccessResult } from "./data-access-result.js";

interface Attribute {
  readonly "cosem-attribute-descriptor": AttributeDescriptor;
}

interface SelectedAttribute extends Attribute {
  readonly "access-selection": SelectiveAccess;
}

export type AccessRequestSpecification =
  | { readonly "access-request-get": Attribute }
  | { readonly "access-request-set": Attribute }
  | { readonly "access-request-action": { readonly "cosem-method-descriptor": MethodDescriptor } }
  | { readonly "access-request-get-with-selection": SelectedAttribute }
  | { readonly "access-request-set-with-selection": SelectedAttribute };

export type AccessResponseSpecification =
  | { readonly "access-response-get": { readonly result: DataAccessResult } }
  | { readonly "access-response-set": { readonly result: DataAccessResult } }
  | { readonly "access-response-action": { readonly result: ActionResult } };

const requestClause = "IEC 62056-5-3, Access-Request-Specification";
const responseClause = "IEC 62056-5-3, Access-Response-Specification";

const F = defineFields("xdlms.access", {
  request: { name: "Access-Request-Specification", type: "group", clause: requestClause },
  "request.choice": {
    name: "Choice",
    values: {
      1: "access-request-get",
      2: "access-request-set",
      3: "access-request-action",
      4: "access-request-get-with-selection",
      5: "access-request-set-with-selection",
    },
    clause: requestClause,
  },
  response: { name: "Access-Response-Specification", type: "group", clause: responseClause },
  "response.choice": {
    name: "Choice",
    values: { 1: "access-response-get", 2: "access-response-set", 3: "access-response-action" },
    clause: responseClause,
  },
});

export function decodeAccessRequestSpecification(c: Cursor): AccessRequestSpecification {
  c.open(F.request);
  const specification = decodeRequestAlternative(c);
  c.close();
  return specification;
}

export function decodeAccessResponseSpecification(c: Cursor): AccessResponseSpecification {
  c.open(F.response);
  const specification = decodeResponseAlternative(c);
  c.close();
  return specification;
}

function decodeRequestAlternative(c: Cursor): AccessRequestSpecification {
  const choice = c.u8(F["request.choice"]);
  switch (choice) {
    case 1:
      return { "access-request-get": decodeAttribute(c) };
    case 2:
      return { "access-request-set": decodeAttribute(c) };
    case 3:
      return {
        "access-request-action": { "cosem-method-descriptor": decodeMethodDescriptor(c) },
      };
    case 4:
      return { "access-request-get-with-selection": decodeSelectedAttribute(c) };
    case 5:
      return { "access-request-set-with-selection": decodeSelectedAttribute(c) };
    default:
      return unknownChoice(c, choice, "Access-Request-Specification");
  }
}

function decodeResponseAlternative(c: Cursor): AccessResponseSpecification {
  const choice = c.u8(F["response.choice"]);
  switch (choice) {
    case 1:
      return { "access-response-get": { result: decodeDataAccessResult(c) } };
    case 2:
      return { "access-response-set": { result: decodeDataAccessResult(c) } };
    case 3:
      return { "access-response-action": { result: decodeActionResult(c) } };
    default:
      return unknownChoice(c, choice, "Access-Response-Specification");
  }
}

function decodeAttribute(c: Cursor): Attribute {
  return { "cosem-attribute-descriptor": decodeAttributeDescriptor(c) };
}

function decodeSelectedAttribute(c: Cursor): SelectedAttribute {
  return {
    "cosem-attribute-descriptor": decodeAttributeDescriptor(c),
    "access-selection": decodeSelectiveAccess(c),
  };
}
