import { type CaptureChunk, LINK_TYPE_MESSAGE, opposite } from "../chunk.js";
import type { Framing, LinkFrame, StreamNotice } from "./link-frame.js";
import { type FramedUnit, StreamFramer } from "./stream-framer.js";

const noUnits: readonly FramedUnit<CaptureChunk>[] = [];

/** Cuts bytes that come without packets (serial lines, logs, raw files) into frames. */
export class ByteStreams {
  readonly #framing: Framing | "auto";
  readonly #framers = new Map<string, StreamFramer<CaptureChunk>>();
  /** The framing that was assumed last, by interface. */
  readonly #assumed = new Map<number, Framing>();

  constructor(framing: Framing | "auto") {
    this.#framing = framing;
  }

  push(chunk: CaptureChunk): LinkFrame[] {
    const boundary = chunk.linkType === LINK_TYPE_MESSAGE;
    const ended = boundary ? this.#endOtherSide(chunk) : noUnits;
    const units = this.#framer(chunk).push(chunk.bytes, chunk, boundary);
    return [...ended, ...units].map((unit) => this.#toLinkFrame(unit));
  }

  /** In a marked log the sides take turns: what the other one has begun to say, it has said. */
  #endOtherSide({ interface: line, direction }: CaptureChunk): readonly FramedUnit<CaptureChunk>[] {
    if (direction === null) return noUnits;
    return this.#framers.get(`${line} ${opposite(direction)}`)?.endMessage() ?? noUnits;
  }

  finish(): LinkFrame[] {
    const frames: LinkFrame[] = [];
    for (const framer of this.#framers.values()) {
      for (const unit of framer.finish()) frames.push(this.#toLinkFrame(unit));
    }
    return frames;
  }

  /** Both directions of a marked log are streams of their own. */
  #framer(chunk: CaptureChunk): StreamFramer<CaptureChunk> {
    const key = `${chunk.interface} ${chunk.direction}`;
    let framer = this.#framers.get(key);
    if (framer === undefined) {
      framer = new StreamFramer<CaptureChunk>({ framing: this.#framing });
      this.#framers.set(key, framer);
    }
    return framer;
  }

  #toLinkFrame(unit: FramedUnit<CaptureChunk>): LinkFrame {
    const first = unit.pieces[0]?.tag;
    const comment = first?.comment;
    return {
      framing: unit.framing,
      bytes: unit.bytes,
      time: first?.time ?? null,
      interface: first?.interface ?? 0,
      mark: first?.direction ?? null,
      carriers: [],
      pieces: [],
      flow: "",
      fromFirst: null,
      notices: this.#withoutRepeats(unit, first?.interface ?? 0),
      ...(comment === undefined ? {} : { comment }),
    };
  }

  /** What was assumed for one direction of a line need not be said for the other. */
  #withoutRepeats(unit: FramedUnit<CaptureChunk>, line: number): readonly StreamNotice[] {
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
