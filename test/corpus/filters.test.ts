/**
 * Filters over the corpus: what the columns decide, what a dissection of the row decides, and what the
 * whole decoded frame decides is the same; and it is what the JSON of the frames says.
 */
import { describe, expect, it } from "vitest";
import { CaptureIndex } from "../../analyzer/capture-index.js";
import { findFilterField } from "../../analyzer/filter/filter-fields.js";
import { compileFilter } from "../../analyzer/filter/index.js";
import { FrameCutter } from "../../decoder/frame-cutter.js";
import { type Frame, type FrameJson, presentFrame } from "../../decoder/index.js";
import type { JsonObject } from "../../decoder/present/frame-json.js";
import { type CorpusItem, corpusIsHere, readItems, toKeySets } from "./corpus.js";
import { chunksOf, decodeItem, framingOf } from "./decode-item.js";

const items = readItems().filter(
  (item) => item.framing !== "crypto" && (item.frames ?? item.packets ?? 1) > 1,
);

function indexOf(item: CorpusItem) {
  const cutter = new FrameCutter({ framing: framingOf(item) });
  const links = [...chunksOf(item).flatMap((chunk) => cutter.push(chunk)), ...cutter.finish()];
  const index = new CaptureIndex({ get: (row) => links[row] }, { keySets: toKeySets(item) });
  for (const link of links) index.add(link);
  index.finish();
  const frame = (row: number, options: Parameters<CaptureIndex["frame"]>[1]): Frame => {
    const found = index.frame(row, options);
    if (found === undefined) throw new Error("items have no remarks");
    return found;
  };
  return { index, frame };
}

type Tree = NonNullable<FrameJson["tree"]>;

function hasField(
  tree: Tree | undefined,
  isWanted: (id: string, value: unknown) => boolean,
): boolean {
  return (tree ?? []).some(
    (node) =>
      isWanted(node.field, node.value) || hasField(node.children as Tree | undefined, isWanted),
  );
}

const diagnosticsOf = (json: FrameJson) => json.diagnostics ?? [];
const apduOf = (json: FrameJson) =>
  (json.apdu as JsonObject | undefined)?.["name"] as string | undefined;

/** Each filter beside the same question asked of the frame's JSON. */
const questions: readonly (readonly [filter: string, answer: (json: FrameJson) => boolean])[] = [
  ["hdlc", ({ tree }) => hasField(tree, (id) => id === "hdlc")],
  ["hdlc.fcs", ({ tree }) => hasField(tree, (id) => id === "hdlc.fcs")],
  [
    'hdlc.control.type == "I"',
    ({ tree }) => hasField(tree, (id, value) => id === "hdlc.control.type" && value === "I"),
  ],
  ["acse", ({ tree }) => hasField(tree, (id) => id.startsWith("acse."))],
  [
    "hdlc.control.send-sequence == 3",
    ({ tree }) => hasField(tree, (id, value) => id === "hdlc.control.send-sequence" && value === 3),
  ],
  ["frame.length > 100", ({ bytes }) => bytes.length / 2 > 100],
  ["frame.number in {1, 3..5}", ({ number }) => number === 1 || (number >= 3 && number <= 5)],
  ['direction == "server-to-client"', ({ direction }) => direction === "server-to-client"],
  ["conversation == 0", ({ conversation }) => conversation === 0],
  ["client", ({ client }) => client !== null],
  ["client == 16", ({ client }) => client === 16],
  ["server != 1", ({ server }) => server !== null && server.upper !== 1],
  ["server.lower", ({ server }) => server?.lower !== undefined],
  [
    "diag.severity >= warning",
    (json) =>
      diagnosticsOf(json).some(({ severity }) => severity === "warning" || severity === "error"),
  ],
  [
    'diag.code contains "hdlc."',
    (json) => diagnosticsOf(json).some(({ code }) => code.includes("hdlc.")),
  ],
  [
    'diag.group != "assumption"',
    (json) =>
      diagnosticsOf(json).length > 0 &&
      !diagnosticsOf(json).some(({ group }) => group === "assumption"),
  ],
  ['ciphering.status == "decrypted"', ({ ciphering }) => ciphering?.status === "decrypted"],
  ["ciphering.key", ({ ciphering }) => ciphering?.["key"] !== undefined],
  ['xdlms.service == "get-response"', (json) => /^get-response-/.test(apduOf(json) ?? "")],
  ['xdlms.service == "get-request-next"', (json) => apduOf(json) === "get-request-next"],
  ["latency > 100ms", (json) => (json["latency-ms"] ?? 0) > 100],
  ["answers", ({ answers }) => answers !== undefined],
  ["answered-by", (json) => json["answered-by"] !== undefined],
  [
    "!hdlc && !(conversation == 0)",
    ({ tree, conversation }) => !hasField(tree, (id) => id === "hdlc") && conversation !== 0,
  ],
  [
    "cosem.value > 1000",
    ({ readings }) =>
      (readings ?? []).some(({ value }) => typeof value === "number" && value > 1000),
  ],
  ["frame.layer == llc", ({ layers }) => layers.includes("llc")],
  ["server.upper == 1", ({ server }) => server?.upper === 1],
  ["tcp", ({ tree }) => hasField(tree, (id) => id === "tcp")],
  [
    "tcp.source-port == 4061",
    ({ tree }) => hasField(tree, (id, value) => id === "tcp.source-port" && value === 4061),
  ],
  [
    'ipv4.source == "192.168.137.1"',
    ({ tree }) => hasField(tree, (id, value) => id === "ipv4.source" && value === "192.168.137.1"),
  ],
  [
    "acse.result == accepted",
    ({ tree }) => hasField(tree, (id, value) => id === "acse.result" && value === "accepted"),
  ],
  ["glo", ({ tree }) => hasField(tree, (id) => id === "glo")],
  [
    "ciphering.system-title != 4d454c0000000001",
    ({ tree }) =>
      hasField(tree, (id) => id === "ciphering.system-title") &&
      !hasField(
        tree,
        (id, value) => id === "ciphering.system-title" && value === "4d454c0000000001",
      ),
  ],
  [
    'business-process == "readings on demand"',
    (json) => json["business-process"] === "readings on demand",
  ],
  ["association == open", ({ association }) => association === "open"],
  [
    "cosem.obis == 1-0:1.8.0*255 && cosem.value",
    ({ readings }) => (readings ?? []).some(({ obis }) => obis === "1.0.1.8.0.255"),
  ],
  ['info contains "get"', ({ info }) => info.toLowerCase().includes("get")],
  ['info matches "^(GET|SET) "', ({ info }) => /^(GET|SET) /i.test(info)],
];

/** What the layers of a frame say of its fields is what its tree says. */
function expectPossible(frame: Frame, place: string): void {
  const ids = new Set<string>();
  hasField(presentFrame(frame).tree, (id) => {
    ids.add(id);
    return false;
  });
  for (const id of ids) {
    const isPossible = findFilterField(id)?.isPossible?.(frame.layers);
    expect(isPossible, `${place}: ${id} among ${frame.layers.join(" ")}`).not.toBe(false);
  }
  for (const layer of frame.layers) {
    const column = findFilterField(layer)?.column;
    if (typeof column === "object") expect(ids, place).toContain(layer);
  }
}

describe.skipIf(!corpusIsHere)("the layers of a frame", () => {
  it.for(readItems().filter(({ framing }) => framing !== "crypto"))("$id", (item) => {
    for (const frame of decodeItem(item, { tree: true }).slice(0, 100)) {
      expectPossible(frame, `${item.id}, frame ${frame.number}`);
    }
  });
});

describe.skipIf(!corpusIsHere)("a filter", () => {
  const captures = items.map((item) => ({
    item,
    source: indexOf(item),
    frames: decodeItem(item, { tree: true })
      .slice(0, 60)
      .map((frame) => ({ frame, json: presentFrame(frame) })),
  }));

  it.for(questions.map(([text, answer]) => ({ text, answer })))("$text", ({ text, answer }) => {
    const filter = compileFilter(text);
    let fitting = 0;
    for (const { item, source, frames } of captures) {
      for (const { frame, json } of frames) {
        const row = frame.number - 1;
        const wanted = answer(json);
        if (wanted) fitting += 1;
        const place = `${item.id}, frame ${frame.number}`;
        expect(filter.matchesFrame(frame), `${place}, decoded`).toBe(wanted);
        expect(filter.matchesRow(source, row), `${place}, row`).toBe(wanted);
      }
    }
    // A question that nothing in the corpus answers would test nothing.
    expect(fitting).toBeGreaterThan(0);
  });
});
