/** Standard input, shown as it comes, in a home of its own and without a display. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Port } from "../../analyzer/protocol/index.js";
import { socketPort } from "../../web/socket-port.js";
import { TestClient } from "../analyzer/session/engine-client.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { projectFolder } from "./run-command.js";

const session = readFileSync(join(projectFolder, "captures/samples/hdlc-session.txt"), "utf8");
const started: { kill(signal: NodeJS.Signals): unknown }[] = [];
const homes: TestFolder[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  for (const home of homes.splice(0)) home.remove();
});

function start(args: readonly string[]) {
  const home = new TestFolder();
  homes.push(home);
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = process.env;
  const child = spawn(process.execPath, [join(projectFolder, "dist/cli.js"), ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...env,
      BROWSER: "true",
      HOME: home.path,
      XDG_CONFIG_HOME: join(home.path, "config"),
      XDG_CACHE_HOME: join(home.path, "cache"),
      XDG_STATE_HOME: join(home.path, "state"),
    },
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
    });
  }
  const recordings = () => readdirSync(join(home.path, "state/obiscope/recordings")).sort();
  return { child, said: () => said, recordings };
}

async function pageOf(said: () => string): Promise<TestClient> {
  await expect.poll(said, { timeout: 20_000 }).toMatch(/Obiscope is at http/);
  const address = new URL(/http:\S+/.exec(said())?.[0] ?? "");
  const headers = { origin: address.origin };
  const socket = new WebSocket(`ws://${address.host}/socket`, { headers });
  await once(socket, "open");
  const line = socketPort(socket);
  return new TestClient({
    connect: (port: Port) => {
      port.listen({ message: (message) => line.send(message), closed: () => line.close() });
      line.listen({ message: (message) => port.send(message), closed: () => port.close() });
    },
  });
}

it("shows standard input as it comes, and keeps it", async () => {
  const { child, said, recordings } = start(["open", "-"]);
  const middle = session.indexOf("\n", session.length / 2) + 1;
  child.stdin.write(session.slice(0, middle));
  const client = await pageOf(said);
  const { documents } = await client.ask("hello", {});
  const document = documents[0]?.id ?? "";
  await expect
    .poll(async () => (await client.ask("hello", {})).documents[0], { timeout: 20_000 })
    .toMatchObject({ status: "live", frames: expect.toSatisfy((frames: number) => frames > 3) });
  child.stdin.end(session.slice(middle));
  // The log has fourteen messages.
  await client.until(document, ({ status, frames }) => status === "ready" && frames === 14);
  expect(recordings()).toEqual([expect.stringMatching(/^stdin-.*\.log$/)]);
  client.close();
  const ended = once(child, "close");
  child.kill("SIGINT");
  expect((await ended)[0]).toBe(0);
});

it("says so where standard input has nothing", async () => {
  const { child, said } = start(["open", "-"]);
  const ended = once(child, "close");
  child.stdin.end();
  expect((await ended)[0]).toBe(1);
  expect(said()).toBe("obiscope: standard input: there is nothing in it\n");
});

it("completes the recording of a server that is killed", async () => {
  const { child, said, recordings } = start(["serve"]);
  const client = await pageOf(said);
  const tap = { kind: "listen", host: "127.0.0.1", port: 40_000 + (process.pid % 9000) } as const;
  await client.ask("capture-start", { tap, file: "killed", ring: null });
  expect(recordings()).toEqual(["killed.pcapng", "killed.pcapng.recording"]);
  child.kill("SIGKILL");
  // What captures notices that its server is gone, and takes the mark of an unfinished one away.
  await expect.poll(recordings, { timeout: 20_000 }).toEqual(["killed.pcapng"]);
});
