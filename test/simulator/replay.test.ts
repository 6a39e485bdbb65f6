import { afterEach, describe, expect, it } from "vitest";
import { corpusIsHere, readItems } from "../corpus/corpus.js";
import { withFaults } from "./faults.js";
import { joinMessages, type LineEvent, type LineMessage, messagesOf } from "./line-message.js";
import { NearEnd, until } from "./near-end.js";
import { asTaken, at115200, type Clock } from "./pace.js";
import { PtyPair, socatIsHere } from "./pty-pair.js";
import { type Cable, replay } from "./replay.js";

const sessions = readItems().filter(
  ({ framing, kind }) => framing === "hdlc" && kind !== undefined,
);

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function layCable() {
  const pair = await PtyPair.open();
  open.push(pair);
  const near = new NearEnd(pair.near);
  open.push(near);
  return { pair, near };
}

describe.skipIf(!socatIsHere || !corpusIsHere)("a session of the corpus on a cable", () => {
  it.for(sessions)("$id: one cable has every byte in its order", async (item) => {
    const { pair, near } = await layCable();
    const messages = messagesOf(item);
    const { bytes } = await replay(messages, [pair], { pace: asTaken });
    const said = joinMessages(messages);
    expect(bytes).toEqual([said.length]);
    expect(Buffer.compare(await near.hear(said.length), said)).toBe(0);
  });

  it.for(sessions)("$id: two cables have each what one side says", async (item) => {
    const [client, meter] = [await layCable(), await layCable()];
    const messages = messagesOf(item);
    await replay(messages, [client.pair, meter.pair], { pace: asTaken });
    const asked = joinMessages(messages.filter(({ from }) => from === "client"));
    const answered = joinMessages(messages.filter(({ from }) => from !== "client"));
    expect(Buffer.compare(await client.near.hear(asked.length), asked)).toBe(0);
    expect(Buffer.compare(await meter.near.hear(answered.length), answered)).toBe(0);
  });

  it("takes its time at 115200 baud", async () => {
    const session = sessions.find(({ file }) => file === "sessions/playground-hls-ciphered.jsonl");
    if (session === undefined) throw new Error("the corpus has no playground session");
    const { pair, near } = await layCable();
    const messages = messagesOf(session).slice(0, 60);
    const said = joinMessages(messages);
    let replayed = false;
    const started = performance.now();
    const replaying = replay(messages, [pair], { pace: at115200 }).then(() => {
      replayed = true;
    });
    // 11,520 bytes a second: the line is never ahead of its time, however busy this machine is.
    while (!replayed) {
      const heard = near.length;
      expect(heard).toBeLessThanOrEqual(((performance.now() - started) * 11_520) / 1000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await replaying;
    expect(Buffer.compare(await near.hear(said.length), said)).toBe(0);
  });

  it("goes on after the port was lost", async () => {
    const [session] = sessions;
    if (session === undefined) throw new Error("the corpus has no session");
    const pair = await PtyPair.open();
    open.push(pair);
    let near = new NearEnd(pair.near);
    const heard: Uint8Array[] = [];
    const messages = messagesOf(session).slice(0, 8);
    const cable: Cable = {
      write: (bytes) => pair.write(bytes),
      vanish: async () => {
        heard.push(await near.hear(joinMessages(messages.slice(0, 4)).length));
        await pair.vanish();
        await until(
          () => near.isGone,
          () => "the port is still there",
        );
      },
      return: async () => {
        await pair.return();
        near = new NearEnd(pair.near);
        open.push(near);
      },
    };
    const losses = [{ before: 4, milliseconds: 20 }];
    await replay(withFaults(messages, { seed: 1, losses }), [cable], { pace: asTaken });
    heard.push(await near.hear(joinMessages(messages.slice(4)).length));
    expect(Buffer.concat(heard)).toEqual(Buffer.from(joinMessages(messages)));
  });
});

describe("the times of a replay", () => {
  /** Writes down when which piece was written, by a clock that jumps. */
  async function record(events: readonly LineEvent[], baud: number | null) {
    let time = 0;
    const clock: Clock = {
      now: () => time,
      sleep: async (milliseconds) => {
        time += milliseconds;
      },
    };
    const lines: string[] = [];
    const cable: Cable = {
      write: async (bytes) => {
        lines.push(`${Math.round(time)}: ${[...bytes].join(" ")}`);
      },
      vanish: async () => {
        lines.push(`${Math.round(time)}: gone`);
      },
      return: async () => {
        lines.push(`${Math.round(time)}: back`);
      },
    };
    const pace = { baud, bitsPerByte: 10, turnaround: 20 };
    const replayed = await replay(events, [cable], { pace, clock });
    return { lines, replayed };
  }

  const say = (from: LineMessage["from"], at: number | null, ...bytes: number[]): LineMessage => ({
    from,
    at,
    bytes: Uint8Array.from(bytes),
  });

  it("are those of the messages where they have them", async () => {
    const { lines } = await record([say("client", 0, 1), say("meter", 500, 2)], null);
    expect(lines).toEqual(["0: 1", "500: 2"]);
  });

  it("have silence between two who speak, and none where one goes on", async () => {
    const events = [say("client", null, 1), say("client", null, 2), say("meter", null, 3)];
    expect((await record(events, null)).lines).toEqual(["0: 1", "0: 2", "20: 3"]);
  });

  it("never let two speak at once", async () => {
    // At 100 baud a byte takes 100 ms; the second would begin while the first is on the line.
    const { lines } = await record([say("client", 0, 1, 2), say("meter", 150, 3)], 100);
    expect(lines).toEqual(["100: 1", "200: 2", "300: 3"]);
  });

  it("have a hole where the port was lost", async () => {
    const loss = { kind: "loss", milliseconds: 1000 } as const;
    const { lines, replayed } = await record(
      [say("client", 0, 1), loss, say("client", 0, 2)],
      null,
    );
    expect(lines).toEqual(["0: 1", "0: gone", "1000: back", "1000: 2"]);
    expect(replayed).toEqual({ messages: 2, bytes: [2] });
  });
});
