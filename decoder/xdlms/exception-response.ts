/** ExceptionResponse: the server could not process the request at all. */
import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { decodeTag } from "./apdu-tags.js";
import { decodeEnumerated, type Reserved } from "./enumerated.js";

const stateErrors = { 1: "service-not-allowed", 2: "service-unknown" } as const;

const serviceErrors = {
  1: "operation-not-possible",
  2: "service-not-supported",
  3: "other-reason",
  4: "pdu-too-long",
  5: "deciphering-error",
  6: "invocation-counter-error",
} as const;

export interface ExceptionResponse {
  readonly name: "exception-response";
  readonly "state-error": (typeof stateErrors)[keyof typeof stateErrors] | Reserved;
  readonly "service-error": (typeof serviceErrors)[keyof typeof serviceErrors] | Reserved;
  /** The counter that the server expects at least; with invocation-counter-error only. */
  readonly "invocation-counter"?: number;
}

const clause = "IEC 62056-5-3, ExceptionResponse";

const F = defineFields("xdlms.exception-response", {
  "": { name: "ExceptionResponse", type: "group", clause },
  stateError: { name: "State-Error", values: stateErrors, clause },
  serviceError: { name: "Service-Error", values: serviceErrors, clause },
  invocationCounter: {
    name: "Invocation counter",
    clause,
    meaning: "The counter that the server expects in the next ciphered request",
  },
});

export const exceptionResponseApdus: readonly ApduDefinition[] = [
  { tag: 0xd8, name: "exception-response", field: F[""], decode: decodeExceptionResponse },
];

export function decodeExceptionResponse(c: Cursor): ExceptionResponse {
  decodeTag(c);
  const stateError = decodeEnumerated(c, F.stateError, stateErrors);
  const serviceError = decodeEnumerated(c, F.serviceError, serviceErrors);
  const exception = {
    name: "exception-response",
    "state-error": stateError,
    "service-error": serviceError,
  } as const;
  if (serviceError !== "invocation-counter-error") return exception;
  return { ...exception, "invocation-counter": c.u32(F.invocationCounter) };
}
