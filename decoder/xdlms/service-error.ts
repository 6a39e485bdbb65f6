/** ServiceError of IEC 62056-5-3: what a confirmed-service-error says is wrong. */
import type { Cursor } from "../core/cursor.js";
import { defineFields, type ValueTable } from "../core/fields.js";
import { unknownChoice } from "./choice.js";
import { decodeEnumerated } from "./enumerated.js";

const errorClasses = {
  0: "application-reference",
  1: "hardware-resource",
  2: "vde-state-error",
  3: "service",
  4: "definition",
  5: "access",
  6: "initiate",
  7: "load-data-set",
  8: "change-scope",
  9: "task",
  10: "other",
} as const;

type ErrorClass = (typeof errorClasses)[keyof typeof errorClasses];

export interface ServiceError {
  readonly "service-error": ErrorClass;
  /** The word of the class's enumeration, `reserved (n)` where it has none. */
  readonly reason: string;
}

const reasons: Readonly<Record<ErrorClass, ValueTable>> = {
  "application-reference": {
    0: "other",
    1: "time-elapsed",
    2: "application-unreachable",
    3: "application-reference-invalid",
    4: "application-context-unsupported",
    5: "provider-communication-error",
    6: "deciphering-error",
  },
  "hardware-resource": {
    0: "other",
    1: "memory-unavailable",
    2: "processor-resource-unavailable",
    3: "mass-storage-unavailable",
    4: "other-resource-unavailable",
  },
  "vde-state-error": {
    0: "other",
    1: "no-dlms-context",
    2: "loading-data-set",
    3: "status-nochange",
    4: "status-inoperable",
  },
  service: { 0: "other", 1: "pdu-size", 2: "service-unsupported" },
  definition: {
    0: "other",
    1: "object-undefined",
    2: "object-class-inconsistent",
    3: "object-attribute-inconsistent",
  },
  access: {
    0: "other",
    1: "scope-of-access-violated",
    2: "object-access-violated",
    3: "hardware-fault",
    4: "object-unavailable",
  },
  initiate: {
    0: "other",
    1: "dlms-version-too-low",
    2: "incompatible-conformance",
    3: "pdu-size-too-short",
    4: "refused-by-the-vde-handler",
  },
  "load-data-set": {
    0: "other",
    1: "primitive-out-of-sequence",
    2: "not-loadable",
    3: "dataset-size-too-large",
    4: "not-awaited-segment",
    5: "interpretation-failure",
    6: "storage-failure",
    7: "data-set-not-ready",
  },
  "change-scope": {},
  task: {
    0: "other",
    1: "no-remote-control",
    2: "ti-stopped",
    3: "ti-running",
    4: "ti-unusable",
  },
  other: {},
};

const clause = "IEC 62056-5-3, ServiceError";

const F = defineFields("xdlms.service-error", {
  "": { name: "ServiceError", values: errorClasses, clause },
  applicationReference: {
    name: "Application-Reference",
    values: reasons["application-reference"],
    clause,
  },
  hardwareResource: { name: "Hardware-Resource", values: reasons["hardware-resource"], clause },
  vdeStateError: { name: "VDE-State-Error", values: reasons["vde-state-error"], clause },
  service: { name: "Service", values: reasons.service, clause },
  definition: { name: "Definition", values: reasons.definition, clause },
  access: { name: "Access", values: reasons.access, clause },
  initiate: { name: "Initiate", values: reasons.initiate, clause },
  loadDataSet: { name: "Load-Data-Set", values: reasons["load-data-set"], clause },
  changeScope: { name: "Change-Scope", values: reasons["change-scope"], clause },
  task: { name: "Task", values: reasons.task, clause },
  other: { name: "Other", values: reasons.other, clause },
});

const reasonFields = {
  "application-reference": F.applicationReference,
  "hardware-resource": F.hardwareResource,
  "vde-state-error": F.vdeStateError,
  service: F.service,
  definition: F.definition,
  access: F.access,
  initiate: F.initiate,
  "load-data-set": F.loadDataSet,
  "change-scope": F.changeScope,
  task: F.task,
  other: F.other,
};

export function decodeServiceError(c: Cursor): ServiceError {
  const choice = c.u8(F[""]);
  if (!isErrorClass(choice)) return unknownChoice(c, choice, "ServiceError");
  const errorClass = errorClasses[choice];
  const reason = decodeEnumerated(c, reasonFields[errorClass], reasons[errorClass]);
  return { "service-error": errorClass, reason };
}

function isErrorClass(choice: number): choice is keyof typeof errorClasses {
  return choice in errorClasses;
}
