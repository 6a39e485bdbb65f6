/** The user's keys: named for windows, whole for the engine. No key leaves it but to the decoder and the host. */
import { createHash } from "node:crypto";
import { KeyFileError, type KeySet, parseKeyFile, toHex } from "../../decoder/index.js";
import { type KeySetView, keyFileMembers } from "../protocol/index.js";

/** A set as a key file has it. */
type WrittenSet = Readonly<Record<string, unknown>>;

interface Entry {
  readonly id: string;
  readonly set: KeySet;
  readonly written: WrittenSet;
}

/** Members of a set that are no secrets. */
const open: ReadonlySet<string> = new Set(
  keyFileMembers.filter(({ isSecret }) => !isSecret).map(({ name }) => name),
);
/** Secrets that are too short to show a digest of. */
const guessable: ReadonlySet<string> = new Set(["llsPassword", "hlsSecret"]);

/** In a template: what stands for a secret that is there. */
const keptWord = /^kept (\d+)\/([A-Za-z.]+)$/;

/** What is new and what is gone. */
export interface KeyRingChange {
  readonly added: readonly KeySet[];
  readonly removed: readonly KeySet[];
}

export class KeyRing {
  #entries: readonly Entry[] = [];
  #next = 1;

  /** Throws `KeyFileError`. */
  constructor(text: string | null) {
    if (text !== null) this.add(text);
  }

  get sets(): readonly KeySet[] {
    return this.#entries.map(({ set }) => set);
  }

  /** For windows. */
  get view(): readonly KeySetView[] {
    return this.#entries.map(({ id, set, written }) => ({
      id,
      name: set.name ?? `key set ${id}`,
      systemTitle: set.systemTitle === undefined ? null : toHex(set.systemTitle),
      securitySuite: set.securitySuite ?? null,
      roles: secretsOf(written).map(([role, value]) => ({
        role,
        fingerprint: guessable.has(role) ? null : fingerprint(value),
      })),
    }));
  }

  /** As a key file, secrets included: for the host that keeps it. */
  get text(): string {
    return JSON.stringify({ keySets: this.#entries.map(({ written }) => written) });
  }

  /** As a key file in which a word stands for every secret. */
  get template(): string {
    const keySets = this.#entries.map(({ id, written }) =>
      mapSecrets(written, (_, role) => `kept ${id}/${role}`),
    );
    return `${JSON.stringify({ keySets }, null, 2)}\n`;
  }

  /** Adds the sets of a key file; one that is there already is not added twice. Throws `KeyFileError`. */
  add(text: string): KeyRingChange {
    const entries = this.#read(text);
    const known = new Set(this.#entries.map(({ written }) => JSON.stringify(written)));
    const fresh = entries.filter(({ written }) => !known.has(JSON.stringify(written)));
    this.#entries = [...this.#entries, ...fresh];
    return { added: fresh.map(({ set }) => set), removed: [] };
  }

  remove(id: string): KeyRingChange {
    const gone = this.#entries.filter((entry) => entry.id === id);
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    return { added: [], removed: gone.map(({ set }) => set) };
  }

  /** Takes a whole key file in place of what is there. Throws `KeyFileError`. */
  replace(text: string): KeyRingChange {
    const before = this.#entries;
    const filled = this.#fill(text);
    this.#entries = this.#read(filled);
    return {
      added: this.#entries.map(({ set }) => set),
      removed: before.map(({ set }) => set),
    };
  }

  #read(text: string): Entry[] {
    const sets = parseKeyFile(text);
    const { keySets } = JSON.parse(text) as { readonly keySets: readonly WrittenSet[] };
    return sets.map((set, place) => {
      const id = String(this.#next);
      this.#next += 1;
      return { id, set, written: keySets[place] ?? {} };
    });
  }

  /** Puts the secrets that are there in the place of the words that stand for them. */
  #fill(text: string): string {
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch {
      // What is wrong with it, and where, the reader of key files says.
      return text;
    }
    if (!hasSets(content)) return text;
    const keySets = content.keySets.map((set) =>
      isWrittenSet(set) ? mapSecrets(set, (value, role) => this.#secretFor(value, role)) : set,
    );
    return JSON.stringify({ ...content, keySets });
  }

  /**
   * Only where the same role is asked for, so that no secret becomes a name or another thing that is
   * shown.
   */
  #secretFor(value: string, role: string): string {
    const word = keptWord.exec(value);
    if (word === null) return value;
    const entry = this.#entries.find(({ id }) => id === word[1]);
    const secret = secretsOf(entry?.written ?? {}).find(([name]) => name === role)?.[1];
    if (secret === undefined || word[2] !== role) {
      throw new KeyFileError(`there is no key here that "${value}" could stand for`);
    }
    return secret;
  }
}

function hasSets(content: unknown): content is { readonly keySets: readonly unknown[] } {
  return (
    typeof content === "object" &&
    content !== null &&
    "keySets" in content &&
    Array.isArray(content.keySets)
  );
}

function isWrittenSet(set: unknown): set is WrittenSet {
  return typeof set === "object" && set !== null && !Array.isArray(set);
}

/** `[["authenticationKey", "d0d1…"], ["agreementPrivateKeys.client", "…"]]`. */
function secretsOf(written: WrittenSet): [role: string, value: string][] {
  const secrets: [string, string][] = [];
  mapSecrets(written, (value, role) => {
    secrets.push([role, value]);
    return value;
  });
  return secrets;
}

function mapSecrets(written: WrittenSet, map: (value: string, role: string) => string): WrittenSet {
  return Object.fromEntries(
    Object.entries(written).map(([key, value]) => {
      if (open.has(key)) return [key, value];
      if (typeof value === "string") return [key, map(value, key)];
      if (typeof value !== "object" || value === null) return [key, value];
      const members = Object.entries(value).map(([side, member]) => [
        side,
        typeof member === "string" ? map(member, `${key}.${side}`) : member,
      ]);
      return [key, Object.fromEntries(members)];
    }),
  );
}

/** The same key has the same one everywhere; nothing but trying every key leads back to it. */
function fingerprint(hex: string): string {
  return fingerprintOf(Buffer.from(hex, "hex"));
}

/** Of a key in bytes. */
export function fingerprintOf(key: Uint8Array): string {
  return createHash("sha256").update("obiscope key").update(key).digest("hex").slice(0, 8);
}
