import { describe, expect, it } from "vitest";
import { concatenate } from "../../../../decoder/core/bytes.js";
import { toBytes } from "../../dissect-bytes.js";
import { greenBook, hex, octetString } from "../../security/cipher-builder.js";
import { aare, aarq, SecurityTrace } from "./security-trace.js";

// Made with OpenSSL 3 (`openssl req -new -x509`, P-256); the public keys are those that
// `openssl ec -pubout` prints.

/** CN=4D4D4D0000BC614E, key usage digitalSignature. */
const ofClient = hex(`
  3082019b30820140a00302010202147b487bd030e783dfb2d2c9908451f4ec4bb4a82d300a06082a8648ce3d04030230
  1b3119301706035504030c10344434443444303030304243363134453020170d3236313132343233333935365a180f32
  303531303731363233333935365a301b3119301706035504030c10344434443444303030304243363134453059301306
  072a8648ce3d020106082a8648ce3d03010703420004cb21a8a417967f33f82d95ea9c0980b04d9f7ec69d61a5d57a79
  7e6fc422bbd7fea09208b44a9179ddffd5434a72580498e642ef76b1565e28605047506f3432a360305e301d0603551d
  0e04160414c0da44168a2d49015bdef58930b28e4ac3913f86301f0603551d23041830168014c0da44168a2d49015bde
  f58930b28e4ac3913f86300e0603551d0f0101ff040403020780300c0603551d130101ff04023000300a06082a8648ce
  3d0403020349003046022100dc850ab777ce6d42baeb7050f1cc676500fa812900b437e4663c08ed28d50b18022100c0
  6c736456f4ad59380afc21642ae1354b38c88f880de07fd54f0c7c931840ba
`);
const clientKey = hex(
  `cb21a8a417967f33f82d95ea9c0980b04d9f7ec69d61a5d57a797e6fc422bbd7
  fea09208b44a9179ddffd5434a72580498e642ef76b1565e28605047506f3432`,
);
/** CN=4D4D4D0000000001, key usage keyAgreement. */
const ofServer = hex(`
  3082019a30820140a003020102021478ba07115e76f92e5998f4b19eb2271d741ca663300a06082a8648ce3d04030230
  1b3119301706035504030c10344434443444303030303030303030313020170d3236313132343233333935365a180f32
  303531303731363233333935365a301b3119301706035504030c10344434443444303030303030303030313059301306
  072a8648ce3d020106082a8648ce3d03010703420004becd4821a6b5accbfc5c537e11af7511afa56ab33820c5e9fdb0
  196e130fa5ec9f6fe6822397768c0f42934a89fe31fb0df7591771a60536db1954994628e44da360305e301d0603551d
  0e04160414c28aa89a8f4bd2da3e472873f2fe77add5f52fe3301f0603551d23041830168014c28aa89a8f4bd2da3e47
  2873f2fe77add5f52fe3300e0603551d0f0101ff040403020308300c0603551d130101ff04023000300a06082a8648ce
  3d0403020348003045022100bbaaa2369711881254b0a881e570b97dbac9c1b798b5df5f3f9e704b34aa70c70220275b
  9230981ca963c1374fbb59d09ce329af99233efbcfa08f232b954921448c
`);
const serverKey = hex(
  `becd4821a6b5accbfc5c537e11af7511afa56ab33820c5e9fdb0196e130fa5ec
  9f6fe6822397768c0f42934a89fe31fb0df7591771a60536db1954994628e44d`,
);
/** CN="a meter", key usage digitalSignature. */
const nameless = hex(`
  308201893082012ea003020102021400c90acee5f8d3dd2d2bfe200436a3fa90d53e83300a06082a8648ce3d04030230
  123110300e06035504030c0761206d657465723020170d3236313132343233333935365a180f32303531303731363233
  333935365a30123110300e06035504030c0761206d657465723059301306072a8648ce3d020106082a8648ce3d030107
  034200045dee406d38a7b24fa048ee51647f2e5c0d9ef6ba419eaf6005b28507b7884280516e37581b57cd9877973f40
  181063f8fefa83c8f5f8363e99ca7e5c39ff2ff9a360305e301d0603551d0e04160414ad11d62ea749a89ee5b382fcc2
  764bf4531b68aa301f0603551d23041830168014ad11d62ea749a89ee5b382fcc2764bf4531b68aa300e0603551d0f01
  01ff040403020780300c0603551d130101ff04023000300a06082a8648ce3d0403020349003046022100d06e2b4497ad
  4cf63a9c21078af163832ca48ba7866f734c6d36ffd0f1dc514e0221008086dee99e72e1d868884261c08a2ffbee0dcc
  2e80bafe1e3a5ef67762447a9c
`);
const namelessKey = hex(
  `5dee406d38a7b24fa048ee51647f2e5c0d9ef6ba419eaf6005b28507b7884280
  516e37581b57cd9877973f40181063f8fefa83c8f5f8363e99ca7e5c39ff2ff9`,
);

/** A method of class 64, 0.0.43.0.0.255, with its parameters. */
const invoke = (method: number, parameters: Uint8Array) =>
  concatenate([toBytes(`c301c1 0040 00002b0000ff 0${method} 01`), parameters]);
const octets = (bytes: Uint8Array) => concatenate([Uint8Array.of(0x09), octetString(bytes)]);
const success = toBytes("c701c1 00 00");
/** Success, and an octet-string. */
const returns = (bytes: Uint8Array) => concatenate([toBytes("c701c1 00 01 00"), octets(bytes)]);
/** certificate_identification_by_serial: { enum 1, { octet-string, octet-string } }. */
const identification = toBytes("0202 1601 0202 0901 05 0901 06");

describe("certificates", () => {
  it("of the AE qualifiers of AARQ and AARE", () => {
    const trace = new SecurityTrace();
    trace.client(aarq({ title: greenBook.clientTitle, qualifier: ofClient }));
    trace.server(aare({ title: greenBook.serverTitle, qualifier: ofServer }));
    expect(trace.outcome?.certificates).toEqual([
      { use: "agreement", systemTitle: greenBook.serverTitle, value: serverKey, frame: 2 },
      { use: "signing", systemTitle: greenBook.clientTitle, value: clientKey, frame: 1 },
    ]);
    expect(trace.findings).toEqual([
      {
        frame: 1,
        code: "security.certificate-learnt",
        detail: "4d4d4d0000bc614e, P-256, signing",
      },
      {
        frame: 2,
        code: "security.certificate-learnt",
        detail: "4d4d4d0000000001, P-256, agreement",
      },
    ]);
  });

  it("shown twice teach once", () => {
    const trace = new SecurityTrace();
    const first = trace.client(aarq({ title: greenBook.clientTitle, qualifier: ofClient }));
    const second = trace.client(aarq({ title: greenBook.clientTitle, qualifier: ofClient }));
    expect(second.certificates).toBe(first.certificates);
    expect(trace.codes).toEqual(["security.certificate-learnt"]);
  });

  it("of another title than the sender's", () => {
    const trace = new SecurityTrace();
    trace.client(aarq({ title: greenBook.clientTitle, qualifier: ofServer }));
    expect(trace.findings[0]).toEqual({
      frame: 1,
      code: "security.certificate-of-another",
      detail: "4d4d4d0000000001, the sender is 4d4d4d0000bc614e",
    });
    const untitled = new SecurityTrace();
    untitled.client(aarq({ qualifier: ofServer }));
    expect(untitled.codes).toEqual(["security.certificate-learnt"]);
  });

  it("an AE qualifier that is no certificate is another thing", () => {
    const trace = new SecurityTrace();
    trace.client(aarq({ title: greenBook.clientTitle, qualifier: hex("10") }));
    expect(trace.codes).toEqual([]);
  });

  it("that begin as one and are none", () => {
    const trace = new SecurityTrace();
    const cut = ofClient.subarray(0, 100);
    trace.client(aarq({ title: greenBook.clientTitle, qualifier: cut }));
    expect(trace.outcome?.certificates).toEqual([]);
    expect(trace.findings).toEqual([
      { frame: 1, code: "security.certificate-unreadable", detail: "100 bytes" },
    ]);
  });

  it("without a system title take that of the sender, if there is one", () => {
    const trace = new SecurityTrace();
    trace.client(aarq({ title: greenBook.clientTitle, qualifier: nameless }));
    expect(trace.outcome?.certificates).toEqual([
      { use: "signing", systemTitle: greenBook.clientTitle, value: namelessKey, frame: 1 },
    ]);
    const imported = new SecurityTrace();
    imported.client(invoke(6, octets(nameless)));
    expect(imported.codes).toEqual(["security.certificate-without-title"]);
    expect(imported.outcome?.certificates).toEqual([]);
  });

  it("of import_certificate", () => {
    const trace = new SecurityTrace();
    trace.client(invoke(6, octets(ofServer)));
    trace.server(success);
    expect(trace.outcome?.certificates).toEqual([
      { use: "agreement", systemTitle: greenBook.serverTitle, value: serverKey, frame: 1 },
    ]);
  });

  it("of export_certificate, out of the answer", () => {
    const trace = new SecurityTrace();
    trace.client(invoke(7, identification));
    trace.server(returns(ofClient));
    expect(trace.outcome?.certificates).toEqual([
      { use: "signing", systemTitle: greenBook.clientTitle, value: clientKey, frame: 2 },
    ]);
  });

  it("in the answer of another method are none", () => {
    const trace = new SecurityTrace();
    trace.client(invoke(5, toBytes("1600")));
    trace.server(returns(ofClient));
    trace.client(invoke(7, identification));
    trace.server(returns(ofClient), { damaged: true });
    expect(trace.outcome?.certificates).toEqual([]);
    expect(trace.codes).toEqual([]);
  });
});
