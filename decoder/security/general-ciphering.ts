/** General-Ciphering: an APDU under a key that it names, carries or agrees on. */
import { concatenate } from "../core/bytes.js";
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "../xdlms/apdu-definition.js";
import { decodeTag } from "../xdlms/apdu-tags.js";
import { decodePresence, presence } from "../xdlms/boolean.js";
import { type CipheredService, decipher, setMalformed } from "./decipher.js";
import { decodeGeneralHeader, type GeneralHeader } from "./general-header.js";
import { decodeKeyInfo, type KeyInfo } from "./key-info.js";
import {
  decodeProtectedContent,
  type PresentedContent,
  presentContent,
} from "./protected-content.js";
import { systemTitleLength } from "./system-title.js";

export interface GeneralCiphering extends GeneralHeader, Partial<PresentedContent> {
  readonly name: "general-ciphering";
  readonly "key-info"?: KeyInfo;
}

const clause = "IEC 62056-5-3, General-Ciphering";

const F = defineFields("general-ciphering", {
  "": { name: "General ciphering", type: "group", clause },
  "keyInfo.presence": { name: "Key-info is", values: presence, clause },
});

/** Reads the APDU, tag included, deciphers it where its key is at hand, and hands on what is in it. */
export function decodeGeneralCiphering(c: Cursor): GeneralCiphering {
  decodeTag(c);
  const header = decodeGeneralHeader(c);
  const keyInfo = decodePresence(c, F["keyInfo.presence"]) ? decodeKeyInfo(c) : undefined;
  const content = decodeProtectedContent(c);
  const apdu: GeneralCiphering = {
    name: "general-ciphering",
    ...header,
    ...(keyInfo === undefined ? {} : { "key-info": keyInfo }),
    ...(content === undefined ? {} : presentContent(content)),
  };
  if (content === undefined) {
    setMalformed(c, apdu.name);
    return apdu;
  }
  const plaintext = decipher(c, content, describeService(header, keyInfo));
  if (plaintext !== undefined) c.dissection.handOver(plaintext, "apdu");
  return apdu;
}

export const generalCipheringApdus: readonly ApduDefinition[] = [
  { tag: 0xdd, name: "general-ciphering", field: F[""], decode: decodeGeneralCiphering },
];

function describeService(header: GeneralHeader, keyInfo: KeyInfo | undefined): CipheredService {
  const title = header["originator-system-title"];
  const broadcast =
    keyInfo !== undefined &&
    "identified-key" in keyInfo &&
    keyInfo["identified-key"]["key-id"] === "global-broadcast-encryption-key";
  return {
    name: "general-ciphering",
    key: "global",
    title: title.length === systemTitleLength ? title : undefined,
    additionalData: headerForms(header),
    ...(broadcast ? { keySet: "broadcast" } : {}),
    unsupported: explainKeyInfo(keyInfo),
  };
}

/** Only a key that both sides have had before can be looked up in the key sets. */
function explainKeyInfo(keyInfo: KeyInfo | undefined): string | undefined {
  if (keyInfo === undefined || "identified-key" in keyInfo) return undefined;
  if ("wrapped-key" in keyInfo) {
    return "the key comes wrapped with the master key, and unwrapping it is not supported yet";
  }
  const scheme = keyInfo["agreed-key"]["key-agreement"] ?? "of an unknown scheme";
  return `the key comes of a key agreement (${scheme}), which is not supported yet`;
}

/**
 * The header is authenticated with the content. The standard counts the lengths of the fields in;
 * implementations that leave them out are met, so that either form may verify the tag.
 */
function headerForms(header: GeneralHeader): readonly Uint8Array[] {
  const fields = [
    header["transaction-id"],
    header["originator-system-title"],
    header["recipient-system-title"],
    header["date-time"],
    header["other-information"],
  ];
  const withLengths = fields.flatMap((field) => [Uint8Array.of(field.length), field]);
  return [concatenate(withLengths), concatenate(fields)];
}
