import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readsAsApdu, standsInClear } from "../../../decoder/security/plausibility.js";
import { hex } from "./cipher-builder.js";

/** Plaintexts as published, with where they are from. */
const published: readonly (readonly [source: string, apdu: string])[] = [
  ["Green Book, get-request", "c0010000080000010000ff0200"],
  [
    "Green Book, initiate-request with a dedicated key",
    "01011000112233445566778899aabbccddeeff0000065f1f0400007e1f04b0",
  ],
  ["Green Book, initiate-response", "0800065f1f040000501f01f40007"],
  ["initiate-request of the old form", "01000000065f0400180220 0000"],
  ["gurux.fi/forum/18100", "0f800000040c07e001040117222300ffc4000223090c07e001040117222300ffc400"],
  ["Kaifa, date-time as octet-string", "0f002a3cb40c07e70419020a3b1e00ff8880021009060000010000ff"],
  ["confirmed-service-error", "0e010601"],
  ["exception-response", "d80101"],
  ["get-response with an error", "c401c10103"],
  ["set-response", "c501c100"],
  ["action-response", "c701c10000"],
  ["DSMR telegram", "2f4b464d3547345a"],
  ["Green Book, access-request", "d94000000000040100010000600100ff0201"],
  ["general-block-transfer", "e0c00001000003010203"],
  ["data-notification without a time", "0f000000010002020902010209020304"],
];

describe("readsAsApdu", () => {
  for (const [source, apdu] of published) {
    it(source, () => {
      expect(readsAsApdu(hex(apdu))).toBe(true);
    });
  }

  it("an APDU that is cut off anywhere still passes, where its length does not count", () => {
    for (const [, apdu] of published.filter(([, text]) => !/^(0e|e0|d8)/.test(text))) {
      const bytes = hex(apdu);
      for (let length = 1; length <= bytes.length; length++) {
        expect(readsAsApdu(bytes.subarray(0, length)), `${length} of ${apdu}`).toBe(true);
      }
    }
    expect(readsAsApdu(new Uint8Array(0))).toBe(false);
  });

  it("noise passes less than once in a thousand times, less where the service is known", () => {
    let passed = 0;
    let passedAsResponse = 0;
    const count = 20_000;
    for (let i = 0; i < count; i++) {
      const noise = createHash("sha256").update(`noise ${i}`).digest();
      if (readsAsApdu(noise)) passed += 1;
      if (readsAsApdu(noise, 0xc4)) passedAsResponse += 1;
    }
    expect(passed / count).toBeLessThan(1 / 1000);
    expect(passedAsResponse / count).toBeLessThan(1 / 5000);
  });

  it("the service decides which APDU is inside; errors take its place", () => {
    expect(readsAsApdu(hex("c0010000080000010000ff0200"), 0xc0)).toBe(true);
    expect(readsAsApdu(hex("c0010000080000010000ff0200"), 0xc4)).toBe(false);
    expect(readsAsApdu(hex("0e010601"), 0x08)).toBe(true);
    expect(readsAsApdu(hex("d80101"), 0xc4)).toBe(true);
  });
});

describe("standsInClear", () => {
  it("takes a data-notification with a clock in either form, and nothing else", () => {
    expect(standsInClear(hex("0f002a3cb40c07e70419020a3b1e00ff8880"))).toBe(true);
    expect(standsInClear(hex("0f002a3cb4090c07e70419020a3b1e00ff8880"))).toBe(true);
    expect(standsInClear(hex("0f002a3cb40002020902"))).toBe(false);
    expect(standsInClear(hex("0f002a3cb40cffff19020a3b1e00ffff8880"))).toBe(false);
    expect(standsInClear(hex("c0010000080000010000ff0200"))).toBe(false);
  });
});
