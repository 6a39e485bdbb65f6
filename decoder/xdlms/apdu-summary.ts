import type { AssociationResponse } from "../acse/aare.js";
import type { AssociationRequest } from "../acse/aarq.js";
import type { ReleaseRequest, ReleaseResponse } from "../acse/release.js";
import { toHex } from "../core/bytes.js";
import type { CipheredApdu } from "../security/ciphered-apdu.js";
import type { GeneralCiphering } from "../security/general-ciphering.js";
import type { GeneralSigning } from "../security/general-signing.js";
import type { AccessRequest, AccessResponse } from "./access.js";
import type { ActionRequest, ActionResponse } from "./action.js";
import type { Apdu } from "./apdu-value.js";
import { summarizeAssociation, summarizeError } from "./association-summary.js";
import type { ConfirmedServiceError } from "./confirmed-service-error.js";
import type { DataNotification, DataNotificationConfirm } from "./data-notification.js";
import { countBytes } from "./data-summary.js";
import type { EventNotificationRequest } from "./event-notification.js";
import type { ExceptionResponse } from "./exception-response.js";
import type { Gateway } from "./gateway.js";
import type { GeneralBlockTransfer } from "./general-block-transfer.js";
import type { GetRequest, GetResponse } from "./get.js";
import type { InformationReportRequest } from "./information-report.js";
import type { InitiateRequest, InitiateResponse } from "./initiate.js";
import { summarizeAccess, summarizeInvoked } from "./logical-name-summary.js";
import { summarizeNotification } from "./notification-summary.js";
import type { ReadRequest, ReadResponse } from "./read.js";
import type { SetRequest, SetResponse } from "./set.js";
import { summarizeShortName } from "./short-name-summary.js";
import type { UnknownApdu } from "./unknown-apdu.js";
import type { WriteRequest, WriteResponse } from "./write.js";

/** Every APDU whose name tells its exact shape; `CipheredApdu` stands for forty of one shape. */
type KnownApdu =
  | InitiateRequest
  | InitiateResponse
  | AssociationRequest
  | AssociationResponse
  | ReleaseRequest
  | ReleaseResponse
  | GetRequest
  | GetResponse
  | SetRequest
  | SetResponse
  | ActionRequest
  | ActionResponse
  | AccessRequest
  | AccessResponse
  | ReadRequest
  | ReadResponse
  | WriteRequest
  | WriteResponse
  | InformationReportRequest
  | DataNotification
  | DataNotificationConfirm
  | EventNotificationRequest
  | ConfirmedServiceError
  | ExceptionResponse
  | GeneralBlockTransfer
  | GeneralSigning
  | Gateway
  | UnknownApdu;

const shownCharacters = 60;

/**
 * An APDU in one line, for the list of frames. One that was cut off gives its name. `subject` is
 * what an answer is about, where the request is known.
 */
export function summarizeApdu(apdu: Apdu, subject?: string): string {
  if (isCiphered(apdu)) return summarizeCiphered(apdu);
  return isKnown(apdu) ? summarizeKnown(apdu, subject) : `${apdu.name}, not readable to its end`;
}

function summarizeKnown(apdu: KnownApdu, subject: string | undefined): string {
  switch (apdu.name) {
    case "aarq":
    case "aare":
    case "rlrq":
    case "rlre":
    case "initiate-request":
    case "initiate-response":
      return summarizeAssociation(apdu);
    case "access-request":
    case "access-response":
      return summarizeAccess(apdu);
    case "read-request":
    case "read-response":
    case "write-request":
    case "unconfirmed-write-request":
    case "write-response":
    case "information-report-request":
      return summarizeShortName(apdu, subject);
    case "data-notification":
    case "data-notification-confirm":
    case "event-notification-request":
      return summarizeNotification(apdu);
    case "confirmed-service-error":
    case "exception-response":
      return summarizeError(apdu);
    case "general-block-transfer":
      return summarizeBlockTransfer(apdu);
    case "general-signing":
      return `SIGNED APDU, ${countBytes(apdu.content)}`;
    case "gateway-request":
    case "gateway-response":
      return summarizeGateway(apdu);
    case "unknown-apdu":
    case "empty-apdu":
      return summarizeUnknown(apdu);
    default:
      return summarizeInvoked(apdu, subject);
  }
}

/** `glo-get-request, 45 bytes ciphered`. */
function summarizeCiphered(apdu: CipheredApdu | GeneralCiphering): string {
  const title = findTitle(apdu);
  const sender = title === undefined || title.length === 0 ? "" : ` from ${toHex(title)}`;
  const data = apdu["ciphered-data"];
  if (data === undefined) return `${apdu.name}${sender}, not readable to its end`;
  const protection = apdu["security-control"]?.encryption === false ? "in clear" : "ciphered";
  return `${apdu.name}${sender}, ${countBytes(data)} ${protection}`;
}

function findTitle(apdu: CipheredApdu | GeneralCiphering): Uint8Array | undefined {
  return "originator-system-title" in apdu
    ? apdu["originator-system-title"]
    : "system-title" in apdu
      ? apdu["system-title"]
      : undefined;
}

function summarizeBlockTransfer(apdu: GeneralBlockTransfer): string {
  const data = apdu["block-data"];
  if (data.length === 0) return `BLOCK TRANSFER, ${apdu["block-number-ack"]} received`;
  const last = apdu["block-control"]["last-block"] ? " (last)" : "";
  return `BLOCK TRANSFER with block ${apdu["block-number"]}${last}, ${countBytes(data)}`;
}

function summarizeGateway(apdu: Gateway): string {
  const address = apdu["physical-device-address"];
  const device = address.length === 0 ? "" : ` device ${toHex(address)}`;
  const direction = apdu.name === "gateway-request" ? "to" : "from";
  return `GATEWAY ${direction} network ${apdu["network-id"]}${device}`;
}

function summarizeUnknown(apdu: UnknownApdu): string {
  if (apdu.name === "empty-apdu") return "no APDU: the layer is empty";
  if (apdu.text === undefined) return "unknown APDU";
  const { text } = apdu;
  const shown = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}...` : text;
  return `text instead of an APDU: ${JSON.stringify(shown)}`;
}

function isCiphered(apdu: Apdu): apdu is CipheredApdu | GeneralCiphering {
  return (
    apdu.name.startsWith("glo-") || apdu.name.startsWith("ded-") || apdu.name.endsWith("-ciphering")
  );
}

/** APDUs of which nothing need be known but their name. */
const mayBeEmpty: ReadonlySet<string> = new Set(["rlrq", "rlre", "unknown-apdu", "empty-apdu"]);

/** Whether the APDU was read to its end: of others, nothing but the name is known. */
function isKnown(apdu: Apdu): apdu is KnownApdu {
  if (mayBeEmpty.has(apdu.name)) return true;
  for (const key in apdu) if (key !== "name") return true;
  return false;
}
