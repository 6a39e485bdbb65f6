/** Compares what was heard on a line with the file that it was said from. */
import type { FrameJson } from "../../decoder/index.js";

/** Layers under the frames of a line: a recording has its own. */
const carriers: ReadonlySet<string> = new Set(["rtac-serial"]);

/** Says how a file came to be, and not what was said. */
const ofTheFile = /^(?:framing\.assumed|packet\.framing-assumed|conversation\.direction-assumed)$/;

/**
 * Goes by the time: of day, which a replay has today and files of the corpus have not, or between
 * two frames. A frame that is there twice is an echo where that was at once, and is sent again where
 * nobody knows.
 */
const byTheClock =
  /^(?:data\.clock-far|service\.slow-answer|link\.(?:echo|doubled|retransmission|command-repeated|snrm-unanswered))$/;

/**
 * The frames as they must be the same in a recording of the line and in the file: addresses,
 * services, values, ciphering, readings, and what is wrong with them; without times. Frames of
 * the tap itself (a port that went away) are left out; numbers are those among the rest.
 */
export function comparable(frames: readonly FrameJson[]): readonly unknown[] {
  const said = frames.filter(({ layers }) => layers.some((layer) => !carriers.has(layer)));
  const numbers = new Map(said.map(({ number }, i) => [number, i + 1]));
  const renumber = (number: number | null | undefined) =>
    number === undefined || number === null ? number : numbers.get(number);
  return said.map((frame) => {
    const { layers, info, direction, client, server, apdu, ciphering, readings, reassembly } =
      frame;
    const { "rtac-serial": _, ...link } = frame.link ?? {};
    const shown = {
      layers: layers.filter((layer) => !carriers.has(layer)),
      info,
      direction,
      client,
      server,
      link,
      apdu,
      ciphering,
      // A recording has the time at which a value was heard; the file has none.
      readings: readings?.map(({ time, ...reading }) => reading),
      reassembly: reassembly && { ...reassembly, frames: reassembly.frames.map(renumber) },
      answers: renumber(frame.answers),
      answeredBy: renumber(frame["answered-by"]),
      diagnostics: (frame.diagnostics ?? [])
        .filter(({ code }) => !ofTheFile.test(code) && !byTheClock.test(code))
        .map(({ code, severity }) => `${severity} ${code}`),
    };
    // What is left out is not there, as in the JSON.
    return JSON.parse(JSON.stringify(shown)) as unknown;
  });
}
