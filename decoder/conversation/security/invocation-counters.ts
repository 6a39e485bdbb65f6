/**
 * Invocation counters: a sender that ciphers twice with one key and one counter gives the plaintext
 * away (GCM is a stream cipher underneath), and a receiver refuses a counter that does not grow.
 */
import { toHex } from "../../core/bytes.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { Ciphering } from "../../security/ciphering.js";
import { printOf } from "../byte-print.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { CounterSequence } from "./counter-sequence.js";
import { cipheredApduIn, isDedicated, isOpened, keyOfLabel } from "./frame-protection.js";

const D = defineDiagnostics("security", {
  "counter-used-twice": {
    severity: "error",
    group: "security",
    message:
      "The invocation counter was used before for other content: with GCM this discloses both plaintexts and the authentication",
    check:
      "Does the sender keep its counter over restarts, and do two senders share one system title and key?",
  },
  "counter-not-increasing": {
    severity: "warning",
    group: "security",
    message: "The invocation counter does not increase; a receiver refuses the APDU",
    check:
      "Was the counter of the sender reset, or is the capture in another order than the traffic?",
  },
  "counter-not-increasing-key-unknown": {
    severity: "note",
    group: "security",
    message:
      "The invocation counter does not increase; whether the key is the same is not known, because the APDU was not deciphered",
    check: "Give the keys: a counter belongs to a sender and a key",
  },
  "same-apdu-again": {
    severity: "note",
    group: "security",
    message:
      "The same ciphered APDU came before in another frame; a receiver that has it refuses it",
    check: "Does the sender repeat the APDU instead of ciphering it again with the next counter?",
  },
  "counter-jump": {
    severity: "note",
    group: "security",
    message: "The invocation counter jumps far ahead",
    check: "Does the sender count by one, and was a part of the traffic not captured?",
  },
  "counter-near-end": {
    severity: "warning",
    group: "security",
    message: "The invocation counter is close to its end, 4294967295; then the key must be changed",
    check: "Transfer a new key: with it the counter begins anew",
  },
  "counter-zero": {
    severity: "info",
    group: "security",
    message: "The invocation counter is 0",
    check: "Is the key new, or was the counter of the sender reset?",
  },
});

/** A step that no sender takes within one capture. */
const farJump = 2 ** 24;
const nearEnd = 0xffff_f000;
/** Senders and keys that are remembered for one meter. */
const keptSequences = 64;

/** The counters that were used with the keys of one meter. Memory is bounded. */
export class InvocationCounters {
  /** Mostly two: that of the client and that of the meter. */
  readonly #sequences: CounterSequence[] = [];

  /** The highest counter of a sender with a key. */
  highest(sender: Uint8Array, keyLabel: string): number | undefined {
    return this.#find(sender, keyLabel)?.highest;
  }

  /** Takes over the counters of a memory whose meter was not known yet. */
  adopt(other: InvocationCounters): void {
    for (const sequence of other.#sequences) {
      if (this.#find(sequence.sender, sequence.keyLabel) === undefined) this.#keep(sequence);
    }
  }

  /**
   * Judges the counter of a ciphered frame and remembers it. True where it is a replay: the counter
   * is not higher than all before it, and the frame is no repetition of an earlier one.
   * `associationFrame` tells the dedicated keys of associations apart that stayed ciphered.
   */
  observe(frame: ObservedFrame, associationFrame: number | undefined, sink: FindingSink): boolean {
    const { ciphering } = frame;
    const counter = ciphering?.["invocation-counter"];
    if (ciphering === undefined || counter === undefined) return false;
    const keyKnown = isOpened(ciphering);
    if (!keyKnown && !mayRepeatKey(ciphering)) return false;
    const sender = keyKnown ? ciphering["system-title"] : namedSender(frame, ciphering);
    const keyLabel = keyKnown ? ciphering.key : unknownKey(frame, ciphering, associationFrame);
    if (sender === undefined || keyLabel === undefined) return false;
    const known = this.#find(sender, keyLabel);
    const sequence = known ?? this.#begin(sender, keyLabel, keyKnown);
    if (sequence === undefined) return false;
    sequence.lastFrame = frame.number;
    const bytes = printOf(frame.bytes);
    const content = printOfContent(frame, ciphering, bytes);
    const { highest } = sequence;
    if (highest === undefined || counter > highest) {
      sequence.remember(counter, frame.number, content, bytes);
      if (keyKnown) reportPlace(counter, highest, sink);
      return false;
    }
    return judgeLowCounter(sequence, { counter, frame, content, bytes, keyKnown }, sink);
  }

  #find(sender: Uint8Array, keyLabel: string): CounterSequence | undefined {
    for (const sequence of this.#sequences) if (sequence.isOf(sender, keyLabel)) return sequence;
    return undefined;
  }

  /** Undefined for a key that the APDU itself brings and no other has. */
  #begin(sender: Uint8Array, keyLabel: string, keyKnown: boolean): CounterSequence | undefined {
    if (keyKnown && keyOfLabel(keyLabel) === undefined) return undefined;
    const sequence = new CounterSequence(sender, keyLabel);
    this.#keep(sequence);
    return sequence;
  }

  #keep(sequence: CounterSequence): void {
    if (this.#sequences.length >= keptSequences) this.#forgetOldest();
    this.#sequences.push(sequence);
  }

  /** The sequences that are in use are the last to be forgotten. */
  #forgetOldest(): void {
    let oldest = 0;
    for (const [i, { lastFrame }] of this.#sequences.entries()) {
      if (lastFrame < (this.#sequences[oldest]?.lastFrame ?? 0)) oldest = i;
    }
    this.#sequences.splice(oldest, 1);
  }
}

/** A frame whose counter is not higher than all before it. */
interface LowCounter {
  readonly counter: number;
  readonly frame: ObservedFrame;
  readonly content: number;
  readonly bytes: number;
  readonly keyKnown: boolean;
}

/** Whether the frame is a replay. */
function judgeLowCounter(
  sequence: CounterSequence,
  { counter, frame, content, bytes, keyKnown }: LowCounter,
  sink: FindingSink,
): boolean {
  const { highest, sender, keyLabel } = sequence;
  const before = sequence.find(counter);
  if (before !== undefined && sequence.hasContent(before, content)) {
    if (!sequence.hasBytes(before, bytes)) {
      sink.report(D["same-apdu-again"], `counter ${counter}, frame ${sequence.frameOf(before)}`);
    }
    return false;
  }
  if (before === undefined) sequence.remember(counter, frame.number, content, bytes);
  if (!keyKnown) {
    const detail = `${counter} after ${highest}`;
    sink.report(D["counter-not-increasing-key-unknown"], detail);
    return false;
  }
  if (before !== undefined) {
    const first = `frame ${sequence.frameOf(before)} (key ${keyLabel})`;
    const detail = `counter ${counter} of ${toHex(sender)} is that of ${first}`;
    sink.report(D["counter-used-twice"], detail);
  } else {
    sink.report(D["counter-not-increasing"], `${counter} after ${highest}`);
  }
  return true;
}

/** What is worth knowing of a counter that is fresh. */
function reportPlace(counter: number, highest: number | undefined, sink: FindingSink): void {
  if (counter === 0) sink.report(D["counter-zero"]);
  if (highest !== undefined && counter - highest > farJump) {
    sink.report(D["counter-jump"], `${counter} after ${highest}`);
  }
  if (counter > nearEnd && (highest === undefined || highest <= nearEnd)) {
    sink.report(D["counter-near-end"], `${counter}`);
  }
}

/** What stands for the label of a key that is not known. */
function unknownKey(
  frame: ObservedFrame,
  { service }: Ciphering,
  associationFrame: number | undefined,
): string {
  // The association's dedicated key is its own; the global ones are those of all.
  if (isDedicated(service)) return `unknown dedicated ${associationFrame ?? ""}`;
  const control = cipheredApduIn(frame.apdu)?.["security-control"];
  return `unknown global ${control?.["key-set"] ?? "unicast"}`;
}

/** It is under a key that stays open; one that general-ciphering brings itself is used once. */
function mayRepeatKey({ status, service }: Ciphering): boolean {
  if (service === "general-ciphering") return false;
  return (
    status === "no-key" || status === "tag-mismatch" || status === "decrypted-not-authenticated"
  );
}

/** The sender's title where the APDU, or the association, says it: not a guess of the deciphering. */
function namedSender(frame: ObservedFrame, ciphering: Ciphering): Uint8Array | undefined {
  const { association } = frame.context;
  const isAssociate = frame.apdu?.name === "aarq" || frame.apdu?.name === "aare";
  if (ciphering.service.startsWith("general-") || isAssociate) return ciphering["system-title"];
  if (frame.direction === null) return undefined;
  return frame.direction === "client-to-server"
    ? association.clientSystemTitle?.value
    : association.serverSystemTitle?.value;
}

/** The same counter and key give the same ciphertext only for the same plaintext. */
function printOfContent(frame: ObservedFrame, { plaintext }: Ciphering, bytes: number): number {
  if (plaintext !== undefined) {
    // The dedicated key in an initiate-request is zeros here: two of them would look alike.
    const hidden = plaintext[0] === 0x01 && plaintext[1] !== 0;
    return hidden ? bytes : printOf(plaintext);
  }
  const ciphered = cipheredApduIn(frame.apdu);
  const data = ciphered?.["ciphered-data"];
  if (data === undefined) return bytes;
  const tag = ciphered?.["authentication-tag"];
  const print = printOf(data);
  return tag === undefined ? print : printOf(tag, 0, tag.length, print);
}
