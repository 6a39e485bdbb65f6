/** Requests that wait for their answers, in the order in which they were sent. */
import type { Timestamp } from "../../chunk.js";
import type { ObjectReference } from "../names/object-reference.js";
import type { ObservedFrame } from "../observed-frame.js";
import type { AnswerMessage, RequestMessage, Service } from "./exchange-message.js";
import type { Transfer } from "./exchange-transfers.js";

export interface WaitingRequest {
  readonly message: RequestMessage;
  /** The frame that sent it last, or completed it. */
  frame: ObservedFrame;
  /** Numbers of all frames that sent it. */
  readonly attempts: number[];
  /** Of its first byte. */
  time: Timestamp | null;
  readonly objects: readonly ObjectReference[];
  /** The frame whose request names them. */
  readonly namedBy: number;
  /** The transfer in blocks that it belongs to; undefined where it was not read. */
  readonly transfer: Transfer | undefined;
  /** A frame that could not be read may have been the answer. */
  isDoubtful: boolean;
  /** A later request was answered before it. */
  isOvertaken: boolean;
}

/** More than invoke-ids there are; what exceeds it is forgotten without a word. */
const mostWaiting = 32;

export class WaitingRequests {
  #requests: readonly WaitingRequest[] = [];

  get all(): readonly WaitingRequest[] {
    return this.#requests;
  }

  add(request: WaitingRequest): void {
    this.#requests = [...this.#requests, request].slice(-mostWaiting);
  }

  /** Removes a request that was answered; those that the same side sent before it are overtaken. */
  settle(request: WaitingRequest): void {
    const place = this.#requests.indexOf(request);
    if (place < 0) return;
    const isPush = request.message.service === "notification";
    for (const other of this.#requests.slice(0, place)) {
      if ((other.message.service === "notification") === isPush) other.isOvertaken = true;
    }
    this.#requests = this.#requests.filter((other) => other !== request);
  }

  /** Removes and returns those that `isGone` holds for. */
  takeAll(isGone: (request: WaitingRequest) => boolean): readonly WaitingRequest[] {
    const gone = this.#requests.filter(isGone);
    if (gone.length > 0) this.#requests = this.#requests.filter((request) => !isGone(request));
    return gone;
  }

  /** The request that an answer without a fault belongs to. */
  find(answer: AnswerMessage): WaitingRequest | undefined {
    if (answer.service === "any") return this.#findOldest();
    const fitting = this.#requests.filter(({ message }) => fits(message.service, answer.service));
    const { invocation } = answer;
    const sameId = fitting.find(({ message }) => {
      return invocation !== undefined && message.invocation?.id === invocation.id;
    });
    return (
      sameId ??
      fitting.find(({ message }) => {
        return invocation === undefined || message.invocation === undefined;
      }) ??
      this.#findCiphered(answer)
    );
  }

  /** The request that the answer must mean, although it names another invoke-id. */
  findOnlyOfService({ service }: AnswerMessage): WaitingRequest | undefined {
    const fitting = this.#requests.filter(({ message }) => message.service === service);
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** The request that the answer must mean by its invoke-id, although it is of another service. */
  findOnlyOfInvocation({ service, invocation }: AnswerMessage): WaitingRequest | undefined {
    if (invocation === undefined || !isInvokedService(service)) return undefined;
    const [only] = this.#requests.length === 1 ? this.#requests : [];
    const isMeant =
      only !== undefined &&
      isInvokedService(only.message.service) &&
      only.message.invocation?.id === invocation.id;
    return isMeant ? only : undefined;
  }

  /** Pushes are not what an exception-response and its like mean. */
  #findOldest(): WaitingRequest | undefined {
    const asked = this.#requests.filter(({ message }) => message.service !== "notification");
    return asked.find(({ message }) => message.awaitsAnswer) ?? asked[asked.length - 1];
  }

  /** Where one of the two stayed ciphered, its service is not known. */
  #findCiphered({ service }: AnswerMessage): WaitingRequest | undefined {
    if (!isCosemService(service)) return undefined;
    return this.#requests.find(({ message }) => {
      if (!isCosemService(message.service)) return false;
      return service === "ciphered" || message.service === "ciphered";
    });
  }
}

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
