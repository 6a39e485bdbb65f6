/** Which characters of a text belong to which bytes and fields of a frame. */
import {
  type DetailNode,
  type FrameDetail,
  type Layer,
  layerOf,
  type SheetPlaces,
} from "../../analyzer/protocol/index.js";
import { nodeAt, rangesIn } from "../detail/byte-links.js";
import { deepestFields } from "../detail/byte-map.js";
import type { ByteRange } from "../state/selection.js";

/** Characters of the text, the last one not included. */
export interface TextRun {
  readonly start: number;
  readonly end: number;
}

/** Places of frames, by their numbers. */
export type PlacesByFrame = ReadonlyMap<number, SheetPlaces>;

type Places = readonly number[];

/** Between bytes of one run: `7E A0`, `7E, A0`, `0x7E`. */
const widestGap = 4;

/** The characters of bytes `start` to `end`, without what stands between lines or columns of them. */
export function runsOf(places: Places, start: number, end: number): readonly TextRun[] {
  const runs: TextRun[] = [];
  for (let byte = start; byte < end && 2 * byte < places.length; byte++) {
    const from = places[2 * byte] ?? -1;
    const to = places[2 * byte + 1] ?? -1;
    if (from < 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && from >= last.start && from - last.end <= widestGap) {
      runs[runs.length - 1] = { start: last.start, end: Math.max(last.end, to) };
    } else runs.push({ start: from, end: to });
  }
  return runs;
}

/** The byte that a character spells; null for none. Bytes stand nearly always in their order. */
export function byteAt(places: Places, offset: number): number | null {
  let low = 0;
  let high = places.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[2 * middle + 1] ?? -1) <= offset) low = middle + 1;
    else high = middle;
  }
  return spells(places, low, offset) ? low : findByte(places, offset);
}

function findByte(places: Places, offset: number): number | null {
  for (let byte = 0; 2 * byte < places.length; byte++)
    if (spells(places, byte, offset)) return byte;
  return null;
}

function spells(places: Places, byte: number, offset: number): boolean {
  const start = places[2 * byte] ?? -1;
  return start >= 0 && start <= offset && offset < (places[2 * byte + 1] ?? -1);
}

/** The places of a source, where it stands in the text itself. */
export function placesOf(all: SheetPlaces | undefined, source: number): Places | undefined {
  return all?.sources.find((one) => one.source === source)?.places;
}

/**
 * The characters of bytes of a frame: of themselves, or of those that they were made from, in this
 * frame and in the others that brought parts of its message.
 */
export function litRuns(
  { row, sources }: FrameDetail,
  range: ByteRange,
  frames: PlacesByFrame,
): readonly TextRun[] {
  const own = frames.get(row.number);
  const itself = placesOf(own, range.source);
  if (itself !== undefined) return runsOf(itself, range.start, range.end);
  const runs: TextRun[] = [];
  for (const { id, from } of sources) {
    const places =
      from === null ? placesOf(own, id) : placesOf(frames.get(from.frame), from.source);
    // Packets hold what the frame holds.
    if (places === undefined || (from === null && id !== 0)) continue;
    const shift = from?.offset ?? 0;
    for (const { start, end } of rangesIn(sources, range, id)) {
      runs.push(...runsOf(places, start + shift, end + shift));
    }
  }
  return runs;
}

/** The other frames whose bytes are in this one. */
export function otherFrames({ row, sources }: FrameDetail): readonly number[] {
  const numbers = sources.flatMap(({ from }) => (from === null ? [] : [from.frame]));
  return [...new Set(numbers)].filter((number) => number !== row.number);
}

/** The characters of each layer of the frame, and of its packet. */
export function layerRuns(
  { tree, sources }: FrameDetail,
  places: SheetPlaces,
): readonly (TextRun & { readonly layer: Layer })[] {
  // What a packet carries stands in the frame, too: there it has the finer fields.
  return [...places.sources].reverse().flatMap(({ source, places: of }) => {
    const length = Math.min(of.length / 2, (sources[source]?.bytes.length ?? 0) / 2);
    const layers = deepestFields(tree, source, length).map((path) => {
      const node: DetailNode | undefined = path === null ? undefined : nodeAt(tree, path);
      return node === undefined ? null : layerOf(node.field);
    });
    return pieces(layers).flatMap(({ value, start, end }) =>
      value === null ? [] : runsOf(of, start, end).map((run) => ({ ...run, layer: value })),
    );
  });
}

/** Neighbours that are the same, as one. */
function pieces<Value>(values: readonly Value[]) {
  const found: { value: Value; start: number; end: number }[] = [];
  values.forEach((value, place) => {
    const last = found.at(-1);
    if (last !== undefined && last.value === value) last.end = place + 1;
    else found.push({ value, start: place, end: place + 1 });
  });
  return found;
}
