import { PcapReader } from "../../captures/pcap.js";
import { PcapngReader } from "../../captures/pcapng.js";
import type { CipherPrimitives, Direction, Frame, Framing } from "../../decoder/index.js";
import { FrameDecoder, LINK_TYPE_MESSAGE } from "../../decoder/index.js";
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

/** Decodes an item of the corpus as a user would: its messages in order, with its keys. */
export function decodeItem(item: CorpusItem, options: DecodeItemOptions = {}): Frame[] {
  const framing = options.auto === true ? "auto" : (framings[item.framing] ?? "auto");
  const decoder = new FrameDecoder({
    framing,
    keySets: toKeySets(item),
    tree: options.tree ?? true,
    ...(options.primitives === undefined ? {} : { primitives: options.primitives }),
  });
  const frames: Frame[] = [];
  if (item.framing === "pcap" && item.file !== undefined) {
    const reader = item.file.endsWith("pcapng") ? new PcapngReader() : new PcapReader();
    for (const entry of [...reader.push(readCorpusFile(item.file)), ...reader.finish()]) {
      if (entry.kind === "chunk") frames.push(...decoder.push(entry.chunk));
    }
  } else {
    for (const { dir, bytes } of readMessages(item)) {
      const chunk = {
        interface: 0,
        time: null,
        direction: directions[dir] ?? null,
        linkType: LINK_TYPE_MESSAGE,
        bytes,
        originalLength: bytes.length,
        position: 0,
      };
      frames.push(...decoder.push(chunk));
    }
  }
  frames.push(...decoder.finish());
  return frames;
}
