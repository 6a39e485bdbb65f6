import { createInflateRaw } from "node:zlib";
import type { CaptureProblem } from "./capture.js";
import { UnreadBytes } from "./pcap-unread.js";

/**
 * When zlib finds damage, what it has made of the piece in hand is lost. So pieces are short at
 * first and grow with what has been read: at most about a sixteenth of it is lost.
 */
const SHORTEST_PIECE = 512;
const LONGEST_PIECE = 32_768;

/** Names and comments in a header have no limit of their own. */
const MAXIMUM_HEADER_LENGTH = 131_072;

const TRAILER_LENGTH = 8;

/**
 * Decompresses gzip (RFC 1952) as it comes, all members one behind the other. Everything before a
 * damage or the end of a truncated file is delivered, then the problem, whose offset counts
 * decompressed bytes. Problems of the source are passed on.
 *
 * Headers and trailers are read here and not by zlib, which would drop the last bytes before a
 * wrong checksum or before foreign bytes at the end.
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array | CaptureProblem>,
): AsyncGenerator<Uint8Array | CaptureProblem> {
  const input = new GzipInput(source);
  try {
    for await (const output of readMembers(input)) {
      yield* input.takeProblems();
      yield output;
    }
    yield* input.takeProblems();
  } finally {
    await input.close();
  }
}

async function* readMembers(input: GzipInput): AsyncGenerator<Uint8Array | CaptureProblem> {
  const { unread } = input;
  let delivered = 0;
  const problem = (
    severity: "warning" | "error",
    code: string,
    message: string,
  ): CaptureProblem => ({
    kind: "problem",
    severity,
    code,
    offset: delivered,
    message: `${message}, at offset ${unread.offsetOf(unread.start)} of the compressed file`,
  });

  for (let member = 0; ; member += 1) {
    let headerLength = readHeaderLength(unread);
    while (headerLength === undefined && (await input.more())) {
      headerLength = readHeaderLength(unread);
    }
    if (headerLength === undefined || headerLength === null) {
      if (member > 0) {
        if (await input.isPadding()) return;
        yield problem("warning", "gzip.trailing-bytes", "Bytes follow that are not gzip");
      } else if (headerLength === undefined) {
        yield problem("error", "gzip.truncated", "The gzip file ends inside its header");
      } else {
        yield problem("error", "gzip.damaged", "The gzip header is damaged");
      }
      return;
    }
    unread.start += headerLength;

    const inflation = new Inflation();
    try {
      let crc = 0;
      let size = 0;
      while (!inflation.ended) {
        if (unread.length === 0 && !(await input.more())) {
          yield problem("error", "gzip.truncated", "The gzip file ends inside its data");
          return;
        }
        const length = Math.max(SHORTEST_PIECE, Math.min(inflation.bytesRead >> 4, LONGEST_PIECE));
        const pieceEnd = Math.min(unread.end, unread.start + length);
        unread.start += await inflation.write(unread.bytes.subarray(unread.start, pieceEnd));
        for (const output of inflation.takeOutputs()) {
          crc = crc32(output, crc);
          size = (size + output.length) >>> 0;
          delivered += output.length;
          yield output;
        }
        if (inflation.failure !== null) {
          const reason = inflation.failure.message;
          yield problem("error", "gzip.damaged", `The gzip data are damaged (${reason})`);
          return;
        }
      }
      while (unread.length < TRAILER_LENGTH) {
        if (await input.more()) continue;
        yield problem("error", "gzip.truncated", "The gzip file ends inside its trailer");
        return;
      }
      const storedCrc = unread.view.getUint32(unread.start, true);
      const storedSize = unread.view.getUint32(unread.start + 4, true);
      if (storedCrc !== crc || storedSize !== size) {
        const message = "The gzip checksum or length is wrong, so what was read may be damaged";
        yield problem("warning", "gzip.checksum-mismatch", message);
      }
      unread.start += TRAILER_LENGTH;
    } finally {
      inflation.close();
    }
  }
}

/** Compressed bytes that were not read yet, and where more come from. */
class GzipInput {
  readonly unread = new UnreadBytes();
  readonly #iterator: AsyncIterator<Uint8Array | CaptureProblem>;
  #problems: CaptureProblem[] = [];

  constructor(source: AsyncIterable<Uint8Array | CaptureProblem>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** Gets more bytes. False at the end. */
  async more(): Promise<boolean> {
    for (;;) {
      const result = await this.#iterator.next();
      if (result.done === true) return false;
      if (result.value instanceof Uint8Array) {
        this.unread.append(result.value);
        return true;
      }
      this.#problems.push(result.value);
    }
  }

  /** Whether only zeros follow, as tapes and block devices fill up with. Reads them. */
  async isPadding(): Promise<boolean> {
    const { unread } = this;
    do {
      for (; unread.start < unread.end; unread.start += 1) {
        if (unread.bytes[unread.start] !== 0) return false;
      }
    } while (await this.more());
    return true;
  }

  takeProblems(): readonly CaptureProblem[] {
    const problems = this.#problems;
    if (problems.length > 0) this.#problems = [];
    return problems;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/** Deflate data of one member. */
class Inflation {
  /** The end of the deflate data was seen. */
  ended = false;
  failure: Error | null = null;
  readonly #inflate = createInflateRaw({ chunkSize: 65_536 });
  #outputs: Uint8Array[] = [];
  #settle: () => void = () => {};

  constructor() {
    this.#inflate.on("data", (output: Buffer) => {
      this.#outputs.push(output);
    });
    this.#inflate.on("error", (error) => {
      this.failure = error;
      this.#settle();
    });
    this.#inflate.on("end", () => {
      this.ended = true;
      this.#settle();
    });
  }

  get bytesRead(): number {
    return this.#inflate.bytesWritten;
  }

  /** Inflates a piece. Resolves to the number of its bytes that belong to the deflate data. */
  async write(piece: Uint8Array): Promise<number> {
    const before = this.#inflate.bytesWritten;
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      this.#inflate.write(piece, () => resolve());
    });
    const used = this.#inflate.bytesWritten - before;
    if (used < piece.length && this.failure === null && !this.ended) {
      // zlib wants no more: it has seen the end, and says so when all output is out.
      await new Promise<void>((resolve) => {
        this.#settle = resolve;
      });
    }
    return used;
  }

  takeOutputs(): readonly Uint8Array[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  close(): void {
    this.#inflate.destroy();
  }
}

const FLAG_HEADER_CRC = 0x02;
const FLAG_EXTRA = 0x04;
const FLAG_NAME = 0x08;
const FLAG_COMMENT = 0x10;

/** Length of the member header that begins there; undefined: cut off; null: there is none. */
function readHeaderLength(unread: UnreadBytes): number | null | undefined {
  const { bytes, view, start, end, length } = unread;
  const magic = [0x1f, 0x8b, 0x08];
  for (let index = 0; index < Math.min(length, magic.length); index += 1) {
    if (bytes[start + index] !== magic[index]) return null;
  }
  if (length < 10) return undefined;
  const flags = view.getUint8(start + 3);
  let at = start + 10;
  if ((flags & FLAG_EXTRA) !== 0) {
    if (end - at < 2) return undefined;
    at += 2 + view.getUint16(at, true);
  }
  for (const flag of [FLAG_NAME, FLAG_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const terminator = bytes.subarray(0, end).indexOf(0, at);
    if (terminator < 0) return length > MAXIMUM_HEADER_LENGTH ? null : undefined;
    at = terminator + 1;
  }
  if ((flags & FLAG_HEADER_CRC) !== 0) at += 2;
  return at > end ? undefined : at - start;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder >>> 1) ^ ((remainder & 1) === 0 ? 0 : 0xedb88320);
  }
  return remainder;
});

/** CRC-32 of RFC 1952; the one of Node is missing from its older 20 releases. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
