/** The key of a general-ciphering APDU whose parties agree on it. */
import type { ContentKey, ContentKeys } from "./content-key.js";
import { type CurveSuite, curveOfSuite } from "./elliptic-curve.js";
import { agreeKey, publicKeyOf } from "./key-agreement.js";
import {
  agreementKeysOf,
  certifiedKeysOf,
  type KeyKnowledge,
  type NamedKey,
  type Party,
} from "./party-keys.js";
import { nameParty } from "./signature-verdict.js";
import { withAuthenticationKeys } from "./wrapped-key.js";

/** What the APDU says about the agreement. */
export interface AgreedApdu {
  readonly suite: CurveSuite;
  readonly originator: Party;
  readonly recipient: Party;
  readonly transactionId: Uint8Array;
  readonly keyCipheredData: Uint8Array;
}

/** The key-ciphered-data of a one-pass agreement, taken apart. */
export interface EphemeralKey {
  readonly publicKey: Uint8Array;
  /** The originator's over the public key; undefined where it is left out. */
  readonly signature: Uint8Array | undefined;
}

/**
 * The originator's ephemeral public key (x, then y) and its signature (r, then s). Undefined where
 * the bytes are neither both of them nor the public key alone.
 */
export function splitEphemeralKey(suite: CurveSuite, data: Uint8Array): EphemeralKey | undefined {
  const size = 2 * curveOfSuite(suite).length;
  if (data.length !== size && data.length !== 2 * size) return undefined;
  const signature = data.length === size ? undefined : data.subarray(size);
  return { publicKey: data.subarray(0, size), signature };
}

/** One-pass Diffie-Hellman, C(1e, 1s): ephemeral key in the APDU, static key of the recipient. */
export function agreeOnePass(knowledge: KeyKnowledge, apdu: AgreedApdu): ContentKeys {
  const { suite, recipient } = apdu;
  const curve = curveOfSuite(suite).name;
  const ephemeral = splitEphemeralKey(suite, apdu.keyCipheredData);
  if (ephemeral === undefined) {
    return { candidates: [], missing: `the key-ciphered-data hold no public key on ${curve}` };
  }
  const keys = ofSuite(agreementKeysOf(knowledge, recipient), suite);
  const candidates = keys.flatMap((own) =>
    agree(knowledge, apdu, "one-pass", own, ephemeral.publicKey),
  );
  const missing =
    keys.length === 0
      ? `the private key for key agreement on ${curve} of ${nameParty(recipient)}, the recipient, is needed`
      : `the ephemeral public key in the APDU is no point of ${curve}`;
  return { candidates, missing };
}

/** Static unified model, C(0e, 2s): the private key of one party and the public key of the other. */
export function agreeStatic(knowledge: KeyKnowledge, apdu: AgreedApdu): ContentKeys {
  const { suite, originator, recipient } = apdu;
  const own = ofSuite(agreementKeysOf(knowledge, recipient), suite);
  const others = ofSuite(agreementKeysOf(knowledge, originator), suite);
  const derived = others
    .map(({ key }) => publicKeyOf(suite, key))
    .filter((key) => key !== undefined);
  const certified = (party: Party) =>
    certifiedKeysOf(knowledge, party, "agreement").map(({ key }) => key);
  // Either private key makes the same of the other's public key: one way round is enough where both
  // are at hand.
  const pairs = [
    ...own.map((key) => [key, [...derived, ...certified(originator)]] as const),
    ...others.map((key) => [key, certified(recipient)] as const),
  ];
  const candidates = pairs.flatMap(([key, publicKeys]) =>
    publicKeys.flatMap((publicKey) => agree(knowledge, apdu, "static-unified", key, publicKey)),
  );
  const curve = curveOfSuite(suite).name;
  const missing =
    `the private key for key agreement on ${curve} of one party is needed, and the private key or ` +
    `the key agreement certificate of the other; originator: ${nameParty(originator)}, ` +
    `recipient: ${nameParty(recipient)}`;
  return { candidates, missing };
}

function agree(
  knowledge: KeyKnowledge,
  { suite, originator, recipient, transactionId }: AgreedApdu,
  scheme: "one-pass" | "static-unified",
  own: NamedKey,
  publicKey: Uint8Array,
): readonly ContentKey[] {
  const partyU = originator.title ?? new Uint8Array(0);
  const partyV = recipient.title ?? new Uint8Array(0);
  const { key: privateKey, label, set } = own;
  const key = agreeKey({
    scheme,
    suite,
    use: "ciphering",
    privateKey,
    publicKey,
    partyU,
    partyV,
    transactionId,
  });
  if (key === undefined) return [];
  return withAuthenticationKeys(knowledge, [partyU, partyV], { label, key, set });
}

function ofSuite(keys: readonly NamedKey[], suite: CurveSuite): readonly NamedKey[] {
  return keys.filter(({ key }) => key.length === curveOfSuite(suite).length);
}
