/** Engines that end are replaced; their clients keep their line, the user his captures and keys. */
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import {
  type EngineProcess,
  EngineSupervisor,
  type ShellHost,
} from "../../../analyzer/host/engine-supervisor.js";
import {
  AnalyzerClient,
  type AnalyzerEvent,
  createPortPair,
  LastingPort,
  type Port,
  ProtocolError,
} from "../../../analyzer/protocol/index.js";
import { TestFolder } from "../test-folder.js";
import { type KillableEngine, startKillable } from "./killable-engine.js";
import { noCapture } from "./no-capture.js";

const capture = join(import.meta.dirname, "../../../captures/samples/hdlc-session.txt");
const keyFile = JSON.stringify({
  keySets: [
    {
      systemTitle: "4142430000000001",
      globalUnicastEncryptionKey: "000102030405060708090a0b0c0d0e0f",
    },
  ],
});

const folder = new TestFolder();
afterAll(() => folder.remove());
const toStop: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const supervisor of toStop.splice(0)) await supervisor.stop();
});

const host: ShellHost = {
  keys: null,
  capture: noCapture(),
  storeKeys: async () => ({ isStored: false, storage: "for the test" }),
  resolve: async (source) => {
    if (source.kind === "path") return { path: source.path, name: source.path, isOwn: false };
    throw new ProtocolError({ code: "no-uploads", message: "There are no uploads here." });
  },
  createDownload: async () => ({ path: "", download: "" }),
};

/** Clients are connected through the supervisor, or past it: both keep their line. */
const ways = {
  "through the supervisor": () => {
    const [near, far] = createPortPair();
    const supervisor = new EngineSupervisor({
      spawn: () => startKillable(folder),
      host,
      onGivenUp: () => {},
    });
    supervisor.connect(far);
    return { supervisor, line: near, kill: () => supervisor.killEngine() };
  },
  "past the supervisor": () => {
    const line = new LastingPort();
    const supervisor = new EngineSupervisor<KillableEngine>({
      spawn: () => startKillable(folder),
      host,
      onGivenUp: () => {},
      onStart: (engine, restarted) => {
        const [near, far] = createPortPair();
        line.attach(near, restarted);
        engine.connect(far);
      },
    });
    return { supervisor, line, kill: () => supervisor.killEngine() };
  },
} as const;

describe.each(Object.entries(ways))("an engine with a client %s", (_name, connect) => {
  it("is replaced when it is killed: captures and keys are there, and the line stays", async () => {
    const { supervisor, line, kill } = connect();
    toStop.push(supervisor);
    const events: AnalyzerEvent[] = [];
    const client = new AnalyzerClient(line, (event) => events.push(event));
    const { documents } = await client.request("open", {
      sources: [{ kind: "path", path: capture }],
      merge: false,
      options: {},
    });
    await client.request("add-keys", { text: keyFile });
    const lost = client.request("frame", { document: documents[0] ?? "", number: 1 });
    kill();
    await expect(lost).rejects.toMatchObject({ code: "restarted" });

    const there = await client.request("hello", {});
    expect(there.documents.map(({ id }) => id)).toEqual(documents);
    expect(there.keys.sets).toHaveLength(1);
    expect(there.keys.storage).toBe("for the test");
    expect(events.filter(({ event }) => event === "restarted")).toHaveLength(1);
    // The capture is read again: the log has fourteen messages.
    await vi.waitFor(
      async () => {
        const { documents: read } = await client.request("hello", {});
        expect(read[0]).toMatchObject({ status: "ready", frames: 14 });
      },
      { timeout: 15_000 },
    );
  });
});

interface Silent extends EngineProcess {
  readonly sent: unknown[];
  readonly far: Port;
}

/** Engines that do nothing by themselves. */
function startSilent() {
  vi.useFakeTimers();
  const engines: Silent[] = [];
  const reasons: (string | null)[] = [];
  const givenUp: string[] = [];
  const killed: number[] = [];
  const supervisor = new EngineSupervisor<Silent>({
    spawn: () => {
      const [port, far] = createPortPair();
      const sent: unknown[] = [];
      far.listen({ message: (message) => sent.push(message), closed: () => {} });
      const number = engines.length;
      const kill = () => {
        killed.push(number);
        far.close();
      };
      return { port, kill, sent, far };
    },
    host,
    onStart: (engine, restarted) => {
      engines.push(engine);
      reasons.push(restarted);
    },
    onGivenUp: (reason) => givenUp.push(reason),
  });
  const turn = () => vi.advanceTimersByTimeAsync(0);
  return {
    supervisor,
    engines,
    reasons,
    givenUp,
    killed,
    turn,
    die: () => {
      engines.at(-1)?.far.close();
      return turn();
    },
    /** Its answer to a message of the engine that is there. */
    ask: async (message: unknown) => {
      engines.at(-1)?.far.send(message);
      await turn();
      return engines.at(-1)?.sent.at(-1);
    },
  };
}

const call = (asked: object) => ({ kind: "call", call: 1, asked });
const kept = { id: "d1", sources: [], merge: false, options: {}, filter: "" };

describe("an engine that ends again and again", () => {
  it("comes later each time, at last without its session, and then not by itself", async () => {
    const { supervisor, engines, reasons, givenUp, die, ask } = startSilent();
    await ask(call({ method: "keepSession", session: { documents: [kept] } }));
    await die();
    expect(engines).toHaveLength(2);
    expect(await ask(call({ method: "restore" }))).toMatchObject({
      result: { session: { documents: [kept] } },
    });

    await die();
    expect(engines).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(engines).toHaveLength(3);

    await die();
    await vi.advanceTimersByTimeAsync(1999);
    expect(engines).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(engines).toHaveLength(4);
    expect(await ask(call({ method: "restore" }))).toMatchObject({ result: { session: null } });
    expect(reasons[0]).toBeNull();
    expect(reasons[3]).toContain("without the captures");

    await ask({ kind: "failed", message: "no memory" });
    await die();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(engines).toHaveLength(4);
    expect(givenUp).toEqual([expect.stringContaining("no memory")]);

    supervisor.restart();
    supervisor.restart();
    expect(engines).toHaveLength(5);
  });

  it("is as new when its ends are a minute apart", async () => {
    const { engines, givenUp, die } = startSilent();
    for (let i = 0; i < 6; i += 1) {
      await die();
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(givenUp).toEqual([]);
    expect(engines).toHaveLength(7);
  });
});

describe("an engine that is to stop", () => {
  it("is asked to, and ended when it says that it has", async () => {
    const { supervisor, engines, killed, turn } = startSilent();
    const stopped = supervisor.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(engines[0]?.sent).toEqual([{ kind: "stop" }]);
    expect(killed).toEqual([]);
    engines[0]?.far.send({ kind: "stopped" });
    await stopped;
    expect(killed).toEqual([0]);
    await turn();
    expect(engines).toHaveLength(1);
  });

  it("is told nothing after that", async () => {
    const { supervisor, engines, turn } = startSilent();
    const [, far] = createPortPair();
    supervisor.connect(far);
    const stopped = supervisor.stop();
    await turn();
    // Its end is told later, as that of a process is.
    vi.spyOn(engines[0] ?? { kill: () => {} }, "kill").mockReturnValue();
    engines[0]?.far.send({ kind: "stopped" });
    const send = vi.spyOn(engines[0]?.port ?? far, "send");
    await stopped;
    await turn();
    expect(send).not.toHaveBeenCalled();
  });

  it("is ended by force after five seconds", async () => {
    const { supervisor, killed } = startSilent();
    const stopped = supervisor.stop();
    await vi.advanceTimersByTimeAsync(4999);
    expect(killed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    expect(killed).toEqual([0]);
  });
});

describe("the line of an engine to its shell", () => {
  it("answers nothing that is not of its calls", async () => {
    const { engines, ask } = startSilent();
    await ask(call({ method: "keepSession", session: { documents: [kept] } }));
    const before = engines[0]?.sent.length;
    for (const message of [
      null,
      "restore",
      call({ method: "constructor" }),
      call({ method: "resolve", source: { kind: "sample", name: "x" } }),
      call({ method: "keepSession", session: { documents: [{ id: 1 }] } }),
      { kind: "call", call: "1", asked: { method: "restore" } },
      { kind: "call", call: 1, asked: null },
    ]) {
      await ask(message);
    }
    expect(engines[0]?.sent).toHaveLength(before ?? -1);
    expect(await ask(call({ method: "restore" }))).toMatchObject({
      result: { session: { documents: [kept] } },
    });
  });

  it("hands faults over by their codes and words", async () => {
    const { ask } = startSilent();
    const source = { kind: "upload", id: "u", name: "n" };
    expect(await ask(call({ method: "resolve", source }))).toEqual({
      kind: "fault",
      call: 1,
      code: "no-uploads",
      message: "There are no uploads here.",
    });
  });
});
