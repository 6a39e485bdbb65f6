/** The opening and the end of an association in one line each. */
import type { AssociationResponse } from "../acse/aare.js";
import type { AssociationRequest } from "../acse/aarq.js";
import type { ReleaseRequest, ReleaseResponse } from "../acse/release.js";
import type { UserInformation } from "../acse/user-information.js";
import { toHex } from "../core/bytes.js";
import type { ConfirmedServiceError } from "./confirmed-service-error.js";
import type { ExceptionResponse } from "./exception-response.js";
import type { InitiateRequest, InitiateResponse } from "./initiate.js";

type AssociationApdu =
  | AssociationRequest
  | AssociationResponse
  | ReleaseRequest
  | ReleaseResponse
  | InitiateRequest
  | InitiateResponse;

/** The contexts of DLMS/COSEM as people call them. */
const contexts: Readonly<Record<string, string>> = {
  "logical-name-referencing-no-ciphering": "LN",
  "short-name-referencing-no-ciphering": "SN",
  "logical-name-referencing-with-ciphering": "LN ciphered",
  "short-name-referencing-with-ciphering": "SN ciphered",
};

/** The authentication mechanisms as people call them. */
const mechanisms: Readonly<Record<string, string>> = {
  "lowest-level-security": "no security (0)",
  "low-level-security": "LLS (1)",
  "high-level-security": "HLS (2)",
  "high-level-security-md5": "HLS MD5 (3)",
  "high-level-security-sha1": "HLS SHA-1 (4)",
  "high-level-security-gmac": "HLS GMAC (5)",
  "high-level-security-sha256": "HLS SHA-256 (6)",
  "high-level-security-ecdsa": "HLS ECDSA (7)",
};

/** `AARQ LN, HLS GMAC (5), title 4d4d4d0000bc614e`; `AARE accepted`; and the like. */
export function summarizeAssociation(apdu: AssociationApdu): string {
  switch (apdu.name) {
    case "aarq":
      return summarizeAarq(apdu);
    case "aare":
      return summarizeAare(apdu);
    case "rlrq":
      return `RLRQ${summarizeReason(apdu)}`;
    case "rlre":
      return `RLRE${summarizeReason(apdu)}`;
    case "initiate-request": {
      const key = apdu["dedicated-key"] === undefined ? "" : ", with a dedicated key";
      return `INITIATE ${summarizeSize(apdu["client-max-receive-pdu-size"])}${key}`;
    }
    case "initiate-response":
      return `INITIATE response ${summarizeSize(apdu["server-max-receive-pdu-size"])}`;
  }
}

/** `CONFIRMED SERVICE ERROR read: access, object-unavailable`; `EXCEPTION service-unknown, ...`. */
export function summarizeError(apdu: ConfirmedServiceError | ExceptionResponse): string {
  if (apdu.name === "confirmed-service-error") {
    return `CONFIRMED SERVICE ERROR ${apdu.service}: ${apdu["service-error"]}, ${apdu.reason}`;
  }
  const counter = apdu["invocation-counter"];
  const expected = counter === undefined ? "" : `, expected ${counter}`;
  return `EXCEPTION ${apdu["state-error"]}, ${apdu["service-error"]}${expected}`;
}

function summarizeAarq(apdu: AssociationRequest): string {
  return [
    `AARQ${nameOf(contexts, apdu["application-context-name"])}`,
    ...wordOf(mechanisms, apdu["mechanism-name"]),
    ...summarizeTitle(apdu["calling-ap-title"]),
  ].join(", ");
}

function summarizeAare(apdu: AssociationResponse): string {
  const result = apdu.result ?? "without a result";
  return [
    `AARE ${result}${summarizeDiagnostic(apdu)}`,
    ...wordOf(mechanisms, apdu["mechanism-name"]),
    ...summarizeTitle(apdu["responding-ap-title"]),
  ].join(", ");
}

/** Why: what ACSE says, and what the xDLMS part of the answer adds. */
function summarizeDiagnostic(apdu: AssociationResponse): string {
  const diagnostic = apdu["result-source-diagnostic"];
  const error = findServiceError(apdu["user-information"]);
  const added = error === undefined ? "" : ` (${error})`;
  if (diagnostic === undefined) return added;
  const word =
    "acse-service-user" in diagnostic
      ? diagnostic["acse-service-user"]
      : diagnostic["acse-service-provider"];
  return word === "null" ? added : `: ${word}${added}`;
}

function findServiceError(information: UserInformation | undefined): string | undefined {
  if (information === undefined || information instanceof Uint8Array) return undefined;
  if (information.name !== "confirmed-service-error" || !("reason" in information))
    return undefined;
  return typeof information.reason === "string" ? information.reason : undefined;
}

function summarizeReason(apdu: ReleaseRequest | ReleaseResponse): string {
  return apdu.reason === undefined ? "" : ` ${apdu.reason}`;
}

function summarizeTitle(title: Uint8Array | undefined): string[] {
  return title === undefined ? [] : [`title ${toHex(title)}`];
}

function summarizeSize(size: number): string {
  return size === 0 ? "PDU size without limit" : `PDU size ${size}`;
}

function wordOf(words: Readonly<Record<string, string>>, name: string | undefined): string[] {
  return name === undefined ? [] : [words[name] ?? name];
}

function nameOf(words: Readonly<Record<string, string>>, name: string | undefined): string {
  return name === undefined ? "" : ` ${words[name] ?? name}`;
}
