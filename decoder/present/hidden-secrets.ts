/**
 * Secrets that only the conversation knows as such: nothing in an answer says what was asked for,
 * and requests with short names and of the ACCESS service bring their values apart from the names.
 * What the dissection knows for itself (SET, ACTION, passwords in the AARQ) is hidden already.
 */
import type { ObjectReference } from "../conversation/names/object-reference.js";
import { blankSources, hideValues, traceClear } from "../core/hidden-bytes.js";
import type { SpanNode } from "../core/recorder.js";
import { isSecretAttribute, isSecretMethod } from "../cosem/secrets.js";
import type { Frame } from "../frame.js";
import type { Ciphering } from "../security/ciphering.js";
import type { AccessRequest } from "../xdlms/access.js";
import type { AccessRequestSpecification } from "../xdlms/access-specification.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import { changesSecret, namesSecret } from "../xdlms/attribute-descriptor.js";
import type { Data } from "../xdlms/data.js";
import { hideData } from "../xdlms/hidden-data.js";
import type { ReadRequest } from "../xdlms/read.js";
import type { VariableAccess } from "../xdlms/variable-access.js";
import type { WriteRequest } from "../xdlms/write.js";

/**
 * The frame as it may be shown. Of an APDU that carries a secret no value is: neither in the APDU nor
 * in its tree, and its plaintext goes no further than its header. A dedicated key that came in parts
 * is in none of the sources that were put together from them. Most frames come back as they are.
 */
export function hideSecrets(frame: Frame): Frame {
  const secret = carriesSecret(frame);
  if (!secret && !mayCarryKey(frame)) return frame;
  const fields = secret ? isValue : isDedicatedKey;
  const ranges = findNodes(frame.tree ?? [], fields).flatMap((node) =>
    traceClear(frame.sources, node),
  );
  const tree = frame.tree?.map(copyNode);
  hideValues(tree ?? [], ranges);
  const sources = blankSources(frame.sources, ranges);
  if (!secret) return { ...frame, tree, sources };
  const ciphering = hidePlaintext(frame.ciphering);
  return {
    ...frame,
    apdu: hideApdu(frame.apdu),
    ciphering,
    tree,
    sources: sources.map((source) =>
      // The same bytes twice, and hidden alike.
      frame.sources[source.id]?.bytes === frame.ciphering?.plaintext
        ? { ...source, bytes: ciphering?.plaintext ?? source.bytes }
        : source,
    ),
  };
}

/** The APDU of the frame as it may be shown. */
export function presentableApdu(frame: Frame): Apdu | undefined {
  return carriesSecret(frame) ? hideApdu(frame.apdu) : frame.apdu;
}

/**
 * The nodes of a frame that were recorded by themselves, side by side, as they may be shown: as in its
 * tree. Among them must be those that `hideSecrets` looks for.
 */
export function hideSecretNodes(frame: Frame, nodes: readonly SpanNode[]): readonly SpanNode[] {
  return hideSecrets({ ...frame, tree: nodes }).tree ?? nodes;
}

/** Whether the APDU carries a secret that only the conversation knows as such. */
export function carriesSecret({ apdu, answers }: Frame): boolean {
  switch (apdu?.name) {
    case "get-response-normal":
    case "get-response-with-datablock":
    case "get-response-with-list":
    case "get-response":
    case "read-response":
    case "access-response":
    case "general-block-transfer":
      return answers?.objects.some(isSecret) === true;
    case "read-request":
    case "write-request":
    case "unconfirmed-write-request": {
      const request = apdu as ReadRequest | WriteRequest;
      return request["variable-access-specification"]?.some(accessesSecret) === true;
    }
    case "access-request": {
      const body = (apdu as AccessRequest)["access-request-body"];
      return body?.["access-request-specification"].some(stepsOnSecret) === true;
    }
    default:
      return false;
  }
}

function isSecret({ classId, kind, id }: ObjectReference): boolean {
  return kind === "method" ? isSecretMethod(classId, id) : isSecretAttribute(classId, id);
}

function accessesSecret(access: VariableAccess): boolean {
  const variable = "parameterized-access" in access ? access["parameterized-access"] : access;
  if (!("variable-name" in variable)) return false;
  const classId = variable["class-id"];
  return (
    isSecretMethod(classId, variable["method-id"]) ||
    isSecretAttribute(classId, variable["attribute-id"])
  );
}

function stepsOnSecret(step: AccessRequestSpecification): boolean {
  if ("access-request-action" in step) {
    return changesSecret(step["access-request-action"]["cosem-method-descriptor"]);
  }
  if ("access-request-set" in step) return namesSecret(step["access-request-set"]);
  return (
    "access-request-set-with-selection" in step &&
    namesSecret(step["access-request-set-with-selection"])
  );
}

/** Its leaf hides a dedicated key; what the message was put together from may not. */
function mayCarryKey({ apdu, tree, sources }: Frame): boolean {
  if (apdu?.name !== "aarq" && apdu?.name !== "initiate-request") return false;
  return tree !== undefined && sources.length > 1;
}

/** The outermost nodes that `isWanted`. */
function findNodes(
  nodes: readonly SpanNode[],
  isWanted: (node: SpanNode) => boolean,
): readonly SpanNode[] {
  return nodes.flatMap((node) => {
    return isWanted(node) ? [node] : findNodes(node.children ?? [], isWanted);
  });
}

function isDedicatedKey({ field }: SpanNode): boolean {
  return field.id === "xdlms.initiate-request.dedicated-key";
}

const blocks: ReadonlySet<string> = new Set([
  "xdlms.raw-data",
  "xdlms.general-block-transfer.block-data",
  "core.undecoded",
]);

function isValue({ field }: SpanNode): boolean {
  return field.id.startsWith("data.") || blocks.has(field.id);
}

function copyNode(node: SpanNode): SpanNode {
  return { ...node, children: node.children?.map(copyNode) };
}

/** Tag, choice and invoke-id; what comes behind them may be the value. */
const plaintextHeader = 3;

function hidePlaintext(ciphering: Ciphering | undefined): Ciphering | undefined {
  if (ciphering?.plaintext === undefined) return ciphering;
  const plaintext = Uint8Array.from(ciphering.plaintext).fill(0, plaintextHeader);
  return { ...ciphering, plaintext };
}

function hideApdu(apdu: Apdu | undefined): Apdu | undefined {
  return apdu === undefined ? undefined : { ...hideMembers(apdu), name: apdu.name };
}

function hideMembers(members: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => {
      const isBlock = key === "raw-data" || key === "block-data";
      if (isBlock && member instanceof Uint8Array) return [key, new Uint8Array(member.length)];
      return [key, hideMember(member)];
    }),
  );
}

function hideMember(member: unknown): unknown {
  if (typeof member !== "object" || member === null || member instanceof Uint8Array) return member;
  if (Array.isArray(member)) return member.map(hideMember);
  return isData(member) ? hideData(member) : hideMembers(member);
}

function isData(value: object): value is Data {
  return "type" in value && "value" in value;
}
