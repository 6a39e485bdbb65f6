/** The rules of general block transfer: numbers, acknowledgements and windows of both directions. */
import { type Direction, opposite } from "../../chunk.js";
import type { GeneralBlockTransfer } from "../../xdlms/general-block-transfer.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { serviceDiagnostics as D, generalBlockDiagnostics as G } from "./service-diagnostics.js";

/** The blocks of one direction. */
interface Stream {
  /** Number of the highest block with data; 0 before the first one. */
  last: number;
  /** The same with the blocks that only acknowledge: they are numbered, too. */
  highest: number;
  /** Numbers below `last` that have not come yet. */
  missing: ReadonlySet<number>;
  /** Frame of the block that came last. */
  frame: number;
  /** The APDU is whole; nothing is under way. */
  isDone: boolean;
  /** What was seen is all there was: no damaged frame, no beginning before the capture. */
  isKnown: boolean;
  /** The highest number that the other side has acknowledged. */
  acknowledged: number;
  /** Blocks with data since the other side has sent a block. */
  unacknowledged: number;
  /** The sender has handed over: streaming bit 0 in a block that is not the last. */
  isWaiting: boolean;
  /** Blocks that this side takes in one go; undefined before its first block; 0: unconfirmed. */
  window: number | undefined;
}

const nothingMissing: ReadonlySet<number> = new Set();

const newStream = (): Stream => ({
  last: 0,
  highest: 0,
  missing: nothingMissing,
  frame: 0,
  isDone: true,
  isKnown: true,
  acknowledged: 0,
  unacknowledged: 0,
  isWaiting: false,
  window: undefined,
});

/** Whether the frame carries a general block, readable or not. */
export function hasGeneralBlock({ apdus }: ObservedFrame): boolean {
  return apdus.some(({ name }) => name === "general-block-transfer");
}

export class GeneralBlocks {
  readonly #streams: Record<Direction, Stream> = {
    "client-to-server": newStream(),
    "server-to-client": newStream(),
  };

  /** Takes the next frame with a block, which that side has sent. */
  observe(frame: ObservedFrame, direction: Direction, sink: FindingSink): void {
    const own = this.#streams[direction];
    const { generalBlock: block } = frame;
    if (block === undefined) {
      this.doubt();
      own.isDone = true;
      return;
    }
    const other = this.#streams[opposite(direction)];
    judgeAcknowledgement(other, block, sink);
    if (block["block-data"].length > 0) judgeBlock(own, other, frame.number, block, sink);
    own.highest = Math.max(own.highest, block["block-number"]);
    own.window = block["block-control"].window;
  }

  /** The client has sent another request: the server's blocks do not go on. */
  interruptAnswer(sink: FindingSink): void {
    const stream = this.#streams["server-to-client"];
    reportUnfinished(stream, sink);
    stream.isDone = true;
    stream.isWaiting = false;
  }

  /** A frame could not be read: it may have been any block. */
  doubt(): void {
    for (const stream of Object.values(this.#streams)) stream.isKnown = false;
  }

  /** The association or the link is at its end. */
  giveUpAll(sink: FindingSink): void {
    for (const direction of ["client-to-server", "server-to-client"] as const) {
      reportUnfinished(this.#streams[direction], sink);
      this.#streams[direction] = newStream();
    }
  }

  /** The capture has ended. */
  finish(sink: FindingSink): void {
    for (const { isDone, frame } of Object.values(this.#streams)) {
      if (!isDone) sink.amend(frame, D["transfer-cut"]);
    }
  }
}

function judgeAcknowledgement(other: Stream, block: GeneralBlockTransfer, sink: FindingSink): void {
  const acknowledged = block["block-number-ack"];
  if (other.highest > 0 && other.isKnown) {
    if (acknowledged > other.highest) {
      const detail = `block ${acknowledged}, the last one sent is ${other.highest}`;
      sink.report(G["general-block-acknowledgement"], detail, "apdu");
    } else if (acknowledged < other.last && block["block-data"].length === 0) {
      const detail = `up to block ${acknowledged} of ${other.last}`;
      sink.report(G["general-block-not-received"], detail, "apdu");
    }
  }
  other.acknowledged = acknowledged;
  other.unacknowledged = 0;
  other.isWaiting = false;
}

function judgeBlock(
  own: Stream,
  other: Stream,
  frame: number,
  block: GeneralBlockTransfer,
  sink: FindingSink,
): void {
  const { "block-control": control, "block-number": number } = block;
  // Block 1 that was acknowledged before is the first one of another APDU.
  const begins = number <= 1 && (own.isDone || own.acknowledged >= 1);
  if (begins) {
    reportUnfinished(own, sink);
    Object.assign(own, { ...newStream(), window: own.window });
  } else if (own.isDone && number > own.last + 1) {
    // The beginning was not captured.
    Object.assign(own, { last: number - 1, isKnown: false, isWaiting: false });
  }
  judgeNumber(own, number, sink);
  judgeWindow(own, other, sink);
  own.isDone = control["last-block"] || (own.isDone && number < own.last);
  own.last = Math.max(own.last, number);
  own.frame = frame;
  own.isKnown = true;
  own.unacknowledged += 1;
  own.isWaiting = !control.streaming && !control["last-block"];
}

function judgeNumber(own: Stream, number: number, sink: FindingSink): void {
  const isLate = own.missing.has(number);
  if (number > own.last + 1 && own.isKnown) {
    sink.report(G["general-block-lost"], describeGap(own.last + 1, number - 1), "apdu");
    own.missing = listGap(own.last + 1, number - 1);
  } else if (number <= own.last && own.last > 0 && !isLate) {
    const detail = number <= own.acknowledged ? "although it was acknowledged" : undefined;
    sink.report(G["general-block-repeated"], detail, "apdu");
  }
  if (isLate) own.missing = new Set([...own.missing].filter((missing) => missing !== number));
}

/** A gap may be as wide as a block number: no window is wider than this. */
const widestGap = 63;

function listGap(from: number, to: number): ReadonlySet<number> {
  const length = Math.min(to - from + 1, widestGap);
  return new Set(Array.from({ length }, (_, i) => from + i));
}

/** Rules of a confirmed transfer: the receiver has named a window that is not 0. */
function judgeWindow(own: Stream, other: Stream, sink: FindingSink): void {
  if (other.window === undefined || other.window === 0 || !own.isKnown) return;
  if (own.isWaiting) {
    const detail = `block ${own.last} was to be acknowledged first`;
    sink.report(G["general-block-unacknowledged"], detail, "apdu");
  } else if (own.unacknowledged === other.window) {
    sink.report(G["general-block-window"], `the window has ${other.window} blocks`, "apdu");
  }
}

function reportUnfinished(stream: Stream, sink: FindingSink): void {
  if (stream.isDone || stream.last === 0) return;
  sink.amend(stream.frame, D["transfer-unfinished"], `after block ${stream.last}`);
}

function describeGap(from: number, to: number): string {
  return from === to ? `block ${from}` : `blocks ${from} to ${to}`;
}
