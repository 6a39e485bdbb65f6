import { expect } from "vitest";
import type { Cursor } from "../../../decoder/core/cursor.js";
import {
  type DissectedBytes,
  decodeBytes,
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  toBytes,
} from "../dissect-bytes.js";

/** What an APDU has to give. */
export interface ExpectedApdu {
  readonly value: object;
  /** Codes of the diagnostics, in order; none where it is left out. */
  readonly codes?: readonly string[];
  /** The name of its layer; that of the value where it is left out. */
  readonly layer?: string;
  /** Bytes of the APDU before those that it hands over; all of them where it is left out. */
  readonly own?: number;
}

/**
 * The APDU gives that value, those diagnostics and a tree that tiles its bytes; the same value
 * without a tree; and every prefix of it is explained.
 */
export function expectApdu<Value extends { readonly name: string }>(
  hex: string,
  decode: (c: Cursor) => Value,
  { value, codes = [], layer, own }: ExpectedApdu,
): DissectedBytes<Value> {
  const dissected = dissectBytes(hex, decode);
  expect(dissected.value).toEqual(value);
  expect(dissected.codes).toEqual(codes);
  expectTiled(dissected.tree, hex);
  expectInBounds(dissected);
  expect(decodeBytes(hex, decode)).toEqual(value);
  expectPrefixes(toBytes(hex).slice(0, own), decode);
  if (layer !== undefined) expect(dissected.dissection.layers).toEqual([layer]);
  return dissected;
}

/** The APDU cannot be read to its end, for the reason of that code; its tree tiles it all the same. */
export function expectFailure(hex: string, decode: (c: Cursor) => unknown, code: string): void {
  const dissected = dissectBytes(hex, decode);
  expect(dissected.value).toBeUndefined();
  expect(dissected.failure?.definition.code).toBe(code);
  expectTiled(dissected.tree, hex);
  expectInBounds(dissected);
}
