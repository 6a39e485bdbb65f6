/** Which services and functions of the conformance block a frame makes use of. */
import type { AccessRequest } from "../../xdlms/access.js";
import type { AccessRequestSpecification } from "../../xdlms/access-specification.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { AttributeWithSelection } from "../../xdlms/attribute-descriptor.js";
import type { Conformance } from "../../xdlms/conformance.js";
import type { InvokeIdAndPriority } from "../../xdlms/invoke-id.js";
import type { ReadRequest, ReadResponse } from "../../xdlms/read.js";
import type { VariableAccess } from "../../xdlms/variable-access.js";
import type { WriteRequest } from "../../xdlms/write.js";
import { judgedOnce } from "../judged-once.js";
import type { ObservedFrame } from "../observed-frame.js";

/** By the beginning of an APDU's name; the rest of it is the choice. */
const services: readonly (readonly [service: string, bit: Conformance])[] = [
  ["get-request", "get"],
  ["get-response", "get"],
  ["set-request", "set"],
  ["set-response", "set"],
  ["action-request", "action"],
  ["action-response", "action"],
  ["read-request", "read"],
  ["read-response", "read"],
  ["write-request", "write"],
  ["write-response", "write"],
  ["unconfirmed-write-request", "unconfirmed-write"],
  ["information-report-request", "information-report"],
  ["event-notification-request", "event-notification"],
  ["access-request", "access"],
  ["access-response", "access"],
  ["general-block-transfer", "general-block-transfer"],
  ["general-glo-ciphering", "general-protection"],
  ["general-ded-ciphering", "general-protection"],
  ["general-ciphering", "general-protection"],
  ["general-signing", "general-protection"],
];

/** By the choice, the whole name of an APDU. */
const choices: Readonly<Record<string, readonly Conformance[]>> = {
  "get-request-next": ["block-transfer-with-get-or-read"],
  "get-request-with-list": ["multiple-references"],
  "get-response-with-datablock": ["block-transfer-with-get-or-read"],
  "get-response-with-list": ["multiple-references"],
  "set-request-with-first-datablock": ["block-transfer-with-set-or-write"],
  "set-request-with-datablock": ["block-transfer-with-set-or-write"],
  "set-request-with-list": ["multiple-references"],
  "set-request-with-list-and-first-datablock": [
    "multiple-references",
    "block-transfer-with-set-or-write",
  ],
  "set-response-datablock": ["block-transfer-with-set-or-write"],
  "set-response-last-datablock": ["block-transfer-with-set-or-write"],
  "set-response-last-datablock-with-list": [
    "multiple-references",
    "block-transfer-with-set-or-write",
  ],
  "set-response-with-list": ["multiple-references"],
  "action-request-next-pblock": ["block-transfer-with-action"],
  "action-request-with-list": ["multiple-references"],
  "action-request-with-first-pblock": ["block-transfer-with-action"],
  "action-request-with-list-and-first-pblock": [
    "multiple-references",
    "block-transfer-with-action",
  ],
  "action-request-with-pblock": ["block-transfer-with-action"],
  "action-response-with-pblock": ["block-transfer-with-action"],
  "action-response-with-list": ["multiple-references"],
  "action-response-next-pblock": ["block-transfer-with-action"],
};

/**
 * The bits that must have been negotiated for what the frame does, each once. Of an APDU that stayed
 * ciphered its service counts; of one that could not be read to its end, its name.
 */
export function conformanceUsed(
  frame: Pick<ObservedFrame, "apdus" | "apdu">,
): ReadonlySet<Conformance> {
  const used = new Set<Conformance>();
  visitConformanceUsed(frame, (bit) => used.add(bit));
  return used;
}

/** Calls `visit` with each of the bits of `conformanceUsed`, with some more than once. */
export function visitConformanceUsed(
  { apdus, apdu }: Pick<ObservedFrame, "apdus" | "apdu">,
  visit: (bit: Conformance) => void,
): void {
  for (const { name } of apdus) for (const bit of bitsOfName(name)) visit(bit);
  if (apdu === undefined) return;
  for (const bit of bitsOfName(apdu.name)) visit(bit);
  for (const bit of contentsUsed(apdu)) visit(bit);
}

const bitsOfName = judgedOnce((name): readonly Conformance[] => {
  const service = name.replace(/^(glo|ded)-/, "");
  const ofService = services.filter(
    ([start]) => service === start || service.startsWith(`${start}-`),
  );
  return [...ofService.map(([, bit]) => bit), ...(choices[service] ?? [])];
});

const nothing: readonly Conformance[] = Object.freeze([]);
const isRequest = judgedOnce((name) => name.includes("-request"));

/** What the contents use. Of answers only READ's, whose blocks the name does not tell. */
function contentsUsed(apdu: Apdu): readonly Conformance[] {
  if (apdu.name === "read-response" && "result" in apdu) {
    const { result } = apdu as ReadResponse;
    const inBlocks = result.some((each) => "data-block-result" in each);
    return inBlocks ? ["block-transfer-with-get-or-read"] : nothing;
  }
  if (!isRequest(apdu.name)) return nothing;
  const used: Conformance[] = [];
  if ("invoke-id-and-priority" in apdu) {
    const { priority } = apdu["invoke-id-and-priority"] as InvokeIdAndPriority;
    if (priority === "high") used.push("priority-mgmt-supported");
  }
  const service = apdu.name.startsWith("get-") ? "get" : "set";
  if ("cosem-attribute-descriptor" in apdu && !apdu.name.startsWith("event-")) {
    addAttributeUses(used, apdu as AttributeWithSelection & Apdu, service);
  }
  if ("attribute-descriptor-list" in apdu) {
    const list = apdu["attribute-descriptor-list"] as readonly AttributeWithSelection[];
    for (const attribute of list) addAttributeUses(used, attribute, service);
  }
  if ("access-request-body" in apdu) {
    const { "access-request-body": body } = apdu as AccessRequest;
    for (const step of body["access-request-specification"]) addStepUses(used, step);
  }
  if ("variable-access-specification" in apdu && apdu.name !== "information-report-request") {
    const { "variable-access-specification": list } = apdu as ReadRequest | WriteRequest;
    if (list.length > 1) used.push("multiple-references");
    used.push(...list.flatMap(variableUses));
  }
  return used;
}

function addAttributeUses(
  used: Conformance[],
  attribute: AttributeWithSelection,
  service: "get" | "set",
): void {
  if (attribute["cosem-attribute-descriptor"]["attribute-id"] === 0) {
    used.push(`attribute0-supported-with-${service}`);
  }
  if (attribute["access-selection"] !== undefined) used.push("selective-access");
}

function addStepUses(used: Conformance[], step: AccessRequestSpecification): void {
  if ("access-request-get" in step) addAttributeUses(used, step["access-request-get"], "get");
  else if ("access-request-set" in step) addAttributeUses(used, step["access-request-set"], "set");
  else if ("access-request-get-with-selection" in step) {
    addAttributeUses(used, step["access-request-get-with-selection"], "get");
  } else if ("access-request-set-with-selection" in step) {
    addAttributeUses(used, step["access-request-set-with-selection"], "set");
  }
}

function variableUses(access: VariableAccess): Conformance[] {
  if ("parameterized-access" in access) return ["parameterized-access"];
  if ("block-number-access" in access || "read-data-block-access" in access) {
    return ["block-transfer-with-get-or-read"];
  }
  return "write-data-block-access" in access ? ["block-transfer-with-set-or-write"] : [];
}
