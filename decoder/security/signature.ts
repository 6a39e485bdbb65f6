import { curveOfPair, uncompressed } from "./elliptic-curve.js";

/**
 * Whether `signature` is that of the key's owner over `message`: ECDSA on P-256 with SHA-256 or on
 * P-384 with SHA-384, whichever the lengths say. Both are pairs of numbers of 32 or 48 bytes: the
 * key x and y, the signature r and s. False also where key and signature are of different curves or
 * the key is no point of its curve.
 */
export function verifySignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const curve = curveOfPair(signature.length);
  if (curve === undefined || publicKey.length !== signature.length) return false;
  const { utils, verify } = curve.operations();
  const point = uncompressed(publicKey);
  if (!utils.isValidPublicKey(point)) return false;
  // The standard does not ask for the smaller of the two values that s may have.
  return verify(signature, message, point, { lowS: false });
}
