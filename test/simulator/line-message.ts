/** What is said on a serial line. */
import { type CorpusItem, readMessages } from "../corpus/corpus.js";

export interface LineMessage {
  /** Who says it; null where the source does not tell. */
  readonly from: "client" | "meter" | null;
  readonly bytes: Uint8Array;
  /** Milliseconds from the start at which its first bit is on the line; null: once it is its turn. */
  readonly at: number | null;
}

/** Something that happens to the port, not on it: its plug is pulled, and put back after a while. */
export interface PortLoss {
  readonly kind: "loss";
  readonly milliseconds: number;
}

export type LineEvent = LineMessage | PortLoss;

export function isLoss(event: LineEvent): event is PortLoss {
  return "kind" in event;
}

const speakers: Readonly<Record<string, LineMessage["from"]>> = { C: "client", S: "meter" };

/** The messages of a corpus item, in order. Its sources tell no times. */
export function messagesOf(item: CorpusItem): LineMessage[] {
  return readMessages(item).map(({ dir, bytes }) => ({
    from: speakers[dir] ?? null,
    bytes,
    at: null,
  }));
}

/** The bytes of these messages, one after another. */
export function joinMessages(messages: readonly LineMessage[]): Uint8Array {
  return new Uint8Array(Buffer.concat(messages.map(({ bytes }) => bytes)));
}
