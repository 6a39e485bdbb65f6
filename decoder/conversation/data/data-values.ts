/** The values that an APDU carries, each with the attribute that it belongs to. */
import type { ShortNameObject } from "../../core/context.js";
import type { AccessRequest, AccessResponse } from "../../xdlms/access.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { SelectiveAccess } from "../../xdlms/attribute-descriptor.js";
import type { BlockContents } from "../../xdlms/block-contents.js";
import type { Data } from "../../xdlms/data.js";
import type { GetDataResult } from "../../xdlms/data-access-result.js";
import type { DataNotification } from "../../xdlms/data-notification.js";
import type { EventNotificationRequest } from "../../xdlms/event-notification.js";
import type { GetRequest, GetResponse } from "../../xdlms/get.js";
import type { InformationReportRequest } from "../../xdlms/information-report.js";
import type { ReadRequest, ReadResponse, ReadResult } from "../../xdlms/read.js";
import type { SetRequest } from "../../xdlms/set.js";
import type { WriteRequest } from "../../xdlms/write.js";
import type { AnsweredRequest } from "../answered-request.js";
import { objectsOf } from "../names/object-names.js";
import type { ObjectReference } from "../names/object-reference.js";
import { isReadToItsEnd } from "../whole-apdu.js";
import { pushedValues } from "./data-push.js";
import { DataTransfers } from "./data-transfers.js";

/** A value of an attribute, or of the part of it that was asked for. */
export interface AttributeValue {
  readonly classId: number;
  /** 6 bytes. */
  readonly logicalName: Uint8Array;
  readonly attribute: number;
  readonly data: Data;
  readonly selection: Selection;
  /** Whether the client writes it; else the meter tells it. */
  readonly written: boolean;
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

/** Finds values and their attributes, also those of transfers in blocks. */
export class AttributeValues {
  readonly #transfers = new DataTransfers();

  /** Every value in the APDU whose attribute is known, in the order of the APDU. */
  find(
    apdu: Apdu,
    answered: AnsweredRequest | undefined,
    shortNames: readonly ShortNameObject[],
  ): readonly AttributeValue[] {
    if (!isReadToItsEnd(apdu)) return none;
    if (apdu.name === "data-notification") {
      return pushedValues((apdu as DataNotification)["notification-body"]["data-value"]);
    }
    const paired = this.#pairRequest(apdu, shortNames) ?? this.#pairAnswer(apdu, answered);
    return paired === undefined ? none : combine(paired);
  }

  #pairRequest(apdu: Apdu, shortNames: readonly ShortNameObject[]): Paired | undefined {
    const written = true;
    switch (apdu.name) {
      case "get-request-normal":
      case "get-request-with-list":
      case "read-request": {
        const selections = selectionsOf(apdu);
        // A request for the next block names nothing: what it goes on with stays.
        if (selections.length > 0) this.#transfers.beginRead(apdu, selections);
        return undefined;
      }
      case "set-request-normal":
      case "set-request-with-list":
      case "set-request-with-first-datablock":
      case "set-request-with-list-and-first-datablock":
      case "set-request-with-datablock": {
        const request = apdu as SetRequest;
        const objects = objectsOf(apdu, shortNames);
        const selections = selectionsOf(apdu);
        if (request.name === "set-request-normal") {
          return { objects, data: [request.value], selections, written };
        }
        if (request.name === "set-request-with-list") {
          return { objects, data: request["value-list"], selections, written };
        }
        if (request.name !== "set-request-with-datablock") {
          this.#transfers.beginWrite(apdu, objects, selections);
        }
        const transfer = this.#transfers.ofWrite(apdu);
        const { contents } = request.datablock;
        if (transfer === undefined || contents === undefined) return undefined;
        return { ...transfer, data: dataOfContents(contents), written };
      }
      case "write-request":
      case "unconfirmed-write-request": {
        const objects = objectsOf(apdu, shortNames);
        const data = (apdu as WriteRequest)["list-of-data"];
        return { objects, data, selections: selectionsOf(apdu), written };
      }
      case "access-request": {
        const objects = objectsOf(apdu, shortNames);
        const body = (apdu as AccessRequest)["access-request-body"];
        const data = body["access-request-list-of-data"];
        return { objects, data, selections: selectionsOf(apdu), written };
      }
      case "event-notification-request": {
        const objects = objectsOf(apdu, shortNames);
        const data = [(apdu as EventNotificationRequest)["attribute-value"]];
        return { objects, data, selections: [], written: false };
      }
      case "information-report-request": {
        const objects = objectsOf(apdu, shortNames);
        const data = (apdu as InformationReportRequest)["list-of-data"];
        return { objects, data, selections: selectionsOf(apdu), written: false };
      }
      default:
        return undefined;
    }
  }

  #pairAnswer(apdu: Apdu, answered: AnsweredRequest | undefined): Paired | undefined {
    if (answered === undefined) return undefined;
    const data = dataOfAnswer(apdu);
    if (data === undefined) return undefined;
    const { objects } = answered;
    return { objects, data, selections: this.#selectionsOf(apdu, answered), written: false };
  }

  #selectionsOf(apdu: Apdu, answered: AnsweredRequest): readonly Selection[] | "unknown" {
    const request = answered.apdu;
    if (request === undefined || !isReadToItsEnd(request)) return "unknown";
    const selections = selectionsOf(request);
    const goesOn =
      request.name === "get-request-next" ||
      (request.name === "read-request" && selections.length === 0);
    return goesOn ? (this.#transfers.ofRead(apdu) ?? "unknown") : selections;
  }
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
      return (apdu as AccessResponse)["access-response-body"]["access-response-list-of-data"];
    default:
      return undefined;
  }
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
