import { parseArgs } from "node:util";
import { needsTree } from "../analyzer/index.js";
import type { RingSettings, TapSettings } from "../captures/live/tap-settings.js";
import { captureOptions, readCaptureOptions } from "./capture-options.js";
import type { DecodeOptions } from "./decode-options.js";
import { UsageError } from "./exit.js";
import { readFilter } from "./filter-option.js";
import { readTapOptions, tapOptions } from "./tap-options.js";
import { oneOf, refuseBadOptions } from "./usage.js";

const formats = ["text", "ndjson", "json", "csv", "xml"] as const;

export interface SniffOptions extends DecodeOptions {
  readonly tap: TapSettings;
  /** `-` is standard output. */
  readonly out: string | undefined;
  readonly isReplacing: boolean;
  readonly ring: RingSettings | undefined;
  /** In milliseconds. */
  readonly duration: number | undefined;
  /** In frames. */
  readonly stopAfter: number | undefined;
}

const {
  "fail-on": _failOn,
  progress: _progress,
  merge: _merge,
  ...decoderOptions
} = captureOptions;

/** Reads the arguments of `sniff`. Throws `UsageError` for whatever is wrong with them. */
export async function parseSniffOptions(
  args: readonly string[],
): Promise<SniffOptions | "help" | "list"> {
  const { values, positionals } = refuseBadOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...decoderOptions,
        ...tapOptions,
        list: { type: "boolean", default: false },
        out: { type: "string", short: "o" },
        overwrite: { type: "boolean", default: false },
        ring: { type: "string" },
        duration: { type: "string" },
        "stop-after": { type: "string" },
        format: { type: "string", default: "text" },
        tree: { type: "boolean", default: false },
        filter: { type: "string", short: "Y" },
      },
    }),
  );
  if (values.help === true) return "help";
  if (values.list) return "list";
  const [file] = positionals;
  if (file !== undefined) {
    throw new UsageError(`sniff takes no FILE; obiscope decode ${file} reads one, '-' live`);
  }
  const tap = readTapOptions(values);
  const { out, tree } = values;
  const ring = values.ring === undefined ? undefined : readRing(values.ring);
  if (ring !== undefined && (out === undefined || out === "-")) {
    throw new UsageError("--ring needs --out FILE, after which its files are named");
  }
  const format = oneOf("--format", values.format, formats);
  const filter = values.filter === undefined ? undefined : await readFilter(values.filter);
  const options = await readCaptureOptions("sniff", ["-"], {
    ...values,
    progress: false,
    merge: false,
  });
  return {
    ...options,
    tap,
    out,
    isReplacing: values.overwrite,
    ring,
    duration: values.duration === undefined ? undefined : readDuration(values.duration),
    stopAfter:
      values["stop-after"] === undefined
        ? undefined
        : readCount("--stop-after", values["stop-after"]),
    format,
    tree,
    filter,
    decoder: {
      ...options.decoder,
      tree: needsTree({ format, tree }) || filter?.needsTree === true,
    },
  };
}

const units: Readonly<Record<string, number>> = {
  "": 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The longest that timers take: 24 days. */
const longestDuration = 2 ** 31 - 1;

/** `90s`, `15m`, `2h`, `7d`; a number alone is seconds. */
function readDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  const duration = Number(number) * (units[unit ?? ""] ?? Number.NaN);
  if (!(duration > 0 && duration <= longestDuration)) {
    throw new UsageError(`--duration takes 90s, 15m, 2h or 7d, up to 24 days; not '${text}'`);
  }
  return duration;
}

function readCount(option: string, text: string): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new UsageError(`${option} takes a whole number from 1 on, not '${text}'`);
  return count;
}

/** `files:N,size:MB,duration:S`. */
function readRing(text: string): RingSettings {
  const ring: { files?: number; size?: number; duration?: number } = {};
  for (const part of text.split(",")) {
    const [, name, value] = /^(files|size|duration):(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? [];
    const number = Number(value);
    const isCount = name !== "files" || Number.isInteger(number);
    if (name === undefined || !(number > 0) || !isCount) {
      throw new UsageError(
        `--ring takes files:N,size:MB,duration:S, such as files:10,size:100; not '${part.trim()}'`,
      );
    }
    if (name === "files") ring.files = number;
    else if (name === "size") ring.size = number * 1_000_000;
    else ring.duration = number;
  }
  if (ring.size === undefined && ring.duration === undefined) {
    throw new UsageError(
      "--ring needs size:MB or duration:S, which say when a file is full; files:N says how many are kept",
    );
  }
  return ring;
}
