/**
 * The frames of an open capture, written aside while it is read, so that any of them can be read
 * again in no time: captures are compressed, textual, merged, or change while one looks at them.
 * Only where each begins is kept in memory; and, once the disk is full, those that it has no room for.
 */
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isDiskFull } from "../../captures/live/full-disk.js";
import { HeldBytes } from "../../captures/live/held-bytes.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import type { LinkFrames } from "../capture-index.js";
import { Column, doubles } from "../columns.js";
import { FrameRecords } from "./frame-record.js";

const bufferLength = 1 << 20;
const blockLength = 1 << 16;
const keptBlocks = 64;
/** Bytes that a full disk has no room for. */
const mostHeld = 256 * 2 ** 20;

let nextSpool = 1;

/** One file of frames. To be closed when the capture is. */
export class FrameSpool implements LinkFrames {
  readonly #folder: string;
  readonly #path: string;
  /** Null where the disk was full from the beginning. */
  readonly #file: number | null;
  /** Of the frames, what is in the file. */
  #inFile = 0;
  /** What comes behind it. */
  readonly #held = new HeldBytes(mostHeld);
  readonly #records = new FrameRecords();
  /** Where the record of a row begins, plus one; 0 for rows without a frame. */
  readonly #offsets = new Column(doubles);
  readonly #buffer = Buffer.allocUnsafe(bufferLength);
  #buffered = 0;
  /** Bytes in the file and behind it. */
  #written = 0;
  #rows = 0;
  /** Pieces of the file that were read last, the oldest first. */
  readonly #blocks = new Map<number, Buffer>();
  #isClosed = false;

  /** `folder` is made where it is not there. Throws what the file system says, but that it is full. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, `frames-${process.pid}-${nextSpool}`);
    nextSpool += 1;
    this.#file = openUnlessFull(folder, this.#path);
  }

  /** Bytes that the frames take. */
  get size(): number {
    return this.#written + this.#buffered;
  }

  /** Keeps the frame of the next row. */
  add(link: LinkFrame): void {
    const record = this.#records.write(link);
    this.#offsets.set(this.#rows, this.size + 1);
    this.#rows += 1;
    if (this.#buffered + record.length > bufferLength) this.#flush();
    if (record.length > bufferLength) this.#append(record);
    else {
      record.copy(this.#buffer, this.#buffered);
      this.#buffered += record.length;
    }
  }

  /** The next row has no frame. */
  skip(): void {
    this.#rows += 1;
  }

  get(row: number): LinkFrame | undefined {
    const offset = this.#offsets.get(row) - 1;
    if (offset < 0) return undefined;
    const length = this.#read(offset, 4).readUInt32LE(0);
    return this.#records.read(this.#read(offset, length));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#blocks.clear();
    if (this.#file !== null) closeSync(this.#file);
    if (process.platform === "win32") rmSync(this.#path, { force: true });
  }

  #flush(): void {
    const { buffer } = { buffer: this.#buffer.subarray(0, this.#buffered) };
    this.#buffered = 0;
    this.#append(buffer);
  }

  #append(bytes: Buffer): void {
    // A block that was read before it was full has more in it now.
    this.#blocks.delete(Math.floor(this.#written / blockLength));
    if (!this.#appendToFile(bytes)) this.#hold(bytes);
    this.#written += bytes.length;
  }

  /** False where the disk is full: what follows is not in the file either. */
  #appendToFile(bytes: Buffer): boolean {
    if (this.#file === null || this.#inFile < this.#written) return false;
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, this.#inFile + done);
      }
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      return false;
    }
    this.#inFile += bytes.length;
    return true;
  }

  #hold(bytes: Buffer): void {
    if (this.#held.isFull) {
      const size = `${mostHeld / 2 ** 20} MB of frames are held in memory already`;
      throw new Error(
        `The disk of ${this.#folder} is full, and ${size}. Make room, and open it again`,
      );
    }
    this.#held.append(bytes);
  }

  #read(offset: number, length: number): Buffer {
    const inBuffer = offset - this.#written;
    if (inBuffer >= 0) return this.#buffer.subarray(inBuffer, inBuffer + length);
    const first = Math.floor(offset / blockLength);
    const start = offset - first * blockLength;
    if (start + length <= blockLength) return this.#block(first).subarray(start, start + length);
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const at = offset + done;
      const block = this.#block(Math.floor(at / blockLength));
      const copied = block.copy(bytes, done, at % blockLength, (at % blockLength) + length - done);
      if (copied === 0) throw new Error("the file of frames is shorter than it was");
      done += copied;
    }
    return bytes;
  }

  #block(number: number): Buffer {
    const known = this.#blocks.get(number);
    if (known !== undefined) {
      this.#blocks.delete(number);
      this.#blocks.set(number, known);
      return known;
    }
    const block = Buffer.allocUnsafe(blockLength);
    const piece = block.subarray(0, this.#fill(block, number * blockLength));
    this.#blocks.set(number, piece);
    if (this.#blocks.size > keptBlocks) {
      for (const oldest of this.#blocks.keys()) {
        this.#blocks.delete(oldest);
        break;
      }
    }
    return piece;
  }

  /** Reads what there is from an offset on; returns how much that is. */
  #fill(block: Buffer, offset: number): number {
    const inFile = Math.min(block.length, this.#inFile - offset);
    let length = 0;
    if (this.#file !== null && inFile > 0) length = readSync(this.#file, block, 0, inFile, offset);
    if (length < inFile) return length;
    while (length < block.length) {
      const piece = this.#held.read(offset + length - this.#inFile, block.length - length);
      if (piece.length === 0) break;
      length += Buffer.from(piece).copy(block, length);
    }
    return length;
  }
}

function openUnlessFull(folder: string, path: string): number | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = openSync(path, "wx+", 0o600);
    // Where the system allows it, the file goes with its process, however that ends.
    if (process.platform !== "win32") rmSync(path, { force: true });
    return file;
  } catch (error) {
    if (isDiskFull(error)) return null;
    throw error;
  }
}
