import { expect, test } from "vitest";
import { KnownAttributes } from "../../../../decoder/conversation/service/known-attributes.js";

/** Class 3, attribute 2 of 1-0:`c`.`d`.0*255, as a view into a longer piece of a capture. */
function describe(c: number, d: number) {
  const piece = Uint8Array.from([0xc0, 1, 0, c, d, 0, 255, 0]);
  return { "class-id": 3, "instance-id": piece.subarray(1, 7), "attribute-id": 2 };
}

test("gives the same copy for the same attribute, and no view into the capture", () => {
  const known = new KnownAttributes();
  const first = known.of(describe(1, 8));
  expect(known.of(describe(1, 8))).toBe(first);
  expect(first.descriptor).toEqual(describe(1, 8));
  expect(first.descriptor["instance-id"].buffer.byteLength).toBe(6);
  expect(first.objects).toEqual([
    {
      classId: 3,
      logicalName: Uint8Array.from([1, 0, 1, 8, 0, 255]),
      kind: "attribute",
      id: 2,
      shortName: undefined,
    },
  ]);
});

test("keeps attributes apart, however many take each other's place", () => {
  const known = new KnownAttributes();
  // 65,536 logical names are more than there are places.
  for (let c = 0; c < 256; c++) {
    for (let d = 0; d < 256; d++) {
      const { "instance-id": name } = known.of(describe(c, d)).descriptor;
      if (name[2] !== c || name[3] !== d) throw new Error(`${c}.${d} was taken for another`);
    }
  }
  const { descriptor } = known.of({ ...describe(1, 8), "attribute-id": 3 });
  expect(descriptor["attribute-id"]).toBe(3);
});
