import { type CaptureChunk, LINK_TYPE_MESSAGE, LINK_TYPE_STREAM } from "./chunk.js";
import { ByteStreams } from "./link/byte-streams.js";
import type { Framing, LinkFrame } from "./link/link-frame.js";
import { type DecodeAs, PacketAssembler } from "./link/packet/packet-assembler.js";

export interface FramingOptions {
  /** How to read bytes whose capture does not say; default `auto`. */
  readonly framing?: Framing | "auto";
  /** Framings of packets by port, over what is found by content. */
  readonly decodeAs?: readonly DecodeAs[];
}

/** Cuts the frames of one capture out of its chunks. */
export class FrameCutter {
  readonly #streams: ByteStreams;
  readonly #packets: PacketAssembler;

  constructor({ framing, decodeAs }: FramingOptions = {}) {
    this.#streams = new ByteStreams(framing ?? "auto");
    this.#packets = new PacketAssembler({
      decodeAs: decodeAs ?? [],
      lineFraming: framing ?? "auto",
    });
  }

  /** Takes the next chunk; gives the frames that it completes. Never throws. */
  push(chunk: CaptureChunk): readonly LinkFrame[] {
    const bare = chunk.linkType === LINK_TYPE_STREAM || chunk.linkType === LINK_TYPE_MESSAGE;
    return bare ? this.#streams.push(chunk) : this.#packets.push(chunk);
  }

  /** The capture has ended: what is unfinished comes out as far as it goes. */
  finish(): readonly LinkFrame[] {
    return [...this.#packets.finish(), ...this.#streams.finish()];
  }
}
