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
    output.text.text(decodeHelp);
    return ExitCode.done;
  }
  const writer = createWriter(options, output);
  let code: ExitCode = ExitCode.done;
  let worst: Severity = "info";
  output.text.text(writer.begin);
  for (const file of options.files) {
    try {
      await decodeFile(file, options, output, (frame) => {
        for (const { definition } of frame.diagnostics) {
          if (compareSeverity(definition.severity, worst) > 0) worst = definition.severity;
        }
        writer.frame(frame, file);
      });
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      await output.flush();
      process.stderr.write(`obiscope: ${error.message}\n`);
      code = ExitCode.unreadable;
    }
  }
  output.text.text(writer.end);
  await output.flush();
  if (code !== ExitCode.done || options.failOn === undefined) return code;
  return compareSeverity(worst, options.failOn) >= 0 ? ExitCode.found : ExitCode.done;
}

async function decodeFile(
  file: string,
  options: DecodeOptions,
  output: Output,
  present: (frame: Frame) => void,
): Promise<void> {
  const progress = createProgress(options.progress && !options.quiet, file);
  const source = file === "-" ? process.stdin : file;
  const decoding = decodeCapture(source, { ...options.decoder, onProgress: progress.update });
  for await (const frames of decoding) {
    for (const frame of frames) {
      present(frame);
      if (output.isFull) await output.flush();
    }
  }
  progress.done();
}

/** How frames are written: what stands before them, each, and what stands after them. */
interface FrameWriter {
  readonly begin: string;
  readonly frame: (frame: Frame, file: string) => void;
  readonly end: string;
}

function createWriter(options: DecodeOptions, output: Output): FrameWriter {
  switch (options.format) {
    case "ndjson":
      return {
        begin: "",
        frame(frame, file) {
          writeFrame(output.text, frame, file);
          output.text.text("\n");
        },
        end: "",
      };
    case "json":
      return createArrayWriter(output);
    case "text":
      return createTextWriter(options, output);
  }
}

function createArrayWriter(output: Output): FrameWriter {
  let separator = "\n";
  return {
    begin: "[",
    frame(frame, file) {
      output.text.text(separator);
      writeFrame(output.text, frame, file);
      separator = ",\n";
    },
    end: "\n]\n",
  };
}

function createTextWriter(options: DecodeOptions, output: Output): FrameWriter {
  const text = {
    tree: options.decoder.tree === true,
    ...(output.isTerminal ? { paint: paintForTerminal } : {}),
  };
  const several = options.files.length > 1;
  let current: string | undefined;
  return {
    begin: "",
    frame(frame, file) {
      if (several && file !== current) output.text.text(`== ${file}\n`);
      current = file;
      writeFrameText(output.text, frame, text);
    },
    end: "",
  };
}
