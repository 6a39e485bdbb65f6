import { constants, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaptureProblem } from "../../captures/capture.js";
import { gunzip } from "../../captures/gunzip.js";
import { concat, counting, fields } from "./pcap-builder.js";

async function* pieces(file: Uint8Array, cuts: readonly number[] = []) {
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    yield file.slice(at, cut);
    at = cut;
  }
  yield file.slice(at);
}

async function inflate(source: AsyncIterable<Uint8Array | CaptureProblem>) {
  const bytes: Uint8Array[] = [];
  const faults: string[] = [];
  for await (const output of gunzip(source)) {
    if (output instanceof Uint8Array) bytes.push(output);
    else faults.push(`${output.severity} ${output.code} @${output.offset}`);
  }
  return { bytes: concat(...bytes), faults };
}

/** Bytes that do not compress well, the same in every run. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

describe("gzip", () => {
  it("inflates several members", async () => {
    const file = concat(gzipSync(counting(1000)), gzipSync(""), gzipSync(noise(50_000)));
    expect(await inflate(pieces(file))).toEqual({
      bytes: concat(counting(1000), noise(50_000)),
      faults: [],
    });
  });

  it("inflates more than comes in", async () => {
    const { bytes, faults } = await inflate(pieces(gzipSync(new Uint8Array(5_000_000))));
    expect(bytes.length).toBe(5_000_000);
    expect(faults).toEqual([]);
  });

  it("passes over every field of a header", async () => {
    const plain = gzipSync(counting(9));
    // Header checksum, extra field, name and comment (RFC 1952, member header).
    const header = concat(
      Uint8Array.of(0x1f, 0x8b, 8, 0x02 | 0x04 | 0x08 | 0x10, 0, 0, 0, 0, 0, 3),
      fields(true, [2, 3]),
      counting(3),
      new TextEncoder().encode("trace.pcap\0on the bus\0"),
      Uint8Array.of(0xaa, 0xbb),
    );
    const file = concat(header, plain.subarray(10));
    for (let cut = 0; cut < header.length; cut += 1) {
      expect(await inflate(pieces(file, [cut]))).toEqual({ bytes: counting(9), faults: [] });
    }
  });

  it("any chunking gives the same bytes", async () => {
    const file = concat(gzipSync(noise(3000)), gzipSync(counting(300)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(file.length), { maxLength: 30 }), async (cuts) => {
        const { bytes, faults } = await inflate(pieces(file, cuts));
        expect(bytes).toEqual(concat(noise(3000), counting(300)));
        expect(faults).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("delivers everything before the end of a truncated file", async () => {
    // Stored blocks: each byte of the content is one byte of the file, behind 10 + 5 bytes.
    const content = noise(20_000);
    const file = gzipSync(content, { level: constants.Z_NO_COMPRESSION });
    for (const cut of [15, 16, 1000, 4096, 4097, 16_000]) {
      expect(await inflate(pieces(file.subarray(0, cut)))).toEqual({
        bytes: content.subarray(0, cut - 15),
        faults: [`error gzip.truncated @${cut - 15}`],
      });
    }
  });

  it("delivers the content where the trailer is cut or wrong", async () => {
    const file = gzipSync(counting(500));
    for (let missing = 1; missing <= 8; missing += 1) {
      const cut = file.subarray(0, file.length - missing);
      expect(await inflate(pieces(cut))).toEqual({
        bytes: counting(500),
        faults: ["error gzip.truncated @500"],
      });
    }
    const wrong = Uint8Array.from(file);
    wrong[file.length - 8] = (wrong[file.length - 8] ?? 0) ^ 1;
    expect(await inflate(pieces(concat(wrong, gzipSync(counting(4)))))).toEqual({
      bytes: concat(counting(500), counting(4)),
      faults: ["warning gzip.checksum-mismatch @500"],
    });
  });

  it("ignores padding and names other bytes at the end", async () => {
    const file = gzipSync(counting(500));
    expect((await inflate(pieces(concat(file, new Uint8Array(700))))).faults).toEqual([]);
    for (const trailing of [counting(1), counting(100), concat(new Uint8Array(30), counting(1))]) {
      expect(await inflate(pieces(concat(file, trailing)))).toEqual({
        bytes: counting(500),
        faults: ["warning gzip.trailing-bytes @500"],
      });
    }
  });

  it("names damaged data and headers", async () => {
    const data = concat(gzipSync("").subarray(0, 10), Uint8Array.of(0xff, 0xff, 0xff, 0xff));
    expect((await inflate(pieces(data))).faults).toEqual(["error gzip.damaged @0"]);
    expect((await inflate(pieces(counting(30)))).faults).toEqual(["error gzip.damaged @0"]);
    expect((await inflate(pieces(new Uint8Array(0)))).faults).toEqual(["error gzip.truncated @0"]);
  });

  it("delivers all but the last sixteenth before damaged data", async () => {
    const content = noise(100_000);
    const whole = deflateRawSync(content, { level: 0 });
    // 11 is a type of block that does not exist (RFC 1951).
    const damaged = concat(whole.subarray(0, 65_535 + 5), Uint8Array.of(0x07), counting(50));
    const { bytes, faults } = await inflate(pieces(concat(gzipSync("").subarray(0, 10), damaged)));
    expect(bytes).toEqual(content.subarray(0, bytes.length));
    expect(bytes.length).toBeGreaterThan(65_535 - 4200);
    expect(faults).toEqual([`error gzip.damaged @${bytes.length}`]);
  });

  it("passes problems of the source on", async () => {
    const failed = {
      kind: "problem",
      severity: "error",
      code: "x",
      offset: 7,
      message: "",
    } as const;
    const source = async function* () {
      yield gzipSync(counting(500)).subarray(0, 40);
      yield failed;
    };
    expect((await inflate(source())).faults).toEqual(
      expect.arrayContaining(["error x @7", expect.stringMatching(/^error gzip.truncated/)]),
    );
  });

  it("no damage makes it throw or hang", async () => {
    const file = concat(gzipSync(counting(600)), gzipSync(noise(300)));
    const edit = fc.record({ at: fc.nat(file.length - 1), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const bytes = Uint8Array.from(file);
        for (const { at, value } of edits) bytes[at] = value;
        await inflate(pieces(bytes));
      }),
      { numRuns: 150 },
    );
  });
});
