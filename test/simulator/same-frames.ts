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

/** Said when a capture has ended: while it goes on, what is missing may still come. */
const byTheEnd =
  /^(?:service\.(?:capture-ends|server-silent|transfer-cut)|reassembly\.unfinished|association\.authentication-unfinished)$/;

/**
 * Said of the first of several that are the same, or of the last: they are one request and its echoes,
 * or requests that were sent again, by the clock as well.
 */
const ofRepeats = "service.unanswered";

/**
 * The frames as they must be the same in a recording of the line and in the file: addresses,
 * services, values, ciphering, readings, and what is wrong with them; without times. Frames of
 * the tap itself (a port that went away) are left out; numbers are those among the rest. `isLive`:
 * without what only the end of the capture tells.
 */
export function comparable(
  frames: readonly FrameJson[],
  { isLive = false }: { readonly isLive?: boolean } = {},
): readonly unknown[] {
  const said = frames.filter(({ layers }) => layers.some((layer) => !carriers.has(layer)));
  const numbers = new Map(said.map(({ number }, i) => [number, i + 1]));
  const renumber = (number: number | null | undefined) =>
    number === undefined || number === null ? number : numbers.get(number);
  const unanswered = new Set<number>();
  let first = 0;
  for (const [i, { bytes, diagnostics = [] }] of said.entries()) {
    if (bytes !== said[first]?.bytes) first = i;
    if (diagnostics.some(({ code }) => code === ofRepeats)) unanswered.add(first);
  }
  return said.map((frame, i) => {
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
      isUnanswered: !isLive && unanswered.has(i),
      diagnostics: (frame.diagnostics ?? [])
        .filter(({ code }) => code !== ofRepeats && !ofTheFile.test(code) && !byTheClock.test(code))
        .filter(({ code }) => !isLive || !byTheEnd.test(code))
        .map(({ code, severity }) => `${severity} ${code}`),
    };
    // What is left out is not there, as in the JSON.
    return JSON.parse(JSON.stringify(shown)) as unknown;
  });
}
