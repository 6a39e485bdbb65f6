/** The command as it is started in a terminal, in a home of its own and without a display. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { AnalyzerClient } from "../../analyzer/protocol/index.js";
import { socketPort } from "../../web/socket-port.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { freePort } from "../free-port.js";
import { obiscope, projectFolder } from "./run-command.js";

const session = join(projectFolder, "captures/samples/hdlc-session.txt");

interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly home: TestFolder;
  readonly output: () => string;
}

const running: Running[] = [];

function start(args: readonly string[], environment: Record<string, string> = {}): Running {
  const home = new TestFolder();
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, BROWSER: _b, ...env } = process.env;
  const child = spawn(process.execPath, [join(projectFolder, "dist/cli.js"), ...args], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...env,
      HOME: home.path,
      XDG_CONFIG_HOME: join(home.path, "config"),
      XDG_CACHE_HOME: join(home.path, "cache"),
      XDG_STATE_HOME: join(home.path, "state"),
      ...environment,
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
  }
  const one = { child, home, output: () => text };
  running.push(one);
  return one;
}

/** The address that it has printed. */
async function address({ output }: Running): Promise<string> {
  await expect.poll(output, { timeout: 20_000 }).toMatch(/Obiscope is at http/);
  return /http:\S+/.exec(output())?.[0] ?? "";
}

async function end({ child }: Running, signal: NodeJS.Signals): Promise<number | null> {
  const closed = once(child, "close");
  child.kill(signal);
  const [code] = await closed;
  return code as number | null;
}

afterEach(() => {
  for (const { child, home } of running.splice(0)) {
    child.kill("SIGKILL");
    home.remove();
  }
});

describe("obiscope serve", () => {
  it.for<NodeJS.Signals>(["SIGINT", "SIGTERM"])(
    "prints its address in one line, and ends well with %s",
    async (signal) => {
      const server = start(["serve", session]);
      const page = await fetch(await address(server));
      expect(page.status).toBe(200);
      expect(await end(server, signal)).toBe(0);
      expect(server.output()).toMatch(
        /^Obiscope is at http:\/\/127\.0\.0\.1:\d+\/ \(end it with Ctrl\+C\)\n$/,
      );
      // Nothing is left of what it kept for its pages.
      const left = readdirSync(server.home.path, { recursive: true, encoding: "utf8" });
      expect(left.filter((name) => name.includes("browser-"))).toEqual([]);
    },
  );

  it("asks for a token where others can reach it", async () => {
    const server = start(["serve", "--host", "0.0.0.0"]);
    const printed = new URL(await address(server));
    expect(printed.searchParams.get("token")).toMatch(/^[\w-]{32}$/);
    expect(printed.hostname).not.toBe("0.0.0.0");
    expect((await fetch(`http://127.0.0.1:${printed.port}/`)).status).toBe(401);
    expect(await end(server, "SIGINT")).toBe(0);
  });

  it("says what is wrong with its options", async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
    const bound = busy.address();
    const port = typeof bound === "object" && bound !== null ? String(bound.port) : "";
    const expectUsage = (args: readonly string[], message: string) => {
      const { status, stderr } = obiscope(["serve", ...args]);
      expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
    };
    expectUsage(["--port", "70000"], "--port takes a number up to 65535");
    expectUsage(["--port", "http"], "--port takes a number");
    expectUsage(["--host", ""], "--host needs a name or an address");
    // TEST-NET-1 of RFC 5737 is nobody's address.
    expectUsage(["--host", "192.0.2.1"], "192.0.2.1 is no address of this machine");
    expectUsage(["--captures", "/nowhere"], "--captures: there is no folder /nowhere");
    expectUsage(["--captures", session], "is no folder");
    expectUsage(["--recordings", session], "hdlc-session.txt is no folder");
    expectUsage(["--recordings", ""], "--recordings needs a folder");
    expectUsage(["--keys", "/nowhere.json"], "the key file cannot be read");
    expectUsage(["--keys", session], "hdlc-session.txt");
    expectUsage(["--sideways"], "--sideways");
    expectUsage(["--port", port], `port ${port} is in use`);
    busy.close();
  });

  it("records to the folder that it was given", async () => {
    const other = new TestFolder();
    const server = start(["serve", "--recordings", join(other.path, "new")]);
    const origin = new URL(await address(server)).origin;
    const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`, { origin });
    await once(socket, "open");
    const client = new AnalyzerClient(socketPort(socket), () => {});
    const tap = { kind: "listen", host: "127.0.0.1", port: await freePort() } as const;
    await client.request("capture-start", { tap, file: "morning", ring: null });
    await client.request("capture-stop", {});
    socket.terminate();
    expect(readdirSync(join(other.path, "new"))).toEqual(["morning.pcapng"]);
    other.remove();
  });

  it("says which capture cannot be read before it starts", () => {
    const missing = obiscope(["serve", session, "missing.pcap"]);
    expect(missing).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "obiscope: missing.pcap: there is no such file\n",
    });
    expect(obiscope(["serve", "captures"])).toMatchObject({
      status: 1,
      stderr: "obiscope: captures: it is a folder, not a capture\n",
    });
  });

  it("has help with examples", () => {
    const { status, stdout } = obiscope(["serve", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("obiscope serve --captures /var/captures --port 8080");
  });
});

describe("obiscope open", () => {
  it("without a display says so in a line, and serves a browser of this machine", async () => {
    const opened = start(["open", session]);
    expect((await fetch(await address(opened))).status).toBe(200);
    expect(await end(opened, "SIGINT")).toBe(0);
    const [reason, at] = opened.output().split("\n");
    expect(reason).toBe(
      "No desktop application, because there is no display: it opens in a browser.",
    );
    expect(at).toMatch(/^Obiscope is at http:\/\/127\.0\.0\.1:\d+\//);
  });

  it("opens the browser that there is", async () => {
    const folder = new TestFolder();
    const told = join(folder.path, "told");
    const browser = folder.write("browser", `#!/bin/sh\necho "$1" > "${told}"\n`);
    const { chmodSync } = await import("node:fs");
    chmodSync(browser, 0o755);
    // The application alone, without a capture.
    const opened = start([], { BROWSER: browser });
    const printed = await address(opened);
    const read = () => {
      try {
        return readFileSync(told, "utf8").trim();
      } catch {
        return "";
      }
    };
    await expect.poll(read).toBe(printed);
    expect(await end(opened, "SIGINT")).toBe(0);
    folder.remove();
  });

  it("goes on without a browser that cannot be started", async () => {
    const opened = start([], { BROWSER: "/nowhere/browser" });
    expect((await fetch(await address(opened))).status).toBe(200);
    expect(await end(opened, "SIGTERM")).toBe(0);
  });

  it("says which capture cannot be read", () => {
    expect(obiscope(["open", "missing.pcap"])).toMatchObject({
      status: 1,
      stderr: "obiscope: missing.pcap: there is no such file\n",
    });
  });

  it("has help with examples", () => {
    const { status, stdout } = obiscope(["open", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("obiscope open session.pcapng");
  });
});
