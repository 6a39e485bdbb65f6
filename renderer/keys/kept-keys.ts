/** Words that stand for keys that the analyzer has: the window never gets those themselves. */
import type { KeySetView } from "../../analyzer/protocol/index.js";

export const keptPattern = /^kept (\d+)\/([A-Za-z.]+)$/;

export interface KeptKey {
  /** `kept 1/authenticationKey`. */
  readonly word: string;
  readonly set: KeySetView;
  /** Null for what is too easily guessed. */
  readonly fingerprint: string | null;
}

/** The keys of a role that are there: `authenticationKey`, `agreementPrivateKeys.client`. */
export function keptKeys(role: string, sets: readonly KeySetView[]): readonly KeptKey[] {
  return sets.flatMap((set) =>
    set.roles
      .filter((one) => one.role === role)
      .map(({ fingerprint }) => ({ word: `kept ${set.id}/${role}`, set, fingerprint })),
  );
}

/** The key that a word stands for; undefined where there is none, or where it is one of another role. */
export function findKept(
  word: string,
  role: string,
  sets: readonly KeySetView[],
): KeptKey | undefined {
  return keptKeys(role, sets).find((kept) => kept.word === word);
}
