/**
 * Which answer belongs to which request, and what is wrong between the two.
 *
 * Strategy: a frame counts where its APDU is whole; frames with parts only tell when the APDU began.
 * What could not be read may have been any request or answer, so it silences the next finding that
 * would rest on its absence.
 */
import type { Direction, Timestamp } from "../../chunk.js";
import type { AnsweredRequest } from "../answered-request.js";
import { type FindingSink, nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";
import { judgeAnswer, judgeRepetition } from "./exchange-answer.js";
import {
  type ClientBlock,
  createAnswered,
  createAnsweredByBlock,
  keepBlock,
} from "./exchange-answered.js";
import { createWaiting, isContentKept } from "./exchange-asked.js";
import { MessageBeginnings } from "./exchange-beginnings.js";
import { printOfContent } from "./exchange-content.js";
import { formatDuration } from "./exchange-duration.js";
import { GeneralBlocks, hasGeneralBlock } from "./exchange-general-blocks.js";
import { GivenAnswers } from "./exchange-given.js";
import {
  beginsAnew,
  endsEverything,
  isHandedOver,
  isOfServer,
  isReplaced,
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
import { KnownAttributes } from "./known-attributes.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";
import { compareOwnLists, reportListLengths } from "./service-lists.js";
import { reportRefusals } from "./service-refusals.js";

/** Services without invoke-id are answered in order; a request older than this is given up. */
const patience = 60e9;

/** Pairs requests and answers of one conversation; `observe` takes its frames in order. */
export class Exchanges {
  readonly #waiting = new WaitingRequests();
  readonly #unanswered = new UnansweredRequests();
  readonly #transfers = new BlockTransfers();
  readonly #generalBlocks = new GeneralBlocks();
  readonly #given = new GivenAnswers();
  readonly #beginnings = new MessageBeginnings();
  readonly #known: KnownAttributes;
  /** The last one, as long as its answer is not whole. */
  #clientBlock: ClientBlock | undefined;
  /** The client was seen to ask for something: an answer out of nowhere is worth a word. */
  #isRequestSeen = false;
  /** Something of the client could not be read: it may have been a request. */
  #isRequestMissed = false;
  /** The client shows that it got an answer which the capture does not have. */
  #isAnswerMissed = false;
  /** The client was seen to confirm a notification, so the next one waits for it as well. */
  #isConfirming = false;

  /** `known`: the attributes of all conversations of the capture. */
  constructor(known: KnownAttributes = new KnownAttributes()) {
    this.#known = known;
  }

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
      sink.amend(request.frame, definition);
    }
    this.#unanswered.finish(sink);
    this.#transfers.finish(sink);
    this.#generalBlocks.finish(sink);
  }

  /** Whether a request that was last sent in that frame still waits for its answer. */
  isAwaited(frameNumber: number): boolean {
    for (const request of this.#waiting.all) {
      if (request.frame === frameNumber) return this.#awaits(request);
    }
    return false;
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
    const print = isContentKept(message) ? printOfContent(frame) : 0;
    if (this.#isRetry(frame, message, print, time, sink)) return undefined;
    this.#giveUpBefore(frame, message, time, sink);
    this.#waiting.add(
      createWaiting(frame, message, print, time, this.#known, this.#transfers, sink),
    );
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
    const print = printOfContent(frame);
    const control = hdlcControlOf(frame);
    let request = this.#waiting.find(message);
    if (request === undefined) {
      const given = this.#given.find(message, print);
      if (given !== undefined) {
        judgeRepetition(given, message, { control, print }, sink);
        return createAnswered(given.request, nanosecondsBetween(given.request.time, frame.time));
      }
      request = this.#findFaulty(message, sink);
    }
    if (request === undefined) {
      this.#reportStray(message, sink);
      if (message.apdu !== undefined) reportRefusals(message.apdu, undefined, sink);
      return undefined;
    }
    const latency = nanosecondsBetween(request.time, time);
    this.#waiting.settle(request);
    if (message.service !== "notification") this.#clientBlock = undefined;
    judgeAnswer(request, message, frame.number, latency, this.#transfers, sink);
    if (endsEverything(request, message)) this.#giveUpAll(sink);
    const answered = createAnswered(request, latency);
    this.#given.add(request, message.name, frame.number, control, print);
    return answered;
  }

  /** The request that an answer means although it comes late or names another one. */
  #findFaulty(answer: AnswerMessage, sink: FindingSink): WaitingRequest | undefined {
    const late = this.#unanswered.take(answer);
    if (late !== undefined) {
      sink.report(D["late-answer"], `the request of frame ${late.frame}`, "apdu");
      return late;
    }
    // It may as well answer a request that could not be read.
    if (this.#isRequestMissed) return undefined;
    const misnamed = this.#waiting.findOnlyOfService(answer);
    if (misnamed !== undefined) {
      const is = answer.invocation?.id;
      const was = misnamed.invocation?.id;
      const detail = `${is} instead of ${was}, for the request of frame ${misnamed.frame}`;
      sink.report(D["invoke-id"], detail, "apdu");
      return misnamed;
    }
    return this.#waiting.findOnlyOfInvocation(answer);
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
    print: number,
    time: Timestamp | null,
    sink: FindingSink,
  ): boolean {
    const request = this.#findSame(message, print);
    if (request === undefined) return false;
    const control = hdlcControlOf(frame);
    if (!isSameLinkFrame(request, { control, print })) {
      const since = nanosecondsBetween(request.time, time);
      const before = since === undefined ? "before" : `${formatDuration(since)} before`;
      sink.report(D.retry, `frame ${request.frame} sent it ${before}`);
    }
    request.frame = frame.number;
    request.control = control;
    request.counter = frame.ciphering?.["invocation-counter"];
    request.time = time;
    request.isRetried = true;
    return true;
  }

  #findSame(message: RequestMessage, print: number): WaitingRequest | undefined {
    for (const request of this.#waiting.all) {
      const isOpen = this.#awaits(request) && !request.isDoubtful;
      if (isOpen && isSameRequest(request, message, print)) return request;
    }
    return undefined;
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
    if (this.#waiting.all.length === 0) return;
    const isPush = message.service === "notification";
    const gone = this.#waiting.takeAll((other) => {
      if (isOfServer(other) !== isPush) return false;
      if (isReplaced(other, message)) return true;
      if (isPush) return false;
      if (isHandedOver(other) && frame.framing === "hdlc") return true;
      return (
        other.invocation === undefined && (nanosecondsBetween(other.time, time) ?? 0) > patience
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
    this.#given.forget();
  }

  #giveUp(requests: readonly WaitingRequest[], sink: FindingSink): void {
    for (const request of requests) {
      const isFault = this.#awaits(request) && !request.isDoubtful && !this.#isAnswerMissed;
      this.#unanswered.add(request, isFault, sink);
    }
  }

  #awaits(request: WaitingRequest): boolean {
    return request.awaitsAnswer && (!isOfServer(request) || this.#isConfirming);
  }

  /** A block of a longer APDU, or the acknowledgement of one. */
  #answerBlock(frame: ObservedFrame): AnsweredRequest | undefined {
    this.#takePart(frame);
    if (frame.direction === "client-to-server") this.#clientBlock = keepBlock(frame);
    if (frame.direction !== "server-to-client") return undefined;
    const request = this.#waiting.all.find((other) => !isOfServer(other));
    return createAnsweredByBlock(this.#clientBlock, request, frame.time);
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
    if (this.#waiting.all.length === 0) return;
    const received = hdlcControlOf(frame)?.["receive-sequence"];
    if (received === undefined) return;
    for (const request of this.#waiting.all) {
      const before = request.control?.["receive-sequence"];
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
