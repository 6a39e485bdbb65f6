import { compareSeverity, decodeCapture, type Severity } from "../analyzer/index.js";
import { type DecodeOptions, parseDecodeOptions } from "./decode-options.js";
import { eachCapture, type GivenCapture } from "./each-capture.js";
import { ExitCode } from "./exit.js";
import { FrameRenderer, type RenderOptions, surroundings } from "./frame-renderer.js";
import { decodeHelp } from "./help.js";
import type { Output } from "./output.js";

/** What decoding one file came to. */
interface Outcome {
  readonly frames: number;
  readonly worst: Severity;
}

/** `obiscope decode [options] FILE...` */
export async function decodeCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseDecodeOptions(args);
  if (options === "help") {
    output.text.text(decodeHelp);
    return ExitCode.done;
  }
  const rendering = {
    format: options.format,
    tree: options.tree,
    names: options.names,
    painted: output.isTerminal && options.format === "text",
  };
  const { begin, between, end } = surroundings[options.format];
  let worst: Severity = "info";
  let separator = "";
  output.text.text(begin);
  const code = await eachCapture(options, output, async (capture) => {
    if (options.format === "text" && options.files.length > 1) {
      output.text.text(`== ${capture.file}\n`);
    }
    const outcome = await decodeFile(capture, options, rendering, output, separator);
    if (outcome.frames > 0) separator = between;
    if (compareSeverity(outcome.worst, worst) > 0) worst = outcome.worst;
  });
  output.text.text(end);
  await output.flush();
  if (code !== ExitCode.done || options.failOn === undefined) return code;
  return compareSeverity(worst, options.failOn) >= 0 ? ExitCode.found : ExitCode.done;
}

/** Writes the frames of one file; `separator` stands before the first of them. */
async function decodeFile(
  { file, source, onProgress }: GivenCapture,
  options: DecodeOptions,
  rendering: RenderOptions,
  output: Output,
  separator: string,
): Promise<Outcome> {
  const renderer = new FrameRenderer(rendering);
  const { between } = surroundings[rendering.format];
  let frames = 0;
  for await (const group of decodeCapture(source, { ...options.decoder, onProgress })) {
    for (const frame of group) {
      if (options.filter?.matchesFrame(frame, options.names) === false) continue;
      output.text.text(frames === 0 ? separator : between);
      renderer.render(output.text, frame, file);
      frames += 1;
      if (output.isFull) await output.flush();
    }
  }
  return { frames, worst: renderer.worst };
}
