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
  /** The frame was damaged on the way: the part counts until it comes again. */
  readonly damaged?: boolean;
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
  /** Where the message is over: the frames that brought it. Its parts are not kept. */
  readonly settled: readonly number[] | undefined;
  /** Of a message that is over: a print of each part by its number, to know it when it comes again. */
  readonly prints: ReadonlyMap<number, number>;
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
    prints: noPrints,
  };
}

/** The message is whole or given up: of its parts nothing but prints is kept. */
export function settleChain(chain: PartChain, frames: readonly number[]): PartChain {
  const prints = new Map<number, number>();
  for (const { number, bytes } of partsOf(chain)) prints.set(number, printOf(bytes));
  const part = { ...chain.part, bytes: noBytes };
  return { ...chain, part, previous: undefined, settled: frames, prints };
}

/**
 * Whether a part is in the message already: a sender repeats what was not acknowledged. One that was
 * damaged comes again with other bytes.
 */
export function comesAgain(chain: PartChain, number: number, bytes: Uint8Array): boolean {
  if (chain.settled !== undefined) {
    const print = chain.prints.get(number);
    return print !== undefined && print === printOf(bytes);
  }
  const known = findPart(chain, number);
  return known !== undefined && (known.damaged === true || equalBytes(known.bytes, bytes));
}

/** Whether another part has the place already: the chain is that of an earlier message. */
export function contradicts(chain: PartChain, { number, bytes, damaged }: Part): boolean {
  if (damaged === true || findPart(chain, number) === undefined) return false;
  return !comesAgain(chain, number, bytes);
}

/** The part of that number; parts mostly come in order, so that there is none to look for. */
function findPart(chain: PartChain, number: number): Part | undefined {
  if (number > chain.part.number) return undefined;
  for (const part of partsOf(chain)) if (part.number === number) return part;
  return undefined;
}

/** The parts of a chain, the newest first. */
export function* partsOf(chain: PartChain): Generator<Part> {
  for (let link: PartChain | undefined = chain; link !== undefined; link = link.previous) {
    yield link.part;
  }
}

/** FNV-1a over 32 bits. */
function printOf(bytes: Uint8Array): number {
  let print = 0x811c9dc5;
  for (const byte of bytes) print = Math.imul(print ^ byte, 0x01000193);
  return print >>> 0;
}

const noBytes = new Uint8Array(0);
const noPrints: ReadonlyMap<number, number> = new Map();

/**
 * Puts the parts of a chain in order. Of parts with the same number the one that came first counts,
 * unless it was damaged.
 */
export function assemble(chain: PartChain): Assembly {
  const byNumber = new Map<number, Part>();
  for (const part of partsOf(chain)) {
    const isWorse = part.damaged === true && byNumber.has(part.number);
    if (!isWorse) byNumber.set(part.number, part);
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
