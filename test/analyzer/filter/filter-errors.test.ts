/** What is wrong with a filter is said of the word that is wrong. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter, completeFilter, FilterError } from "../../../analyzer/filter/index.js";

/** The text of the wrong word, and the message. */
function faultOf(text: string): readonly [string, string] | undefined {
  try {
    compileFilter(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return [text.slice(error.start, error.end), error.message];
  }
}

describe("a filter that cannot be understood", () => {
  it.for<[text: string, word: string, message: RegExp]>([
    ["hdlc.fsc == 3", "hdlc.fsc", /there is no field hdlc\.fsc/],
    ["hdlc.fcs == abc", "abc", /hdlc\.fcs is a number/],
    ["hdlc.fcs = 3", "=", /== does/],
    ["hdlc & tcp", "&", /&& does/],
    ["hdlc && ", "", /the filter ends where the name of a field is expected/],
    ["hdlc.fcs ==", "", /where a value is expected/],
    ["(hdlc", "", /missing at the end/],
    ["hdlc) || tcp", ")", /operator is expected/],
    ["hdlc tcp", "tcp", /operator is expected/],
    ['info contains "open', '"open', /does not end/],
    ["hdlc == 3", "3", /it can only be there or not/],
    ["latency > soon", "soon", /no duration/],
    ["diag.severity >= bad", "bad", /none of info, note, warning, error/],
    ['ciphering.status == "decripted"', '"decripted"', /is never/],
    ['info matches "("', "(", /no regular expression/],
    ["cosem.obis == 1.8.0", "1.8.0", /no OBIS code/],
    ["cosem.obis > 1-0:1.8.0*255", "1-0:1.8.0*255", /no order/],
    ["hdlc.fcs[0:2] == 12", "[0:2]", /no parts/],
    ["ciphering.system-title[x] == 4d", "[x]", /no range/],
    ["frame.time > yesterday", "yesterday", /no time/],
    ["hdlc.fcs contains 3", "3", /no text and no bytes/],
    ["frame.number in {}", "}", /where a value is expected/],
  ])("%s", ([text, word, message]) => {
    const fault = faultOf(text);
    expect(fault?.[0]).toBe(word);
    expect(fault?.[1]).toMatch(message);
  });

  it("throws nothing else, whatever is typed, and comes to an end", () => {
    const words = fc.constantFrom(
      "hdlc",
      "hdlc.fcs",
      "info",
      "cosem.obis",
      "==",
      "!=",
      "in",
      "{",
      "}",
      "(",
      ")",
      "[0:2]",
      "[",
      "]",
      "!",
      "not",
      "&&",
      "or",
      ",",
      '"text"',
      '"',
      "1",
      "0x1f",
      "7e:a0",
      "1-0:1.8.0*255",
      "matches",
      "1..5",
    );
    const text = fc.oneof(
      fc.array(words, { maxLength: 30 }).map((list) => list.join(" ")),
      fc.string(),
    );
    fc.assert(
      fc.property(text, fc.nat(40), (filter, caret) => {
        faultOf(filter);
        const { start, end, items } = completeFilter(filter, Math.min(caret, filter.length));
        expect(start).toBeLessThanOrEqual(end);
        expect(Array.isArray(items)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("is refused where it is nested without end", () => {
    expect(faultOf("!".repeat(100_000))?.[1]).toMatch(/nested too deep/);
    expect(faultOf("(".repeat(100_000))?.[1]).toMatch(/nested too deep/);
  });
});

describe("what can stand at the caret", () => {
  const texts = (text: string, caret = text.length) =>
    completeFilter(text, caret).items.map((item) => item.text);

  it("is a field at the beginning, and behind what joins", () => {
    expect(texts("hdlc.f")).toContain("hdlc.fcs");
    expect(texts("hdlc && ciph")).toContain("ciphering.status");
    expect(texts("!la")).toContain("latency");
  });

  it("is an operator that the type has", () => {
    expect(texts("latency ")).toEqual(expect.arrayContaining([">", "<", "&&"]));
    expect(texts("latency ")).not.toContain("contains");
    expect(texts("info ")).toContain("contains");
    expect(texts("hdlc ")).toEqual(["&&", "||"]);
  });

  it("is a value that the field can have", () => {
    expect(texts("diag.severity >= ")).toEqual(["info", "note", "warning", "error"]);
    expect(texts('ciphering.status == "no')).toContain('"no-key"');
    expect(texts("ciphering.status == no")).toContain('"no-key"');
    expect(texts("cosem.obis == 1-0:1.8")).toContain("1-0:1.8.0*255");
    expect(texts("association in {open, rel")).toContain('"released"');
  });

  it("takes the place of the word that the caret is in", () => {
    const { start, end } = completeFilter("hdlc.f == 3", 6);
    expect([start, end]).toEqual([0, 6]);
    expect(completeFilter("hdlc.fcs == 3", 6).end).toBe(8);
    expect(completeFilter('association == "op', 18).start).toBe(15);
  });
});
