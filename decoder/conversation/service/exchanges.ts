/**
 * Which answer belongs to which request, and what is wrong between the two.
 *
 * Strategy: a frame counts where its APDU is whole; frames with parts only tell when the APDU began.
 * What could not be read may have been any request or answer, so it silences the next finding that
 * would rest on its absence.
 */
import type { Direction, Timestamp } from "../../chunk.js";
import type { AnsweredRequest } from "../answered-request.js";
import { objectsOf } from "../names/object-names.js";
import { type FindingSink, nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";
import { judgeAnswer, judgeRepetition } from "./exchange-answer.js";
import { MessageBeginnings } from "./exchange-beginnings.js";
import { formatDuration } from "./exchange-duration.js";
import { GeneralBlocks, hasGeneralBlock } from "./exchange-general-blocks.js";
import {
  beginsAnew,
  endsEverything,
  type GivenAnswer,
  isHandedOver,
  isOfServer,
  isReplaced,
  isSameAnswer,
  isSameLinkFrame,
  isSameRequest,
} from "./exchange-identity.js";
import {
  type AnswerMessage,
  hdlcControlOf,
  messageOf,
  type RequestMessage,
} from "./exchange-message.js";
import { BlockTransfers } from "./exchange-transfers.js";
import { UnansweredRequests } from "./exchange-unanswered.js";
import { type WaitingRequest, WaitingRequests } from "./exchange-waiting.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";
import { compareOwnLists, reportListLengths } from "./service-lists.js";
import { reportRefusals } from "./service-refusals.js";

/** Answers that are known again: one for each invoke-id of GET, SET and ACTION. */
const keptAnswers = 16;
/** Services without invoke-id are answered in order; a request older than this is given up. */
const patience = 60e9;

/** Pairs requests and answers of one conversation; `observe` takes its frames in order. */
export class Exchanges {
  readonly #waiting = new WaitingRequests();
  readonly #unanswered = new UnansweredRequests();
  readonly #transfers = new BlockTransfers();
  readonly #generalBlocks = new GeneralBlocks();
  #given: readonly GivenAnswer[] = [];
  readonly #beginnings = new MessageBeginnings();
  /** The last frame in which the client sent a part of an APDU or acknowledged one. */
  #clientBlock: ObservedFrame | undefined;
  /** The client was seen to ask for something: an answer out of nowhere is worth a word. */
  #isRequestSeen = false;
  /** Something of the client could not be read: it may have been a request. */
  #isRequestMissed = false;
  /** The client shows that it got an answer which the capture does not have. */
  #isAnswerMissed = false;
  /** The client was seen to confirm a notification, so the next one waits for it as well. */
  #isConfirming = false;

  /** Takes the next frame; returns the request that it answers. */
  observe(frame: ObservedFrame, sink: FindingSink): AnsweredRequest | undefined {
    if (frame.damaged) {
      this.#doubt(frame.direction);
      return undefined;
    }
    if (frame.direction === "server-to-client") {
      this.#unanswered.hearServer(sink);
      this.#isAnswerMissed = false;
    } else {
      this.#doubtAcknowledged(frame);
    }
    const isBlock = hasGeneralBlock(frame);
    if (isBlock && frame.direction !== null) {
      this.#generalBlocks.observe(frame, frame.direction, sink);
    }
    const message = messageOf(frame);
    switch (message?.role) {
      case "request":
        return this.#request(frame, message, sink);
      case "answer":
        return this.#answer(frame, message, sink);
      case "other":
        if (message.apdu !== undefined)
          reportListLengths(compareOwnLists(message.apdu, undefined), sink);
        return undefined;
      default:
        return isBlock ? this.#answerBlock(frame) : this.#takePart(frame);
    }
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    for (const request of this.#waiting.all) {
      if (!this.#awaits(request) || request.isDoubtful) continue;
      const definition = request.isOvertaken ? D.unanswered : D["capture-ends"];
      sink.amend(request.frame.number, definition);
    }
    this.#unanswered.finish(sink);
    this.#transfers.finish(sink);
    this.#generalBlocks.finish(sink);
  }

  /** Whether a request of that frame still waits for its answer. */
  isAwaited(frameNumber: number): boolean {
    return this.#waiting.all.some(
      (request) => request.attempts.includes(frameNumber) && this.#awaits(request),
    );
  }

  #request(frame: ObservedFrame, message: RequestMessage, sink: FindingSink): undefined {
    const isPush = message.service === "notification";
    const time = this.#beginnings.take(frame);
    if (!isPush) {
      this.#isRequestSeen = true;
      this.#isRequestMissed = false;
      this.#clientBlock = undefined;
      this.#beginnings.forget("server-to-client");
      this.#generalBlocks.interruptAnswer(sink);
    }
    if (this.#isRetry(frame, message, time, sink)) return undefined;
    this.#giveUpBefore(frame, message, time, sink);
    const { apdu, invocation } = message;
    const named =
      frame.apdu === undefined ? [] : objectsOf(frame.apdu, frame.context.association.shortNames);
    const transfer =
      apdu === undefined || isPush
        ? undefined
        : this.#transfers.request(
            message.service,
            { apdu, invocation, frame: frame.number },
            named,
            sink,
          );
    if (apdu !== undefined) {
      reportListLengths(compareOwnLists(apdu, transfer?.beginning?.apdu), sink);
    }
    const attempts = [frame.number];
    const objects = named.length > 0 ? named : (transfer?.beginning?.objects ?? []);
    const namedBy = named.length > 0 ? frame.number : (transfer?.beginning?.frame ?? frame.number);
    const state = { isDoubtful: false, isOvertaken: false };
    this.#waiting.add({ message, frame, attempts, time, objects, namedBy, transfer, ...state });
    return undefined;
  }

  #answer(
    frame: ObservedFrame,
    message: AnswerMessage,
    sink: FindingSink,
  ): AnsweredRequest | undefined {
    const time = this.#beginnings.take(frame);
    if (message.service === "notification") this.#isConfirming = true;
    this.#beginnings.forget("client-to-server");
    const given = this.#findGiven(frame, message);
    if (given !== undefined) {
      const { request } = given;
      judgeRepetition(given, message, frame, sink);
      const latency = nanosecondsBetween(request.time, frame.time);
      return createAnswered(request, request.frame, latency);
    }
    const request = this.#findRequest(message, sink);
    if (request === undefined) {
      this.#reportStray(message, sink);
      if (message.apdu !== undefined) reportRefusals(message.apdu, undefined, sink);
      return undefined;
    }
    const latency = nanosecondsBetween(request.time, time);
    this.#waiting.settle(request);
    if (message.service !== "notification") this.#clientBlock = undefined;
    judgeAnswer(request, message, frame, latency, this.#transfers, sink);
    if (endsEverything(request, message)) this.#giveUpAll(sink);
    this.#given = [...this.#given, { request, answer: message, frame }].slice(-keptAnswers);
    return createAnswered(request, request.frame, latency);
  }

  /** The request that an answer means; what is wrong with the pair is reported. */
  #findRequest(answer: AnswerMessage, sink: FindingSink): WaitingRequest | undefined {
    const request = this.#waiting.find(answer);
    if (request !== undefined) return request;
    const late = this.#unanswered.take(answer);
    if (late !== undefined) {
      sink.report(D["late-answer"], `the request of frame ${late.frame.number}`, "apdu");
      return late;
    }
    // It may as well answer a request that could not be read.
    if (this.#isRequestMissed) return undefined;
    const misnamed = this.#waiting.findOnlyOfService(answer);
    if (misnamed !== undefined) {
      const is = answer.invocation?.id;
      const was = misnamed.message.invocation?.id;
      const detail = `${is} instead of ${was}, for the request of frame ${misnamed.frame.number}`;
      sink.report(D["invoke-id"], detail, "apdu");
      return misnamed;
    }
    return this.#waiting.findOnlyOfInvocation(answer);
  }

  /** The answer that this one repeats, where no request waits for it. */
  #findGiven(frame: ObservedFrame, answer: AnswerMessage): GivenAnswer | undefined {
    if (this.#waiting.find(answer) !== undefined) return undefined;
    return this.#given.find((other) => isSameAnswer(other, frame, answer));
  }

  #reportStray(answer: AnswerMessage, sink: FindingSink): void {
    if (!this.#isRequestSeen || this.#isRequestMissed) return;
    // What stayed ciphered may be a push; a station says by itself that it is disconnected.
    if (answer.service === "ciphered" || answer.name === "DM" || answer.name === "FRMR") return;
    if (answer.service === "notification") return;
    sink.report(D["answer-without-request"], answer.name);
  }

  #isRetry(
    frame: ObservedFrame,
    message: RequestMessage,
    time: Timestamp | null,
    sink: FindingSink,
  ): boolean {
    const request = this.#waiting.all.find(
      (other) => this.#awaits(other) && !other.isDoubtful && isSameRequest(other, frame, message),
    );
    if (request === undefined) return false;
    if (!isSameLinkFrame(request.frame, frame)) {
      const since = nanosecondsBetween(request.time, time);
      const before = since === undefined ? "before" : `${formatDuration(since)} before`;
      sink.report(D.retry, `frame ${request.frame.number} sent it ${before}`);
    }
    request.attempts.push(frame.number);
    Object.assign(request, { frame, time });
    return true;
  }

  /** Gives up the requests that cannot be answered any more once `message` is sent. */
  #giveUpBefore(
    frame: ObservedFrame,
    message: RequestMessage,
    time: Timestamp | null,
    sink: FindingSink,
  ): void {
    if (beginsAnew(message)) {
      this.#giveUpAll(sink);
      return;
    }
    const isPush = message.service === "notification";
    const gone = this.#waiting.takeAll((other) => {
      if (isOfServer(other) !== isPush) return false;
      if (isReplaced(other, message)) return true;
      if (isPush) return false;
      if (isHandedOver(other.frame) && frame.framing === "hdlc") return true;
      return (
        other.message.invocation === undefined &&
        (nanosecondsBetween(other.time, time) ?? 0) > patience
      );
    });
    this.#giveUp(gone, sink);
  }

  #giveUpAll(sink: FindingSink): void {
    this.#giveUp(
      this.#waiting.takeAll((request) => !isOfServer(request)),
      sink,
    );
    this.#transfers.giveUpAll(sink);
    this.#generalBlocks.giveUpAll(sink);
    this.#given = [];
  }

  #giveUp(requests: readonly WaitingRequest[], sink: FindingSink): void {
    for (const request of requests) {
      const isFault = this.#awaits(request) && !request.isDoubtful && !this.#isAnswerMissed;
      this.#unanswered.add(request, isFault, sink);
    }
  }

  #awaits(request: WaitingRequest): boolean {
    return request.message.awaitsAnswer && (!isOfServer(request) || this.#isConfirming);
  }

  /** A block of a longer APDU, or the acknowledgement of one. */
  #answerBlock(frame: ObservedFrame): AnsweredRequest | undefined {
    if (frame.direction === "client-to-server") {
      this.#takePart(frame);
      this.#clientBlock = frame;
      return undefined;
    }
    const request = this.#waiting.all.find((other) => !isOfServer(other));
    const asked = this.#clientBlock ?? request?.frame;
    this.#takePart(frame);
    if (asked === undefined || frame.direction === null) return undefined;
    const isFirst = asked === request?.frame;
    const latency = nanosecondsBetween(isFirst ? request.time : asked.time, frame.time);
    if (request !== undefined) return createAnswered(request, asked, latency);
    const { number, apdu } = asked;
    const name = "general-block-transfer";
    return { frame: number, name, latency, apdu, objects: [], namedBy: number };
  }

  /** A part of an APDU, or something that could not be read. */
  #takePart(frame: ObservedFrame): undefined {
    const type = hdlcControlOf(frame)?.type;
    const carriesNothing = type !== undefined && type !== "I" && type !== "UI";
    if (carriesNothing || frame.framing === "noise") return undefined;
    this.#beginnings.note(frame);
    this.#doubtMessage(frame.direction);
    return undefined;
  }

  /** A client that counts on in N(R) has received an answer, captured or not. */
  #doubtAcknowledged(frame: ObservedFrame): void {
    const received = hdlcControlOf(frame)?.["receive-sequence"];
    if (received === undefined) return;
    for (const request of this.#waiting.all) {
      const before = hdlcControlOf(request.frame)?.["receive-sequence"];
      if (before === undefined || before === received) continue;
      this.#isAnswerMissed ||= !request.isDoubtful;
      request.isDoubtful = true;
    }
  }

  #doubt(direction: Direction | null): void {
    this.#doubtMessage(direction);
    this.#generalBlocks.doubt();
  }

  #doubtMessage(direction: Direction | null): void {
    this.#transfers.doubt();
    if (direction !== "server-to-client") this.#isRequestMissed = true;
    if (direction === "client-to-server") return;
    for (const request of this.#waiting.all) request.isDoubtful = true;
  }
}

function createAnswered(
  { message, objects, namedBy }: WaitingRequest,
  frame: ObservedFrame,
  latency: number | undefined,
): AnsweredRequest {
  const name = frame.apdu?.name ?? message.name;
  return { frame: frame.number, name, latency, apdu: frame.apdu, objects, namedBy };
}
