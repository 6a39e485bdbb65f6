/** Lists that belong together have to be of the same length. */
import type {
  AccessRequestSpecification,
  AccessResponseSpecification,
} from "../../xdlms/access-specification.js";
import type { BlockContents } from "../../xdlms/block-contents.js";
import type { FindingSink } from "../observed-frame.js";
import type { ServiceApdu } from "./exchange-apdu.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";
import { outcomesOf } from "./service-outcomes.js";

const none: readonly string[] = Object.freeze([]);

/**
 * What is wrong with the lengths of the lists in a request or an answer alone. `first` is the request
 * that began its block transfer, where it is one that ends with this APDU.
 */
export function compareOwnLists(
  apdu: ServiceApdu,
  first: ServiceApdu | undefined,
): readonly string[] {
  switch (apdu.name) {
    case "set-request-with-list": {
      const attributes = apdu["attribute-descriptor-list"].length;
      return compare(attributes, "attributes", apdu["value-list"].length, "values");
    }
    case "action-request-with-list": {
      const methods = apdu["cosem-method-descriptor-list"].length;
      const parameters = apdu["method-invocation-parameters"].length;
      return compare(methods, "methods", parameters, "parameters");
    }
    case "set-request-with-list-and-first-datablock":
    case "set-request-with-datablock":
      return compareJoined(first ?? apdu, apdu.datablock.contents);
    case "action-request-with-list-and-first-pblock":
    case "action-request-with-pblock":
      return compareJoined(first ?? apdu, apdu.pblock.contents);
    case "write-request":
    case "unconfirmed-write-request": {
      const names = apdu["variable-access-specification"].length;
      return compare(names, "variables", apdu["list-of-data"].length, "values");
    }
    case "access-request": {
      const body = apdu["access-request-body"];
      const steps = body["access-request-specification"].length;
      return compare(steps, "requests", body["access-request-list-of-data"].length, "values");
    }
    case "access-response": {
      const body = apdu["access-response-body"];
      const steps = body["access-response-specification"].length;
      return compare(steps, "results", body["access-response-list-of-data"].length, "values");
    }
    default:
      return none;
  }
}

/** What is wrong with the number of results; `request` is the one that began the exchange. */
export function compareListsOfAnswer(request: ServiceApdu, answer: ServiceApdu): readonly string[] {
  const asked = askedFor(request);
  if (asked === undefined) return none;
  const { results, isList } = outcomesOf(answer);
  const differences = isList ? compare(asked, "asked for", results.length, "results") : none;
  if (answer.name !== "access-response") return differences;
  const repeated = answer["access-response-body"]["access-request-specification"];
  return repeated === undefined
    ? differences
    : [...differences, ...compare(asked, "asked for", repeated.length, "repeated in the answer")];
}

/** Places at which the answer of ACCESS is for another operation than was asked for, from 1. */
export function compareAccessChoices(request: ServiceApdu, answer: ServiceApdu): readonly string[] {
  if (request.name !== "access-request" || answer.name !== "access-response") return none;
  const asked = request["access-request-body"]["access-request-specification"];
  const given = answer["access-response-body"]["access-response-specification"];
  return given.flatMap((response, i) => {
    const wanted = asked[i];
    if (wanted === undefined) return none;
    const [was, is] = [operationOf(wanted), operationOf(response)];
    return was === is ? none : [`element ${i + 1} is a ${is} where a ${was} was asked for`];
  });
}

/** Reports what the comparisons have found. */
export function reportListLengths(differences: readonly string[], sink: FindingSink): void {
  if (differences.length === 0) return;
  for (const detail of differences) sink.report(D["list-length"], detail, "apdu");
}

/** Elements of the list in a request; undefined where it has none, or only a block. */
function askedFor(request: ServiceApdu): number | undefined {
  switch (request.name) {
    case "get-request-with-list":
    case "set-request-with-list":
    case "set-request-with-list-and-first-datablock":
      return request["attribute-descriptor-list"].length;
    case "action-request-with-list":
    case "action-request-with-list-and-first-pblock":
      return request["cosem-method-descriptor-list"].length;
    case "access-request":
      return request["access-request-body"]["access-request-specification"].length;
    case "read-request":
    case "write-request": {
      const list = request["variable-access-specification"];
      const isNamed = list.every(
        (access) => "variable-name" in access || "parameterized-access" in access,
      );
      return isNamed ? list.length : undefined;
    }
    default:
      return undefined;
  }
}

function compareJoined(first: ServiceApdu, contents: BlockContents | undefined): readonly string[] {
  const asked = askedFor(first);
  if (asked === undefined || contents === undefined || !("value-list" in contents)) return none;
  const what = first.name.startsWith("set-") ? "attributes" : "methods";
  return compare(asked, what, contents["value-list"].length, "values in the blocks");
}

function operationOf(step: AccessRequestSpecification | AccessResponseSpecification): string {
  if ("access-request-get" in step || "access-request-get-with-selection" in step) return "get";
  if ("access-request-set" in step || "access-request-set-with-selection" in step) return "set";
  if ("access-response-get" in step) return "get";
  return "access-response-set" in step ? "set" : "action";
}

function compare(a: number, nameOfA: string, b: number, nameOfB: string): readonly string[] {
  return a === b ? none : [`${a} ${nameOfA}, ${b} ${nameOfB}`];
}
