/** The decoder as a library: `createDecoder`, in Node and where nothing of Node is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import {
  amendFrame,
  createDecoder,
  type Frame,
  FrameDecoder,
  type FrameJson,
  LINK_TYPE_MESSAGE,
  parseKeyFile,
  presentFrame,
} from "../../decoder/index.js";
import type { DiagnosticJson, SourceJson, TreeNodeJson } from "../../decoder/present/frame-json.js";
import { cipher } from "../bench/messages.js";
import { pushKeys } from "../samples/make-samples.js";
import { getResponse, HdlcConversation, numbered } from "./conversation/trace-frames.js";
import { sampleKeys, sampleMessages, sampleStreams, toBytes } from "./sample-captures.js";

const root = join(import.meta.dirname, "../..");

/** SNRM from client 16 to server 1. Corpus, fs-22222885268-iec21-0001. */
const snrm = "7ea0070321930f017e";
/** A get-request of the Green Book's example: attribute 2 of the clock, 0.0.1.0.0.255. */
const getRequest = "c0010000080000010000ff0200";

describe("createDecoder", () => {
  it("gives a frame when its last byte has come, with the time of its first", () => {
    const decoder = createDecoder();
    const bytes = toBytes(snrm);
    // 2026-01-02T03:04:05Z is 20455 days after 1970, 3 h 4 min 5 s: 1767323045 s.
    const time = { seconds: 1_767_323_045, nanoseconds: 123_456_789, dated: true };
    expect(decoder.push(bytes.subarray(0, 4), { time })).toEqual([]);
    const [frame, ...others] = decoder.push(bytes.subarray(4));
    expect(others).toEqual([]);
    expect(frame).toMatchObject({
      schema: 1,
      number: 1,
      time: "2026-01-02T03:04:05.123456789Z",
      direction: "client-to-server",
      client: 16,
      server: { upper: 1 },
      layers: ["hdlc"],
      bytes: snrm,
    });
    expect(decoder.finish()).toEqual([]);
  });

  it("reads messages and directions as they are given", () => {
    const decoder = createDecoder({ framing: "apdu" });
    const seen = { linkType: LINK_TYPE_MESSAGE, direction: "client-to-server" } as const;
    const frames = [...decoder.push(toBytes(getRequest), seen), ...decoder.finish()];
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({
      direction: "client-to-server",
      apdu: {
        name: "get-request-normal",
        "cosem-attribute-descriptor": {
          "class-id": 8,
          "instance-id": "0.0.1.0.0.255",
          "attribute-id": 2,
        },
      },
    });
  });

  it("takes keys from a key file, and gives trees", () => {
    const title = Buffer.from("4d4d4d0000bc614e", "hex");
    const message = cipher(Buffer.from(getRequest, "hex"), title, 1);
    const decoder = createDecoder({ keySets: parseKeyFile(pushKeys), tree: true });
    const frames = [...decoder.push(message, { linkType: LINK_TYPE_MESSAGE }), ...decoder.finish()];
    expect(frames[0]?.ciphering).toMatchObject({ status: "decrypted", plaintext: getRequest });
    expect(frames[0]?.sources?.[1]).toMatchObject({ kind: "decrypted", bytes: getRequest });
    expect(frames[0]?.tree).not.toEqual([]);
  });

  it("gives what FrameDecoder gives, in the contract's form", () => {
    for (const { framing = "auto", chunks } of [...sampleStreams, ...sampleMessages]) {
      const options = { framing, keySets: sampleKeys, tree: true } as const;
      const library = createDecoder(options);
      const plain = new FrameDecoder(options);
      const frames = chunks.flatMap(({ bytes, linkType, direction, time }) =>
        library.push(bytes, { linkType, direction, time }),
      );
      const present = (frame: Frame) => {
        for (const amendment of plain.takeAmendments()) amendFrame(frame, amendment);
        return presentFrame(frame);
      };
      const expected = chunks.flatMap((part) => Array.from(plain.push(part), present));
      expect(frames).toEqual(expected);
      expect(library.finish()).toEqual([
        ...Array.from(plain.finish(), present),
        ...Array.from(plain.reportAmendments(), (frame) => presentFrame(frame)),
      ]);
    }
  });

  it("tells with the newest frame what it shows of earlier ones, and the rest at the end", () => {
    const decoder = createDecoder();
    const link = new HdlcConversation();
    const segments = link.send("server-to-client", getResponse(numbered(60)), 40);
    const pushed = segments.slice(0, 1).flatMap(({ bytes }) => decoder.push(bytes));
    expect(pushed[0]?.diagnostics?.map(({ code }) => code)).toEqual(["framing.assumed"]);
    const finished = decoder.finish();
    expect(finished).toHaveLength(1);
    expect(finished[0]).toMatchObject({ number: 2, layers: ["capture"], bytes: "" });
    expect(finished[0]?.diagnostics).toMatchObject([{ code: "reassembly.unfinished" }]);
    expect(finished[0]?.diagnostics?.[0]?.message).toMatch(/: frame 1\b/);
  });

  it("keeps two decoders apart", () => {
    const first = createDecoder();
    const second = createDecoder();
    first.push(toBytes(snrm));
    expect(second.push(toBytes(snrm))[0]?.number).toBe(1);
    expect(second.finish()).toEqual([]);
  });
});

describe("the library where nothing of Node is", () => {
  it("runs as a script of its own, with the language alone", async () => {
    const { outputFiles, warnings } = await build({
      entryPoints: [join(root, "decoder/index.ts")],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "obiscope",
      platform: "neutral",
      target: "es2023",
    });
    expect(warnings).toEqual([]);
    // An empty context has what the language defines: no process, no Buffer, no TextDecoder.
    const context = createContext({});
    runInContext(outputFiles[0]?.text ?? "", context);
    expect(runInContext("typeof TextDecoder + typeof process", context)).toBe("undefinedundefined");
    const title = Buffer.from("4d4d4d0000bc614e", "hex");
    const message = cipher(Buffer.from(getRequest, "hex"), title, 1).toString("hex");
    const script = `
      const decoder = obiscope.createDecoder({
        tree: true,
        keySets: obiscope.parseKeyFile(${JSON.stringify(pushKeys)}),
      });
      const seen = { linkType: obiscope.LINK_TYPE_MESSAGE };
      const frames = [
        ...decoder.push(obiscope.fromHex("${snrm}"), seen),
        ...decoder.push(obiscope.fromHex("${message}"), seen),
        ...decoder.finish(),
      ];
      JSON.stringify(frames)`;
    const frames: FrameJson[] = JSON.parse(String(runInContext(script, context)));
    expect(frames).toMatchObject([
      { number: 1, layers: ["hdlc"], client: 16 },
      { number: 2, apdu: { name: "get-request-normal" }, ciphering: { status: "decrypted" } },
    ]);
    const decoder = createDecoder({ tree: true, keySets: parseKeyFile(pushKeys) });
    const seen = { linkType: LINK_TYPE_MESSAGE };
    const here = [snrm, message].flatMap((hex) => decoder.push(toBytes(hex), seen));
    expect(frames).toEqual([...here, ...decoder.finish()]);
  });
});

/** Every member that a type has, and whether it must be there: the compiler holds both to it. */
type Members<Type> = {
  readonly [Key in keyof Type]-?: undefined extends Type[Key] ? "optional" : "required";
};

const frameMembers: Members<FrameJson> = {
  schema: "required",
  source: "optional",
  number: "required",
  time: "required",
  conversation: "optional",
  direction: "required",
  client: "required",
  server: "required",
  layers: "required",
  info: "required",
  marked: "optional",
  comment: "optional",
  bytes: "required",
  link: "optional",
  apdu: "optional",
  ciphering: "optional",
  reassembly: "optional",
  association: "optional",
  answers: "optional",
  "answered-by": "optional",
  "latency-ms": "optional",
  "business-process": "optional",
  readings: "optional",
  diagnostics: "optional",
  tree: "optional",
  sources: "optional",
};
const diagnosticMembers: Members<DiagnosticJson> = {
  code: "required",
  severity: "required",
  group: "required",
  message: "required",
  clause: "optional",
  check: "optional",
  source: "optional",
  start: "required",
  end: "required",
};
const nodeMembers: Members<TreeNodeJson> = {
  field: "required",
  name: "required",
  mask: "optional",
  value: "optional",
  display: "optional",
  generated: "optional",
  source: "required",
  start: "required",
  end: "required",
  children: "optional",
};
const sourceMembers: Members<SourceJson> = {
  id: "required",
  kind: "required",
  bytes: "required",
  origin: "optional",
  from: "optional",
};
const sourceKinds: Readonly<Record<SourceJson["kind"], true>> = {
  frame: true,
  packet: true,
  fragment: true,
  reassembled: true,
  decrypted: true,
  decompressed: true,
  content: true,
};

interface ObjectSchema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
}

describe("the schema of a frame", () => {
  const schema: ObjectSchema & { readonly definitions: Readonly<Record<string, ObjectSchema>> } =
    JSON.parse(readFileSync(join(root, "decoder/present/frame.schema.json"), "utf8"));

  it.for<[string, ObjectSchema | undefined, Readonly<Record<string, string>>]>([
    ["a frame", schema, frameMembers],
    ["a diagnostic", schema.definitions["diagnostic"], diagnosticMembers],
    ["a node", schema.definitions["node"], nodeMembers],
    ["a source", schema.definitions["source"], sourceMembers],
  ])("has the members of the type: %s", ([, found, members]) => {
    const required = Object.keys(members).filter((name) => members[name] === "required");
    expect(Object.keys(found?.properties ?? {}).sort()).toEqual(Object.keys(members).sort());
    expect([...(found?.required ?? [])].sort()).toEqual(required.sort());
  });

  it("has the kinds of sources of the type", () => {
    const kinds = schema.definitions["source"]?.properties["kind"]?.enum ?? [];
    expect([...kinds].sort()).toEqual(Object.keys(sourceKinds).sort());
  });
});
