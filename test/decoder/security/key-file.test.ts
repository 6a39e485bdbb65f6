import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  KeyFileError,
  keySetFromOptions,
  parseKeyFile,
} from "../../../decoder/security/key-file.js";
import { greenBook, hex } from "./cipher-builder.js";

const key = "000102030405060708090a0b0c0d0e0f";

function file(...sets: object[]): string {
  return JSON.stringify({ keySets: sets });
}

/** The message of the refusal. */
function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof KeyFileError) return error.message;
    throw error;
  }
  throw new Error("not refused");
}

describe("parseKeyFile", () => {
  it("reads every field of the contract", () => {
    const point = "ab".repeat(64);
    const number = "cd".repeat(32);
    const sets = parseKeyFile(
      file({
        name: "meter 1",
        systemTitle: "4d4d4d0000000001",
        securitySuite: 1,
        globalUnicastEncryptionKey: key.toUpperCase(),
        globalBroadcastEncryptionKey: key,
        authenticationKey: "d0 d1 d2 d3 d4 d5 d6 d7 d8:d9:da:db:dc:dd:de:df",
        dedicatedKey: key,
        masterKey: key,
        hlsSecret: "01020304",
        llsPassword: "12345678",
        clientSystemTitle: "4d4d4d0000bc614e",
        signingPublicKeys: { client: point, server: point },
        agreementPrivateKeys: { server: number },
      }),
    );
    expect(sets).toEqual([
      {
        name: "meter 1",
        systemTitle: greenBook.serverTitle,
        securitySuite: 1,
        globalUnicastEncryptionKey: hex(key),
        globalBroadcastEncryptionKey: hex(key),
        authenticationKey: greenBook.authenticationKey,
        dedicatedKey: hex(key),
        masterKey: hex(key),
        hlsSecret: hex("01020304"),
        llsPassword: "12345678",
        clientSystemTitle: greenBook.clientTitle,
        signingPublicKeys: { client: hex(point), server: hex(point) },
        agreementPrivateKeys: { server: hex(number) },
      },
    ]);
  });

  it("takes several sets, and any one key is enough", () => {
    expect(parseKeyFile(file({ masterKey: key }, { llsPassword: "x" }))).toHaveLength(2);
    expect(parseKeyFile(file())).toEqual([]);
  });

  it("takes keys of 32 bytes in suite 2 alone, and either length where no suite is said", () => {
    const long = key + key;
    expect(parseKeyFile(file({ securitySuite: 2, masterKey: long }))).toHaveLength(1);
    expect(parseKeyFile(file({ masterKey: long }))).toHaveLength(1);
    const suite0 = file({ name: "a", securitySuite: 0, masterKey: long });
    expect(refusal(() => parseKeyFile(suite0))).toBe(
      "key set 1 (a), masterKey has 32 bytes, 16 are needed",
    );
    const suite2 = file({ securitySuite: 2, masterKey: key });
    expect(refusal(() => parseKeyFile(suite2))).toBe(
      "key set 1, masterKey has 16 bytes, 32 are needed",
    );
  });

  const refusals: readonly (readonly [what: string, set: object, message: RegExp])[] = [
    ["an unknown name", { guek: key }, /the name guek is not one of name, systemTitle/],
    ["a short key", { masterKey: key.slice(2) }, /masterKey has 15 bytes, 16 or 32 are needed/],
    ["a title of 7 bytes", { masterKey: key, systemTitle: key.slice(18) }, /systemTitle has 7/],
    ["no hex", { masterKey: `${key.slice(2)}xy` }, /masterKey is not hex/],
    ["half a byte", { masterKey: key.slice(1) }, /masterKey is not hex/],
    ["a number for a key", { masterKey: 17 }, /masterKey is not hex/],
    ["a suite that does not exist", { masterKey: key, securitySuite: 3 }, /must be 0, 1 or 2/],
    ["no key", { name: "empty", systemTitle: "4d4d4d0000000001" }, /\(empty\) has no key/],
    ["an empty secret", { hlsSecret: "" }, /hlsSecret is empty/],
    ["an empty password", { llsPassword: "" }, /llsPassword must be a text/],
    ["a pair without keys", { signingPublicKeys: {} }, /signingPublicKeys is empty/],
    ["a pair of others", { signingPublicKeys: { meter: key } }, /the name meter is not one of/],
    [
      "a public key of another curve",
      { signingPublicKeys: { client: key } },
      /signingPublicKeys\.client has 16 bytes, 64 or 96/,
    ],
  ];
  for (const [what, set, message] of refusals) {
    it(`refuses ${what}`, () => {
      const text = refusal(() => parseKeyFile(file({ masterKey: key }, set)));
      expect(text).toMatch(/^key set 2/);
      expect(text).toMatch(message);
    });
  }

  it("refuses what is no key file", () => {
    expect(refusal(() => parseKeyFile("[]"))).toContain("must be an object");
    expect(refusal(() => parseKeyFile("{}"))).toContain("keySets must be an array");
    expect(refusal(() => parseKeyFile('{"keySets":[1]}'))).toContain("key set 1 must be an object");
    expect(refusal(() => parseKeyFile('{"keysets":[]}'))).toContain(
      "keysets is not one of keySets",
    );
  });

  it("says where the text stops being JSON", () => {
    const text = `{\n  "keySets": [\n    { "masterKey": ${key} }\n  ]\n}`;
    expect(refusal(() => parseKeyFile(text))).toBe(
      "the key file is not JSON: line 3, column 20: a value is expected",
    );
  });

  it("never repeats a value", () => {
    const secret = "00112233445566778899aabbccddee";
    const texts = [
      file({ masterKey: secret }),
      file({ masterKey: `${secret}zz` }),
      file({ [secret]: 1 }),
      file({ llsPassword: [secret] }),
      `{"keySets":[{"masterKey":${secret}}]}`,
      `{"keySets":[{"masterKey":"${secret}}]}`,
      `{"keySets":[{"masterKey":"${secret}",,}]}`,
    ];
    for (const text of texts) expect(refusal(() => parseKeyFile(text))).not.toContain(secret);
  });

  it("reads or refuses any text, and nothing else happens", () => {
    const damaged = fc
      .tuple(fc.nat({ max: 200 }), fc.string({ maxLength: 3 }))
      .map(([at, piece]) => {
        const text = file({ name: "m", securitySuite: 0, masterKey: key, systemTitle: "00" });
        return text.slice(0, at) + piece + text.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string(), fc.json()), (text) => {
        try {
          parseKeyFile(text);
        } catch (error) {
          expect(error).toBeInstanceOf(KeyFileError);
        }
      }),
    );
  });
});

describe("keySetFromOptions", () => {
  it("reads every option", () => {
    expect(
      keySetFromOptions({
        guek: key,
        gbek: key,
        gak: key,
        dedicated: key,
        kek: key + key,
        "system-title": "4d4d4d0000bc614e",
        "hls-secret": "0102",
      }),
    ).toEqual({
      globalUnicastEncryptionKey: hex(key),
      globalBroadcastEncryptionKey: hex(key),
      authenticationKey: hex(key),
      dedicatedKey: hex(key),
      masterKey: hex(key + key),
      systemTitle: greenBook.clientTitle,
      hlsSecret: hex("0102"),
    });
    expect(keySetFromOptions({})).toEqual({});
  });

  it("refuses by the name of the option", () => {
    expect(refusal(() => keySetFromOptions({ guek: "0011" }))).toBe(
      "--guek has 2 bytes, 16 or 32 are needed",
    );
    expect(refusal(() => keySetFromOptions({ "system-title": "00" }))).toMatch(/^--system-title/);
    expect(refusal(() => keySetFromOptions({ "hls-secret": "text" }))).toBe(
      "--hls-secret is not hex",
    );
  });
});
