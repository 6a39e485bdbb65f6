import { expect, test } from "vitest";
import type { KeyEffect } from "../../../analyzer/protocol/index.js";
import { noEffect } from "../../../analyzer/session/key-effect.js";
import { addedWords, replacedWords } from "../../../renderer/keys/key-effect-words.js";

test.each<[string, number, Partial<KeyEffect>, number]>([
  ["These keys are there already.", 0, {}, 1],
  ["Key sets added: 1. 3 APDUs were opened by them.", 1, { ciphered: 3, reread: 5, opened: 3 }, 1],
  [
    "Key sets added: 2. 1 APDU was opened by them. 1,200 stay closed.",
    2,
    { ciphered: 1201, reread: 1201, opened: 1, noKey: 200, failed: 1000 },
    1,
  ],
  [
    "Key sets added: 1. The tags of 2 APDUs could be verified.",
    1,
    { ciphered: 2, reread: 2, authenticated: 2 },
    1,
  ],
  ["Key sets added: 1. They are tried on what you open.", 1, {}, 0],
  ["Key sets added: 1. Nothing that is open is ciphered.", 1, {}, 2],
  ["Key sets added: 1. All that is ciphered was open already.", 1, { ciphered: 4, reread: 4 }, 1],
  [
    "Key sets added: 1. They open nothing: no ciphered APDU is of a meter with this system title.",
    1,
    { ciphered: 6, noKey: 6 },
    1,
  ],
  [
    "Key sets added: 1. They open nothing: the tags of 6 APDUs do not match them.",
    1,
    { ciphered: 6, reread: 12, refused: 6, failed: 6 },
    1,
  ],
  [
    "Key sets added: 1. They open nothing: the tag of 1 APDU does not match them.",
    1,
    { ciphered: 1, reread: 1, refused: 1, failed: 1 },
    1,
  ],
  [
    "Key sets added: 1. They open nothing: the 1 APDU that is closed is of another meter, or made with other keys.",
    1,
    { ciphered: 2, reread: 2, noKey: 1 },
    1,
  ],
])("%s", (words, added, effect, documents) => {
  expect(addedWords(added, { ...noEffect, ...effect }, documents)).toBe(words);
});

test("a key file in the place of all keys says what has changed", () => {
  expect(replacedWords(1, noEffect)).toBe("There is one key set now.");
  expect(replacedWords(0, { ...noEffect, ciphered: 2, closed: 2, noKey: 2 })).toBe(
    "There are 0 key sets now. 2 APDUs were closed again.",
  );
  expect(replacedWords(3, { ...noEffect, ciphered: 2, opened: 2 })).toBe(
    "There are 3 key sets now. 2 APDUs were opened by them.",
  );
});
