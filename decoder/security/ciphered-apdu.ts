/**
 * Ciphered APDUs: the service-specific ones of global and dedicated ciphering, general-glo-ciphering
 * and general-ded-ciphering. Other general forms have their own files.
 */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields, type Field } from "../core/fields.js";
import type { ApduDefinition } from "../xdlms/apdu-definition.js";
import { apduTags, decodeTag } from "../xdlms/apdu-tags.js";
import { type CipheredService, decipher, setMalformed } from "./decipher.js";
import { generalCipheringApdus } from "./general-ciphering.js";
import { generalSigningApdus } from "./general-signing.js";
import {
  decodeProtectedContent,
  type PresentedContent,
  type ProtectedContent,
  presentContent,
} from "./protected-content.js";
import { decodeSystemTitle, systemTitleLength } from "./system-title.js";

/** A ciphered APDU as it was sent. Of one that was deciphered, the APDU inside takes its place. */
export interface CipheredApdu extends Partial<PresentedContent> {
  readonly name: string;
  /** The sender's; general-glo-ciphering and general-ded-ciphering carry it. */
  readonly "system-title"?: Uint8Array;
}

/** A ciphered APDU and, where it could be deciphered, a cursor over what is inside. */
export interface Deciphered<Value> {
  readonly apdu: Value;
  readonly plaintext: Cursor | undefined;
}

const clause = "IEC 62056-5-3, Ciphered APDUs";

const F = defineFields("glo", {
  "": { name: "Global ciphering", type: "group", clause },
});

const E = defineFields("ded", {
  "": { name: "Dedicated ciphering", type: "group", clause },
});

const D = defineDiagnostics("ciphering", {
  "no-title-in-apdu": {
    severity: "note",
    group: "protocol",
    message: "The system title of the APDU is empty; that of the association is taken",
    clause,
  },
});

/** Tags of the service-specific APDUs, and the tag of the APDU inside. */
const globalServices: readonly (readonly [tag: keyof typeof apduTags, inside: number])[] = [
  [0x21, 0x01],
  [0x25, 0x05],
  [0x26, 0x06],
  [0x28, 0x08],
  [0x2c, 0x0c],
  [0x2d, 0x0d],
  [0x2e, 0x0e],
  [0x36, 0x16],
  [0x38, 0x18],
  [0xc8, 0xc0],
  [0xc9, 0xc1],
  [0xca, 0xc2],
  [0xcb, 0xc3],
  [0xcc, 0xc4],
  [0xcd, 0xc5],
  [0xcf, 0xc7],
];

const dedicatedServices: typeof globalServices = [
  [0x41, 0x01],
  [0x45, 0x05],
  [0x46, 0x06],
  [0x48, 0x08],
  [0x4c, 0x0c],
  [0x4d, 0x0d],
  [0x4e, 0x0e],
  [0x56, 0x16],
  [0x58, 0x18],
  [0xd0, 0xc0],
  [0xd1, 0xc1],
  [0xd2, 0xc2],
  [0xd3, 0xc3],
  [0xd4, 0xc4],
  [0xd5, 0xc5],
  [0xd7, 0xc7],
];

const services = new Map<number, CipheredService>([
  ...globalServices.map(
    ([tag, plainTag]) => [tag, { name: apduTags[tag], key: "global", plainTag }] as const,
  ),
  ...dedicatedServices.map(
    ([tag, plainTag]) => [tag, { name: apduTags[tag], key: "dedicated", plainTag }] as const,
  ),
]);

const generalServices = new Map<number, CipheredService>([
  [0xdb, { name: apduTags[0xdb], key: "global" }],
  [0xdc, { name: apduTags[0xdc], key: "dedicated" }],
]);

/** Whether a service-specific ciphered APDU, general-glo- or general-ded-ciphering begins so. */
export function isCipheredTag(tag: number | undefined): tag is number {
  return tag !== undefined && (services.has(tag) || generalServices.has(tag));
}

/** The node that holds a ciphered APDU of that tag. */
export function fieldOfCiphered(tag: number): Field {
  const service = services.get(tag) ?? generalServices.get(tag);
  return service?.key === "dedicated" ? E[""] : F[""];
}

/**
 * Reads a ciphered APDU, tag included, and deciphers it; `isCipheredTag` holds for its first byte.
 * `title` is the sender's system title where an APDU around it names it (user-information of ACSE).
 */
export function decodeCiphered(c: Cursor, title?: Uint8Array): Deciphered<CipheredApdu> {
  const tag = decodeTag(c);
  const general = generalServices.get(tag);
  if (general !== undefined) return decodeGeneral(c, general);
  const service = services.get(tag);
  if (service === undefined) throw new Error(`0x${tag.toString(16)} is no ciphered APDU`);
  const content = decodeProtectedContent(c);
  if (content === undefined) {
    setMalformed(c, service.name);
    return { apdu: { name: service.name }, plaintext: undefined };
  }
  return {
    apdu: presentApdu(service.name, content),
    plaintext: decipher(c, content, withTitle(service, title)),
  };
}

function decodeGeneral(c: Cursor, service: CipheredService): Deciphered<CipheredApdu> {
  const title = decodeSystemTitle(c);
  if (title.length === 0) c.report(D["no-title-in-apdu"], c.offset - 1, c.offset);
  const content = decodeProtectedContent(c);
  if (content === undefined) {
    setMalformed(c, service.name);
    return { apdu: { name: service.name, "system-title": title }, plaintext: undefined };
  }
  return {
    apdu: presentTitledApdu(service.name, title, content),
    // A title that is empty or of a wrong length is none.
    plaintext: decipher(
      c,
      content,
      title.length === systemTitleLength ? withTitle(service, title, true) : service,
    ),
  };
}

// What follows is written out: a spread takes as long as the deciphering of a short APDU.

function presentApdu(name: string, content: ProtectedContent): CipheredApdu {
  const { control, invocationCounter, data, tag } = content;
  if (tag === undefined) return { name, ...presentContent(content) };
  return {
    name,
    "security-control": control,
    "invocation-counter": invocationCounter,
    "ciphered-data": data,
    "authentication-tag": tag,
  };
}

function presentTitledApdu(
  name: string,
  title: Uint8Array,
  content: ProtectedContent,
): CipheredApdu {
  const { control, invocationCounter, data, tag } = content;
  if (tag === undefined) return { name, "system-title": title, ...presentContent(content) };
  return {
    name,
    "system-title": title,
    "security-control": control,
    "invocation-counter": invocationCounter,
    "ciphered-data": data,
    "authentication-tag": tag,
  };
}

function withTitle(
  { name, key, plainTag }: CipheredService,
  title: Uint8Array | undefined,
  titleShown = false,
): CipheredService {
  return { name, key, plainTag, title, titleShown };
}

/** Reads a ciphered APDU and hands on what is inside. */
function decodeAndHandOver(c: Cursor): CipheredApdu {
  const { apdu, plaintext } = decodeCiphered(c);
  if (plaintext !== undefined) c.dissection.handOver(plaintext, "apdu");
  return apdu;
}

/** Every ciphered and every signed APDU. */
export const cipheredApdus: readonly ApduDefinition[] = [
  ...[...services, ...generalServices].map(([tag, { name }]) => ({
    tag,
    name,
    field: fieldOfCiphered(tag),
    decode: decodeAndHandOver,
  })),
  ...generalCipheringApdus,
  ...generalSigningApdus,
];
