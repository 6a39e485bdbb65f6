import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../../decoder/core/bytes.js";
import { type Datagram, IpFragments } from "../../../../decoder/link/packet/ip-fragments.js";
import { toBytes } from "../../dissect-bytes.js";

function fragment(key: string, offset: number, hex: string, more: boolean) {
  return { key, offset, more, bytes: toBytes(hex), tag: `${key}${offset}` };
}

function codes({ notices }: { notices: Datagram<string>["notices"] }): string[] {
  return notices.map(({ definition }) => definition.code);
}

const first = fragment("a", 0, "0001020304050607", true);
const middle = fragment("a", 8, "08090a0b0c0d0e0f", true);
const last = fragment("a", 16, "1011", false);
const whole = "000102030405060708090a0b0c0d0e0f1011";

describe("fragments of a datagram", () => {
  it.each([
    [[first, middle, last]],
    [[first, last, middle]],
    [[middle, first, last]],
    [[middle, last, first]],
    [[last, first, middle]],
    [[last, middle, first]],
  ])("are joined in any order", (order) => {
    const fragments = new IpFragments<string>();
    const results = order.map((one) => fragments.push(one));
    expect(results.map(({ datagrams }) => datagrams.length)).toEqual([0, 0, 1]);
    const datagram = results[2]?.datagrams[0];
    expect(toHex(datagram?.bytes ?? new Uint8Array(0))).toBe(whole);
    expect(datagram).toMatchObject({ complete: true, notices: [] });
    expect(datagram?.pieces).toEqual([
      { start: 0, end: 8, tag: "a0", offset: 0 },
      { start: 8, end: 16, tag: "a8", offset: 0 },
      { start: 16, end: 18, tag: "a16", offset: 0 },
    ]);
  });

  it("of two datagrams stay apart", () => {
    const fragments = new IpFragments<string>();
    fragments.push(first);
    fragments.push(fragment("b", 0, "ffffffffffffffff", true));
    const { datagrams } = fragments.push(fragment("a", 8, "08", false));
    expect(toHex(datagrams[0]?.bytes ?? new Uint8Array(0))).toBe("000102030405060708");
  });

  it("that repeat others are noted; of other bytes the first stay", () => {
    const fragments = new IpFragments<string>();
    fragments.push(first);
    expect(codes(fragments.push(first))).toEqual(["ip.fragment-repeated"]);
    const overlap = fragments.push(fragment("a", 0, "00010203040506ff08", false));
    expect(codes(overlap)).toEqual(["ip.fragment-overlap"]);
    expect(toHex(overlap.datagrams[0]?.bytes ?? new Uint8Array(0))).toBe("000102030405060708");
  });
});

describe("a datagram that stays incomplete", () => {
  it("comes out at the end, with what is missing", () => {
    const fragments = new IpFragments<string>();
    fragments.push(first);
    fragments.push(last);
    const [datagram] = fragments.finish();
    expect(datagram).toMatchObject({ complete: false, tags: ["a0", "a16"] });
    expect(toHex(datagram?.bytes ?? new Uint8Array(0))).toBe("0001020304050607");
    expect(datagram?.notices[0]).toMatchObject({ detail: "bytes 8 to 16" });
    expect(fragments.finish()).toEqual([]);
  });

  it("names an end that never came, and a beginning", () => {
    const fragments = new IpFragments<string>();
    fragments.push(middle);
    expect(fragments.finish()[0]?.notices[0]).toMatchObject({
      detail: "bytes 0 to 8, everything from byte 16 on",
    });
  });

  it("is given up for newer ones", () => {
    const fragments = new IpFragments<string>({ datagrams: 2 });
    fragments.push(first);
    fragments.push(fragment("b", 0, "ff", true));
    const { datagrams } = fragments.push(fragment("c", 0, "ff", true));
    expect(datagrams.map((datagram) => [datagram.tags, codes(datagram)])).toEqual([
      [["a0"], ["ip.fragments-missing", "ip.fragments-abandoned"]],
    ]);
  });

  it("is given up when it is old, too large, or of too many parts", () => {
    const old = new IpFragments<string>({ age: 1 });
    old.push(first);
    old.push(fragment("b", 0, "ff", true));
    expect(old.push(fragment("b", 8, "ff", true)).datagrams).toHaveLength(1);
    const large = new IpFragments<string>({ bytes: 15 });
    large.push(first);
    expect(large.push(middle).datagrams).toHaveLength(1);
    const many = new IpFragments<string>({ fragmentsOfDatagram: 3 });
    for (let i = 0; i < 2; i++) expect(many.push(first).datagrams).toEqual([]);
    expect(many.push(first).datagrams).toHaveLength(1);
  });
});

describe("any fragments that cover a datagram", () => {
  it("give the datagram", () => {
    const extra = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 4 })), { maxLength: 12 });
    fc.assert(
      fc.property(extra, fc.infiniteStream(fc.nat()), (repeats, order) => {
        const data = Uint8Array.from({ length: 80 }, (_, i) => i);
        const cover = Array.from({ length: 10 }, (_, i): [number, number] => [i, 1]);
        const shuffled = [...cover, ...repeats]
          .map((range) => ({ range, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key);
        const fragments = new IpFragments<string>();
        const datagrams: Datagram<string>[] = [];
        for (const { range } of shuffled) {
          const [at, length] = [8 * range[0], 8 * range[1]];
          const bytes = data.subarray(at, at + length);
          const more = at + length < 80;
          datagrams.push(
            ...fragments.push({ key: "", offset: at, more, bytes, tag: "" }).datagrams,
          );
        }
        expect(toHex(datagrams[0]?.bytes ?? new Uint8Array(0))).toBe(toHex(data));
      }),
    );
  });
});
