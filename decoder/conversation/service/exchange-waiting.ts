/** Requests that wait for their answers, in the order in which they were sent. */
import type { Timestamp } from "../../chunk.js";
import type { HdlcControl } from "../../link/hdlc/control.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { Invocation, ServiceApdu } from "./exchange-apdu.js";
import type { AnswerMessage, Service } from "./exchange-message.js";
import type { Transfer } from "./exchange-transfers.js";

/** What is kept of a request: nothing of its frame, and no view into the frame's bytes. */
export interface WaitingRequest {
  readonly name: string;
  readonly service: Service;
  readonly invocation: Invocation | undefined;
  /** Whether the sender waits for an answer. */
  readonly awaitsAnswer: boolean;
  /** Bytes of the APDU; 0 where none was read. */
  readonly length: number;
  /** As it was read; a copy. Not kept of what nobody answers. */
  apdu: Apdu | undefined;
  /** The same by its exact type, of a service that was read to its end. */
  asked: ServiceApdu | undefined;
  readonly objects: readonly ObjectReference[];
  /** The frame whose request names them. */
  readonly namedBy: number;
  /** That request. */
  naming: Apdu | undefined;
  /** The transfer in blocks that it belongs to; undefined where it was not read. */
  transfer: Transfer | undefined;
  /** Knows what it says again. */
  readonly print: number;
  /** Number of the frame that sent it last, or completed it. */
  frame: number;
  /** The control field of that frame; undefined on other links than HDLC. */
  control: HdlcControl | undefined;
  /** Invocation counter that it was ciphered with. */
  counter: number | undefined;
  /** Of its first byte. */
  time: Timestamp | null;
  /** More than one frame sent it. */
  isRetried: boolean;
  /** A frame that could not be read may have been the answer. */
  isDoubtful: boolean;
  /** A later request was answered before it. */
  isOvertaken: boolean;
}

/** More than invoke-ids there are; what exceeds it is forgotten without a word. */
const mostWaiting = 32;

export class WaitingRequests {
  readonly #requests: WaitingRequest[] = [];

  /** Those that wait now; not to be kept. */
  get all(): readonly WaitingRequest[] {
    return this.#requests;
  }

  add(request: WaitingRequest): void {
    if (this.#requests.push(request) > mostWaiting) this.#requests.shift();
  }

  /** Removes a request that was answered; those that the same side sent before it are overtaken. */
  settle(request: WaitingRequest): void {
    const place = this.#requests.indexOf(request);
    if (place < 0) return;
    if (this.#requests.length === 1) {
      this.#requests.pop();
      return;
    }
    const isPush = request.service === "notification";
    for (let i = 0; i < place; i++) {
      const other = this.#requests[i];
      if (other !== undefined && (other.service === "notification") === isPush) {
        other.isOvertaken = true;
      }
    }
    this.#requests.splice(place, 1);
  }

  /** Removes and returns those that `isGone` holds for. */
  takeAll(isGone: (request: WaitingRequest) => boolean): readonly WaitingRequest[] {
    if (this.#requests.length === 0) return none;
    const gone = this.#requests.filter(isGone);
    for (const request of gone) this.#requests.splice(this.#requests.indexOf(request), 1);
    return gone;
  }

  /** The request that an answer without a fault belongs to. */
  find(answer: AnswerMessage): WaitingRequest | undefined {
    if (this.#requests.length === 0) return undefined;
    if (answer.service === "any") return this.#findOldest();
    return this.#findFitting(answer) ?? this.#findCiphered(answer);
  }

  /** The request that the answer must mean, although it names another invoke-id. */
  findOnlyOfService({ service }: AnswerMessage): WaitingRequest | undefined {
    const fitting = this.#requests.filter((request) => request.service === service);
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** The request that the answer must mean by its invoke-id, although it is of another service. */
  findOnlyOfInvocation({ service, invocation }: AnswerMessage): WaitingRequest | undefined {
    if (invocation === undefined || !isInvokedService(service)) return undefined;
    const [only] = this.#requests.length === 1 ? this.#requests : none;
    const isMeant =
      only !== undefined && isInvokedService(only.service) && only.invocation?.id === invocation.id;
    return isMeant ? only : undefined;
  }

  /** With the same invoke-id; the first one where either of the two has none. */
  #findFitting({ service, invocation }: AnswerMessage): WaitingRequest | undefined {
    let first: WaitingRequest | undefined;
    for (const request of this.#requests) {
      if (!fits(request.service, service)) continue;
      if (invocation === undefined) return request;
      if (request.invocation === undefined) first ??= request;
      else if (request.invocation.id === invocation.id) return request;
    }
    return first;
  }

  /** Pushes are not what an exception-response and its like mean. */
  #findOldest(): WaitingRequest | undefined {
    const asked = this.#requests.filter(({ service }) => service !== "notification");
    return asked.find(({ awaitsAnswer }) => awaitsAnswer) ?? asked[asked.length - 1];
  }

  /** Where one of the two stayed ciphered, its service is not known. */
  #findCiphered({ service }: AnswerMessage): WaitingRequest | undefined {
    if (!isCosemService(service)) return undefined;
    return this.#requests.find((request) => {
      if (!isCosemService(request.service)) return false;
      return service === "ciphered" || request.service === "ciphered";
    });
  }
}

const none: readonly WaitingRequest[] = Object.freeze([]);

/** GET, SET and ACTION share their invoke-ids. */
export function isInvokedService(service: Service | "link" | "any"): boolean {
  return service === "get" || service === "set" || service === "action";
}

function isCosemService(service: Service | "link" | "any"): boolean {
  return !notCosem.has(service);
}

const notCosem: ReadonlySet<string> = new Set([
  "link",
  "link-connection",
  "link-disconnection",
  "association",
  "release",
  "notification",
]);

function fits(request: Service, answer: Service | "link" | "any"): boolean {
  if (answer === "link") return request === "link-connection" || request === "link-disconnection";
  return request === answer;
}
