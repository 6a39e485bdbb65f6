/** A copy of a capture, for the shell to hand over. */
import { open, rm } from "node:fs/promises";
import { lengthOfWholeBlocks } from "../../captures/pcapng-writer.js";
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

/** Little-endian pcapng, as recordings are, but for a block that is not whole; what else grows as it is. */
async function* wholeBlocks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  let isRecording: boolean | undefined;
  for await (const piece of pieces) {
    const bytes: Buffer = Buffer.concat([rest, piece]);
    if (bytes.length >= recordingHead.length) isRecording ??= isHeadOfRecording(bytes);
    const end = isRecording === false ? bytes.length : lengthOfWholeBlocks(bytes);
    yield bytes.subarray(0, end);
    rest = bytes.subarray(end);
  }
  if (isRecording !== true) yield rest;
}

/** Type of a section header and, four bytes behind, its byte-order magic. */
const recordingHead = Buffer.from("0a0d0d0a000000004d3c2b1a", "hex");

function isHeadOfRecording(bytes: Buffer): boolean {
  return recordingHead.every((byte, place) => (place >= 4 && place < 8) || bytes[place] === byte);
}

const cancelled = { code: "cancelled", message: "The capture is not saved." };

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  throw new ProtocolError({
    code: "cannot-write",
    message: `The capture cannot be saved: ${message}.`,
  });
}
