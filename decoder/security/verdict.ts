/** Tries keys on a ciphered content and judges the outcome. Pure: reports nothing, records nothing. */
import { concatenate, toHex } from "../core/bytes.js";
import type { Attempt, KeyChoice } from "./key-choice.js";
import { readsAsApdu, standsInClear } from "./plausibility.js";
import type { CipherPrimitives } from "./primitives.js";
import type { ProtectedContent } from "./protected-content.js";
import { systemTitleLength } from "./system-title.js";

/** What the keys made of a content. */
export interface Verdict {
  readonly status:
    | "decrypted"
    | "decrypted-not-authenticated"
    | "no-key"
    | "no-system-title"
    | "tag-mismatch"
    | "not-ciphered";
  readonly authenticated: boolean;
  /** Content that can be read further. */
  readonly plaintext?: Uint8Array;
  /** What led to the plaintext. */
  readonly by?: Attempt;
  readonly reason?: string;
}

/** What is to be tried, and how to know success. */
export interface Trial {
  readonly content: ProtectedContent;
  readonly choice: KeyChoice;
  /**
   * What is authenticated besides the security control byte and the authentication key:
   * general-ciphering adds its header, in forms of which any may fit. One empty form otherwise.
   */
  readonly additionalData: readonly Uint8Array[];
  /** The tag of the APDU that the service implies, if it does. */
  readonly plainTag: number | undefined;
  readonly primitives: CipherPrimitives;
}

export function judge(trial: Trial): Verdict {
  const { encryption, authentication } = trial.content.control;
  if (!encryption && !authentication) {
    return {
      status: "not-ciphered",
      authenticated: false,
      plaintext: trial.content.data,
      reason: "the security control byte asks for neither authentication nor encryption",
    };
  }
  const verified = verify(trial);
  if (verified !== undefined) return verified;
  return encryption ? judgeEnciphered(trial) : judgeUnverified(trial);
}

/** The attempt whose tag fits, if any does. */
function verify(trial: Trial): Verdict | undefined {
  const { content, choice, additionalData, primitives } = trial;
  const tag = content.tag;
  if (tag === undefined) return undefined;
  const { data, control } = content;
  for (const attempt of choice.attempts) {
    const { key, authenticated } = attempt;
    if (authenticated === undefined) continue;
    const iv = initializationVector(attempt, content);
    for (const more of additionalData) {
      const header = more.length === 0 ? authenticated : concatenate([authenticated, more]);
      const plaintext = control.encryption
        ? primitives.open(key, iv, header, data, tag)
        : primitives.open(key, iv, concatenate([header, data]), nothing, tag);
      if (plaintext !== undefined) {
        return {
          status: "decrypted",
          authenticated: true,
          plaintext: control.encryption ? plaintext : data,
          by: attempt,
        };
      }
    }
  }
  return undefined;
}

const nothing = new Uint8Array(0);

/** Content in clear whose tag could not be verified. */
function judgeUnverified({ content, choice }: Trial): Verdict {
  const plaintext = content.data;
  const tried = checked(choice.attempts);
  if (tried.length > 0 && content.tag !== undefined) {
    const reason = `tried ${describe(tried)}; the content was sent in clear and is shown all the same`;
    return { status: "tag-mismatch", authenticated: false, plaintext, reason };
  }
  const reason = content.cut
    ? "the tag is cut off"
    : choice.missing === undefined
      ? "the tag cannot be checked without the authentication key"
      : `the tag cannot be checked: ${choice.reason}`;
  return { status: "decrypted-not-authenticated", authenticated: false, plaintext, reason };
}

/** Enciphered content whose tag could not be verified, or that has none. */
function judgeEnciphered(trial: Trial): Verdict {
  const { content, choice, primitives, plainTag } = trial;
  const { authentication, compression } = content.control;
  const data = content.data;
  for (const attempt of choice.attempts) {
    const plaintext = primitives.ctr(attempt.key, initializationVector(attempt, content), data);
    if (compression) return judgeCompressed(plaintext, attempt, trial);
    if (!readsAsApdu(plaintext, plainTag)) continue;
    return judgeReadable(plaintext, attempt, content, authentication);
  }
  if (standsInClear(data)) {
    return {
      status: "not-ciphered",
      authenticated: false,
      plaintext: data,
      reason: "the bytes behind the security header are a data-notification in clear",
    };
  }
  return judgeUnreadable(trial);
}

function judgeReadable(
  plaintext: Uint8Array,
  by: Attempt,
  content: ProtectedContent,
  authentication: boolean,
): Verdict {
  if (!authentication) return { status: "decrypted", authenticated: false, plaintext, by };
  if (content.tag === undefined) {
    const reason = "the tag is cut off; the plaintext reads as an APDU";
    return { status: "decrypted-not-authenticated", authenticated: false, plaintext, by, reason };
  }
  if (by.authenticated === undefined) {
    const reason = `no authentication key with ${by.label}; the plaintext reads as an APDU`;
    return { status: "decrypted-not-authenticated", authenticated: false, plaintext, by, reason };
  }
  const reason =
    `tried ${describe([by])}; the plaintext reads as an APDU all the same and is shown: ` +
    "the encryption key seems right; the authentication key is wrong, or bytes were changed on the way";
  return { status: "tag-mismatch", authenticated: false, plaintext, by, reason };
}

/** Compressed plaintext has no shape to judge: the first key is taken, and nothing is claimed. */
function judgeCompressed(plaintext: Uint8Array, by: Attempt, trial: Trial): Verdict {
  const tried = checked(trial.choice.attempts);
  if (tried.length > 0 && trial.content.tag !== undefined) {
    return { status: "tag-mismatch", authenticated: false, reason: `tried ${describe(tried)}` };
  }
  const reason = "the plaintext is compressed, so that nothing tells whether the key is right";
  return { status: "decrypted-not-authenticated", authenticated: false, plaintext, by, reason };
}

function judgeUnreadable({ content, choice }: Trial): Verdict {
  const { attempts, missing, reason } = choice;
  if (missing !== undefined) {
    const status = missing === "key" ? "no-key" : "no-system-title";
    return { status, authenticated: false, reason };
  }
  if (attempts.every(({ standing }) => standing === "other-side")) {
    const tried = `only the other side's title is known, and it does not fit (${describe(attempts)})`;
    return { status: "no-system-title", authenticated: false, reason: tried };
  }
  const tried = checked(attempts);
  if (tried.length > 0 && content.tag !== undefined) {
    return { status: "tag-mismatch", authenticated: false, reason: `tried ${describe(tried)}` };
  }
  return {
    status: "no-key",
    authenticated: false,
    reason: `no plausible plaintext comes of ${describe(attempts)}: the key or the system title is wrong`,
  };
}

function checked(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.filter(({ authenticated }) => authenticated !== undefined);
}

/** System title (8 bytes), then the invocation counter (4 bytes). The next call may write over it. */
function initializationVector({ title }: Attempt, { invocationCounter }: ProtectedContent) {
  const { length } = title;
  const vector = length === systemTitleLength ? usualVector : new Uint8Array(length + 4);
  for (let i = 0; i < length; i++) vector[i] = title[i] as number;
  for (let i = 0; i < 4; i++) vector[length + i] = invocationCounter >>> (24 - 8 * i);
  return vector;
}

const usualVector = new Uint8Array(systemTitleLength + 4);

/** Attempts in words: labels and titles. Many are counted instead of listed. */
function describe(attempts: readonly Attempt[]): string {
  const listed = attempts
    .slice(0, 4)
    .map(({ label, title, origin }) => `${label} with system title ${toHex(title)} (${origin})`);
  const more = attempts.length - listed.length;
  return listed.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
