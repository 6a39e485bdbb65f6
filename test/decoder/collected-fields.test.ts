/** Fields that are collected by themselves have the values that they have in the tree; secrets are in neither. */
import { describe, expect, it } from "vitest";
import { CaptureIndex } from "../../analyzer/capture-index.js";
import { toHex } from "../../decoder/core/bytes.js";
import { FieldCollector, FieldSelection } from "../../decoder/core/field-collector.js";
import { listFields } from "../../decoder/core/fields.js";
import type { SpanNode, SpanValue } from "../../decoder/core/recorder.js";
import { FrameCutter, type FramingOptions } from "../../decoder/frame-cutter.js";
import type { CaptureChunk, KeySet } from "../../decoder/index.js";
import { hideSecretNodes, hideSecrets } from "../../decoder/present/hidden-secrets.js";
import { corpusIsHere, readItems, toKeySets } from "../corpus/corpus.js";
import { chunksOf as chunksOfItem, framingOf } from "../corpus/decode-item.js";
import {
  chunksOf,
  encipher,
  exchanges,
  inGeneralBlocks,
  inSegments,
  inWrapper,
  messagesOf,
} from "./security/secret-exchanges.js";
import { bothKeys } from "./security/secured-context.js";

const fields = listFields();
const selections = {
  all: new FieldSelection(fields, fields),
  "without texts": new FieldSelection(
    fields.filter((field) => !new FieldSelection([field], fields).needsTexts),
    fields,
  ),
};

/** At most so many rows of an item: all of a long one take too long. */
const rowsOfItem = 60;

function indexOf(chunks: readonly CaptureChunk[], framing: FramingOptions, keySets: KeySet[]) {
  const cutter = new FrameCutter(framing);
  const links = [...chunks.flatMap((chunk) => cutter.push(chunk)), ...cutter.finish()];
  const index = new CaptureIndex({ get: (row) => links[row] }, { keySets });
  for (const link of links) index.add(link);
  index.finish();
  return index;
}

/** The values of each field, in the order of the nodes. */
function valuesOf(nodes: readonly SpanNode[], selection: FieldSelection): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const visit = ({ field, value, children }: SpanNode): void => {
    if (selection.isWanted(field)) {
      const list = values.get(field.id) ?? [];
      values.set(field.id, list);
      list.push(written(value));
    }
    children?.forEach(visit);
  };
  nodes.forEach(visit);
  return values;
}

function written(value: SpanValue): string {
  return value instanceof Uint8Array ? `bytes ${toHex(value)}` : `${typeof value} ${value}`;
}

function expectSame(index: CaptureIndex, row: number): void {
  const whole = index.frame(row, { tree: true });
  if (whole === undefined) throw new Error("no frame");
  const tree = hideSecrets(whole).tree ?? [];
  for (const [name, selection] of Object.entries(selections)) {
    const collector = new FieldCollector(selection);
    const frame = index.frame(row, { tree: false, recorder: collector });
    if (frame === undefined) throw new Error("no frame");
    const nodes = hideSecretNodes(frame, collector.nodes);
    expect(valuesOf(nodes, selection), `frame ${row + 1}, ${name}`).toEqual(
      valuesOf(tree, selection),
    );
  }
}

describe.skipIf(!corpusIsHere)("fields that are collected", () => {
  it.for(readItems().filter(({ framing }) => framing !== "crypto"))("$id", (item) => {
    const index = indexOf(chunksOfItem(item), { framing: framingOf(item) }, toKeySets(item));
    for (let row = 0; row < Math.min(index.length, rowsOfItem); row++) expectSame(index, row);
  });
});

describe.each(Object.entries(exchanges))("the secret in a %s", (_name, [secret, ...apdus]) => {
  const messages = messagesOf(apdus);
  it.each([
    ["in clear", inWrapper(messages)],
    ["authenticated", inWrapper(encipher(messages, 0x10))],
    ["enciphered", inWrapper(encipher(messages, 0x30))],
    ["in segments", inSegments(messages)],
    ["in enciphered segments", inSegments(encipher(messages, 0x30))],
    ["in general blocks", inWrapper(messages.flatMap(inGeneralBlocks))],
  ])("is in no field that is collected, %s", (_way, sent) => {
    const index = indexOf(chunksOf(sent), {}, [bothKeys]);
    for (let row = 0; row < index.length; row++) {
      expectSame(index, row);
      const collector = new FieldCollector(selections.all);
      const frame = index.frame(row, { tree: false, recorder: collector });
      // What a segment or a block belongs to is not known before the last one has come.
      if (frame?.apdu === undefined || frame.apdu.name === "general-block-transfer") continue;
      const nodes = hideSecretNodes(frame, collector.nodes);
      const values = JSON.stringify([...valuesOf(nodes, selections.all)]);
      expect(values).not.toContain(toHex(secret));
      expect(values).not.toContain(Buffer.from(secret).toString("latin1"));
    }
  });
});
