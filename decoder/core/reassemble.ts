/** Parts of messages put together, inside of the dissection of the frame that completes them. */
import type { Cursor } from "./cursor.js";
import { defineDiagnostics } from "./diagnostics.js";
import { defineFields } from "./fields.js";
import {
  type Assembly,
  assemble,
  comesAgain,
  contradicts,
  extendChain,
  type Part,
  settleChain,
} from "./parts.js";
import type { OriginPiece } from "./source.js";

const F = defineFields("reassembly", {
  "": {
    name: "Parts of the message in earlier frames",
    type: "group",
    meaning: "The frames that brought the parts which this frame completes",
  },
  frame: { name: "Part in frame", meaning: "Number of the frame that brought the part" },
});

const D = defineDiagnostics("reassembly", {
  missing: {
    severity: "warning",
    group: "incomplete",
    message: "Parts of the message are missing; it is read up to the first of them",
    check: "Were frames lost on the line, or while they were captured?",
  },
  "beginning-missing": {
    severity: "note",
    group: "incomplete",
    message: "The message cannot be read: the frames that began it were not captured",
    check: "Start the capture before the request",
  },
  repeated: {
    severity: "note",
    group: "sequence",
    message: "The part came before; the sender repeats it",
  },
  limit: {
    severity: "error",
    group: "incomplete",
    message: "The message is longer than 16 MiB; its parts are not joined",
    check: "Does the sender ever say that a part is the last?",
  },
});

const longestMessage = 16 * 1024 * 1024;

/** A part, as the dissector of its format describes it. */
export interface PartDescription {
  /** Names the message among those of the conversation. */
  readonly message: string;
  readonly number: number;
  /** The number on the wire, where it is another: counted modulo 8, or not counted at all. */
  readonly sent?: number | undefined;
  /** The number that the first part of such a message has. */
  readonly first: number;
  readonly last: boolean;
  /** The message begins here, whatever was pending under its name. */
  readonly begins: boolean;
  /** A missing part may still be sent again, after the last one. */
  readonly recovers?: boolean;
}

/**
 * Takes note of a part that stands at `start` to `end` of the cursor's bytes (its own node is the
 * caller's to record). Where it completes the message, returns a cursor over the whole of it; where
 * the last part has come and others are missing, one over what precedes the gap, and what is missing
 * is reported. Undefined where more is to come, or nothing can be read.
 */
export function addPart(
  c: Cursor,
  start: number,
  end: number,
  description: PartDescription,
): Cursor | undefined {
  const { message, number, last, begins } = description;
  const { dissection } = c;
  const { context } = dissection;
  const part: Part = {
    frame: context.number,
    source: c.source,
    offset: start,
    bytes: c.bytes.subarray(start, end),
    number,
    sent: description.sent,
    last,
  };
  const pending = begins ? undefined : context.pending.get(message);
  if (pending?.settled !== undefined && comesAgain(pending, number, part.bytes)) {
    const read = pending.settled[pending.settled.length - 1];
    c.report(D.repeated, start, end, `the message was read in frame ${read}`);
    dissection.reassembly = { complete: false, frames: pending.settled };
    return undefined;
  }
  const isOver = pending?.settled !== undefined || (pending && contradicts(pending, part)) === true;
  const before = isOver ? undefined : pending;
  const chain = extendChain(before, part, description.first);
  const assembly = chain.ended ? assemble(chain) : undefined;
  const complete = assembly !== undefined && assembly.missing.length === 0;
  const tooLong = chain.length > longestMessage;
  const over = tooLong || (chain.ended && (complete || description.recovers !== true));
  const frames = over ? framesOf(assembly) : framesSoFar(chain.firstFrame, part.frame);
  dissection.parts.push({ message, chain: over ? settleChain(chain, frames) : chain });
  dissection.reassembly = { complete: complete && !tooLong, frames };
  if (tooLong) c.report(D.limit, start, end);
  if (tooLong || assembly === undefined) return undefined;
  if (!complete && (over || assembly.parts[0]?.number !== chain.first)) {
    reportMissing(c, start, end, assembly, chain.first);
  }
  return over ? join(c, assembly, part) : undefined;
}

/**
 * Whether a block with that number, whose `length` bytes are next, begins a message. Numbers start
 * with 1; some senders start with 0, so that 1 may be the second. The first block of a message that
 * is over begins another one: objects are read more than once.
 */
export function beginsMessage(c: Cursor, message: string, number: number, length: number): boolean {
  if (number > 1) return false;
  const pending = c.dissection.context.pending.get(message);
  if (pending === undefined || pending.settled !== undefined) return true;
  if (number === 1 && pending.part.number === 0) return false;
  return !comesAgain(pending, number, c.bytes.subarray(c.offset, c.offset + length));
}

function framesOf(assembly: Assembly | undefined): readonly number[] {
  const frames = new Set(assembly?.parts.map((part) => part.frame));
  return [...frames].sort((a, b) => a - b);
}

function framesSoFar(first: number, own: number): readonly number[] {
  return first === own ? [own] : [first, own];
}

function reportMissing(
  c: Cursor,
  start: number,
  end: number,
  { missing, parts }: Assembly,
  first: number,
): void {
  if (parts[0]?.number !== first) {
    c.report(D["beginning-missing"], start, end, `it continues with part ${parts[0]?.number}`);
    return;
  }
  const shown = missing.slice(0, 8).join(", ");
  const more = missing.length > 8 ? ` and ${missing.length - 8} more` : "";
  const noun = missing.length === 1 ? "part" : "parts";
  c.report(D.missing, start, end, `${noun} ${shown}${more}`);
}

/** Everything before the first gap as one byte string, each piece of it traced to where it stood. */
function join(c: Cursor, { parts, missing }: Assembly, own: Part): Cursor | undefined {
  const gap = missing[0] ?? Number.POSITIVE_INFINITY;
  const joined = parts.filter((part) => part.number < gap);
  if (joined.length === 0) return undefined;
  let length = 0;
  for (const part of joined) length += part.bytes.length;
  const bytes = new Uint8Array(length);
  const origin: OriginPiece[] = [];
  const earlier = joined.some((part) => part !== own);
  if (earlier) c.open(F[""]);
  let at = 0;
  for (const part of joined) {
    bytes.set(part.bytes, at);
    const piece = { start: at, end: at + part.bytes.length };
    if (part === own) origin.push({ ...piece, source: part.source, offset: part.offset });
    else origin.push({ ...piece, source: addFragment(c, part), offset: 0 });
    at = piece.end;
  }
  if (earlier) c.close();
  return c.derive("reassembled", bytes, origin);
}

function addFragment(c: Cursor, { frame, source, offset, bytes }: Part): number {
  const { dissection } = c;
  const id = dissection.addFragment(bytes, { frame, source, offset });
  dissection.recorder.leaf(F.frame, id, 0, bytes.length, frame);
  if (c.recording) c.note(`${bytes.length} bytes at ${offset} of its source ${source}`);
  return id;
}
