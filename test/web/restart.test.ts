/** Engines die, pages go and come back: everything is there again. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { SourceReference } from "../../analyzer/protocol/index.js";
import { isQuiet } from "../analyzer/session/engine-client.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { type Page, samples, TestServer } from "./test-server.js";

const session = readFileSync(join(samples, "hdlc-session.txt"), "utf8");
const push = readFileSync(join(samples, "ciphered-push.txt"), "utf8");
const pushKeys = readFileSync(join(samples, "ciphered-push.keys.json"), "utf8");
const globalKey = "000102030405060708090a0b0c0d0e0f";

const servers: TestServer[] = [];

async function start(options: Parameters<typeof TestServer.start>[0] = {}): Promise<TestServer> {
  const server = await TestServer.start(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** Hands a capture over and opens it; returns its document. */
async function open(server: TestServer, { client }: Page, name: string, text: string) {
  const { body } = await server.upload(name, text);
  const sources = [JSON.parse(body) as SourceReference];
  const { documents } = await client.ask("open", { sources, merge: false, options: {} });
  return documents[0] ?? "";
}

/** Kills the engine, and waits until the page is told of another one. */
async function kill(server: TestServer, { client }: Page): Promise<void> {
  const restarts = () => client.events.filter(({ event }) => event === "restarted").length;
  const before = restarts();
  server.server.killEngine();
  await expect.poll(restarts, { timeout: 20_000 }).toBe(before + 1);
}

it("keeps marks, keys and filters over the death of an engine", async () => {
  const server = await start();
  const page = await server.page();
  const { client } = page;
  const plain = await open(server, page, "session.txt", session);
  const ciphered = await open(server, page, "push.txt", push);
  await client.until(plain, isQuiet);
  // Two pushes are in the log; without a key neither can be read.
  const locked = await client.until(ciphered, isQuiet);
  expect(locked.ciphered).toEqual({ opened: 0, noKey: 2, failed: 0 });

  await client.ask("add-keys", { text: pushKeys });
  await client.ask("filter", { document: plain, text: 'xdlms.service == "get-request"' });
  await client.until(plain, (state) => state.filter.shown !== "" && isQuiet(state));
  await client.ask("annotate", { document: plain, frames: [5, 9], set: { isMarked: true } });
  await client.ask("annotate", { document: ciphered, frames: [2], set: { comment: "mine" } });
  // At once: what was answered is kept.
  await kill(server, page);

  const { documents, keys } = await client.ask("hello", {});
  expect(documents.map(({ id, name }) => [id, name])).toEqual([
    [plain, "session.txt"],
    [ciphered, "push.txt"],
  ]);
  expect(keys.sets.map(({ name }) => name)).toEqual(["sample meter"]);
  expect(keys.isStored).toBe(false);
  expect(keys.storage).toContain("until the server stops");

  const session_ = await client.until(plain, (state) => state.marked === 2 && isQuiet(state));
  expect(session_).toMatchObject({ frames: 14, shown: 4, marked: 2 });
  expect(session_.filter.shown).toBe('xdlms.service == "get-request"');
  const { rows } = await client.ask("rows", { document: plain, start: 0, count: 9, columns: [] });
  expect(rows.filter(({ isMarked }) => isMarked).map(({ number }) => number)).toEqual([5, 9]);
  const read = await client.until(ciphered, (state) => state.ciphered.opened > 0 && isQuiet(state));
  expect(read.ciphered).toEqual({ opened: 2, noKey: 0, failed: 0 });
  const pushed = await client.ask("rows", { document: ciphered, start: 1, count: 1, columns: [] });
  expect(pushed.rows[0]?.comment).toBe("mine");
  // Keys are known to the engine and the server, and told to nobody.
  expect(JSON.stringify([client.events, documents, keys, pushed])).not.toContain(globalKey);

  // Numbers of documents go on where they were.
  const next = await open(server, page, "again.txt", session);
  expect([plain, ciphered]).not.toContain(next);
});

it("reads a capture again whose engine dies while it is read", async () => {
  const server = await start();
  const page = await server.page();
  const { client, socket } = page;
  const sessions = 4000;
  const document = await open(server, page, "long.txt", session.repeat(sessions));
  const loading = await client.until(document, ({ frames }) => frames > 0);
  expect(loading.status).toBe("loading");
  const seen = client.events.length;
  const search = client.ask("find", {
    document,
    query: { kind: "text", text: "there is no such text" },
    from: 0,
    direction: 1,
  });
  const refused = expect(search).rejects.toMatchObject({ code: "restarted" });
  await kill(server, page);
  await refused;
  await expect
    .poll(() => client.state(document)?.status, { timeout: 25_000, interval: 100 })
    .toBe("ready");
  expect(client.state(document)?.frames).toBe(14 * sessions);
  expect(client.events.length).toBeGreaterThan(seen);
  // The same line all the time.
  expect(socket.readyState).toBe(socket.OPEN);
  const { rows } = await client.ask("rows", {
    document,
    start: 14 * sessions - 14,
    count: 14,
    columns: [],
  });
  expect(rows.map(({ type }) => type).slice(0, 2)).toEqual(["SNRM", "UA"]);
}, 60_000);

it("shows a page that comes back everything, and tells pages of each other's changes", async () => {
  const server = await start({ keys: pushKeys });
  const first = await server.page();
  const document = await open(server, first, "push.txt", push);
  const { ciphered } = await first.client.until(document, isQuiet);
  expect(ciphered.opened).toBe(2);
  await first.client.ask("annotate", { document, frames: [1], set: { isMarked: true } });
  first.socket.terminate();

  const second = await server.page();
  const third = await server.page();
  const { documents, keys } = await second.client.ask("hello", {});
  expect(documents).toMatchObject([{ id: document, marked: 1, frames: 2 }]);
  expect(keys.sets).toHaveLength(1);

  await second.client.ask("annotate", { document, frames: [2], set: { isMarked: true } });
  expect(await third.client.until(document, ({ marked }) => marked === 2)).toBeDefined();
  await third.client.ask("remove-keys", { id: keys.sets[0]?.id ?? "" });
  await second.client.until(document, (state) => state.ciphered.noKey === 2);
  await second.client.ask("close", { document });
  await expect.poll(() => third.client.events.at(-1)).toEqual({ event: "closed", document });
  for (const { socket } of [second, third]) expect(socket.readyState).toBe(socket.OPEN);
});

it("writes keys nowhere", async () => {
  const server = await start({ keys: pushKeys });
  const page = await server.page();
  await page.client.ask("add-keys", {
    text: JSON.stringify({
      keySets: [{ name: "two", globalUnicastEncryptionKey: "0f".repeat(16) }],
    }),
  });
  await page.client.ask("settings", { change: { theme: "dark" } });
  await kill(server, page);
  expect((await page.client.ask("hello", {})).keys.sets).toHaveLength(2);
  const files = filesUnder(server.folder.path);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = readFileSync(file, "latin1");
    expect(text.toLowerCase()).not.toContain(globalKey);
    expect(text.toLowerCase()).not.toContain("0f".repeat(16));
  }
});

it("says so when the engine cannot be kept running", async () => {
  const dist = new TestFolder();
  dist.write("engine-worker.js", "process.exit(1);");
  const server = await start({ distFolder: dist.path });
  expect(await server.server.givenUp).toMatch(/^The analyzer .*stop/);
  dist.remove();
}, 60_000);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
