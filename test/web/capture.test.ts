/** Live captures outlive pages and engines; what ends them is told, and leaves a file that opens. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CaptureRequest, CaptureState, DocumentState } from "../../analyzer/protocol/index.js";
import { readCapture } from "../../captures/open.js";
import { isQuiet, type TestClient } from "../analyzer/session/engine-client.js";
import { freePort } from "../free-port.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { samples, TestServer } from "./test-server.js";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** The first request of the sample session: its SNRM. */
const snrm = Buffer.from("7ea00802232193bd647e", "hex");
/** Two pushes that are ciphered, as the sample has them, and their keys. */
const pushes = readFileSync(join(samples, "ciphered-push.txt"), "utf8")
  .split("\n")
  .map((line) => /7e[0-9a-f ]+7e/i.exec(line)?.[0] ?? "")
  .filter((line) => line !== "")
  .map((line) => Buffer.from(line.replaceAll(" ", ""), "hex"));
const pushKeys = readFileSync(join(samples, "ciphered-push.keys.json"), "utf8");

async function start(): Promise<TestServer> {
  const server = await TestServer.start();
  open.push({ close: () => server.stop() });
  return server;
}

async function layCable(): Promise<PtyPair> {
  const pair = await PtyPair.open();
  open.push(pair);
  return pair;
}

const onPort = (port: string, more: Partial<CaptureRequest> = {}): CaptureRequest => ({
  tap: { kind: "serial", port, preset: "hdlc" },
  file: null,
  ring: null,
  ...more,
});

async function startCapture(client: TestClient, request: CaptureRequest): Promise<string> {
  const { document } = await client.ask("capture-start", structuredClone(request));
  return document;
}

/** The state of the capture as it was told last. */
function captureOf({ events }: TestClient): CaptureState | undefined {
  const event = events.findLast((one) => one.event === "capture");
  return event?.event === "capture" ? event.capture : undefined;
}

const hasFrames = (count: number) => (state: DocumentState) => state.frames >= count;
const isLive = (state: DocumentState) => state.status === "live";

/** The types of all frames. */
async function typesOf(client: TestClient, document: string): Promise<readonly string[]> {
  const { rows } = await client.ask("rows", { document, start: 0, count: 1000, columns: [] });
  return rows.map(({ type }) => type);
}

describe.skipIf(!socatIsHere)("a capture of a serial line", () => {
  it("brings rows as they come, and ends as an ordinary document", async () => {
    const server = await start();
    const { client } = await server.page();
    const line = await layCable();
    const document = await startCapture(client, onPort(line.near));
    expect(await client.until(document, isLive)).toMatchObject({ frames: 0, progress: null });
    // One after the other: none of them waits for the next one, or for an answer.
    for (let frames = 1; frames <= 3; frames++) {
      await line.write(snrm);
      await client.until(document, hasFrames(frames));
    }
    await expect.poll(() => captureOf(client)?.total.bytes).toBe(3 * snrm.length);
    expect(captureOf(client)).toMatchObject({ phase: "open", severity: "information" });

    await client.ask("capture-stop", {});
    const ended = await client.until(document, ({ status }) => status === "ready");
    expect(ended).toMatchObject({ frames: 3, sources: [{ kind: "path" }] });
    expect(await typesOf(client, document)).toEqual(["SNRM", "SNRM", "SNRM"]);
    await expect.poll(() => captureOf(client)?.phase).toBe("ended");
    // The recording alone is left, without its marker; and opened it is the same.
    const folder = join(server.folder.path, "state", "recordings");
    expect(readdirSync(folder)).toEqual([ended.name]);
    const again = await client.open(join(folder, ended.name));
    expect(again).toMatchObject({ frames: 3, status: "ready" });
  });

  it("is filtered, deciphered, marked and saved while the line is silent", async () => {
    const server = await start();
    const { client } = await server.page();
    const line = await layCable();
    const document = await startCapture(client, onPort(line.near));
    expect(pushes.length).toBeGreaterThan(0);
    await line.write(snrm);
    for (const push of pushes) await line.write(push);
    const locked = await client.until(document, (state) => state.ciphered.noKey > 0);
    const { frames } = await client.until(document, hasFrames(1 + locked.ciphered.noKey));

    await client.ask("add-keys", { text: pushKeys });
    await client.until(document, ({ ciphered }) => ciphered.opened > 0 && ciphered.noKey === 0);
    await client.ask("filter", { document, text: 'hdlc.control.type == "SNRM"' });
    await client.until(document, ({ shown, filter }) => filter.shown !== "" && shown === 1);
    await client.ask("annotate", { document, frames: [1], set: { isMarked: true } });
    await line.write(snrm);
    expect(await client.until(document, ({ shown }) => shown === 2)).toMatchObject({
      frames: frames + 1,
      marked: 1,
      status: "live",
    });

    const { download } = await client.ask("save-capture", { document });
    const response = await fetch(`${server.origin}/download/${download}`);
    expect(response.status).toBe(200);
    const copy = server.folder.write(
      "state/recordings/copy.pcapng",
      new Uint8Array(await response.arrayBuffer()),
    );
    // Whole, and all of it.
    expect(Object.keys(await countItems(copy))).toEqual(["chunk"]);
    expect(await client.open(copy)).toMatchObject({ frames: frames + 1 });
  });

  it("goes on when the engine dies, and comes back with every frame", async () => {
    const server = await start();
    const { client } = await server.page();
    const line = await layCable();
    const document = await startCapture(client, onPort(line.near));
    await line.write(snrm);
    await client.until(document, hasFrames(1));
    server.server.killEngine();
    // Nobody reads it now.
    await line.write(snrm);
    await expect
      .poll(() => client.events.some(({ event }) => event === "restarted"), { timeout: 20_000 })
      .toBe(true);
    await line.write(snrm);
    expect(
      await client.until(document, (state) => isLive(state) && state.frames === 3),
    ).toBeTruthy();
    const { capture } = await client.ask("hello", {});
    expect(capture).toMatchObject({ id: 1, phase: "open" });
    await client.ask("capture-stop", {});
    await client.until(document, (state) => isQuiet(state) && state.status === "ready");
    expect(await typesOf(client, document)).toEqual(["SNRM", "SNRM", "SNRM"]);
  });

  it("is one for all pages, and stays when they go", async () => {
    const server = await start();
    const first = await server.page();
    const line = await layCable();
    const document = await startCapture(first.client, onPort(line.near));
    first.socket.terminate();
    await line.write(snrm);

    const { client } = await server.page();
    const { capture, documents } = await client.ask("hello", {});
    expect(capture).toMatchObject({ phase: "open", request: onPort(line.near) });
    expect(documents.map(({ id }) => id)).toEqual([document]);
    await line.write(snrm);
    await client.until(document, hasFrames(2));
    const refused = startCapture(client, onPort(line.far));
    await expect(refused).rejects.toMatchObject({ code: "capture-running" });
    const third = await server.page();
    await third.client.ask("capture-stop", {});
    await expect.poll(() => captureOf(client)?.phase).toBe("ended");
  });

  it("whose process is killed says so; its file opens, and is offered at the next start", async () => {
    const server = await start();
    const { client } = await server.page();
    const line = await layCable();
    const document = await startCapture(client, onPort(line.near));
    await line.write(snrm);
    await client.until(document, hasFrames(1));
    server.server.killCapture();
    await expect.poll(() => captureOf(client)?.phase).toBe("ended");
    expect(captureOf(client)).toMatchObject({
      severity: "error",
      message: expect.stringMatching(/process is gone/),
    });
    await client.until(document, ({ status }) => status === "ready");
    const { file } = captureOf(client) ?? { file: "" };
    const [offered, ...others] = await client.ask("unfinished-recordings", {});
    expect(others).toEqual([]);
    expect(offered).toMatchObject({ path: file, files: [file] });
    expect(await client.open(file)).toMatchObject({ frames: 1, status: "ready" });
    await client.ask("dismiss-recording", { path: file });
    expect(await client.ask("unfinished-recordings", {})).toEqual([]);
    expect(existsSync(file)).toBe(true);
    // And another one can be started.
    await startCapture(client, onPort(line.near));
    await client.ask("capture-stop", {});
  });

  it("starts anew in another file, and never writes over one", async () => {
    const server = await start();
    const { client } = await server.page();
    const line = await layCable();
    const first = await startCapture(client, onPort(line.near, { file: "morning" }));
    await line.write(snrm);
    await client.until(first, hasFrames(1));
    const { document } = await client.ask("capture-restart", {});
    expect(document).not.toBe(first);
    expect(await client.until(document, isLive)).toMatchObject({
      name: "morning-2.pcapng",
      frames: 0,
    });
    await expect.poll(() => client.events).toContainEqual({ event: "closed", document: first });
    await client.ask("capture-stop", {});
    expect(readdirSync(join(server.folder.path, "state", "recordings")).sort()).toEqual([
      "morning-2.pcapng",
      "morning.pcapng",
    ]);
    for (const file of ["../elsewhere", "/etc/elsewhere.pcapng", ".hidden"]) {
      const refused = startCapture(client, onPort(line.near, { file }));
      await expect(refused).rejects.toMatchObject({ code: "bad-recording" });
    }
  });

  it("to a ring is one document, also when it is read again", async () => {
    const server = await start();
    const { client } = await server.page();
    const line = await layCable();
    // Every packet is too much for a file that has one already.
    const ring = { files: 3, size: 1 };
    const document = await startCapture(client, onPort(line.near, { file: "ring", ring }));
    for (let frames = 1; frames <= 6; frames++) {
      await line.write(snrm);
      await client.until(document, hasFrames(frames));
    }
    await client.ask("capture-stop", {});
    expect(await client.until(document, ({ status }) => status === "ready")).toMatchObject({
      frames: 6,
    });
    const files = readdirSync(join(server.folder.path, "state", "recordings"));
    expect(files.length).toBe(3);
    // Of the files that are kept.
    await client.ask("reopen", { document, options: {} });
    await client.until(document, (state) => state.frames === 3 && isQuiet(state));
    expect(await typesOf(client, document)).toEqual(["SNRM", "SNRM", "SNRM"]);
  });
});

describe("a capture", () => {
  it("says why it cannot start, and leaves no file", async () => {
    const server = await start();
    const { client } = await server.page();
    const port = join(server.folder.path, "ttyUSB7");
    await expect(startCapture(client, onPort(port))).rejects.toMatchObject({
      code: "cannot-capture",
      message: expect.stringContaining(port),
    });
    const taken = createServer().listen(0, "127.0.0.1");
    open.push(taken);
    await new Promise((resolve) => taken.once("listening", resolve));
    const address = taken.address();
    const number = typeof address === "object" && address !== null ? address.port : 0;
    const tap = { kind: "listen", host: "127.0.0.1", port: number } as const;
    await expect(startCapture(client, { tap, file: null, ring: null })).rejects.toMatchObject({
      code: "cannot-capture",
      message: expect.stringContaining(String(number)),
    });
    expect(readdirSync(join(server.folder.path, "state", "recordings"))).toEqual([]);
    await expect(client.ask("capture-restart", {})).rejects.toMatchObject({ code: "no-capture" });
    // Where nothing runs there is nothing to be stopped.
    await client.ask("capture-stop", {});
  });

  it("of a socket shows what a peer sends", async () => {
    const server = await start();
    const { client } = await server.page();
    const tap = { kind: "listen", host: "127.0.0.1", port: await freePort() } as const;
    const document = await startCapture(client, { tap, file: null, ring: null });
    const peer = connect(tap.port, tap.host);
    open.push({ close: () => peer.destroy() });
    peer.write(snrm);
    await client.until(document, hasFrames(1));
    await expect.poll(() => typesOf(client, document)).toContain("SNRM");
    await client.ask("capture-stop", {});
    const { file } = captureOf(client) ?? { file: "" };
    expect(Object.keys(await countItems(file))).toEqual(["chunk"]);
  });

  it("lists ports, or says that there are none", async () => {
    const server = await start();
    const { client } = await server.page();
    const { ports, note, folder } = await client.ask("capture-ports", {});
    expect(folder).toBe(join(server.folder.path, "state", "recordings"));
    if (ports.length === 0) expect(note).toMatch(/serial port/i);
    else expect(note).toBeNull();
  });
});

/** What is in a capture, by its kind: a problem where it is not whole. */
async function countItems(path: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for await (const items of readCapture(path)) {
    for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
