/**
 * Follows the association of one conversation, from its opening to its end.
 *
 * Strategy: every frame becomes an event of the state machine in association-transitions.ts; the
 * rules look at a step before it is taken. An observer may have missed frames: after a damaged one
 * (`#gap`) nothing is said of what seems to be missing.
 */
import type { AssociationResponse } from "../../acse/aare.js";
import type { AssociationRequest } from "../../acse/aarq.js";
import type { ReleaseResponse } from "../../acse/release.js";
import { equalBytes } from "../../core/bytes.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import {
  challengeOf,
  copyChallenge,
  type Report,
  UsedChallenges,
} from "./association-challenges.js";
import { associationDiagnostics as D } from "./association-diagnostics.js";
import { AssociationLimits } from "./association-limits.js";
import {
  checkAcceptance,
  checkRequest,
  initiateRequestOf,
  isCiphered,
  isReadable,
  needsPasses,
  nothingKnown,
  type Proposal,
  proposalOf,
  viewOfAcceptance,
  viewOfRequest,
} from "./association-opening.js";
import { explainRefusal } from "./association-refusal.js";
import { linkSignalOf, negotiatesLink, serviceRoleOf } from "./association-signals.js";
import { StrayService } from "./association-strays.js";
import { type AssociationEvent, isAssociated, nextPhase } from "./association-transitions.js";
import type { AssociationView } from "./association-view.js";
import { HlsExchange } from "./hls-exchange.js";

/** An AARQ. */
interface SeenRequest {
  /** Of its frame: a repetition is known by them. A copy, as all that outlives a frame. */
  readonly bytes: Uint8Array;
  /** Undefined where it was not read to its end. */
  readonly proposal: Proposal | undefined;
}

export class AssociationTracker {
  #view = nothingKnown;
  #request: SeenRequest | undefined;
  /** Bytes of the frame with the AARE. */
  #response: Uint8Array | undefined;
  #exchange = new HlsExchange();
  #limits = new AssociationLimits(nothingKnown);
  /** A damaged frame came since the last step that is sure. */
  #gap = false;
  /** An APDU or command of the client was seen: the capture has both directions, from some start. */
  #clientSeen = false;
  #serviceUsed = false;
  #linkCommand: "SNRM" | "DISC" | undefined;
  /** The end of the association was asked for: by RLRQ, DISC or SNRM. */
  #leaving = false;
  /** Frame of an RLRQ without answer. */
  #release: number | undefined;
  #stray = new StrayService();
  #earlyTold = false;
  #assumptionTold = false;
  readonly #challenges = new UsedChallenges();

  /** What is known after the frame that was observed last. Immutable. */
  get view(): AssociationView {
    return this.#view;
  }

  /** Takes the next frame of the conversation; `answered` is the request that it answers. */
  observe(frame: ObservedFrame, answered: AnsweredRequest | undefined, sink: FindingSink): void {
    if (frame.damaged) {
      this.#gap = true;
      return;
    }
    this.#takeLinkSignal(frame, answered, sink);
    const { apdu } = frame;
    if (apdu?.name === "aarq") this.#takeRequest(frame, apdu as AssociationRequest, sink);
    else if (apdu?.name === "aare") {
      this.#takeResponse(frame, apdu as AssociationResponse, answered, sink);
    } else if (apdu?.name === "rlrq") this.#takeReleaseRequest(frame, sink);
    else if (apdu?.name === "rlre") this.#takeReleaseResponse(apdu as ReleaseResponse, sink);
    else this.#takeService(frame, answered !== undefined, sink);
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    // Without pass 4 it is the capture that ends; without pass 3 the client may have stopped.
    if (this.#exchange.progress === "none") this.#leaveAuthentication(sink);
    this.#settleStray(sink);
  }

  #move(event: AssociationEvent): void {
    const state = nextPhase(this.#view.state, event);
    if (state === this.#view.state) return;
    this.#view = { ...this.#view, state };
    // What was agreed ends with its association.
    if (!isAssociated(state)) this.#limits = new AssociationLimits(nothingKnown);
  }

  #takeLinkSignal(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    sink: FindingSink,
  ): void {
    const signal = linkSignalOf(frame);
    if (signal === undefined) return;
    if (signal === "SNRM" || signal === "DISC") {
      this.#clientSeen = true;
      this.#linkCommand = signal;
      this.#endWithoutRelease(signal, sink);
      return;
    }
    const command = answered?.name ?? this.#linkCommand;
    this.#linkCommand = undefined;
    if (
      signal === "UA" &&
      (command === "SNRM" || (command === undefined && negotiatesLink(frame)))
    ) {
      this.#forget();
      this.#move("link-opened");
    } else if (command === "DISC") {
      this.#move("link-closed");
    } else if (signal === "DM") {
      this.#settleStray(sink);
      const { state } = this.#view;
      this.#move("link-lost");
      if (this.#view.state !== state) sink.report(D["link-lost"]);
    }
  }

  #endWithoutRelease(command: "SNRM" | "DISC", sink: FindingSink): void {
    this.#settleRelease(sink);
    this.#leaveAuthentication(sink);
    if (isAssociated(this.#view.state) && !this.#leaving && !this.#gap) {
      sink.report(D["closed-without-release"], command === "SNRM" ? "by a new SNRM" : "by DISC");
    }
    this.#leaving = true;
  }

  /** Everything of the association before; challenges that were used stay. */
  #forget(): void {
    this.#limits = new AssociationLimits(nothingKnown);
    this.#view = { ...nothingKnown, state: this.#view.state };
    this.#request = undefined;
    this.#response = undefined;
    this.#exchange = new HlsExchange();
    this.#gap = false;
    this.#serviceUsed = false;
    this.#leaving = false;
    this.#release = undefined;
    this.#stray = new StrayService();
    this.#earlyTold = false;
  }

  #takeRequest(frame: ObservedFrame, aarq: AssociationRequest, sink: FindingSink): void {
    this.#clientSeen = true;
    const { state, responseFrame } = this.#view;
    const repeated =
      this.#request !== undefined &&
      equalBytes(this.#request.bytes, frame.bytes) &&
      !this.#serviceUsed;
    if (!repeated) {
      this.#settleStray(sink);
      this.#settleRelease(sink);
      this.#leaveAuthentication(sink);
      if (isAssociated(state) && !this.#leaving && !this.#gap) {
        const since = responseFrame === undefined ? "" : `, since frame ${responseFrame}`;
        sink.report(D["request-while-open"], `the association is ${state}${since}`, "apdu");
      }
      const report = reportTo(sink);
      if (isReadable(aarq)) checkRequest(aarq, report);
      this.#challenges.checkRequest(challengeOf(aarq["calling-authentication-value"]), report);
    }
    this.#forget();
    const proposal = proposalOf(aarq);
    const bytes = Uint8Array.from(frame.bytes);
    this.#request = { bytes, proposal: isReadable(aarq) ? proposal : undefined };
    this.#view = { ...this.#view, ...viewOfRequest(aarq), requestFrame: frame.number };
    this.#exchange = new HlsExchange({
      mechanism: aarq["mechanism-name"],
      clientChallenge: proposal.challenge,
      serverChallenge: undefined,
    });
    const unconfirmed = initiateRequestOf(aarq)?.["response-allowed"] === false;
    this.#move(unconfirmed ? "opened-unconfirmed" : "requested");
  }

  #takeResponse(
    frame: ObservedFrame,
    aare: AssociationResponse,
    answered: AnsweredRequest | undefined,
    sink: FindingSink,
  ): void {
    const requested = this.#view.state === "requested";
    if (!requested) {
      // The server repeats itself.
      if (this.#response !== undefined && equalBytes(this.#response, frame.bytes)) return;
      if (answered?.name !== "aarq" && this.#clientSeen && !this.#gap) {
        sink.report(D["response-without-request"], undefined, "apdu");
      }
      this.#forget();
    }
    this.#gap = false;
    this.#response = Uint8Array.from(frame.bytes);
    this.#view = { ...this.#view, responseFrame: frame.number };
    const proposal = this.#request?.proposal;
    const refusal = explainRefusal(aare, proposal);
    if (refusal !== undefined) sink.report(refusal.definition, refusal.detail, "apdu");
    if (aare.result === undefined) this.#move("answered-unreadably");
    else if (aare.result === "accepted") this.#accept(aare, proposal, reportTo(sink));
    else this.#move("refused");
  }

  #accept(aare: AssociationResponse, proposal: Proposal | undefined, report: Report): void {
    checkAcceptance(aare, proposal, report);
    const mechanism = proposal?.["mechanism-name"] ?? aare["mechanism-name"];
    const clientChallenge = proposal?.challenge;
    const serverChallenge = copyChallenge(aare["responding-authentication-value"]);
    this.#challenges.accept(clientChallenge, serverChallenge, report);
    this.#exchange = new HlsExchange({ mechanism, clientChallenge, serverChallenge });
    const ciphered = this.#view.ciphered ?? isCiphered(aare["application-context-name"]);
    this.#view = { ...this.#view, ...viewOfAcceptance(aare), ciphered, mechanism };
    this.#limits = new AssociationLimits(this.#view);
    this.#move(needsPasses(aare, mechanism) ? "accepted-for-authentication" : "accepted");
  }

  /** The association is left: what is to be said where its authentication was not finished. */
  #leaveAuthentication(sink: FindingSink): void {
    const { state, responseFrame } = this.#view;
    if (state !== "authenticating" || responseFrame === undefined || this.#gap) return;
    if (this.#leaving) return;
    const what = this.#exchange.progress === "sent" ? "pass 3 is not answered" : undefined;
    sink.amend(responseFrame, D["authentication-unfinished"], what);
  }

  #takeReleaseRequest(frame: ObservedFrame, sink: FindingSink): void {
    this.#clientSeen = true;
    this.#leaveAuthentication(sink);
    this.#release = frame.number;
    this.#leaving = true;
  }

  #takeReleaseResponse(rlre: ReleaseResponse, sink: FindingSink): void {
    this.#release = undefined;
    if (rlre.reason === "not-finished") {
      sink.report(D["release-refused"], rlre.reason, "apdu");
      this.#leaving = false;
    } else this.#move("released");
  }

  /** The client goes on; an RLRQ that has no answer will get none. */
  #settleRelease(sink: FindingSink): void {
    if (this.#release !== undefined && !this.#gap) {
      sink.amend(this.#release, D["release-unanswered"]);
    }
    this.#release = undefined;
  }

  #takeService(frame: ObservedFrame, isAnswer: boolean, sink: FindingSink): void {
    const role = serviceRoleOf(frame, isAnswer);
    if (role === undefined) return;
    let isPass = false;
    if (role === "request") isPass = this.#takeServiceRequest(frame, sink);
    else if (role === "response" || role === "failure") {
      isPass = this.#takeServiceResponse(frame, role, sink);
    }
    this.#limits.check(frame, isPass, sink);
  }

  /** Whether the request is pass 3 of the authentication. */
  #takeServiceRequest(frame: ObservedFrame, sink: FindingSink): boolean {
    this.#clientSeen = true;
    this.#serviceUsed = true;
    this.#settleRelease(sink);
    const { state } = this.#view;
    const authenticating = state === "authenticating";
    if (this.#exchange.takeRequest(frame, authenticating && !this.#passIsSent, sink)) return true;
    if (authenticating) this.#takeEarlyRequest(sink);
    else if (state === "unknown") this.#assumeAssociation(sink);
    else if (state === "rejected" || state === "released" || state === "aborted") {
      this.#settleStray(sink);
      if (this.#gap) this.#findOpen(sink);
      else this.#stray.begin(frame.number);
    }
    return false;
  }

  get #passIsSent(): boolean {
    return this.#exchange.progress === "sent";
  }

  #takeEarlyRequest(sink: FindingSink): void {
    // Pass 4 was not captured, or passes 3 and 4 were not: the client knows better.
    if (this.#passIsSent || this.#gap) this.#move("proof-accepted");
    else if (!this.#earlyTold) {
      this.#earlyTold = true;
      sink.report(D["before-authentication"], undefined, "apdu");
    }
  }

  /** Whether the answer is pass 4 of the authentication. */
  #takeServiceResponse(
    frame: ObservedFrame,
    role: "response" | "failure",
    sink: FindingSink,
  ): boolean {
    const outcome = this.#exchange.takeResponse(frame, sink);
    if (outcome !== undefined) {
      this.#move(outcome === "accepted" ? "proof-accepted" : "proof-refused");
      return true;
    }
    if (role === "failure") {
      if (this.#release !== undefined) sink.report(D["release-refused"], frame.apdu?.name, "apdu");
      this.#release = undefined;
      this.#settleStray(sink);
    } else if (this.#stray.isPending) {
      this.#findOpen(sink);
    } else if (this.#view.state === "requested") this.#move("found-open");
    else if (this.#view.state === "unknown") this.#assumeAssociation(sink);
    return false;
  }

  #assumeAssociation(sink: FindingSink): void {
    if (this.#request !== undefined || this.#response !== undefined) return;
    if (!this.#assumptionTold) sink.report(D["pre-established"], undefined, "apdu");
    this.#assumptionTold = true;
  }

  /** The server answers: an association is open, and its opening was not captured. */
  #findOpen(sink: FindingSink): void {
    this.#forget();
    this.#move("found-open");
    this.#assumeAssociation(sink);
  }

  #settleStray(sink: FindingSink): void {
    if (!this.#gap) this.#stray.settle(this.#view.state, sink);
  }
}

function reportTo(sink: FindingSink): Report {
  return (definition, detail) => sink.report(definition, detail, "apdu");
}
