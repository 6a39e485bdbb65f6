/** Variable-Access-Specification: what the services with short names read and write. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { unknownChoice } from "./choice.js";
import { type Data, decodeData } from "./data.js";
import {
  type DataBlock,
  decodeBlockNumber,
  decodeLastBlock,
  decodeShortNameDataBlock,
} from "./data-block.js";

export type VariableAccess =
  | { readonly "variable-name": number }
  | {
      readonly "parameterized-access": {
        readonly "variable-name": number;
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
      return { "variable-name": c.u16(cosem.shortName) };
    case 4:
      return {
        "parameterized-access": {
          "variable-name": c.u16(cosem.shortName),
          selector: c.u8(F.selector),
          parameter: decodeData(c),
        },
      };
    case 5:
      return { "block-number-access": { "block-number": decodeBlockNumber(c, 2) } };
    case 6:
      return { "read-data-block-access": decodeShortNameDataBlock(c, "request") };
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
