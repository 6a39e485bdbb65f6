/**
 * Text logs: any text with hex in it. Lines are read one by one (log-line.ts); here they are put
 * together: times and headings with the bytes under them, lines that go on, dumps, single bytes.
 */

import {
  type CaptureChunk,
  type Direction,
  LINK_TYPE_MESSAGE,
  LINK_TYPE_STREAM,
  type Timestamp,
} from "../../decoder/chunk.js";
import type { CaptureItem, CaptureReader } from "../capture.js";
import { ByteRows, type JoinedRows } from "./byte-rows.js";
import { skipBlanks } from "./characters.js";
import { HexDump } from "./hex-dump.js";
import { readHexRun } from "./hex-run.js";
import { isWholeMessage } from "./label.js";
import { LabelMemory } from "./label-words.js";
import type { LineContent, LineContext, LinePiece } from "./line-content.js";
import { LineSplitter, type LogLine } from "./lines.js";
import { readLine } from "./log-line.js";
import { MonitorArrows } from "./monitor-arrow.js";

/** Opens and closes HDLC frames. */
const FLAG = 0x7e;

/** Lines that go on are handed out in parts beyond this. */
const LONGEST_JOINED = 16 * 1024 * 1024;
/** Lines of prose are cut to this. */
const LONGEST_COMMENT = 4096;

/** Who and when, as the lines above say it. */
interface Above {
  readonly time: Timestamp | null;
  readonly direction: Direction | null;
  readonly arrow: LinePiece["arrow"];
  /** The line itself, where nothing has been made of it yet. */
  readonly unread: LogLine | null;
}

/** The line of bytes directly before. */
interface Before {
  readonly time: Timestamp | null;
  readonly direction: Direction | null;
  readonly arrow: LinePiece["arrow"];
  /** Null where the line has one byte. */
  readonly separator: string | null;
  /** It had a time or a mark of its own, or goes on with one that had. */
  readonly marked: boolean;
  /** It is a whole message. */
  readonly complete: boolean;
  /** It ends with an HDLC flag. */
  readonly flag: boolean;
  readonly counter: number | null;
}

/** Bytes of lines that go on. */
interface Pending {
  readonly parts: Uint8Array[];
  length: number;
  readonly time: Timestamp | null;
  readonly direction: Direction | null;
  readonly arrow: LinePiece["arrow"];
  readonly comment: string | null;
  readonly linkType: number;
  readonly position: number;
  goesOn: LinePiece["goesOn"];
  oddDigit: number | null;
  /** Offset of the last line. */
  lastOffset: number;
}

/**
 * A reader of text logs. A line with bytes is a chunk of `LINK_TYPE_MESSAGE`; a line without time
 * and mark directly under one with them, and in the same notation, goes on with its bytes and is
 * `LINK_TYPE_STREAM`. Other lines are comments. Problems: `text.odd-digits`.
 */
export function createTextLogReader(): CaptureReader {
  return new TextLogReader();
}

class TextLogReader implements CaptureReader {
  readonly #splitter = new LineSplitter();
  readonly #arrows = new MonitorArrows();
  readonly #dump = new HexDump();
  readonly #rows = new ByteRows();
  readonly #labels = new LabelMemory();
  #items: CaptureItem[] = [];
  #above: Above | null = null;
  #before: Before | null = null;
  #pending: Pending | null = null;
  #dumpStart: { above: Above | null; offset: number } | null = null;
  #colons = false;

  push(bytes: Uint8Array): CaptureItem[] {
    for (const line of this.#splitter.push(bytes)) this.#readLine(line);
    return this.#takeItems();
  }

  finish(): CaptureItem[] {
    for (const line of this.#splitter.finish()) this.#readLine(line);
    this.#endDump();
    this.#flush();
    this.#dropAbove();
    for (const item of this.#arrows.finish()) this.#items.push(item);
    return this.#takeItems();
  }

  #takeItems(): CaptureItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #readLine(line: LogLine): void {
    if (line.continued) {
      this.#readRestOfLine(line);
      return;
    }
    if (this.#readDumpRow(line)) return;
    const content = readLine(line.text, this.#context());
    switch (content.kind) {
      case "blank":
        if (this.#pending?.goesOn === "mark") this.#flush();
        this.#before = null;
        break;
      case "words":
        this.#readWords(line, content);
        break;
      case "bytes":
        for (const piece of content.pieces) this.#readPiece(line, piece);
        break;
    }
  }

  #context(): LineContext {
    return {
      separatorBefore: this.#before === null ? null : (this.#before.separator ?? "any"),
      announced: this.#above !== null,
      joins: this.#pending?.goesOn ?? null,
      digitBefore: this.#pending !== null && this.#pending.oddDigit !== null,
      counterBefore: this.#before?.counter ?? null,
      colons: this.#colons,
      labels: this.#labels,
    };
  }

  /** What follows on the first piece of a line that was too long. */
  #readRestOfLine(line: LogLine): void {
    const run = readHexRun(line.text, skipBlanks(line.text, 0));
    if (run === null || this.#before === null) {
      this.#comment(line);
      return;
    }
    this.#flush();
    const { time, direction, arrow } = this.#before;
    this.#chunk(run.bytes, time, direction, LINK_TYPE_STREAM, line.offset, null, arrow);
  }

  #readDumpRow(line: LogLine): boolean {
    if (this.#dump.open) {
      if (this.#dump.add(line.text)) return true;
      this.#endDump();
    }
    if (this.#pending?.goesOn != null || !this.#dump.begin(line.text)) return false;
    this.#flush();
    this.#dumpStart = { above: this.#above, offset: line.offset };
    this.#above = null;
    this.#before = null;
    return true;
  }

  #endDump(): void {
    if (!this.#dump.open) return;
    const { above = null, offset = 0 } = this.#dumpStart ?? {};
    const { time = null, direction = null, arrow = null } = above ?? {};
    const bytes = this.#dump.take();
    this.#chunk(bytes, time, direction, LINK_TYPE_MESSAGE, offset, null, arrow);
  }

  #readWords(line: LogLine, content: LineContent & { kind: "words" }): void {
    this.#flush();
    this.#dropAbove();
    this.#before = null;
    const { time, direction, arrow, onlyMarks, heading } = content;
    if (onlyMarks || heading) {
      this.#above = { time, direction, arrow, unread: onlyMarks ? line : null };
    }
    if (!onlyMarks) this.#comment(line);
  }

  /** A time with nothing under it is words like others. */
  #dropAbove(): void {
    const unread = this.#above?.unread ?? null;
    this.#above = null;
    if (unread !== null) this.#comment(unread);
  }

  #readPiece(line: LogLine, piece: LinePiece): void {
    if (piece.row) {
      this.#readRow(line, piece);
      return;
    }
    this.#endRows();
    if (this.#goOn(line, piece)) return;
    this.#flush();
    const before = this.#before;
    const above = this.#above;
    const goesOn = above === null && before !== null && goesOnFrom(before, piece) ? before : null;
    const time = piece.time ?? above?.time ?? goesOn?.time ?? null;
    const direction = piece.direction ?? above?.direction ?? goesOn?.direction ?? null;
    const arrow = piece.direction === null ? ((above ?? goesOn)?.arrow ?? null) : piece.arrow;
    const streams = goesOn?.marked === true;
    this.#above = null;
    this.#before = {
      time,
      direction,
      arrow,
      separator: separatorOf(piece) ?? goesOn?.separator ?? null,
      marked: streams || piece.time !== null || piece.direction !== null,
      complete: isWholeMessage(piece.bytes),
      flag: piece.bytes[piece.bytes.length - 1] === FLAG,
      counter: piece.counter,
    };
    this.#colons ||= piece.separator === ":";
    this.#pending = {
      parts: [piece.bytes],
      length: piece.bytes.length,
      time,
      direction,
      arrow,
      comment: piece.comment,
      linkType: streams ? LINK_TYPE_STREAM : LINK_TYPE_MESSAGE,
      position: line.offset,
      goesOn: piece.goesOn,
      oddDigit: piece.oddDigit,
      lastOffset: line.offset,
    };
    if (piece.goesOn === null && piece.oddDigit === null) this.#flush();
  }

  /** Joins the piece to the lines before it that go on; false where it does not belong to them. */
  #goOn(line: LogLine, piece: LinePiece): boolean {
    const pending = this.#pending;
    if (pending === null || pending.length + piece.bytes.length > LONGEST_JOINED) return false;
    if (pending.oddDigit !== null) {
      if (piece.leadingDigit === null) return false;
      pending.parts.push(Uint8Array.of((pending.oddDigit << 4) | piece.leadingDigit));
      pending.length += 1;
    } else if (pending.goesOn === null) return false;
    pending.parts.push(piece.bytes);
    pending.length += piece.bytes.length;
    pending.goesOn = piece.goesOn;
    pending.oddDigit = piece.oddDigit;
    pending.lastOffset = line.offset;
    if (piece.goesOn === null && piece.oddDigit === null) this.#flush();
    return true;
  }

  #readRow(line: LogLine, piece: LinePiece): void {
    if (this.#pending !== null) this.#flush();
    this.#above = null;
    this.#before = null;
    const [byte = 0] = piece.bytes;
    this.#joined(this.#rows.add(byte, piece.time, piece.direction, line.offset));
  }

  #endRows(): void {
    this.#joined(this.#rows.take());
  }

  #joined(rows: JoinedRows | null): void {
    if (rows === null) return;
    const linkType = rows.boundary ? LINK_TYPE_MESSAGE : LINK_TYPE_STREAM;
    this.#chunk(rows.bytes, rows.time, rows.direction, linkType, rows.offset, null, null);
  }

  /** Hands out what was waiting for the next line. */
  #flush(): void {
    this.#endRows();
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    const { time, direction, linkType, position, comment, arrow } = pending;
    this.#chunk(join(pending), time, direction, linkType, position, comment, arrow);
    if (pending.oddDigit === null) return;
    this.#emit({
      kind: "problem",
      severity: "warning",
      code: "text.odd-digits",
      offset: pending.lastOffset,
      message:
        "The hex of this line ends with half a byte, expected two digits a byte; the digit is left out",
    });
  }

  #chunk(
    bytes: Uint8Array,
    time: Timestamp | null,
    direction: Direction | null,
    linkType: number,
    position: number,
    comment: string | null,
    arrow: LinePiece["arrow"],
  ): void {
    const originalLength = bytes.length;
    const plain: CaptureChunk = {
      interface: 0,
      time,
      direction,
      linkType,
      bytes,
      originalLength,
      position,
    };
    this.#emit({ kind: "chunk", chunk: comment === null ? plain : { ...plain, comment } }, arrow);
  }

  #comment(line: LogLine): void {
    const text = line.text.trim().slice(0, LONGEST_COMMENT);
    if (text !== "") this.#emit({ kind: "comment", offset: line.offset, text });
  }

  #emit(item: CaptureItem, arrow: LinePiece["arrow"] = null): void {
    for (const clear of this.#arrows.push(item, arrow)) this.#items.push(clear);
  }
}

/** Whether a line has nothing of its own and belongs to the line before. */
function goesOnFrom(before: Before, piece: LinePiece): boolean {
  if (!piece.bare || (before.marked && before.complete)) return false;
  if (before.marked && before.flag && piece.bytes[0] === FLAG) return false;
  return (
    before.separator === null || separatorOf(piece) === null || piece.separator === before.separator
  );
}

/** One byte alone does not tell how bytes are written. */
function separatorOf(piece: LinePiece): string | null {
  return piece.bytes.length === 1 ? null : piece.separator;
}

function join(pending: Pending): Uint8Array {
  const [first] = pending.parts;
  if (first !== undefined && pending.parts.length === 1) return first;
  const bytes = new Uint8Array(pending.length);
  let at = 0;
  for (const part of pending.parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
