/** Live captures of the desktop: they outlive window and engine, and keep the computer awake. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { AnalyzerClient, CaptureRequest } from "../../analyzer/protocol/index.js";
import { Desktop, eventually } from "./desktop.js";

const desktops: Desktop[] = [];
afterEach(async () => {
  for (const desktop of desktops.splice(0)) {
    await desktop.quit();
    desktop.folder.remove();
  }
});

async function start(): Promise<Desktop> {
  const desktop = new Desktop();
  desktops.push(desktop);
  await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
  return desktop;
}

/** A request for datagrams, on a port that is free. */
async function datagrams(file: string | null = null): Promise<CaptureRequest> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return { tap: { kind: "udp", host: "127.0.0.1", port }, file, ring: null };
}

async function send({ tap }: CaptureRequest): Promise<void> {
  if (tap.kind !== "udp") return;
  const socket = createSocket("udp4");
  // An SNRM of HDLC.
  const snrm = Buffer.from("7ea00802232193bd647e", "hex");
  await new Promise((resolve) => socket.send(snrm, tap.port, tap.host, resolve));
  socket.close();
}

const startOn = (client: AnalyzerClient, request: CaptureRequest) =>
  client.request("capture-start", structuredClone(request));

/** Waits until the only document is so. */
async function untilDocument(client: AnalyzerClient, state: object): Promise<void> {
  await eventually(async () =>
    expect((await client.request("hello", {})).documents).toMatchObject([state]),
  );
}

it("goes on when the window is closed, and when the engine dies", async () => {
  const desktop = await start();
  const { electron } = desktop;
  const client = await desktop.preload().connect();
  const request = await datagrams();
  await startOn(client, request);
  expect(electron.blocks.size).toBe(1);
  await send(request);
  await untilDocument(client, { status: "live", frames: 1 });

  electron.engines[0]?.kill();
  await send(request);
  await eventually(() => expect(electron.engines).toHaveLength(2));
  const again = await desktop.preload().connect();
  await untilDocument(again, { status: "live", frames: 2 });
  expect(electron.captures).toHaveLength(1);
  expect((await again.request("hello", {})).capture).toMatchObject({ phase: "open", id: 1 });

  await again.request("capture-stop", {});
  await untilDocument(again, { status: "ready", frames: 2 });
  expect(electron.blocks.size).toBe(0);
  expect(readdirSync(join(desktop.folder.path, "user/documents/Obiscope"))).toHaveLength(1);
});

it("is recorded where the user has said, and nowhere else", async () => {
  const desktop = await start();
  const { shell } = desktop.preload();
  const client = await desktop.preload().connect();
  const elsewhere = join(desktop.folder.path, "elsewhere.pcapng");
  const refused = startOn(client, await datagrams(elsewhere));
  await expect(refused).rejects.toMatchObject({ code: "bad-recording" });
  expect(existsSync(elsewhere)).toBe(false);

  // The user thinks better of it.
  expect(await shell.chooseRecording?.()).toBeNull();
  desktop.electron.chosenPlace = elsewhere;
  expect(await shell.chooseRecording?.()).toBe(elsewhere);
  const request = await datagrams(elsewhere);
  await startOn(client, request);
  await send(request);
  await untilDocument(client, { name: "elsewhere.pcapng", frames: 1 });
});

it("is finished when the application is quit", async () => {
  const desktop = await start();
  const client = await desktop.preload().connect();
  const request = await datagrams();
  await startOn(client, request);
  await send(request);
  await untilDocument(client, { frames: 1 });
  const folder = join(desktop.folder.path, "user/documents/Obiscope");
  expect(readdirSync(folder)).toHaveLength(2);
  await desktop.quit();
  // The mark of a recording that goes on is gone.
  expect(readdirSync(folder).map((name) => name.endsWith(".pcapng"))).toEqual([true]);
});
