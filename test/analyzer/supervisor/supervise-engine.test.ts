/** Engines that end are replaced; their clients keep their line, the user his captures and keys. */
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import {
  AnalyzerClient,
  type AnalyzerEvent,
  createPortPair,
  type EngineHost,
  LastingPort,
  ProtocolError,
} from "../../../analyzer/protocol/index.js";
import {
  createEngineHost,
  type EngineChild,
  SessionKeys,
  type Supervisor,
  superviseEngine,
} from "../../../analyzer/supervisor/index.js";
import { TestFolder } from "../test-folder.js";
import { type KillableChild, startChild } from "./engine-child.js";

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
const supervisors: Supervisor[] = [];
afterAll(() => folder.remove());
afterEach(async () => {
  vi.useRealTimers();
  for (const supervisor of supervisors.splice(0)) await supervisor.stop();
});

function hostOf(parts: Partial<EngineHost> = {}): EngineHost {
  return {
    ...createEngineHost({
      resolve: async (source) => {
        if (source.kind === "path") return { path: source.path, name: source.path, isOwn: false };
        throw new ProtocolError({ code: "no-uploads", message: "There are no uploads here." });
      },
      createDownload: async () => ({ path: "", download: "" }),
      keys: new SessionKeys("for the test"),
    }),
    ...parts,
  };
}

/** A client at a line that lasts, whose engine may be killed. */
function start() {
  const line = new LastingPort();
  const events: AnalyzerEvent[] = [];
  const client = new AnalyzerClient(line, (event) => events.push(event));
  const children: KillableChild[] = [];
  const supervisor = superviseEngine({
    spawn: () => startChild(folder),
    host: hostOf(),
    onStart: (child, restarted) => {
      children.push(child);
      const [near, far] = createPortPair();
      line.attach(near, restarted);
      child.connect(far);
    },
    onGiveUp: () => {},
  });
  supervisors.push(supervisor);
  return { client, events, children };
}

describe("an engine that is killed", () => {
  it("is started again with its captures and keys, and the line stays", async () => {
    const { client, events, children } = start();
    const { documents } = await client.request("open", {
      sources: [{ kind: "path", path: capture }],
      merge: false,
      options: {},
    });
    await client.request("add-keys", { text: keyFile });
    const lost = client.request("frame", { document: documents[0] ?? "", number: 1 });
    children[0]?.die("signal SIGKILL");
    await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/restarted|closed/) });
    await vi.waitFor(() => expect(children).toHaveLength(2));

    const there = await client.request("hello", {});
    expect(there.documents.map(({ id }) => id)).toEqual(documents);
    expect(there.keys.sets).toHaveLength(1);
    expect(there.keys.storage).toBe("for the test");
    const reasons = events.flatMap((event) => (event.event === "restarted" ? event.reason : []));
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain("signal SIGKILL");
    // The capture is read again: the log has fourteen messages.
    await vi.waitFor(async () => {
      const { documents: read } = await client.request("hello", {});
      expect(read[0]).toMatchObject({ status: "ready", frames: 14 });
    });
  });
});

/** Children that are nothing but their ends. */
function startSilent() {
  vi.useFakeTimers();
  const children: {
    readonly child: EngineChild;
    readonly restarted: string | null;
    readonly sent: unknown[];
    answer(message: unknown): void;
    die(): void;
  }[] = [];
  const host = hostOf();
  host.keepSession({
    documents: [{ id: "d1", sources: [], merge: false, options: {}, filter: "" }],
  });
  const givenUp: string[] = [];
  const killed: number[] = [];
  const supervisor = superviseEngine({
    spawn: () => {
      const [port, far] = createPortPair();
      const sent: unknown[] = [];
      far.listen({ message: (message) => sent.push(message), closed: () => {} });
      let die = () => {};
      const ended = new Promise<string>((resolve) => {
        die = () => resolve("exit code 9");
      });
      const number = children.length;
      return { port, ended, kill: () => killed.push(number), sent, far, die };
    },
    host,
    onStart: (child, restarted) => {
      const { sent, far, die } = child;
      children.push({ child, restarted, sent, answer: (message) => far.send(message), die });
    },
    onGiveUp: (reason) => givenUp.push(reason),
  });
  const die = () => {
    children.at(-1)?.die();
    return vi.advanceTimersByTimeAsync(0);
  };
  return { supervisor, children, givenUp, killed, die };
}

const restore = async (child: { sent: unknown[]; answer(message: unknown): void } | undefined) => {
  child?.answer({ call: "restore", id: 1 });
  await vi.advanceTimersByTimeAsync(0);
  return child?.sent.at(-1);
};

describe("an engine that ends again and again", () => {
  it("comes later each time, at last without its session, and then not by itself", async () => {
    const { supervisor, children, givenUp, die } = startSilent();
    await die();
    expect(children).toHaveLength(2);
    expect(await restore(children[1])).toMatchObject({ result: { session: { documents: [{}] } } });

    await die();
    expect(children).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(children).toHaveLength(3);

    await die();
    await vi.advanceTimersByTimeAsync(1999);
    expect(children).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(children).toHaveLength(4);
    expect(await restore(children[3])).toMatchObject({ result: { session: null } });
    expect(children[3]?.restarted).toContain("without the captures");

    await die();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(children).toHaveLength(4);
    expect(givenUp).toEqual([expect.stringContaining("exit code 9")]);

    supervisor.restart();
    supervisor.restart();
    expect(children).toHaveLength(5);
  });

  it("starts anew with its count when its ends are a minute apart", async () => {
    const { children, givenUp, die } = startSilent();
    for (let i = 0; i < 6; i += 1) {
      await die();
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(givenUp).toEqual([]);
    expect(children).toHaveLength(7);
  });
});

describe("an engine that is to stop", () => {
  it("is asked to, and ended when it says that it has", async () => {
    const { supervisor, children, killed, die } = startSilent();
    let isStopped = false;
    const stopped = supervisor.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(children[0]?.sent).toEqual([{ stop: true }]);
    expect(isStopped).toBe(false);
    children[0]?.answer({ call: "stopped" });
    await stopped;
    expect(killed).toEqual([0]);
    await die();
    expect(children).toHaveLength(1);
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

describe("the line to the host", () => {
  it("answers nothing that is not of its calls", async () => {
    const { children } = startSilent();
    for (const message of [
      null,
      "restore",
      { call: "constructor", id: 1 },
      { call: "resolve", id: 1, source: { kind: "sample", name: "x" } },
      { call: "resolve", id: "1", source: { kind: "path", path: "x" } },
      { call: "keepSession", session: { documents: [{ id: 1 }] } },
    ]) {
      children[0]?.answer(message);
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(children[0]?.sent).toEqual([]);
    expect(await restore(children[0])).toMatchObject({
      result: { session: { documents: [{ id: "d1" }] } },
    });
  });

  it("hands faults over by their codes and words", async () => {
    const { children } = startSilent();
    children[0]?.answer({ call: "resolve", id: 4, source: { kind: "upload", id: "u", name: "n" } });
    await vi.advanceTimersByTimeAsync(0);
    expect(children[0]?.sent).toEqual([
      { id: 4, error: { code: "no-uploads", message: "There are no uploads here." } },
    ]);
  });
});
