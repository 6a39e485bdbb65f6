/** The schema beside the reader of key files says the same as the reader. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { KeyFileError, parseKeyFile } from "../../../decoder/security/key-file.js";
import { keyFileMembers } from "../../../decoder/security/key-file-format.js";

const folder = join(import.meta.dirname, "../../../decoder/security");
const schema = JSON.parse(readFileSync(join(folder, "key-file.schema.json"), "utf8"));
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  schema,
);

function isTaken(file: unknown): boolean {
  try {
    parseKeyFile(JSON.stringify(file));
    return true;
  } catch (error) {
    if (error instanceof KeyFileError) return false;
    throw error;
  }
}

it("has the members of the table, in its words", () => {
  const members = Object.entries<{ title: string; description: string }>(
    schema.$defs.keySet.properties,
  );
  expect(members.map(([name, { title, description }]) => [name, title, description])).toEqual(
    keyFileMembers.map(({ name, title, meaning }) => [name, title, meaning]),
  );
});

it("takes what the reader takes, and refuses what it refuses", () => {
  const hexOf = (bytes: number) => fc.constant("0a".repeat(bytes));
  const hex = fc.oneof(...[0, 1, 7, 8, 15, 16, 32, 48, 64, 96].map(hexOf));
  const spaced = hex.map((text) => text.replace(/(..)/g, "$1: "));
  const strange = fc.constantFrom<unknown>("abc", "0g", " ", "", 0, 1, 2, 3, "1", null, true, []);
  const key = fc.oneof({ weight: 4, arbitrary: hex }, spaced, strange);
  const pair = fc.dictionary(fc.constantFrom("client", "server", "meter"), key, { maxKeys: 2 });
  const value = fc.oneof({ weight: 3, arbitrary: key }, pair);
  const name = fc.constantFrom(...keyFileMembers.map((member) => member.name), "guek");
  const set = fc
    .tuple(
      fc.dictionary(name, value, { maxKeys: 3 }),
      fc.constantFrom({}, {}, { securitySuite: 0 }, { securitySuite: 1 }, { securitySuite: 2 }),
    )
    .map(([members, suite]) => ({ ...members, ...suite }));
  const file = fc.oneof(
    { weight: 20, arbitrary: fc.array(set, { maxLength: 2 }).map((keySets) => ({ keySets })) },
    fc.constantFrom<unknown>({}, [], null, { keySets: {} }, { keySets: [], more: 1 }),
  );
  let taken = 0;
  fc.assert(
    fc.property(file, (one) => {
      const isGood = isTaken(one);
      if (isGood) taken += 1;
      expect(validate(one)).toBe(isGood);
    }),
    { numRuns: 3000 },
  );
  // Both sides are tried.
  expect(taken).toBeGreaterThan(200);
});
