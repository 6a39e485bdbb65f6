/**
 * The way from captured chunks to decoded frames, in order and in one pass: cut frames out of the
 * bytes, follow their conversations, number them.
 */
import { captureFault } from "./capture-faults.js";
import type { CaptureChunk } from "./chunk.js";
import type { Amendment } from "./conversation/amendment.js";
import { noAssociation } from "./core/context.js";
import { createDiagnostic, type Diagnostic } from "./core/diagnostics.js";
import type { Frame } from "./frame.js";
import { FrameCutter, type FramingOptions } from "./frame-cutter.js";
import type { LinkFrame } from "./link/link-frame.js";
import { Reducer, type ReducerOptions } from "./reducer.js";

export interface FrameDecoderOptions extends FramingOptions, ReducerOptions {}

/** Decodes one capture. Not to be used for two: what one teaches says nothing about the other. */
export class FrameDecoder {
  readonly #cutter: FrameCutter;
  readonly #reducer: Reducer;
  readonly #tree: boolean;
  #number = 0;

  constructor(options: FrameDecoderOptions = {}) {
    this.#cutter = new FrameCutter(options);
    this.#reducer = new Reducer(options);
    this.#tree = options.tree ?? false;
  }

  /**
   * Takes the next chunk of the capture; gives the frames that it completes, each decoded when it
   * is asked for. All of them must be taken before the next chunk. Never throws.
   */
  push(chunk: CaptureChunk): Iterable<Frame> {
    const links = this.#cutter.push(chunk);
    if (links.length > 1) return this.#decodeAll(links);
    // One packet is one frame, nearly always, and asked for at once: it needs no generator.
    const [link] = links;
    return link === undefined ? noFrames : [this.#decode(link)];
  }

  /** The capture has ended: what is unfinished comes out as far as it goes. */
  *finish(): Iterable<Frame> {
    yield* this.#decodeAll(this.#cutter.finish());
    this.#reducer.finish();
  }

  /** What was shown of earlier frames since the last call: see `amendFrame`. */
  takeAmendments(): readonly Amendment[] {
    return this.#reducer.takeAmendments();
  }

  /** Whether a later frame may still show more of this one: its answer, or the rest of its message. */
  isOpen(frame: Frame): boolean {
    return this.#reducer.isOpen(frame);
  }

  /**
   * A fault of the capture itself, as a frame of its own without bytes: `code` as the reader of the
   * capture named it, `message` with what was found and where.
   */
  *reportCaptureProblem(code: string, message: string): Iterable<Frame> {
    const definition = captureFault(code);
    yield this.#createRemark([{ definition, source: 0, start: 0, end: 0, message }], undefined);
  }

  /** Words that end a capture and belong to no frame, as a frame of their own without bytes. */
  *reportComment(comment: string): Iterable<Frame> {
    yield this.#createRemark([], comment);
  }

  /**
   * The findings about frames that were given away, where no frame is left that could tell them: all
   * in one frame without bytes. That an answer would have come later is no news by itself.
   */
  *reportAmendments(): Iterable<Frame> {
    const findings = this.takeAmendments().filter(
      (amendment) => "finding" in amendment && amendment.finding.definition.severity !== "info",
    );
    if (findings.length === 0) return;
    const remark = this.#createRemark([], undefined);
    for (const finding of findings) amendFrame(remark, finding);
    yield remark;
  }

  #createRemark(diagnostics: readonly Diagnostic[], comment: string | undefined): Frame {
    this.#number += 1;
    return createRemark(this.#number, diagnostics, comment, this.#tree);
  }

  *#decodeAll(links: readonly LinkFrame[]): Iterable<Frame> {
    for (const link of links) yield this.#decode(link);
  }

  #decode(link: LinkFrame): Frame {
    this.#number += 1;
    return this.#reducer.reduce(link, this.#number).frame;
  }
}

const noFrames: readonly Frame[] = [];

/** A frame without bytes: something that the capture says of itself. */
export function createRemark(
  number: number,
  diagnostics: readonly Diagnostic[],
  comment: string | undefined,
  tree: boolean,
): Frame {
  return {
    number,
    time: null,
    framing: "noise",
    conversation: null,
    direction: null,
    client: null,
    server: null,
    layers: ["capture"],
    link: {},
    apdu: undefined,
    ciphering: undefined,
    reassembly: undefined,
    completedIn: undefined,
    association: undefined,
    answers: undefined,
    answeredBy: undefined,
    objects: undefined,
    known: noAssociation,
    diagnostics,
    sources: [{ id: 0, kind: "frame", bytes: new Uint8Array(0), origin: [] }],
    tree: tree ? [] : undefined,
    comment,
  };
}

/**
 * Adds to a frame what a later one has shown of it. The frame itself is changed: a copy for every
 * answered request costs as much as reading a short one. A frame that was given away cannot learn
 * any more; a finding about it goes to any other frame, and names it there.
 */
export function amendFrame(frame: Frame, amendment: Amendment): void {
  const draft: { -readonly [Key in keyof Frame]: Frame[Key] } = frame;
  const own = frame.number === amendment.frame;
  if ("finding" in amendment) {
    const { definition, detail } = amendment.finding;
    const end = own ? (frame.sources[0]?.bytes.length ?? 0) : 0;
    const text = own ? detail : `frame ${amendment.frame}${detail ? `, ${detail}` : ""}`;
    draft.diagnostics = [...frame.diagnostics, createDiagnostic(definition, 0, 0, end, text)];
  } else if (own) {
    if ("answeredBy" in amendment) draft.answeredBy = amendment.answeredBy;
    else draft.completedIn = amendment.completedIn;
  }
}
