/** What is wrong between a request and its answer. */

import { readClientPass, readServerPass } from "../association/hls-passes.js";
import type { FindingSink } from "../observed-frame.js";
import type { ServiceApdu } from "./exchange-apdu.js";
import { formatDuration } from "./exchange-duration.js";
import type { GivenAnswer } from "./exchange-given.js";
import { isSameLinkFrame } from "./exchange-identity.js";
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
import { reportRefusals } from "./service-refusals.js";

/** Answers that take longer are worth a word; in nanoseconds. */
const slow = 5e9;

/** Holds the answer in `frame` against its request; the transfer of the request takes note of its blocks. */
export function judgeAnswer(
  request: WaitingRequest,
  answer: AnswerMessage,
  frame: number,
  latency: number | undefined,
  transfers: BlockTransfers,
  sink: FindingSink,
): void {
  if (latency !== undefined && latency > slow) {
    sink.report(D["slow-answer"], formatDuration(latency));
  }
  judgeInvocation(request, answer, sink);
  const { apdu } = answer;
  const { transfer, asked } = request;
  const isRefused = apdu === undefined ? false : answer.service === "any" || isRefusal(apdu);
  if (transfer !== undefined) transfers.answer(transfer, apdu, frame, isRefused, sink);
  if (apdu === undefined) return;
  const first = transfer?.beginning?.apdu;
  if (asked !== undefined && answer.service !== "any" && !isRefused) {
    const possible = possibleAnswers(asked, first);
    if (possible !== undefined && !possible.includes(apdu.name)) {
      const detail = `${apdu.name} to ${request.name}; it can be ${possible.join(" or ")}`;
      sink.report(D["response-choice"], detail, "apdu");
    }
  }
  if (first !== undefined) {
    for (const detail of compareAccessChoices(first, apdu)) {
      sink.report(D["response-choice"], detail, "apdu");
    }
  }
  reportListLengths(compareOwnLists(apdu, undefined), sink);
  if (first !== undefined) reportListLengths(compareListsOfAnswer(first, apdu), sink);
  if (!isRefused || !isRefusedProof(asked, apdu)) reportRefusals(apdu, request, sink);
}

/** Looks at an answer that is given once more; `again` is what would be kept of it. */
export function judgeRepetition(
  first: GivenAnswer,
  { apdu }: AnswerMessage,
  again: Pick<GivenAnswer, "control" | "print">,
  sink: FindingSink,
): void {
  const { request, frame, print } = first;
  if (!isSameLinkFrame(first, again)) {
    sink.report(D["duplicate-answer"], `frame ${frame} has answered frame ${request.frame}`);
  }
  // What the first one has refused was said there.
  if (apdu !== undefined && print !== again.print) reportRefusals(apdu, request, sink);
}

/** What the server makes of the client's proof is the association's to tell. */
function isRefusedProof(request: ServiceApdu | undefined, answer: ServiceApdu): boolean {
  if (request === undefined || readClientPass(request) === undefined) return false;
  return readServerPass(answer)?.outcome === "refused" && isRefusal(answer);
}

function judgeInvocation(
  { invocation: asked }: WaitingRequest,
  answer: AnswerMessage,
  sink: FindingSink,
): void {
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
