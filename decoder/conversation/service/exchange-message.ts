/** What a frame asks or answers: the link commands and the APDUs, seen alike. */
import type { AssociationRequest } from "../../acse/aarq.js";
import type { HdlcControl } from "../../link/hdlc/control.js";
import { apduTags } from "../../xdlms/apdu-tags.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { ObservedFrame } from "../observed-frame.js";
import {
  type Invocation,
  invocationOf,
  type ServiceApdu,
  serviceNames,
  toServiceApdu,
} from "./exchange-apdu.js";

/** `ciphered`: of an APDU that stayed ciphered, and does not say what is inside. */
export type Service =
  | "link-connection"
  | "link-disconnection"
  | "association"
  | "release"
  | "get"
  | "set"
  | "action"
  | "access"
  | "read"
  | "write"
  | "notification"
  | "ciphered";

interface MessageOf {
  readonly name: string;
  /** Undefined for link commands, ACSE, and what was not read to its end. */
  readonly apdu: ServiceApdu | undefined;
  readonly invocation: Invocation | undefined;
}

export interface RequestMessage extends MessageOf {
  readonly role: "request";
  readonly service: Service;
  /** Whether the sender waits for an answer. */
  readonly awaitsAnswer: boolean;
}

export interface AnswerMessage extends MessageOf {
  readonly role: "answer";
  /** `link`: to either command of the link layer. `any`: to whatever was asked first. */
  readonly service: Service | "link" | "any";
}

/** Asks for nothing and answers nothing: pushes, and writes that nobody confirms. */
export interface OtherMessage extends MessageOf {
  readonly role: "other";
}

export type Message = RequestMessage | AnswerMessage | OtherMessage;

const linkRequests = new Map<string, Service>([
  ["SNRM", "link-connection"],
  ["DISC", "link-disconnection"],
]);

const linkAnswers = new Map<string, "link" | "any">([
  ["UA", "link"],
  ["DM", "any"],
  ["FRMR", "any"],
]);

type Kind =
  | { readonly role: "request"; readonly service: Service }
  | { readonly role: "answer"; readonly service: Service | "any" }
  | { readonly role: "other" };

/** APDUs by their names without the choice and without the prefix of a ciphering. */
const kindOfPrefix: readonly (readonly [prefix: string, kind: Kind])[] = [
  ["get-request", { role: "request", service: "get" }],
  ["set-request", { role: "request", service: "set" }],
  ["action-request", { role: "request", service: "action" }],
  ["access-request", { role: "request", service: "access" }],
  ["read-request", { role: "request", service: "read" }],
  ["write-request", { role: "request", service: "write" }],
  ["aarq", { role: "request", service: "association" }],
  ["rlrq", { role: "request", service: "release" }],
  ["get-response", { role: "answer", service: "get" }],
  ["set-response", { role: "answer", service: "set" }],
  ["action-response", { role: "answer", service: "action" }],
  ["access-response", { role: "answer", service: "access" }],
  ["read-response", { role: "answer", service: "read" }],
  ["write-response", { role: "answer", service: "write" }],
  ["aare", { role: "answer", service: "association" }],
  ["rlre", { role: "answer", service: "release" }],
  ["data-notification-confirm", { role: "answer", service: "notification" }],
  ["data-notification", { role: "request", service: "notification" }],
  ["exception-response", { role: "answer", service: "any" }],
  ["confirmed-service-error", { role: "answer", service: "any" }],
  ["unconfirmed-write-request", { role: "other" }],
  ["event-notification-request", { role: "other" }],
  ["information-report-request", { role: "other" }],
];

const kindOfName = new Map<string, Kind>();
for (const name of [...serviceNames, ...Object.values(apduTags)]) {
  const plain = name.replace(/^(?:glo|ded)-/, "");
  const found = kindOfPrefix.find(([prefix]) => plain.startsWith(prefix));
  if (found !== undefined) kindOfName.set(name, found[1]);
}

/** Ciphered APDUs that do not name the service inside. */
const generalNames: ReadonlySet<string> = new Set([
  "general-glo-ciphering",
  "general-ded-ciphering",
  "general-ciphering",
  "general-signing",
]);

/** The HDLC control field of a frame; undefined on other links. */
export function hdlcControlOf(frame: ObservedFrame): HdlcControl | undefined {
  const hdlc: { readonly control?: HdlcControl } | undefined = frame.link["hdlc"];
  return hdlc?.control;
}

/** What the frame asks or answers; undefined where that is not known, as of a part of an APDU. */
export function messageOf(frame: ObservedFrame): Message | undefined {
  const type = hdlcControlOf(frame)?.type;
  const command = type === undefined ? undefined : createLinkMessage(type);
  if (command !== undefined) return command;
  const name = frame.apdu?.name ?? frame.apdus[frame.apdus.length - 1]?.name;
  return name === undefined || frame.apdus.length === 0
    ? undefined
    : createMessage(name, frame, toServiceApdu(frame.apdu));
}

function createLinkMessage(name: string): Message | undefined {
  const plain = { name, apdu: undefined, invocation: undefined };
  const request = linkRequests.get(name);
  if (request !== undefined) {
    return { role: "request", service: request, awaitsAnswer: true, ...plain };
  }
  const answer = linkAnswers.get(name);
  return answer === undefined ? undefined : { role: "answer", service: answer, ...plain };
}

function createMessage(
  name: string,
  frame: ObservedFrame,
  apdu: ServiceApdu | undefined,
): Message | undefined {
  const invocation = apdu === undefined ? undefined : invocationOf(apdu);
  const message = { name, apdu, invocation };
  if (generalNames.has(name)) {
    if (frame.direction === null) return undefined;
    return frame.direction === "client-to-server"
      ? { role: "request", service: "ciphered", awaitsAnswer: true, ...message }
      : { role: "answer", service: "ciphered", ...message };
  }
  const kind = kindOfName.get(name);
  if (kind?.role !== "request") return kind === undefined ? undefined : { ...kind, ...message };
  const awaitsAnswer =
    kind.service === "notification"
      ? invocation?.serviceClass === "confirmed"
      : invocation?.serviceClass !== "unconfirmed" && !isAnswerUnwanted(frame.apdu);
  return { ...kind, awaitsAnswer, ...message };
}

/** An association without confirmation: the initiate-request says that no answer is allowed. */
function isAnswerUnwanted(apdu: Apdu | undefined): boolean {
  if (apdu?.name !== "aarq") return false;
  const information = (apdu as AssociationRequest)["user-information"];
  if (information === undefined || !("name" in information)) return false;
  if (information.name !== "initiate-request") return false;
  return "response-allowed" in information && information["response-allowed"] === false;
}
