/** Which answers a request of GET, SET or ACTION can have (IEC 62056-5-3, service by service). */
import type { ServiceApdu } from "./exchange-apdu.js";
import { stepOf } from "./exchange-steps.js";

type Name = ServiceApdu["name"];

/** Answers to requests that are whole, or that ask for the next block. */
const answersOf: Partial<Record<Name, readonly Name[]>> = {
  "get-request-normal": ["get-response-normal", "get-response-with-datablock"],
  "get-request-next": ["get-response-with-datablock"],
  "get-request-with-list": ["get-response-with-list", "get-response-with-datablock"],
  "set-request-normal": ["set-response-normal"],
  "set-request-with-list": ["set-response-with-list"],
  "action-request-normal": ["action-response-normal", "action-response-with-pblock"],
  "action-request-next-pblock": ["action-response-with-pblock"],
  "action-request-with-list": ["action-response-with-list", "action-response-with-pblock"],
};

const afterLastSetBlock: readonly Name[] = ["set-response-last-datablock"];
const afterLastSetBlockOfList: readonly Name[] = ["set-response-last-datablock-with-list"];
const afterLastActionBlock: readonly Name[] = [
  "action-response-normal",
  "action-response-with-pblock",
];
const afterLastActionBlockOfList: readonly Name[] = [
  "action-response-with-list",
  "action-response-with-pblock",
];

/**
 * Names of the answers that the request can have; undefined where there is no rule. `first` is the
 * request that began the transfer, as far as it is known.
 */
export function possibleAnswers(
  request: ServiceApdu,
  first: ServiceApdu | undefined,
): readonly string[] | undefined {
  switch (request.name) {
    case "set-request-with-first-datablock":
    case "set-request-with-list-and-first-datablock":
    case "set-request-with-datablock":
      if (stepOf(request).sent?.last !== true) return ["set-response-datablock"];
      return chooseByFirst(first, afterLastSetBlock, afterLastSetBlockOfList);
    case "action-request-with-first-pblock":
    case "action-request-with-list-and-first-pblock":
    case "action-request-with-pblock":
      if (stepOf(request).sent?.last !== true) return ["action-response-next-pblock"];
      return chooseByFirst(first, afterLastActionBlock, afterLastActionBlockOfList);
    default:
      return answersOf[request.name];
  }
}

function chooseByFirst(
  first: ServiceApdu | undefined,
  single: readonly Name[],
  list: readonly Name[],
): readonly Name[] {
  switch (first?.name) {
    case "set-request-with-first-datablock":
    case "action-request-with-first-pblock":
      return single;
    case "set-request-with-list-and-first-datablock":
    case "action-request-with-list-and-first-pblock":
      return list;
    default:
      return [...single, ...list];
  }
}
