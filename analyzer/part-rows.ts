import type { PartChain, PendingMessages } from "../decoder/core/parts.js";

/** A part of a message as a row brought it. */
interface PartEntry {
  readonly row: number;
  readonly message: string;
  /** The message begins with it. */
  readonly begins: boolean;
}

/** What the parts of one row come to, when the messages before it are as `pending` says. */
export type ReadParts = (
  row: number,
  pending: PendingMessages,
) => readonly { readonly message: string; readonly chain: PartChain }[];

/**
 * Which rows brought parts of messages. The parts themselves are not kept: what was pending before a
 * row is read again out of the rows that brought it, and only where somebody asks.
 */
export class PartRows {
  readonly #byConversation = new Map<number, PartEntry[]>();

  /** Rows of one conversation come in order. */
  add(conversation: number, entry: PartEntry): void {
    const entries = this.#byConversation.get(conversation);
    if (entries === undefined) this.#byConversation.set(conversation, [entry]);
    else entries.push(entry);
  }

  /** Forgets the rows of a conversation, which is to be read once more. */
  clear(conversation: number): void {
    this.#byConversation.delete(conversation);
  }

  /** The messages that were pending before a row of a conversation. */
  before(conversation: number, row: number, read: ReadParts): PendingMessages {
    const entries = this.#byConversation.get(conversation);
    if (entries === undefined) return nothing;
    return { get: (message) => rebuild(entries, row, message, read) };
  }
}

const nothing: PendingMessages = { get: () => undefined };

/** The chain of a message as it stood before `row`: its parts are read from the first one on. */
function rebuild(
  entries: readonly PartEntry[],
  row: number,
  message: string,
  read: ReadParts,
): PartChain | undefined {
  const rows: number[] = [];
  for (let i = findBefore(entries, row); i >= 0; i--) {
    const entry = entries[i];
    if (entry?.message !== message) continue;
    rows.push(entry.row);
    if (entry.begins) break;
  }
  let chain: PartChain | undefined;
  for (const part of rows.reverse()) {
    const known = chain;
    // Parts may lie in parts: segments in blocks. Only this message is at hand.
    const pending: PendingMessages = {
      get: (other) => (other === message ? known : rebuild(entries, part, other, read)),
    };
    chain = read(part, pending).find((found) => found.message === message)?.chain;
  }
  return chain;
}

/** Index of the last entry of a row before `row`; -1 where there is none. */
function findBefore(entries: readonly PartEntry[], row: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
