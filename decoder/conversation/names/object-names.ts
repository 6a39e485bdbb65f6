/** What the services name: attributes and methods of COSEM objects. */
import type { ShortNameObject } from "../../core/context.js";
import { classNotKnown, findShortName } from "../../cosem/short-name.js";
import type { AccessRequest } from "../../xdlms/access.js";
import type { AccessRequestSpecification } from "../../xdlms/access-specification.js";
import type { ActionRequest } from "../../xdlms/action.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type {
  AttributeDescriptor,
  AttributeWithSelection,
  MethodDescriptor,
} from "../../xdlms/attribute-descriptor.js";
import type { EventNotificationRequest } from "../../xdlms/event-notification.js";
import type { GetRequest } from "../../xdlms/get.js";
import type { InformationReportRequest } from "../../xdlms/information-report.js";
import type { ReadRequest } from "../../xdlms/read.js";
import type { SetRequest } from "../../xdlms/set.js";
import type { VariableAccess } from "../../xdlms/variable-access.js";
import type { WriteRequest } from "../../xdlms/write.js";
import { isReadToItsEnd } from "../whole-apdu.js";
import type { ObjectReference } from "./object-reference.js";

type Naming =
  | GetRequest
  | SetRequest
  | ActionRequest
  | AccessRequest
  | ReadRequest
  | WriteRequest
  | InformationReportRequest
  | EventNotificationRequest;

const nothing: readonly ObjectReference[] = Object.freeze([]);

/**
 * What a request or a notification names, in its order: one reference for each descriptor and for
 * each variable name. Empty for what names nothing (answers, requests for the next block, further
 * blocks) and for an APDU that was not read to its end. `shortNames` ascend by base.
 */
export function objectsOf(
  apdu: Apdu,
  shortNames: readonly ShortNameObject[],
): readonly ObjectReference[] {
  if (!isReadToItsEnd(apdu)) return nothing;
  // Any other name ends in `default`.
  const naming = apdu as Naming;
  switch (naming.name) {
    case "get-request-normal":
    case "set-request-normal":
    case "set-request-with-first-datablock":
      return [referToSelected(naming)];
    case "get-request-with-list":
    case "set-request-with-list":
    case "set-request-with-list-and-first-datablock":
      return naming["attribute-descriptor-list"].map(referToSelected);
    case "action-request-normal":
    case "action-request-with-first-pblock":
      return [referToMethod(naming["cosem-method-descriptor"])];
    case "action-request-with-list":
    case "action-request-with-list-and-first-pblock":
      return naming["cosem-method-descriptor-list"].map(referToMethod);
    case "access-request":
      return naming["access-request-body"]["access-request-specification"].map(referToStep);
    case "event-notification-request":
      return [referToAttribute(naming["cosem-attribute-descriptor"])];
    case "read-request":
    case "write-request":
    case "unconfirmed-write-request":
    case "information-report-request":
      return referToVariables(naming["variable-access-specification"], shortNames);
    default:
      return nothing;
  }
}

/**
 * The attribute or method that a short name means, by what is known of the server (`shortNames`,
 * ascending by base) and the bases that the standard fixes. Only the short name itself where no
 * known object reaches it.
 */
export function resolveShortName(
  name: number,
  shortNames: readonly ShortNameObject[],
): ObjectReference {
  const meaning = findShortName(name, shortNames);
  if (meaning === undefined) {
    return {
      classId: undefined,
      logicalName: undefined,
      kind: "unknown",
      id: undefined,
      shortName: name,
    };
  }
  const { object, kind, id } = meaning;
  return {
    classId: object.classId === classNotKnown ? undefined : object.classId,
    logicalName: object.logicalName,
    kind,
    id,
    shortName: name,
  };
}

function referToSelected(attribute: AttributeWithSelection): ObjectReference {
  return referToAttribute(attribute["cosem-attribute-descriptor"]);
}

/** An attribute as its descriptor names it. */
export function referToAttribute(descriptor: AttributeDescriptor): ObjectReference {
  return {
    classId: descriptor["class-id"],
    logicalName: descriptor["instance-id"],
    kind: "attribute",
    id: descriptor["attribute-id"],
    shortName: undefined,
  };
}

function referToMethod(descriptor: MethodDescriptor): ObjectReference {
  return {
    classId: descriptor["class-id"],
    logicalName: descriptor["instance-id"],
    kind: "method",
    id: descriptor["method-id"],
    shortName: undefined,
  };
}

function referToStep(step: AccessRequestSpecification): ObjectReference {
  if ("access-request-get" in step) return referToSelected(step["access-request-get"]);
  if ("access-request-set" in step) return referToSelected(step["access-request-set"]);
  if ("access-request-action" in step) {
    return referToMethod(step["access-request-action"]["cosem-method-descriptor"]);
  }
  if ("access-request-get-with-selection" in step) {
    return referToSelected(step["access-request-get-with-selection"]);
  }
  return referToSelected(step["access-request-set-with-selection"]);
}

function referToVariables(
  list: readonly VariableAccess[],
  shortNames: readonly ShortNameObject[],
): readonly ObjectReference[] {
  const references: ObjectReference[] = [];
  for (const access of list) {
    const name = findVariableName(access);
    if (name !== undefined) references.push(resolveShortName(name, shortNames));
  }
  return references;
}

/** The short name in an access, if there is one: blocks have none. */
export function findVariableName(access: VariableAccess): number | undefined {
  if ("variable-name" in access) return access["variable-name"];
  return "parameterized-access" in access
    ? access["parameterized-access"]["variable-name"]
    : undefined;
}
