import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextBuffer, toAscii } from "../../../decoder/present/text-buffer.js";

/** What `write` puts into a buffer, read by the host's own UTF-8 decoder. */
function written(write: (out: TextBuffer) => void): string {
  const out = new TextBuffer();
  write(out);
  return Buffer.from(out.take()).toString("utf8");
}

describe("TextBuffer", () => {
  it("writes any text as UTF-8; a lone surrogate becomes U+FFFD", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(written((out) => out.text(text))).toBe(Buffer.from(text, "utf8").toString("utf8"));
      }),
    );
  });

  it("writes JSON strings that JSON.parse reads back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(JSON.parse(written((out) => out.jsonString(text)))).toBe(text);
      }),
    );
  });

  it("writes numbers as the host does", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double()), (value) => {
        expect(written((out) => out.number(value))).toBe(String(value));
      }),
    );
  });

  it("writes hex as the host does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(written((out) => out.hex(bytes))).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });

  it("stamps a number into prepared text", () => {
    expect(written((out) => out.stamped(toAscii("at 0000!"), 3, 0x1a2b))).toBe("at 1a2b!");
  });

  it("writes digits with zeros in front, at any fill of the buffer", () => {
    const digits = fc.integer({ min: 0, max: 999_999_999 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 65_520, max: 65_540 }), (value, before) => {
        const out = new TextBuffer();
        out.bytes(new Uint8Array(before).fill(0x78));
        out.digits(value, 9);
        expect(out.takeString().slice(before)).toBe(String(value).padStart(9, "0"));
      }),
    );
  });

  it("pads up to a width, and no further", () => {
    const padded = (text: string) =>
      written((out) => {
        out.text("before ");
        const start = out.length;
        out.text(text);
        out.pad(start, 4);
      });
    expect([padded("ab"), padded("abcd"), padded("abcde")]).toEqual([
      "before ab  ",
      "before abcd",
      "before abcde",
    ]);
  });

  it("replaces what was written from a place on", () => {
    const text = written((out) => {
      out.text("keep é ");
      const start = out.length;
      out.text("größe");
      out.replace(start, (word) => word.toUpperCase());
      out.text("!");
    });
    expect(text).toBe("keep é GRÖSSE!");
  });

  it("grows, and is empty once its text was taken", () => {
    const out = new TextBuffer();
    const line = "0123456789".repeat(1000);
    for (let i = 0; i < 50; i++) out.text(line);
    expect(out.length).toBe(500_000);
    expect(out.takeString()).toBe(line.repeat(50));
    expect(out.length).toBe(0);
  });
});
