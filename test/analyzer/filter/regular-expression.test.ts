/** Regular expressions of a filter: they fit what those of JavaScript fit, in a time that the text sets. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileAutomaton } from "../../../analyzer/filter/expression-automaton.js";
import { compileFilter, FilterError } from "../../../analyzer/filter/index.js";
import { SeededRandom } from "../../bench/random.js";

/** Expressions of all the syntax there is, over few letters, so that texts often fit. */
const { expression } = fc.letrec<{ expression: string; repeated: string; part: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    tie("repeated"),
    fc.array(tie("repeated"), { maxLength: 4 }).map((parts) => parts.join("")),
    fc.array(tie("repeated"), { minLength: 2, maxLength: 3 }).map((parts) => parts.join("|")),
  ),
  repeated: fc
    .tuple(tie("part"), fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"))
    .map(([part, bounds]) => (/^(\^|\$|\\b|\\B)$/.test(part) ? part : part + bounds)),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom("a", "B", "1", "_", "-", "\\.", ".", "\\d", "\\w", "\\s", "\\D", "\\W"),
    fc.constantFrom("[ab]", "[^a]", "[a-b1]", "[^\\d-]", "[\\w.]", "\\x61", "\\u0042", "[]", "[^]"),
    fc.constantFrom("^", "$", "\\b", "\\B"),
    tie("expression").map((inner) => `(${inner})`),
    tie("expression").map((inner) => `(?:${inner})`),
  ),
}));
/** Short: JavaScript needs hours for some of these expressions on twelve characters. */
const text = fc.array(fc.constantFrom(..."aAbB1_-. \n"), { maxLength: 5 }).map((c) => c.join(""));

describe("a regular expression", () => {
  it("fits what it fits in JavaScript", () => {
    let fitting = 0;
    fc.assert(
      fc.property(expression, fc.array(text, { minLength: 1, maxLength: 8 }), (source, texts) => {
        const fits = compileAutomaton(source);
        const expected = new RegExp(source, "i");
        for (const one of texts) {
          if (expected.test(one)) fitting += 1;
          expect(fits(one), `/${source}/ in ${JSON.stringify(one)}`).toBe(expected.test(one));
        }
      }),
      { numRuns: 3000 },
    );
    expect(fitting).toBeGreaterThan(1000);
  });

  it.for([
    "(a+)+b",
    "(a|aa)+$",
    "(a|a)*b",
    "a*a*a*a*a*a*a*b",
    "(.*a){12}b",
    "(a?){200}a{200}b",
    "^(([a-z])+.)+[A-Z]b$",
  ])("comes to an end on any text: %s", (source) => {
    // Backtracking takes years for most of these.
    const fits = compileAutomaton(source);
    expect(fits(`${"a".repeat(20_000)}c`)).toBe(false);
  });

  it.for(["(((){1000}){1000}){1000}", "((a{100}){100}){100}", "a{1000}b{1000}"])(
    "is refused where it would be too long: %s",
    (source) => {
      expect(() => compileAutomaton(source)).toThrow(/too long/);
    },
  );

  it("reads a text once, though all of its states are new", () => {
    // Which of the last 400 letters were an a is 2 to the power of 400 states.
    const fits = compileAutomaton("[ab]*a[ab]{400}c");
    const random = new SeededRandom(1);
    const letters = Array.from({ length: 5000 }, () => "ab"[random.below(2)]).join("");
    expect(fits(`${letters}d`)).toBe(false);
    expect(fits(`a${letters.slice(0, 400)}c`)).toBe(true);
  });

  it("fits a text of any length, wherever it begins", () => {
    const fits = compileAutomaton("get.*register.*kwh$");
    const filler = "x y ".repeat(10_000);
    expect(fits(`${filler}GET${filler}Register${filler}kWh`)).toBe(true);
    expect(fits(`${filler}GET${filler}Register${filler}kWh.`)).toBe(false);
  });
});

/** The characters that a filter is refused for. */
function wrongPart(filter: string): string | undefined {
  try {
    compileFilter(filter);
    return undefined;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return filter.slice(error.start, error.end);
  }
}

describe("a regular expression in a filter", () => {
  it.for([
    ['info matches "GET (1"', "("],
    ['info matches "a)b"', ")"],
    ['info matches "[a"', "["],
    ['info matches "*a"', "*"],
    ['info matches "a**"', "*"],
    ['info matches "\\q"', "\\q"],
    ['info matches "(?=a)"', "(?="],
    ['info matches "(a)\\1"', "\\1"],
    ['info matches "a{3,2}"', "{"],
    ['info matches "[b-a]"', "b-a"],
    ['info matches "say \\"(\\""', "("],
    ['info matches "\\\\q"', "\\\\q"],
  ] as const)("%s is wrong at %s", ([filter, wrong]) => {
    expect(wrongPart(filter)).toBe(wrong);
  });

  it("keeps its backslashes, written once or twice", () => {
    const frame = { number: 12 } as Parameters<ReturnType<typeof compileFilter>["matchesFrame"]>[0];
    for (const written of ['"^\\d+$"', '"^\\\\d+$"']) {
      const filter = compileFilter(`frame.layer matches ${written}`);
      expect(filter.matchesFrame({ ...frame, layers: ["12"] })).toBe(true);
      expect(filter.matchesFrame({ ...frame, layers: ["dd"] })).toBe(false);
    }
  });
});
