/** The server's refusal of a service with short names, and of an association. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { unknownChoice } from "./choice.js";
import { decodeServiceError, type ServiceError } from "./service-error.js";

/** The service that failed. Of these, COSEM uses initiate-error, read and write. */
const failedServices = {
  1: "initiate-error",
  2: "get-status",
  3: "get-name-list",
  4: "get-variable-attribute",
  5: "read",
  6: "write",
  7: "get-data-set-attribute",
  8: "get-ti-attribute",
  9: "change-scope",
  10: "start",
  11: "stop",
  12: "resume",
  13: "make-usable",
  14: "initiate-load",
  15: "load-segment",
  16: "terminate-load",
  17: "initiate-up-load",
  18: "up-load-segment",
  19: "terminate-up-load",
} as const;

export interface ConfirmedServiceError extends ServiceError {
  readonly name: "confirmed-service-error";
  readonly service: (typeof failedServices)[keyof typeof failedServices];
}

const clause = "IEC 62056-5-3, ConfirmedServiceError";

const F = defineFields("xdlms.confirmed-service-error", {
  "": { name: "ConfirmedServiceError", type: "group", clause },
  service: { name: "Service that failed", values: failedServices, clause },
});

/** ConfirmedServiceError with its tag: as an APDU, and in the user-information of ACSE. */
export function decodeConfirmedServiceError(c: Cursor): ConfirmedServiceError {
  decodeTag(c);
  const choice = c.u8(F.service);
  if (!isService(choice)) return unknownChoice(c, choice, "ConfirmedServiceError");
  const service = failedServices[choice];
  return { name: "confirmed-service-error", service, ...decodeServiceError(c) };
}

export const confirmedServiceErrorApdus: readonly ApduDefinition[] = [
  {
    tag: 0x0e,
    name: "confirmed-service-error",
    field: F[""],
    decode: decodeConfirmedServiceError,
  },
];

function isService(choice: number): choice is keyof typeof failedServices {
  return choice in failedServices;
}
