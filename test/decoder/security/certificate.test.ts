import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concatenate, toHex } from "../../../decoder/core/bytes.js";
import { readCertificate } from "../../../decoder/security/certificate.js";
import { hex, length } from "./cipher-builder.js";

/**
 * Made with OpenSSL 3.0: `openssl ecparam -name prime256v1 -genkey`, then
 * `openssl req -x509 -new -subj "/CN=4D4D4D0000BC614E/O=DLMS test" -days 36500 -outform DER` with
 * the extension `keyUsage=critical,digitalSignature`. The public key as `openssl pkey -pubout` gives it.
 */
const signing = hex(`
  3082019330820139a0030201020214020060b0736cb09f60324e94cce83e49dce2e9a1300a06082a8648ce3d04030230
  2f3119301706035504030c103444344434443030303042433631344531123010060355040a0c09444c4d532074657374
  3020170d3236313132343233333434365a180f32313236313033313233333434365a302f3119301706035504030c1034
  44344434443030303042433631344531123010060355040a0c09444c4d5320746573743059301306072a8648ce3d0201
  06082a8648ce3d0301070342000414ddec0037628913cb6188affd2293cd7353f3c40887a7bb2a97825677554e781fd1
  81a61a3a791ee0d038f393cb6b145b9fa74b32515a7176f082a1621dd280a331302f300e0603551d0f0101ff04040302
  0780301d0603551d0e0416041407dbc888affe16a48065a6e6567f296c5cc47189300a06082a8648ce3d040302034800
  3045022100b744cd59e991e10e3f09cc066ebc9a9db7c53a76201cfa00c06f906ef2621ab902206a1c77451ed2155bb3
  8de03dd7e749f4375159e9af99ce0836b16ef6e82f9bae`);
const signingKey = hex(`
  14ddec0037628913cb6188affd2293cd7353f3c40887a7bb2a97825677554e78
  1fd181a61a3a791ee0d038f393cb6b145b9fa74b32515a7176f082a1621dd280`);

/**
 * The same on secp384r1, with the subject "/O=DLMS test", `keyUsage=critical,keyAgreement` and
 * `subjectAltName=otherName:1.3.6.1.5.5.7.8.4;SEQ:hw`, where hw is `OID:2.16.756.5.8` and
 * `FORMAT:HEX,OCT:4D4D4D0000000001` (HardwareModuleName of RFC 4108).
 */
const agreement = hex(`
  308201c73082014ca00302010202142f2c85ab46201ad71862cd4d71dc2ae2a36f94ba300a06082a8648ce3d04030230
  1431123010060355040a0c09444c4d5320746573743020170d3236313132343233333434365a180f3231323631303331
  3233333434365a301431123010060355040a0c09444c4d5320746573743076301006072a8648ce3d020106052b810400
  2203620004355264d3f52b3db21db848b076929a9018d8646062878b639527c376a6421f38072cd02f200a87196a08e0
  845f0c86ba09e72d037f06a9aea4db6209707ff1024f31fc38238b729fdfa67786bf1218bfb4c2f917d8fce98ae96a4f
  2de83084bfa35d305b300e0603551d0f0101ff040403020308302a0603551d1104233021a01f06082b06010505070804
  a01330110605608574050804084d4d4d0000000001301d0603551d0e0416041438be5e770b34eba612f2e999c8ec5796
  01febb26300a06082a8648ce3d0403020369003066023100ca8878d17960d2f4b5d038b3b1ade4becf4e6f67a9c3a1b9
  9592e743f570ce5cb8b575f3f35fbe15f47021d6a54bfde5023100df95e2784bcd86197b0aca6fa0bddf642335e5c1e9
  4d94a6870d4ab43b6375448b37212ee32ef25a1768114113eab82a`);
const agreementKey = hex(`
  355264d3f52b3db21db848b076929a9018d8646062878b639527c376a6421f38072cd02f200a87196a08e0845f0c86ba
  09e72d037f06a9aea4db6209707ff1024f31fc38238b729fdfa67786bf1218bfb4c2f917d8fce98ae96a4f2de83084bf`);

/** One value of DER. Its lengths are those of A-XDR. */
function der(tag: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const content = concatenate(parts.map((part) => (typeof part === "string" ? hex(part) : part)));
  return concatenate([hex(tag), length(content.length), content]);
}

const ecdsaWithSha256 = der("30", "06082a8648ce3d040302");
const keyInfo = der(
  "30",
  "301306072a8648ce3d020106082a8648ce3d030107",
  der("03", "0004", signingKey),
);

function name(commonName: string) {
  const text = toHex(new Uint8Array(Buffer.from(commonName, "latin1")));
  return der("30", der("31", der("30", "0603550403", der("0c", text))));
}

/** A certificate of parts: `more` are subjectUniqueID and extensions. */
function build(subject: Uint8Array, more: readonly Uint8Array[], key = keyInfo): Uint8Array {
  const validity = der("30", "170d3236303130313030303030305a", "170d3336303130313030303030305a");
  const tbs = der(
    "30",
    "a003020102",
    "020101",
    ecdsaWithSha256,
    name("CA"),
    validity,
    subject,
    key,
    ...more,
  );
  return der("30", tbs, ecdsaWithSha256, der("03", "00", der("30", "020101", "020101")));
}

function usage(bits: string) {
  return der("a3", der("30", der("30", "0603551d0f", "0101ff", der("04", bits))));
}

describe("readCertificate", () => {
  it("a signing certificate with its title as common name", () => {
    expect(readCertificate(signing)).toEqual({
      commonName: "4D4D4D0000BC614E",
      systemTitle: hex("4d4d4d0000bc614e"),
      curve: "P-256",
      publicKey: signingKey,
      uses: ["signing"],
    });
  });

  it("a key agreement certificate with its title as hardware serial number", () => {
    expect(readCertificate(agreement)).toEqual({
      commonName: undefined,
      systemTitle: hex("4d4d4d0000000001"),
      curve: "P-384",
      publicKey: agreementKey,
      uses: ["agreement"],
    });
  });

  it("reads the public key that node:crypto reads", () => {
    for (const certificate of [signing, agreement]) {
      const { x = "", y = "" } = new X509Certificate(certificate).publicKey.export({
        format: "jwk",
      });
      const expected = concatenate([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
      expect(readCertificate(certificate)?.publicKey).toEqual(expected);
    }
  });

  it("a title as unique identifier of the subject, and the usages of a TLS certificate", () => {
    const certificate = build(name("meter"), [
      der("82", "00", "4d4d4d0000000002"),
      usage("03020388"),
    ]);
    expect(new X509Certificate(certificate).subject).toBe("CN=meter");
    expect(readCertificate(certificate)).toMatchObject({
      commonName: "meter",
      systemTitle: hex("4d4d4d0000000002"),
      uses: ["signing", "agreement"],
    });
  });

  it("a certificate without title, extensions or a plain name", () => {
    expect(readCertificate(build(der("30"), []))).toMatchObject({
      commonName: undefined,
      systemTitle: undefined,
      uses: [],
    });
    expect(readCertificate(build(name("Z\xe4hler"), []))?.commonName).toBeUndefined();
    expect(readCertificate(build(name("4d4d4d00"), []))?.systemTitle).toBeUndefined();
  });

  it("nothing else", () => {
    const rsa = der("30", "300d06092a864886f70d0101010500", der("03", "00", "3006020103020103"));
    const compressed = der(
      "30",
      "301306072a8648ce3d020106082a8648ce3d030107",
      der("03", "0002", signingKey.slice(0, 32)),
    );
    const otherCurve = der(
      "30",
      "301006072a8648ce3d020106052b81040022",
      der("03", "0004", signingKey),
    );
    for (const key of [rsa, compressed, otherCurve]) {
      expect(readCertificate(build(name("meter"), [], key))).toBeUndefined();
    }
    for (const text of ["", "30", "3000", "300480020000", "0904deadbeef", "3080"]) {
      expect(readCertificate(hex(text))).toBeUndefined();
    }
    expect(readCertificate(concatenate([signing, hex("00")]))).toBeUndefined();
    // The outer length in more bytes than it needs.
    expect(readCertificate(concatenate([hex("30830001"), signing.slice(3)]))).toBeUndefined();
  });

  it("no prefix of a certificate, and no changed byte that throws", () => {
    for (const certificate of [signing, agreement]) {
      for (let end = 0; end < certificate.length; end++) {
        expect(readCertificate(certificate.slice(0, end))).toBeUndefined();
      }
      for (let at = 0; at < certificate.length; at++) {
        for (const value of [0x00, 0x30, 0x80, 0xff]) {
          const changed = certificate.slice();
          changed[at] = value;
          expect(() => readCertificate(changed)).not.toThrow();
        }
      }
    }
  });
});
