import { type CaptureChunk, type Direction, LINK_TYPE_MESSAGE, opposite } from "../chunk.js";
import type { Carrier, CarrierPiece, Framing, LinkFrame, StreamNotice } from "./link-frame.js";
import { type FramedUnit, StreamFramer } from "./stream-framer.js";

/** A chunk of a stream. */
export interface StreamChunk extends CaptureChunk {
  /** Where a capture put the chunk into a packet of its own: what stands around it. */
  readonly packet?: {
    readonly carrier: Carrier;
    /** Where the bytes of the chunk begin in it. */
    readonly at: number;
    /** The side of the line that it was heard on, whether or not that tells who sent it. */
    readonly side: Direction;
  };
}

const noUnits: readonly FramedUnit<StreamChunk>[] = [];

/** Cuts bytes that come without message boundaries (serial lines, logs, raw files) into frames. */
export class ByteStreams {
  readonly #framing: Framing | "auto";
  readonly #framers = new Map<string, StreamFramer<StreamChunk>>();
  /** The framing that was assumed last, by interface. */
  readonly #assumed = new Map<number, Framing>();

  constructor(framing: Framing | "auto") {
    this.#framing = framing;
  }

  push(chunk: StreamChunk): LinkFrame[] {
    const boundary = chunk.linkType === LINK_TYPE_MESSAGE;
    const ended = boundary ? this.#endOtherSide(chunk) : noUnits;
    const units = this.#framer(chunk).push(chunk.bytes, chunk, boundary);
    return [...ended, ...units].map((unit) => this.#toLinkFrame(unit));
  }

  /** In a marked log the sides take turns: what the other one has begun to say, it has said. */
  #endOtherSide(chunk: StreamChunk): readonly FramedUnit<StreamChunk>[] {
    const side = sideOf(chunk);
    if (side === null) return noUnits;
    return this.#framers.get(`${chunk.interface} ${opposite(side)}`)?.endMessage() ?? noUnits;
  }

  /**
   * Bytes of a line are missing here, nobody knows how many: what has begun comes out as far as it
   * goes, and what follows is no part of it.
   */
  interrupt(line: number): LinkFrame[] {
    const frames: LinkFrame[] = [];
    for (const [key, framer] of this.#framers) {
      if (!key.startsWith(`${line} `)) continue;
      this.#framers.delete(key);
      for (const unit of framer.finish()) frames.push(this.#toLinkFrame(unit));
    }
    return frames;
  }

  finish(): LinkFrame[] {
    const frames: LinkFrame[] = [];
    for (const framer of this.#framers.values()) {
      for (const unit of framer.finish()) frames.push(this.#toLinkFrame(unit));
    }
    return frames;
  }

  /** Both directions of a marked log are streams of their own. */
  #framer(chunk: StreamChunk): StreamFramer<StreamChunk> {
    const key = `${chunk.interface} ${sideOf(chunk)}`;
    let framer = this.#framers.get(key);
    if (framer === undefined) {
      framer = new StreamFramer<StreamChunk>({ framing: this.#framing });
      this.#framers.set(key, framer);
    }
    return framer;
  }

  #toLinkFrame(unit: FramedUnit<StreamChunk>): LinkFrame {
    const first = unit.pieces[0]?.tag;
    const comment = commentOf(unit);
    return {
      framing: unit.framing,
      bytes: unit.bytes,
      time: first?.time ?? null,
      interface: first?.interface ?? 0,
      mark: first?.direction ?? null,
      ...placeInFirst(unit),
      flow: "",
      fromFirst: null,
      notices: this.#withoutRepeats(unit, first?.interface ?? 0),
      ...(comment === undefined ? {} : { comment }),
    };
  }

  /** What was assumed for one direction of a line need not be said for the other. */
  #withoutRepeats(unit: FramedUnit<StreamChunk>, line: number): readonly StreamNotice[] {
    const { notices, framing } = unit;
    if (!notices.some(isAssumption)) return notices;
    if (this.#assumed.get(line) === framing)
      return notices.filter((notice) => !isAssumption(notice));
    this.#assumed.set(line, framing);
    return notices;
  }
}

function isAssumption({ definition }: StreamNotice): boolean {
  return definition.group === "assumption";
}

function sideOf({ direction, packet }: StreamChunk): Direction | null {
  return packet?.side ?? direction;
}

/** What stood beside the bytes. A packet's comment goes to the frame that has its first byte. */
function commentOf({ pieces }: FramedUnit<StreamChunk>): string | undefined {
  const [first] = pieces;
  if (first?.tag.packet === undefined) return first?.tag.comment;
  const comments = pieces.flatMap(({ tag, offset }) => (offset === 0 ? (tag.comment ?? []) : []));
  return comments.length === 0 ? undefined : comments.join("\n");
}

const nowhere = { carriers: [], pieces: [] } as const;

/**
 * The packet in which the unit begins, and its bytes there. Those that follow are left out: a serial
 * line hands over a frame in as many reads as it likes, and they say nothing new.
 */
function placeInFirst({ pieces }: FramedUnit<StreamChunk>): {
  readonly carriers: readonly Carrier[];
  readonly pieces: readonly CarrierPiece[];
} {
  const [first] = pieces;
  const packet = first?.tag.packet;
  if (first === undefined || packet === undefined) return nowhere;
  const { start, end, offset } = first;
  const piece = { start, end, carrier: 0, offset: packet.at + offset };
  return { carriers: [packet.carrier], pieces: [piece] };
}
