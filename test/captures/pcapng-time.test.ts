import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPcapngClock } from "../../captures/pcapng-time.js";

const read = (resolution: number, offset: bigint, units: bigint) =>
  createPcapngClock(resolution, offset)(Number(units >> 32n), Number(units & 0xffff_ffffn));

describe("pcapng timestamps", () => {
  it.each([
    // 2026-01-02T03:04:05.123456789Z
    {
      name: "microseconds",
      resolution: 6,
      units: 1_767_323_045_123_456n,
      nanoseconds: 123_456_000,
    },
    {
      name: "nanoseconds",
      resolution: 9,
      units: 1_767_323_045_123_456_789n,
      nanoseconds: 123_456_789,
    },
    { name: "seconds", resolution: 0, units: 1_767_323_045n, nanoseconds: 0 },
    { name: "milliseconds", resolution: 3, units: 1_767_323_045_123n, nanoseconds: 123_000_000 },
    // 2^-10 s: 512 of 1024 parts are half a second.
    {
      name: "1/1024 s",
      resolution: 0x8a,
      units: 1_767_323_045n * 1024n + 512n,
      nanoseconds: 500_000_000,
    },
    // 2^-32 s: one part is 0.2328 ns, 2^30 of them a quarter of a second.
    {
      name: "2^-32 s",
      resolution: 0xa0,
      units: (1_767_323_045n << 32n) + (1n << 30n) + 1n,
      nanoseconds: 250_000_000,
    },
  ])("reads $name", ({ resolution, units, nanoseconds }) => {
    expect(read(resolution, 0n, units)).toEqual({
      seconds: 1_767_323_045,
      nanoseconds,
      dated: true,
    });
  });

  it("cuts off what is finer than a nanosecond", () => {
    // 10^-12 s; 64 bits of it last for 213 days only.
    expect(read(12, 0n, 5_000_000_001_999n)).toEqual({ seconds: 5, nanoseconds: 1, dated: true });
  });

  it("adds the offset", () => {
    expect(read(6, 1_767_323_000n, 45_000_001n)).toEqual({
      seconds: 1_767_323_045,
      nanoseconds: 1000,
      dated: true,
    });
    expect(read(6, -10n, 1_500_000n)).toEqual({
      seconds: -9,
      nanoseconds: 500_000_000,
      dated: true,
    });
  });

  it("is null where no calendar goes", () => {
    expect(read(0, 0n, 0xffff_ffff_ffff_ffffn)).toBeNull();
    expect(read(6, 0x7fff_ffff_ffff_ffffn, 0n)).toBeNull();
    expect(read(6, -0x8000_0000_0000_0000n, 0n)).toBeNull();
    expect(read(0, 0n, 253_402_300_799n)).not.toBeNull();
    expect(read(0, 0n, 253_402_300_800n)).toBeNull();
  });

  it("agrees with integer arithmetic everywhere", () => {
    const resolution = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 255 }));
    const units = fc.oneof(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.bigInt(0n, 1n << 61n));
    const offset = fc.oneof(fc.constant(0n), fc.bigInt(-(1n << 40n), 1n << 40n));
    const check = (exponent: number, count: bigint, shift: bigint) => {
      const per = (exponent & 0x80 ? 2n : 10n) ** BigInt(exponent & 0x7f);
      const seconds = count / per + shift;
      const nanoseconds = ((count % per) * 1_000_000_000n) / per;
      const inCalendar = seconds >= -62_135_596_800n && seconds <= 253_402_300_799n;
      expect(read(exponent, shift, count)).toEqual(
        inCalendar
          ? { seconds: Number(seconds), nanoseconds: Number(nanoseconds), dated: true }
          : null,
      );
    };
    fc.assert(fc.property(resolution, units, offset, check), { numRuns: 2000 });
    // Next to whole seconds, where a quotient in floating point may be one too great.
    for (const exponent of [3, 6, 7, 8, 9]) {
      for (const second of [1n, 1_767_323_045n, 4_294_967_296n, 18_446_744_073n]) {
        const per = 10n ** BigInt(exponent);
        for (const beside of [-1n, 0n, 1n]) check(exponent, second * per + beside, 0n);
      }
    }
  });
});
