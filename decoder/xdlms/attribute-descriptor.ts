import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { isSecretAttribute, isSecretMethod } from "../cosem/secrets.js";
import { decodeLastPresence, decodePresence, presence } from "./boolean.js";
import { type Data, decodeData } from "./data.js";
import { formatLogicalName } from "./logical-name.js";

/** Cosem-Attribute-Descriptor: which attribute of which object. */
export interface AttributeDescriptor {
  readonly "class-id": number;
  /** Logical name, 6 bytes. */
  readonly "instance-id": Uint8Array;
  readonly "attribute-id": number;
}

/** Cosem-Method-Descriptor: which method of which object. */
export interface MethodDescriptor {
  readonly "class-id": number;
  readonly "instance-id": Uint8Array;
  readonly "method-id": number;
}

/** Cosem-Attribute-Descriptor-With-Selection. */
export interface AttributeWithSelection {
  readonly "cosem-attribute-descriptor": AttributeDescriptor;
  readonly "access-selection"?: SelectiveAccess;
}

/** Selective-Access-Descriptor: which part of an attribute. */
export interface SelectiveAccess {
  readonly "access-selector": number;
  readonly "access-parameters": Data;
}

const clause = "IEC 62056-5-3, Cosem-Attribute-Descriptor";
const selectionClause = "IEC 62056-5-3, Selective-Access-Descriptor";

const F = defineFields("cosem", {
  attributeDescriptor: { name: "Cosem-Attribute-Descriptor", type: "group", clause },
  methodDescriptor: { name: "Cosem-Method-Descriptor", type: "group", clause },
  class: { name: "Class-Id", clause },
  obis: { name: "Instance-Id", type: "bytes", clause, meaning: "Logical name (OBIS code)" },
  attribute: { name: "Attribute-Id", type: "int", clause },
  method: { name: "Method-Id", type: "int", clause },
  selectiveAccess: { name: "Selective-Access-Descriptor", type: "group", clause: selectionClause },
  accessSelection: { name: "Access-Selection is", values: presence, clause: selectionClause },
  accessSelector: { name: "Access-Selector", clause: selectionClause },
});

export function decodeAttributeDescriptor(c: Cursor): AttributeDescriptor {
  c.open(F.attributeDescriptor);
  const descriptor = {
    "class-id": c.u16(F.class),
    "instance-id": decodeLogicalName(c),
    "attribute-id": c.signed(F.attribute, 1),
  };
  c.close();
  return descriptor;
}

export function decodeMethodDescriptor(c: Cursor): MethodDescriptor {
  c.open(F.methodDescriptor);
  const descriptor = {
    "class-id": c.u16(F.class),
    "instance-id": decodeLogicalName(c),
    "method-id": c.signed(F.method, 1),
  };
  c.close();
  return descriptor;
}

/** An attribute, and the part of it that is meant. */
export function decodeAttributeWithSelection(c: Cursor): AttributeWithSelection {
  const attribute = decodeAttributeDescriptor(c);
  if (!decodePresence(c, F.accessSelection)) return { "cosem-attribute-descriptor": attribute };
  const selection = decodeSelectiveAccess(c);
  return { "cosem-attribute-descriptor": attribute, "access-selection": selection };
}

/** The same at the end of an APDU, where some senders leave the flag of the selection out. */
export function decodeLastAttributeWithSelection(c: Cursor): AttributeWithSelection {
  const attribute = decodeAttributeDescriptor(c);
  if (!decodeLastPresence(c, F.accessSelection)) return { "cosem-attribute-descriptor": attribute };
  const selection = decodeSelectiveAccess(c);
  return { "cosem-attribute-descriptor": attribute, "access-selection": selection };
}

/** Whether the value of the attribute is a secret. */
export function namesSecret({
  "cosem-attribute-descriptor": attribute,
}: AttributeWithSelection): boolean {
  return isSecretAttribute(attribute["class-id"], attribute["attribute-id"]);
}

/** Whether the parameter of the method is a secret. */
export function changesSecret(method: MethodDescriptor): boolean {
  return isSecretMethod(method["class-id"], method["method-id"]);
}

/** Selective-Access-Descriptor, where it is there. */
export function decodeSelectiveAccess(c: Cursor): SelectiveAccess {
  c.open(F.selectiveAccess);
  const access = {
    "access-selector": c.u8(F.accessSelector),
    "access-parameters": decodeData(c),
  };
  c.close();
  return access;
}

function decodeLogicalName(c: Cursor): Uint8Array {
  const name = c.octets(F.obis, 6);
  if (c.recording) c.note(formatLogicalName(name));
  return name;
}
