import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import { unknownChoice } from "../xdlms/choice.js";
import { decodeEnumerated, type Reserved } from "../xdlms/enumerated.js";
import { decodeOctetString } from "./general-header.js";

/** Key-Info: which key a general-ciphering APDU is under. */
export type KeyInfo =
  | { readonly "identified-key": { readonly "key-id": (typeof keyIds)[0 | 1] | Reserved } }
  | {
      readonly "wrapped-key": {
        readonly "kek-id": (typeof kekIds)[0] | Reserved;
        readonly "key-ciphered-data": Uint8Array;
      };
    }
  | {
      readonly "agreed-key": {
        readonly "key-parameters": Uint8Array;
        /** What the parameters stand for, where they are the standard's. */
        readonly "key-agreement"?: (typeof schemes)[1 | 2];
        readonly "key-ciphered-data": Uint8Array;
      };
    };

const clause = "IEC 62056-5-3, Key-Info";
const choices = { 0: "identified-key", 1: "wrapped-key", 2: "agreed-key" } as const;
const keyIds = {
  0: "global-unicast-encryption-key",
  1: "global-broadcast-encryption-key",
} as const;
const kekIds = { 0: "master-key" } as const;
const schemes = {
  1: "one-pass Diffie-Hellman C(1e, 1s)",
  2: "static unified model C(0e, 2s)",
} as const;

const F = defineFields("general-ciphering.key-info", {
  "": { name: "Key-Info", type: "group", clause },
  choice: { name: "Kind of key", values: choices, clause },
  keyId: { name: "Key-Id", values: keyIds, clause },
  kekId: { name: "Kek-Id", values: kekIds, clause },
  length: { name: "Length", clause },
  keyParameters: { name: "Key-parameters", type: "bytes", clause },
  keyCipheredData: {
    name: "Key-ciphered-data",
    type: "bytes",
    clause,
    meaning: "The wrapped key, or the public key and signature of a key agreement",
  },
});

export function decodeKeyInfo(c: Cursor): KeyInfo {
  c.open(F[""]);
  const keyInfo = decodeChoice(c);
  c.close();
  return keyInfo;
}

function decodeChoice(c: Cursor): KeyInfo {
  const choice = c.u8(F.choice);
  switch (choice) {
    case 0:
      return { "identified-key": { "key-id": decodeEnumerated(c, F.keyId, keyIds) } };
    case 1:
      return {
        "wrapped-key": {
          "kek-id": decodeEnumerated(c, F.kekId, kekIds),
          "key-ciphered-data": decodeOctetString(c, F.length, F.keyCipheredData),
        },
      };
    case 2: {
      const parameters = decodeOctetString(c, F.length, F.keyParameters);
      const scheme = schemeOf(parameters);
      if (c.recording && scheme !== undefined) c.note(scheme);
      return {
        "agreed-key": {
          "key-parameters": parameters,
          ...(scheme === undefined ? {} : { "key-agreement": scheme }),
          "key-ciphered-data": decodeOctetString(c, F.length, F.keyCipheredData),
        },
      };
    }
    default:
      return unknownChoice(c, choice, "Key-Info");
  }
}

function schemeOf(parameters: Uint8Array): (typeof schemes)[1 | 2] | undefined {
  if (parameters.length !== 1) return undefined;
  const [scheme] = parameters;
  return scheme === 1 || scheme === 2 ? schemes[scheme] : undefined;
}
