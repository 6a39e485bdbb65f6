/** Decodes a large file with several workers: see render-block.ts. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CaptureProgress, DecodeCaptureOptions, Severity } from "../analyzer/index.js";
import { UnreadableError } from "./exit.js";
import { type RenderOptions, surroundings } from "./frame-renderer.js";
import type { Output } from "./output.js";
import { blockLength, type RenderTask, type WorkerMessage } from "./render-block.js";

/** Below this the workers take longer to start than they save. */
const worthwhileSize = 4_000_000;
const mostWorkers = 4;

/** Whether a file is large enough, and its rendering costly enough, to be shared out. */
export function isWorthSharing(file: string, { format, tree }: RenderOptions): boolean {
  if (file === "-" || availableParallelism() < 2 || (format === "text" && !tree)) return false;
  const status = statSync(file, { throwIfNoEntry: false });
  return status?.isFile() === true && status.size >= worthwhileSize;
}

export interface ParallelResult {
  readonly worst: Severity;
  readonly frames: number;
}

/**
 * Writes the frames of `file` in their order. Throws `UnreadableError` where the file cannot be
 * opened, and the output's error where its reader has gone; the workers have ended either way.
 */
export async function decodeInParallel(
  file: string,
  rendering: RenderOptions,
  decoder: DecodeCaptureOptions,
  output: Output,
  onProgress: (progress: CaptureProgress) => void,
): Promise<ParallelResult> {
  const workers = Math.min(mostWorkers, availableParallelism());
  const written = new Int32Array(new SharedArrayBuffer(4));
  const { between } = surroundings[rendering.format];
  const blocks = new Map<number, Uint8Array>();
  const { primitives: _host, onProgress: _own, ...settings } = decoder;
  let result: ParallelResult | undefined;
  let next = 0;
  let wake = (): void => {};
  let failure: Error | undefined;

  const receive = (message: WorkerMessage): void => {
    if (message.kind === "block") blocks.set(message.block, message.text);
    else if (message.kind === "end") result = message;
    else if (message.kind === "progress") onProgress(message);
    else failure = new UnreadableError(message.message);
    wake();
  };
  const crew = Array.from({ length: workers }, (_, worker) => {
    const task: RenderTask = { file, rendering, decoder: settings, worker, workers, written };
    const thread = new Worker(new URL("./render-worker.js", import.meta.url), { workerData: task });
    thread.on("message", receive);
    thread.on("error", (error) => {
      failure ??= error;
      wake();
    });
    return thread;
  });

  try {
    for (;;) {
      if (failure !== undefined) throw failure;
      const text = blocks.get(next);
      if (text !== undefined) {
        blocks.delete(next);
        if (next > 0) output.text.text(between);
        await output.flush();
        await output.writeBytes(text);
        next += 1;
        Atomics.store(written, 0, next);
        Atomics.notify(written, 0);
      } else if (result !== undefined && next * blockLength >= result.frames) {
        return result;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    await Promise.all(crew.map((thread) => thread.terminate()));
  }
}
