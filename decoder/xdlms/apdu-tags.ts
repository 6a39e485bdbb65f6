import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";

/** The tag of every APDU of IEC 62056-5-3, and its ASN.1 name in kebab-case. */
export const apduTags = {
  1: "initiate-request",
  5: "read-request",
  6: "write-request",
  8: "initiate-response",
  12: "read-response",
  13: "write-response",
  14: "confirmed-service-error",
  15: "data-notification",
  16: "data-notification-confirm",
  22: "unconfirmed-write-request",
  24: "information-report-request",
  33: "glo-initiate-request",
  37: "glo-read-request",
  38: "glo-write-request",
  40: "glo-initiate-response",
  44: "glo-read-response",
  45: "glo-write-response",
  46: "glo-confirmed-service-error",
  54: "glo-unconfirmed-write-request",
  56: "glo-information-report-request",
  65: "ded-initiate-request",
  69: "ded-read-request",
  70: "ded-write-request",
  72: "ded-initiate-response",
  76: "ded-read-response",
  77: "ded-write-response",
  78: "ded-confirmed-service-error",
  86: "ded-unconfirmed-write-request",
  88: "ded-information-report-request",
  96: "aarq",
  97: "aare",
  98: "rlrq",
  99: "rlre",
  192: "get-request",
  193: "set-request",
  194: "event-notification-request",
  195: "action-request",
  196: "get-response",
  197: "set-response",
  199: "action-response",
  200: "glo-get-request",
  201: "glo-set-request",
  202: "glo-event-notification-request",
  203: "glo-action-request",
  204: "glo-get-response",
  205: "glo-set-response",
  207: "glo-action-response",
  208: "ded-get-request",
  209: "ded-set-request",
  210: "ded-event-notification-request",
  211: "ded-action-request",
  212: "ded-get-response",
  213: "ded-set-response",
  215: "ded-action-response",
  216: "exception-response",
  217: "access-request",
  218: "access-response",
  219: "general-glo-ciphering",
  220: "general-ded-ciphering",
  221: "general-ciphering",
  223: "general-signing",
  224: "general-block-transfer",
  230: "gateway-request",
  231: "gateway-response",
} as const;

const F = defineFields("xdlms", {
  service: {
    name: "APDU",
    base: "hex",
    values: apduTags,
    meaning: "The tag, the first byte of an APDU, says which service it is",
    clause: "IEC 62056-5-3, XDLMS-APDU",
  },
});

const known = new Uint8Array(256);
for (const tag of Object.keys(apduTags)) known[Number(tag)] = 1;

/** Whether an APDU of the standard begins with this byte. */
export function isApduTag(tag: number | undefined): boolean {
  return tag !== undefined && known[tag] === 1;
}

/** Reads the first byte of an APDU. */
export function decodeTag(c: Cursor): number {
  return c.u8(F.service);
}
