import type { ContentKey, ContentKeys } from "./content-key.js";
import type { KeySet } from "./key-set.js";
import { unwrapKey } from "./key-wrap.js";
import { type KeyKnowledge, labelOfKey, type NamedKey, setsOfMeter } from "./party-keys.js";

/** The master keys that may be the meter's: those of the key sets, then those that the trace brought. */
export function masterKeysOf(
  knowledge: KeyKnowledge,
  titles: readonly (Uint8Array | undefined)[],
): readonly NamedKey[] {
  const keys: NamedKey[] = [];
  for (const set of setsOfMeter(knowledge, titles)) {
    if (set.masterKey !== undefined) {
      keys.push({ label: labelOfKey(set, "master"), key: set.masterKey, set });
    }
  }
  for (const { role, value, frame } of knowledge.association.learntKeys) {
    if (role !== "master") continue;
    keys.push({ label: `master, learnt in frame ${frame}`, key: value, set: undefined });
  }
  return keys;
}

/**
 * Opens the wrapped key of a general-ciphering APDU with every master key that may be the meter's.
 * `titles` are those of originator and recipient.
 */
export function openWrappedKey(
  knowledge: KeyKnowledge,
  titles: readonly (Uint8Array | undefined)[],
  wrapped: Uint8Array,
): ContentKeys {
  const masters = masterKeysOf(knowledge, titles);
  if (masters.length === 0) {
    const missing = "the key comes wrapped, and the meter's master key is needed to open it";
    return { candidates: [], missing };
  }
  const candidates: ContentKey[] = [];
  for (const { label, key, set } of masters) {
    const opened = unwrapKey(key, wrapped);
    if (opened === undefined) continue;
    candidates.push(
      ...withAuthenticationKeys(knowledge, titles, {
        label: `${label}, key in the APDU`,
        key: opened,
        set,
      }),
    );
  }
  const tried = masters.map(({ label }) => label).join(", ");
  const missing =
    candidates.length === 0
      ? `the wrapped key does not open with ${tried}: a wrong master key, or damaged bytes`
      : "the wrapped key is not of the length that the security suite takes";
  return { candidates, missing };
}

/** The key with each authentication key that may go with it; alone where there is none. */
export function withAuthenticationKeys(
  knowledge: KeyKnowledge,
  titles: readonly (Uint8Array | undefined)[],
  { label, key, set }: ContentKey,
): readonly ContentKey[] {
  const sets = set === undefined ? setsOfMeter(knowledge, titles) : [set];
  const withKey: KeySet[] = sets.filter(({ authenticationKey }) => authenticationKey !== undefined);
  for (const { role, value } of knowledge.association.learntKeys) {
    if (role === "authentication") withKey.push({ ...set, authenticationKey: value });
  }
  if (withKey.length === 0) return [{ label, key, set }];
  return withKey.map((each) => ({ label, key, set: each }));
}
