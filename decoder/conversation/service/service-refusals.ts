/** Says of a refusal what was refused, and what its code means. */
import { labelItem, nameItem } from "../../cosem/item-label.js";
import { formatLogicalName } from "../../xdlms/logical-name.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { FindingSink } from "../observed-frame.js";
import type { ServiceApdu } from "./exchange-apdu.js";
import { outcomesOf } from "./service-outcomes.js";
import {
  explainException,
  explainResult,
  explainServiceError,
} from "./service-refusal-diagnostics.js";

/** What is known of the request that was refused. */
export interface RefusedRequest {
  readonly frame: number;
  readonly name: string;
  readonly objects: readonly ObjectReference[];
  /** Invocation counter that it was ciphered with. */
  readonly counter: number | undefined;
}

const stateErrors: Readonly<Record<string, string>> = {
  "service-not-allowed": "the service is not allowed in this state, as without an open association",
  "service-unknown": "the server does not know the service",
};

/** Words for the reasons of ServiceError that do not speak for themselves. */
const reasons: Readonly<Record<string, string>> = {
  "time-elapsed": "the time for it has run out",
  "application-unreachable": "the application cannot be reached",
  "application-reference-invalid": "the addressed application does not exist",
  "application-context-unsupported": "the application context is not supported",
  "provider-communication-error": "the communication with the application failed",
  "deciphering-error": "the request could not be deciphered",
  "no-dlms-context": "no association is open",
  "pdu-size": "the APDU is too long",
  "service-unsupported": "the service is not supported",
  "dlms-version-too-low": "the DLMS version is too low",
  "incompatible-conformance": "nothing of the proposed conformance is supported",
  "pdu-size-too-short": "the PDU size that the client takes is too small",
  "refused-by-the-vde-handler": "the server does not want the association",
};

/** Reports why the server refuses; `request` is undefined where nobody knows what was asked. */
export function reportRefusals(
  answer: ServiceApdu,
  request: RefusedRequest | undefined,
  sink: FindingSink,
): void {
  if (answer.name === "exception-response") {
    const error = answer["service-error"];
    const state = answer["state-error"];
    const counters = describeCounters(answer["invocation-counter"], request?.counter);
    const words = [describeRequest(request), counters, stateErrors[state] ?? state];
    sink.report(explainException(error), joinWords(words), "apdu");
    return;
  }
  if (answer.name === "confirmed-service-error") {
    const words = [describeRequest(request), reasons[answer.reason] ?? answer.reason];
    sink.report(explainServiceError(answer["service-error"]), joinWords(words), "apdu");
    return;
  }
  reportResults(answer, request, sink);
}

/** Objects, or elements of a list, that are named in one finding. */
const namedObjects = 3;

function reportResults(
  answer: ServiceApdu,
  request: RefusedRequest | undefined,
  sink: FindingSink,
): void {
  const { results, isList } = outcomesOf(answer);
  if (results.every(isSuccess)) return;
  const placesOf = new Map<string, number[]>();
  results.forEach((result, place) => {
    if (isSuccess(result)) return;
    const places = placesOf.get(result);
    if (places === undefined) placesOf.set(result, [place]);
    else places.push(place);
  });
  for (const [result, places] of placesOf) {
    // One result for a whole list is for all of its elements.
    const what = isList ? describeElements(places, request) : describeAll(request);
    sink.report(explainResult(result), joinWords([what, result]), "apdu");
  }
}

function isSuccess(result: string): boolean {
  return result === "success";
}

function describeAll(request: RefusedRequest | undefined): string | undefined {
  if (request === undefined || request.objects.length === 0) return describeRequest(request);
  return describeObjects(request.objects);
}

/** The objects at these places of a list; `elements 2, 3` where nobody knows what stands there. */
function describeElements(
  places: readonly number[],
  request: RefusedRequest | undefined,
): string | undefined {
  const objects = places.flatMap((place) => request?.objects[place] ?? []);
  if (objects.length > 0) return describeObjects(objects);
  const shown = places.slice(0, namedObjects).map((place) => place + 1);
  const more = places.length > namedObjects ? ` and ${places.length - namedObjects} more` : "";
  const elements = places.length === 1 ? "element" : "elements";
  return joinWords([describeRequest(request), `${elements} ${shown.join(", ")}${more}`]);
}

function describeRequest(request: RefusedRequest | undefined): string | undefined {
  if (request === undefined) return undefined;
  const of = request.objects.length === 0 ? "" : ` of ${describeObjects(request.objects)}`;
  return `${request.name} in frame ${request.frame}${of}`;
}

function describeObjects(objects: readonly ObjectReference[]): string {
  const shown = objects.slice(0, namedObjects).map(describeObject).join("; ");
  const more = objects.length - namedObjects;
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

/** `1-0:1.8.0*255 attribute 2 (Register.value)`; `short name 0x0bd8` where nothing else is known. */
function describeObject(object: ObjectReference): string {
  const { classId, logicalName, kind, id, shortName } = object;
  const short = shortName === undefined ? "" : shortName.toString(16).padStart(4, "0");
  const what = logicalName === undefined ? `short name 0x${short}` : formatLogicalName(logicalName);
  if (classId !== undefined && id !== undefined && kind !== "unknown") {
    return logicalName === undefined
      ? `${what} ${nameItem(classId, kind, id)}`
      : labelItem(logicalName, classId, kind, id);
  }
  const ofClass = classId === undefined ? "" : ` class ${classId}`;
  const member = id === undefined ? "" : ` ${kind === "unknown" ? "member" : kind} ${id}`;
  return `${what}${ofClass}${member}`;
}

function describeCounters(
  expected: number | undefined,
  sent: number | undefined,
): string | undefined {
  if (expected === undefined) return undefined;
  const had = sent === undefined ? "" : `, the request has ${sent}`;
  return `the server expects ${expected} at least${had}`;
}

function joinWords(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(", ");
}
