/**
 * The way from captured chunks to decoded frames, in order and in one pass: cut frames out of the
 * bytes, give each its context, dissect it, learn from it.
 */
import { captureFault } from "./capture-faults.js";
import { type CaptureChunk, LINK_TYPE_MESSAGE, LINK_TYPE_STREAM } from "./chunk.js";
import { Conversations } from "./conversation/conversations.js";
import { defaultLimits, type Limits } from "./core/context.js";
import type { Diagnostic } from "./core/diagnostics.js";
import { NullRecorder, SpanTree } from "./core/recorder.js";
import { dissect } from "./dissect.js";
import type { Frame } from "./frame.js";
import { ByteStreams } from "./link/byte-streams.js";
import type { Framing, LinkFrame } from "./link/link-frame.js";
import { type DecodeAs, PacketAssembler } from "./link/packet/packet-assembler.js";
import type { KeySet } from "./security/key-set.js";
import { noblePrimitives } from "./security/noble-primitives.js";
import type { CipherPrimitives } from "./security/primitives.js";

export interface FrameDecoderOptions {
  /** How to read bytes whose capture does not say; default `auto`. */
  readonly framing?: Framing | "auto";
  /** Framings of packets by port, over what is found by content. */
  readonly decodeAs?: readonly DecodeAs[];
  readonly keySets?: readonly KeySet[];
  /** Whether frames come with their field tree; default false. */
  readonly tree?: boolean;
  /** Faster cryptography of the host; default the pure one. */
  readonly primitives?: CipherPrimitives;
  readonly limits?: Limits;
}

/** Decodes one capture. Not to be used for two: what one teaches says nothing about the other. */
export class FrameDecoder {
  readonly #keySets: readonly KeySet[];
  readonly #tree: boolean;
  readonly #primitives: CipherPrimitives;
  readonly #limits: Limits;
  readonly #streams: ByteStreams;
  readonly #packets: PacketAssembler;
  readonly #conversations = new Conversations();
  #number = 0;

  constructor(options: FrameDecoderOptions = {}) {
    this.#keySets = options.keySets ?? [];
    this.#tree = options.tree ?? false;
    this.#primitives = options.primitives ?? noblePrimitives;
    this.#limits = options.limits ?? defaultLimits;
    this.#streams = new ByteStreams(options.framing ?? "auto");
    this.#packets = new PacketAssembler({ decodeAs: options.decodeAs ?? [] });
  }

  /**
   * Takes the next chunk of the capture; gives the frames that it completes, each decoded when it
   * is asked for. All of them must be taken before the next chunk. Never throws.
   */
  push(chunk: CaptureChunk): Iterable<Frame> {
    const bare = chunk.linkType === LINK_TYPE_STREAM || chunk.linkType === LINK_TYPE_MESSAGE;
    return this.#decodeAll(bare ? this.#streams.push(chunk) : this.#packets.push(chunk));
  }

  /** The capture has ended: what is unfinished comes out as far as it goes. */
  *finish(): Iterable<Frame> {
    yield* this.#decodeAll(this.#packets.finish());
    yield* this.#decodeAll(this.#streams.finish());
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

  #createRemark(diagnostics: readonly Diagnostic[], comment: string | undefined): Frame {
    this.#number += 1;
    return {
      number: this.#number,
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
      diagnostics,
      sources: [{ id: 0, kind: "frame", bytes: new Uint8Array(0), origin: [] }],
      tree: this.#tree ? [] : undefined,
      comment,
    };
  }

  *#decodeAll(links: readonly LinkFrame[]): Iterable<Frame> {
    for (const link of links) yield this.#decode(link);
  }

  #decode(link: LinkFrame): Frame {
    this.#number += 1;
    const number = this.#number;
    const role = this.#conversations.enter(link);
    const context = {
      number,
      direction: role.direction,
      association: role.association,
      keySets: this.#keySets,
      primitives: this.#primitives,
      limits: this.#limits,
    };
    const recorder = this.#tree ? new SpanTree() : new NullRecorder();
    const dissection = dissect(link, context, recorder);
    for (const { definition, detail } of role.notices) {
      dissection.report(definition, 0, 0, link.bytes.length, detail);
    }
    this.#conversations.learn(link, number, dissection);
    return {
      number,
      time: link.time,
      framing: link.framing,
      conversation: role.conversation,
      direction: role.direction,
      client: role.client,
      server: role.server,
      layers: dissection.layers,
      link: dissection.link,
      apdu: dissection.apdu,
      ciphering: dissection.ciphering,
      diagnostics: dissection.diagnostics,
      sources: dissection.sources,
      tree: recorder instanceof SpanTree ? recorder.roots : undefined,
      comment: link.comment,
    };
  }
}
