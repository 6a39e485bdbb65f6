/** The values that an APDU carries, each with the attribute that it belongs to. */

import type { AnsweredRequest } from "../conversation/answered-request.js";
import { detach } from "../conversation/detach.js";
import { objectsOf } from "../conversation/names/object-names.js";
import type { ObjectReference } from "../conversation/names/object-reference.js";
import { isReadToItsEnd } from "../conversation/whole-apdu.js";
import type { ShortNameObject } from "../core/context.js";
import type { AccessRequest, AccessResponse } from "../xdlms/access.js";
import type { Apdu } from "../xdlms/apdu-value.js";
import type { SelectiveAccess } from "../xdlms/attribute-descriptor.js";
import type { BlockContents } from "../xdlms/block-contents.js";
import type { Data } from "../xdlms/data.js";
import type { GetDataResult } from "../xdlms/data-access-result.js";
import type { DataNotification } from "../xdlms/data-notification.js";
import type { EventNotificationRequest } from "../xdlms/event-notification.js";
import type { GetRequest, GetResponse } from "../xdlms/get.js";
import type { InformationReportRequest } from "../xdlms/information-report.js";
import type { ReadRequest, ReadResponse, ReadResult } from "../xdlms/read.js";
import type { SetRequest } from "../xdlms/set.js";
import type { WriteRequest } from "../xdlms/write.js";
import type { ScalerUnit } from "./meter-objects.js";
import { pushedValues } from "./pushed-values.js";

/** A value of an attribute, or of the part of it that was asked for. */
export interface AttributeValue {
  /** Undefined where a push names its objects by logical names alone. */
  readonly classId: number | undefined;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  readonly attribute: number;
  readonly data: Data;
  readonly selection: Selection;
  /** Whether the client writes it; else the meter tells it. */
  readonly written: boolean;
  /** What the number counts in, where the message itself says so. */
  readonly scalerUnit?: ScalerUnit | undefined;
  /** The maker's habit that says what the value is of, where the message does not. */
  readonly habit?: string | undefined;
}

/** Which part of the attribute: undefined for all of it; `unknown` where the request was not seen. */
export type Selection = SelectiveAccess | "unknown" | undefined;

/** What an APDU says of the attributes that it names, one each. */
interface Paired {
  readonly objects: readonly ObjectReference[];
  /** Undefined where there is no value. */
  readonly data: readonly (Data | undefined)[];
  readonly selections: readonly Selection[] | "unknown";
  readonly written: boolean;
}

const none: readonly AttributeValue[] = Object.freeze([]);

/** Every value in the APDU whose attribute is known, in the order of the APDU. */
export function valuesOf(
  apdu: Apdu,
  answered: AnsweredRequest | undefined,
  shortNames: readonly ShortNameObject[],
): readonly AttributeValue[] {
  if (!isReadToItsEnd(apdu)) return none;
  if (apdu.name === "data-notification") {
    return pushedValues((apdu as DataNotification)["notification-body"]["data-value"]);
  }
  const paired = pairOwn(apdu, shortNames) ?? pairAnswer(apdu, answered);
  return paired === undefined ? none : combine(paired);
}

/** What a client has begun to write in blocks, of which the last brings all. */
export class WriteTransfers {
  readonly #objects = new Map<number, Pick<Paired, "objects" | "selections">>();

  /** As `valuesOf`, and the values of a SET in blocks when its last block has come. */
  valuesOf(
    apdu: Apdu,
    answered: AnsweredRequest | undefined,
    shortNames: readonly ShortNameObject[],
  ): readonly AttributeValue[] {
    if (!apdu.name.startsWith("set-request-with-") || !isReadToItsEnd(apdu)) {
      return valuesOf(apdu, answered, shortNames);
    }
    const request = apdu as SetRequest;
    if (!("datablock" in request)) return valuesOf(apdu, answered, shortNames);
    const id = request["invoke-id-and-priority"]["invoke-id"];
    if (request.name !== "set-request-with-datablock") {
      const objects = objectsOf(apdu, shortNames).map(detach);
      this.#objects.set(id, { objects, selections: selectionsOf(apdu).map(detach) });
    }
    const begun = this.#objects.get(id);
    const { contents } = request.datablock;
    if (begun === undefined || contents === undefined) return none;
    return combine({ ...begun, data: dataOfContents(contents), written: true });
  }
}

/** What a request or a notification names and brings itself. */
function pairOwn(apdu: Apdu, shortNames: readonly ShortNameObject[]): Paired | undefined {
  const own = (data: Paired["data"], written: boolean): Paired => ({
    objects: objectsOf(apdu, shortNames),
    data,
    selections: selectionsOf(apdu),
    written,
  });
  switch (apdu.name) {
    case "set-request-normal":
    case "set-request-with-list": {
      const request = apdu as SetRequest;
      if (request.name === "set-request-normal") return own([request.value], true);
      return "value-list" in request ? own(request["value-list"], true) : undefined;
    }
    case "write-request":
    case "unconfirmed-write-request":
      return own((apdu as WriteRequest)["list-of-data"], true);
    case "access-request": {
      return own(writtenByAccess(apdu as AccessRequest), true);
    }
    case "event-notification-request": {
      const event = apdu as EventNotificationRequest;
      return own([event["attribute-value"]], false);
    }
    case "information-report-request":
      return own((apdu as InformationReportRequest)["list-of-data"], false);
    default:
      return undefined;
  }
}

function pairAnswer(apdu: Apdu, answered: AnsweredRequest | undefined): Paired | undefined {
  if (answered === undefined) return undefined;
  const data = dataOfAnswer(apdu);
  if (data === undefined) return undefined;
  const { objects, naming } = answered;
  const isNamed = naming !== undefined && isReadToItsEnd(naming);
  return { objects, data, selections: isNamed ? selectionsOf(naming) : "unknown", written: false };
}

function combine({ objects, data, selections, written }: Paired): readonly AttributeValue[] {
  // What cannot be paired one to one is not guessed at.
  if (objects.length !== data.length) return none;
  const values: AttributeValue[] = [];
  let number = 0;
  for (const { classId, logicalName, kind, id } of objects) {
    const value = data[number];
    const selection = selections === "unknown" ? selections : selections[number];
    number += 1;
    if (classId === undefined || logicalName === undefined || kind !== "attribute") continue;
    if (id === undefined || value === undefined) continue;
    values.push({ classId, logicalName, attribute: id, data: value, selection, written });
  }
  return values;
}

function dataOfAnswer(apdu: Apdu): readonly (Data | undefined)[] | undefined {
  switch (apdu.name) {
    case "get-response-normal":
    case "get-response-with-list":
    case "get-response-with-datablock": {
      const response = apdu as GetResponse;
      if (response.name === "get-response-normal") return [dataOfResult(response.result)];
      if (response.name === "get-response-with-list") return response.result.map(dataOfResult);
      const { result } = response.result;
      if (!("contents" in result) || result.contents === undefined) return undefined;
      return dataOfContents(result.contents);
    }
    case "read-response":
      return dataOfReadResults((apdu as ReadResponse).result);
    case "access-response":
      return readByAccess(apdu as AccessResponse);
    default:
      return undefined;
  }
}

/** null-data stands in the list for what the client does not write. */
function writtenByAccess(request: AccessRequest): readonly (Data | undefined)[] {
  const body = request["access-request-body"];
  const list = body["access-request-list-of-data"];
  const steps = body["access-request-specification"];
  if (steps.length !== list.length) return [];
  return steps.map((step, i) => {
    const isSet = "access-request-set" in step || "access-request-set-with-selection" in step;
    return isSet ? list[i] : undefined;
  });
}

/** null-data stands in the list for what was refused, and for what was written. */
function readByAccess(response: AccessResponse): readonly (Data | undefined)[] {
  const body = response["access-response-body"];
  const list = body["access-response-list-of-data"];
  const steps = body["access-response-specification"];
  if (steps.length !== list.length) return [];
  return steps.map((step, i) => {
    const isRead =
      "access-response-get" in step && step["access-response-get"].result === "success";
    return isRead ? list[i] : undefined;
  });
}

function dataOfReadResults(results: readonly ReadResult[]): readonly (Data | undefined)[] {
  const [first] = results;
  if (results.length === 1 && first !== undefined && "data-block-result" in first) {
    const { contents } = first["data-block-result"];
    return contents === undefined ? [] : dataOfContents(contents);
  }
  return results.map((result) => ("data" in result ? result.data : undefined));
}

function dataOfContents(contents: BlockContents): readonly (Data | undefined)[] {
  if ("data" in contents) return [contents.data];
  return "value-list" in contents ? contents["value-list"] : contents.result.map(dataOfResult);
}

function dataOfResult(result: GetDataResult): Data | undefined {
  return "data" in result ? result.data : undefined;
}

/** One a named attribute, in the order of `objectsOf`. */
function selectionsOf(apdu: Apdu): readonly Selection[] {
  switch (apdu.name) {
    case "get-request-normal":
    case "get-request-with-list": {
      const request = apdu as GetRequest;
      if (request.name === "get-request-normal") return [request["access-selection"]];
      if (request.name !== "get-request-with-list") return [];
      return request["attribute-descriptor-list"].map((one) => one["access-selection"]);
    }
    case "set-request-normal":
    case "set-request-with-first-datablock":
    case "set-request-with-list":
    case "set-request-with-list-and-first-datablock": {
      const request = apdu as SetRequest;
      if ("attribute-descriptor-list" in request) {
        return request["attribute-descriptor-list"].map((one) => one["access-selection"]);
      }
      return "access-selection" in request ? [request["access-selection"]] : [];
    }
    case "access-request": {
      const body = (apdu as AccessRequest)["access-request-body"];
      return body["access-request-specification"].map((step) => {
        if ("access-request-get-with-selection" in step) {
          return step["access-request-get-with-selection"]["access-selection"];
        }
        return "access-request-set-with-selection" in step
          ? step["access-request-set-with-selection"]["access-selection"]
          : undefined;
      });
    }
    case "read-request":
    case "write-request":
    case "unconfirmed-write-request":
    case "information-report-request":
      return selectionsOfVariables(apdu as ReadRequest);
    default:
      return [];
  }
}

function selectionsOfVariables(
  apdu: Pick<ReadRequest, "variable-access-specification">,
): readonly Selection[] {
  const selections: Selection[] = [];
  for (const access of apdu["variable-access-specification"]) {
    if ("variable-name" in access) selections.push(undefined);
    if (!("parameterized-access" in access)) continue;
    const { selector, parameter } = access["parameterized-access"];
    selections.push({ "access-selector": selector, "access-parameters": parameter });
  }
  return selections;
}
