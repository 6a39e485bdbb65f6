/** The engine behind its protocol, as a window uses it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../analyzer/engine.js";
import type { DetailNode } from "../../../analyzer/protocol/index.js";
import { isQuiet, startOn, TestClient, TestHost } from "./engine-client.js";

const samples = join(import.meta.dirname, "../../../captures/samples");
const session = join(samples, "hdlc-session.txt");

const hosts: TestHost[] = [];
const engines: Engine[] = [];

async function start(host = new TestHost()) {
  hosts.push(host);
  const engine = await startOn(host);
  engines.push(engine);
  return { host, engine, client: new TestClient(engine) };
}

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const host of hosts.splice(0)) host.folder.remove();
});

/** A copy whose folder may be written. */
function copyOf(host: TestHost, name: string): string {
  return host.folder.write(name, readFileSync(join(samples, name)));
}

function flatten(nodes: readonly DetailNode[]): DetailNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

describe("an open capture", () => {
  it("has its rows, with the numbers and lines that decoding gives", async () => {
    const { client } = await start();
    const { id, frames } = await client.open(session);
    // Fourteen messages are in the log: SNRM, UA, AARQ, AARE, five reads with answers, DISC, UA.
    expect(frames).toBe(14);
    const window = await client.ask("rows", {
      document: id,
      start: 0,
      count: 100,
      columns: ["hdlc.control.type"],
    });
    expect(window.total).toBe(14);
    expect(window.rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 14 }, (_, i) => i + 1),
    );
    expect(window.rows.map(({ cells }) => cells[0]).slice(0, 4)).toEqual(["SNRM", "UA", "I", "I"]);
    const [, , , , get, damaged] = window.rows;
    expect(get).toMatchObject({ type: "get-request-normal", direction: "client-to-server" });
    expect(get?.info).toContain("1-0:1.8.0*255");
    // The makers of the sample send a frame every 250 ms.
    expect(get?.delta).toBe(250e6);
    expect(get?.sinceReference).toBe(4 * 250e6);
    expect(damaged).toMatchObject({ severity: "error" });
  });

  it("gives a frame with its bytes, its tree and its problems", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    const detail = await client.ask("frame", { document: id, number: 6 });
    const [frame] = detail.sources;
    expect(frame?.kind).toBe("frame");
    expect(frame?.bytes.startsWith("7e")).toBe(true);
    expect(detail.problems.map(({ code }) => code)).toContain("hdlc.fcs-mismatch");
    const fcs = flatten(detail.tree).find(({ field }) => field === "hdlc.fcs");
    expect(fcs).toMatchObject({ severity: "error", source: 0 });
    // Two bytes before the closing flag.
    const length = (frame?.bytes.length ?? 0) / 2;
    expect([fcs?.start, fcs?.end]).toEqual([length - 3, length - 1]);
  });

  it("refuses what is not there, in words", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    await expect(client.ask("frame", { document: id, number: 15 })).rejects.toMatchObject({
      code: "no-such-frame",
    });
    await expect(client.ask("problems", { document: "d99" })).rejects.toMatchObject({
      code: "no-such-document",
    });
    const wrong = client.ask("rows", { document: id, start: -1, count: 1, columns: [] });
    await expect(wrong).rejects.toMatchObject({ code: "bad-request" });
  });

  it("says why a file could not be read", async () => {
    const { client } = await start();
    const { documents } = await client.ask("open", {
      sources: [{ kind: "path", path: "/nowhere/there.pcap" }],
      merge: false,
      options: {},
    });
    const state = await client.until(documents[0] ?? "", ({ status }) => status === "failed");
    expect(state.fault).toContain("there is no such file");
  });
});

describe("generations", () => {
  const rowsOf = (client: TestClient, document: string) =>
    client.ask("rows", { document, start: 0, count: 1, columns: [] });

  it("go on where a capture is read anew: no answer is taken for a later one", async () => {
    const { client, host } = await start();
    const path = copyOf(host, "hdlc-session.txt");
    const { id, generation } = await client.open(path);
    await client.ask("annotate", { document: id, frames: [1], set: { isMarked: true } });
    const noted = await rowsOf(client, id);
    expect(noted.generation).toBeGreaterThan(generation);
    await client.ask("reopen", { document: id, options: { framing: "wrapper" } });
    const again = await client.until(
      id,
      (state) => state.options.framing === "wrapper" && isQuiet(state),
    );
    expect(again.generation).toBeGreaterThan(noted.generation);
    // In the middle of it, too: every answer is of the old rows or of the new ones.
    const reopened = client.ask("reopen", { document: id, options: {} });
    const meanwhile = await rowsOf(client, id);
    await reopened;
    const later = await client.until(id, (state) => state.options.framing === undefined);
    expect(meanwhile.total === 0 || meanwhile.generation <= again.generation).toBe(true);
    expect(later.generation).toBeGreaterThan(again.generation);
  });

  it("go on where an engine takes the place of another", async () => {
    const first = await start();
    const { id } = await first.client.open(session);
    for (const isMarked of [true, false]) {
      await first.client.ask("annotate", { document: id, frames: [1], set: { isMarked } });
    }
    const { generation } = await rowsOf(first.client, id);
    const second = await start(first.host);
    const restored = await second.client.ask("hello", {});
    expect(restored.documents.map((document) => document.id)).toEqual([id]);
    expect(restored.documents[0]?.generation).toBeGreaterThan(generation);
  });

  it("stay, with their rows, where a capture cannot be read so", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    const before = await rowsOf(client, id);
    const options = { framing: "telepathy" };
    await expect(client.ask("reopen", { document: id, options })).rejects.toMatchObject({
      code: "bad-options",
    });
    expect(await rowsOf(client, id)).toEqual(before);
  });
});

describe("a filter", () => {
  it("shows the rows that fit, under their own numbers", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    const check = await client.ask("filter", {
      document: id,
      text: 'xdlms.service == "get-request"',
    });
    expect(check).toMatchObject({ error: null });
    const { shown, generation } = await client.until(
      id,
      (state) => state.filter.shown !== "" && isQuiet(state),
    );
    expect(shown).toBe(4);
    const window = await client.ask("rows", { document: id, start: 0, count: 10, columns: [] });
    expect(window.generation).toBe(generation);
    expect(window.rows.map(({ number }) => number)).toEqual([5, 7, 9, 11]);
    // The frame before it is not shown; the next one that is comes in its place.
    expect(await client.ask("locate", { document: id, number: 6 })).toEqual({
      number: 7,
      index: 1,
    });
  });

  it("that cannot be understood leaves the rows, and says where it is wrong", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    const { error } = await client.ask("filter", { document: id, text: "hdlc.fsc == 3" });
    expect(error).toMatchObject({ start: 0, end: 8 });
    expect(client.state(id)?.filter.shown ?? "").toBe("");
  });
});

describe("stepping and finding", () => {
  it("finds problems one after the other, and begins again", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    const groups = await client.ask("problems", { document: id });
    const severe = groups.filter(({ severity }) => severity === "error" || severity === "warning");
    const frames = [...new Set(severe.flatMap(({ first }) => first))].sort((a, b) => a - b);
    const found: number[] = [];
    let from = 0;
    for (const _ of frames) {
      const place = await client.ask("step", { document: id, from, to: "problem", direction: 1 });
      from = place?.number ?? 0;
      found.push(from);
    }
    expect(found).toEqual(frames);
    const again = await client.ask("step", { document: id, from, to: "problem", direction: 1 });
    expect(again?.number).toBe(frames[0]);
  });

  it("finds bytes with wildcards, words and expressions", async () => {
    const { client } = await start();
    const { id } = await client.open(session);
    const find = async (kind: "hex" | "text" | "regex", text: string, from = 0) =>
      (await client.ask("find", { document: id, query: { kind, text }, from, direction: 1 }))
        ?.number;
    // SNRM is control byte 93.
    expect(await find("hex", "7e a0 ?? ?? ?? ?? 93")).toBe(1);
    expect(await find("text", "1-0:99.99.0")).toBe(11);
    // The damaged answer is one all the same.
    expect(await find("regex", "^get-response", 1)).toBe(6);
    await expect(find("hex", "7e a")).rejects.toMatchObject({ code: "bad-search" });
    await expect(find("regex", "(")).rejects.toMatchObject({ code: "bad-search" });
    const ticks = await client.ask("find-ticks", {
      document: id,
      query: { kind: "text", text: "get-request" },
      pieces: 14,
    });
    expect(ticks).toEqual({ pieces: [4, 6, 8, 10], hits: 4 });
  });
});

describe("marks and comments", () => {
  it("are kept beside the capture, and come back with it", async () => {
    const host = new TestHost();
    const { client, engine } = await start(host);
    const path = copyOf(host, "hdlc-session.txt");
    const { id } = await client.open(path);
    await client.ask("annotate", { document: id, frames: [2, 3], set: { isMarked: true } });
    await client.ask("annotate", { document: id, frames: [3], set: { comment: "why twice?" } });
    await client.ask("undo", { document: id });
    await client.ask("redo", { document: id });
    await engine.stop();
    expect(JSON.parse(readFileSync(`${path}.obiscope.json`, "utf8"))).toEqual({
      obiscope: "notes",
      version: 1,
      frames: { "2": { isMarked: true }, "3": { isMarked: true, comment: "why twice?" } },
    });
    const second = await start(host);
    const again = await second.client.open(path);
    expect(again.marked).toBe(2);
    const { rows } = await second.client.ask("rows", {
      document: again.id,
      start: 1,
      count: 2,
      columns: [],
    });
    expect(rows.map(({ isMarked, comment }) => [isMarked, comment])).toEqual([
      [true, null],
      [true, "why twice?"],
    ]);
  });

  it("do not write over a file that is something else", async () => {
    const host = new TestHost();
    const { client } = await start(host);
    const path = copyOf(host, "hdlc-session.txt");
    host.folder.write("hdlc-session.txt.obiscope.json", "my own");
    const { id, notes } = await client.open(path);
    expect(notes.fault).toContain("no file of notes");
    await client.ask("annotate", { document: id, frames: [1], set: { isMarked: true } });
    await client.until(id, ({ marked }) => marked === 1);
    expect(readFileSync(`${path}.obiscope.json`, "utf8")).toBe("my own");
  });
});

describe("keys", () => {
  const keys = readFileSync(join(samples, "ciphered-push.keys.json"), "utf8");
  const secrets = [...keys.matchAll(/"([0-9a-fA-F]{32})"/g)].map(([, key]) => key ?? "");

  it("that are added open what is there; removed, it is closed again", async () => {
    const { client } = await start();
    const { id, ciphered } = await client.open(join(samples, "ciphered-push.txt"));
    expect(ciphered.opened).toBe(0);
    expect(ciphered.noKey).toBeGreaterThan(0);
    await client.ask("add-keys", { text: keys });
    const opened = await client.until(id, (state) => state.ciphered.opened > 0 && isQuiet(state));
    expect(opened.ciphered.noKey).toBe(0);
    const [set] = (await client.ask("keys", {})).sets;
    await client.ask("remove-keys", { id: set?.id ?? "" });
    const closed = await client.until(id, (state) => state.ciphered.opened === 0 && isQuiet(state));
    expect(closed.ciphered.noKey).toBe(ciphered.noKey);
  });

  it("never come back out of the engine but to its host", async () => {
    const { client, host } = await start();
    const { id } = await client.open(join(samples, "ciphered-push.txt"));
    await client.ask("add-keys", { text: keys });
    const answers = [
      await client.ask("hello", {}),
      await client.ask("keys", {}),
      await client.ask("key-template", {}),
      await client.ask("frame", { document: id, number: 1 }),
      await client.ask("conversations", { document: id }),
      await client.ask("learnt-keys", { document: id }),
      client.events,
    ];
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) {
      expect(JSON.stringify(answers).toLowerCase()).not.toContain(secret.toLowerCase());
      expect(host.keys?.toLowerCase()).toContain(secret.toLowerCase());
    }
  });

  it("can be edited as a file in which words stand for them", async () => {
    const { client, host } = await start();
    await client.ask("add-keys", { text: keys });
    const before = JSON.parse(host.keys ?? "") as { keySets: Record<string, unknown>[] };
    const { text } = await client.ask("key-template", {});
    const edited = JSON.parse(text) as { keySets: Record<string, unknown>[] };
    await client.ask("replace-keys", {
      text: JSON.stringify({ keySets: edited.keySets.map((set) => ({ ...set, name: "renamed" })) }),
    });
    const after = JSON.parse(host.keys ?? "") as { keySets: Record<string, unknown>[] };
    expect(after.keySets).toEqual(before.keySets.map((set) => ({ ...set, name: "renamed" })));
    const wrong = client.ask("replace-keys", {
      text: '{"keySets":[{"authenticationKey":"kept 99/authenticationKey"}]}',
    });
    await expect(wrong).rejects.toMatchObject({ code: "bad-keys" });
  });

  it("never become a name or a key of another kind, by the words that stand for them", async () => {
    const { client } = await start();
    await client.ask("add-keys", { text: keys });
    const { text } = await client.ask("key-template", {});
    const { keySets } = JSON.parse(text) as { keySets: Record<string, unknown>[] };
    const [set] = keySets;
    const word = set?.["authenticationKey"];
    expect(word).toMatch(/^kept /);
    // A name is no secret: it is taken as it is written.
    await client.ask("replace-keys", {
      text: JSON.stringify({ keySets: [{ ...set, name: word }] }),
    });
    expect((await client.ask("keys", {})).sets[0]?.name).toBe(word);
    const swapped = JSON.stringify({ keySets: [{ masterKey: word }] });
    await expect(client.ask("replace-keys", { text: swapped })).rejects.toMatchObject({
      code: "bad-keys",
    });
  });
});

describe("an engine that starts again", () => {
  it("brings documents, filter and keys back under their names", async () => {
    const host = new TestHost();
    const first = await start(host);
    const { id } = await first.client.open(session);
    await first.client.ask("filter", { document: id, text: "diag.severity >= error" });
    await first.client.until(id, (state) => state.filter.shown !== "");
    await first.client.ask("add-keys", {
      text: readFileSync(join(samples, "ciphered-push.keys.json"), "utf8"),
    });
    // The first engine is not stopped: it has crashed, as far as the second one knows.
    const second = await start(host);
    const hello = await second.client.ask("hello", {});
    expect(hello.documents.map((document) => document.id)).toEqual([id]);
    expect(hello.keys.sets).toHaveLength(1);
    const state = await second.client.until(id, (one) => one.filter.shown !== "" && isQuiet(one));
    expect(state.filter.shown).toBe("diag.severity >= error");
    expect(state.shown).toBeGreaterThan(0);
  });

  it("serves a client that comes after another has gone", async () => {
    const { engine, client } = await start();
    const { id } = await client.open(session);
    client.close();
    const next = new TestClient(engine);
    const { documents } = await next.ask("hello", {});
    expect(documents.map((document) => [document.id, document.frames])).toEqual([[id, 14]]);
  });
});
