/** A capture whose disk is full: it goes on being shown, and can be saved elsewhere. */
import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CaptureRequest, CaptureState, DocumentState } from "../../analyzer/protocol/index.js";
import { readCapture } from "../../captures/open.js";
import type { TestClient } from "../analyzer/session/engine-client.js";
import { freePort } from "../free-port.js";
import { SmallDisk } from "../small-disk.js";
import { TestServer } from "./test-server.js";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** The first request of the sample session: its SNRM. */
const snrm = Buffer.from("7ea00802232193bd647e", "hex");

/** A server that records to a small disk, a page of it, and a peer of its capture. */
async function capture(ring: CaptureRequest["ring"]) {
  const disk = SmallDisk.mount();
  if (disk === null) throw new Error("no disk can be mounted");
  open.push({ close: () => disk.unmount() });
  // Recordings, frames aside and copies, all on the disk that becomes full.
  const server = await TestServer.start({ engine: TestServer.engineIn(disk.path) });
  open.push({ close: () => server.stop() });
  const { client } = await server.page();
  const tap = { kind: "listen", host: "127.0.0.1", port: await freePort() } as const;
  const { document } = await client.ask("capture-start", { tap, file: "trace", ring });
  const peer = connect(tap.port, tap.host);
  open.push({ close: () => peer.destroy() });
  return { server, disk, client, document, peer };
}

function captureOf({ events }: TestClient): CaptureState | undefined {
  const event = events.findLast((one) => one.event === "capture");
  return event?.event === "capture" ? event.capture : undefined;
}

/** Sends frames, with a moment behind each. */
async function send(peer: Socket, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    peer.write(snrm);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Every SNRM that is shown. */
const snrms = async (client: TestClient, document: string): Promise<number> => {
  const { rows } = await client.ask("rows", { document, start: 0, count: 1000, columns: [] });
  return rows.filter(({ type }) => type === "SNRM").length;
};

const isReady = ({ status }: DocumentState) => status === "ready";

describe.skipIf(!SmallDisk.isPossible)("a capture whose disk is full", () => {
  it.each([null, { files: 100, size: 20_000 }])(
    "goes on being shown, survives its engine, and is saved with every frame (ring: %o)",
    async (ring) => {
      const { server, client, document, peer } = await capture(ring);
      // A packet takes 100 bytes and more: 64 KiB have room for 600 at most.
      await send(peer, 800);
      await expect.poll(() => captureOf(client)?.isRecorded, { timeout: 10_000 }).toBe(false);
      expect(captureOf(client)).toMatchObject({
        phase: "open",
        severity: "error",
        message:
          "Recording stopped: the disk is full; make room, then record again. What is shown since is not recorded.",
      });
      await send(peer, 50);
      await expect.poll(() => snrms(client, document), { timeout: 10_000 }).toBe(850);

      server.server.killEngine();
      await expect
        .poll(() => client.events.some(({ event }) => event === "restarted"), { timeout: 20_000 })
        .toBe(true);
      await send(peer, 50);
      await expect.poll(() => snrms(client, document), { timeout: 20_000 }).toBe(900);
      const { documents } = await client.ask("hello", {});
      expect(documents.map(({ status }) => status)).toEqual(["live"]);

      const { download } = await client.ask("save-capture", { document });
      const response = await fetch(`${server.origin}/download/${download}`);
      const copy = server.folder.write("copy.pcapng", new Uint8Array(await response.arrayBuffer()));
      expect(await framesIn(copy)).toBe(900);

      await client.ask("capture-stop", {});
      await client.until(document, isReady);
      expect(captureOf(client)).toMatchObject({
        phase: "ended",
        severity: "error",
        message: expect.stringMatching(/since is not recorded\. The capture was stopped\.$/),
      });
      // What was held stays until the end, for those who look again.
      await client.ask("reopen", { document, options: {} });
      await client.until(document, (state) => isReady(state) && state.progress === null);
      await expect.poll(() => snrms(client, document)).toBe(900);
      // And what is on the disk is whole.
      const { file } = captureOf(client) ?? { file: "" };
      const names = readdirSync(join(file, ".."));
      expect(names.filter((name) => name.endsWith(".recording"))).toEqual([]);
      let recorded = 0;
      for (const name of names) recorded += await framesIn(join(file, "..", name));
      expect(recorded).toBeGreaterThan(100);
      expect(recorded).toBeLessThan(800);
    },
    60_000,
  );
});

/** SNRMs in the packets of a file, of which one may have several; a problem fails. */
async function framesIn(path: string): Promise<number> {
  let count = 0;
  for await (const items of readCapture(path)) {
    for (const item of items) {
      if (item.kind === "problem") throw new Error(item.message);
      if (item.kind === "chunk") {
        count +=
          Buffer.from(item.chunk.bytes).toString("hex").split(snrm.toString("hex")).length - 1;
      }
    }
  }
  return count;
}
