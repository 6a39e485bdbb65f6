/**
 * The frames of an open capture, written aside while it is read, so that any of them can be read
 * again in no time: captures are compressed, textual, merged, or change while one looks at them.
 * Only where each begins is kept in memory.
 */
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import type { LinkFrames } from "../capture-index.js";
import { Column, doubles } from "../columns.js";
import { FrameRecords } from "./frame-record.js";

const bufferLength = 1 << 20;
const blockLength = 1 << 16;
const keptBlocks = 64;

let nextSpool = 1;

/** One file of frames. To be closed when the capture is. */
export class FrameSpool implements LinkFrames {
  readonly #path: string;
  readonly #file: number;
  readonly #records = new FrameRecords();
  /** Where the record of a row begins, plus one; 0 for rows without a frame. */
  readonly #offsets = new Column(doubles);
  readonly #buffer = Buffer.allocUnsafe(bufferLength);
  #buffered = 0;
  /** Bytes in the file. */
  #written = 0;
  #rows = 0;
  /** Pieces of the file that were read last, the oldest first. */
  readonly #blocks = new Map<number, Buffer>();
  #isClosed = false;

  /** `folder` is made where it is not there. Throws what the file system says. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, `frames-${process.pid}-${nextSpool}`);
    nextSpool += 1;
    this.#file = openSync(this.#path, "wx+", 0o600);
    // Where the system allows it, the file goes with its process, however that ends.
    if (process.platform !== "win32") rmSync(this.#path, { force: true });
  }

  /** Bytes that the frames take on the disk. */
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
    closeSync(this.#file);
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
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#written + done);
    }
    this.#written += bytes.length;
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
    const length = readSync(this.#file, block, 0, blockLength, number * blockLength);
    const piece = block.subarray(0, length);
    this.#blocks.set(number, piece);
    if (this.#blocks.size > keptBlocks) {
      for (const oldest of this.#blocks.keys()) {
        this.#blocks.delete(oldest);
        break;
      }
    }
    return piece;
  }
}
