/** Messages that come in parts: HDLC and M-Bus segments, data blocks, blocks of any APDU. */
import { equalBytes } from "./bytes.js";

/** One part, and where it stood. */
export interface Part {
  /** Number of the frame that brought it. */
  readonly frame: number;
  /** The byte source of that frame, and the offset in it. */
  readonly source: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Its place: numbers of neighbouring parts differ by one. */
  readonly number: number;
  /** The number that it has on the wire. */
  readonly sent: number | undefined;
  /** Nothing follows it. */
  readonly last: boolean;
}

/**
 * The parts that came before, the newest first. Immutable: the context of a frame keeps its own end
 * of the chain, and later frames add to it without changing that.
 */
export interface PartChain {
  readonly part: Part;
  readonly previous: PartChain | undefined;
  /** Number and frame of the part that the message begins with, as far as it was captured. */
  readonly first: number;
  readonly firstFrame: number;
  /** Bytes of all parts together. */
  readonly length: number;
  /** The part that says that nothing follows it has come. */
  readonly ended: boolean;
  /**
   * Where the message is over: the frames that brought it. Of its parts only the last is kept, to
   * know it when it comes again.
   */
  readonly settled: readonly number[] | undefined;
}

/** Messages that earlier frames have begun, by the names that their dissectors gave them. */
export interface PendingMessages {
  get(message: string): PartChain | undefined;
}

/** A part as its dissector found it; the conversation adds it to the message that it belongs to. */
export interface NewPart {
  /** Names the message among those of the conversation: kind, sender, invoke-id. */
  readonly message: string;
  /** The message up to this part, or what is kept of it where it is over. */
  readonly chain: PartChain;
}

/** What the parts of a message come to. */
export interface Assembly {
  /** In order, no number twice. */
  readonly parts: readonly Part[];
  /** Numbers that are missing, from that which the message begins with to the last that came. */
  readonly missing: readonly number[];
}

/** Adds a part; without `before` the message begins with it. `first` counts there alone. */
export function extendChain(before: PartChain | undefined, part: Part, first: number): PartChain {
  return {
    part,
    previous: before,
    first: before?.first ?? first,
    firstFrame: before?.firstFrame ?? part.frame,
    length: (before?.length ?? 0) + part.bytes.length,
    ended: part.last || before?.ended === true,
    settled: undefined,
  };
}

/** The message is whole or given up. The bytes are copied: views would keep whole files in memory. */
export function settleChain(chain: PartChain, frames: readonly number[]): PartChain {
  const part = { ...chain.part, bytes: Uint8Array.from(chain.part.bytes) };
  return { ...chain, part, previous: undefined, settled: frames };
}

/** Whether a part belongs to the message that is over: a sender repeats what was not acknowledged. */
export function isRepeated(chain: PartChain, { number, bytes }: Part): boolean {
  if (chain.settled === undefined || number > chain.part.number) return false;
  return number < chain.part.number || equalBytes(chain.part.bytes, bytes);
}

/** Puts the parts of a chain in order. Of parts with the same number the one that came first counts. */
export function assemble(chain: PartChain): Assembly {
  const byNumber = new Map<number, Part>();
  for (let link: PartChain | undefined = chain; link !== undefined; link = link.previous) {
    byNumber.set(link.part.number, link.part);
  }
  const parts = [...byNumber.values()].sort((a, b) => a.number - b.number);
  const missing: number[] = [];
  let expected = chain.first;
  for (const { number } of parts) {
    for (; expected < number && missing.length < listedMissing; expected++) missing.push(expected);
    expected = number + 1;
  }
  return { parts, missing };
}

/** A gap may be as wide as a block number: it is not listed further than this. */
const listedMissing = 1000;
