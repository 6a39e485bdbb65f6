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

/**
 * The last answers. They outlive many frames, and each would be moved about by the garbage collector
 * as a record of its own: so they stand in columns, each written over when its turn comes again.
 */
export class GivenAnswers {
  readonly #requests: WaitingRequest[] = [];
  readonly #names: string[] = [];
  readonly #frames: number[] = [];
  readonly #controls: (HdlcControl | undefined)[] = [];
  readonly #prints = new Float64Array(keptAnswers);
  /** Where the last one stands. */
  #last = keptAnswers - 1;

  add(
    request: WaitingRequest,
    name: string,
    frame: number,
    control: HdlcControl | undefined,
    print: number,
  ): void {
    const before = this.#requests[this.#last];
    if (before !== undefined) forgetContent(before);
    request.transfer = undefined;
    const place = (this.#last + 1) % keptAnswers;
    this.#requests[place] = request;
    this.#names[place] = name;
    this.#frames[place] = frame;
    this.#controls[place] = control;
    this.#prints[place] = print;
    this.#last = place;
  }

  /**
   * The answer that this one says again, or to whose request, as it was sent twice, this is one more
   * answer.
   */
  find({ name, service, invocation }: AnswerMessage, print: number): GivenAnswer | undefined {
    if (service === "any") return undefined;
    // The same value may have been given to many requests: what is repeated was sent not long ago.
    for (let age = 0; age < this.#requests.length; age++) {
      const place = (this.#last + keptAnswers - age) % keptAnswers;
      const request = this.#requests[place];
      if (request === undefined || this.#names[place] !== name) continue;
      if (this.#prints[place] === print || isOneMore(request, invocation?.id)) {
        const frame = this.#frames[place] ?? 0;
        return {
          request,
          name,
          frame,
          control: this.#controls[place],
          print: this.#prints[place] ?? 0,
        };
      }
    }
    return undefined;
  }

  forget(): void {
    this.#requests.length = 0;
    this.#last = keptAnswers - 1;
  }
}

/** Of answers before the last one no long request is kept: a block, a list, a certificate. */
function forgetContent(request: WaitingRequest): void {
  if (request.length <= longestKept) return;
  request.apdu = undefined;
  request.naming = undefined;
  request.asked = undefined;
}

/** In bytes. */
const longestKept = 128;

function isOneMore(request: WaitingRequest, id: number | undefined): boolean {
  return request.isRetried && id !== undefined && request.invocation?.id === id;
}
