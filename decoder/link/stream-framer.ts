/**
 * Cuts a byte stream into frames by their content.
 *
 * Strategy. Bytes that are not yet emitted stay in one buffer; `#start` is the first of them, `#at`
 * the first that is not judged. At each position the probes of the possible framings are asked: a
 * length makes a frame, "more" waits, and where none fits the byte joins the noise before it. Only
 * where the source saw a boundary (and at the start) can a message without a length of its own
 * begin; it reaches to the next boundary. Every decision is a function of the bytes and the
 * boundaries, never of how the bytes were cut into chunks.
 */
import { defineDiagnostics } from "../core/diagnostics.js";
import {
  detectMessage,
  type FrameStart,
  firstBytes,
  frameStarts,
  messageReasons,
} from "./detect.js";
import type { Framing, StreamNotice } from "./link-frame.js";
import { type FramedPiece, StreamBuffer } from "./stream-buffer.js";

const D = defineDiagnostics("framing", {
  assumed: {
    severity: "info",
    group: "assumption",
    message: "The capture does not say how its bytes are framed",
    check: "Give the framing (--framing) where the guess is wrong",
  },
  interrupted: {
    severity: "warning",
    group: "capture",
    message: "The frame is not complete, and what follows is no part of it",
    check: "Were bytes lost while the line was recorded?",
  },
  "shared-flag": {
    severity: "info",
    group: "protocol",
    message: "The opening flag is the closing flag of the frame before",
  },
  "message-limit": {
    severity: "error",
    group: "undecoded",
    message: "The message is longer than 16 MiB; its rest is listed as noise",
    check: "Is the framing right? No message of DLMS is so long",
  },
});

/** One frame of a stream, or what stands between two. */
export interface FramedUnit<Tag> {
  readonly framing: Framing;
  /** A view into a pushed chunk where one chunk holds all of it. */
  readonly bytes: Uint8Array;
  /** The pushed chunks that the bytes came from: `bytes` `start` to `end` stood at `offset`. */
  readonly pieces: readonly FramedPiece<Tag>[];
  readonly notices: readonly StreamNotice[];
}

const noiseLimit = 4096;
const messageLimit = 16 * 1024 * 1024;
const flag = 0x7e;
const noNotices: readonly StreamNotice[] = Object.freeze([]);

/**
 * Takes a stream chunk by chunk and gives its frames. The bytes of the units, in order, are the
 * bytes pushed, but for a flag that two HDLC frames share: it stands in both. Chunks are kept, not
 * copied, where they hold whole frames; the caller must not change them.
 */
export class StreamFramer<Tag> {
  readonly #guessing: boolean;
  readonly #message: Framing | undefined;
  readonly #starts: readonly (readonly FrameStart[])[];
  readonly #buffer = new StreamBuffer<Tag>();
  #begun = false;
  #start = 0;
  #at = 0;
  /** The message that is being collected from `#start` on. */
  #open: Framing | undefined;
  /** It began at the start of the stream, where nobody saw a boundary. */
  #openUnseen = false;
  /** A frame ended at `#at`. */
  #afterFrame = false;
  /** The byte before `#at` closed an HDLC frame. */
  #afterFlag = false;
  /** The framing of the last frame: the likely one of the next. */
  #likely: Framing | undefined;
  #hit: FrameStart | undefined;
  #units: FramedUnit<Tag>[] = [];

  constructor(options: { readonly framing: Framing | "auto" }) {
    const { framing } = options;
    const starts = frameStarts(framing);
    this.#guessing = framing === "auto";
    this.#message = framing !== "auto" && starts.length === 0 ? framing : undefined;
    this.#starts = startsByFirstByte(framing);
  }

  /**
   * Adds bytes, and returns the units that are complete by now. `boundary`: the source saw a
   * message begin here (a line of a log, a datagram), or an unfinished one go on.
   */
  push(bytes: Uint8Array, tag: Tag, boundary: boolean): FramedUnit<Tag>[] {
    if (bytes.length > 0) {
      this.#append(bytes, tag, boundary);
      this.#scan(false);
    }
    return this.#takeUnits();
  }

  /**
   * The source shows that nothing of the last message follows (the other side of the line speaks): a
   * message without a length of its own ends here.
   */
  endMessage(): readonly FramedUnit<Tag>[] {
    if (this.#open !== undefined && this.#at === this.#bytes.length) this.#closeOpen();
    return this.#takeUnits();
  }

  /** No more bytes come: returns what is left. */
  finish(): FramedUnit<Tag>[] {
    this.#scan(true);
    if (this.#start < this.#bytes.length) {
      this.#emit(this.#open ?? "noise", this.#start, this.#bytes.length, noNotices);
    }
    return this.#takeUnits();
  }

  #takeUnits(): FramedUnit<Tag>[] {
    const units = this.#units;
    if (units.length > 0) this.#units = [];
    return units;
  }

  /** The flag before `#start` is kept where the chunk may share it. */
  #append(chunk: Uint8Array, tag: Tag, boundary: boolean): void {
    const left = this.#bytes.length - this.#start;
    const shares = this.#afterFlag && (left > 0 || isFormatType(chunk[0]));
    if (!shares) this.#afterFlag = false;
    const from = this.#start - (shares ? 1 : 0);
    const shift = this.#buffer.append(chunk, tag, boundary || !this.#begun, from);
    this.#start -= shift;
    this.#at -= shift;
    if (!this.#begun) this.#openUnseen = !boundary;
    this.#begun = true;
  }

  get #bytes(): Uint8Array {
    return this.#buffer.bytes;
  }

  #scan(ended: boolean): void {
    while (this.#at < this.#bytes.length) {
      const atBoundary = this.#buffer.passBoundaries(this.#at);
      if (atBoundary) this.#closeOpen();
      const moved = this.#open === undefined ? this.#judge(atBoundary, ended) : this.#extend(ended);
      if (!moved) return;
    }
  }

  /** Decides what stands at `#at`. False where it takes more bytes to do so. */
  #judge(atBoundary: boolean, ended: boolean): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    if (this.#afterFlag && bytes[at] !== flag) {
      const shared = this.#judgeSharedFlag(ended);
      if (shared !== undefined) return shared;
    }
    if (this.#message !== undefined) return atBoundary ? this.#judgeMessage(ended) : this.#skip(1);
    if (bytes[at] === flag && bytes[at + 1] === flag) return this.#skip(1);
    const length = this.#probe(at, atBoundary, ended);
    const hit = this.#hit;
    if (length > 0 && hit !== undefined) {
      if (hit.framing !== "hdlc" && hit.framing !== "mbus") {
        // Only a length says where it ends: it may have swallowed the next message.
        const end = this.#interruption(at, at + length);
        if (end !== undefined) return this.#cut(hit, end);
      }
      this.#frame(hit, length, noNotices);
      return true;
    }
    if (length === 0 && hit !== undefined) {
      const end = this.#interruption(at, bytes.length);
      if (end !== undefined) return this.#cut(hit, end);
      if (!ended) return false;
      if (bytes.length - at >= hit.header) return this.#cut(hit, this.#resume(hit, at));
    }
    return atBoundary ? this.#judgeMessage(ended) : this.#skip(1);
  }

  /** The length at `at` by the first probe that fits; it is left in `#hit`. */
  #probe(at: number, atBoundary: boolean, ended: boolean): number {
    let answer = -1;
    for (const start of this.#starts[this.#bytes[at] as number] as readonly FrameStart[]) {
      if (!atBoundary && !this.#plausible(start)) continue;
      const length = start.probe(this.#bytes, at, ended);
      if (length === 1 && !this.#believesSingle(start, atBoundary)) continue;
      if (length > 0 || (length === 0 && answer < 0)) {
        answer = length;
        this.#hit = start;
        if (length > 0) break;
      }
    }
    return answer;
  }

  /** Whether a frame may begin between other bytes with this sign. */
  #plausible(start: FrameStart): boolean {
    if (start.atBoundary === true) return false;
    if (!this.#guessing || this.#likely === undefined) return true;
    return this.#afterFrame || start.framing === this.#likely || sharesLine(start, this.#likely);
  }

  /** E5, ACK and NAK are frames of one byte: they must stand where a frame is due. */
  #believesSingle(start: FrameStart, atBoundary: boolean): boolean {
    if (!atBoundary && !this.#afterFrame) return false;
    return !this.#guessing || this.#likely === start.framing;
  }

  /**
   * A complete frame begins at a boundary between `at` and `end`, in what the frame at `at` needs:
   * that boundary, for then the frame has lost its end.
   */
  #interruption(at: number, end: number): number | undefined {
    const last = this.#buffer.lastBoundary();
    if (last === undefined || last <= at || last >= end) return undefined;
    const starts = this.#starts[this.#bytes[last] as number] as readonly FrameStart[];
    return starts.some(({ probe }) => probe(this.#bytes, last, false) > 4) ? last : undefined;
  }

  /** Where something complete begins behind the unfinished frame at `at`, or the end. */
  #resume(hit: FrameStart, at: number): number {
    const bytes = this.#bytes;
    let boundary = this.#buffer.nextBoundary(at);
    for (let i = at + 1; i < bytes.length; i++) {
      if (boundary < i) boundary = this.#buffer.nextBoundary(i - 1);
      const starts = this.#starts[bytes[i] as number] as readonly FrameStart[];
      if (starts.length === 0 || (bytes[i] === flag && bytes[i + 1] === flag)) continue;
      const atBoundary = boundary === i;
      for (const start of starts) {
        if (!atBoundary && start !== hit) continue;
        if (start.probe(bytes, i, false) > 1) return i;
      }
    }
    return bytes.length;
  }

  /** The frame before ended with a flag; the next may begin with the same one. */
  #judgeSharedFlag(ended: boolean): boolean | undefined {
    const at = this.#at - 1;
    const hit = this.#starts[flag]?.[0];
    if (hit === undefined) return undefined;
    const length = hit.probe(this.#bytes, at, ended);
    if (length < 0) return undefined;
    let end = at + length;
    if (length === 0) {
      const interruption = this.#interruption(this.#at, this.#bytes.length);
      if (interruption === undefined && !ended) return false;
      end = interruption ?? this.#resume(hit, this.#at);
      if (end - at < hit.header) return undefined;
    }
    this.#start = at;
    this.#at = at;
    this.#frame(hit, end - at, [{ definition: D["shared-flag"] }]);
    return true;
  }

  #judgeMessage(ended: boolean): boolean {
    const boundary = this.#buffer.nextBoundary(this.#at);
    const complete = ended || boundary < this.#bytes.length;
    const visible = boundary < this.#bytes.length ? this.#bytes.subarray(0, boundary) : this.#bytes;
    const message =
      this.#message ?? (this.#guessing ? detectMessage(visible, this.#at, complete) : undefined);
    if (message === "more") return false;
    if (message === undefined) return this.#skip(1);
    this.#open = message;
    this.#afterFrame = false;
    this.#afterFlag = false;
    this.#openUnseen = this.#openUnseen && this.#guessing && this.#at === 0;
    return this.#extend(ended);
  }

  /** Collects the open message up to the next boundary, or to what shows that it is none. */
  #extend(ended: boolean): boolean {
    const boundary = this.#buffer.nextBoundary(this.#at);
    const end = Math.min(boundary, this.#start + messageLimit);
    if (this.#openUnseen) {
      const found = this.#findCertain(end, ended);
      if (found === "more") return false;
      if (found !== undefined) {
        this.#open = undefined;
        this.#openUnseen = false;
        return true;
      }
    }
    this.#at = end;
    if (end - this.#start < messageLimit || end === boundary) return true;
    const notice = { definition: D["message-limit"] };
    this.#emit(this.#open ?? "noise", this.#start, end, [notice]);
    this.#open = undefined;
    return true;
  }

  /**
   * A stream that was entered in the middle may look like a message at first. A frame in it that
   * proves itself ends the belief: `#at` moves there.
   */
  #findCertain(end: number, ended: boolean): "more" | "found" | undefined {
    const bytes = this.#bytes;
    for (let i = Math.max(this.#at, this.#start + 1); i < end; i++) {
      if (bytes[i] !== flag && bytes[i] !== 0x68) continue;
      const start = this.#starts[bytes[i] as number]?.[0];
      const length = start === undefined ? -1 : start.probe(bytes, i, ended);
      if (length > 8 || (length === 0 && !ended)) this.#at = i;
      if (length > 8) return "found";
      if (length === 0 && !ended) return "more";
    }
    return undefined;
  }

  /** A boundary: the message or the noise before it ends. */
  #closeOpen(): void {
    if (this.#start < this.#at) {
      this.#emit(this.#open ?? "noise", this.#start, this.#at, noNotices);
    }
    this.#open = undefined;
  }

  /** The bytes from `#at` on fit nothing; goes to the next that may begin something. */
  #skip(length: number): boolean {
    const bytes = this.#bytes;
    const end = Math.min(this.#buffer.nextBoundary(this.#at), this.#start + noiseLimit);
    let at = this.#at + length;
    while (at < end && (this.#starts[bytes[at] as number] as readonly FrameStart[]).length === 0) {
      at += 1;
    }
    this.#at = at;
    this.#afterFrame = false;
    this.#afterFlag = false;
    if (at - this.#start >= noiseLimit) this.#emit("noise", this.#start, at, noNotices);
    return true;
  }

  #cut(hit: FrameStart, end: number): boolean {
    const incomplete = end < this.#bytes.length;
    const notices = incomplete ? [{ definition: D.interrupted }] : noNotices;
    this.#frame(hit, end - this.#at, notices);
    return true;
  }

  #frame(hit: FrameStart, length: number, notices: readonly StreamNotice[]): void {
    const at = this.#at;
    if (this.#start < at) this.#emit("noise", this.#start, at, noNotices);
    this.#emit(hit.framing, at, at + length, notices, hit.reason);
    this.#at = at + length;
    this.#afterFrame = true;
    this.#afterFlag = hit.framing === "hdlc" && this.#bytes[this.#at - 1] === flag;
  }

  #emit(
    framing: Framing,
    start: number,
    end: number,
    notices: readonly StreamNotice[],
    reason = messageReasons[framing],
  ): void {
    let remarks = notices;
    if (framing !== "noise") {
      if (this.#guessing && framing !== this.#likely && reason !== undefined) {
        remarks = [{ definition: D.assumed, detail: `read as ${reason}` }, ...notices];
      }
      this.#likely = framing;
    }
    const bytes = this.#buffer.view(start, end);
    const pieces = this.#buffer.pieces(start, end);
    this.#units.push({ framing, bytes, pieces, notices: remarks });
    this.#start = end;
  }
}

// A capture of thousands of connections makes thousands of framers.
const startTables = new Map<Framing | "auto", readonly (readonly FrameStart[])[]>();

/** The ways in which a frame can begin, by its first byte. */
function startsByFirstByte(framing: Framing | "auto"): readonly (readonly FrameStart[])[] {
  let table = startTables.get(framing);
  if (table === undefined) {
    const starts = frameStarts(framing);
    table = Array.from({ length: 256 }, (_, byte) =>
      starts.filter((start) => firstBytes(start).includes(byte)),
    );
    startTables.set(framing, table);
  }
  return table;
}

/** A frame format field of type 3, of HDLC. */
function isFormatType(byte: number | undefined): boolean {
  return byte !== undefined && byte >> 4 === 0x0a;
}

/** Framings that one line carries by turns: mode E opens in ASCII, P1 in text or ciphered. */
function sharesLine(start: FrameStart, likely: Framing): boolean {
  const other = start.framing;
  return (
    (other === "iec-62056-21" && likely === "hdlc") ||
    (other === "hdlc" && likely === "iec-62056-21") ||
    (other === "p1" && likely === "apdu") ||
    (other === "apdu" && likely === "p1")
  );
}
