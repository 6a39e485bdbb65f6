/** What a frame asks or answers: the link commands and the APDUs, seen alike. */
import type { AssociationRequest } from "../../acse/aarq.js";
import type { Direction } from "../../chunk.js";
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

type Kind =
  | { readonly role: "request"; readonly service: Service }
  | { readonly role: "answer"; readonly service: Service | "link" | "any" }
  | { readonly role: "other" };

const kindOfCommand = new Map<string, Kind>([
  ["SNRM", { role: "request", service: "link-connection" }],
  ["DISC", { role: "request", service: "link-disconnection" }],
  ["UA", { role: "answer", service: "link" }],
  ["DM", { role: "answer", service: "any" }],
  ["FRMR", { role: "answer", service: "any" }],
]);

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

const cipheredRequest: Kind = { role: "request", service: "ciphered" };
const cipheredAnswer: Kind = { role: "answer", service: "ciphered" };

/** The HDLC control field of a frame; undefined on other links. */
export function hdlcControlOf(frame: ObservedFrame): HdlcControl | undefined {
  if (frame.framing !== "hdlc") return undefined;
  const hdlc: { readonly control?: HdlcControl } | undefined = frame.link["hdlc"];
  return hdlc?.control;
}

/** What the frame asks or answers; undefined where that is not known, as of a part of an APDU. */
export function messageOf(frame: ObservedFrame): Message | undefined {
  const type = hdlcControlOf(frame)?.type;
  const command = type === undefined ? undefined : createLinkMessage(type);
  if (command !== undefined) return command;
  const { apdus, apdu } = frame;
  if (apdus.length === 0) return undefined;
  const name = apdu?.name ?? apdus[apdus.length - 1]?.name;
  const kind = name === undefined ? undefined : kindOf(name, frame.direction);
  if (name === undefined || kind === undefined) return undefined;
  return createMessage(name, kind, frame.apdu);
}

function createLinkMessage(name: string): Message | undefined {
  const kind = kindOfCommand.get(name);
  return kind === undefined ? undefined : createMessage(name, kind, undefined);
}

function kindOf(name: string, direction: Direction | null): Kind | undefined {
  const kind = kindOfName.get(name);
  if (kind !== undefined || direction === null || !generalNames.has(name)) return kind;
  return direction === "client-to-server" ? cipheredRequest : cipheredAnswer;
}

function createMessage(name: string, kind: Kind, value: Apdu | undefined): Message {
  const apdu = toServiceApdu(value);
  const invocation = apdu === undefined ? undefined : invocationOf(apdu);
  const { role } = kind;
  if (role === "answer") return { role, name, service: kind.service, apdu, invocation };
  if (role === "other") return { role, name, apdu, invocation };
  const { service } = kind;
  const awaitsAnswer =
    service === "notification"
      ? invocation?.serviceClass === "confirmed"
      : invocation?.serviceClass !== "unconfirmed" && !isAnswerUnwanted(value);
  return { role, name, service, awaitsAnswer, apdu, invocation };
}

/** An association without confirmation: the initiate-request says that no answer is allowed. */
function isAnswerUnwanted(apdu: Apdu | undefined): boolean {
  if (apdu?.name !== "aarq") return false;
  const information = (apdu as AssociationRequest)["user-information"];
  if (information === undefined || !("name" in information)) return false;
  if (information.name !== "initiate-request") return false;
  return "response-allowed" in information && information["response-allowed"] === false;
}
