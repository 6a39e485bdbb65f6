/** Standard input as a file that the application follows: `ssh gateway obiscope sniff --out - | obiscope open -`. */
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { RecordingMarker } from "../captures/live/recording-marker.js";
import { recogniseCapture } from "../captures/recognise.js";

const endings = {
  pcap: ".pcap",
  pcapng: ".pcapng",
  text: ".log",
  raw: ".bin",
  gzip: ".gz",
} as const;

/** What comes in, on its way into a file. */
export interface CopiedInput {
  /** Absolute. Whoever opens it reads on as it grows, since it is marked as being written. */
  readonly path: string;
  /** Lets go of the input where it goes on; comes back when everything of it is in the file. */
  stop(): Promise<void>;
}

/**
 * Copies a stream into a new file of a folder, from its first bytes on, which are waited for. Undefined
 * where it ends without any. Rejects where the file cannot be written. `onFault` is told of what breaks
 * the copying off later.
 */
export async function copyInput(
  input: Readable,
  folder: string,
  onFault: (message: string) => void,
): Promise<CopiedInput | undefined> {
  const pieces = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await pieces.next();
  if (first.done === true) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const moment = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "");
  const name = `stdin-${moment}-${process.pid}${endings[recogniseCapture(first.value)]}`;
  const path = join(folder, name);
  const marker = await RecordingMarker.acquire(path, null);
  if (!(marker instanceof RecordingMarker)) throw new Error(`${path} is being written already`);
  await marker.update([path]);
  const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
  let isStopped = false;
  const copying = pipeline(allOf(first.value, pieces), file)
    .catch((error: unknown) => {
      if (isStopped) return;
      onFault(`standard input cannot be kept any more: ${messageOf(error)}`);
    })
    .finally(() => marker.remove().catch(() => {}));
  // Whoever follows it finds it there.
  await new Promise<void>((resolve, reject) => {
    file.once("open", () => resolve());
    file.once("error", reject);
  }).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
  return {
    path,
    stop: async () => {
      isStopped = true;
      input.destroy();
      await copying;
    },
  };
}

async function* allOf(first: Buffer, others: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await others.next(); next.done !== true; next = await others.next()) {
    yield next.value;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
