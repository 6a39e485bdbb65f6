/**
 * What a capture teaches of each meter. Keys, certificates and counters are the meter's and not a
 * conversation's: the next client, or the next flow, finds them as the last one left them.
 */
import { equalBytes, toHex } from "../../core/bytes.js";
import type { LearntCertificate, LearntKey } from "../../core/context.js";
import { InvocationCounters } from "./invocation-counters.js";

/** How many keys and certificates of one meter are kept; the oldest go first. */
const keptItems = 64;
const none = Object.freeze([]);

/** What is known of one meter. The arrays are replaced when something is learnt, never changed. */
export class MeterMemory {
  readonly counters = new InvocationCounters();
  #learntKeys: readonly LearntKey[] = none;
  #certificates: readonly LearntCertificate[] = none;
  #titles: readonly Uint8Array[] = none;

  /** Keys that the trace has brought, the newest first. */
  get learntKeys(): readonly LearntKey[] {
    return this.#learntKeys;
  }

  /** Public keys that the trace has shown, the newest first. */
  get certificates(): readonly LearntCertificate[] {
    return this.#certificates;
  }

  /** System titles that have sent ciphered APDUs to the meter or from it, its own included. */
  get titles(): readonly Uint8Array[] {
    return this.#titles;
  }

  /** The highest counter that a sender has used with a key; undefined before the first. */
  highestCounter(sender: Uint8Array, keyLabel: string): number | undefined {
    return this.counters.highest(sender, keyLabel);
  }

  learnKey(key: LearntKey): void {
    this.#learntKeys = [key, ...this.#learntKeys].slice(0, keptItems);
  }

  /** Takes note of a public key; one that is known already teaches nothing. */
  learnCertificate(certificate: LearntCertificate): void {
    const known = this.#certificates.some(
      ({ use, systemTitle, value }) =>
        use === certificate.use &&
        equalBytes(systemTitle, certificate.systemTitle) &&
        equalBytes(value, certificate.value),
    );
    if (known) return;
    // Copies: a view would keep the whole piece of the capture in memory that it is of.
    const learnt = {
      ...certificate,
      systemTitle: Uint8Array.from(certificate.systemTitle),
      value: Uint8Array.from(certificate.value),
    };
    this.#certificates = [learnt, ...this.#certificates].slice(0, keptItems);
  }

  meetTitle(title: Uint8Array): void {
    // Nearly every ciphered frame comes here with a title that is known.
    for (const known of this.#titles) if (equalBytes(known, title)) return;
    this.#titles = [Uint8Array.from(title), ...this.#titles].slice(0, keptItems);
  }

  /** Takes over what was learnt while it was not known yet whose it is. */
  adopt(other: MeterMemory): void {
    for (const key of [...other.learntKeys].reverse()) this.learnKey(key);
    for (const certificate of [...other.certificates].reverse()) this.learnCertificate(certificate);
    for (const title of [...other.titles].reverse()) this.meetTitle(title);
    this.counters.adopt(other.counters);
  }
}

/** The meters of one capture. */
export class MeterMemories {
  readonly #byTitle = new Map<string, MeterMemory>();

  /** The memory of the meter with that system title; an empty one where it is new. */
  of(systemTitle: Uint8Array): MeterMemory {
    const key = toHex(systemTitle);
    let memory = this.#byTitle.get(key);
    if (memory === undefined) {
      memory = new MeterMemory();
      this.#byTitle.set(key, memory);
    }
    return memory;
  }
}
