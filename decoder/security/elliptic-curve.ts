/**
 * The two curves of the security suites: P-256 (suite 1) and P-384 (suite 2), domain parameters of
 * NIST SP 800-186 and SEC 2.
 *
 * Strategy: @noble/curves offers them ready-made, but builds every NIST curve when it is loaded,
 * which each start of the command would pay for. Here a curve is built when it is first used.
 */
import { type ECDSA, ecdsa, weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { sha256, sha384 } from "@noble/hashes/sha2.js";
import { concatenate } from "../core/bytes.js";

/** The security suites that have public keys. */
export type CurveSuite = 1 | 2;

export interface EllipticCurve {
  readonly name: "P-256" | "P-384";
  readonly suite: CurveSuite;
  /** Bytes of one number: of a coordinate, of a private key, of half a signature. */
  readonly length: 32 | 48;
  /** ECDH and ECDSA on the curve, ECDSA with the suite's hash. */
  readonly operations: () => ECDSA;
}

const p256: EllipticCurve = {
  name: "P-256",
  suite: 1,
  length: 32,
  operations: once(() =>
    ecdsa(
      weierstrass({
        p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
        n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
        h: 1n,
        a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
        b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
        Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
        Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
      }),
      sha256,
    ),
  ),
};

const p384: EllipticCurve = {
  name: "P-384",
  suite: 2,
  length: 48,
  operations: once(() =>
    ecdsa(
      weierstrass({
        p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
        n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
        h: 1n,
        a: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffcn,
        b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
        Gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
        Gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
      }),
      sha384,
    ),
  ),
};

/** The curve of a security suite. */
export function curveOfSuite(suite: CurveSuite): EllipticCurve {
  return suite === 1 ? p256 : p384;
}

/** The curve of a public key (x, then y) or a signature (r, then s) of that many bytes. */
export function curveOfPair(length: number): EllipticCurve | undefined {
  return [p256, p384].find((curve) => length === 2 * curve.length);
}

/** A public key as the libraries take it: with the mark of an uncompressed point before it. */
export function uncompressed(publicKey: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.of(0x04), publicKey]);
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
