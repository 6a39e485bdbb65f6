/** Why a server refuses an association, in words, and what to check for each reason. */
import type { AssociationResponse } from "../../acse/aare.js";
import { type DiagnosticDefinition, defineDiagnostics } from "../../core/diagnostics.js";
import type { ConfirmedServiceError } from "../../xdlms/confirmed-service-error.js";
import type { Proposal } from "./association-opening.js";

const clause = "IEC 62056-5-3, Associate-source-diagnostic";
const refusal = { severity: "warning", group: "result", clause } as const;

const D = defineDiagnostics("association", {
  refused: {
    ...refusal,
    message: "The association is refused without a reason",
    check:
      "Compare client address, context, mechanism and password or challenge with what the meter is set to",
  },
  "refused-context": {
    ...refusal,
    message: "The association is refused for its application context",
    check:
      "Does the meter use logical or short names, and does this client address ask for ciphering?",
  },
  "refused-calling-title": {
    ...refusal,
    message: "The association is refused because the server does not know the calling AP title",
    check: "Is the client's system title right, 8 bytes, and the one that the meter expects?",
  },
  "refused-calling-identifier": {
    ...refusal,
    message: "The association is refused for an identifier or qualifier of the caller",
    check:
      "See the calling-AE-qualifier (certificate) and calling-AE-invocation-id (user) of the AARQ",
  },
  "refused-called-name": {
    ...refusal,
    message: "The association is refused for the name of the called side",
    check: "See the called-AP-title and the other called components; most meters want none",
  },
  "refused-mechanism": {
    ...refusal,
    message: "The association is refused because the server does not know the mechanism",
    check: "Which authentication mechanism does the meter have for this client address?",
  },
  "refused-mechanism-missing": {
    ...refusal,
    message: "The association is refused because the AARQ names no mechanism",
    check: "Send mechanism-name, and sender-acse-requirements with the authentication bit",
  },
  "refused-authentication": {
    ...refusal,
    message: "The association is refused because the authentication fails",
    check:
      "Password or secret wrong, or another client address needed; too many failures may lock the meter for a while",
  },
  "refused-authentication-missing": {
    ...refusal,
    message: "The association is refused because the server requires authentication",
    check: "Send a mechanism and an authentication value, or use the address of the public client",
  },
  "refused-acse-version": {
    ...refusal,
    message: "The association is refused because there is no common version of ACSE",
    check: "Leave protocol-version out of the AARQ: version 1 is its default",
  },
  "refused-initiate": {
    ...refusal,
    message: "The association is refused for what the InitiateRequest proposes",
    clause: "IEC 62056-5-3, ServiceError",
    check: "See DLMS version, conformance and client max receive PDU size of the InitiateRequest",
  },
});

const byReason: ReadonlyMap<string, DiagnosticDefinition> = new Map([
  ["application-context-name-not-supported", D["refused-context"]],
  ["calling-ap-title-not-recognized", D["refused-calling-title"]],
  ["calling-ap-invocation-identifier-not-recognized", D["refused-calling-identifier"]],
  ["calling-ae-qualifier-not-recognized", D["refused-calling-identifier"]],
  ["calling-ae-invocation-identifier-not-recognized", D["refused-calling-identifier"]],
  ["called-ap-title-not-recognized", D["refused-called-name"]],
  ["called-ap-invocation-identifier-not-recognized", D["refused-called-name"]],
  ["called-ae-qualifier-not-recognized", D["refused-called-name"]],
  ["called-ae-invocation-identifier-not-recognized", D["refused-called-name"]],
  ["authentication-mechanism-name-not-recognised", D["refused-mechanism"]],
  ["authentication-mechanism-name-required", D["refused-mechanism-missing"]],
  ["authentication-failure", D["refused-authentication"]],
  ["authentication-required", D["refused-authentication-missing"]],
  ["no-common-acse-version", D["refused-acse-version"]],
]);

export interface Refusal {
  readonly definition: DiagnosticDefinition;
  /** What the server says, and what was asked for. */
  readonly detail: string;
}

/**
 * The reason of an AARE that refuses, or that carries an error in place of an InitiateResponse;
 * undefined for any other. `aarq` where the request was captured and read.
 */
export function explainRefusal(
  aare: AssociationResponse,
  aarq: Proposal | undefined,
): Refusal | undefined {
  const { result } = aare;
  const error = findServiceError(aare);
  const isRefused = result !== undefined && result !== "accepted";
  if (!isRefused && error === undefined) return undefined;
  const words: string[] = [];
  let definition: DiagnosticDefinition = D.refused;
  for (const reason of Object.values(aare["result-source-diagnostic"] ?? {})) {
    definition = byReason.get(reason) ?? definition;
    words.push(reason);
  }
  if (error !== undefined) {
    definition = D["refused-initiate"];
    words.push(`${error["service-error"]}: ${error.reason}`);
  }
  if (aarq !== undefined) words.push(describeRequest(aarq));
  const context = aare["application-context-name"];
  if (context !== undefined && context !== aarq?.["application-context-name"]) {
    words.push(`the server names the context ${context}`);
  }
  return { definition, detail: words.join("; ") };
}

function findServiceError(aare: AssociationResponse): ConfirmedServiceError | undefined {
  const information = aare["user-information"];
  if (information === undefined || !("name" in information)) return undefined;
  if (information.name !== "confirmed-service-error") return undefined;
  return "reason" in information ? (information as ConfirmedServiceError) : undefined;
}

/** What an AARQ asks for: context and mechanism. */
function describeRequest(aarq: Proposal): string {
  const context = aarq["application-context-name"] ?? "no application context";
  const mechanism = aarq["mechanism-name"] ?? "no mechanism";
  return `asked for were ${context} and ${mechanism}`;
}
