import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { corpusFolder, corpusIsHere } from "../corpus/corpus.js";
import { readingsLog } from "./readings-log.js";
import { obiscope } from "./run-command.js";

const session = "captures/samples/hdlc-session.txt";
const push = "captures/samples/ciphered-push.txt";
const pushKeys = "captures/samples/ciphered-push.keys.json";
const schemaFile = join(import.meta.dirname, "../../cli/summary.schema.json");
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schemaFile, "utf8")),
);

function summarize(args: readonly string[], input?: string): string {
  const { stdout, status, stderr } = obiscope(["summary", ...args], input);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

const captures = [
  [session],
  [push],
  ["--keys", pushKeys, push],
  ...(corpusIsHere
    ? ["DLMS_profile.pcap", "data1.pcapng", "PRIME-1.4.pcap"].map((name) => [
        join(corpusFolder, "pcap", name),
      ])
    : []),
];

describe("obiscope summary", () => {
  it("says what happened in the sample session", () => {
    const text = summarize([session]);
    expect(text).toContain(
      "14 frames, 1 conversation; 10:00:00.000000 to 10:00:03.250000 (3.250 s)",
    );
    // The damaged answer, with the advice of the registry.
    expect(text).toMatch(/error +1 +6 +hdlc\.fcs-mismatch: .+\n +check: /);
    // Four reads, one of them sent again; three whole answers after 250 ms, one a refusal.
    expect(text).toMatch(/get-request-normal +4 +1 +3 +- +1 +250 +250 +250 +250 +250\n/);
    expect(text).toMatch(/Conversation 0 {2}16 -> 1\/17 {2}hdlc/);
    expect(text).toMatch(/association +AARQ 3, AARE 4: accepted\n/);
    expect(text).toContain("the client takes 1200 bytes, the server takes 512 bytes");
    expect(text).toContain("by the answer to DISC in frame 14");
    expect(text).not.toContain("\x1b");
  });

  it("names keys used and missing, and never a key", () => {
    const { keySets } = JSON.parse(readFileSync(pushKeys, "utf8"));
    const opened = summarize(["--keys", pushKeys, push]);
    expect(opened).toMatch(
      /used +sample meter global-unicast: 2 APDUs deciphered, 2 authenticated/,
    );
    expect(opened).not.toContain(keySets[0].globalUnicastEncryptionKey);
    expect(summarize([push])).toMatch(/missing +global-unicast key of meter 4d4d4d0000bc614e/);
  });

  it.for(captures)("stays within 100 columns: %s", (args) => {
    const tooLong = summarize(args)
      .split("\n")
      .filter((line) => line.length > 100);
    expect(tooLong).toEqual([]);
  });

  it.for(captures)("keeps to its schema: %s", (args) => {
    validate(JSON.parse(summarize(["--format", "json", ...args])));
    expect(validate.errors).toBe(null);
  });

  it("writes one object a file, and nothing learnt in one is used in the next", () => {
    const lines = summarize(["--format", "json", push, session, push]).trimEnd().split("\n");
    const summaries = lines.map((line) => JSON.parse(line));
    expect(summaries.map(({ source }) => source)).toEqual([push, session, push]);
    expect(summaries[2]).toEqual(summaries[0]);
    expect(summaries[1]).toMatchObject({
      frames: 14,
      "duration-ms": 3250,
      conversations: [
        {
          client: 16,
          server: { upper: 1, lower: 17 },
          associations: [
            { "aarq-frame": 3, "aare-frame": 4, result: "accepted", end: { how: "disconnected" } },
          ],
        },
      ],
    });
    expect(summarize([push, session])).toMatch(/^== captures\/samples\/ciphered-push.txt\n/);
  });

  it("has the findings that decode has", () => {
    const frames = obiscope(["decode", "--format", "json", session]).stdout;
    const found: { code: string }[] = JSON.parse(frames).flatMap(
      ({ diagnostics = [] }: { diagnostics?: { code: string }[] }) => diagnostics,
    );
    const counts = new Map<string, number>();
    for (const { code } of found) counts.set(code, (counts.get(code) ?? 0) + 1);
    const { problems }: { problems: { code: string; count: number }[] } = JSON.parse(
      summarize(["--format", "json", session]),
    );
    expect(new Map(problems.map(({ code, count }) => [code, count]))).toEqual(counts);
  });

  it("has the business processes as JSON, the most frequent first", () => {
    const summary = JSON.parse(summarize(["--format", "json", "-"], readingsLog()));
    validate(summary);
    expect(validate.errors).toBe(null);
    // Frames 1 and 9 read names of the device, 3 and 5 a register, 7 the clock.
    expect(summary["business-processes"]).toEqual([
      { process: "commissioning", exchanges: 2, "first-frame": 1 },
      { process: "readings on demand", exchanges: 2, "first-frame": 3 },
      { process: "supervision", exchanges: 1, "first-frame": 7 },
    ]);
    const [process] = summary["business-processes"];
    for (const wrong of [{ ...process, "first-frame": 0 }, { ...process, share: 1 }, {}]) {
      expect(validate({ ...summary, "business-processes": [wrong] })).toBe(false);
    }
    const { "business-processes": _, ...without } = summary;
    expect(validate(without)).toBe(false);
  });

  it("reads standard input, and shows as many conversations as are asked for", () => {
    const text = summarize(["--conversations", "0", "-"], "TX: 7E A0 07 03 21 93 0F 01 7E\n");
    expect(text).toContain("1 frame, 1 conversation; no times");
    expect(text).toContain("1 more conversation");
    expect(text).not.toContain("Conversation 0");
  });

  it.for<[string, string[], number]>([
    ["a missing file", ["no-such-file"], 1],
    ["a text without bytes", ["LICENSE"], 1],
    ["a format of decode", ["--format", "ndjson", session], 2],
    ["no file", [], 2],
    ["no number of conversations", ["--conversations", "few", session], 2],
    ["a key of a wrong length", ["--guek", "0011", push], 2],
    ["an error with --fail-on error", ["--fail-on", "error", session], 3],
    ["no such severity with --fail-on", ["--fail-on", "error", "--keys", pushKeys, push], 0],
  ])("exits as the contract says: %s", ([, args, expected]) => {
    const { status, stderr } = obiscope(["summary", ...args]);
    expect(status).toBe(expected);
    if (expected === 1 || expected === 2) expect(stderr).toMatch(/^obiscope: .+/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
