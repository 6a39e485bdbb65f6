import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { readPart } from "../core/layer.js";
import {
  type CipheredApdu,
  decodeCiphered,
  fieldOfCiphered,
  isCipheredTag,
} from "../security/ciphered-apdu.js";
import { systemTitleLength } from "../security/system-title.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import { confirmedServiceErrorApdus } from "../xdlms/confirmed-service-error.js";
import { initiateApdus } from "../xdlms/initiate.js";
import { describe, type Element, octetStringType, readOctets, unwrapExplicit } from "./ber.js";

/**
 * What ACSE carries for xDLMS: initiate-request, initiate-response or confirmed-service-error; one
 * of the ciphered forms where it could not be deciphered; bytes where it is none of these.
 */
export type UserInformation = Apdu | CipheredApdu | Uint8Array;

const D = defineDiagnostics("acse", {
  "user-information": {
    severity: "warning",
    group: "undecoded",
    message: "The user-information is no xDLMS APDU that ACSE carries",
    clause: "IEC 62056-5-3, ACSE APDUs",
    check:
      "initiate-request (01), initiate-response (08), confirmed-service-error (0E), ciphered or not",
  },
});

const plainApdus = new Map(
  [...initiateApdus, ...confirmedServiceErrorApdus].map((definition) => [
    definition.tag,
    definition,
  ]),
);

/**
 * Reads user-information: an octet string with an APDU in it. A ciphered one is deciphered where
 * its key is given; `title` is the system title of the sender, if the APDU around has named it.
 */
export function readUserInformation(
  element: Element,
  title: Uint8Array | undefined,
): UserInformation | undefined {
  const c = beginsWithApdu(element.content)
    ? element.content
    : unwrapExplicit(element, octetStringType);
  return readPart(c, () => decodeApdu(c, title?.length === systemTitleLength ? title : undefined));
}

/** Whether the octet string around the APDU is left out; its tag, 04, is that of no APDU. */
function beginsWithApdu(c: Cursor): boolean {
  const first = c.peek();
  return isCipheredTag(first) || (first !== undefined && plainApdus.has(first));
}

function decodeApdu(c: Cursor, title: Uint8Array | undefined): UserInformation {
  const tag = c.peek();
  if (!isCipheredTag(tag)) return decodePlain(c);
  c.open(fieldOfCiphered(tag));
  const { apdu, plaintext } = decodeCiphered(c, title);
  c.close();
  if (plaintext === undefined) return apdu;
  return readPart(plaintext, decodePlain) ?? apdu;
}

function decodePlain(c: Cursor): Apdu | Uint8Array {
  const definition = plainApdus.get(c.peek() ?? -1);
  if (definition === undefined) {
    c.report(D["user-information"], c.offset, c.end, `${c.remaining} bytes`);
    return readOctets(c);
  }
  c.open(definition.field);
  const apdu = definition.decode(c);
  c.close();
  describe(c, undefined, apdu.name);
  return apdu;
}
