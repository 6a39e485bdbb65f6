/** General-Ciphering: an APDU under a key that it names, carries or agrees on. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "../xdlms/apdu-definition.js";
import { decodeTag } from "../xdlms/apdu-tags.js";
import { decodePresence, presence } from "../xdlms/boolean.js";
import { type AgreedApdu, agreeOnePass, agreeStatic, splitEphemeralKey } from "./agreed-key.js";
import { type CipheredService, decipher, setMalformed } from "./decipher.js";
import {
  decodeGeneralHeader,
  type GeneralHeader,
  headerForms,
  partiesOf,
} from "./general-header.js";
import { decodeKeyInfo, type KeyInfo } from "./key-info.js";
import {
  decodeProtectedContent,
  type PresentedContent,
  presentContent,
} from "./protected-content.js";
import { judgeSignature } from "./signature-verdict.js";
import { systemTitleLength } from "./system-title.js";
import { openWrappedKey } from "./wrapped-key.js";

export interface GeneralCiphering extends GeneralHeader, Partial<PresentedContent> {
  readonly name: "general-ciphering";
  readonly "key-info"?: KeyInfo;
}

const clause = "IEC 62056-5-3, General-Ciphering";

const F = defineFields("general-ciphering", {
  "": { name: "General ciphering", type: "group", clause },
  "keyInfo.presence": { name: "Key-info is", values: presence, clause },
});

const D = defineDiagnostics("ciphering", {
  "key-signature-verified": {
    severity: "info",
    group: "security",
    message: "The signature of the ephemeral public key is verified",
    clause,
  },
  "key-signature-failed": {
    severity: "error",
    group: "security",
    message: "The signature of the ephemeral public key does not fit",
    clause,
    check: "A wrong signing public key of the originator, another party's key, or damaged bytes",
  },
  "key-signature-not-verified": {
    severity: "info",
    group: "security",
    message: "The signature of the ephemeral public key is not verified",
    clause,
    check: "Give the originator's signing public key, or capture the exchange of its certificate",
  },
  "suite-without-agreement": {
    severity: "warning",
    group: "assumption",
    message: "Security suite 0 has no key agreement; the algorithms of suite 1 are tried",
    check: "Is the security control byte right?",
  },
});

/** Reads the APDU, tag included, deciphers it where its key is at hand, and hands on what is in it. */
export function decodeGeneralCiphering(c: Cursor): GeneralCiphering {
  decodeTag(c);
  const start = c.offset;
  const header = decodeGeneralHeader(c);
  const encoded = c.bytes.subarray(start, c.offset);
  const keyInfo = decodePresence(c, F["keyInfo.presence"]) ? decodeKeyInfo(c) : undefined;
  const keyInfoEnd = c.offset;
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
  const title = header["originator-system-title"];
  const plaintext = decipher(c, content, {
    name: "general-ciphering",
    key: "global",
    title: title.length === systemTitleLength ? title : undefined,
    additionalData: headerForms(header, encoded),
    ...findKey(c, header, keyInfo, keyInfoEnd, content.control["security-suite"]),
  });
  if (plaintext !== undefined) c.dissection.handOver(plaintext, "apdu");
  return apdu;
}

export const generalCipheringApdus: readonly ApduDefinition[] = [
  { tag: 0xdd, name: "general-ciphering", field: F[""], decode: decodeGeneralCiphering },
];

type KeyOfService = Pick<CipheredService, "keySet" | "contentKeys" | "unsupported">;

/** What Key-Info says about the key; without it, the key is the global one as ever. */
function findKey(
  c: Cursor,
  header: GeneralHeader,
  keyInfo: KeyInfo | undefined,
  keyInfoEnd: number,
  suite: number,
): KeyOfService {
  if (keyInfo === undefined) return {};
  if ("identified-key" in keyInfo) {
    const broadcast = "global-broadcast-encryption-key";
    return keyInfo["identified-key"]["key-id"] === broadcast ? { keySet: "broadcast" } : {};
  }
  if ("agreed-key" in keyInfo) return agree(c, header, keyInfo["agreed-key"], keyInfoEnd, suite);
  const { "kek-id": kek, "key-ciphered-data": wrapped } = keyInfo["wrapped-key"];
  if (kek !== "master-key") {
    return {
      unsupported: `the key is wrapped with a key that the standard does not name (${kek})`,
    };
  }
  const titles = [header["originator-system-title"], header["recipient-system-title"]];
  return { contentKeys: openWrappedKey(c.dissection.context, titles, wrapped) };
}

function agree(
  c: Cursor,
  header: GeneralHeader,
  agreement: Extract<KeyInfo, { "agreed-key": unknown }>["agreed-key"],
  end: number,
  suite: number,
): KeyOfService {
  const { context } = c.dissection;
  const data = agreement["key-ciphered-data"];
  const apdu: AgreedApdu = {
    ...partiesOf(c, header),
    suite: suite === 2 ? 2 : 1,
    transactionId: header["transaction-id"],
    keyCipheredData: data,
  };
  if (suite === 0) c.report(D["suite-without-agreement"], end - data.length, end);
  const scheme = agreement["key-agreement"];
  if (scheme === undefined) {
    return { unsupported: "the key comes of a key agreement that the standard does not name" };
  }
  if (scheme === "static unified model C(0e, 2s)") {
    return { contentKeys: agreeStatic(context, apdu) };
  }
  checkSignature(c, apdu, end);
  return { contentKeys: agreeOnePass(context, apdu) };
}

/** The originator signs the ephemeral public key that it sends. `end` is that of the signature. */
function checkSignature(c: Cursor, apdu: AgreedApdu, end: number): void {
  const ephemeral = splitEphemeralKey(apdu.suite, apdu.keyCipheredData);
  if (ephemeral === undefined) return;
  const { publicKey, signature } = ephemeral;
  if (signature === undefined) {
    const start = end - publicKey.length;
    c.report(D["key-signature-not-verified"], start, end, "the APDU brings none");
    return;
  }
  const { context } = c.dissection;
  const { status, reason } = judgeSignature(context, apdu.originator, [publicKey], signature);
  c.report(D[`key-signature-${status}`], end - signature.length, end, reason);
}
