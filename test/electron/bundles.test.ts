/** The files that Electron starts, as they are built: the engine in a process, the preload script. */
import { type ChildProcess, fork } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type { UtilityProcess } from "electron";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineSupervisor } from "../../analyzer/host/engine-supervisor.js";
import {
  AnalyzerClient,
  type AnalyzerEvent,
  createPortPair,
} from "../../analyzer/protocol/index.js";
import { forkEngine, type UtilityEngine } from "../../electron/engine-child.js";
import { noCapture } from "../analyzer/host/no-capture.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { eventually } from "./desktop.js";

const root = join(import.meta.dirname, "../..");
const capture = join(root, "captures/samples/hdlc-session.txt");
const folder = new TestFolder();

beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: {
      "electron/capture": "electron/capture-process.ts",
      engine: "electron/engine-process.ts",
      preload: "electron/preload.ts",
    },
    outdir: folder.path,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    target: "node20",
    platform: "node",
    external: ["electron"],
    logLevel: "error",
  });
});
afterAll(() => folder.remove());

/** Gives a process of Node the port that a utility process has. */
const parentPort = `
  const { EventEmitter } = require("node:events");
  process.parentPort = new EventEmitter();
  process.parentPort.postMessage = (message) => process.send(message);
  process.on("message", (data) => process.parentPort.emit("message", { data, ports: [] }));
`;

describe.skipIf(!socatIsHere)("the process that captures", () => {
  it("listens on a serial port by the binary beside it, and completes its file", async () => {
    const shim = folder.write("capture-port.cjs", parentPort);
    cpSync(
      join(root, "node_modules/@serialport/bindings-cpp/prebuilds"),
      join(folder.path, "prebuilds"),
      { recursive: true, dereference: true },
    );
    const line = await PtyPair.open();
    const file = join(folder.path, "line.pcapng");
    const child = fork(join(folder.path, "electron/capture.cjs"), [], {
      execArgv: ["--require", shim],
      serialization: "advanced",
    });
    try {
      const messages: unknown[] = [];
      child.on("message", (message) => messages.push(message));
      const tap = { kind: "serial", port: line.near };
      child.send({ kind: "record", tap, file, ring: null, application: "Obiscope 1" });
      await eventually(() => expect(messages[0]).toMatchObject({ kind: "started" }));
      await line.write(Buffer.from("7ea00802232193bd647e", "hex"));
      const total = { bytes: 10, packets: 1, errors: 0 };
      await eventually(() => expect(messages.at(-1)).toMatchObject({ status: { total } }));
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      expect(existsSync(file)).toBe(true);
      expect(existsSync(`${file}.recording`)).toBe(false);
    } finally {
      child.kill("SIGKILL");
      await line.close();
    }
  });
});

describe("the engine's process", () => {
  it("is started again when it is killed, and reads its captures again", async () => {
    const shim = folder.write("parent-port.cjs", parentPort);
    const children: ChildProcess[] = [];
    const supervisor = new EngineSupervisor<UtilityEngine>({
      spawn: () =>
        forkEngine(
          (path, args) => {
            const child = fork(path, args, {
              execArgv: ["--require", shim],
              serialization: "advanced",
            });
            children.push(child);
            const double = {
              on: (event: string, listener: (...args: unknown[]) => void) =>
                child.on(event, listener),
              // A process that has just died takes nothing, without a word.
              postMessage: (message: object) => child.send(message, () => {}),
              kill: () => child.kill("SIGKILL"),
            };
            return double as unknown as UtilityProcess;
          },
          join(folder.path, "engine.cjs"),
          {
            version: "1.2.3",
            configFolder: join(folder.path, "config"),
            cacheFolder: join(folder.path, "cache"),
            stateFolder: join(folder.path, "state"),
            samplesFolder: join(root, "captures/samples"),
          },
        ),
      host: {
        keys: null,
        capture: noCapture(),
        storeKeys: async () => ({ isStored: false, storage: "for the test" }),
        resolve: async () => ({ path: capture, name: "hdlc-session.txt", isOwn: false }),
        createDownload: async () => ({ path: "", download: "" }),
      },
      onGivenUp: () => {},
    });
    const [near, far] = createPortPair();
    supervisor.connect(far);
    const events: AnalyzerEvent[] = [];
    const client = new AnalyzerClient(near, (event) => events.push(event));
    await client.request("open", {
      sources: [{ kind: "path", path: capture }],
      merge: false,
      options: {},
    });
    children[0]?.kill("SIGKILL");
    await eventually(() => expect(events.some(({ event }) => event === "restarted")).toBe(true));
    await eventually(async () => {
      const { version, documents } = await client.request("hello", {});
      expect(version).toBe("1.2.3");
      // The log has fourteen messages.
      expect(documents[0]).toMatchObject({ status: "ready", frames: 14 });
    });
    expect(children).toHaveLength(2);
    const second = children[1];
    const ended = new Promise((resolve) => second?.on("exit", resolve));
    await supervisor.stop();
    await ended;
    expect(children).toHaveLength(2);
  });
});

describe("the preload script", () => {
  it("needs nothing but Electron, and gives the page one thing", () => {
    const required: string[] = [];
    const given = new Map<string, object>();
    const listened: string[] = [];
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: object) => given.set(name, api),
      },
      ipcRenderer: {
        on: (channel: string) => listened.push(channel),
        invoke: async () => ({ result: null }),
        send: () => {},
      },
      webUtils: { getPathForFile: () => "" },
    };
    runInNewContext(readFileSync(join(folder.path, "preload.cjs"), "utf8"), {
      process: { platform: "darwin" },
      module: { exports: {} },
      exports: {},
      require: (name: string) => {
        required.push(name);
        return name === "electron" ? electron : undefined;
      },
    });
    expect(required).toEqual(["electron"]);
    expect([...given.keys()]).toEqual(["obiscopeShell"]);
    expect(listened).toEqual(["obiscope"]);
    const shell = given.get("obiscopeShell");
    expect(shell).toMatchObject({ kind: "desktop", platform: "mac", listFolder: null });
    expect(Object.values(shell ?? {})).not.toContain(electron.ipcRenderer);
  });
});
