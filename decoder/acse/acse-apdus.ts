import type { ApduDefinition } from "../xdlms/apdu-definition.js";
import { decodeAare } from "./aare.js";
import { decodeAarq } from "./aarq.js";
import { acseFields as F } from "./acse-fields.js";
import { decodeRlre, decodeRlrq } from "./release.js";

/** The APDUs of ACSE that DLMS/COSEM uses. */
export const acseApdus: readonly ApduDefinition[] = [
  { tag: 0x60, name: "aarq", field: F.aarq, decode: decodeAarq },
  { tag: 0x61, name: "aare", field: F.aare, decode: decodeAare },
  { tag: 0x62, name: "rlrq", field: F.rlrq, decode: decodeRlrq },
  { tag: 0x63, name: "rlre", field: F.rlre, decode: decodeRlre },
];
