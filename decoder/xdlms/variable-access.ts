/** Variable-Access-Specification: what the services with short names read and write. */

import type { ShortNameObject } from "../core/context.js";
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { labelItem } from "../cosem/item-label.js";
import { classNotKnown, findShortName } from "../cosem/short-name.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import {
  type DataBlock,
  decodeBlockNumber,
  decodeLastBlock,
  decodeShortNameDataBlock,
} from "./data-block.js";
import { formatLogicalName } from "./logical-name.js";

/** A short name and, where it is known whose it is, the object and the attribute or method. */
export interface VariableName {
  readonly "variable-name": number;
  /** Absent where only the logical name is known. */
  readonly "class-id"?: number;
  /** Logical name, 6 bytes. */
  readonly "instance-id"?: Uint8Array;
  readonly "attribute-id"?: number;
  readonly "method-id"?: number;
}

export type VariableAccess =
  | VariableName
  | {
      readonly "parameterized-access": VariableName & {
        readonly selector: number;
        readonly parameter: Data;
      };
    }
  | { readonly "block-number-access": { readonly "block-number": number } }
  | { readonly "read-data-block-access": DataBlock }
  | {
      readonly "write-data-block-access": {
        readonly "last-block": boolean;
        readonly "block-number": number;
      };
    };

const clause = "IEC 62056-5-3, Variable-Access-Specification";

const choices = {
  2: "variable-name",
  4: "parameterized-access",
  5: "block-number-access",
  6: "read-data-block-access",
  7: "write-data-block-access",
};

const F = defineFields("xdlms.variable-access", {
  "": { name: "Variable-Access-Specification", type: "group", clause },
  choice: { name: "Choice", values: choices, clause },
  selector: { name: "Selector", clause },
});

const cosem = defineFields("cosem", {
  shortName: {
    name: "Variable-Name",
    base: "hex",
    clause,
    meaning: "Short name: base name of the object and offset of the attribute or method",
  },
  object: {
    name: "Object",
    type: "string",
    clause: "IEC 62056-6-2, Referencing methods",
    meaning: "Whose attribute or method the short name means, as the trace or the standard tells",
  },
});

export function decodeVariableAccess(c: Cursor): VariableAccess {
  c.open(F[""]);
  const access = decodeAlternative(c);
  c.close();
  return access;
}

function decodeAlternative(c: Cursor): VariableAccess {
  const choice = c.u8(F.choice);
  switch (choice) {
    case 2:
      return decodeVariableName(c);
    case 4:
      return {
        "parameterized-access": {
          ...decodeVariableName(c),
          selector: c.u8(F.selector),
          parameter: decodeData(c),
        },
      };
    case 5:
      return { "block-number-access": { "block-number": decodeBlockNumber(c, 2) } };
    case 6:
      return {
        "read-data-block-access": decodeShortNameDataBlock(c, {
          service: "write",
          sender: "request",
        }),
      };
    case 7:
      return {
        "write-data-block-access": {
          "last-block": decodeLastBlock(c),
          "block-number": decodeBlockNumber(c, 2),
        },
      };
    default:
      return unknownChoice(c, choice, "Variable-Access-Specification");
  }
}

/** `1-0:1.8.0*255 attribute 2 (Register.value)`; undefined where it is not known whose the name is. */
export function describeVariableName(variable: VariableName): string | undefined {
  const { "instance-id": logicalName, "class-id": classId } = variable;
  if (logicalName === undefined) return undefined;
  const name = formatLogicalName(logicalName);
  const { "attribute-id": attribute, "method-id": method } = variable;
  const id = attribute ?? method;
  const kind = attribute === undefined ? "method" : "attribute";
  if (classId === undefined) return id === undefined ? name : `${name} ${kind} ${id}`;
  if (id === undefined) return `${name} class ${classId}`;
  return labelItem(logicalName, classId, kind, id);
}

function decodeVariableName(c: Cursor): VariableName {
  const start = c.offset;
  const variable = resolve(c.u16(cosem.shortName), c.dissection.context.association.shortNames);
  if (c.recording) {
    const text = describeVariableName(variable);
    if (text !== undefined) c.generated(cosem.object, start, c.offset, text);
  }
  return variable;
}

function resolve(name: number, shortNames: readonly ShortNameObject[]): VariableName {
  const meaning = findShortName(name, shortNames);
  if (meaning === undefined) return { "variable-name": name };
  const { object, kind, id } = meaning;
  return {
    "variable-name": name,
    ...(object.classId === classNotKnown ? undefined : { "class-id": object.classId }),
    "instance-id": object.logicalName,
    ...(kind === "attribute" && id !== undefined ? { "attribute-id": id } : undefined),
    ...(kind === "method" && id !== undefined ? { "method-id": id } : undefined),
  };
}
