/** What an AARQ and its AARE must bring, each by itself and compared with each other. */
import type { AssociationResponse } from "../../acse/aare.js";
import type { AssociationRequest } from "../../acse/aarq.js";
import type { UserInformation } from "../../acse/user-information.js";
import type { DiagnosticDefinition } from "../../core/diagnostics.js";
import { systemTitleLength } from "../../security/system-title.js";
import type { InitiateRequest, InitiateResponse } from "../../xdlms/initiate.js";
import {
  challengeOf,
  checkChallenge,
  copyChallenge,
  type Report,
} from "./association-challenges.js";
import { associationDiagnostics as D } from "./association-diagnostics.js";
import type { AssociationView } from "./association-view.js";

/** Mechanisms of which the proof contains the system titles of both sides. */
const withTitles: ReadonlySet<string> = new Set([
  "high-level-security-gmac",
  "high-level-security-sha256",
  "high-level-security-ecdsa",
]);

/** The view of an association of which no frame was seen. */
export const nothingKnown: AssociationView = Object.freeze({
  state: "unknown",
  ciphered: undefined,
  mechanism: undefined,
  conformance: undefined,
  clientMaxReceivePduSize: undefined,
  serverMaxReceivePduSize: undefined,
  requestFrame: undefined,
  responseFrame: undefined,
});

/** Whether the mechanism has four passes; unknown ones count as having two. */
function isHighLevel(mechanism: string | undefined): boolean {
  return mechanism?.startsWith("high-level-security") === true;
}

/**
 * What of an AARQ outlives its frame. All of it is copied: a view would keep the whole piece of the
 * capture in memory that it is of.
 */
export interface Proposal {
  readonly "application-context-name": AssociationRequest["application-context-name"];
  readonly "mechanism-name": AssociationRequest["mechanism-name"];
  /** CtoS. */
  readonly challenge: Uint8Array | undefined;
  /** Undefined where there is none, or where it stayed ciphered. */
  readonly initiate:
    | Pick<InitiateRequest, "proposed-dlms-version-number" | "proposed-conformance">
    | undefined;
}

/** What an AARQ proposes. */
export function proposalOf(aarq: AssociationRequest): Proposal {
  return {
    "application-context-name": aarq["application-context-name"],
    "mechanism-name": aarq["mechanism-name"],
    challenge: copyChallenge(aarq["calling-authentication-value"]),
    initiate: initiateRequestOf(aarq),
  };
}

/** Whether services are ciphered in the context; undefined for one that is not of DLMS/COSEM. */
export function isCiphered(context: string | undefined): boolean | undefined {
  if (context?.endsWith("-with-ciphering") === true) return true;
  return context?.endsWith("-no-ciphering") === true ? false : undefined;
}

/** The InitiateRequest of an AARQ; undefined where it is missing or stayed ciphered. */
export function initiateRequestOf(aarq: AssociationRequest): InitiateRequest | undefined {
  return initiateOf(aarq["user-information"], "initiate-request");
}

/** The InitiateResponse of an AARE; undefined where it is missing or stayed ciphered. */
function initiateResponseOf(aare: AssociationResponse): InitiateResponse | undefined {
  return initiateOf(aare["user-information"], "initiate-response");
}

function initiateOf<Initiate extends InitiateRequest | InitiateResponse>(
  information: UserInformation | undefined,
  name: Initiate["name"],
): Initiate | undefined {
  if (information === undefined || !("name" in information)) return undefined;
  // The name tells which of the two it is.
  return information.name === name ? (information as Initiate) : undefined;
}

/** Of an APDU that could not be read to its end, only the name is there. */
export function isReadable(apdu: AssociationRequest): boolean {
  return Object.keys(apdu).length > 1;
}

/** What an AARQ alone tells of its association. */
export function viewOfRequest(aarq: AssociationRequest): Partial<AssociationView> {
  const initiate = initiateRequestOf(aarq);
  return {
    ciphered: isCiphered(aarq["application-context-name"]),
    mechanism: aarq["mechanism-name"],
    clientMaxReceivePduSize: initiate?.["client-max-receive-pdu-size"],
  };
}

/** What an AARE that accepts adds. */
export function viewOfAcceptance(aare: AssociationResponse): Partial<AssociationView> {
  const initiate = initiateResponseOf(aare);
  return {
    conformance: initiate?.["negotiated-conformance"],
    serverMaxReceivePduSize: initiate?.["server-max-receive-pdu-size"],
  };
}

/**
 * Whether passes 3 and 4 must follow an AARE that accepts. A server that gives no diagnostic asks
 * for nothing more.
 */
export function needsPasses(aare: AssociationResponse, mechanism: string | undefined): boolean {
  const diagnostic = Object.values(aare["result-source-diagnostic"] ?? {})[0];
  if (mechanism === undefined) return diagnostic === "authentication-required";
  return isHighLevel(mechanism) && diagnostic !== "null";
}

/** Looks at an AARQ by itself. */
export function checkRequest(aarq: AssociationRequest, report: Report): void {
  const mechanism = aarq["mechanism-name"];
  const why = whyTitles(aarq["application-context-name"], mechanism);
  checkTitle(aarq["calling-ap-title"], why, D["client-title-missing"], report);
  if (isHighLevel(mechanism)) {
    checkChallenge(challengeOf(aarq["calling-authentication-value"]), "client", report);
  }
  if (aarq["user-information"] === undefined) {
    report(D["user-information-missing"], "an InitiateRequest is expected");
  }
}

/** Looks at an AARE that accepts, and compares it with its AARQ where that was captured. */
export function checkAcceptance(
  aare: AssociationResponse,
  aarq: Proposal | undefined,
  report: Report,
): void {
  const mechanism = aarq?.["mechanism-name"] ?? aare["mechanism-name"];
  const context = aarq?.["application-context-name"] ?? aare["application-context-name"];
  const why = whyTitles(context, mechanism);
  checkTitle(aare["responding-ap-title"], why, D["server-title-missing"], report);
  if (isHighLevel(mechanism)) {
    checkChallenge(challengeOf(aare["responding-authentication-value"]), "server", report);
  }
  if (aare["user-information"] === undefined) {
    report(D["user-information-missing"], "an InitiateResponse is expected");
  }
  if (aarq !== undefined) compareNames(aare, aarq, report);
  const proposed = aarq?.initiate;
  const negotiated = initiateResponseOf(aare);
  if (proposed !== undefined && negotiated !== undefined) compare(negotiated, proposed, report);
}

function compareNames(aare: AssociationResponse, aarq: Proposal, report: Report): void {
  const names = [
    ["application-context-name", D["context-differs"]],
    ["mechanism-name", D["mechanism-differs"]],
  ] as const;
  for (const [key, definition] of names) {
    const [asked, answered] = [aarq[key], aare[key]];
    if (asked === undefined || answered === undefined || asked === answered) continue;
    // A name that is none of DLMS/COSEM is reported where it is read.
    if (!isDotted(asked) && !isDotted(answered))
      report(definition, `${answered}, asked for was ${asked}`);
  }
}

function isDotted(name: string): boolean {
  return name.includes(".");
}

function compare(
  negotiated: InitiateResponse,
  proposed: NonNullable<Proposal["initiate"]>,
  report: Report,
): void {
  const version = negotiated["negotiated-dlms-version-number"];
  const proposedVersion = proposed["proposed-dlms-version-number"];
  if (version !== proposedVersion) {
    report(D["dlms-version-differs"], `${version}, proposed was ${proposedVersion}`);
  }
  const offered = new Set(proposed["proposed-conformance"]);
  const granted = negotiated["negotiated-conformance"].filter((bit) => !offered.has(bit));
  if (granted.length > 0) report(D["conformance-not-proposed"], granted.join(", "));
}

function whyTitles(context: string | undefined, mechanism: string | undefined): string | undefined {
  if (isCiphered(context) === true) return "the application context is one with ciphering";
  return mechanism !== undefined && withTitles.has(mechanism)
    ? `the proofs of ${mechanism} contain it`
    : undefined;
}

function checkTitle(
  title: Uint8Array | undefined,
  why: string | undefined,
  missing: DiagnosticDefinition,
  report: Report,
): void {
  if (why === undefined) return;
  if (title === undefined || title.length === 0) report(missing, why);
  else if (title.length !== systemTitleLength) report(D["title-length"], `${title.length} bytes`);
}
