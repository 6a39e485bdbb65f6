/**
 * Transfers in data blocks, and the rules for their numbers.
 *
 * Strategy: every request and answer is held against its neighbour only, never against a count kept
 * over the whole transfer. So a frame that was not captured costs one check and spoils no other.
 */

import type { ObjectReference } from "../names/object-reference.js";
import type { FindingSink } from "../observed-frame.js";
import type { ServiceApdu } from "./exchange-apdu.js";
import type { Service } from "./exchange-message.js";
import { type BlockStep, stepOf, wholeStep } from "./exchange-steps.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";

/** A request that began a transfer, or that did all by itself. */
export interface TransferBeginning {
  readonly frame: number;
  readonly apdu: ServiceApdu;
  readonly objects: readonly ObjectReference[];
}

/** A request as a transfer takes it. */
export interface TransferRequest {
  readonly service: Service;
  /** The invoke-id, of services that have one. */
  readonly id: number | undefined;
  readonly apdu: ServiceApdu;
  /** Knows the request again. */
  readonly print: number;
  /** Number of its frame. */
  readonly frame: number;
  /** What it names itself. */
  readonly objects: readonly ObjectReference[];
}

/** A request and everything that continues it. */
export interface Transfer {
  /** Undefined where the beginning was not captured. */
  readonly beginning: TransferBeginning | undefined;
  readonly service: Service;
  /** The invoke-id that its last request has. */
  id: number | undefined;
  /** Knows the request again that was sent last. */
  print: number;
  step: BlockStep;
  /** Its answer; undefined as long as there is none that can be relied on. */
  answer: BlockStep | undefined;
  /** The frame of the last block. */
  frame: number;
  /** At least one block was sent. */
  hasBlocks: boolean;
  isDone: boolean;
  /** Something was sent since that could not be read. */
  isDoubtful: boolean;
  /** Another request has come instead of the one that would go on. */
  isOvertaken: boolean;
}

export class BlockTransfers {
  /** Those that are under way, and those with blocks until their invoke-id is used again. */
  readonly #transfers: Transfer[] = [];
  /** Requests that were answered without a block: their frames, at the place of their invoke-id. */
  readonly #whole: (number | undefined)[] = [];

  /** Takes the next request; returns the transfer that it begins or continues. */
  request(request: TransferRequest, sink: FindingSink): Transfer {
    const step = stepOf(request.apdu);
    if (step.continues) {
      const transfer = this.#continue(request, sink);
      if (transfer !== undefined) {
        if (transfer.print !== request.print) judgeRequest(transfer, step, sink);
        transfer.print = request.print;
        transfer.step = step;
        transfer.answer = undefined;
        transfer.frame = request.frame;
        transfer.isDoubtful = false;
        transfer.isOvertaken = false;
        return transfer;
      }
    }
    return this.#begin(request, step, sink);
  }

  /** Takes the answer to the last request of `transfer`. */
  answer(
    transfer: Transfer,
    apdu: ServiceApdu | undefined,
    frame: number,
    isRefused: boolean,
    sink: FindingSink,
  ): void {
    const answer = apdu === undefined ? wholeStep : stepOf(apdu);
    const { step } = transfer;
    if (!isRefused) {
      judgeSent(answer, step.acknowledged === undefined ? 1 : step.acknowledged + 1, sink);
      judgeAcknowledged(answer, step, sink);
    }
    transfer.answer = answer;
    transfer.isDoubtful = false;
    transfer.isDone = answer.final || isRefused;
    if (answer.sent !== undefined || answer.acknowledged !== undefined) {
      transfer.hasBlocks = true;
      transfer.frame = frame;
    }
    if (transfer.isDone && !transfer.hasBlocks) this.#forget(transfer);
  }

  /** Something was sent that could not be read: the next message cannot be judged. */
  doubt(): void {
    for (const transfer of this.#transfers) transfer.isDoubtful = true;
    this.#whole.length = 0;
  }

  /** The association or the link is at its end. */
  giveUpAll(sink: FindingSink): void {
    for (const transfer of this.#transfers) giveUp(transfer, sink);
    this.#transfers.length = 0;
    this.#whole.length = 0;
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    for (const transfer of this.#transfers) {
      if (transfer.isOvertaken) giveUp(transfer, sink);
      else if (isOpen(transfer)) sink.amend(transfer.frame, D["transfer-cut"]);
    }
  }

  #begin(request: TransferRequest, step: BlockStep, sink: FindingSink): Transfer {
    const { service, id, apdu, print, frame, objects } = request;
    const replaced = this.#find(service, id);
    if (replaced !== undefined) {
      giveUp(replaced, sink);
      this.#remove(replaced);
    }
    for (const other of this.#transfers) other.isOvertaken = true;
    if (!step.continues && step.sent !== undefined && step.sent.number !== 1) {
      sink.report(D["block-number"], `block ${step.sent.number} where block 1 belongs`, "apdu");
    }
    const transfer: Transfer = {
      beginning: step.continues ? undefined : { frame, apdu, objects },
      service,
      id,
      print,
      step,
      answer: undefined,
      frame,
      hasBlocks: step.sent !== undefined || step.continues,
      isDone: false,
      isDoubtful: false,
      isOvertaken: false,
    };
    // ACCESS has no blocks of its own, and too many invoke-ids to be kept.
    if (service !== "access") this.#transfers.push(transfer);
    return transfer;
  }

  #continue({ service, id }: TransferRequest, sink: FindingSink): Transfer | undefined {
    const transfer = this.#find(service, id);
    if (transfer !== undefined) return transfer;
    const whole = this.#whole[placeOf(service, id)];
    if (whole !== undefined) {
      reportNoTransfer(whole, sink);
      return undefined;
    }
    const open = this.#transfers.filter(
      (other) => other.service === service && other.hasBlocks && !other.isDone,
    );
    const [only] = open;
    if (only === undefined || open.length > 1) return undefined;
    sink.report(D["invoke-id-changed"], `the transfer began in frame ${only.frame}`, "apdu");
    this.#whole[placeOf(service, only.id)] = undefined;
    only.id = id;
    return only;
  }

  #find(service: Service, id: number | undefined): Transfer | undefined {
    for (const transfer of this.#transfers) {
      if (transfer.id === id && transfer.service === service) return transfer;
    }
    return undefined;
  }

  #remove(transfer: Transfer): boolean {
    const place = this.#transfers.lastIndexOf(transfer);
    if (place < 0) return false;
    // Mostly it is the last one.
    if (place === this.#transfers.length - 1) this.#transfers.pop();
    else this.#transfers.splice(place, 1);
    return true;
  }

  /** It was done without a block: nothing can go on with it. */
  #forget(transfer: Transfer): void {
    if (!this.#remove(transfer)) return;
    this.#whole[placeOf(transfer.service, transfer.id)] = transfer.frame;
  }
}

const serviceWithBlocks = ["get", "set", "action", "read", "write"];

/** A place of its own for every service and invoke-id; invoke-ids have four bits, or are missing. */
function placeOf(service: Service, id: number | undefined): number {
  return serviceWithBlocks.indexOf(service) * 17 + (id ?? 16);
}

function reportNoTransfer(frame: number, sink: FindingSink): void {
  sink.report(D["no-transfer"], `the last block stands in frame ${frame}`, "apdu");
}

/** Whether it is the client's turn. Where an answer is missing, that is said of its request. */
function isOpen({ isDone, hasBlocks, answer }: Transfer): boolean {
  return !isDone && hasBlocks && answer !== undefined;
}

function giveUp(transfer: Transfer, sink: FindingSink): void {
  if (!isOpen(transfer)) return;
  const last = transfer.answer?.sent ?? transfer.step.sent;
  const detail = last === undefined ? undefined : `after block ${last.number}`;
  sink.amend(transfer.frame, D["transfer-unfinished"], detail);
}

/** A request that continues a transfer, held against the request and the answer before it. */
function judgeRequest(transfer: Transfer, next: BlockStep, sink: FindingSink): void {
  const { answer, step } = transfer;
  // Without the answer nobody knows what the client has received.
  if (answer === undefined || transfer.isDoubtful) return;
  if (transfer.isDone) {
    reportNoTransfer(transfer.frame, sink);
    return;
  }
  if (next.acknowledged !== undefined && answer.sent !== undefined) {
    const received = answer.sent.number;
    if (next.acknowledged !== received) {
      const detail = `block ${next.acknowledged} is named, block ${received} was received`;
      sink.report(D["next-block"], detail, "apdu");
    }
  }
  if (next.sent !== undefined && step.sent !== undefined) {
    judgeSent(next, step.sent.number + 1, sink);
  }
}

function judgeSent({ sent }: BlockStep, expected: number, sink: FindingSink): void {
  if (sent === undefined || sent.number === expected) return;
  const detail = `block ${sent.number} where block ${expected} belongs`;
  sink.report(D["block-number"], detail, "apdu");
}

function judgeAcknowledged(answer: BlockStep, { sent }: BlockStep, sink: FindingSink): void {
  if (answer.acknowledged === undefined || sent === undefined) return;
  if (answer.acknowledged === sent.number) return;
  const detail = `block ${answer.acknowledged} is acknowledged, block ${sent.number} was sent`;
  sink.report(D["block-acknowledgement"], detail, "apdu");
}
