import type { Cursor } from "../core/cursor.js";
import { defineFields, type FieldSpecification } from "../core/fields.js";
import { type Data, decodeData } from "./data.js";

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

/** Selective-Access-Descriptor: which part of an attribute. */
export interface SelectiveAccess {
  readonly "access-selector": number;
  readonly "access-parameters": Data;
}

const clause = "IEC 62056-5-3, Cosem-Attribute-Descriptor";
const present: FieldSpecification["values"] = { 0: "absent", 1: "present" };

const F = defineFields("cosem", {
  attributeDescriptor: { name: "Cosem-Attribute-Descriptor", type: "group", clause },
  methodDescriptor: { name: "Cosem-Method-Descriptor", type: "group", clause },
  class: { name: "Class-Id", clause },
  obis: { name: "Instance-Id", type: "bytes", clause, meaning: "Logical name (OBIS code)" },
  attribute: { name: "Attribute-Id", type: "int", clause },
  method: { name: "Method-Id", type: "int", clause },
  selectiveAccess: { name: "Selective-Access-Descriptor", type: "group" },
  accessSelection: { name: "Access-Selection", values: present },
  accessSelector: { name: "Access-Selector" },
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

/** The optional Selective-Access-Descriptor behind an attribute descriptor. */
export function decodeSelectiveAccess(c: Cursor): SelectiveAccess | undefined {
  if (c.u8(F.accessSelection) === 0) return undefined;
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
  if (c.recording) c.note(formatObis(name));
  return name;
}

/** An OBIS code as people write it: `1-0:1.8.0*255`. `code` has 6 bytes. */
export function formatObis(code: Uint8Array): string {
  const [a, b, c, d, e, f] = code;
  return `${a}-${b}:${c}.${d}.${e}*${f}`;
}
