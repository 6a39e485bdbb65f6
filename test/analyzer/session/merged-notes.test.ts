/** Marks of captures that are read as one: in a file of their own, for the same captures again. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Engine } from "../../../analyzer/engine.js";
import type { DocumentState } from "../../../analyzer/protocol/index.js";
import { isQuiet, startOn, TestClient, TestHost } from "./engine-client.js";

const engines: Engine[] = [];
const hosts: TestHost[] = [];

async function start(host: TestHost): Promise<TestClient> {
  hosts.push(host);
  const engine = await startOn(host);
  engines.push(engine);
  return new TestClient(engine);
}

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const host of hosts.splice(0)) host.folder.remove();
});

/** SNRM and UA of a station, a second apart. */
const log = (minute: number, station: string) =>
  `2026-01-02 03:0${minute}:00.000 7EA008${station}2193BD647E\n`;

async function openMerged(client: TestClient, paths: readonly string[]): Promise<DocumentState> {
  const { documents } = await client.ask("open", {
    sources: paths.map((path) => ({ kind: "path", path })),
    merge: true,
    options: {},
  });
  return client.until(documents[0] ?? "", isQuiet);
}

it("keeps marks of a merge apart from its captures, and brings them back", async () => {
  const host = new TestHost();
  const first = host.folder.write("first.txt", log(4, "0223") + log(6, "0223"));
  const second = host.folder.write("second.txt", log(5, "0225"));
  const client = await start(host);
  const merged = await openMerged(client, [first, second]);
  expect(merged.frames).toBe(3);
  await client.ask("annotate", { document: merged.id, frames: [2], set: { isMarked: true } });
  await client.ask("annotate", { document: merged.id, frames: [2], set: { comment: "the other" } });
  await engines[0]?.stop();

  // Frame 2 is the one of the second file: neither file may say that it has a mark there.
  expect(existsSync(`${first}.obiscope.json`)).toBe(false);
  expect(existsSync(`${second}.obiscope.json`)).toBe(false);
  const [kept, ...others] = readdirSync(join(host.folder.path, "state/notes"));
  expect(others).toEqual([]);
  const text = readFileSync(join(host.folder.path, "state/notes", kept ?? ""), "utf8");
  expect(JSON.parse(text)).toMatchObject({
    frames: { "2": { isMarked: true, comment: "the other" } },
  });

  const next = await start(host);
  expect((await openMerged(next, [first, second])).marked).toBe(1);
  // Each by itself, and the two in another order, are other captures.
  expect((await next.open(second)).marked).toBe(0);
  expect((await openMerged(next, [second, first])).marked).toBe(0);
});

it("opens a merge of which a file is not there, and says so", async () => {
  const host = new TestHost();
  const there = host.folder.write("there.txt", log(4, "0223"));
  const client = await start(host);
  const state = await openMerged(client, [there, join(host.folder.path, "gone.txt")]);
  expect(state).toMatchObject({ status: "failed", notes: { file: null, fault: null } });
});
