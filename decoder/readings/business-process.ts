/**
 * What an exchange is for: the business processes of IEC 62056-1-0, table 1, told by the objects that
 * are named and by what is done with them.
 */

import { objectsOf } from "../conversation/names/object-names.js";
import type { ObjectReference } from "../conversation/names/object-reference.js";
import { isReadToItsEnd } from "../conversation/whole-apdu.js";
import type { Frame } from "../frame.js";
import type { AccessRequest } from "../xdlms/access.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import { type AttributeValue, valuesOf } from "./attribute-values.js";

export const businessProcesses = [
  "readings on demand",
  "scheduled readings",
  "contractual parameters",
  "supply control",
  "load control",
  "information to the consumer",
  "commissioning",
  "supervision",
  "maintenance of the security system",
  "events and alarms",
  "firmware update",
  "clock synchronisation",
  "disconnection and reconnection",
  "quality of supply",
] as const;

export type BusinessProcess = (typeof businessProcesses)[number];

/** An object, and whether the client changes it: a SET, a WRITE, a method. */
interface Use {
  readonly classId: number | undefined;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  /** The attribute or method; undefined where it is not known. */
  readonly id: number | undefined;
  readonly isChange: boolean;
}

/**
 * The process that a frame belongs to; undefined where it names no object, or one that tells nothing.
 * An answer belongs where its request does. The first object that tells decides: requests that serve
 * two processes at once are rare.
 */
export function processOf(frame: Frame): BusinessProcess | undefined {
  const { apdu, answers, known } = frame;
  if (apdu === undefined) return undefined;
  if (apdu.name === "event-notification-request") return "events and alarms";
  if (apdu.name === "data-notification") return processOfPush(valuesOf(apdu, undefined, []));
  const own = objectsOf(apdu, known.shortNames);
  const isOwn = own.length > 0;
  const objects = isOwn ? own : (answers?.objects ?? []);
  const naming = isOwn ? apdu : answers?.naming;
  let i = -1;
  for (const object of objects) {
    i += 1;
    const use = toUse(
      object,
      naming === undefined ? changes.test(answers?.name ?? "") : isChangeAt(naming, i),
    );
    const found = use === undefined ? undefined : processOfUse(use);
    if (found !== undefined) return found;
  }
  return undefined;
}

const changes = /^(set|write|unconfirmed-write|action)-/;

/** Whether what the request names at that place is changed: ACCESS may read one and write another. */
function isChangeAt(naming: Apdu, place: number): boolean {
  if (naming.name !== "access-request" || !isReadToItsEnd(naming)) return changes.test(naming.name);
  const body = (naming as AccessRequest)["access-request-body"];
  const step = body["access-request-specification"][place];
  if (step === undefined) return false;
  return "access-request-set" in step || "access-request-set-with-selection" in step;
}

function toUse(
  { classId, logicalName, kind, id }: ObjectReference,
  isChange: boolean,
): Use | undefined {
  if (logicalName === undefined) return undefined;
  return { classId, logicalName, id, isChange: isChange || kind === "method" };
}

/** A push tells alarms if it has any, else it is a reading that comes by a schedule. */
function processOfPush(values: readonly AttributeValue[]): BusinessProcess | undefined {
  if (values.length === 0) return undefined;
  const uses = values.map(({ classId, logicalName, attribute }) => {
    return { classId, logicalName, id: attribute, isChange: false };
  });
  const isAlarm = uses.some((use) => processOfUse(use) === "events and alarms");
  return isAlarm ? "events and alarms" : "scheduled readings";
}

function processOfUse(use: Use): BusinessProcess | undefined {
  return processOfName(use) ?? processOfClass(use) ?? processOfQuantity(use);
}

/** Objects whose logical name says more than their class. IEC 62056-6-1, abstract objects. */
function processOfName({ classId, logicalName, isChange }: Use): BusinessProcess | undefined {
  const [a = 0, , c = 0, d = 0, e = 0] = logicalName;
  // Event logs, error and alarm objects, and the codes of events.
  if (c === 99 && d === 98) return "events and alarms";
  if (c === 97 || (a === 0 && c === 96 && (d === 11 || d === 20 || d === 15))) {
    return "events and alarms";
  }
  if (a === 0 && c === 96) {
    if (d === 13) return "information to the consumer";
    if (d === 7) return "quality of supply";
    if (d === 1) return "commissioning";
    if (d === 14) return "contractual parameters";
    if (d === 3 && (classId === undefined || classId === 1)) return "load control";
    if (d === 5 || d === 6 || d === 8 || d === 9 || d === 12) return "supervision";
  }
  if (a === 0 && c === 0 && d === 2) return "firmware update";
  if (a === 0 && c === 10 && e === 106) return "disconnection and reconnection";
  if (a === 0 && c === 10 && e === 100) return "contractual parameters";
  if (a === 0 && c === 10 && e === 107) return "firmware update";
  if (a === 0 && c === 10 && e === 103) return "load control";
  if (a === 0 && c === 42) return "commissioning";
  if (a === 0 && c === 43 && d === 1)
    return isChange ? "maintenance of the security system" : undefined;
  return undefined;
}

function processOfClass({ classId, logicalName, id, isChange }: Use): BusinessProcess | undefined {
  switch (classId) {
    case 6: // Register activation
    case 10: // Schedule
    case 11: // Special days table
    case 20: // Activity calendar
    case 65: // Parameter monitor
    case 111: // Account, and the other classes of payment
    case 112:
    case 113:
    case 115:
    case 116:
      return "contractual parameters";
    case 7:
      return id === 2 && logicalName[2] !== 94 ? "scheduled readings" : undefined;
    case 62: // Compact data: billing values that were captured
      return id === 2 ? "scheduled readings" : undefined;
    case 8:
      return isChange ? "clock synchronisation" : "supervision";
    case 12: // Association SN and LN: lists of objects, or secrets
    case 15:
      return isChange ? "maintenance of the security system" : "commissioning";
    case 18:
      return "firmware update";
    case 21: // Register monitor
    case 71: // Limiter
      return "supply control";
    case 22: // Single action schedule
      return processOfSchedule(logicalName);
    case 30: // Data protection
    case 64: // Security setup
      return "maintenance of the security system";
    case 68: // Arbitrator
      return "load control";
    case 70:
      return "disconnection and reconnection";
    case 47: // Diagnostics of communication
    case 77:
    case 96:
    case 97:
    case 98:
    case 127:
    case 129:
    case 151:
    case 153:
      return "supervision";
    default:
      return classId !== undefined && isSetUp(classId) ? "commissioning" : undefined;
  }
}

/** What a single action schedule starts. IEC 62056-6-1, single action schedule objects. */
function processOfSchedule(logicalName: Uint8Array): BusinessProcess | undefined {
  switch (logicalName[4]) {
    case 0: // end of billing period
      return "scheduled readings";
    case 1:
      return "disconnection and reconnection";
    case 2:
      return "firmware update";
    case 3:
      return "load control";
    case 4: // push
      return "scheduled readings";
    default:
      return undefined;
  }
}

/** Classes that set communication up: ports, modems, protocols, networks, pushes, M-Bus. */
function isSetUp(classId: number): boolean {
  return (
    (classId >= 17 && classId <= 29) ||
    (classId >= 40 && classId <= 59) ||
    (classId >= 72 && classId <= 105) ||
    (classId >= 124 && classId <= 162)
  );
}

/** Values that are measured: by the quantity that they are of. */
function processOfQuantity({ classId, logicalName, isChange }: Use): BusinessProcess | undefined {
  const [a = 0, , c = 0, d = 0] = logicalName;
  if (isChange || a === 0 || c === 0 || c >= 94) return undefined;
  // Dips and swells of the voltage: thresholds, durations, magnitudes (D 31 to 45).
  const isVoltage = [12, 32, 52, 72].includes(c);
  if (a === 1 && isVoltage && d >= 31 && d <= 45) return "quality of supply";
  const isValue = classId === undefined || (classId >= 1 && classId <= 5);
  return isValue ? "readings on demand" : undefined;
}
