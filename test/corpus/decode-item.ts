import { PcapReader } from "../../captures/pcap.js";
import { PcapngReader } from "../../captures/pcapng.js";
import type {
  CaptureChunk,
  CipherPrimitives,
  Direction,
  Frame,
  Framing,
} from "../../decoder/index.js";
import { amendFrame, FrameDecoder, LINK_TYPE_MESSAGE } from "../../decoder/index.js";
import { type CorpusItem, readCorpusFile, readMessages, toKeySets } from "./corpus.js";

const framings: Readonly<Record<string, Framing>> = {
  hdlc: "hdlc",
  wrapper: "wrapper",
  mbus: "mbus",
  llc: "llc",
  pdu: "apdu",
  "4-32": "llc-61334",
  p1: "p1",
};

const directions: Readonly<Record<string, Direction>> = {
  C: "client-to-server",
  S: "server-to-client",
};

export interface DecodeItemOptions {
  /** Leave the framing to be found by content. */
  readonly auto?: boolean;
  readonly tree?: boolean;
  /** Other cryptography than the pure one. */
  readonly primitives?: CipherPrimitives;
}

/** How the source says that the item is framed. */
export function framingOf(item: CorpusItem): Framing | "auto" {
  return framings[item.framing] ?? "auto";
}

/**
 * Decodes an item of the corpus as a user would: its messages in order, with its keys. What later
 * frames show of earlier ones is in those.
 */
export function decodeItem(item: CorpusItem, options: DecodeItemOptions = {}): Frame[] {
  const decoder = new FrameDecoder({
    framing: options.auto === true ? "auto" : framingOf(item),
    keySets: toKeySets(item),
    tree: options.tree ?? true,
    ...(options.primitives === undefined ? {} : { primitives: options.primitives }),
  });
  const frames: Frame[] = [];
  for (const chunk of chunksOf(item)) frames.push(...decoder.push(chunk));
  frames.push(...decoder.finish());
  for (const amendment of decoder.takeAmendments()) {
    const frame = frames[amendment.frame - 1];
    if (frame !== undefined) amendFrame(frame, amendment);
  }
  return frames;
}

/** The chunks that a capture of the item would give. */
export function chunksOf(item: CorpusItem): CaptureChunk[] {
  if (item.framing === "pcap" && item.file !== undefined) {
    const reader = item.file.endsWith("pcapng") ? new PcapngReader() : new PcapReader();
    const chunks: CaptureChunk[] = [];
    for (const entry of [...reader.push(readCorpusFile(item.file)), ...reader.finish()]) {
      if (entry.kind === "chunk") chunks.push(entry.chunk);
    }
    return chunks;
  }
  return readMessages(item).map(({ dir, bytes }) => ({
    interface: 0,
    time: null,
    direction: directions[dir] ?? null,
    linkType: LINK_TYPE_MESSAGE,
    bytes,
    originalLength: bytes.length,
    position: 0,
  }));
}
