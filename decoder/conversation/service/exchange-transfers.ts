/**
 * Transfers in data blocks, and the rules for their numbers.
 *
 * Strategy: every request and answer is held against its neighbour only, never against a count kept
 * over the whole transfer. So a frame that was not captured costs one check and spoils no other.
 */

import type { ObjectReference } from "../names/object-reference.js";
import type { FindingSink } from "../observed-frame.js";
import type { Invocation, ServiceApdu } from "./exchange-apdu.js";
import type { Service } from "./exchange-message.js";
import { isSameValue } from "./exchange-same.js";
import { type BlockStep, stepOf, wholeStep } from "./exchange-steps.js";
import { serviceDiagnostics as D } from "./service-diagnostics.js";

/** A request that began a transfer, or that did all by itself. */
export interface TransferBeginning {
  readonly frame: number;
  readonly name: string;
  readonly apdu: ServiceApdu;
  readonly objects: readonly ObjectReference[];
}

/** A request and everything that continues it. */
export interface Transfer {
  /** Undefined where the beginning was not captured. */
  readonly beginning: TransferBeginning | undefined;
  readonly service: Service;
  /** The request that was sent last. */
  request: ServiceApdu;
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
  readonly #transfers = new Map<string, Transfer>();

  /** Takes the next request; returns the transfer that it begins or continues. */
  request(
    service: Service,
    request: { apdu: ServiceApdu; invocation: Invocation | undefined; frame: number },
    objects: readonly ObjectReference[],
    sink: FindingSink,
  ): Transfer {
    const { apdu, invocation, frame } = request;
    const key = `${service} ${invocation?.id ?? ""}`;
    const step = stepOf(apdu);
    if (step.continues) {
      const transfer = this.#continue(service, key, sink);
      if (transfer !== undefined) {
        if (!isSameValue(transfer.request, apdu)) judgeRequest(transfer, step, sink);
        Object.assign(transfer, { request: apdu, step, answer: undefined, frame });
        Object.assign(transfer, { isDoubtful: false, isOvertaken: false });
        return transfer;
      }
    }
    const replaced = this.#transfers.get(key);
    if (replaced !== undefined) giveUp(replaced, sink);
    for (const other of this.#transfers.values()) other.isOvertaken = true;
    if (!step.continues && step.sent !== undefined && step.sent.number !== 1) {
      sink.report(D["block-number"], `block ${step.sent.number} where block 1 belongs`, "apdu");
    }
    const transfer: Transfer = {
      beginning: step.continues ? undefined : { frame, name: apdu.name, apdu, objects },
      service,
      request: apdu,
      step,
      answer: undefined,
      frame,
      hasBlocks: step.sent !== undefined || step.continues,
      isDone: false,
      isDoubtful: false,
      isOvertaken: false,
    };
    // ACCESS has no blocks of its own, and too many invoke-ids to be kept.
    if (service !== "access") this.#transfers.set(key, transfer);
    return transfer;
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
  }

  /** Something was sent that could not be read: the next message cannot be judged. */
  doubt(): void {
    for (const transfer of this.#transfers.values()) transfer.isDoubtful = true;
  }

  /** The association or the link is at its end. */
  giveUpAll(sink: FindingSink): void {
    for (const transfer of this.#transfers.values()) giveUp(transfer, sink);
    this.#transfers.clear();
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    for (const transfer of this.#transfers.values()) {
      if (transfer.isOvertaken) giveUp(transfer, sink);
      else if (isOpen(transfer)) sink.amend(transfer.frame, D["transfer-cut"]);
    }
  }

  #continue(service: Service, key: string, sink: FindingSink): Transfer | undefined {
    const transfer = this.#transfers.get(key);
    if (transfer !== undefined) return transfer;
    const open = [...this.#transfers].filter(
      ([, other]) => other.service === service && other.hasBlocks && !other.isDone,
    );
    const [only] = open;
    if (only === undefined || open.length > 1) return undefined;
    sink.report(D["invoke-id-changed"], `the transfer began in frame ${only[1].frame}`, "apdu");
    this.#transfers.delete(only[0]);
    this.#transfers.set(key, only[1]);
    return only[1];
  }
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
    sink.report(D["no-transfer"], `the last block stands in frame ${transfer.frame}`, "apdu");
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
