import { describe, expect, it } from "vitest";
import { noAssociation } from "../../../decoder/core/context.js";
import type { Cursor } from "../../../decoder/core/cursor.js";
import { cipheredApdus } from "../../../decoder/security/ciphered-apdu.js";
import {
  decodeBytes,
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
} from "../dissect-bytes.js";
import { general, greenBook, hex, specific } from "./cipher-builder.js";
import { associated, bothKeys, encryptionKeyOnly, secured } from "./secured-context.js";

const getRequest = hex("c0010000080000010000ff0200");

function decode(c: Cursor) {
  return decoderOf(c.peek())(c);
}

function decoderOf(tag: number | undefined) {
  const definition = cipheredApdus.find((apdu) => apdu.tag === tag);
  if (definition === undefined) throw new Error("no ciphered APDU");
  return definition.decode;
}

function decodeWith(context: Parameters<typeof secured>[0], changes = {}) {
  return (input: Uint8Array | string) => dissectBytes(input, decode, secured(context, changes));
}

const protection = {
  control: 0x30,
  key: greenBook.encryptionKey,
  authenticationKey: greenBook.authenticationKey,
  title: greenBook.clientTitle,
  counter: greenBook.counter,
};

describe("published examples", () => {
  it("glo-get-request of the Green Book", () => {
    // DLMS UA Green Book, Example: ciphered get-request. Ciphertext and tag as published.
    const input = "c81e3001234567411312ff935a47566827c467bc7d825c3be4a77c3fcc056b6b";
    const { dissection, codes, sources, tree, value, next } = decodeWith([bothKeys])(input);
    expect(codes).toEqual([]);
    expect(value).toEqual({
      name: "glo-get-request",
      "security-control": {
        "security-suite": 0,
        authentication: true,
        encryption: true,
        "key-set": "unicast",
        compression: false,
      },
      "invocation-counter": 0x01234567,
      "ciphered-data": hex("411312ff935a47566827c467bc"),
      "authentication-tag": hex("7d825c3be4a77c3fcc056b6b"),
    });
    expect(dissection.ciphering).toEqual({
      status: "decrypted",
      service: "glo-get-request",
      "security-suite": 0,
      authenticated: true,
      encrypted: true,
      key: "meter 1 global-unicast",
      "system-title": greenBook.clientTitle,
      "invocation-counter": 0x01234567,
      plaintext: getRequest,
    });
    expect(sources[1]).toEqual({
      id: 1,
      kind: "decrypted",
      bytes: getRequest,
      origin: [{ start: 0, end: 13, source: 0, offset: 7 }],
    });
    expect(next?.kind).toBe("apdu");
    expect(next?.cursor.bytes).toEqual(getRequest);
    expectTiled(tree, input);
    expect(findNode(tree, "ciphering.status").value).toBe("decrypted");
    expect(findNode(tree, "ciphering.invocation-counter")).toMatchObject({
      start: 3,
      end: 7,
      value: 0x01234567,
    });
  });

  it("the same without a tree", () => {
    const input = "c81e3001234567411312ff935a47566827c467bc7d825c3be4a77c3fcc056b6b";
    const value = decodeBytes(input, decode, secured([bothKeys]));
    expect(value).toEqual(decodeWith([bothKeys])(input).value);
  });

  it("glo-initiate-request of the Green Book: the dedicated key in it is not repeated", () => {
    // DLMS UA Green Book, Example: ciphered initiate-request. It brings a dedicated key.
    const input =
      "21303001234567801302ff8a7874133d414ced25b42534d28db004772060" +
      "6b175bd52211be6841db204d39ee6fdb8e356855";
    const { dissection, codes, next } = decodeWith([bothKeys])(input);
    expect(codes).toEqual([]);
    expect(dissection.ciphering).toMatchObject({ status: "decrypted", authenticated: true });
    expect(dissection.ciphering?.plaintext).toEqual(
      hex(`010110${"00".repeat(16)}0000065f1f0400007e1f04b0`),
    );
    expect(next?.cursor.bytes).toEqual(
      hex("01011000112233445566778899aabbccddeeff0000065f1f0400007e1f04b0"),
    );
  });

  it("general-glo-ciphering, encryption only, of a real meter", () => {
    // github.com/SHRDZM, Device_IM350: Iskraemeco AM550 with its published test key.
    const input =
      "db0849534b69745cf6c95f200000046bb45f8f43980519e16e36bc0c7198eb0e9cf1e0df6a22" +
      "7d63c3f24852486f4a0ce8aa187991bf1c44544f62bbbb75beeb4cdb549d7cf525cd95e6d82d" +
      "2be1c7f2ed84505402317f84aeb2a285508ec1b072553c39cd928f1f4929";
    const plaintext = hex(
      "0f0000046c0c07e503190413010e00ffc400020c09060006190900ff090d3131323132373332" +
        "3031333533090413010e00090507e50319040600917b5206002c32f006000b1643060027153d" +
        "06000002e2060000000009000900",
    );
    const key = hex("62f9445b069ba866068b8036f2612030");
    const { dissection, codes, value, next } = decodeWith([{ globalUnicastEncryptionKey: key }], {
      direction: null,
      association: noAssociation,
    })(input);
    expect(codes).toEqual([]);
    expect(value).toMatchObject({
      name: "general-glo-ciphering",
      "system-title": hex("49534b69745cf6c9"),
      "invocation-counter": 0x46b,
    });
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: false,
      encrypted: true,
      key: "global-unicast",
      plaintext,
    });
    expect(next?.cursor.bytes).toEqual(plaintext);
  });
});

/** Ciphered tag, plaintext that it announces, and whether it takes the dedicated key. */
const services: readonly (readonly [tag: number, plaintext: string])[] = [
  [0x21, "0100000006 5f1f040000 7e1f04b0"],
  [0x25, "050102 0028"],
  [0x26, "060102 0028 01 09 02 1234"],
  [0x28, "0800065f1f040000501f01f40007"],
  [0x2c, "0c0100 110a"],
  [0x2d, "0d0100"],
  [0x2e, "0e010600"],
  [0x36, "160102 0028 01 110a"],
  [0x38, "180001020028 01 110a"],
  [0xc8, "c0010000080000010000ff0200"],
  [0xc9, "c1010000080000010000ff020009020102"],
  [0xca, "c2000000080000010000ff0200"],
  [0xcb, "c30100000f0000280000ff0100"],
  [0xcc, "c401000009 02 0102"],
  [0xcd, "c5010000"],
  [0xcf, "c701000000"],
];
const dedicatedTags = [
  0x41, 0x45, 0x46, 0x48, 0x4c, 0x4d, 0x4e, 0x56, 0x58, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd7,
];
const suiteKeys = {
  0: hex("000102030405060708090a0b0c0d0e0f"),
  1: hex("101112131415161718191a1b1c1d1e1f"),
  2: hex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"),
} as const;
const dedicatedKey = hex("00112233445566778899aabbccddeeff");

describe("every service, suite and security control", () => {
  const suites = [0, 1, 2] as const;
  const controls = [0x10, 0x20, 0x30, 0x50, 0x60, 0x70] as const;
  for (const suite of suites) {
    for (const flags of controls) {
      const control = flags | suite;
      it(`0x${control.toString(16)}`, () => {
        const key = suiteKeys[suite];
        const broadcast = (control & 0x40) !== 0;
        const keys = {
          authenticationKey: greenBook.authenticationKey,
          [broadcast ? "globalBroadcastEncryptionKey" : "globalUnicastEncryptionKey"]: key,
        };
        for (const [tag, text] of services) {
          const plaintext = hex(text);
          const input = specific(tag, plaintext, { ...protection, control, key });
          const { dissection, codes, next, tree } = decodeWith([keys])(input);
          expect(codes).toEqual([]);
          expect(dissection.ciphering).toMatchObject({
            status: "decrypted",
            "security-suite": suite,
            authenticated: (control & 0x10) !== 0,
            encrypted: (control & 0x20) !== 0,
            plaintext,
          });
          expect(dissection.ciphering?.key).toBe(broadcast ? "global-broadcast" : "global-unicast");
          expect(next?.cursor.bytes).toEqual(plaintext);
          expectTiled(tree, input);
        }
      });
    }
  }

  it("ded-* and general-ded-ciphering take the dedicated key that the association has taught", () => {
    const association = { ...associated, dedicatedKey: { value: dedicatedKey, frame: 7 } };
    const context = secured([bothKeys], { association });
    dedicatedTags.forEach((tag, i) => {
      const plaintext = hex(services[i]?.[1] ?? "");
      const input = specific(tag, plaintext, { ...protection, key: dedicatedKey });
      const { dissection, codes } = dissectBytes(input, decode, context);
      expect(codes).toEqual([]);
      expect(dissection.ciphering).toMatchObject({
        status: "decrypted",
        authenticated: true,
        key: "dedicated, learnt in frame 7",
        plaintext,
      });
    });
    const input = general(0xdc, getRequest, { ...protection, key: dedicatedKey });
    expect(dissectBytes(input, decode, context).dissection.ciphering?.status).toBe("decrypted");
  });

  it("ded-* take the dedicated key of the key file otherwise", () => {
    const input = specific(0xd0, getRequest, { ...protection, key: dedicatedKey });
    const set = { dedicatedKey, authenticationKey: greenBook.authenticationKey };
    expect(decodeWith([set])(input).dissection.ciphering).toMatchObject({
      status: "decrypted",
      key: "dedicated",
    });
  });

  it("has every ciphered tag of the standard, each once, by its name", () => {
    expect(cipheredApdus.map(({ tag }) => tag).sort((a, b) => a - b)).toEqual(
      [...services.map(([tag]) => tag), ...dedicatedTags, 0xdb, 0xdc, 0xdd, 0xdf].sort(
        (a, b) => a - b,
      ),
    );
    const nameOf = (tag: number) => cipheredApdus.find((apdu) => apdu.tag === tag)?.name;
    // IEC 62056-5-3, XDLMS-APDU: [202], [212] and [88].
    expect(nameOf(202)).toBe("glo-event-notification-request");
    expect(nameOf(212)).toBe("ded-get-response");
    expect(nameOf(88)).toBe("ded-information-report-request");
  });
});

describe("content that is not there or not enciphered", () => {
  it("no protection at all: the content is read on", () => {
    const input = specific(0xc8, getRequest, { ...protection, control: 0x00 });
    const { dissection, codes, next, tree } = decodeWith([])(input);
    expect(codes).toEqual([]);
    expect(dissection.ciphering).toMatchObject({ status: "not-ciphered", encrypted: false });
    expect(next?.cursor.bytes).toEqual(getRequest);
    expectTiled(tree, input);
  });

  it("a logger has deciphered it and kept the header", () => {
    // github.com/UtilitechAS/amsreader-firmware, test/payloads/kaifa: a "GCM frame" as logged
    // (corpus amsleser-pdu-0005), cut after its clock and with the length to match.
    const content = "21002aa7660f002a3cb40c07e70419020a3b1e00ff8880020100";
    const input = hex(`db084b464d102002c8f5${(content.length / 2).toString(16)}${content}`);
    for (const sets of [[], [bothKeys]]) {
      const { dissection, codes, next, sources } = decodeWith(sets)(input);
      expect(codes).toEqual(["ciphering.in-clear"]);
      expect(dissection.ciphering).toMatchObject({ status: "not-ciphered", encrypted: false });
      expect(sources[1]?.kind).toBe("content");
      expect(next?.cursor.bytes[0]).toBe(0x0f);
    }
  });

  it("compressed content is named and not handed on", () => {
    const input = specific(0xc8, hex("1234567890"), { ...protection, control: 0xb0 });
    const { dissection, codes, next, tree } = decodeWith([bothKeys])(input);
    expect(codes).toEqual(["ciphering.compressed"]);
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted",
      authenticated: true,
      compressed: true,
      plaintext: hex("1234567890"),
    });
    expect(next).toBeUndefined();
    expectTiled(tree, input);
    expect(decodeWith([encryptionKeyOnly])(input).dissection.ciphering?.status).toBe(
      "decrypted-not-authenticated",
    );
    const wrong = { ...bothKeys, authenticationKey: hex("00".repeat(16)) };
    expect(decodeWith([wrong])(input).dissection.ciphering?.status).toBe("tag-mismatch");
  });

  it("a security suite that does not exist", () => {
    const input = specific(0xc8, getRequest, { ...protection, control: 0x35 });
    const { dissection, codes, next, tree } = decodeWith([bothKeys])(input);
    expect(codes).toEqual(["ciphering.unsupported"]);
    expect(dissection.ciphering).toMatchObject({ status: "unsupported", "security-suite": 5 });
    expect(next).toBeUndefined();
    expectTiled(tree, input);
  });

  it("content shorter than its header", () => {
    for (const input of ["c803300123", "c80a30012345674113120000", "c800"]) {
      const { dissection, codes, tree, value } = decodeWith([bothKeys])(input);
      expect(codes).toEqual(["ciphering.malformed"]);
      expect(dissection.ciphering?.status).toBe("malformed");
      expect(value).toEqual({ name: "glo-get-request" });
      expectTiled(tree, input);
    }
    const { codes, dissection, tree } = decodeWith([bothKeys])("db084d4d4d0000bc614e0130");
    expect(codes).toEqual(["ciphering.malformed"]);
    expect(dissection.ciphering?.service).toBe("general-glo-ciphering");
    expectTiled(tree, "db084d4d4d0000bc614e0130");
  });

  it("a message that is cut off is deciphered as far as it goes", () => {
    const whole = specific(0xc8, getRequest, protection);
    const cut = whole.subarray(0, whole.length - 5);
    const { dissection, codes, next, tree } = decodeWith([bothKeys])(cut);
    expect(codes).toEqual(["core.truncated", "ciphering.not-authenticated"]);
    expect(dissection.ciphering).toMatchObject({
      status: "decrypted-not-authenticated",
      plaintext: getRequest,
    });
    expect(next?.cursor.bytes).toEqual(getRequest);
    expectTiled(tree, cut);
  });

  it("a title of another length is reported; an empty one is that of the association", () => {
    const content = specific(0xc8, getRequest, protection).subarray(1);
    const odd = new Uint8Array([0xdb, 0x02, 0x4d, 0x4d, ...content]);
    expect(decodeWith([bothKeys])(odd).codes).toEqual(["ciphering.system-title-length"]);
    const empty = new Uint8Array([0xdb, 0x00, ...content]);
    const { codes, dissection } = decodeWith([bothKeys])(empty);
    expect(codes).toEqual(["ciphering.no-title-in-apdu"]);
    expect(dissection.ciphering?.status).toBe("decrypted");
  });

  it("every prefix says what is missing", () => {
    for (const context of [secured([bothKeys]), secured([], { association: noAssociation })]) {
      expectPrefixes(specific(0xc8, getRequest, protection), decoderOf(0xc8), context);
      expectPrefixes(general(0xdb, getRequest, protection), decoderOf(0xdb), context);
    }
  });

  it("bytes changed anywhere throw nothing and stay explained", () => {
    const whole = general(0xdb, getRequest, protection);
    for (let at = 1; at < whole.length; at++) {
      for (const value of [0x00, 0x7f, 0x80, 0x84, 0xff]) {
        const input = whole.slice();
        input[at] = value;
        const dissected = dissectBytes(input, decode, secured([bothKeys]));
        expectTiled(dissected.tree, input);
        expectInBounds(dissected);
      }
    }
  });
});
