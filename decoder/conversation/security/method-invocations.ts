/** Methods that a request invokes, and how its answer says that each went. */
import type {
  ActionRequest,
  ActionResponse,
  ActionResponseWithOptionalData,
} from "../../xdlms/action.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { MethodDescriptor } from "../../xdlms/attribute-descriptor.js";
import type { BlockContents } from "../../xdlms/block-contents.js";
import type { Data } from "../../xdlms/data.js";
import type { GetDataResult } from "../../xdlms/data-access-result.js";
import type { WriteRequest, WriteResponse } from "../../xdlms/write.js";
import { judgedOnce } from "../judged-once.js";
import type { ObjectReference } from "../names/object-reference.js";

/** One method, and what it is given. */
export interface MethodInvocation {
  readonly classId: number;
  readonly methodId: number;
  /** Undefined where there are none, or where they come in blocks that are not all there. */
  readonly parameters: Data | undefined;
}

/** What became of one invocation. */
export interface MethodOutcome {
  readonly success: boolean;
  /** What the method returns. */
  readonly data: Data | undefined;
}

/** Whether the APDU may invoke methods or answer them: nearly all frames do neither. */
export function mayCarryMethods(apdu: Apdu | undefined): apdu is Apdu {
  return apdu !== undefined && isOfMethods(apdu.name);
}

const isOfMethods = judgedOnce((name) => /^(action|write)-(request|response)/.test(name));

/**
 * The methods that the APDU invokes, in order; none where it is no request for methods. `objects`
 * are those of the transfer: blocks after the first, and requests with short names, do not say
 * themselves which method they mean.
 */
export function invocationsIn(
  apdu: Apdu | undefined,
  objects: readonly ObjectReference[] = [],
): readonly MethodInvocation[] {
  if (apdu === undefined) return [];
  if (apdu.name === "write-request") {
    return ofObjects(objects, (apdu as WriteRequest)["list-of-data"] ?? []);
  }
  if (!apdu.name.startsWith("action-request-")) return [];
  const request = apdu as ActionRequest;
  switch (request.name) {
    case "action-request-normal":
      return ofDescriptors(
        [request["cosem-method-descriptor"]],
        [request["method-invocation-parameters"]],
      );
    case "action-request-with-list":
      return ofDescriptors(
        request["cosem-method-descriptor-list"],
        request["method-invocation-parameters"],
      );
    case "action-request-with-first-pblock":
      return ofDescriptors(
        [request["cosem-method-descriptor"]],
        valuesIn(request.pblock?.contents),
      );
    case "action-request-with-list-and-first-pblock":
      return ofDescriptors(
        request["cosem-method-descriptor-list"],
        valuesIn(request.pblock?.contents),
      );
    case "action-request-with-pblock":
      return ofObjects(objects, valuesIn(request.pblock?.contents));
    default:
      return [];
  }
}

/** How the methods went, in the order of the request; none where the APDU does not answer any. */
export function outcomesIn(apdu: Apdu | undefined): readonly MethodOutcome[] {
  if (apdu === undefined) return [];
  if (apdu.name === "write-response") {
    const { result } = apdu as WriteResponse;
    return (result ?? []).map((each) => ({ success: "success" in each, data: undefined }));
  }
  if (!apdu.name.startsWith("action-response-")) return [];
  const response = apdu as ActionResponse;
  switch (response.name) {
    case "action-response-normal":
      return [response["single-response"]].flatMap(outcomeOf);
    case "action-response-with-list":
      return (response["list-of-responses"] ?? []).flatMap(outcomeOf);
    case "action-response-with-pblock":
      return returnedIn(response.pblock?.contents);
    default:
      return [];
  }
}

function ofDescriptors(
  descriptors: readonly (MethodDescriptor | undefined)[] | undefined,
  parameters: readonly (Data | undefined)[] | undefined,
): MethodInvocation[] {
  return (descriptors ?? []).flatMap((descriptor, index) =>
    descriptor === undefined
      ? []
      : [
          {
            classId: descriptor["class-id"],
            methodId: descriptor["method-id"],
            parameters: parameters?.[index],
          },
        ],
  );
}

/** An object that is no method keeps its place, so that the outcomes still belong to their methods. */
function ofObjects(
  objects: readonly ObjectReference[],
  parameters: readonly Data[],
): MethodInvocation[] {
  return objects.map(({ classId, kind, id }, index) => ({
    classId: kind === "method" ? (classId ?? 0) : 0,
    methodId: id ?? 0,
    parameters: parameters[index],
  }));
}

function valuesIn(contents: BlockContents | undefined): readonly Data[] {
  if (contents === undefined) return [];
  if ("data" in contents) return [contents.data];
  return "value-list" in contents ? contents["value-list"] : [];
}

function outcomeOf(response: ActionResponseWithOptionalData | undefined): MethodOutcome[] {
  if (response === undefined) return [];
  const returned = response["return-parameters"];
  const data = returned !== undefined && "data" in returned ? returned.data : undefined;
  return [{ success: response.result === "success", data }];
}

/** Blocks come where there is something to return: the method has been carried out. */
function returnedIn(contents: BlockContents | undefined): MethodOutcome[] {
  if (contents === undefined) return [];
  if ("data" in contents) return [{ success: true, data: contents.data }];
  if (!("result" in contents)) return [];
  return contents.result.map((result: GetDataResult) => ({
    success: "data" in result,
    data: "data" in result ? result.data : undefined,
  }));
}
