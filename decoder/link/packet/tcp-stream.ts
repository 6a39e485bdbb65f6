/**
 * One direction of a TCP connection, put in order (RFC 9293, Sequence Numbers).
 *
 * Strategy. Sequence numbers are unwrapped into positions that only grow. `#next` is the first
 * position that was not given out. Segments behind it wait in `#waiting`, cut so that no two
 * overlap: what came first stays. A hole is waited for until something shows that its bytes will
 * not come any more: the other end has acknowledged them, or too much waits behind it. Then it is
 * given up, and the stream goes on behind it.
 */
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { StreamNotice } from "../link-frame.js";
import { cutRun, insertRun, type Run } from "./disjoint-runs.js";
import { tcpFlags } from "./tcp-flags.js";

const D = defineDiagnostics("tcp", {
  "out-of-order": {
    severity: "info",
    group: "sequence",
    message: "The segment came before bytes that precede it",
  },
  retransmission: {
    severity: "note",
    group: "sequence",
    message: "The bytes of the segment were already there",
    check: "A lossy or slow link, or the packet was captured twice",
  },
  "overlap-differs": {
    severity: "warning",
    group: "sequence",
    message: "The segment repeats bytes with other values; the first ones are kept",
    check: "Does something between the ends change the traffic?",
  },
  "keep-alive": { severity: "info", group: "sequence", message: "Keep-alive" },
  "before-start": {
    severity: "info",
    group: "sequence",
    message: "The segment precedes the first one of the stream that was captured",
  },
  late: {
    severity: "info",
    group: "sequence",
    message: "The bytes came when the stream had gone on without them",
  },
  restart: {
    severity: "note",
    group: "sequence",
    message: "The sequence numbers begin anew: a new connection between the same ports",
  },
});

/** A segment as its header describes it. */
export interface TcpSegment<Tag> {
  readonly sequence: number;
  readonly flags: number;
  readonly bytes: Uint8Array;
  /** Bytes of the segment behind `bytes` that the capture did not keep. */
  readonly lost: number;
  readonly tag: Tag;
}

/** A run of bytes of one segment; the pieces of a stream follow each other without overlap. */
export interface StreamPiece<Tag> {
  readonly bytes: Uint8Array;
  readonly tag: Tag;
  /** Where the bytes begin in their segment. */
  readonly offset: number;
  /** Missing bytes before this piece. */
  readonly gap: number;
  /** A new connection begins with this piece. */
  readonly restart: boolean;
}

/** What a segment led to. */
export interface StreamProgress<Tag> {
  readonly pieces: readonly StreamPiece<Tag>[];
  readonly notices: readonly StreamNotice[];
  /** The stream has come to its end with this segment: nothing of it is waited for. */
  readonly ended: boolean;
}

/** Bytes that wait in all streams of a capture; shared, so that the whole is bounded. */
export interface WaitingBudget {
  bytes: number;
  readonly limit: number;
}

/** A hole is given up when this much waits behind it. */
const waitingSegments = 64;
const waitingBytes = 1024 * 1024;
/** Segments that must wait behind a hole before an acknowledgment proves it lost. */
const toleratedDisorder = 4;
/** Sequence numbers farther away than this belong to another connection. */
const farthest = 16 * 1024 * 1024;
/** How far before the first captured byte a late SYN is taken for the stream's own. */
const lateStart = 65_536;
/** Bytes given out last, kept to tell a retransmission from other bytes. */
const rememberedBytes = 2048;
const nothing: StreamProgress<never> = { pieces: [], notices: [], ended: false };

/** Puts the segments of one direction in order. Memory is bounded whatever comes. */
export class TcpStream<Tag> {
  readonly #budget: WaitingBudget;
  #started = false;
  #synSeen = false;
  /** Position behind the last byte, once a FIN or RST has told it. */
  #end: number | undefined;
  /** Position and sequence number of the first byte that was not given out. */
  #next = 0;
  #nextSequence = 0;
  /** Position of the stream's first byte. */
  #first = 0;
  /** Position behind the last gap. */
  #unbrokenFrom = 0;
  /** Position up to which the other end has acknowledged. */
  #acknowledged = 0;
  readonly #waiting: Run<Tag>[] = [];
  #waitingBytes = 0;
  #gap = 0;
  #restart = false;
  /** The bytes given out last, in a ring addressed by position. */
  #remembered: Uint8Array | undefined;

  constructor(budget: WaitingBudget) {
    this.#budget = budget;
  }

  /** Takes a segment; returns the bytes that follow without a hole by now. */
  push(segment: TcpSegment<Tag>): StreamProgress<Tag> {
    const { flags, bytes, lost } = segment;
    const syn = (flags & tcpFlags.syn) !== 0;
    const length = bytes.length + lost;
    const sequence = syn ? (segment.sequence + 1) >>> 0 : segment.sequence;
    const pieces: StreamPiece<Tag>[] = [];
    const notices: StreamNotice[] = [];
    if (!this.#started) {
      if (!syn && length === 0) return nothing;
      this.#begin(sequence, syn);
    } else if (this.#isNewConnection(sequence, syn, length)) {
      this.#giveUpAll(pieces);
      this.#begin(sequence, syn);
      this.#restart = true;
      notices.push({ definition: D.restart });
    } else if (syn) {
      this.#synSeen = true;
    }
    const position = this.#next + ((sequence - this.#nextSequence) | 0);
    if ((flags & (tcpFlags.fin | tcpFlags.rst)) !== 0) this.#end ??= position + length;
    const control = (flags & (tcpFlags.syn | tcpFlags.fin | tcpFlags.rst)) !== 0;
    if (length <= 1 && position === this.#next - 1 && !control) {
      notices.push({ definition: D["keep-alive"] });
    } else if (length > 0) {
      this.#add(segment, position, pieces, notices);
    }
    const reset = (flags & tcpFlags.rst) !== 0;
    if (reset) this.#giveUpAll(pieces);
    else this.#giveUpLost(pieces);
    const ended = reset || (this.#end !== undefined && this.#next >= this.#end);
    if (pieces.length === 0 && notices.length === 0 && !ended) return nothing;
    return { pieces, notices, ended };
  }

  /** The other end has acknowledged all bytes before this sequence number. */
  acknowledge(acknowledgment: number): readonly StreamPiece<Tag>[] {
    if (!this.#started) return nothing.pieces;
    const position = this.#next + ((acknowledgment - this.#nextSequence) | 0);
    if (position - this.#next > farthest) return nothing.pieces;
    if (position > this.#acknowledged) this.#acknowledged = position;
    if (this.#waiting.length === 0) return nothing.pieces;
    const pieces: StreamPiece<Tag>[] = [];
    this.#giveUpLost(pieces);
    return pieces;
  }

  /** The capture has ended: everything that waits, with its gaps. */
  finish(): readonly StreamPiece<Tag>[] {
    const pieces: StreamPiece<Tag>[] = [];
    this.#giveUpAll(pieces);
    return pieces;
  }

  #begin(sequence: number, synSeen: boolean): void {
    this.#started = true;
    this.#synSeen = synSeen;
    this.#end = undefined;
    this.#nextSequence = sequence;
    this.#first = this.#next;
    this.#acknowledged = this.#next;
    this.#unbrokenFrom = this.#next;
  }

  #isNewConnection(sequence: number, syn: boolean, length: number): boolean {
    const distance = (sequence - this.#nextSequence) | 0;
    if (!syn) return length > 0 && Math.abs(distance) > farthest;
    const fromFirst = this.#next + distance - this.#first;
    if (fromFirst === 0) return false;
    return this.#synSeen || fromFirst > 0 || fromFirst < -lateStart;
  }

  #add(
    segment: TcpSegment<Tag>,
    position: number,
    pieces: StreamPiece<Tag>[],
    notices: StreamNotice[],
  ): void {
    const { bytes, lost, tag } = segment;
    const end = position + bytes.length + lost;
    let run: Run<Tag> = { start: position, end, bytes, tag, offset: 0 };
    if (position === this.#next && this.#waiting.length === 0) {
      this.#giveOut(run, pieces);
      return;
    }
    if (position < this.#next) {
      notices.push({ definition: D[this.#judgePast(bytes, position, end)] });
      if (end <= this.#next) return;
      run = cutRun(run, this.#next, end);
    } else if (position > this.#next) {
      notices.push({ definition: D["out-of-order"] });
    }
    const { added, repeated, differs } = insertRun(this.#waiting, run);
    this.#account(added);
    if (differs) notices.push({ definition: D["overlap-differs"] });
    else if (repeated) notices.push({ definition: D.retransmission });
    this.#drain(pieces);
  }

  /** What to say of bytes that begin before `#next`. */
  #judgePast(bytes: Uint8Array, position: number, end: number): keyof typeof D {
    if (end <= this.#next && position < this.#unbrokenFrom) {
      return position < this.#first ? "before-start" : "late";
    }
    return this.#differsFromRemembered(bytes, position) ? "overlap-differs" : "retransmission";
  }

  #drain(pieces: StreamPiece<Tag>[]): void {
    let count = 0;
    for (const waiting of this.#waiting) {
      if (waiting.start > this.#next) break;
      this.#account(-waiting.bytes.length);
      this.#giveOut(waiting, pieces);
      count += 1;
    }
    if (count > 0) this.#waiting.splice(0, count);
  }

  #giveOut(piece: Run<Tag>, pieces: StreamPiece<Tag>[]): void {
    const { bytes, tag, offset, start, end } = piece;
    const lost = end - start - bytes.length;
    this.#nextSequence = (this.#nextSequence + (end - this.#next)) >>> 0;
    this.#next = end;
    if (bytes.length > 0) {
      pieces.push({ bytes, tag, offset, gap: this.#gap, restart: this.#restart });
      this.#gap = 0;
      this.#restart = false;
      this.#remember(bytes, start);
    }
    this.#gap += lost;
    if (lost > 0) this.#unbrokenFrom = end;
  }

  #account(bytes: number): void {
    this.#waitingBytes += bytes;
    this.#budget.bytes += bytes;
  }

  /** Gives up the holes whose bytes will not come any more. */
  #giveUpLost(pieces: StreamPiece<Tag>[]): void {
    for (let hole = this.#waiting[0]; hole !== undefined; hole = this.#waiting[0]) {
      const acknowledged = this.#acknowledged >= hole.start;
      const patient = this.#end !== undefined ? 1 : toleratedDisorder;
      const isLost =
        (acknowledged && this.#waiting.length >= patient) ||
        this.#waiting.length > waitingSegments ||
        this.#waitingBytes > waitingBytes ||
        this.#budget.bytes > this.#budget.limit;
      if (!isLost) return;
      this.#giveUp(hole.start, pieces);
    }
  }

  #giveUpAll(pieces: StreamPiece<Tag>[]): void {
    for (let hole = this.#waiting[0]; hole !== undefined; hole = this.#waiting[0]) {
      this.#giveUp(hole.start, pieces);
    }
  }

  #giveUp(position: number, pieces: StreamPiece<Tag>[]): void {
    const gap = position - this.#next;
    this.#gap += gap;
    this.#nextSequence = (this.#nextSequence + gap) >>> 0;
    this.#next = position;
    this.#unbrokenFrom = position;
    this.#drain(pieces);
  }

  #remember(bytes: Uint8Array, start: number): void {
    this.#remembered ??= new Uint8Array(rememberedBytes);
    const ring = this.#remembered;
    const skip = Math.max(0, bytes.length - rememberedBytes);
    const at = (start + skip) % rememberedBytes;
    if (at + bytes.length <= rememberedBytes) {
      ring.set(bytes, at);
      return;
    }
    const split = Math.min(bytes.length, skip + rememberedBytes - at);
    ring.set(bytes.subarray(skip, split), at);
    ring.set(bytes.subarray(split), 0);
  }

  #differsFromRemembered(bytes: Uint8Array, position: number): boolean {
    const ring = this.#remembered;
    if (ring === undefined) return false;
    const from = Math.max(position, this.#next - rememberedBytes, this.#unbrokenFrom);
    const to = Math.min(position + bytes.length, this.#next);
    for (let at = from; at < to; at++) {
      if (ring[at % rememberedBytes] !== bytes[at - position]) return true;
    }
    return false;
  }
}
