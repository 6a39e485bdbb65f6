import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeySetView } from "../../../analyzer/protocol/index.js";
import { KeyFileError, parseKeyFile } from "../../../decoder/index.js";
import { findKeyFileFaults } from "../../../renderer/keys/key-file-faults.js";

const key = "000102030405060708090a0b0c0d0e0f";
const there: readonly KeySetView[] = [
  {
    id: "1",
    name: "meter 1",
    systemTitle: "4d4d4d0000bc614e",
    securitySuite: 0,
    roles: [
      { role: "authenticationKey", fingerprint: "12ab34cd" },
      { role: "agreementPrivateKeys.client", fingerprint: "00000000" },
    ],
  },
];

/** A set in a file, as people write it: the faults in it by the text that each underlines. */
function faultsIn(set: string): readonly (readonly [underlined: string, message: string])[] {
  const text = `{ "keySets": [\n  ${set}\n] }`;
  return findKeyFileFaults(text, there).map(({ start, end, message }) => [
    text.slice(start, end),
    message,
  ]);
}

describe("faults of a key file", () => {
  it("are none in a file with every member of the contract", () => {
    const point = "ab".repeat(64);
    expect(
      faultsIn(`{
        "name": "meter 1", "systemTitle": "4d4d4d0000bc614e", "securitySuite": 1,
        "globalUnicastEncryptionKey": "${key}", "globalBroadcastEncryptionKey": "${key}",
        "authenticationKey": "kept 1/authenticationKey", "dedicatedKey": "${key}",
        "masterKey": "00:01:02:03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0F", "hlsSecret": "01",
        "llsPassword": "12345678", "clientSystemTitle": "4d4d4d0000000001",
        "signingPublicKeys": { "client": "${point}", "server": "${point}" },
        "agreementPrivateKeys": { "client": "kept 1/agreementPrivateKeys.client" }
      }`),
    ).toEqual([]);
  });

  const cases: readonly (readonly [what: string, set: string, underlined: string, says: RegExp])[] =
    [
      ["an abbreviation for a name", '{ "GUEK": "" }', '"GUEK"', /"globalUnicastEncryptionKey"/],
      ["another spelling", '{ "master_key": "" }', '"master_key"', /mean "masterKey"/],
      ["an unknown name", `{ "masterKey": "${key}", "colour": 1 }`, '"colour"', /no such name/],
      ["15 bytes", `{ "masterKey": "${key.slice(2)}" }`, `"${key.slice(2)}"`, /15 bytes; 16 or 32/],
      ["31 digits", `{ "masterKey": "${key.slice(1)}" }`, `"${key.slice(1)}"`, /31 hex digits/],
      ["an O for a 0", '{ "systemTitle": "4d4d4dO000bc614e", "hlsSecret": "00" }', "O", /no hex/],
      ["an escape before it", '{ "hlsSecret": "\\u0030g" }', '"\\u0030g"', /no hex digit/],
      ["a number", '{ "masterKey": 17 }', "17", /Hex in quotes/],
      ["a suite in quotes", `{ "masterKey": "${key}", "securitySuite": "1" }`, '"1"', /0, 1 or 2/],
      ["an empty password", '{ "llsPassword": "" }', '""', /text is empty/],
      ["no key", '{ "name": "meter 1" }', "{", /has no key/],
      ["keys of nobody", '{ "signingPublicKeys": {} }', "{}", /client or of the server/],
      ["a set in quotes", '"meter 1"', '"meter 1"', /in braces/],
      [
        "a key of suite 2 in suite 0",
        `{ "securitySuite": 0, "masterKey": "${key}${key}" }`,
        `"${key}${key}"`,
        /32 bytes; 16 bytes/,
      ],
      [
        "a word for another key",
        '{ "masterKey": "kept 1/authenticationKey" }',
        '"kept 1/authenticationKey"',
        /no masterKey/,
      ],
      [
        "a word of a set that is not there",
        '{ "authenticationKey": "kept 7/authenticationKey" }',
        '"kept 7/authenticationKey"',
        /no authenticationKey/,
      ],
      ["no comma", '{ "name": "m" "hlsSecret": "00" }', '"', /comma is missing/],
      ["a comma too many", '{ "hlsSecret": "00", }', ",", /comma too many/],
      ["no quotes", '{ "hlsSecret": 00ff }', "00ff", /in quotes/],
      ["no closing quote", '{ "hlsSecret": "00ff }', '"00ff }', /quote that closes/],
      ["a name twice", '{ "hlsSecret": "00", "hlsSecret": "01" }', '"hlsSecret"', /twice/],
    ];
  it.for(cases)("%s", ([, set, underlined, says]) => {
    const fault = faultsIn(set).find(([, message]) => says.test(message));
    expect(fault?.[0]).toBe(underlined);
  });

  it("are told all at once", () => {
    const faults = faultsIn('{ "GUEK": "0", "masterKey": "xy" } , { "hlsSecret": "0" }');
    expect(faults.map(([underlined]) => underlined)).toEqual(['"GUEK"', "x", '"0"']);
  });

  it("warn of two sets for one meter, and let them pass", () => {
    const set = '{ "systemTitle": "4d4d4d0000BC614E", "hlsSecret": "00" }';
    const text = `{ "keySets": [${set}, ${set.replace("BC614E", "bc614e")}] }`;
    expect(findKeyFileFaults(text, [])).toMatchObject([
      { severity: "warning", start: text.lastIndexOf('"4d4d4d0000bc614e"') },
    ]);
    expect(parseKeyFile(text)).toHaveLength(2);
  });

  it("are there where the analyzer refuses the file, and nowhere else", () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(key, key + key, key.slice(2), "", "0", "zz", 1, null, {}, []),
      fc.constantFrom<unknown>({ client: key + key }, { server: "ab".repeat(64) }, { meter: key }),
      fc.string({ maxLength: 3 }),
    );
    const name = fc.constantFrom(
      ...["name", "systemTitle", "securitySuite", "masterKey", "hlsSecret", "llsPassword"],
      ...["signingPublicKeys", "agreementPrivateKeys", "guek"],
    );
    const sets = fc.array(fc.oneof(fc.dictionary(name, value, { maxKeys: 4 }), value), {
      maxLength: 2,
    });
    const file = fc.oneof(
      sets.map((keySets) => ({ keySets })),
      fc.json().map((text) => JSON.parse(text) as unknown),
    );
    const damaged = fc
      .tuple(
        fc.oneof(
          file.map((one) => JSON.stringify(one, null, 1)),
          fc.constant(wholeFile),
        ),
        fc.nat({ max: 200 }),
        fc.constantFrom("", "", '"', "{", "}", "[", "]", ",", ":", "0", "\\", "\n", "\u0085", "e"),
        fc.boolean(),
      )
      .map(([text, at, piece, isWhole]) =>
        isWhole ? text : text.slice(0, at) + piece + text.slice(at + 1),
      );
    fc.assert(
      fc.property(damaged, (text) => {
        const errors = findKeyFileFaults(text, []).filter(({ severity }) => severity === "error");
        expect(errors.length > 0, text).toBe(isRefused(text));
        for (const { start, end } of errors) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

const wholeFile = JSON.stringify({
  keySets: [{ name: "m", securitySuite: 0, masterKey: key, systemTitle: key.slice(16) }],
});

function isRefused(text: string): boolean {
  try {
    parseKeyFile(text);
    return false;
  } catch (error) {
    if (error instanceof KeyFileError) return true;
    throw error;
  }
}
