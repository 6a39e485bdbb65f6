/** Which keys belong to a party: by its system title, or where that says nothing, by its side. */
import type { Direction } from "../chunk.js";
import { equalBytes } from "../core/bytes.js";
import type { FrameContext } from "../core/context.js";
import type { KeySet } from "./key-set.js";
import { systemTitleLength } from "./system-title.js";

export type Side = "client" | "server";

/** What is known of parties and their keys. */
export type KeyKnowledge = Pick<FrameContext, "association" | "keySets">;

/** One party of an association, or a third party behind the client. */
export interface Party {
  /** Empty or undefined where the APDU does not name it. */
  readonly title: Uint8Array | undefined;
  /** The title of the party that it talks to, likewise. */
  readonly peer: Uint8Array | undefined;
  /** Its side, as far as the direction says. */
  readonly side: Side | undefined;
}

export interface NamedKey {
  /** Key set and role, or the frame of the certificate. Never the key. */
  readonly label: string;
  readonly key: Uint8Array;
  readonly set: KeySet | undefined;
}

/** Who sends in that direction. */
export function senderIn(direction: Direction | null): Side | undefined {
  if (direction === null) return undefined;
  return direction === "client-to-server" ? "client" : "server";
}

export function otherSide(side: Side | undefined): Side | undefined {
  if (side === undefined) return undefined;
  return side === "client" ? "server" : "client";
}

/**
 * The key sets that may be the meter's, those that name it first. The meter is known by the title
 * that the association has taught, and by those of `titles` that a set is for; where there is none,
 * every set may be its.
 */
export function setsOfMeter(
  { association, keySets }: KeyKnowledge,
  titles: readonly (Uint8Array | undefined)[],
): readonly KeySet[] {
  const named = keySets.filter(({ systemTitle }) => systemTitle !== undefined);
  const isOneOf = ({ systemTitle }: KeySet, some: readonly (Uint8Array | undefined)[]) =>
    some.some((title) => sameTitle(systemTitle, title));
  const learnt = association.serverSystemTitle?.value;
  const unknown = learnt === undefined && !named.some((set) => isOneOf(set, titles));
  return [
    ...named.filter((set) => unknown || isOneOf(set, [learnt, ...titles])),
    ...keySets.filter(({ systemTitle }) => systemTitle === undefined),
  ];
}

/** What a key is called: `meter 1 agreement`. */
export function labelOfKey(set: KeySet, role: string): string {
  return set.name === undefined ? role : `${set.name} ${role}`;
}

/** Public keys that check the party's signatures: of key sets, then of certificates in the trace. */
export function signingKeysOf(knowledge: KeyKnowledge, party: Party): readonly NamedKey[] {
  const keys: NamedKey[] = [];
  for (const set of setsOfMeter(knowledge, [party.title, party.peer])) {
    for (const side of sidesOf(knowledge, set, party)) {
      const key = set.signingPublicKeys?.[side];
      if (key !== undefined) keys.push({ label: labelOfKey(set, "signing"), key, set });
    }
  }
  return [...keys, ...certifiedKeysOf(knowledge, party, "signing")];
}

/** Private keys of the party for key agreement. */
export function agreementKeysOf(knowledge: KeyKnowledge, party: Party): readonly NamedKey[] {
  const keys: NamedKey[] = [];
  for (const set of setsOfMeter(knowledge, [party.title, party.peer])) {
    for (const side of sidesOf(knowledge, set, party)) {
      const key = set.agreementPrivateKeys?.[side];
      if (key !== undefined) keys.push({ label: labelOfKey(set, "agreement"), key, set });
    }
  }
  return keys;
}

/** Public keys of the party in certificates that the trace has shown. */
export function certifiedKeysOf(
  { association }: KeyKnowledge,
  { title }: Party,
  use: "signing" | "agreement",
): readonly NamedKey[] {
  return association.certificates
    .filter((shown) => shown.use === use && sameTitle(shown.systemTitle, title))
    .map(({ value, frame }) => ({
      label: `certificate in frame ${frame}`,
      key: value,
      set: undefined,
    }));
}

/**
 * The sides whose keys in the set may be the party's. A title that is a side's decides; a side whose
 * title is known to be another is out, so that a third party has none.
 */
function sidesOf({ association }: KeyKnowledge, set: KeySet, party: Party): readonly Side[] {
  const titles = {
    client: set.clientSystemTitle ?? association.clientSystemTitle?.value,
    server: set.systemTitle ?? association.serverSystemTitle?.value,
  };
  const { title, side } = party;
  const both = ["client", "server"] as const;
  const assumed = side === undefined ? both : [side];
  if (title?.length !== systemTitleLength) return assumed;
  const named = both.filter((each) => sameTitle(titles[each], title));
  return named.length > 0 ? named : assumed.filter((each) => titles[each] === undefined);
}

function sameTitle(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && equalBytes(a, b);
}
