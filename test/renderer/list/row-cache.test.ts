import { describe, expect, test } from "vitest";
import type { RowWindow } from "../../../analyzer/protocol/index.js";
import { RowCache, rowsOfWindow } from "../../../renderer/list/row-cache.js";
import { windowOf } from "./rows.js";

interface Asked {
  readonly start: number;
  readonly columns: readonly string[];
  readonly signal: AbortSignal;
  readonly answer: (window: RowWindow) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** A cache whose requests are answered by hand. */
function createCache() {
  const asked: Asked[] = [];
  const faults: unknown[] = [];
  let changes = 0;
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
  const cache = new RowCache(
    (start, _count, columns, signal) =>
      new Promise((resolve, reject) => {
        asked.push({
          start,
          columns,
          signal,
          answer: (window) => {
            resolve(window);
            return settled();
          },
          fail: (error) => {
            reject(error);
            return settled();
          },
        });
      }),
    () => {
      changes += 1;
    },
    (error) => faults.push(error),
  );
  return { cache, asked, faults, changes: () => changes };
}

const version = (generation: number, total = 1000, columns: readonly string[] = []) => ({
  generation,
  total,
  columns,
});

/** The request that was sent last for rows from `start` on. */
function lastFor(asked: readonly Asked[], start: number): Asked {
  const request = asked.findLast((one) => one.start === start);
  if (request === undefined) throw new Error(`rows from ${start} were not asked for`);
  return request;
}

describe("windows of rows", () => {
  test("what is seen is asked for first, then what is around it, two at a time", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1), 130, 150);
    // Rows 130 to 150 are in the window from 128 on; 192 and 64 are its neighbours.
    expect(asked.map(({ start }) => start)).toEqual([128, 192]);
    await lastFor(asked, 128).answer(windowOf(1, 128, rowsOfWindow, 1000));
    expect(asked.map(({ start }) => start)).toEqual([128, 192, 64]);
    expect(cache.row(130)?.number).toBe(131);
    expect(cache.row(127)).toBeUndefined();
  });

  test("a window that is not seen any more is not waited for", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1), 0, 20);
    const [first] = asked;
    cache.show(version(1), 640, 660);
    expect(first?.signal.aborted).toBe(true);
    await first?.answer(windowOf(1, 0, rowsOfWindow, 1000));
    expect(cache.row(0)).toBeUndefined();
    expect(asked.map(({ start }) => start).slice(2)).toEqual([640, 704]);
  });

  test("rows of before stay until those of now are there", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 50), 0, 20);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 50, { info: "before" }));
    cache.show(version(2, 50), 0, 20);
    expect(cache.row(3)?.info).toBe("before");
    await lastFor(asked, 0).answer(windowOf(2, 0, rowsOfWindow, 50, { info: "now" }));
    expect(cache.row(3)?.info).toBe("now");
    expect(asked).toHaveLength(2);
  });

  test("an answer to a request of before is dropped when it comes after the change", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 50), 0, 20);
    const [outdated] = asked;
    cache.show(version(2, 50), 0, 20);
    expect(outdated?.signal.aborted).toBe(true);
    await lastFor(asked, 0).answer(windowOf(2, 0, rowsOfWindow, 50, { info: "now" }));
    await outdated?.answer(windowOf(1, 0, rowsOfWindow, 50, { info: "before" }));
    expect(cache.row(0)?.info).toBe("now");
  });

  test("an answer that is ahead of what is known here is not asked for again", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 50), 0, 20);
    await lastFor(asked, 0).answer(windowOf(2, 0, rowsOfWindow, 50, { info: "ahead" }));
    cache.show(version(1, 50), 0, 20);
    cache.show(version(2, 50), 0, 20);
    expect(asked).toHaveLength(1);
    expect(cache.row(0)?.info).toBe("ahead");
  });

  test("an engine that has started again counts from the beginning", async () => {
    const { cache, asked } = createCache();
    cache.show(version(9, 50), 0, 20);
    await lastFor(asked, 0).answer(windowOf(9, 0, rowsOfWindow, 50));
    cache.show(version(1, 50), 0, 20);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 50, { info: "again" }));
    expect(cache.row(0)?.info).toBe("again");
  });

  test("the last window is asked for again as the list grows, but not while it does not", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 10), 0, 10);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 10));
    cache.show(version(1, 10), 0, 10);
    expect(asked).toHaveLength(1);
    cache.show(version(1, 30), 0, 20);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 30));
    expect(cache.row(29)?.number).toBe(30);
  });

  test("a list that is shorter than it is known to be here is not asked for for ever", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 60), 0, 20);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 3));
    cache.show(version(1, 60), 0, 20);
    expect(asked).toHaveLength(1);
    expect(cache.row(3)).toBeUndefined();
  });

  test("other columns are other rows", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 50), 0, 20);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 50));
    cache.show(version(1, 50, ["hdlc.fcs"]), 0, 20);
    expect(lastFor(asked, 0).columns).toEqual(["hdlc.fcs"]);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 50, { cells: ["0x1234"] }));
    expect(cache.row(0)?.cells).toEqual(["0x1234"]);
    expect(asked).toHaveLength(2);
  });

  test("a fault is told once, and the next look tries again", async () => {
    const { cache, asked, faults } = createCache();
    cache.show(version(1, 50), 0, 20);
    await lastFor(asked, 0).fail(new Error("The disk is full."));
    expect(faults).toHaveLength(1);
    expect(asked).toHaveLength(1);
    cache.show(version(1, 50), 0, 21);
    expect(asked).toHaveLength(2);
  });

  test("windows that were not seen for long are forgotten", async () => {
    const { cache, asked } = createCache();
    const total = 100 * rowsOfWindow;
    for (let start = 0; start < total; start += rowsOfWindow) {
      cache.show(version(1, total), start, start + 1);
      await lastFor(asked, start).answer(windowOf(1, start, rowsOfWindow, total));
    }
    expect(cache.row(0)).toBeUndefined();
    expect(cache.row(99 * rowsOfWindow)?.number).toBe(99 * rowsOfWindow + 1);
    expect(cache.find(99 * rowsOfWindow + 1)?.number).toBe(99 * rowsOfWindow + 1);
  });

  test("a row that reads otherwise since a key has come is known as such, once", async () => {
    const { cache, asked } = createCache();
    cache.show(version(1, 2), 0, 2);
    await lastFor(asked, 0).answer(windowOf(1, 0, rowsOfWindow, 2, { ciphering: "no-key" }));
    expect(cache.isDeciphered(0)).toBe(false);
    cache.show(version(2, 2), 0, 2);
    await lastFor(asked, 0).answer(windowOf(2, 0, rowsOfWindow, 2, { ciphering: "decrypted" }));
    expect(cache.isDeciphered(0)).toBe(true);
    cache.show(version(3, 2), 0, 2);
    await lastFor(asked, 0).answer(windowOf(3, 0, rowsOfWindow, 2, { ciphering: "decrypted" }));
    expect(cache.isDeciphered(0)).toBe(false);
  });

  test("a cache that is closed asks for nothing and keeps nothing that still comes", async () => {
    const { cache, asked, changes } = createCache();
    cache.show(version(1), 0, 20);
    cache.close();
    expect(asked[0]?.signal.aborted).toBe(true);
    await asked[0]?.answer(windowOf(1, 0, rowsOfWindow, 1000));
    expect(changes()).toBe(0);
    cache.show(version(2), 0, 20);
    expect(asked).toHaveLength(2);
  });
});
