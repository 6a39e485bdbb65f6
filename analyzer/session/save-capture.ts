/** A copy of a capture, for the shell to hand over. */
import { open, rm } from "node:fs/promises";
import type { Answer, EngineHost } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { ReadySource } from "./sources.js";

/**
 * Copies a source as it is now; of one that is being written as many blocks as are whole. Rejects with
 * `ProtocolError` where it cannot be written or is not wanted any more; then no file is left.
 */
export async function saveCapture(
  { stored, isGrowing }: ReadySource,
  name: string,
  createDownload: EngineHost["createDownload"],
  signal: AbortSignal,
): Promise<Answer<"save-capture">> {
  const { path, download } = await createDownload(name);
  const file = await open(path, "wx", 0o600).catch(refuse);
  try {
    for await (const piece of isGrowing ? wholeBlocks(stored()) : stored()) {
      if (signal.aborted) throw new ProtocolError(cancelled);
      await file.appendFile(piece);
    }
    await file.close();
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error instanceof ProtocolError ? error : refuse(error);
  }
  return { download, name };
}

/** Recordings are pcapng, little-endian: each block has its length behind its type. */
async function* wholeBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    const bytes = Buffer.concat([rest, piece]);
    let end = 0;
    while (end + 8 <= bytes.length) {
      const length = bytes.readUInt32LE(end + 4);
      if (length < 12 || end + length > bytes.length) break;
      end += length;
    }
    yield bytes.subarray(0, end);
    rest = bytes.subarray(end);
  }
}

const cancelled = { code: "cancelled", message: "The capture is not saved." };

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  throw new ProtocolError({
    code: "cannot-write",
    message: `The capture cannot be saved: ${message}.`,
  });
}
