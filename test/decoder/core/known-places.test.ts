/** What is kept is found again, or nothing is: never what belongs to others. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { KnownPlaces } from "../../../decoder/core/known-places.js";

it("finds what was kept last, and nothing that was not", () => {
  const known = new KnownPlaces<string>(4);
  expect(known.find(0, 0)).toBeUndefined();
  expect(known.keep(2 ** 48 - 1, -1, "last")).toBe("last");
  expect(known.find(2 ** 48 - 1, -1)).toBe("last");
  expect(known.find(2 ** 48 - 1, 1)).toBeUndefined();
  expect(known.find(2 ** 48 - 2, -1)).toBeUndefined();
});

it("keeps apart whatever shares a place", () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer());
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 64 }), (pairs) => {
      const known = new KnownPlaces<string>(8);
      for (const [name, item] of pairs) {
        known.keep(name, item, `${name} ${item}`);
        expect(known.find(name, item)).toBe(`${name} ${item}`);
      }
      for (const [name, item] of pairs) {
        expect([undefined, `${name} ${item}`]).toContain(known.find(name, item));
      }
    }),
  );
});
