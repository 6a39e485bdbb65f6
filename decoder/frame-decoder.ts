/**
 * The way from captured chunks to decoded frames, in order and in one pass: cut frames out of the
 * bytes, give each its context, dissect it, learn from it.
 */
import { type CaptureChunk, LINK_TYPE_MESSAGE, LINK_TYPE_STREAM } from "./chunk.js";
import { Conversations } from "./conversation/conversations.js";
import { defaultLimits, type Limits } from "./core/context.js";
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

  /** Takes the next chunk of the capture; returns the frames that it completes. Never throws. */
  push(chunk: CaptureChunk): Frame[] {
    const bare = chunk.linkType === LINK_TYPE_STREAM || chunk.linkType === LINK_TYPE_MESSAGE;
    const source = bare ? this.#streams : this.#packets;
    return source.push(chunk).map((frame) => this.#decode(frame));
  }

  /** The capture has ended: what is unfinished comes out as far as it goes. */
  finish(): Frame[] {
    return [...this.#packets.finish(), ...this.#streams.finish()].map((frame) =>
      this.#decode(frame),
    );
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
