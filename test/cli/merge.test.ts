/** Several captures by time as one: who answers whom does not depend on which file has it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { message, read, writeLog } from "../analyzer/session-log.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { getRequest, getResponse, wrap } from "../bench/messages.js";
import { pcapHeader, pcapRecord, udpPacket } from "../bench/packets.js";
import { SeededRandom } from "../bench/random.js";
import { obiscope, projectFolder, shell } from "./run-command.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

interface JsonFrame {
  readonly source: string;
  readonly number: number;
  readonly info: string;
  readonly conversation?: number;
  readonly answers?: number;
  readonly "answered-by"?: number;
}

function decode(...args: readonly string[]): readonly JsonFrame[] {
  const { stdout, stderr, status } = obiscope(["decode", "--format", "ndjson", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonFrame);
}

const session = readFileSync(join(projectFolder, "captures/samples/hdlc-session.txt"), "utf8");
const linesWith = (mark: string) => session.split("\n").filter((line) => line.includes(mark));
/** The sample as two taps would have it: what the client sends, and what the meter sends. */
const sent = folder.write("sent.log", `${linesWith("TX:").join("\n")}\n`);
const received = folder.write("received.log", `${linesWith("RX:").join("\n")}\n`);
const both = folder.write("both.log", `${session.split("\n").slice(1).join("\n")}`);

/** Four exchanges over UDP, each a request at a whole second and its answer 40 ms later. */
function packetsOf(sender: "client" | "server"): Buffer {
  const random = new SeededRandom(7);
  const client = { source: 1, destination: 2, sourcePort: 40_000, destinationPort: 4059 };
  const server = { source: 2, destination: 1, sourcePort: 4059, destinationPort: 40_000 };
  const records = Array.from({ length: 4 }, (_, i) =>
    sender === "client"
      ? pcapRecord(udpPacket(client, wrap(getRequest(random, i), 16, 1)), 1e6 * i)
      : pcapRecord(udpPacket(server, wrap(getResponse(random, i), 1, 16)), 1e6 * i + 40_000),
  );
  return Buffer.concat([pcapHeader, ...records]);
}
const requests = folder.write("requests.pcap", packetsOf("client"));
const responses = folder.write("responses.pcap", packetsOf("server"));

describe("obiscope --merge", () => {
  it("pairs the packets of a connection that lie in two files", () => {
    // Requests are frames 1, 3, 5, 7 in the order of times, their answers 2, 4, 6, 8.
    for (const files of [
      [requests, responses],
      [responses, requests],
    ]) {
      const frames = decode("--merge", ...files);
      expect(frames.map(({ answers = null }) => answers)).toEqual([
        null,
        1,
        null,
        3,
        null,
        5,
        null,
        7,
      ]);
      expect(frames.map((frame) => frame["answered-by"] ?? null)).toEqual([
        2,
        null,
        4,
        null,
        6,
        null,
        8,
        null,
      ]);
      expect(new Set(frames.map(({ conversation }) => conversation))).toEqual(new Set([0]));
      expect(frames[0]?.source).toBe(`${files[0]} and 1 more`);
    }
    const apart = decode(requests, responses);
    expect(apart.map(({ number }) => number)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
    expect(apart.every(({ answers }) => answers === undefined)).toBe(true);
  });

  it("reads two sides of a line as the line", () => {
    const whole = obiscope(["decode", "--tree", both]).stdout;
    expect(whole).toContain("(answers 7 after 250.0 ms)");
    expect(obiscope(["decode", "--tree", "--merge", sent, received]).stdout).toBe(whole);
    expect(obiscope(["decode", "--tree", "--merge", received, sent]).stdout).toBe(whole);
  });

  it("sums up, lists readings and objects, and exports as if it were one file", () => {
    for (const command of ["summary", "readings", "objects"]) {
      const whole = obiscope([command, both]).stdout;
      expect(obiscope([command, "--merge", sent, received]).stdout, command).toBe(whole);
    }
    const page = folder.write("page.html", "");
    obiscope(["export", "--merge", sent, received, "--out", page]);
    const text = readFileSync(page, "utf8");
    expect(text).toContain("<title>sent.log and 1 more</title>");
    expect(text).not.toContain("<h2>");
    expect(text).toContain('answers <a data-frame="f7">7</a> after 250.0 ms');
  });

  it("goes on with a line where the file before has ended", () => {
    const lines = session.split("\n").slice(1);
    const monday = folder.write("monday.log", `${lines.slice(0, 7).join("\n")}\n`);
    const tuesday = folder.write("tuesday.log", `${lines.slice(7).join("\n")}`);
    expect(obiscope(["decode", "--merge", monday, tuesday]).stdout).toBe(
      obiscope(["decode", both]).stdout,
    );
  });

  it("keeps two lines apart that are heard at the same time", () => {
    // Both logs have both sides, and the same addresses; the second starts 50 ms later.
    const register = "1-0:1.8.0*255";
    const one = folder.write("one.log", writeLog(read(0, 3, register, 2, "06 00000001")));
    const other = folder.write("other.log", writeLog(read(50, 3, register, 2, "06 00000002")));
    const frames = decode("--merge", one, other);
    expect(frames.map(({ conversation, answers }) => [conversation, answers])).toEqual([
      [0, undefined],
      [1, undefined],
      [0, 1],
      [1, 2],
    ]);
    const { stdout } = obiscope(["summary", "--merge", one, other]);
    expect(stdout).toMatch(/^Conversation 0 .*line 0$/m);
    expect(stdout).toMatch(/^Conversation 1 .*line 1$/m);
  });

  it("takes standard input as one of them, once", () => {
    const merged = shell(`node dist/cli.js decode --merge - ${received} < ${sent}`);
    expect(merged.stdout).toBe(obiscope(["decode", both]).stdout);
    const twice = obiscope(["decode", "--merge", "-", "-"]);
    expect(twice.status).toBe(2);
    expect(twice.stderr).toContain("--merge takes '-' once");
  });

  it("reads none where one cannot be read", () => {
    const { status, stdout, stderr } = obiscope(["decode", "--merge", sent, "no-such.log"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^obiscope: no-such\.log: /);
  });

  it("names the file that is damaged", () => {
    const damaged = folder.write("damaged.pcap", packetsOf("server").subarray(0, -5));
    const { stdout, status } = obiscope(["decode", "--merge", requests, damaged]);
    expect(status).toBe(0);
    expect(stdout).toContain(`${damaged}: `);
    expect(stdout).toContain("of the file)");
  });

  it("deciphers with the keys given, whichever file the APDU lies in", () => {
    // A message without time comes before everything that has one.
    const untimed = folder.write("untimed.log", "TX: 7E A0 07 03 21 93 0F 01 7E\n");
    const push = "captures/samples/ciphered-push.txt";
    const keys = "captures/samples/ciphered-push.keys.json";
    const frames = decode("--merge", "--keys", keys, push, untimed);
    expect(frames[0]?.info).toBe("SNRM");
    expect(frames[1]?.info).toContain("[decrypted]");
  });

  it("has each file's own words", () => {
    const noted = folder.write(
      "noted.log",
      `the optical head\n${writeLog([message(0, "client", "c001c100030100010800ff0200")])}`,
    );
    expect(obiscope(["decode", "--merge", noted, received]).stdout).toContain("the optical head");
  });
});
