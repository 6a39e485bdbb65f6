/**
 * The meter simulator, by hand: makes a serial port, waits until somebody opens it, says a session
 * of the corpus on it, and ends.
 *
 *   npx tsx test/simulator/run.ts --session playground-hls-ciphered --baud 115200
 *   npx tsx test/simulator/run.ts --session elster-trace --ports 2 --baud 9600 --turnaround 40
 *   npx tsx test/simulator/run.ts --item ID --parity even --baud 300
 *   npx tsx test/simulator/run.ts --session elster-trace --noise 100 --drops 2000 --loss 40:3000
 */
import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { parseArgs } from "node:util";
import { corpusFolder, corpusIsHere, readItems } from "../corpus/corpus.js";
import { type LineFaults, withFaults } from "./faults.js";
import { type LineMessage, messagesOf } from "./line-message.js";
import { realClock } from "./pace.js";
import { PtyPair, socatIsHere } from "./pty-pair.js";
import { type Cables, replay } from "./replay.js";

const { values } = parseArgs({
  options: {
    session: { type: "string" },
    item: { type: "string" },
    /** 1: both sides on one port; 2: the client's and the meter's. */
    ports: { type: "string", default: "1" },
    /** Missing: as fast as the port takes it. */
    baud: { type: "string" },
    /** Milliseconds before the other side speaks. */
    turnaround: { type: "string", default: "20" },
    times: { type: "string", default: "1" },
    /** Seconds to wait for somebody who opens the port. */
    wait: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    /** Out of 1000 messages, before how many there is noise. */
    noise: { type: "string", default: "0" },
    /** Out of a million bytes, how many are lost, and how many have a bit turned over. */
    drops: { type: "string", default: "0" },
    flips: { type: "string", default: "0" },
    parity: { type: "string" },
    /** Before which message the port goes away, and for how many milliseconds. */
    loss: { type: "string", multiple: true, default: [] },
  },
});

/** Ends with a sentence where something was asked for that is not there. */
function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

function toNumber(name: string, text: string): number {
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : refuse(`--${name} ${text}: no number`);
}

function findMessages(): LineMessage[] {
  if (!corpusIsHere) refuse(`the corpus is not at ${corpusFolder}`);
  const { session, item: id } = values;
  const items = readItems();
  const found = items.find((item) =>
    session === undefined ? item.id === id : item.file === `sessions/${session}.jsonl`,
  );
  if (found !== undefined) return messagesOf(found);
  const names = items.flatMap(({ file }) => /^sessions\/(.*)\.jsonl$/.exec(file ?? "")?.[1] ?? []);
  return refuse(`--session takes one of ${names.join(", ")}; --item takes an id of the corpus`);
}

/** How many processes have that terminal open, as far as this user may look; socat is one. */
function countHolders(terminal: string): number {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const handles = `/proc/${name}/fd`;
        return readdirSync(handles).some((fd) => readlinkSync(`${handles}/${fd}`) === terminal);
      } catch {
        return false;
      }
    }).length;
}

function readParity(text: string | undefined): Pick<LineFaults, "parity"> {
  if (text === undefined) return {};
  return text === "even" || text === "odd"
    ? { parity: text }
    : refuse(`--parity ${text}: even or odd`);
}

if (values.ports !== "1" && values.ports !== "2") refuse(`--ports ${values.ports}: 1 or 2`);
if (!socatIsHere) refuse("socat is not installed; on Debian: apt-get install socat");
const perMille = toNumber("noise", values.noise);
const faults: LineFaults = {
  seed: toNumber("seed", values.seed),
  ...(perMille === 0 ? {} : { noise: { perMille, atMost: 16 } }),
  ...readParity(values.parity),
  dropsPerMillion: toNumber("drops", values.drops),
  flipsPerMillion: toNumber("flips", values.flips),
  losses: values.loss.map((text) => {
    const [before = "", milliseconds = ""] = text.split(":");
    return {
      before: toNumber("loss", before),
      milliseconds: toNumber("loss", milliseconds === "" ? "1000" : milliseconds),
    };
  }),
};
const pace = {
  baud: values.baud === undefined ? null : toNumber("baud", values.baud),
  bitsPerByte: 10,
  turnaround: toNumber("turnaround", values.turnaround),
};
if (pace.baud === 0) refuse("--baud 0: no line is that slow");
const once = findMessages();
const messages = Array.from({ length: toNumber("times", values.times) }, () => once).flat();

const first = await PtyPair.open();
const second = values.ports === "2" ? await PtyPair.open() : undefined;
const pairs = second === undefined ? [first] : [first, second];
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
try {
  process.stdout.write(`${pairs.map(({ near }) => near).join("\n")}\n`);
  const terminals = pairs.map(({ near }) => realpathSync(near));
  const before = terminals.map(countHolders);
  const deadline = realClock.now() + 1000 * toNumber("wait", values.wait);
  const isOpen = () => terminals.every((one, i) => countHolders(one) > (before[i] ?? 0));
  while (!isOpen() && !stop.signal.aborted) {
    if (realClock.now() > deadline) refuse("nobody has opened the port");
    await realClock.sleep(100);
  }
  // Who has opened a port sets it up next, and may drop what came before.
  await realClock.sleep(300);
  const cables: Cables = second === undefined ? [first] : [first, second];
  const options = { pace, signal: stop.signal };
  const replayed = await replay(withFaults(messages, faults), cables, options);
  const bytes = replayed.bytes.join(" and ");
  process.stderr.write(`${replayed.messages} messages, ${bytes} bytes\n`);
  // The last ones are still on the cable.
  await realClock.sleep(500);
} finally {
  for (const pair of pairs) await pair.close();
}
