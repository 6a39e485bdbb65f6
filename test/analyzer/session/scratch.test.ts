/** Scratch sheets behind the protocol: texts that are decoded while somebody writes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../analyzer/engine.js";
import { udpPacket } from "../../decoder/link/packet/packet-builder.js";
import { isQuiet, startOn, TestClient, TestHost } from "./engine-client.js";

const samples = join(import.meta.dirname, "../../../captures/samples");
const session = readFileSync(join(samples, "hdlc-session.txt"), "utf8");
const ciphered = readFileSync(join(samples, "ciphered-push.txt"), "utf8");
const keys = readFileSync(join(samples, "ciphered-push.keys.json"), "utf8");
// SNRM of a session with an Elster meter.
const SNRM = "7E A0 07 03 21 93 0F 01 7E";

const hosts: TestHost[] = [];
const engines: Engine[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const host of hosts.splice(0)) host.folder.remove();
});

async function start(host = new TestHost()) {
  if (!hosts.includes(host)) hosts.push(host);
  const engine = await startOn(host);
  engines.push(engine);
  return { host, engine, client: new TestClient(engine) };
}

async function openSheet(text = "") {
  const started = await start();
  const { documents } = await started.client.ask("open", {
    sources: [{ kind: "scratch", text, name: "Scratch sheet" }],
    merge: false,
    options: {},
  });
  const document = documents[0] ?? "";
  let version = 0;
  const write = (written: string, options = {}) => {
    version += 1;
    return started.client.ask("scratch", {
      document,
      version: `v${version}`,
      text: written,
      options,
    });
  };
  const rows = async () =>
    (await started.client.ask("rows", { document, start: 0, count: 100, columns: [] })).rows;
  return { ...started, document, write, rows };
}

describe("a scratch sheet", () => {
  it("is a document whose rows are those of the text that was written last", async () => {
    const { client, document, write, rows } = await openSheet();
    const empty = await client.until(document, isQuiet);
    expect(empty).toMatchObject({ kind: "scratch", status: "ready", frames: 0, textVersion: "" });
    const first = await write(`TX: ${SNRM}`);
    expect(first).toMatchObject({ rows: 1, refused: null });
    expect(await rows()).toMatchObject([{ number: 1, type: "SNRM" }]);
    const second = await write(session);
    expect(second.rows).toBe(14);
    expect(second.generation).toBeGreaterThan(first.generation);
    const state = await client.until(document, ({ textVersion }) => textVersion === "v2");
    expect(state).toMatchObject({ frames: 14, generation: second.generation });
    expect((await rows())[4]).toMatchObject({ type: "get-request-normal" });
    expect((await write("nothing to read here")).rows).toBe(0);
    expect(await rows()).toEqual([]);
  });

  it("gives its frames with their trees as any capture does", async () => {
    const { client, document } = await openSheet(session);
    const sheet = await client.ask("frame", { document, number: 7 });
    const file = await client.open(join(samples, "hdlc-session.txt"));
    const capture = await client.ask("frame", { document: file.id, number: 7 });
    expect(sheet.tree.length).toBeGreaterThan(0);
    expect({ ...sheet, generation: 0 }).toEqual({ ...capture, generation: 0 });
  });

  it("drops a text for which a newer one has come", async () => {
    const { client, document, write } = await openSheet();
    const old = write(session.repeat(100));
    const outcome = expect(old).rejects.toMatchObject({ code: "cancelled" });
    const newer = await write(SNRM);
    await outcome;
    expect(newer.rows).toBe(1);
    expect((await client.ask("scratch-text", { document })).text).toBe(SNRM);
  });

  it("answers others while it reads a long text", async () => {
    const { client, write } = await openSheet();
    const { id } = await client.open(join(samples, "hdlc-session.txt"));
    let isDone = false;
    const reading = write(session.repeat(100)).then(({ rows }) => {
      isDone = true;
      return rows;
    });
    const { total } = await client.ask("rows", { document: id, start: 0, count: 1, columns: [] });
    expect([isDone, total]).toEqual([false, 14]);
    expect(await reading).toBe(14 * 100);
  });

  it("says why it does not decode a text, and decodes the next one", async () => {
    const { client, document, write } = await openSheet(SNRM);
    const { refused, rows } = await write("A".repeat(4 * 1024 * 1024 + 1));
    expect([refused, rows]).toEqual([expect.stringMatching(/^The text has 4194305 char/), 0]);
    const state = await client.until(document, ({ status }) => status === "failed");
    expect(state.fault).toBe(refused);
    expect(await write(SNRM)).toMatchObject({ refused: null, rows: 1 });
    await client.until(document, ({ status, fault }) => status === "ready" && fault === null);
  });

  it("reads bytes as it is told to", async () => {
    const { document, client, write, rows } = await openSheet();
    // A get-request without any link: the APDU of frame 5 of the sample session.
    const apdu = "C0 01 C1 00 03 01 00 01 08 00 FF 02 00";
    await write(apdu, { framing: "apdu" });
    expect(await rows()).toMatchObject([{ type: "get-request-normal" }]);
    await write(apdu, { framing: "hdlc" });
    expect(await rows()).toMatchObject([{ layers: ["noise"] }]);
    await client.ask("reopen", { document, options: { framing: "apdu" } });
    expect(await rows()).toMatchObject([{ type: "get-request-normal" }]);
    await expect(write(apdu, { framing: "telepathy" })).rejects.toMatchObject({
      code: "bad-options",
    });
  });

  it("uses the keys of the ring, those too that come later", async () => {
    const { client, document, write } = await openSheet();
    await write(ciphered);
    const before = await client.ask("frame", { document, number: 1 });
    expect(before.verdict?.status).toBe("no-key");
    await client.ask("add-keys", { text: keys });
    const after = await client.ask("frame", { document, number: 1 });
    expect(after.verdict?.status).toBe("decrypted");
    await write(`${ciphered}\n`);
    const again = await client.ask("frame", { document, number: 1 });
    expect(again.verdict?.status).toBe("decrypted");
  });

  it("takes keys that come while it reads", async () => {
    const { client, document, write } = await openSheet();
    const reading = write(ciphered + "\n".repeat(400_000));
    await client.ask("add-keys", { text: keys });
    await reading;
    const { verdict } = await client.ask("frame", { document, number: 1 });
    expect(verdict?.status).toBe("decrypted");
  });

  it("keeps its filter and its marks", async () => {
    const { client, document, write, rows } = await openSheet(session);
    await client.ask("filter", { document, text: 'hdlc.control.type == "SNRM"' });
    await client.until(document, ({ shown }) => shown === 1);
    await client.ask("annotate", { document, frames: [1], set: { isMarked: true } });
    await write(`${session}\nTX: ${SNRM}`);
    await client.until(document, (state) => isQuiet(state) && state.shown === 2);
    expect(await rows()).toMatchObject([
      { number: 1, isMarked: true },
      { number: 15, isMarked: false },
    ]);
  });

  it("comes back with its text when the engine starts again", async () => {
    const { host, document, write } = await openSheet();
    await write(`TX: ${SNRM}`);
    const { client } = await start(host);
    const { documents } = await client.ask("hello", {});
    expect(documents).toMatchObject([{ id: document, kind: "scratch", frames: 1 }]);
    expect((await client.ask("scratch-text", { document })).text).toBe(`TX: ${SNRM}`);
    // What the state tells to every window has no text in it.
    expect(JSON.stringify(documents)).not.toContain("93 0F");
  });

  it("is no capture, nor is a capture one", async () => {
    const { client } = await openSheet();
    const { id } = await client.open(join(samples, "hdlc-session.txt"));
    const asked = client.ask("scratch-text", { document: id });
    await expect(asked).rejects.toMatchObject({ code: "no-such-document" });
    const merged = client.ask("open", {
      sources: [
        { kind: "scratch", text: SNRM, name: "a" },
        { kind: "text", text: SNRM, name: "b" },
      ],
      merge: true,
      options: {},
    });
    await expect(merged).rejects.toMatchObject({ code: "cannot-open" });
  });
});

describe("characters and bytes", () => {
  const text = `Hallo \u{1f600},\n\n> TX: ${SNRM}\n`;
  const start = text.indexOf("7E");

  it("are found both ways", async () => {
    const { client, document, write } = await openSheet();
    await write(text);
    const at = (offset: number, length = 1) =>
      client.ask("scratch-at", { document, start: offset, end: offset + length });
    expect(await at(start)).toEqual({ version: "v1", place: { number: 1, byte: 0 } });
    expect(await at(start + 4)).toEqual({ version: "v1", place: { number: 1, byte: 1 } });
    expect(await at(start + 2)).toEqual({ version: "v1", place: null });
    expect(await at(0, start)).toEqual({ version: "v1", place: null });
    expect(await at(0, text.length)).toEqual({ version: "v1", place: { number: 1, byte: 0 } });
    expect(await at(1_000_000, 1e9)).toEqual({ version: "v1", place: null });
    const places = await client.ask("scratch-places", { document, number: 1 });
    // Nine bytes of two digits, a blank between them.
    const spelled = Array.from({ length: 9 }, (_, byte) => start + 3 * byte);
    expect(places).toEqual({
      version: "v1",
      sources: [{ source: 0, places: spelled.flatMap((first) => [first, first + 2]) }],
    });
    await expect(client.ask("scratch-places", { document, number: 2 })).rejects.toMatchObject({
      code: "no-such-frame",
    });
  });

  it("are known of packets that carry frames", async () => {
    const { client, document, write } = await openSheet();
    // Ethernet (14 bytes), IPv4 (20) and UDP (8) around a get-request in a wrapper.
    const bytes = udpPacket(
      { sourcePort: 50_000, destinationPort: 4059 },
      "000100100001000dc001c100010000600100ff0200",
    );
    const { rows } = await write(
      Buffer.from(bytes)
        .toString("hex")
        .replaceAll(/..(?=.)/g, "$& "),
    );
    expect(rows).toBe(1);
    const { sources } = await client.ask("scratch-places", { document, number: 1 });
    expect(sources.map(({ source }) => source)).toEqual([0, 1]);
    // A pair and a blank for each byte: the frame begins behind the headers, the packet with the text.
    expect(sources[0]?.places.slice(0, 2)).toEqual([42 * 3, 42 * 3 + 2]);
    expect(sources[1]?.places.slice(0, 2)).toEqual([0, 2]);
  });
});

describe("problems", () => {
  it("are told with their characters and what to check", async () => {
    const { client, document, write } = await openSheet();
    await write(session);
    const { version, problems } = await client.ask("scratch-problems", { document, limit: 100 });
    expect(version).toBe("v1");
    // Frame 6 was damaged by the makers of the sample: its FCS is 8C DA.
    const fcs = problems.find(({ code }) => code === "hdlc.fcs-mismatch");
    expect(fcs).toMatchObject({ number: 6, severity: "error" });
    expect(fcs?.check).not.toBe("");
    expect(session.slice(fcs?.start, fcs?.end)).toBe("8C DA");
  });

  it("are told of characters that are no bytes, and no more than asked for", async () => {
    const { client, document, write } = await openSheet();
    const text = "7E A0 07 03 2G 93 0F 01 7E\n".repeat(5);
    await write(text);
    const { problems } = await client.ask("scratch-problems", { document, limit: 3 });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatchObject({ code: "scratch.misspelled-hex", start: 12 });
  });
});
