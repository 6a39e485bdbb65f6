/** The options that every command has which reads captures. */
import {
  type DecodeCaptureOptions,
  framings,
  KeyFileError,
  type KeySet,
  keySetFromOptions,
  loadKeyFile,
  loadObjectNames,
  nodePrimitives,
  ObjectFileError,
  type ObjectNames,
  type Severity,
} from "../analyzer/index.js";
import { readDecodeAs } from "./decode-as.js";
import { UsageError } from "./exit.js";
import { oneOf } from "./usage.js";

export interface CaptureOptions {
  readonly files: readonly string[];
  /** The files are read as one capture, by time. */
  readonly merge: boolean;
  /** They are several captures: what is written says of which it is. */
  readonly isSeveral: boolean;
  readonly failOn: Severity | undefined;
  readonly quiet: boolean;
  readonly progress: boolean;
  readonly decoder: DecodeCaptureOptions;
  /** Names of objects, those of the user's files first. */
  readonly names: ObjectNames;
}

/** For `parseArgs` of node:util. */
export const captureOptions = {
  help: { type: "boolean", short: "h" },
  framing: { type: "string", default: "auto" },
  "decode-as": { type: "string", multiple: true, default: [] as string[] },
  merge: { type: "boolean", default: false },
  "fail-on": { type: "string" },
  quiet: { type: "boolean", default: false },
  progress: { type: "boolean", default: false },
  keys: { type: "string", multiple: true, default: [] as string[] },
  guek: { type: "string" },
  gbek: { type: "string" },
  gak: { type: "string" },
  dedicated: { type: "string" },
  kek: { type: "string" },
  "system-title": { type: "string" },
  "hls-secret": { type: "string" },
  obis: { type: "string", multiple: true, default: [] as string[] },
} as const;

const severities = ["warning", "error"] as const;

const keyOptions = [
  "guek",
  "gbek",
  "gak",
  "dedicated",
  "kek",
  "system-title",
  "hls-secret",
] as const;

type KeyValues = Readonly<Partial<Record<(typeof keyOptions)[number], string>>>;

interface Values extends KeyValues {
  readonly framing: string;
  readonly "decode-as": readonly string[];
  readonly merge: boolean;
  readonly "fail-on"?: string | undefined;
  readonly quiet: boolean;
  readonly progress: boolean;
  readonly keys: readonly string[];
  readonly obis: readonly string[];
}

/**
 * What was given for them. Throws `UsageError` for whatever is wrong with it, a key file with a fault
 * in it included.
 */
export async function readCaptureOptions(
  command: string,
  files: readonly string[],
  values: Values,
): Promise<CaptureOptions> {
  if (files.length === 0) {
    throw new UsageError(`${command} needs a FILE, or '-' for standard input`);
  }
  if (values.merge && files.filter((file) => file === "-").length > 1) {
    throw new UsageError("--merge takes '-' once: standard input can be read only once");
  }
  const failOn = values["fail-on"];
  return {
    files,
    merge: values.merge,
    isSeveral: files.length > 1 && !values.merge,
    failOn: failOn === undefined ? undefined : oneOf("--fail-on", failOn, severities),
    quiet: values.quiet,
    progress: values.progress,
    names: await loadNames(values.obis),
    decoder: {
      framing: oneOf("--framing", values.framing, ["auto", ...framings]),
      decodeAs: values["decode-as"].map(readDecodeAs),
      keySets: await collectKeySets(values.keys, values),
      primitives: nodePrimitives,
    },
  };
}

/**
 * The names of objects in these files and packs, before those of the standard. Throws `UsageError`
 * where one has a fault in it.
 */
export async function loadNames(sources: readonly string[]): Promise<ObjectNames> {
  try {
    return await loadObjectNames(sources);
  } catch (error) {
    if (error instanceof ObjectFileError) throw new UsageError(error.message);
    throw error;
  }
}

async function collectKeySets(files: readonly string[], values: KeyValues): Promise<KeySet[]> {
  try {
    const sets: KeySet[] = [];
    if (keyOptions.some((option) => values[option] !== undefined)) {
      sets.push(keySetFromOptions(values));
    }
    for (const file of files) sets.push(...(await loadKeyFile(file)));
    return sets;
  } catch (error) {
    if (error instanceof KeyFileError) throw new UsageError(error.message);
    throw error;
  }
}
