import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineMarks } from "../../../captures/live/line-marks.js";

type Heard = number | "break" | { readonly error: number };

/** What a terminal with PARMRK hands over (POSIX, General Terminal Interface, Input Modes). */
function marked(heard: readonly Heard[]): Uint8Array {
  return Uint8Array.from(
    heard.flatMap((one) => {
      if (one === "break") return [0xff, 0, 0];
      if (typeof one === "object") return [0xff, 0, one.error];
      return one === 0xff ? [0xff, 0xff] : [one];
    }),
  );
}

/** Takes the marks off `bytes`, which come in reads of so many bytes. */
function takeOff(bytes: Uint8Array, sizes: readonly number[]) {
  const marks = new LineMarks();
  const line: number[] = [];
  let [characters, breaks, at] = [0, 0, 0];
  for (const size of [...sizes, bytes.length]) {
    const read = bytes.slice(at, at + size);
    at += read.length;
    const { length, errors } = marks.takeOff(read);
    line.push(...read.subarray(0, length));
    characters += errors.characters;
    breaks += errors.breaks;
  }
  return { line, characters, breaks };
}

describe("marks of a terminal", () => {
  it("are taken off, and told", () => {
    const heard: Heard[] = [0x7e, 0xff, 0, { error: 0x41 }, "break", 0xff, 0xff, 0x7e];
    expect(takeOff(marked(heard), [])).toEqual({
      line: [0x7e, 0xff, 0, 0x41, 0xff, 0xff, 0x7e],
      characters: 1,
      breaks: 1,
    });
  });

  it("are none where nothing is marked", () => {
    const bytes = Uint8Array.of(1, 2, 0, 3);
    expect(new LineMarks().takeOff(bytes)).toEqual({
      length: 4,
      errors: { characters: 0, breaks: 0 },
    });
  });

  it("are the same however they are read", () => {
    const character = fc.oneof(
      fc.nat(255),
      fc.constantFrom<Heard>(0xff, 0, "break"),
      fc.integer({ min: 1, max: 255 }).map((error) => ({ error })),
    );
    const sizes = fc.array(fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(character), sizes, (heard, reads) => {
        const bytes = heard.flatMap((one) =>
          one === "break" ? [] : typeof one === "object" ? [one.error] : [one],
        );
        expect(takeOff(marked(heard), reads)).toEqual({
          line: bytes,
          characters: heard.filter((one) => typeof one === "object").length,
          breaks: heard.filter((one) => one === "break").length,
        });
      }),
    );
  });
});
