/**
 * A whole HDLC frame as the rules of its link look at it. The rules keep such frames until they are
 * acknowledged or answered, so that there are no views in it: each would keep the whole piece of the
 * capture in memory that it is of.
 */
import type { Direction, Timestamp } from "../../chunk.js";
import type { Hdlc } from "../../link/hdlc/hdlc.js";
import type { HdlcParameters } from "../../link/hdlc/parameters.js";
import { hasLlcHeader } from "../../link/llc.js";
import { printOf } from "../byte-print.js";
import { nanosecondsBetween, type ObservedFrame } from "../observed-frame.js";

export interface HdlcLinkFrame {
  readonly number: number;
  readonly time: Timestamp | null;
  readonly direction: Direction;
  /** As `HdlcControl` names it: `I`, `RR`, `SNRM`, ... */
  readonly type: string;
  readonly pollFinal: boolean;
  /** N(S); 0 where the type has none. */
  readonly sendSequence: number;
  /** N(R); 0 where the type has none. */
  readonly receiveSequence: number;
  readonly segmented: boolean;
  /** Bytes of the information field, and their print; 0 where there is none. */
  readonly informationLength: number;
  readonly informationPrint: number;
  readonly parameters: HdlcParameters | undefined;
  /** Source LSAP of the LLC header, E6 or E7, where the information field begins with one. */
  readonly sourceLsap: number | undefined;
}

const flag = 0x7e;
const formatLength = 2;
const controlLength = 1;
const checkSequenceLength = 2;

/** Takes from a frame what the link needs; its control field must have been read. */
export function readLinkFrame(
  { number, time, bytes }: ObservedFrame,
  hdlc: Hdlc,
  direction: Direction,
): HdlcLinkFrame {
  const { control } = hdlc;
  const start = findInformation(bytes, hdlc);
  const end = start + lengthOfInformation(bytes, hdlc, start);
  return {
    number,
    time,
    direction,
    type: control?.type ?? "unknown",
    pollFinal: control?.["poll-final"] ?? false,
    sendSequence: control?.["send-sequence"] ?? 0,
    receiveSequence: control?.["receive-sequence"] ?? 0,
    segmented: hdlc.segmented,
    informationLength: end - start,
    informationPrint: start === end ? 0 : printOf(bytes, start, end),
    parameters: hdlc.parameters,
    sourceLsap: findSourceLsap(bytes, start, end),
  };
}

/** Where the information field begins, or would begin. */
function findInformation(bytes: Uint8Array, hdlc: Hdlc): number {
  const addresses = (hdlc.destination?.length ?? 0) + (hdlc.source?.length ?? 0);
  return findFormat(bytes) + formatLength + addresses + controlLength + checkSequenceLength;
}

function lengthOfInformation(bytes: Uint8Array, hdlc: Hdlc, start: number): number {
  if (hdlc.hcs === undefined) return 0;
  const end = Math.min(findFormat(bytes) + hdlc.length - checkSequenceLength, bytes.length);
  return Math.max(end - start, 0);
}

function findFormat(bytes: Uint8Array): number {
  let format = 0;
  while (bytes[format] === flag) format++;
  return format;
}

/**
 * The typed values of a last segment may have the LLC header of the whole message, which stood in
 * the first: only the bytes tell where a message begins.
 */
function findSourceLsap(bytes: Uint8Array, start: number, end: number): number | undefined {
  const begins = end - start > 2 && hasLlcHeader(bytes, start, end) && bytes[start + 2] === 0;
  return begins ? bytes[start + 1] : undefined;
}

/** `after 5.0 s`; undefined where the times are not known. */
export function describeDelay(from: Timestamp | null, to: Timestamp | null): string | undefined {
  const nanoseconds = nanosecondsBetween(from, to);
  return nanoseconds === undefined ? undefined : `after ${(nanoseconds / 1e9).toFixed(1)} s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly (string | number)[]): string {
  const last = words.slice(-1).join("");
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
