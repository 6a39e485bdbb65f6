/** A worker of a parallel decode: see render-block.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { CaptureOpenError, decodeCapture, nodePrimitives, TextBuffer } from "../analyzer/index.js";
import { FrameRenderer, surroundings } from "./frame-renderer.js";
import { blockLength, lead, type RenderTask, type WorkerMessage } from "./render-block.js";

const task = workerData as RenderTask;

function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

const blockOf = (frame: number): number => Math.floor((frame - 1) / blockLength);
const isOwn = (frame: number): boolean => blockOf(frame) % task.workers === task.worker;

/** Waits until the master has written enough for this block to be next but a few. */
function waitForTurn(block: number): void {
  for (;;) {
    const written = Atomics.load(task.written, 0);
    if (block < written + lead * task.workers) return;
    Atomics.wait(task.written, 0, written);
  }
}

async function run(): Promise<void> {
  const renderer = new FrameRenderer(task.rendering);
  const { between } = surroundings[task.rendering.format];
  const out = new TextBuffer();
  let frames = 0;
  let rendered = 0;
  const sendBlock = (block: number): void => {
    const text = out.take().slice();
    waitForTurn(block);
    send({ kind: "block", block, text, frames: rendered }, [text.buffer]);
    rendered = 0;
  };
  const decoding = decodeCapture(task.file, {
    ...task.decoder,
    primitives: nodePrimitives,
    tree: task.rendering.tree ? isOwn : false,
    onProgress({ bytesRead, size }) {
      if (task.worker === 0) send({ kind: "progress", bytesRead, size });
    },
  });
  for await (const group of decoding) {
    for (const frame of group) {
      frames = frame.number;
      if (!isOwn(frames)) {
        renderer.pass(frame);
        continue;
      }
      if (rendered > 0) out.text(between);
      renderer.render(out, frame, task.file);
      rendered += 1;
      if (frames % blockLength === 0) sendBlock(blockOf(frames));
    }
  }
  if (rendered > 0) sendBlock(blockOf(frames));
  send({ kind: "end", frames, worst: renderer.worst });
}

try {
  await run();
} catch (error) {
  if (!(error instanceof CaptureOpenError)) throw error;
  send({ kind: "unreadable", message: error.message });
}
