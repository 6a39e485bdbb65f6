/** Runs one decoder over bytes, as a layer, and checks what holds for every decoder. */
import { expect } from "vitest";
import { fromHex } from "../../decoder/core/bytes.js";
import {
  defaultLimits,
  type FrameContext,
  noAssociation,
  noFindings,
  nothingPending,
} from "../../decoder/core/context.js";
import { Cursor, DecodeError } from "../../decoder/core/cursor.js";
import type { Diagnostic } from "../../decoder/core/diagnostics.js";
import { Dissection, type NextLayer } from "../../decoder/core/dissection.js";
import { defineFields } from "../../decoder/core/fields.js";
import { readLayer } from "../../decoder/core/layer.js";
import { NullRecorder, type SpanNode, SpanTree } from "../../decoder/core/recorder.js";
import type { ByteSource } from "../../decoder/core/source.js";

const F = defineFields("test", {
  layer: { name: "Layer under test", type: "group" },
  handedOver: { name: "Bytes for the next layer", type: "bytes" },
});

export interface DissectedBytes<Value> {
  /** What the decoder returned; undefined where it could not go on. */
  readonly value: Value | undefined;
  /** Why it could not go on. */
  readonly failure?: Diagnostic;
  /** The nodes that the decoder recorded at the top. */
  readonly tree: readonly SpanNode[];
  /** Everything reported, the failure included, in order. */
  readonly diagnostics: readonly Diagnostic[];
  /** The codes of `diagnostics`. */
  readonly codes: readonly string[];
  /** Source 0 are the bytes themselves. */
  readonly sources: readonly ByteSource[];
  /** What the decoder handed over to the next layer; its bytes stand in the tree as one leaf. */
  readonly next: NextLayer | undefined;
  readonly dissection: Dissection;
}

/** No keys, no association, number 1, direction unknown; `changes` replaces parts of it. */
export function createContext(changes: Partial<FrameContext> = {}): FrameContext {
  const noPrimitives = () => {
    throw new Error("the test gives no cipher primitives");
  };
  return {
    number: 1,
    direction: null,
    association: noAssociation,
    pending: nothingPending,
    findings: noFindings,
    replayed: false,
    keySets: [],
    primitives: { ctr: noPrimitives, open: noPrimitives },
    limits: defaultLimits,
    ...changes,
  };
}

/** Hex (blanks allowed) or bytes as bytes; throws where the text is not hex. */
export function toBytes(input: Uint8Array | string): Uint8Array {
  if (typeof input !== "string") return input;
  const bytes = fromHex(input.replace(/\s+/g, ""));
  if (bytes === undefined) throw new Error(`not hex: ${input}`);
  return bytes;
}

/** Reads the bytes with `decode` inside `readLayer`, recording a tree. */
export function dissectBytes<Value>(
  input: Uint8Array | string,
  decode: (c: Cursor) => Value,
  context: Partial<FrameContext> = {},
): DissectedBytes<Value> {
  const bytes = toBytes(input);
  const recorder = new SpanTree();
  const dissection = new Dissection(recorder, createContext(context));
  const c = new Cursor(dissection, dissection.addSource("frame", bytes, []), bytes);
  let failure: Diagnostic | undefined;
  let next: NextLayer | undefined;
  const value = readLayer(c, "test", F.layer, () => {
    try {
      return decode(c);
    } catch (error) {
      if (error instanceof DecodeError) failure = error.diagnostic;
      throw error;
    } finally {
      next = dissection.takeNext();
      if (next !== undefined) leaveToNextLayer(next);
    }
  });
  expect(recorder.depth, "groups left open").toBe(0);
  return {
    value,
    ...(failure === undefined ? {} : { failure }),
    tree: recorder.roots[0]?.children ?? [],
    diagnostics: dissection.diagnostics,
    codes: dissection.diagnostics.map(({ definition }) => definition.code),
    sources: dissection.sources,
    next,
    dissection,
  };
}

/** Marks the bytes without moving the cursor that a test may want to look at. */
function leaveToNextLayer({ cursor }: NextLayer): void {
  const { recorder } = cursor.dissection;
  const value = cursor.bytes.subarray(cursor.offset, cursor.end);
  recorder.leaf(F.handedOver, cursor.source, cursor.offset, cursor.end, value);
}

/** The same without a tree: the value that the index pass sees. */
export function decodeBytes<Value>(
  input: Uint8Array | string,
  decode: (c: Cursor) => Value,
  context: Partial<FrameContext> = {},
): Value | undefined {
  const bytes = toBytes(input);
  const dissection = new Dissection(new NullRecorder(), createContext(context));
  const c = new Cursor(dissection, dissection.addSource("frame", bytes, []), bytes);
  return readLayer(c, "test", F.layer, decode);
}

/**
 * The leaves of `tree` in source 0 (or `source`) tile `bytes`: no gap, no overlap, in order. A node
 * whose children are all bit fields or generated counts as a leaf.
 */
export function expectTiled(
  tree: readonly SpanNode[],
  input: Uint8Array | string,
  source = 0,
): void {
  const leaves: SpanNode[] = [];
  collectLeaves(tree, source, leaves);
  // The bytes that a layer hands over stand after its trailer in the tree, before it in the source.
  leaves.sort((a, b) => a.start - b.start);
  let end = 0;
  for (const leaf of leaves) {
    expect(leaf.start, `start of ${leaf.field.id} at ${leaf.start}`).toBe(end);
    expect(leaf.end, `end of ${leaf.field.id} at ${leaf.start}`).toBeGreaterThanOrEqual(end);
    end = leaf.end;
  }
  expect(end, "end of the last leaf").toBe(toBytes(input).length);
}

function collectLeaves(nodes: readonly SpanNode[], source: number, leaves: SpanNode[]): void {
  for (const node of nodes) {
    if (node.generated) continue;
    if (!isLeaf(node)) collectLeaves(node.children ?? [], source, leaves);
    else if (node.source === source) leaves.push(node);
  }
}

function isLeaf({ children }: SpanNode): boolean {
  if (children === undefined) return true;
  if (children.length === 0) return false;
  return children.every(({ field, generated }) => generated || field.mask !== undefined);
}

/** Every span and every diagnostic lies in its source, and every child in its parent. */
export function expectInBounds(dissected: DissectedBytes<unknown>): void {
  const { tree, diagnostics, sources } = dissected;
  const check = ({ source, start, end }: { source: number; start: number; end: number }) => {
    const length = sources[source]?.bytes.length ?? -1;
    if (!(0 <= start && start <= end && end <= length)) {
      expect.fail(`${start} to ${end} is not in source ${source} of ${length} bytes`);
    }
  };
  const walk = (nodes: readonly SpanNode[], parent: SpanNode | undefined) => {
    for (const node of nodes) {
      check(node);
      if (parent?.source === node.source && !node.generated) {
        expect(node.start, `${node.field.id} in ${parent.field.id}`).toBeGreaterThanOrEqual(
          parent.start,
        );
        expect(node.end, `${node.field.id} in ${parent.field.id}`).toBeLessThanOrEqual(parent.end);
      }
      walk(node.children ?? [], node);
    }
  };
  walk(tree, undefined);
  for (const diagnostic of diagnostics) check(diagnostic);
}

/**
 * Every strict prefix of `input` gives a diagnostic and a tree that tiles it, with every span in
 * bounds; nothing but a `DecodeError` is thrown.
 */
export function expectPrefixes(
  input: Uint8Array | string,
  decode: (c: Cursor) => unknown,
  context: Partial<FrameContext> = {},
): void {
  const bytes = toBytes(input);
  for (let length = 0; length < bytes.length; length++) {
    const prefix = bytes.slice(0, length);
    const dissected = dissectBytes(prefix, decode, context);
    expect(dissected.diagnostics, `diagnostics of the first ${length} bytes`).not.toHaveLength(0);
    expectInBounds(dissected);
    expectTiled(dissected.tree, prefix);
  }
}

/** The first node of that field, depth first; throws where there is none. */
export function findNode(tree: readonly SpanNode[], id: string): SpanNode {
  const found = findNodes(tree, id)[0];
  if (found === undefined) throw new Error(`no ${id} in the tree`);
  return found;
}

/** Every node of that field, depth first. */
export function findNodes(tree: readonly SpanNode[], id: string): SpanNode[] {
  return tree.flatMap((node) => [
    ...(node.field.id === id ? [node] : []),
    ...findNodes(node.children ?? [], id),
  ]);
}
