/**
 * Invocation counters: a sender that ciphers twice with one key and one counter gives the plaintext
 * away (GCM is a stream cipher underneath), and a receiver refuses a counter that does not grow.
 */
import { concatenate, toHex } from "../../core/bytes.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { Ciphering } from "../../security/ciphering.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
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
/** Counters that are remembered with their content, for each sender and key. */
const keptCounters = 512;
/** Senders and keys that are remembered for one meter. */
const keptSequences = 64;

/** What an APDU with a counter contained, and where it was. */
interface Use {
  readonly frame: number;
  readonly content: number;
  readonly bytes: number;
}

interface Sequence {
  highest: number;
  /** By counter, the oldest first. */
  readonly uses: Map<number, Use>;
}

/** The counters that were used with the keys of one meter. Memory is bounded. */
export class InvocationCounters {
  readonly #sequences = new Map<string, Sequence>();

  /** The highest counter of a sender with a key. */
  highest(sender: Uint8Array, keyLabel: string): number | undefined {
    return this.#sequences.get(nameOf(sender, keyLabel))?.highest;
  }

  /** Takes over the counters of a memory whose meter was not known yet. */
  adopt(other: InvocationCounters): void {
    for (const [name, sequence] of other.#sequences) {
      if (!this.#sequences.has(name)) this.#keep(name, sequence);
    }
  }

  /**
   * Judges the counter of a ciphered frame and remembers it. True where it is a replay: the counter
   * is not higher than all before it, and the frame is no repetition of an earlier one.
   * `associationFrame` tells the dedicated keys of associations apart that stayed ciphered.
   */
  observe(frame: ObservedFrame, associationFrame: number | undefined, sink: FindingSink): boolean {
    const use = readUse(frame, associationFrame);
    if (use === undefined) return false;
    const { counter, keyKnown } = use;
    const name = nameOf(use.sender, use.keyLabel);
    const sequence = this.#sequences.get(name);
    if (sequence === undefined) {
      this.#keep(name, { highest: counter, uses: new Map([[counter, useOf(frame)]]) });
      if (keyKnown) reportPlace(counter, undefined, sink);
      return false;
    }
    // The sequences that are in use are the last to be forgotten.
    this.#sequences.delete(name);
    this.#sequences.set(name, sequence);
    const { highest } = sequence;
    const before = sequence.uses.get(counter);
    if (counter > highest) {
      sequence.highest = counter;
      remember(sequence, counter, useOf(frame));
      if (keyKnown) reportPlace(counter, highest, sink);
      return false;
    }
    const now = useOf(frame);
    if (before !== undefined && before.content === now.content) {
      if (before.bytes !== now.bytes) {
        sink.report(D["same-apdu-again"], `counter ${counter}, frame ${before.frame}`);
      }
      return false;
    }
    if (before === undefined) remember(sequence, counter, now);
    if (!keyKnown) {
      const detail = `${counter} after ${highest}`;
      sink.report(D["counter-not-increasing-key-unknown"], detail);
      return false;
    }
    if (before !== undefined) {
      sink.report(
        D["counter-used-twice"],
        `counter ${counter} of ${toHex(use.sender)} is that of frame ${before.frame} (key ${use.keyLabel})`,
      );
    } else {
      sink.report(D["counter-not-increasing"], `${counter} after ${highest}`);
    }
    return true;
  }

  #keep(name: string, sequence: Sequence): void {
    this.#sequences.set(name, sequence);
    dropOldest(this.#sequences, keptSequences);
  }
}

function remember(sequence: Sequence, counter: number, use: Use): void {
  sequence.uses.set(counter, use);
  dropOldest(sequence.uses, keptCounters);
}

function dropOldest<Key, Value>(map: Map<Key, Value>, kept: number): void {
  if (map.size <= kept) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
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

interface CounterUse {
  readonly sender: Uint8Array;
  readonly keyLabel: string;
  readonly keyKnown: boolean;
  readonly counter: number;
}

/**
 * Whose counter the frame shows, and of which key. Undefined where the sender is not sure, the
 * ciphering could not be read, or the key is one that the APDU itself brings and no other has.
 */
function readUse(
  frame: ObservedFrame,
  associationFrame: number | undefined,
): CounterUse | undefined {
  const { ciphering } = frame;
  const counter = ciphering?.["invocation-counter"];
  if (ciphering === undefined || counter === undefined) return undefined;
  const sender = ciphering["system-title"];
  if (isOpened(ciphering) && ciphering.key !== undefined) {
    if (sender === undefined || keyOfLabel(ciphering.key) === undefined) return undefined;
    return { sender, keyLabel: ciphering.key, keyKnown: true, counter };
  }
  if (!mayRepeatKey(ciphering)) return undefined;
  const named = namedSender(frame, ciphering);
  if (named === undefined) return undefined;
  const dedicated = isDedicated(ciphering.service);
  const control = cipheredApduIn(frame.apdu)?.["security-control"];
  // The association's dedicated key is its own; the global ones are those of all.
  const keyLabel = dedicated
    ? `unknown dedicated ${associationFrame ?? ""}`
    : `unknown global ${control?.["key-set"] ?? "unicast"}`;
  return { sender: named, keyLabel, keyKnown: false, counter };
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

function nameOf(sender: Uint8Array, keyLabel: string): string {
  return `${toHex(sender)} ${keyLabel}`;
}

function useOf(frame: ObservedFrame): Use {
  const bytes = digest(frame.bytes);
  return { frame: frame.number, content: digestContent(frame, bytes), bytes };
}

/** The same counter and key give the same ciphertext only for the same plaintext. */
function digestContent(frame: ObservedFrame, bytes: number): number {
  const plaintext = frame.ciphering?.plaintext;
  if (plaintext !== undefined) {
    // The dedicated key in an initiate-request is zeros here: two of them would look alike.
    const hidden = plaintext[0] === 0x01 && plaintext[1] !== 0;
    return hidden ? bytes : digest(plaintext);
  }
  const ciphered = cipheredApduIn(frame.apdu);
  const data = ciphered?.["ciphered-data"];
  if (data === undefined) return bytes;
  return digest(concatenate([data, ciphered?.["authentication-tag"] ?? new Uint8Array(0)]));
}

/** 53 bits of two multiplicative hashes: enough to tell the contents of one counter apart. */
function digest(bytes: Uint8Array): number {
  let low = 0x811c_9dc5;
  let high = bytes.length;
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x0100_0193);
    high = Math.imul(high ^ byte, 0x5bd1_e995) ^ (high >>> 15);
  }
  return ((high >>> 0) % 2 ** 21) * 2 ** 32 + (low >>> 0);
}
