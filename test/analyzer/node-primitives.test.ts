import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodePrimitives } from "../../analyzer/index.js";
import { noblePrimitives } from "../../decoder/security/noble-primitives.js";

const key = fc.oneof(
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
);
const vector = fc.uint8Array({ minLength: 12, maxLength: 12 });
const bytes = fc.uint8Array({ maxLength: 300 });

describe("the host's primitives", () => {
  it("encipher as the pure ones do", () => {
    fc.assert(
      fc.property(key, vector, bytes, (k, iv, text) => {
        expect(nodePrimitives.ctr(k, iv, text)).toEqual(noblePrimitives.ctr(k, iv, text));
      }),
    );
  });

  it("open what was sealed, and refuse what was changed, as the pure ones do", () => {
    fc.assert(
      fc.property(key, vector, bytes, bytes, fc.boolean(), (k, iv, more, text, damage) => {
        const name = k.length === 32 ? "aes-256-gcm" : "aes-128-gcm";
        const cipher = createCipheriv(name, k, iv, { authTagLength: 12 });
        cipher.setAAD(more);
        const sealed = new Uint8Array([...cipher.update(text), ...cipher.final()]);
        const tag = new Uint8Array(cipher.getAuthTag());
        if (damage) tag[0] = (tag[0] ?? 0) ^ 1;
        const expected = damage ? undefined : text;
        expect(nodePrimitives.open(k, iv, more, sealed, tag)).toEqual(expected);
        expect(noblePrimitives.open(k, iv, more, sealed, tag)).toEqual(expected);
      }),
    );
  });
});
