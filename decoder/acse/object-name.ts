/** The names of DLMS/COSEM contexts and mechanisms: object identifiers below 2.16.756.5.8. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { describe } from "./ber.js";

/** A family of names: all of it but the last part of the identifier is the same. */
export interface ObjectNames<Word extends string> {
  readonly what: string;
  readonly prefix: string;
  readonly words: Readonly<Record<number, Word>>;
}

const clause = "IEC 62056-5-3, Application context name, Authentication mechanism name";

const D = defineDiagnostics("acse", {
  "unknown-name": {
    severity: "warning",
    group: "protocol",
    message: "The object identifier is none of DLMS/COSEM",
    clause,
    check: "Does the peer speak DLMS/COSEM, or a profile of its own?",
  },
});

export const applicationContexts = {
  what: "application context",
  prefix: "2.16.756.5.8.1",
  words: {
    1: "logical-name-referencing-no-ciphering",
    2: "short-name-referencing-no-ciphering",
    3: "logical-name-referencing-with-ciphering",
    4: "short-name-referencing-with-ciphering",
  },
} as const;

export const mechanisms = {
  what: "authentication mechanism",
  prefix: "2.16.756.5.8.2",
  words: {
    0: "lowest-level-security",
    1: "low-level-security",
    2: "high-level-security",
    3: "high-level-security-md5",
    4: "high-level-security-sha1",
    5: "high-level-security-gmac",
    6: "high-level-security-sha256",
    7: "high-level-security-ecdsa",
  },
} as const;

type WordOf<Names> = Names extends ObjectNames<infer Word> ? Word : never;

/** An application context, or the dotted identifier of one that is not of DLMS/COSEM. */
export type ApplicationContextName = WordOf<typeof applicationContexts> | `${number}.${string}`;

/** An authentication mechanism, likewise. */
export type MechanismName = WordOf<typeof mechanisms> | `${number}.${string}`;

/** Reads an object identifier with `read` and names it; one without a name stays dotted. */
export function nameObject<Word extends string>(
  c: Cursor,
  read: (c: Cursor) => number[],
  { what, prefix, words }: ObjectNames<Word>,
): Word | `${number}.${string}` {
  const start = c.offset;
  const [first = 0, ...rest] = read(c);
  const identifier: `${number}.${string}` = `${first}.${rest.join(".")}`;
  const last = rest[rest.length - 1];
  const word = identifier === `${prefix}.${last}` ? words[last ?? -1] : undefined;
  if (word === undefined) {
    describe(c, identifier);
    c.report(D["unknown-name"], start, c.offset, `${identifier} for the ${what}`);
    return identifier;
  }
  describe(c, word, identifier);
  return word;
}
