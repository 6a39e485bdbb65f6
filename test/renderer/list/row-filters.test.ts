// @vitest-environment happy-dom
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { applyFilter } from "../../../renderer/filter/filter-actions.js";
import { suggestedFilters } from "../../../renderer/list/row-filters.js";
import { ask } from "../../../renderer/state/analyzer.js";
import { connectPage, corpus, document, openAlone, samples, until, untilQuiet } from "../page.js";
import { rowWith } from "./rows.js";

beforeAll(() => connectPage());

/** Applies each filter that rows of different kinds suggest; says which do not show their own row. */
async function filtersThatMiss(path: string): Promise<{ tried: number; missed: string[] }> {
  const { id, frames } = await openAlone(path);
  const { rows } = await ask("rows", {
    document: id,
    start: 0,
    count: Math.min(1000, frames),
    columns: [],
  });
  const numbers = new Map<string, number>();
  for (const row of rows) {
    for (const { text } of suggestedFilters(row))
      if (!numbers.has(text)) numbers.set(text, row.number);
  }
  const missed: string[] = [];
  for (const [text, number] of numbers) {
    const { error } = await applyFilter(id, text);
    if (error !== null) {
      missed.push(`${text}: ${error.message}`);
      continue;
    }
    await until(() => document().filter.shown === text);
    await untilQuiet();
    const place = await ask("locate", { document: id, number });
    if (place?.number !== number) missed.push(`${text} does not show frame ${number}`);
  }
  return { tried: numbers.size, missed };
}

describe("filters that a row suggests", () => {
  test("show the row itself: a session over HDLC", async () => {
    const { tried, missed } = await filtersThatMiss(join(samples, "hdlc-session.txt"));
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(8);
  });

  test("show the row itself: a ciphered push", async () => {
    const { tried, missed } = await filtersThatMiss(join(samples, "ciphered-push.txt"));
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(2);
  });

  test.runIf(existsSync(corpus)).each(["data3.pcapng", "DLMS_profile.pcap", "PRIME-1.4.pcap"])(
    "show the row itself: %s",
    async (name) => {
      const { tried, missed } = await filtersThatMiss(join(corpus, "pcap", name));
      expect(missed).toEqual([]);
      expect(tried).toBeGreaterThan(0);
    },
  );

  test("a row that knows nothing suggests nothing", () => {
    expect(suggestedFilters(rowWith(1))).toEqual([]);
  });

  test("both addresses of a server are asked for", () => {
    const texts = suggestedFilters(rowWith(1, { server: "1/17" })).map(({ text }) => text);
    expect(texts).toEqual(["server == 1 && server.lower == 17"]);
  });
});
