/** What to listen on, as the command line says it. */
import {
  LineSettingsError,
  linePresets,
  parseBaud,
  parseCharacterFormat,
  parsePreset,
} from "../captures/live/line-settings.js";
import type { SerialTapSettings, TapSettings } from "../captures/live/tap-settings.js";
import { UsageError } from "./exit.js";

/** For `parseArgs` of node:util. */
export const tapOptions = {
  serial: { type: "string" },
  "serial-answers": { type: "string" },
  baud: { type: "string" },
  line: { type: "string" },
  preset: { type: "string" },
  auto: { type: "boolean", default: false },
  tcp: { type: "string" },
  listen: { type: "string" },
  udp: { type: "string" },
  relay: { type: "string" },
} as const;

export interface TapValues {
  readonly serial?: string | undefined;
  readonly "serial-answers"?: string | undefined;
  readonly baud?: string | undefined;
  readonly line?: string | undefined;
  readonly preset?: string | undefined;
  readonly auto: boolean;
  readonly tcp?: string | undefined;
  readonly listen?: string | undefined;
  readonly udp?: string | undefined;
  readonly relay?: string | undefined;
}

const kinds = ["serial", "tcp", "listen", "udp", "relay"] as const;

/** All addresses of the machine, of IPv6 and IPv4. */
const anyHost = "::";

/** The tap that was asked for. Throws `UsageError` unless that is exactly one, and said rightly. */
export function readTapOptions(values: TapValues): TapSettings {
  const [kind, second] = kinds.filter((one) => values[one] !== undefined);
  if (kind === undefined) {
    throw new UsageError(
      "there is nothing to listen on: say --serial PORT, --tcp HOST:PORT, --listen PORT, --udp PORT or --relay PORT=HOST:PORT (--list shows the serial ports)",
    );
  }
  if (second !== undefined) {
    throw new UsageError(`--${kind} and --${second} cannot be listened on at once`);
  }
  const text = values[kind] ?? "";
  if (kind === "serial") return readSerial(text, values);
  for (const option of ["serial-answers", "baud", "line", "preset"] as const) {
    if (values[option] !== undefined) throw new UsageError(`--${option} goes with --serial`);
  }
  if (values.auto) throw new UsageError("--auto goes with --serial");
  switch (kind) {
    case "tcp":
      return { kind, ...readEnd("--tcp", text, undefined) };
    case "listen":
    case "udp":
      return { kind, ...readEnd(`--${kind}`, text, anyHost) };
    case "relay":
      return readRelay(text);
  }
}

function readSerial(port: string, values: TapValues): SerialTapSettings {
  if (port === "") throw new UsageError("--serial needs a port; --list shows those that are there");
  const { preset: named, "serial-answers": answersPort, auto } = values;
  if (answersPort === port) {
    throw new UsageError("--serial and --serial-answers are two ports, one for each direction");
  }
  const preset = named === undefined ? undefined : parsePreset(named);
  if (named !== undefined && preset === undefined) {
    throw new UsageError(`--preset takes ${Object.keys(linePresets).join(", ")}, not '${named}'`);
  }
  const hasLine = values.baud !== undefined || values.line !== undefined;
  if (auto && (hasLine || preset !== undefined)) {
    throw new UsageError(
      "--auto finds the line's settings out; leave --baud, --line and --preset away",
    );
  }
  const usual = linePresets[preset ?? "hdlc"];
  const line = { ...usual, ...readLine(values) };
  return {
    kind: "serial",
    port,
    ...(answersPort === undefined ? {} : { answersPort }),
    ...(preset === undefined ? {} : { preset }),
    ...(hasLine ? { line } : {}),
    ...(auto ? { isAutomatic: true } : {}),
  };
}

function readLine({ baud, line }: TapValues) {
  try {
    return {
      ...(line === undefined ? {} : parseCharacterFormat(line)),
      ...(baud === undefined ? {} : { baud: parseBaud(baud) }),
    };
  } catch (error) {
    if (error instanceof LineSettingsError) throw new UsageError(error.message);
    throw error;
  }
}

function readRelay(text: string): TapSettings {
  const [own, target, ...rest] = text.split("=");
  if (target === undefined || rest.length > 0) {
    throw new UsageError(`--relay takes [HOST:]PORT=HOST:PORT, not '${text}'`);
  }
  const { host, port } = readEnd("--relay", own ?? "", anyHost);
  const { host: targetHost, port: targetPort } = readEnd("--relay", target, undefined);
  return { kind: "relay", host, port, targetHost, targetPort };
}

/** `HOST:PORT`, `[IPv6]:PORT`, or a port alone where there is a host for that. */
function readEnd(
  option: string,
  text: string,
  usualHost: string | undefined,
): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]:|([^:\]]+):)?(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? usualHost;
  const port = Number(digits);
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    const form = usualHost === undefined ? "HOST:PORT" : "[HOST:]PORT";
    throw new UsageError(
      `${option} takes ${form} with a port from 1 to 65535, an IPv6 address in brackets; not '${text}'`,
    );
  }
  return { host, port };
}
