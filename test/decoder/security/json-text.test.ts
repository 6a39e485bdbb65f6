import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  JsonMembers,
  JsonTextError,
  type JsonValue,
  parseJsonText,
} from "../../../decoder/security/json-text.js";

/** The value as JSON.parse would give it. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonMembers) {
    const object: Record<string, unknown> = Object.create(null);
    for (const [name, member] of value) object[name] = plain(member);
    return object;
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

function errorOf(text: string): JsonTextError {
  try {
    parseJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError) return error;
    throw error;
  }
  throw new Error("no error");
}

describe("parseJsonText", () => {
  it("reads what JSON.stringify writes, in any layout", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, "\t"), (value, layout) => {
        const text = JSON.stringify(value, null, layout);
        expect(JSON.stringify(plain(parseJsonText(text)))).toBe(
          JSON.stringify(plainOrder(JSON.parse(text))),
        );
      }),
    );
  });

  it("refuses what JSON.parse refuses", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 2 }),
        fc.nat(),
        fc.constantFrom("", ",", '"', "}", "x"),
        (text, at, piece) => {
          const index = at % (text.length + 1);
          const damaged = text.slice(0, index) + piece + text.slice(index + 1);
          let valid = true;
          try {
            JSON.parse(damaged);
          } catch {
            valid = false;
          }
          if (!valid) expect(() => parseJsonText(damaged)).toThrow(JsonTextError);
        },
      ),
    );
  });

  it("tells line and column", () => {
    expect(errorOf('{\n "a": 1,\n "b" 2\n}')).toMatchObject({ line: 3, column: 6, offset: 16 });
    expect(errorOf("")).toMatchObject({ line: 1, column: 1 });
    expect(errorOf("[1] 2")).toMatchObject({ line: 1, column: 5 });
  });

  it("refuses a member that is there twice, and endless nesting", () => {
    expect(errorOf('{"a":1,"a":2}').message).toContain("twice");
    expect(errorOf("[".repeat(100_000)).message).toContain("too deep");
  });

  it("skips a byte order mark", () => {
    expect(parseJsonText("\ufeff[1]")).toEqual([1]);
  });
});

/** The same with members in an object without prototype, so that `__proto__` is a name. */
function plainOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOrder);
  if (typeof value !== "object" || value === null) return value;
  const object: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) object[name] = plainOrder(member);
  return object;
}
