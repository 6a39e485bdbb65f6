import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { describe, type Element, integerType, readChoice } from "./ber.js";
import { readCode } from "./components.js";

export const userDiagnostics = {
  0: "null",
  1: "no-reason-given",
  2: "application-context-name-not-supported",
  3: "calling-ap-title-not-recognized",
  4: "calling-ap-invocation-identifier-not-recognized",
  5: "calling-ae-qualifier-not-recognized",
  6: "calling-ae-invocation-identifier-not-recognized",
  7: "called-ap-title-not-recognized",
  8: "called-ap-invocation-identifier-not-recognized",
  9: "called-ae-qualifier-not-recognized",
  10: "called-ae-invocation-identifier-not-recognized",
  11: "authentication-mechanism-name-not-recognised",
  12: "authentication-mechanism-name-required",
  13: "authentication-failure",
  14: "authentication-required",
} as const;

export const providerDiagnostics = {
  0: "null",
  1: "no-reason-given",
  2: "no-common-acse-version",
} as const;

type WordOf<Words> = Words[keyof Words] | `reserved (${number})`;

/** Associate-source-diagnostic: who says why. */
export type ResultSourceDiagnostic =
  | { readonly "acse-service-user": WordOf<typeof userDiagnostics> }
  | { readonly "acse-service-provider": WordOf<typeof providerDiagnostics> };

const D = defineDiagnostics("acse", {
  "diagnostic-source": {
    severity: "warning",
    group: "malformed",
    message: "The diagnostic is neither of the service user nor of the service provider",
    clause: "IEC 62056-5-3, Associate-source-diagnostic",
    check: "Which firmware sends it? The client cannot know why it was refused",
  },
});

/** Reads a choice of two explicitly tagged integers; undefined where it is broken. */
export function readResultSourceDiagnostic({
  content,
}: Element): ResultSourceDiagnostic | undefined {
  return readChoice(content, integerType, readDiagnostic);
}

function readDiagnostic(choice: number, c: Cursor): ResultSourceDiagnostic {
  if (choice === 1) {
    const word = readCode(c, userDiagnostics);
    describe(c, word, "acse-service-user");
    return { "acse-service-user": word };
  }
  if (choice !== 2) c.report(D["diagnostic-source"], c.offset, c.end, `choice ${choice}`);
  const word = readCode(c, providerDiagnostics);
  describe(c, word, "acse-service-provider");
  return { "acse-service-provider": word };
}
