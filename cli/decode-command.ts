import {
  CaptureOpenError,
  compareSeverity,
  decodeCapture,
  type Frame,
  type Severity,
  writeFrame,
  writeFrameText,
} from "../analyzer/index.js";
import { type DecodeOptions, parseDecodeOptions } from "./decode-options.js";
import { ExitCode } from "./exit.js";
import { decodeHelp } from "./help.js";
import type { Output } from "./output.js";
import { createProgress } from "./progress.js";
import { paintForTerminal } from "./terminal.js";

/** `obiscope decode [options] FILE...` */
export async function decodeCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseDecodeOptions(args);
  if (options === "help") {
    await output.write(decodeHelp);
    return ExitCode.done;
  }
  const writer = createWriter(options, output);
  let code: ExitCode = ExitCode.done;
  let worst: Severity = "info";
  output.add(writer.begin);
  for (const file of options.files) {
    try {
      await decodeFile(file, options, output, (frame) => {
        for (const { definition } of frame.diagnostics) {
          if (compareSeverity(definition.severity, worst) > 0) worst = definition.severity;
        }
        return writer.frame(frame, file);
      });
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      await output.flush();
      process.stderr.write(`obiscope: ${error.message}\n`);
      code = ExitCode.unreadable;
    }
  }
  output.add(writer.end);
  await output.flush();
  if (code !== ExitCode.done || options.failOn === undefined) return code;
  return compareSeverity(worst, options.failOn) >= 0 ? ExitCode.found : ExitCode.done;
}

async function decodeFile(
  file: string,
  options: DecodeOptions,
  output: Output,
  present: (frame: Frame) => string,
): Promise<void> {
  const progress = createProgress(options.progress && !options.quiet, file);
  const source = file === "-" ? process.stdin : file;
  const decoding = decodeCapture(source, { ...options.decoder, onProgress: progress.update });
  for await (const frames of decoding) {
    for (const frame of frames) {
      if (output.add(present(frame))) await output.flush();
    }
  }
  progress.done();
}

/** How frames are written: what stands before them, each, and what stands after them. */
interface FrameWriter {
  readonly begin: string;
  readonly frame: (frame: Frame, file: string) => string;
  readonly end: string;
}

function createWriter(options: DecodeOptions, output: Output): FrameWriter {
  switch (options.format) {
    case "ndjson":
      return { begin: "", frame: (frame, file) => `${writeFrame(frame, file)}\n`, end: "" };
    case "json":
      return createArrayWriter();
    case "text":
      return createTextWriter(options, output.isTerminal);
  }
}

function createArrayWriter(): FrameWriter {
  let separator = "\n";
  const frame = (frame: Frame, file: string): string => {
    const text = `${separator}${writeFrame(frame, file)}`;
    separator = ",\n";
    return text;
  };
  return { begin: "[", frame, end: "\n]\n" };
}

function createTextWriter(options: DecodeOptions, isTerminal: boolean): FrameWriter {
  const text = {
    tree: options.decoder.tree === true,
    ...(isTerminal ? { paint: paintForTerminal } : {}),
  };
  const several = options.files.length > 1;
  let current: string | undefined;
  const frame = (frame: Frame, file: string): string => {
    const heading = several && file !== current ? `== ${file}\n` : "";
    current = file;
    return heading + writeFrameText(frame, text);
  };
  return { begin: "", frame, end: "" };
}
