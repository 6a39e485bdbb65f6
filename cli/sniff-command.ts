import { decodeLive, type Frame, FrameExporter } from "../analyzer/index.js";
import { RecordingError } from "../captures/live/recorder.js";
import {
  describeSerialPort,
  listSerialPorts,
  noSerialPorts,
} from "../captures/live/serial-ports.js";
import { TapError } from "../captures/live/tap.js";
import { Ending } from "./ending.js";
import { ExitCode } from "./exit.js";
import { LiveBytes } from "./live-bytes.js";
import { LiveCapture } from "./live-capture.js";
import type { Output } from "./output.js";
import { sniffHelp } from "./sniff-help.js";
import { parseSniffOptions, type SniffOptions } from "./sniff-options.js";
import { paintForTerminal } from "./terminal.js";

/** How long a frame waits for its answer before it is shown, in milliseconds. */
const PATIENCE = 150;

/** `obiscope sniff [options]`: until it is interrupted, or has what it was to wait for. */
export async function sniffCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = await parseSniffOptions(args);
  if (options === "help") {
    output.text.text(sniffHelp);
    return ExitCode.done;
  }
  if (options === "list") return listPorts(output);
  // From here on a signal ends it well, whatever it is doing.
  const ending = new Ending(options.duration);
  try {
    return await sniff(options, output, ending);
  } catch (error) {
    if (!(error instanceof TapError || error instanceof RecordingError)) throw error;
    process.stderr.write(`obiscope: ${error.message}\n`);
    return ExitCode.unreadable;
  } finally {
    ending.release();
  }
}

async function sniff(options: SniffOptions, output: Output, ending: Ending): Promise<ExitCode> {
  const { out, stopAfter, quiet } = options;
  const showsText = out !== "-";
  const view = showsText || stopAfter !== undefined ? new LiveBytes() : undefined;
  let code: ExitCode = ExitCode.done;
  const starting = LiveCapture.start({
    tap: options.tap,
    recording:
      out === undefined
        ? undefined
        : {
            target: out === "-" ? { descriptor: process.stdout.fd } : out,
            isReplacing: options.isReplacing,
            ...(options.ring === undefined ? {} : { ring: options.ring }),
          },
    view,
    onState: (severity, message) => {
      if (!quiet || severity === "error") process.stderr.write(`obiscope: ${message}\n`);
    },
    onRecordingFailed: (reason) => {
      if (reason !== "reader-gone") code = ExitCode.unreadable;
      // Nothing is left to do where nothing is shown either.
      if (reason === "reader-gone" || !showsText) ending.end();
    },
  });
  const capture = await Promise.race([starting, ending.come]);
  // The user is tired of waiting for a peer, or for the reader of a pipe; nothing is recorded yet.
  if (capture === undefined) process.exit(ExitCode.done);
  const shown =
    view === undefined
      ? Promise.resolve()
      : show(view, options, showsText ? output : undefined, ending);
  // Whatever stops it, a reader that has gone included, the file is to be complete.
  shown.catch(() => ending.end());
  await ending.come;
  await capture.stop();
  await shown;
  return code;
}

/** Decodes what is heard; writes it where there is an output, and counts it for `--stop-after`. */
async function show(
  view: LiveBytes,
  { tap, out, ring, decoder, filter, names, format, tree, stopAfter }: SniffOptions,
  output: Output | undefined,
  ending: Ending,
): Promise<void> {
  const exporter =
    output === undefined
      ? undefined
      : new FrameExporter(output.text, {
          format,
          tree,
          names,
          hasHeadings: false,
          ...(output.isTerminal ? { paint: paintForTerminal } : {}),
        });
  exporter?.begin();
  exporter?.capture(out === undefined || ring !== undefined ? nameOf(tap) : out);
  let count = 0;
  for await (const group of decodeLive(view, { ...decoder, patience: PATIENCE })) {
    for (const frame of group) {
      if (filter?.matchesFrame(frame, names) === false) continue;
      if (count === stopAfter) continue;
      if (carriesSomething(frame)) count += 1;
      exporter?.frame(frame);
      if (output?.isFull === true) await output.flush();
    }
    await output?.flush();
    if (count === stopAfter) ending.end();
  }
  exporter?.end();
  await output?.flush();
}

/** TCP opens, acknowledges and closes in packets of its own. */
function carriesSomething({ layers }: Frame): boolean {
  return layers.at(-1) !== "tcp";
}

function nameOf(tap: SniffOptions["tap"]): string {
  return tap.kind === "serial" ? tap.port : `${tap.kind}:${tap.port}`;
}

async function listPorts(output: Output): Promise<ExitCode> {
  const ports = await listSerialPorts();
  if (ports.length === 0) process.stderr.write(`obiscope: ${noSerialPorts}\n`);
  const width = Math.max(0, ...ports.map(({ path }) => path.length));
  for (const port of ports) {
    const { path, stablePath } = port;
    const stable = stablePath === undefined ? [] : [stablePath];
    const words = [describeSerialPort(port), ...stable].filter((text) => text !== "").join("  ");
    output.text.text(`${`${path.padEnd(width)}  ${words}`.trimEnd()}\n`);
  }
  return ExitCode.done;
}
