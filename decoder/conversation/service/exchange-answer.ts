/** What is wrong between a request and its answer. */

import { readClientPass, readServerPass } from "../association/hls-passes.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import type { ServiceApdu } from "./exchange-apdu.js";
import { formatDuration } from "./exchange-duration.js";
import { type GivenAnswer, isSameContent, isSameLinkFrame } from "./exchange-identity.js";
import type { AnswerMessage } from "./exchange-message.js";
import type { BlockTransfers } from "./exchange-transfers.js";
import type { WaitingRequest } from "./exchange-waiting.js";
import { possibleAnswers } from "./service-choices.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";
import {
  compareAccessChoices,
  compareListsOfAnswer,
  compareOwnLists,
  reportListLengths,
} from "./service-lists.js";
import { isRefusal } from "./service-outcomes.js";
import { type RefusedRequest, reportRefusals } from "./service-refusals.js";

/** Answers that take longer are worth a word; in nanoseconds. */
const slow = 5e9;

/** Holds an answer against its request; the transfer of the request takes note of its blocks. */
export function judgeAnswer(
  request: WaitingRequest,
  answer: AnswerMessage,
  frame: ObservedFrame,
  latency: number | undefined,
  transfers: BlockTransfers,
  sink: FindingSink,
): void {
  if (latency !== undefined && latency > slow) {
    sink.report(D["slow-answer"], formatDuration(latency));
  }
  judgeInvocation(request, answer, sink);
  const { apdu } = answer;
  const { transfer, message } = request;
  const isRefused = apdu === undefined ? false : answer.service === "any" || isRefusal(apdu);
  if (transfer !== undefined) transfers.answer(transfer, apdu, frame.number, isRefused, sink);
  if (apdu === undefined) return;
  const first = transfer?.beginning?.apdu;
  if (message.apdu !== undefined && answer.service !== "any" && !isRefused) {
    const possible = possibleAnswers(message.apdu, first);
    if (possible !== undefined && !possible.includes(apdu.name)) {
      const detail = `${apdu.name} to ${message.name}; it can be ${possible.join(" or ")}`;
      sink.report(D["response-choice"], detail, "apdu");
    }
  }
  const differences = compareOwnLists(apdu, undefined);
  if (first !== undefined) {
    differences.push(...compareListsOfAnswer(first, apdu));
    for (const detail of compareAccessChoices(first, apdu)) {
      sink.report(D["response-choice"], detail, "apdu");
    }
  }
  reportListLengths(differences, sink);
  if (!isRefusedProof(message.apdu, apdu)) reportRefusals(apdu, toRefused(request), sink);
}

/** Looks at an answer that is given once more. */
export function judgeRepetition(
  { request, frame: first }: GivenAnswer,
  { apdu }: AnswerMessage,
  frame: ObservedFrame,
  sink: FindingSink,
): void {
  if (!isSameLinkFrame(first, frame)) {
    const detail = `frame ${first.number} has answered frame ${request.frame.number}`;
    sink.report(D["duplicate-answer"], detail);
  }
  // What the first one has refused was said there.
  if (apdu !== undefined && !isSameContent(first, frame)) {
    reportRefusals(apdu, toRefused(request), sink);
  }
}

function toRefused({ frame, message, objects }: WaitingRequest): RefusedRequest {
  const counter = frame.ciphering?.["invocation-counter"];
  return { frame: frame.number, name: message.name, objects, counter };
}

/** What the server makes of the client's proof is the association's to tell. */
function isRefusedProof(request: ServiceApdu | undefined, answer: ServiceApdu): boolean {
  if (request === undefined || readClientPass(request) === undefined) return false;
  return readServerPass(answer)?.outcome === "refused" && isRefusal(answer);
}

function judgeInvocation(
  { message }: WaitingRequest,
  answer: AnswerMessage,
  sink: FindingSink,
): void {
  const asked = message.invocation;
  const given = answer.invocation;
  if (asked === undefined || given === undefined) return;
  if (asked.priority !== given.priority) {
    sink.report(D.priority, `${given.priority} instead of ${asked.priority}`, "apdu");
  }
  if (asked.serviceClass !== given.serviceClass) {
    const detail = `${given.serviceClass} instead of ${asked.serviceClass}`;
    sink.report(D["service-class"], detail, "apdu");
  }
}
