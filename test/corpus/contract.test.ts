/** The public contract, on frames of all kinds: form of the JSON, and what must not be in it. */
import { createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { nodePrimitives } from "../../analyzer/index.js";
import {
  type Frame,
  presentFrame,
  TextBuffer,
  toHex,
  writeFrameText,
} from "../../decoder/index.js";
import type { Json } from "../../decoder/present/frame-json.js";
import { type CorpusItem, corpusIsHere, readItems, readMessages } from "./corpus.js";
import { isData, isObject } from "./data-json.js";
import { decodeItem } from "./decode-item.js";

const items = readItems().filter(({ framing }) => framing !== "crypto");

/** Frames of a recording of pushes are alike: its first ones stand for it. */
const enough = 60;

function shorten(item: CorpusItem): CorpusItem {
  if (item.kind !== "stream") return item;
  const { file: _, ...others } = item;
  const frames = readMessages(item).slice(0, enough);
  return { ...others, frames_inline: frames.map(({ dir, bytes }) => ({ dir, hex: toHex(bytes) })) };
}

const framesOfItems = new Map<string, readonly Frame[]>();

/** The frames of an item, with trees; decoded once. */
function framesOf(item: CorpusItem): readonly Frame[] {
  let frames = framesOfItems.get(item.id);
  if (frames === undefined) {
    frames = decodeItem(shorten(item));
    framesOfItems.set(item.id, frames);
  }
  return frames;
}

const schemaFile = join(import.meta.dirname, "../../decoder/present/frame.schema.json");
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schemaFile, "utf8")),
);

describe.skipIf(!corpusIsHere)("JSON of a frame", () => {
  it("keeps to the schema and to the forms of values", () => {
    const faults: string[] = [];
    for (const item of items) {
      for (const frame of framesOf(item)) {
        const json = presentFrame(frame, item.id);
        if (!validate(json)) faults.push(`${item.id}: ${JSON.stringify(validate.errors)}`);
        for (const fault of findMalformed({ ...json.apdu, ...json.link }, `${frame.number}`)) {
          faults.push(`${item.id}: ${fault}`);
        }
      }
    }
    // An address of a telegram that was damaged on the line stands as it came.
    expect(faults).toEqual(['amsleser-p1-0007: 1.p1.objects[13].obis: "1-0:4:24.7.0"']);
  });
});

const isInteger = (json: Json) => typeof json === "number" && Number.isSafeInteger(json);
const isHex = (json: Json) => typeof json === "string" && /^(?:[0-9a-f]{2})*$/.test(json);
const isText = (json: Json) => typeof json === "string";
const isNull = (json: Json) => json === null;
const isList = (json: Json) => Array.isArray(json) && json.every(isData);
const isFloat = (json: Json) =>
  typeof json === "number" || json === "NaN" || json === "Infinity" || json === "-Infinity";
/** Digits only beyond 2^53. */
const isLong = (json: Json) =>
  isInteger(json) ||
  (typeof json === "string" && /^-?\d+$/.test(json) && !Number.isSafeInteger(Number(json)));
/** `2019-12-16T07:59:40+01:00`, with `*` for what is left open. */
const isDateTime = (json: Json) =>
  typeof json === "string" &&
  /^(?:\d{4}|\*)-(?:[\w*]+)-(?:[\w*]+)T[\d*:.]+(?:\*|[+-]\d\d:\d\d)(?: \w+)?$/.test(json);

const forms: Readonly<Record<string, (json: Json) => boolean>> = {
  "null-data": isNull,
  "dont-care": isNull,
  boolean: (json) => typeof json === "boolean",
  "octet-string": isHex,
  "visible-string": isText,
  "utf8-string": isText,
  "bit-string": (json) => typeof json === "string" && /^[01]*$/.test(json),
  array: isList,
  structure: isList,
  "compact-array": isList,
  "floating-point": isFloat,
  float32: isFloat,
  float64: isFloat,
  long64: isLong,
  "long64-unsigned": isLong,
  "date-time": isDateTime,
  date: isText,
  time: isText,
};

const isObis = (json: Json) =>
  typeof json === "string" && /^(?:\d{1,3}\.){5}\d{1,3}$/.test(json) && !/\b0\d/.test(json);

/** Members that stand for more than their text. */
const members: Readonly<Record<string, (json: Json) => boolean>> = {
  "instance-id": isObis,
  obis: isObis,
  // Bytes that are not 12 stand as they are; general-ciphering has them so, too.
  "date-time": (json) => isNull(json) || isDateTime(json) || isHex(json),
  "system-title": isHex,
  "invocation-counter": isInteger,
  "class-id": isInteger,
  "attribute-id": isInteger,
  "method-id": isInteger,
};

/** Values that are not in the contract's form, by the way to them. */
function* findMalformed(json: Json | undefined, path: string): Generator<string> {
  if (Array.isArray(json)) {
    for (const [i, element] of json.entries()) yield* findMalformed(element, `${path}[${i}]`);
    return;
  }
  if (!isObject(json)) return;
  const rightForm = isData(json) ? (forms[json.type] ?? isInteger) : undefined;
  if (rightForm?.(json["value"] ?? null) === false) yield `${path}: ${JSON.stringify(json)}`;
  for (const [name, member] of Object.entries(json)) {
    if (members[name]?.(member) === false) yield `${path}.${name}: ${JSON.stringify(member)}`;
    yield* findMalformed(member, `${path}.${name}`);
  }
}

describe.skipIf(!corpusIsHere)("secrets", () => {
  it("shows no key of an item, in JSON or text, that its bytes do not show", () => {
    const shown: string[] = [];
    let looked = 0;
    for (const item of items.filter(({ keys }) => keys !== undefined)) {
      const { ek = [], ak = [] } = item.keys ?? {};
      const plain = item.verified?.plain ?? "";
      const dedicated = plain.startsWith("010110") ? [plain.slice(6, 38)] : [];
      for (const frame of framesOf(item)) {
        const output = (JSON.stringify(presentFrame(frame)) + toText(frame)).toLowerCase();
        const captured = frame.sources.filter(({ kind }) => kind === "frame" || kind === "packet");
        const raw = captured.map(({ bytes }) => Buffer.from(bytes).toString("hex")).join(" ");
        for (const key of [ek, ak, dedicated].flat()) {
          const text = Buffer.from(key, "hex").toString("latin1").toLowerCase();
          looked += 1;
          if (raw.includes(key)) continue;
          if (output.includes(key) || output.includes(text)) shown.push(`${item.id}: ${key}`);
        }
      }
    }
    expect(looked).toBeGreaterThan(100);
    expect(shown).toEqual([]);
  });

  it("hides the dedicated key that a session brings, and deciphers with it all the same", () => {
    const session = items.find(({ id }) => id === "matousp-432-0001");
    if (session === undefined) throw new Error("the corpus has no matousp-432-0001");
    const [ek = ""] = [session.keys?.ek ?? []].flat();
    // The second key that the corpus names for it is the dedicated one: here it must be learnt.
    const frames = decodeItem({ ...session, keys: { ...session.keys, ek } });
    const key = readDedicatedKey(frames.map((frame) => presentFrame(frame).bytes).join(" "), ek);
    expect(frames.map(({ ciphering }) => ciphering?.status)).toEqual(frames.map(() => "decrypted"));
    expect(frames.filter(({ ciphering }) => ciphering?.key?.startsWith("dedicated"))).toHaveLength(
      28,
    );
    for (const frame of frames) {
      expect(JSON.stringify(presentFrame(frame))).not.toContain(key);
      expect(toText(frame)).not.toContain(key);
    }
    const request = frames.find(({ apdu }) => apdu?.name === "aarq");
    const sources = request === undefined ? [] : presentFrame(request).sources;
    // initiate-request, dedicated key present, of 16 bytes (IEC 62056-5-3).
    expect(sources?.find(({ kind }) => kind === "decrypted")?.bytes).toMatch(
      /^010110(?:00){16}0000065f1f04/,
    );
  });

  it("shows no password of low level security", () => {
    const shown: string[] = [];
    let found = 0;
    for (const item of items) {
      for (const frame of framesOf(item)) {
        const { bytes, sources: _captured, tree = [], ...rest } = presentFrame(frame);
        const password = rest.apdu?.name === "aarq" ? readPassword(bytes) : undefined;
        if (password === undefined) continue;
        found += 1;
        const output = JSON.stringify([rest, tree]) + toText(frame);
        const word = new RegExp(`\\b${toLatin1(password)}\\b`);
        if (output.includes(password) || word.test(output)) shown.push(`${item.id}: ${password}`);
      }
    }
    expect(found).toBeGreaterThan(20);
    expect(shown).toEqual([]);
  });
});

describe.skipIf(!corpusIsHere)("frames without a tree", () => {
  it("are the same in everything else", () => {
    for (const item of items) {
      const expected = framesOf(item).map((frame) => {
        const { tree, sources, ...json } = presentFrame(frame);
        return json;
      });
      const found = decodeItem(shorten(item), { tree: false }).map((frame) => presentFrame(frame));
      expect(JSON.stringify(found), item.id).toBe(JSON.stringify(expected));
    }
  });
});

describe.skipIf(!corpusIsHere)("the host's own cryptography", () => {
  it("gives the same frames as the pure one", () => {
    for (const item of items.filter(({ keys }) => keys !== undefined)) {
      const [pure, native] = [{}, { primitives: nodePrimitives }].map((options) =>
        decodeItem(item, options).map((frame) => presentFrame(frame)),
      );
      expect(native).toEqual(pure);
    }
  });
});

function toText(frame: Frame): string {
  const out = new TextBuffer();
  writeFrameText(out, frame, { tree: true });
  return out.takeString();
}

/** The value behind the mechanism-name of low level security, in hex (ACSE, IEC 62056-5-3). */
function readPassword(hex: string): string | undefined {
  const [head, length] = /8b0760857405080201ac..80(..)/.exec(hex) ?? [];
  if (head === undefined || length === undefined) return undefined;
  const start = hex.indexOf(head) + head.length;
  return hex.slice(start, start + 2 * Number.parseInt(length, 16));
}

/** The key in the ciphered initiate-request of the session, deciphered with node:crypto. */
function readDedicatedKey(hex: string, globalKey: string): string {
  const [, title = ""] = /a60a0408([0-9a-f]{16})/.exec(hex) ?? [];
  // glo-initiate-request of 50 bytes: security control 30, counter, 33 - 2 bytes, tag.
  const [, counter = "", ciphertext = ""] = /213030([0-9a-f]{8})([0-9a-f]{62})/.exec(hex) ?? [];
  const vector = Buffer.from(`${title}${counter}00000002`, "hex");
  const decipher = createDecipheriv("aes-128-ctr", Buffer.from(globalKey, "hex"), vector);
  const plaintext = decipher.update(ciphertext, "hex", "hex");
  expect(plaintext).toMatch(/^010110/);
  return plaintext.slice(6, 38);
}

const toLatin1 = (hex: string) => Buffer.from(hex, "hex").toString("latin1");
