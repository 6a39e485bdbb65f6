/** Requests that the client has given up, for what is said of them and for answers that come late. */

import type { FindingSink } from "../observed-frame.js";
import type { AnswerMessage } from "./exchange-message.js";
import type { WaitingRequest } from "./exchange-waiting.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";

/** Requests whose answers are recognised when they come late. */
const keptRequests = 8;

export class UnansweredRequests {
  readonly #kept: WaitingRequest[] = [];
  /** Frames of those that were given up before the server has shown itself. */
  #unreported: number[] = [];
  #isServerHeard = false;

  /** A request is given up; `isFault` where it is sure that no answer has come. */
  add(request: WaitingRequest, isFault: boolean, sink: FindingSink): void {
    if (this.#kept.push(request) > keptRequests) this.#kept.shift();
    if (!isFault) return;
    if (this.#isServerHeard) sink.amend(request.frame, D.unanswered);
    else if (this.#unreported.length < mostUnreported) {
      this.#unreported.push(request.frame);
    }
  }

  /** The server has sent something: what it left unanswered before is its fault. */
  hearServer(sink: FindingSink): void {
    if (this.#isServerHeard) return;
    this.#isServerHeard = true;
    for (const frame of this.#unreported) sink.amend(frame, D.unanswered);
    this.#unreported = [];
  }

  /** The request that a late answer belongs to, once. */
  take({ service, invocation }: AnswerMessage): WaitingRequest | undefined {
    if (invocation === undefined) return undefined;
    const place = this.#kept.findIndex((request) => {
      return request.service === service && request.invocation?.id === invocation.id;
    });
    return place < 0 ? undefined : this.#kept.splice(place, 1)[0];
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    const [first] = this.#unreported;
    // One word for all: perhaps only the client's side was recorded.
    if (first !== undefined) sink.amend(first, D["server-silent"]);
  }
}

/** Where nothing of the server is captured, more would only fill memory. */
const mostUnreported = 100;
