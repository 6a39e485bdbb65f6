/**
 * The proofs of high level security: what f(StoC) of pass 3 and f(CtoS) of pass 4 must be, and
 * whether a proof is that (IEC 62056-5-3, HLS authentication mechanisms).
 */
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { MechanismName } from "../acse/object-name.js";
import { concatenate } from "../core/bytes.js";
import type { FrameContext } from "../core/context.js";
import type { KeySet } from "./key-set.js";
import { equalInConstantTime } from "./noble-primitives.js";
import { labelOfKey, type Side, setsOfMeter } from "./party-keys.js";
import { judgeSignature } from "./signature-verdict.js";

/** One proof, and what it answers. */
export interface HlsExchange {
  readonly mechanism: MechanismName;
  /** Who proves: the client in pass 3, the server in pass 4. */
  readonly prover: Side;
  readonly proof: Uint8Array;
  /** CtoS, of pass 1. */
  readonly clientChallenge: Uint8Array;
  /** StoC, of pass 2. */
  readonly serverChallenge: Uint8Array;
}

/** Titles, keys and secrets to judge it with: those of the frame that carries the proof. */
export type HlsKnowledge = Pick<FrameContext, "association" | "keySets" | "primitives">;

/** `key` names the key set and the role of what verified it. A reason names no secret either. */
export type HlsVerdict =
  | { readonly status: "verified"; readonly key: string }
  | { readonly status: "failed" | "unknown"; readonly reason: string };

/** What one key set makes of a proof. */
type Trial =
  | { readonly key: string; readonly fits: boolean; readonly missing?: undefined }
  | { readonly missing: string };

/**
 * Judges a proof. `unknown` where something that the mechanism needs is not at hand, `failed` where
 * every secret or key that may be the meter's gives another proof. Comparisons take constant time.
 */
export function judgeHlsProof(exchange: HlsExchange, knowledge: HlsKnowledge): HlsVerdict {
  switch (exchange.mechanism) {
    case "high-level-security-md5":
    case "high-level-security-sha1":
    case "high-level-security-sha256":
      return judgeTrials(
        setsOfMeter(knowledge, []).map((set) => tryHash(exchange, knowledge, set)),
      );
    case "high-level-security-gmac":
      return judgeGmac(exchange, knowledge);
    case "high-level-security-ecdsa":
      return judgeEcdsa(exchange, knowledge);
    case "high-level-security":
      return { status: "unknown", reason: "the mechanism is the manufacturer's own" };
    default:
      return { status: "unknown", reason: "the mechanism has no proofs of passes 3 and 4" };
  }
}

function judgeTrials(trials: readonly Trial[], nothing = noSecret): HlsVerdict {
  const tried = trials.filter((trial) => trial.missing === undefined);
  const fitting = tried.find(({ fits }) => fits);
  if (fitting !== undefined) return { status: "verified", key: fitting.key };
  if (tried.length > 0) {
    const labels = [...new Set(tried.map(({ key }) => key))].join(", ");
    return { status: "failed", reason: `tried ${labels}` };
  }
  const reasons = trials.map(({ missing }) => missing).filter((reason) => reason !== undefined);
  // A set with its secret, but without a title, is nearer to success than one without a secret.
  return { status: "unknown", reason: reasons.find((reason) => reason !== nothing) ?? nothing };
}

const noSecret = "no HLS secret is given";
const noKeys = "the global unicast encryption key and the authentication key are needed";

/** The challenge that the prover was given, then its own. */
function challengesOf(exchange: HlsExchange): readonly [Uint8Array, Uint8Array] {
  const { prover, clientChallenge, serverChallenge } = exchange;
  return prover === "client"
    ? [serverChallenge, clientChallenge]
    : [clientChallenge, serverChallenge];
}

/** MD5 or SHA-1 over challenge and secret; SHA-256 over secret, titles and challenges. */
function tryHash(exchange: HlsExchange, knowledge: HlsKnowledge, set: KeySet): Trial {
  const secret = set.hlsSecret;
  if (secret === undefined) return { missing: noSecret };
  const key = labelOfKey(set, "HLS secret");
  const challenges = challengesOf(exchange);
  const compare = (expected: Uint8Array): Trial => ({
    key,
    fits: equalInConstantTime(expected, exchange.proof),
  });
  if (exchange.mechanism === "high-level-security-md5") {
    return compare(md5(concatenate([challenges[0], secret])));
  }
  if (exchange.mechanism === "high-level-security-sha1") {
    return compare(sha1(concatenate([challenges[0], secret])));
  }
  const titles = titlesOf(exchange.prover, knowledge, set);
  if ("missing" in titles) return titles;
  return compare(sha256(concatenate([secret, titles.own, titles.peer, ...challenges])));
}

const gmacLength = 17;

/** Security control byte, invocation counter, and the tag over the first, the key and the challenge. */
function judgeGmac(exchange: HlsExchange, knowledge: HlsKnowledge): HlsVerdict {
  const { proof } = exchange;
  if (proof.length !== gmacLength) {
    const reason = `the proof has ${proof.length} bytes; security control, counter and tag make 17`;
    return { status: "failed", reason };
  }
  const sets = setsOfMeter(knowledge, []);
  return judgeTrials(
    sets.flatMap((set) => tryGmac(exchange, knowledge, set)),
    noKeys,
  );
}

function tryGmac(exchange: HlsExchange, knowledge: HlsKnowledge, set: KeySet): readonly Trial[] {
  const { proof, prover } = exchange;
  const { encryption, authentication } = keysOf(set, knowledge);
  if (encryption.length === 0 || authentication.length === 0) return [{ missing: noKeys }];
  const title = titleOf(prover, knowledge, set);
  if (title === undefined) return [{ missing: notKnown(prover) }];
  const control = proof.subarray(0, 1);
  const iv = concatenate([title, proof.subarray(1, 5)]);
  const tag = proof.subarray(5);
  const [challenge] = challengesOf(exchange);
  const open = (key: Uint8Array, authenticationKey: Uint8Array) => {
    const header = concatenate([control, authenticationKey, challenge]);
    return knowledge.primitives.open(key, iv, header, new Uint8Array(0), tag) !== undefined;
  };
  return encryption.flatMap(({ label, key }) =>
    authentication.map((own) => ({ key: label, fits: open(key, own) })),
  );
}

/** Keys of the set, and those that the trace has brought in their place. */
function keysOf(set: KeySet, { association }: HlsKnowledge) {
  const encryption: { readonly label: string; readonly key: Uint8Array }[] = [];
  const authentication: Uint8Array[] = [];
  for (const { role, value, frame } of association.learntKeys) {
    if (role === "authentication") authentication.push(value);
    if (role === "global-unicast") {
      encryption.push({ label: `${role}, learnt in frame ${frame}`, key: value });
    }
  }
  const { globalUnicastEncryptionKey: key, authenticationKey } = set;
  if (key !== undefined) encryption.push({ label: labelOfKey(set, "global-unicast"), key });
  if (authenticationKey !== undefined) authentication.push(authenticationKey);
  return { encryption, authentication };
}

/** A signature over both titles and both challenges. */
function judgeEcdsa(exchange: HlsExchange, knowledge: HlsKnowledge): HlsVerdict {
  const { prover, proof } = exchange;
  const candidates = [{}, ...setsOfMeter(knowledge, [])].map((set) =>
    titlesOf(prover, knowledge, set),
  );
  const titles = candidates.find((candidate) => !("missing" in candidate)) ?? candidates[0];
  if (titles === undefined || "missing" in titles) {
    return { status: "unknown", reason: titles?.missing ?? notKnown(prover) };
  }
  const { own, peer } = titles;
  const signed = concatenate([own, peer, ...challengesOf(exchange)]);
  const signer = { title: own, peer, side: prover };
  const { status, reason } = judgeSignature(knowledge, signer, [signed], proof);
  if (status === "verified") return { status, key: reason };
  return { status: status === "failed" ? "failed" : "unknown", reason };
}

function titlesOf(
  prover: Side,
  knowledge: HlsKnowledge,
  set: KeySet,
): { readonly own: Uint8Array; readonly peer: Uint8Array } | { readonly missing: string } {
  const other = prover === "client" ? "server" : "client";
  const own = titleOf(prover, knowledge, set);
  const peer = titleOf(other, knowledge, set);
  if (own === undefined) return { missing: notKnown(prover) };
  if (peer === undefined) return { missing: notKnown(other) };
  return { own, peer };
}

/** The title that the association has taught; without one, that of the key set. */
function titleOf(side: Side, { association }: HlsKnowledge, set: KeySet): Uint8Array | undefined {
  return side === "client"
    ? (association.clientSystemTitle?.value ?? set.clientSystemTitle)
    : (association.serverSystemTitle?.value ?? set.systemTitle);
}

function notKnown(side: Side): string {
  return `the ${side}'s system title is not known`;
}
