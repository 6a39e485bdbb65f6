/** Which keys have opened ciphered APDUs, and which are missing. */
import { toHex } from "../decoder/index.js";
import type { CaptureIndex } from "./capture-index.js";
import type { CipheringNote, NeededKey } from "./ciphering-notes.js";

/** A key that has opened something. */
export interface UsedKey {
  /** Key set and role: `meter 1 global-unicast`; or where it was learnt. Never the key. */
  readonly key: string;
  readonly apdus: number;
  /** Those whose tag was verified. */
  readonly authenticated: number;
  readonly firstFrame: number;
}

/** A key, or a title, without which APDUs stayed closed. */
export interface MissingKey {
  /**
   * `no-key`: none was given, or those that were given fit nothing. `no-system-title`: there are
   * keys, but not the sender's title. `tag-mismatch`: the keys that were given are wrong.
   */
  readonly status: "no-key" | "no-system-title" | "tag-mismatch" | "unsupported" | "malformed";
  readonly role: NeededKey;
  /** Whose keys are needed, in hex; undefined where the trace does not show it. */
  readonly meter: string | undefined;
  readonly apdus: number;
  readonly firstFrame: number;
}

export interface KeysSummary {
  readonly used: readonly UsedKey[];
  readonly missing: readonly MissingKey[];
  /** APDUs that were ciphered, opened or not; those that were not ciphered after all left aside. */
  readonly ciphered: number;
}

type Changing<Value> = { -readonly [Key in keyof Value]: Value[Key] };

interface UnopenedTally extends Changing<MissingKey> {
  /** Where the meter is not known yet. */
  readonly conversation: number | null;
}

/** Counts the ciphered APDUs of a capture. */
export class KeyCounter {
  readonly #index: CaptureIndex;
  readonly #used = new Map<string, Changing<UsedKey>>();
  readonly #missing = new Map<string, UnopenedTally>();
  #ciphered = 0;

  constructor(index: CaptureIndex) {
    this.#index = index;
  }

  /** Takes the next row; rows come in order. */
  add(row: number): void {
    const note = this.#index.columns.ciphering(row);
    if (note === undefined || note.status === "not-ciphered") return;
    this.#ciphered += 1;
    if (note.needs !== undefined) this.#addMissing(row, note, note.needs);
    else if (note.key !== undefined) this.#addUsed(row, note, note.key);
  }

  get summary(): KeysSummary {
    return {
      used: [...this.#used.values()],
      missing: this.#resolveMeters(),
      ciphered: this.#ciphered,
    };
  }

  #addUsed(row: number, { authenticated }: CipheringNote, key: string): void {
    let used = this.#used.get(key);
    if (used === undefined) {
      used = { key, apdus: 0, authenticated: 0, firstFrame: row + 1 };
      this.#used.set(key, used);
    }
    used.apdus += 1;
    if (authenticated) used.authenticated += 1;
  }

  #addMissing(row: number, note: CipheringNote, role: NeededKey): void {
    const { status } = note;
    if (!isMissing(status)) return;
    const meter = this.#meterOf(row, note);
    const conversation = meter === undefined ? this.#index.columns.conversation(row) : null;
    const name = `${status}|${role}|${meter}|${conversation}`;
    let missing = this.#missing.get(name);
    if (missing === undefined) {
      missing = { status, role, meter, conversation, apdus: 0, firstFrame: row + 1 };
      this.#missing.set(name, missing);
    }
    missing.apdus += 1;
  }

  /** What was counted by conversation goes to the meter that the conversation has shown since. */
  #resolveMeters(): MissingKey[] {
    const resolved = new Map<string, Changing<MissingKey>>();
    for (const { conversation, ...missing } of this.#missing.values()) {
      const title =
        conversation === null ? undefined : this.#index.view(conversation)?.serverSystemTitle;
      const meter = missing.meter ?? (title === undefined ? undefined : toHex(title));
      const name = `${missing.status}|${missing.role}|${meter}`;
      const known = resolved.get(name);
      if (known === undefined) resolved.set(name, { ...missing, meter });
      else {
        known.apdus += missing.apdus;
        known.firstFrame = Math.min(known.firstFrame, missing.firstFrame);
      }
    }
    return [...resolved.values()].sort((a, b) => a.firstFrame - b.firstFrame);
  }

  /** The meter's title: of its own APDUs that of the sender, else what is known of it so far. */
  #meterOf(row: number, { systemTitle }: CipheringNote): string | undefined {
    const { columns } = this.#index;
    if (systemTitle !== undefined && columns.direction(row) === "server-to-client") {
      return systemTitle;
    }
    const known = this.#index.association(row).serverSystemTitle?.value;
    return known === undefined ? undefined : toHex(known);
  }
}

const missingStatuses: readonly MissingKey["status"][] = [
  "no-key",
  "no-system-title",
  "tag-mismatch",
  "unsupported",
  "malformed",
];

function isMissing(status: string): status is MissingKey["status"] {
  return missingStatuses.some((word) => word === status);
}
