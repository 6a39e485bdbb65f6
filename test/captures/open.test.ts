import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CaptureItem } from "../../captures/capture.js";
import { CaptureOpenError, openCapture, readCapture } from "../../captures/open.js";
import {
  chunksOf,
  counting,
  faultsOf,
  interfaceDescription,
  option,
  pcapFile,
  problemsOf,
  section,
} from "./pcap-builder.js";

const records = [5, 60, 700].map((length, index) => ({
  seconds: 1_767_323_045 + index,
  fraction: 0,
  data: counting(length),
}));
const pcap = pcapFile(records);
const snrm = Uint8Array.of(0x7e, 0xa0, 0x07, 0x03, 0x21, 0x93, 0x0f, 0x01, 0x7e);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "captures-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function store(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function* stream(...pieces: readonly Uint8Array[]) {
  yield* pieces;
}

async function collect(batches: AsyncIterable<CaptureItem[]>): Promise<CaptureItem[]> {
  const items: CaptureItem[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
}

const lengthsOf = (items: readonly CaptureItem[]) =>
  chunksOf(items).map((chunk) => chunk.bytes.length);

async function refusal(opened: Promise<unknown>): Promise<CaptureOpenError> {
  const error = await opened.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof CaptureOpenError) return error;
  throw new Error("expected a CaptureOpenError", { cause: error });
}

describe("opening a capture", () => {
  it("reads a file whatever it is called", async () => {
    const path = await store("capture.txt", pcap);
    const capture = await openCapture(path);
    expect(capture).toMatchObject({ format: "pcap", compressed: false, size: pcap.length });
    expect(lengthsOf(await collect(capture.items()))).toEqual([5, 60, 700]);
    expect(capture.bytesRead).toBe(pcap.length);
  });

  it("looks into gzip", async () => {
    const zipped = gzipSync(pcap);
    const capture = await openCapture(await store("capture", zipped));
    expect(capture).toMatchObject({ format: "pcap", compressed: true, size: zipped.length });
    expect(lengthsOf(await collect(capture.items()))).toEqual([5, 60, 700]);
    const twice = await openCapture(stream(gzipSync(zipped)));
    expect(twice).toMatchObject({ format: "pcap", compressed: true, size: null });
    expect(lengthsOf(await collect(twice.items()))).toEqual([5, 60, 700]);
    const raw = await openCapture(stream(gzipSync(snrm)));
    expect(raw.format).toBe("raw");
    await raw.close();
  });

  it("reads a file of several pieces", async () => {
    const many = pcapFile(
      Array.from({ length: 20 }, () => ({
        seconds: 1_767_323_045,
        fraction: 0,
        data: new Uint8Array(60_000),
      })),
    );
    const path = await store("many", many);
    const batches: number[] = [];
    for await (const batch of readCapture(path)) batches.push(batch.length);
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.reduce((sum, count) => sum + count, 0)).toBe(20);
  });

  it("any chunking of a stream gives the same items, compressed or not", async () => {
    const expected = await collect(readCapture(stream(pcap)));
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(fc.nat(400)), async (zipped, cuts) => {
        const file = zipped ? gzipSync(pcap) : pcap;
        const edges = [0, ...cuts.filter((cut) => cut < file.length).sort((a, b) => a - b)];
        const pieces = edges.map((edge, index) =>
          file.slice(edge, edges[index + 1] ?? file.length),
        );
        expect(await collect(readCapture(stream(...pieces)))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("reads a text log and raw bytes", async () => {
    const log = new TextEncoder().encode("TX: 7E A0 07 03 21 93 0F 01 7E\n");
    const capture = await openCapture(stream(log));
    expect(capture.format).toBe("text");
    expect(chunksOf(await collect(capture.items())).map((chunk) => chunk.bytes)).toEqual([snrm]);
    expect(chunksOf(await collect(readCapture(stream(snrm))))).toMatchObject([{ bytes: snrm }]);
  });

  it("tells of the interfaces of pcapng", async () => {
    const file = [section(), interfaceDescription({ options: [option(2, "eth0")] })];
    const capture = await openCapture(stream(...file));
    await collect(capture.items());
    expect(capture.interfaces).toMatchObject([{ number: 0, name: "eth0", linkType: 1 }]);
  });

  it("does not wait for more of a live stream that pauses", async () => {
    vi.useFakeTimers();
    try {
      let send: (bytes: Uint8Array) => void = () => {};
      const later = new Promise<Uint8Array>((resolve) => {
        send = resolve;
      });
      const live = async function* () {
        yield snrm;
        yield await later;
      };
      const opening = openCapture(live());
      await vi.advanceTimersByTimeAsync(1000);
      const items = (await opening).items();
      expect(chunksOf((await items.next()).value ?? [])).toMatchObject([{ bytes: snrm }]);
      send(counting(4));
      expect(chunksOf((await items.next()).value ?? [])).toMatchObject([{ bytes: counting(4) }]);
      expect((await items.next()).done).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it("closes its source when it is left early", async () => {
    let closed = false;
    const source = async function* () {
      try {
        for (;;) yield pcap;
      } finally {
        closed = true;
      }
    };
    for await (const batch of readCapture(source())) {
      expect(batch).not.toHaveLength(0);
      break;
    }
    expect(closed).toBe(true);
  });
});

describe("captures that cannot be opened", () => {
  it("names the file and what was expected", async () => {
    const path = join(folder, "no such.pcap");
    const error = await refusal(openCapture(path));
    expect(error).toMatchObject({ reason: "missing", source: path });
    expect(error.message).toContain(path);
    expect(error.message).toContain("expected a capture: pcap, pcapng");
    expect(await refusal(openCapture(folder))).toMatchObject({ reason: "directory" });
  });

  it("names an empty file", async () => {
    const path = await store("empty.pcap", new Uint8Array(0));
    expect(await refusal(openCapture(path))).toMatchObject({ reason: "empty" });
    const nothing = await refusal(openCapture(stream()));
    expect(nothing).toMatchObject({ reason: "empty", source: "standard input" });
    expect(await refusal(openCapture(stream(gzipSync(""))))).toMatchObject({ reason: "empty" });
  });

  it("names files that are something else, also inside gzip", async () => {
    const zip = new TextEncoder().encode("PK\u0003\u0004 and so on");
    const error = await refusal(openCapture(stream(zip), { name: "a.zip" }));
    expect(error).toMatchObject({ reason: "not-a-capture", source: "a.zip" });
    expect(error.message).toContain("at offset 0 is a ZIP archive");
    expect(await refusal(openCapture(stream(gzipSync(zip))))).toMatchObject({
      reason: "not-a-capture",
    });
  });

  it("names gzip that is damaged from the start", async () => {
    const damaged = gzipSync(pcap).subarray(0, 10);
    expect(await refusal(openCapture(stream(damaged)))).toMatchObject({ reason: "damaged" });
  });

  it("names a source that fails at once", async () => {
    const failing = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("unplugged")) }),
    };
    const error = await refusal(openCapture(failing));
    expect(error).toMatchObject({ reason: "unreadable" });
    expect(error.message).toContain("unplugged");
  });
});

describe("captures that end badly", () => {
  it("delivers what came before a read that fails", async () => {
    const failing = async function* () {
      yield pcap.subarray(0, 24 + 21 + 16 + 30);
      throw new Error("unplugged");
    };
    const items = await collect(readCapture(failing()));
    expect(lengthsOf(items)).toEqual([5, 30]);
    expect(faultsOf(items)).toEqual(["error capture.read-failed @91", "error pcap.truncated @45"]);
    expect(problemsOf(items)[0]?.message).toContain("unplugged");
  });

  it("delivers what came before the end of a truncated gzip file", async () => {
    const stored = gzipSync(pcap, { level: 0 });
    const items = await collect(readCapture(stream(stored.subarray(0, 15 + 24 + 21 + 16 + 30))));
    expect(lengthsOf(items)).toEqual([5, 30]);
    expect(faultsOf(items)).toEqual(["error gzip.truncated @91", "error pcap.truncated @45"]);
  });

  it("says so where a text holds no hex", async () => {
    const prose = new TextEncoder().encode("Nothing was seen.\n");
    const items = await collect(readCapture(stream(prose)));
    expect(faultsOf(items)).toEqual(["error capture.no-bytes @0"]);
  });
});
