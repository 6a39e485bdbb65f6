/**
 * Which system titles and which keys to try for a ciphered APDU, in which order, and what to call
 * them: labels name key sets and roles, never keys.
 */
import type { Direction } from "../chunk.js";
import { concatenate, equalBytes, toHex } from "../core/bytes.js";
import type { AssociationState, FrameContext } from "../core/context.js";
import type { ContentKeys } from "./content-key.js";
import type { KeySet } from "./key-set.js";
import { keyLengthOfSuite, suiteOf } from "./security-control.js";

/** What decides which keys can belong to an APDU. */
export interface KeyPurpose {
  readonly kind: "global-unicast" | "global-broadcast" | "dedicated";
  /** The security control byte; its suite decides how long a key is. */
  readonly controlByte: number;
  /** The title that the APDU itself names as its sender's. */
  readonly title: Uint8Array | undefined;
  /** Keys that the APDU brings itself: tried in place of those of the key sets. */
  readonly contentKeys?: ContentKeys | undefined;
}

/** A system title that the initialisation vector may begin with. */
export interface TitleCandidate {
  readonly title: Uint8Array;
  /** Where it is from: `the client's, learnt in frame 3`. */
  readonly origin: string;
  /**
   * How sure it is: the sender's by all that is known; a guess, because the direction is not known;
   * or that of the other side.
   */
  readonly standing: "sender" | "guess" | "other-side";
  readonly learnt: boolean;
}

/** One thing to try. */
export interface Attempt extends TitleCandidate {
  /** Key set and role: `meter 1 global-unicast`. */
  readonly label: string;
  readonly key: Uint8Array;
  /** What every tag covers first: security control byte and authentication key, if it is known. */
  readonly authenticated: Uint8Array | undefined;
}

/** What to try, best first; where that is nothing, what is missing and why. */
export interface KeyChoice {
  readonly attempts: readonly Attempt[];
  readonly titles: readonly TitleCandidate[];
  readonly missing: "key" | "title" | undefined;
  readonly reason: string;
}

interface KeyCandidate {
  readonly label: string;
  readonly key: Uint8Array;
  readonly set: KeySet | undefined;
}

/**
 * What to try for that purpose. The choice is made once for all frames of an association that ask
 * for the same, and kept for as long as both the key sets and the state of the association are.
 */
export function chooseKeys(context: FrameContext, purpose: KeyPurpose): KeyChoice {
  // What one APDU brings serves no other.
  if (purpose.contentKeys !== undefined) return makeChoice(context, purpose);
  const choices = choicesOf(context);
  for (const made of choices) {
    if (made.direction === context.direction && isSamePurpose(made.purpose, purpose)) {
      return made.choice;
    }
  }
  // The frame's own title is a view that would keep a piece of the capture in memory.
  const title = purpose.title === undefined ? undefined : Uint8Array.from(purpose.title);
  const kept = { ...purpose, title };
  const choice = makeChoice(context, kept);
  // An association has few purposes; titles that go on and on must not fill the memory.
  if (choices.length === mostChoices) choices.length = 0;
  choices.push({ direction: context.direction, purpose: kept, choice });
  return choice;
}

/** A choice, and what it was made for. */
interface MadeChoice {
  readonly direction: Direction | null;
  readonly purpose: KeyPurpose;
  readonly choice: KeyChoice;
}

const mostChoices = 16;

/** By key sets, then by association: neither can change, and both let go of what was made of them. */
const choicesByKeySets = new WeakMap<readonly KeySet[], WeakMap<AssociationState, MadeChoice[]>>();

function choicesOf({ keySets, association }: FrameContext): MadeChoice[] {
  let byAssociation = choicesByKeySets.get(keySets);
  if (byAssociation === undefined) {
    byAssociation = new WeakMap();
    choicesByKeySets.set(keySets, byAssociation);
  }
  let choices = byAssociation.get(association);
  if (choices === undefined) {
    choices = [];
    byAssociation.set(association, choices);
  }
  return choices;
}

function isSamePurpose(a: KeyPurpose, b: KeyPurpose): boolean {
  if (a.kind !== b.kind || a.controlByte !== b.controlByte) return false;
  if (a.title === undefined || b.title === undefined) return a.title === b.title;
  return equalBytes(a.title, b.title);
}

function makeChoice(context: FrameContext, purpose: KeyPurpose): KeyChoice {
  const { sets, passedOver } = matchingSets(context, purpose);
  const rejected: string[] = [...passedOver];
  const keys = candidateKeys(context, purpose, sets, rejected);
  const attempts: Attempt[] = [];
  const titles: TitleCandidate[] = knownTitles(context, purpose);
  for (const { label, key, set } of keys) {
    for (const candidate of [...titles, ...titlesOfSet(context, purpose, set, titles)]) {
      for (const authenticationKey of authenticationKeys(context, set)) {
        const authenticated = authenticatedWith(authenticationKey, purpose);
        const { title, origin, standing, learnt } = candidate;
        attempts.push({ title, origin, standing, learnt, label, key, authenticated });
      }
    }
  }
  // What is sure comes before what is guessed, whichever key set it is from.
  attempts.sort((a, b) => standingRank[a.standing] - standingRank[b.standing]);
  if (keys.length === 0) {
    return { attempts, titles, missing: "key", reason: explainNoKey(purpose, titles, rejected) };
  }
  if (attempts.length === 0) {
    return { attempts, titles, missing: "title", reason: explainNoTitle(context.direction) };
  }
  return { attempts, titles, missing: undefined, reason: "" };
}

/** Authentication keys that a transfer has brought, the newest first, then that of the key set. */
function authenticationKeys(
  { association }: FrameContext,
  set: KeySet | undefined,
): readonly (Uint8Array | undefined)[] {
  const given = set?.authenticationKey;
  const learnt = association.learntKeys
    .filter(({ role }) => role === "authentication")
    .map(({ value }) => value);
  return given === undefined && learnt.length > 0 ? learnt : [...learnt, given];
}

function authenticatedWith(key: Uint8Array | undefined, { controlByte }: KeyPurpose) {
  return key === undefined ? undefined : concatenate([Uint8Array.of(controlByte), key]);
}

const standingRank = { sender: 0, guess: 1, "other-side": 2 } as const;

/** Key sets of the meter, those that name its title first. */
function matchingSets(context: FrameContext, purpose: KeyPurpose) {
  const named: KeySet[] = [];
  const unnamed: KeySet[] = [];
  const passedOver: string[] = [];
  const meters = meterTitles(context, purpose);
  for (const set of context.keySets) {
    const { systemTitle } = set;
    if (systemTitle === undefined) unnamed.push(set);
    else if (meters === undefined || meters.some((title) => equalBytes(title, systemTitle))) {
      named.push(set);
    } else passedOver.push(`${nameOf(set)} is for ${toHex(systemTitle)}`);
  }
  return { sets: [...named, ...unnamed], passedOver };
}

/** Titles one of which is the meter's; undefined where nothing says which meter it is. */
function meterTitles(context: FrameContext, { title }: KeyPurpose): Uint8Array[] | undefined {
  const learnt = context.association.serverSystemTitle?.value;
  const known = learnt === undefined ? [] : [learnt];
  if (title !== undefined && context.direction === "server-to-client") return [title];
  if (title !== undefined && context.direction === null) {
    const isMeter = ({ systemTitle }: KeySet) =>
      systemTitle !== undefined && equalBytes(systemTitle, title);
    if (known.length > 0 || context.keySets.some(isMeter)) known.push(title);
  }
  return known.length === 0 ? undefined : known;
}

function candidateKeys(
  context: FrameContext,
  purpose: KeyPurpose,
  sets: readonly KeySet[],
  rejected: string[],
): KeyCandidate[] {
  const candidates: KeyCandidate[] = [];
  const suite = suiteOf(purpose.controlByte);
  const length = keyLengthOfSuite(suite);
  const add = (label: string, key: Uint8Array | undefined, set: KeySet | undefined) => {
    if (key === undefined) return;
    if (key.length === length) candidates.push({ label, key, set });
    else rejected.push(`${label} has ${key.length} bytes, suite ${suite} takes ${length}`);
  };
  if (purpose.contentKeys !== undefined) {
    for (const { label, key, set } of purpose.contentKeys.candidates) add(label, key, set);
    return candidates;
  }
  const learnt = context.association.dedicatedKey;
  if (purpose.kind === "dedicated" && learnt !== undefined) {
    const label = `dedicated, learnt in frame ${learnt.frame}`;
    for (const set of sets) if (set.authenticationKey !== undefined) add(label, learnt.value, set);
    if (candidates.length === 0) add(label, learnt.value, sets[0]);
  }
  for (const { role, value, by, frame } of context.association.learntKeys) {
    if (role !== purpose.kind || role === "dedicated") continue;
    const owner = sets.find(({ name }) => name === by) ?? sets[0];
    add(`${by === undefined ? "" : `${by} `}${role}, learnt in frame ${frame}`, value, owner);
  }
  for (const set of sets) {
    add(labelOf(set, purpose.kind), keyOfSet(set, purpose.kind), set);
  }
  return candidates;
}

function keyOfSet(set: KeySet, kind: KeyPurpose["kind"]): Uint8Array | undefined {
  if (kind === "dedicated") return set.dedicatedKey;
  return kind === "global-unicast"
    ? set.globalUnicastEncryptionKey
    : set.globalBroadcastEncryptionKey;
}

type Side = "client" | "server";

/** The sides that may have sent it, the sender first; both where the direction is not known. */
function sides(
  direction: Direction | null,
): readonly (readonly [Side, TitleCandidate["standing"]])[] {
  const guess = direction === null;
  const client = ["client", guess ? "guess" : senderOf(direction, "client-to-server")] as const;
  const server = ["server", guess ? "guess" : senderOf(direction, "server-to-client")] as const;
  return direction === "server-to-client" ? [server, client] : [client, server];
}

function senderOf(direction: Direction, own: Direction): "sender" | "other-side" {
  return direction === own ? "sender" : "other-side";
}

/** The title in the APDU; without one, those of the association. */
function knownTitles(context: FrameContext, { title }: KeyPurpose): TitleCandidate[] {
  if (title !== undefined) {
    return [{ title, origin: "named by the APDU", standing: "sender", learnt: true }];
  }
  const candidates: TitleCandidate[] = [];
  for (const [side, standing] of sides(context.direction)) {
    const learnt = learntTitle(context, side);
    if (learnt === undefined) continue;
    const origin = `the ${side}'s, learnt in frame ${learnt.frame}`;
    candidates.push({ title: learnt.value, origin, standing, learnt: true });
  }
  return candidates;
}

/** Titles that the key set gives for sides that the association has not taught. */
function titlesOfSet(
  context: FrameContext,
  purpose: KeyPurpose,
  set: KeySet | undefined,
  known: readonly TitleCandidate[],
): TitleCandidate[] {
  if (set === undefined || purpose.title !== undefined) return [];
  const candidates: TitleCandidate[] = [];
  for (const [side, standing] of sides(context.direction)) {
    const title = side === "client" ? set.clientSystemTitle : set.systemTitle;
    if (title === undefined || known.some((other) => equalBytes(other.title, title))) continue;
    // The association's word counts; the key set's may be of another day.
    const doubted = learntTitle(context, side) === undefined ? standing : "other-side";
    const origin = `the ${side}'s, given by ${nameOf(set)}`;
    candidates.push({ title, origin, standing: doubted, learnt: false });
  }
  return candidates;
}

function learntTitle({ association }: FrameContext, side: Side) {
  return side === "client" ? association.clientSystemTitle : association.serverSystemTitle;
}

function explainNoKey(
  purpose: KeyPurpose,
  titles: readonly TitleCandidate[],
  rejected: readonly string[],
): string {
  const sender = titles[0] === undefined ? "unknown" : toHex(titles[0].title);
  const needed = `the ${purpose.kind.replace("-", " ")} key is needed; system title of the sender: ${sender}`;
  const text = purpose.contentKeys?.missing ?? needed;
  return rejected.length === 0 ? text : `${text}; passed over: ${rejected.join(", ")}`;
}

function explainNoTitle(direction: Direction | null): string {
  const whose =
    direction === null
      ? "the sender's system title is"
      : direction === "client-to-server"
        ? "the client's system title is"
        : "the meter's system title is";
  const where =
    direction === "client-to-server"
      ? "an AARQ (calling AP title) or a general-glo-ciphering of the client"
      : direction === "server-to-client"
        ? "an AARE (responding AP title) or a general-glo-ciphering of the meter"
        : "an AARQ, an AARE or a general-glo-ciphering";
  return `${whose} not known; ${where} before this frame would have told it, or give it with the keys`;
}

function labelOf(set: KeySet, kind: KeyPurpose["kind"]): string {
  return set.name === undefined ? kind : `${set.name} ${kind}`;
}

function nameOf(set: KeySet): string {
  return set.name === undefined ? "the key set" : `key set ${set.name}`;
}
