/** Scratch sheets: texts, and where the bytes of their frames stand in them. */
import { readFile } from "node:fs/promises";
import { NOWHERE } from "../../captures/text/byte-places.js";
import { ProtocolError } from "../protocol/messages.js";
import type { Handlers } from "./dispatch.js";
import type { EngineState } from "./engine-session.js";
import type { ScratchSheet } from "./scratch-sheet.js";
import { runInSlices } from "./slices.js";
import { findSample } from "./sources.js";

export type ScratchHandlers = Pick<
  Handlers,
  "scratch" | "scratch-text" | "sample-text" | "scratch-places" | "scratch-at" | "scratch-problems"
>;

export function scratchHandlers(state: EngineState): ScratchHandlers {
  const sheetOf = (document: string) => state.sheet(document);
  return {
    scratch: async ({ document, version, text, options }) => {
      const started = performance.now();
      const { trace } = await state.writeSheet(document, { version, text }, options);
      const milliseconds = performance.now() - started;
      const { refused } = sheetOf(document);
      return { generation: trace.generation, rows: trace.length, milliseconds, refused };
    },
    "scratch-text": ({ document }) => sheetOf(document).content,
    "sample-text": ({ name }) => readSample(state.options.samplesFolder, name),
    "scratch-places": ({ document, number }) => {
      const sheet = sheetOf(document);
      return { version: sheet.content.version, sources: placesOf(sheet, number - 1) };
    },
    "scratch-at": ({ document, start, end }) => {
      const sheet = sheetOf(document);
      return { version: sheet.content.version, place: firstByte(sheet, start, end) };
    },
    "scratch-problems": async ({ document, limit }) => {
      const { content, capture } = sheetOf(document);
      const problems = await runInSlices(capture.problems(limit));
      return {
        version: content.version,
        problems: problems.map(({ row, check, ...problem }) => ({
          ...problem,
          number: row === undefined ? null : row + 1,
          check: check ?? null,
        })),
      };
    },
  };
}

async function readSample(folder: string, name: string): Promise<{ readonly text: string }> {
  const { path } = await findSample(folder, name);
  if (!/\.txt$/.test(path)) {
    throw new ProtocolError({ code: "cannot-open", message: `${name} is no text.` });
  }
  return { text: await readFile(path, "utf8") };
}

function firstByte({ capture }: ScratchSheet, start: number, end: number) {
  for (let offset = start; offset < Math.min(end, capture.text.length); offset++) {
    const found = capture.at(offset);
    if (found !== undefined) return { number: found.row + 1, byte: found.byte };
  }
  return null;
}

/** Those of source 0, and of the packets that carried the frame. */
function placesOf({ capture }: ScratchSheet, row: number) {
  if (row >= capture.index.length) {
    const message = `There is no frame ${row + 1}.`;
    throw new ProtocolError({ code: "no-such-frame", message });
  }
  const carriers = capture.links.get(row)?.carriers ?? [];
  return [
    { source: 0, places: listed(capture.places(row)) },
    ...carriers.map((_, carrier) => ({
      source: carrier + 1,
      places: listed(capture.carrierPlaces(row, carrier)),
    })),
  ];
}

function listed(places: Uint32Array): readonly number[] {
  return Array.from(places, (place) => (place === NOWHERE ? -1 : place));
}
