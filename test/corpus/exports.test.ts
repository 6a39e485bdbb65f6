/** Exports of real frames: each format says what the JSON of the contract says, and shows no key. */
import { describe, expect, it } from "vitest";
import type { PageDetail, PageField, PageNode } from "../../analyzer/export/html-detail.js";
import { exportFormats } from "../../analyzer/export/index.js";
import { type Frame, type FrameJson, presentFrame, toHex } from "../../decoder/index.js";
import type { TreeNodeJson } from "../../decoder/present/frame-json.js";
import { readCsv } from "../analyzer/export/csv-reader.js";
import { exportFrames } from "../analyzer/export/export-frames.js";
import { jsonOf, readXml } from "../analyzer/export/xml-reader.js";
import { type CorpusItem, corpusIsHere, readItems, readMessages } from "./corpus.js";
import { decodeItem } from "./decode-item.js";

const items = readItems().filter(({ framing }) => framing !== "crypto");

/** Frames of one item are alike: its first ones stand for it. */
const enough = 40;

function framesOf(item: CorpusItem): readonly Frame[] {
  if (item.kind !== "stream") return decodeItem(item).slice(0, enough);
  const { file: _, ...others } = item;
  const messages = readMessages(item).slice(0, enough);
  const frames_inline = messages.map(({ dir, bytes }) => ({ dir, hex: toHex(bytes) }));
  return decodeItem({ ...others, frames_inline });
}

describe.skipIf(!corpusIsHere)("exports of the corpus", () => {
  it("have in XML what they have in JSON", () => {
    let looked = 0;
    for (const item of items) {
      const frames = framesOf(item);
      const found = readXml(exportFrames("xml", frames, { source: item.id })).children.map(jsonOf);
      const expected = frames.map((frame) => presentFrame(frame, item.id));
      expect(JSON.stringify(found), item.id).toBe(JSON.stringify(expected));
      looked += found.length;
    }
    expect(looked).toBeGreaterThan(1000);
  });

  it("have in CSV what they have in JSON", () => {
    let looked = 0;
    for (const item of items) {
      const frames = framesOf(item);
      const [header = [], ...rows] = readCsv(exportFrames("csv", frames, { source: item.id }));
      expect(rows.length, item.id).toBe(frames.length);
      for (const [i, row] of rows.entries()) {
        const frame = frames[i];
        if (frame === undefined) continue;
        expect(row).toHaveLength(header.length);
        const cells = Object.fromEntries(header.map((name, column) => [name, row[column] ?? ""]));
        expect(cells, `${item.id} ${frame.number}`).toMatchObject(
          expectedCells(presentFrame(frame, item.id)),
        );
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(1000);
  });

  it("have in the page the tree and the bytes that they have in JSON", () => {
    let nodes = 0;
    for (const item of items) {
      const frames = framesOf(item);
      const page = exportFrames("html", frames);
      const scripts = [
        ...page.matchAll(/<script type="application\/json"(?: id="fields")?>([^<]*)<\/script>/g),
      ].map(([, text = ""]): unknown => JSON.parse(text));
      const fields = scripts.at(-1) as readonly PageField[];
      expect(scripts.length, item.id).toBe(frames.length + 1);
      for (const [i, frame] of frames.entries()) {
        const { tree, sources } = scripts[i] as PageDetail;
        const json = presentFrame(frame);
        expect(sources[0]?.bytes ?? "").toBe(json.bytes);
        if (json.sources !== undefined) {
          expect(sources).toEqual(
            json.sources.map(({ kind, bytes, origin }) => ({
              kind,
              bytes,
              ...(origin === undefined ? {} : { origin }),
            })),
          );
        }
        const found = flattenPage(tree, fields);
        expect(found, `${item.id} ${frame.number}`).toEqual(flattenJson(json.tree ?? []));
        nodes += found.length;
      }
    }
    expect(nodes).toBeGreaterThan(10_000);
  });

  it("show no key of an item that its bytes do not show, in any format", () => {
    const shown: string[] = [];
    let looked = 0;
    for (const item of items.filter(({ keys }) => keys !== undefined)) {
      const { ek = [], ak = [] } = item.keys ?? {};
      const frames = framesOf(item);
      const raw = frames
        .flatMap(({ sources }) => sources)
        .filter(({ kind }) => kind === "frame" || kind === "packet")
        .map(({ bytes }) => toHex(bytes))
        .join(" ");
      const keys = [ek, ak].flat().map((key) => key.toLowerCase());
      for (const format of exportFormats) {
        const text = exportFrames(format, frames).toLowerCase();
        for (const key of keys) {
          looked += 1;
          if (!raw.includes(key) && text.includes(key)) shown.push(`${item.id}: ${format}: ${key}`);
        }
      }
    }
    expect(looked).toBeGreaterThan(600);
    expect(shown).toEqual([]);
  });
});

/** What a row says of a frame, from its JSON; text as it is before it is guarded. */
function expectedCells(json: FrameJson): Readonly<Record<string, string>> {
  const text = (value: number | string | null | undefined) =>
    value === null || value === undefined ? "" : String(value);
  // A text that begins like a formula has an apostrophe before it.
  const guarded = (value: string | undefined) =>
    value !== undefined && /^['=+@\t\r\n-]/.test(value) ? `'${value}` : text(value);
  const { server, diagnostics = [] } = json;
  const lower = server?.lower === undefined ? "" : `/${server.lower}`;
  return {
    source: guarded(json.source),
    number: text(json.number),
    time: text(json.time),
    conversation: text(json.conversation),
    direction: text(json.direction),
    client: text(json.client),
    server: server === null ? "" : `${server.upper}${lower}`,
    layers: json.layers.join(" "),
    info: guarded(json.info),
    length: String(json.bytes.length / 2),
    answers: text(json.answers),
    "answered-by": text(json["answered-by"]),
    "latency-ms": text(json["latency-ms"]),
    ciphering: text(json.ciphering?.status),
    diagnostics: diagnostics.map(({ code }) => code).join(" "),
    comment: guarded(json.comment),
    bytes: json.bytes,
    ...(json.apdu === undefined ? {} : { type: json.apdu.name }),
  };
}

type Place = readonly [field: string, name: string, source: number, start: number, end: number];

function flattenJson(nodes: readonly TreeNodeJson[]): Place[] {
  return nodes.flatMap(({ field, name, source, start, end, children = [] }) => [
    [field, name, source, start, end] as const,
    ...flattenJson(children),
  ]);
}

function flattenPage(nodes: readonly PageNode[], fields: readonly PageField[]): Place[] {
  return nodes.flatMap(([field, start, end, , place = 0, children = []]) => [
    [fields[field]?.[0] ?? "", fields[field]?.[1] ?? "", place >> 1, start, end] as const,
    ...flattenPage(children, fields),
  ]);
}
