import { open } from "node:fs";
import { parseArgs, promisify } from "node:util";
import { RecordingError } from "../captures/live/recorder.js";
import { TapError } from "../captures/live/tap.js";
import { Ending } from "./ending.js";
import { ExitCode, UsageError } from "./exit.js";
import { ExtcapInstallError, extcapScript, installExtcap } from "./extcap-install.js";
import {
  automaticPreset,
  describeArguments,
  describeChoices,
  describeInterfaces,
  describeLinkType,
  type ExtcapInterface,
  extcapInterfaces,
} from "./extcap-interfaces.js";
import { LiveCapture } from "./live-capture.js";
import type { Output } from "./output.js";
import { extcapHelp } from "./sniff-help.js";
import { readTapOptions, type TapValues, tapOptions } from "./tap-options.js";
import { refuseBadOptions } from "./usage.js";
import { version } from "./version.js";

/** `obiscope extcap`: what Wireshark calls to capture on serial lines and sockets. */
export async function extcapCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      // Wireshark says which version it is; people ask for ours without one.
      args: args.map((one) => (one === "--extcap-version" ? "--extcap-version=" : one)),
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        install: { type: "boolean", default: false },
        script: { type: "boolean", default: false },
        ...tapOptions,
        "extcap-interfaces": { type: "boolean", default: false },
        "extcap-version": { type: "string" },
        "extcap-dlts": { type: "boolean", default: false },
        "extcap-config": { type: "boolean", default: false },
        "extcap-reload-option": { type: "string" },
        "extcap-interface": { type: "string" },
        capture: { type: "boolean", default: false },
        fifo: { type: "string" },
        // Said by some Wiresharks; there is no filter before a capture, and nothing to control.
        "extcap-capture-filter": { type: "string" },
        "extcap-control-in": { type: "string" },
        "extcap-control-out": { type: "string" },
        "extcap-cleanup-postkill": { type: "boolean" },
        "log-level": { type: "string" },
        "log-file": { type: "string" },
      },
    }),
  );
  const out = output.text;
  if (values.help) out.text(extcapHelp);
  else if (values.install) return install(positionals[0], output);
  else if (values.script) out.text(extcapScript());
  else if (values["extcap-interfaces"]) out.text(describeInterfaces(version));
  else if (values["extcap-dlts"]) out.text(describeLinkType(findInterface(values)));
  else if (values["extcap-config"]) out.text(await describeConfiguration(values));
  else if (values.capture) return capture(values.fifo, findInterface(values), values);
  else if (values["extcap-version"] !== undefined) out.text(`extcap {version=${version}}\n`);
  else throw new UsageError("extcap is for Wireshark; --install makes it known there, see --help");
  return ExitCode.done;
}

interface InterfaceValues {
  readonly "extcap-interface"?: string | undefined;
  readonly "extcap-reload-option"?: string | undefined;
}

function findInterface({ "extcap-interface": name }: InterfaceValues): ExtcapInterface {
  const found = extcapInterfaces.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = extcapInterfaces.map((one) => one.name).join(", ");
  throw new UsageError(`--extcap-interface takes ${names}; '${name ?? ""}' is none of them`);
}

function describeConfiguration(values: InterfaceValues): Promise<string> {
  const described = findInterface(values);
  const option = values["extcap-reload-option"];
  return option === undefined
    ? describeArguments(described)
    : describeChoices(described, option.replace(/^-+/, ""));
}

async function install(folder: string | undefined, output: Output): Promise<ExitCode> {
  try {
    const path = await installExtcap(folder);
    output.text.text(`${path} is there; Wireshark lists the interfaces at its next start.\n`);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof ExtcapInstallError)) throw error;
    process.stderr.write(`obiscope: ${error.message}\n`);
    return ExitCode.unreadable;
  }
}

const openFile = promisify(open);

/** Writes what is heard into Wireshark's pipe until that is closed, or Wireshark says to stop. */
async function capture(
  fifo: string | undefined,
  { kind }: ExtcapInterface,
  values: TapValues,
): Promise<ExitCode> {
  if (fifo === undefined) throw new UsageError("--capture needs --fifo");
  const tap = readTapOptions(chosen(values, kind));
  const ending = new Ending();
  try {
    const starting = start(fifo, tap, ending);
    const live = await Promise.race([starting, ending.come]);
    if (live === undefined) process.exit(ExitCode.done);
    await ending.come;
    await live.stop();
    return ExitCode.done;
  } catch (error) {
    // Wireshark shows this to the user.
    if (!(error instanceof TapError || error instanceof RecordingError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return ExitCode.unreadable;
  } finally {
    ending.release();
  }
}

async function start(
  fifo: string,
  tap: ReturnType<typeof readTapOptions>,
  ending: Ending,
): Promise<LiveCapture> {
  const descriptor = await openFile(fifo, "w").catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecordingError(`Wireshark's pipe cannot be opened: ${reason}`);
  });
  return LiveCapture.start({
    tap,
    recording: { target: { descriptor } },
    onState: (severity, message) => {
      if (severity !== "information") process.stderr.write(`${message}\n`);
    },
    onRecordingFailed: () => ending.end(),
  });
}

/** What the user has chosen in Wireshark: empty texts are not told, and one preset means `--auto`. */
function chosen(values: TapValues, kind: ExtcapInterface["kind"]): TapValues {
  const told = (text: string | undefined) => (text === "" ? undefined : text);
  if (kind !== "serial") return { [kind]: told(values[kind]), auto: false };
  const auto = values.auto || values.preset === automaticPreset;
  const line = auto
    ? {}
    : { preset: told(values.preset), baud: told(values.baud), line: told(values.line) };
  const ports = { serial: told(values.serial), "serial-answers": told(values["serial-answers"]) };
  return { ...ports, ...line, auto };
}
