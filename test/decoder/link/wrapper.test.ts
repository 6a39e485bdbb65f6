import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { probeWrapper, readWrapper } from "../../../decoder/link/wrapper.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
  toBytes,
} from "../dissect-bytes.js";

// u9n-wrapper-0001
const getRequest = "000100100001000cc0014100010000600100ff02";

function read(input: Uint8Array | string) {
  const dissected = dissectBytes(input, readWrapper);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return { ...dissected, wrapper: dissected.dissection.link["wrapper"] };
}

describe("read", () => {
  test("a get-request of the public client", () => {
    const result = read(getRequest);
    expect(result.codes).toEqual([]);
    expect(result.wrapper).toEqual({
      version: 1,
      "source-wport": 16,
      "destination-wport": 1,
      length: 12,
    });
    expect(result.dissection.layers).toEqual(["test", "wrapper"]);
    expect(result.next?.kind).toBe("apdu");
    expect(result.next?.cursor.offset).toBe(8);
    expect(findNode(result.tree, "wrapper.source-wport")).toMatchObject({ start: 2, end: 4 });
    expect(findNode(result.tree, "wrapper.length")).toMatchObject({ start: 6, end: 8, value: 12 });
    expectPrefixes(getRequest, readWrapper);
  });

  test("another version", () => {
    const result = read("000200100001000cc0014100010000600100ff02");
    expect(result.codes).toEqual(["wrapper.version"]);
    expect(result.diagnostics[0]).toMatchObject({ start: 0, end: 2 });
    expect(result.next?.kind).toBe("apdu");
  });

  test("an APDU that is cut off is handed over as far as it goes", () => {
    const result = read(getRequest.slice(0, -8));
    expect(result.codes).toEqual(["wrapper.length"]);
    expect(result.diagnostics[0]?.message).toMatch(/12 said, 8 there$/);
    expect(result.next?.cursor.remaining).toBe(8);
  });

  test("bytes behind the APDU are left over", () => {
    const result = read(`${getRequest}0001`);
    expect(result.codes).toEqual(["wrapper.length", "core.trailing-bytes"]);
    expect(result.next?.cursor.remaining).toBe(12);
    expect(findNode(result.tree, "core.undecoded")).toMatchObject({ start: 20, end: 22 });
  });

  test("random bytes throw nothing", () => {
    const bytes = fc.uint8Array({ maxLength: 24 });
    const behindVersion = bytes.map((rest) => Uint8Array.of(0, 1, ...rest));
    fc.assert(
      fc.property(fc.oneof(bytes, behindVersion), (input) => {
        read(input);
      }),
    );
  });
});

describe("probe", () => {
  test("a whole PDU, also with others around it", () => {
    expect(probeWrapper(toBytes(getRequest), 0)).toBe(20);
    expect(probeWrapper(toBytes(`ff${getRequest}${getRequest}`), 1)).toBe(20);
    expect(probeWrapper(toBytes(`ff${getRequest}${getRequest}`), 21)).toBe(20);
  });

  test("every prefix waits for more", () => {
    const bytes = toBytes(getRequest);
    for (let length = 1; length < bytes.length; length++) {
      expect(probeWrapper(bytes.subarray(0, length), 0), `${length} bytes`).toBe(0);
    }
  });

  test.each([
    ["another version", "000200100001000cc0014100010000600100ff02"],
    ["no version", "7ea0"],
    ["no APDU", "00010010000100000001"],
  ])("%s", (_, hex) => {
    expect(probeWrapper(toBytes(hex), 0)).toBe(-1);
  });

  test("never beyond the bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(bytes, fc.nat(3), (rest, length) => {
        const input = Uint8Array.of(0, 1, 0, 16, 0, 1, 0, length * 10, ...rest);
        expect(probeWrapper(input, 0)).toBeLessThanOrEqual(input.length);
      }),
    );
  });
});
