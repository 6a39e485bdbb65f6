import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { FrameJson } from "../../decoder/index.js";
import { obiscope, shell } from "./run-command.js";

const session = "captures/samples/hdlc-session.txt";
const push = "captures/samples/ciphered-push.txt";
const pushKeys = "captures/samples/ciphered-push.keys.json";
const schemaFile = join(import.meta.dirname, "../../decoder/present/frame.schema.json");
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schemaFile, "utf8")),
);

function decodeLines(args: readonly string[], input?: string): FrameJson[] {
  const { stdout, status, stderr } = obiscope(["decode", "--format", "ndjson", ...args], input);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as FrameJson);
}

describe("obiscope decode", () => {
  it("reads the sample session to a register's value and its scaler and unit", () => {
    const frames = decodeLines([session]);
    expect(frames.map(({ layers }) => layers.at(-1))).toEqual([
      "hdlc",
      "hdlc",
      "aarq",
      "aare",
      "get-request-normal",
      "get-response-normal",
      "get-request-normal",
      "get-response-normal",
      "get-request-normal",
      "get-response-normal",
      "get-request-normal",
      "get-response-normal",
      "hdlc",
      "hdlc",
    ]);
    // 0x0001e240 = 123456; the bytes stand in the sample.
    expect(frames[7]?.apdu).toMatchObject({
      "invoke-id-and-priority": { "invoke-id": 1, "service-class": "confirmed", priority: "high" },
      result: { data: { type: "double-long-unsigned", value: 123456 } },
    });
    expect(frames[9]?.apdu).toMatchObject({
      result: {
        data: {
          type: "structure",
          value: [
            { type: "integer", value: 0 },
            { type: "enum", value: 30 },
          ],
        },
      },
    });
    expect(frames[4]).toMatchObject({
      number: 5,
      time: "10:00:01.000000000",
      direction: "client-to-server",
      client: 16,
      server: { upper: 1, lower: 17 },
    });
  });

  it("finds the damaged answer of the sample session and nothing else wrong", () => {
    const found = decodeLines([session]).flatMap(({ number, diagnostics }) =>
      (diagnostics ?? [])
        .filter(({ severity }) => severity === "error" || severity === "warning")
        .map(({ code }) => [number, code]),
    );
    expect(found).toEqual([[6, "hdlc.fcs-mismatch"]]);
  });

  it("deciphers the sample push with its key file, and says what is missing without", () => {
    const frames = decodeLines(["--keys", pushKeys, push]);
    expect(frames.map(({ ciphering }) => ciphering?.status)).toEqual(["decrypted", "decrypted"]);
    expect(frames[1]?.ciphering).toMatchObject({
      key: "sample meter global-unicast",
      "system-title": "4d4d4d0000bc614e",
      "invocation-counter": 2,
      authenticated: true,
      encrypted: true,
    });
    expect(frames[0]?.apdu).toMatchObject({ name: "data-notification" });
    const [locked] = decodeLines([push]);
    expect(locked?.ciphering?.status).toBe("no-key");
    expect(locked?.apdu?.name).toBe("general-glo-ciphering");
  });

  it.for([[session], [push], ["--keys", pushKeys, push]])("keeps to its schema: %s", (args) => {
    for (const frame of decodeLines(["--tree", ...args])) {
      validate(frame);
      expect(validate.errors).toBe(null);
    }
  });

  it("writes one JSON array over several files", () => {
    const { stdout, status } = obiscope(["decode", "--format", "json", session, push]);
    expect(status).toBe(0);
    const frames = JSON.parse(stdout) as FrameJson[];
    expect(frames).toHaveLength(16);
    expect(frames.map(({ source }) => source)).toContain(push);
    expect(frames[14]?.number).toBe(1);
  });

  it("reads standard input", () => {
    // SNRM from client 16 to server 1: IEC 62056-46 addressing, as in the corpus's Elster trace.
    const [frame] = decodeLines(["-"], "7E A0 07 03 21 93 0F 01 7E\n");
    expect(frame).toMatchObject({
      source: "-",
      client: 16,
      server: { upper: 1 },
      layers: ["hdlc"],
    });
  });

  it("writes text with a tree that a person can follow, without colours into a pipe", () => {
    const { stdout } = obiscope(["decode", "--tree", session]);
    expect(stdout).toContain("error   hdlc.fcs-mismatch");
    expect(stdout).toMatch(/double-long-unsigned\s+123456/);
    expect(stdout).not.toContain("\x1b");
  });

  it.for<[string, string[], number]>([
    ["a missing file", ["decode", "no-such-file"], 1],
    ["a directory", ["decode", "decoder"], 1],
    ["a text without bytes", ["decode", "LICENSE"], 1],
    ["a program", ["decode", process.execPath], 1],
    ["an unknown option", ["decode", "--nonsense", session], 2],
    ["an unknown format", ["decode", "--format", "yaml", session], 2],
    ["no file", ["decode"], 2],
    ["an unknown command", ["decypher", session], 2],
    ["a key of a wrong length", ["decode", "--guek", "0011", push], 2],
    ["a bad decode-as", ["decode", "--decode-as", "tcp.port=hdlc", session], 2],
    ["an error with --fail-on error", ["decode", "--fail-on", "error", session], 3],
    [
      "no such severity with --fail-on",
      ["decode", "--fail-on", "error", "--keys", pushKeys, push],
      0,
    ],
  ])("exits as the contract says: %s", ([, args, expected]) => {
    const { status, stderr } = obiscope(args);
    expect(status).toBe(expected);
    if (expected === 1 || expected === 2) expect(stderr).toMatch(/^obiscope: .+/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("names the field of a wrong key and never the key", () => {
    const { stderr } = obiscope(["decode", "--guek", "00112233445566778899aabbccddee", push]);
    expect(stderr).toMatch(/guek|globalUnicastEncryptionKey/);
    expect(stderr).not.toContain("00112233");
  });

  it("ends quietly when its reader goes away", () => {
    // Far more than a pipe holds: the command is still writing when `head` has gone.
    const files = Array.from({ length: 40 }, () => session).join(" ");
    const { status, stdout, stderr } = shell(
      `"${process.execPath}" dist/cli.js decode --tree ${files} | head -n 1; echo "\${PIPESTATUS[0]}"`,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("0");
  });
});

describe("obiscope", () => {
  it("lists fields by prefix", () => {
    const { stdout, status } = obiscope(["fields", "hdlc."]);
    expect(status).toBe(0);
    const names = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(names).toContain("hdlc.control.type");
    expect(names).toContain("hdlc.fcs");
    expect(names.every((name) => name?.startsWith("hdlc."))).toBe(true);
  });

  it.for([
    ["--help"],
    ["decode", "--help"],
    ["summary", "--help"],
    ["fields", "--help"],
    ["diagnostics", "--help"],
  ])("has help with examples: %s", (args) => {
    const { stdout, status } = obiscope(args);
    expect(status).toBe(0);
    expect(stdout).toContain("Examples");
  });

  it("knows its version", () => {
    const manifest = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
    );
    expect(obiscope(["--version"]).stdout).toBe(`obiscope ${manifest.version}\n`);
  });
});
