/** Answers that were given, kept to know them again. */
import type { HdlcControl } from "../../link/hdlc/control.js";
import type { AnswerMessage } from "./exchange-message.js";
import type { WaitingRequest } from "./exchange-waiting.js";

/** What is kept of an answer: nothing of its frame. */
export interface GivenAnswer {
  readonly request: WaitingRequest;
  readonly name: string;
  /** Number of its frame. */
  readonly frame: number;
  /** The control field of that frame; undefined on other links than HDLC. */
  readonly control: HdlcControl | undefined;
  /** Knows what it says again. */
  readonly print: number;
}

/** Answers that are known again: one for each invoke-id of GET, SET and ACTION. */
const keptAnswers = 16;

export class GivenAnswers {
  readonly #answers: GivenAnswer[] = [];

  add(answer: GivenAnswer): void {
    const before = this.#answers[this.#answers.length - 1];
    if (before !== undefined) forgetContent(before.request);
    if (this.#answers.push(answer) > keptAnswers) this.#answers.shift();
  }

  /**
   * The answer that this one says again, or to whose request, as it was sent twice, this is one more
   * answer.
   */
  find({ name, service, invocation }: AnswerMessage, print: number): GivenAnswer | undefined {
    if (service === "any") return undefined;
    // The same value may have been given to many requests: what is repeated was sent not long ago.
    for (let i = this.#answers.length - 1; i >= 0; i--) {
      const given = this.#answers[i];
      if (given === undefined || given.name !== name) continue;
      if (given.print === print || isOneMore(given, invocation?.id)) return given;
    }
    return undefined;
  }

  forget(): void {
    this.#answers.length = 0;
  }
}

/** Of answers before the last one no long request is kept: a block, a list, a certificate. */
function forgetContent(request: WaitingRequest): void {
  request.transfer = undefined;
  if (request.length <= longestKept) return;
  request.apdu = undefined;
  request.asked = undefined;
}

/** In bytes. */
const longestKept = 128;

function isOneMore({ request }: GivenAnswer, id: number | undefined): boolean {
  return request.isRetried && id !== undefined && request.invocation?.id === id;
}
