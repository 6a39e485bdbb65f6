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
import type { CaptureBytes, CaptureItem, CaptureReader } from "../capture.js";
import { movePlaces } from "./byte-places.js";
import { ByteRows, type JoinedRows } from "./byte-rows.js";
import { skipBlanks } from "./characters.js";
import { HexDump } from "./hex-dump.js";
import { readHexRun } from "./hex-run.js";
import { isWholeMessage } from "./label.js";
import { LabelMemory } from "./label-words.js";
import type { LineContent, LineContext, LinePiece } from "./line-content.js";
import { LineSplitter, type LogLine, splitText } from "./lines.js";
import { readLine } from "./log-line.js";
import { MonitorArrows } from "./monitor-arrow.js";
import { packetLinkType } from "./packet-text.js";
import { PendingLines, type PendingSource } from "./pending-lines.js";

/** Opens and closes HDLC frames. */
const FLAG = 0x7e;

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

/**
 * A reader of text logs. A line with bytes is a chunk of `LINK_TYPE_MESSAGE`; a line without time
 * and mark directly under one with them, and in the same notation, goes on with its bytes and is
 * `LINK_TYPE_STREAM`. Whole packets of a network have the link type of their kind. Other lines are
 * comments. Problems: `text.odd-digits`.
 */
export function createTextLogReader(): CaptureReader {
  const splitter = new LineSplitter();
  const log = new TextLog(false);
  const read = (lines: readonly LogLine[]) => {
    for (const line of lines) log.read(line);
  };
  return {
    push(bytes) {
      read(splitter.push(bytes));
      return log.takeItems();
    },
    finish() {
      read(splitter.finish());
      log.finish();
      return log.takeItems();
    },
  };
}

/**
 * Reads a text that is there as a whole, line by line: gives what has become clear with each. Offsets
 * count its characters in UTF-16 units, and every chunk comes with the places of its bytes.
 */
export function* readTextLog(text: string): Generator<readonly CaptureItem[]> {
  const log = new TextLog(true);
  for (const line of splitText(text)) {
    log.read(line);
    yield log.takeItems();
  }
  log.finish();
  yield log.takeItems();
}

/** A log, line by line. */
class TextLog {
  /** It is asked where the bytes stand. */
  readonly #placed: boolean;
  readonly #dump: HexDump;
  readonly #arrows = new MonitorArrows();
  readonly #rows = new ByteRows();
  readonly #labels = new LabelMemory();
  #items: CaptureItem[] = [];
  #above: Above | null = null;
  #before: Before | null = null;
  #pending: PendingLines | null = null;
  #dumpStart: { above: Above | null; offset: number } | null = null;
  #colons = false;

  constructor(placed: boolean) {
    this.#placed = placed;
    this.#dump = new HexDump(placed);
  }

  /** What has become clear since the last call. */
  takeItems(): CaptureItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** There are no more lines. */
  finish(): void {
    this.#endDump();
    this.#flush();
    this.#dropAbove();
    for (const item of this.#arrows.finish()) this.#items.push(item);
  }

  /** Takes the next line. */
  read(line: LogLine): void {
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
      placed: this.#placed,
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
    const source = { time, direction, arrow, linkType: LINK_TYPE_STREAM, comment: null };
    this.#chunk(run.bytes, null, line.offset, source);
  }

  #readDumpRow(line: LogLine): boolean {
    if (this.#dump.open) {
      if (this.#dump.add(line.text, line.offset)) return true;
      this.#endDump();
    }
    if (this.#pending?.goesOn != null || !this.#dump.begin(line.text, line.offset)) {
      return false;
    }
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
    const { bytes, places } = this.#dump.take();
    const source = { time, direction, arrow, linkType: LINK_TYPE_MESSAGE, comment: null };
    this.#chunk(bytes, places, offset, source);
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
    if (this.#pending?.join(line, piece)) {
      if (!this.#pending.open) this.#flush();
      return;
    }
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
    const linkType = streams ? LINK_TYPE_STREAM : LINK_TYPE_MESSAGE;
    const { comment } = piece;
    this.#pending = new PendingLines(line, piece, { time, direction, arrow, linkType, comment });
    if (!this.#pending.open) this.#flush();
  }

  #readRow(line: LogLine, piece: LinePiece): void {
    if (this.#pending !== null) this.#flush();
    this.#above = null;
    this.#before = null;
    const [byte = 0] = piece.bytes;
    const places = piece.places && movePlaces(piece.places, line.offset);
    this.#joined(this.#rows.add(byte, piece.time, piece.direction, line.offset, places));
  }

  #endRows(): void {
    this.#joined(this.#rows.take());
  }

  #joined(rows: JoinedRows | null): void {
    if (rows === null) return;
    const linkType = rows.boundary ? LINK_TYPE_MESSAGE : LINK_TYPE_STREAM;
    const { bytes, places, time, direction, offset } = rows;
    this.#chunk(bytes, places, offset, { time, direction, linkType, arrow: null, comment: null });
  }

  /** Hands out what was waiting for the next line. */
  #flush(): void {
    this.#endRows();
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    this.#chunk(pending.bytes(), pending.places(), pending.position, pending.source);
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
    places: Uint32Array | null,
    position: number,
    { time, direction, linkType, comment, arrow }: PendingSource,
  ): void {
    const originalLength = bytes.length;
    const packet = linkType === LINK_TYPE_MESSAGE ? packetLinkType(bytes) : null;
    const plain: CaptureChunk = {
      interface: 0,
      time,
      direction,
      linkType: packet ?? linkType,
      bytes,
      originalLength,
      position,
    };
    const chunk = comment === null ? plain : { ...plain, comment };
    const item: CaptureBytes = { kind: "chunk", chunk };
    this.#emit(places === null ? item : { ...item, places }, arrow);
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
