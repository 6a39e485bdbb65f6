/** Key agreement: elliptic curve Diffie-Hellman, and the three schemes that DLMS/COSEM makes of it. */
import { concatenate } from "../core/bytes.js";
import { type CurveSuite, curveOfSuite, uncompressed } from "./elliptic-curve.js";
import { deriveKey, type KeyUse } from "./key-derivation.js";

/**
 * - `ephemeral-unified`: C(2e, 0s). Client (party U) and server (party V) agree on a global or a
 *   master key with the key_agreement method of Security setup; both keys are ephemeral.
 * - `one-pass`: C(1e, 1s). The originator of a general-ciphering APDU (party U) has an ephemeral
 *   key, the recipient (party V) a static one.
 * - `static-unified`: C(0e, 2s). Both keys are static. The transaction-id makes the outcome another
 *   one in each APDU.
 */
export type AgreementScheme = "ephemeral-unified" | "one-pass" | "static-unified";

export interface KeyAgreement {
  readonly scheme: AgreementScheme;
  readonly suite: CurveSuite;
  readonly use: KeyUse;
  /** One party's private key: 32 or 48 bytes. */
  readonly privateKey: Uint8Array;
  /** The other party's public key: x, then y. */
  readonly publicKey: Uint8Array;
  /** System title of party U: the client, or the originator of the APDU. */
  readonly partyU: Uint8Array;
  /** System title of party V: the server, or the recipient of the APDU. */
  readonly partyV: Uint8Array;
  /** Transaction-id of the APDU, up to 127 bytes; only `static-unified` uses it. */
  readonly transactionId: Uint8Array;
}

/**
 * The key that two parties agree on. Undefined where the private key is not one of the curve, or the
 * public key is no point of it.
 */
export function agreeKey(agreement: KeyAgreement): Uint8Array | undefined {
  const { scheme, suite, use, privateKey, publicKey, partyU, partyV, transactionId } = agreement;
  const sharedSecret = computeSharedSecret(suite, privateKey, publicKey);
  if (sharedSecret === undefined) return undefined;
  const nonce = [Uint8Array.of(transactionId.length), transactionId];
  const partyUInfo = scheme === "static-unified" ? concatenate([partyU, ...nonce]) : partyU;
  return deriveKey({ suite, use, sharedSecret, partyUInfo, partyVInfo: partyV });
}

/** Z: the x coordinate of the private key's multiple of the public key. Undefined as above. */
export function computeSharedSecret(
  suite: CurveSuite,
  privateKey: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array | undefined {
  const curve = curveOfSuite(suite);
  if (privateKey.length !== curve.length || publicKey.length !== 2 * curve.length) return undefined;
  const { getSharedSecret, utils } = curve.operations();
  const point = uncompressed(publicKey);
  if (!utils.isValidSecretKey(privateKey) || !utils.isValidPublicKey(point)) return undefined;
  // A compressed point: the parity of y, then x.
  return getSharedSecret(privateKey, point).slice(1);
}

/** The public key (x, then y) of a private key; undefined where that is not one of the curve. */
export function publicKeyOf(suite: CurveSuite, privateKey: Uint8Array): Uint8Array | undefined {
  const curve = curveOfSuite(suite);
  if (privateKey.length !== curve.length) return undefined;
  const { getPublicKey, utils } = curve.operations();
  if (!utils.isValidSecretKey(privateKey)) return undefined;
  return getPublicKey(privateKey, false).slice(1);
}
