/** What a client opens, as bytes to read. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CaptureSource } from "../../captures/open.js";
import type { FramingOptions } from "../../decoder/frame-cutter.js";
import { DecodeAsError, parseDecodeAs, parseFraming } from "../decode-as.js";
import type { EngineOptions } from "../engine.js";
import type { ReadingOptions, ResolvedSource, SourceReference } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { CaptureEntry } from "../read-capture.js";
import { readInput } from "../read-merged.js";
import { findStoredFile } from "./live-file.js";

/** A source that may be read. */
export interface ReadySource {
  readonly name: string;
  /** Null for text that was handed over as it is. */
  readonly file: ResolvedSource | null;
  /** It is being written, by this application or by another: it is read on at its end. */
  readonly isGrowing: boolean;
  /** The signal ends the reading of one that grows. */
  readonly open: (signal: AbortSignal) => CaptureSource;
  /** What is there now. */
  readonly stored: () => AsyncIterable<Uint8Array>;
}

/** Finds out where a source lies. Rejects with `ProtocolError` where it may not be read. */
export async function readySource(
  { host, samplesFolder }: Pick<EngineOptions, "host" | "samplesFolder">,
  source: SourceReference,
): Promise<ReadySource> {
  if (source.kind === "text") {
    const bytes = new TextEncoder().encode(source.text);
    const open = () => inOnePiece(bytes);
    return { name: source.name, file: null, isGrowing: false, open, stored: open };
  }
  if (source.kind === "scratch") {
    const message = "A scratch sheet is opened by itself.";
    throw new ProtocolError({ code: "cannot-open", message });
  }
  const file =
    source.kind === "sample"
      ? await findSample(samplesFolder, source.name)
      : await host.resolve(source);
  const unrecorded = (from: number) => host.capture.unrecorded(file.path, from);
  return { name: basename(file.name), file, ...(await findStoredFile(file.path, unrecorded)) };
}

/** Names of the captures that come with Obiscope. */
export async function listSamples(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(pcapng|pcap|txt)$/.test(name)).sort();
}

/** Rejects with `ProtocolError` where there is none of that name. */
export async function findSample(folder: string, name: string): Promise<ResolvedSource> {
  if (!(await listSamples(folder)).includes(name)) {
    throw new ProtocolError({ code: "cannot-open", message: `There is no sample ${name}.` });
  }
  // The program's own folder is not a place for notes.
  return { path: join(folder, name), name, isOwn: false };
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Whether they come as they are captured; several are read as far as they go now. */
export function isFollowed(sources: readonly ReadySource[]): boolean {
  return sources.length === 1 && sources[0]?.isGrowing === true;
}

/** Reads sources, several of them merged by time. `onProgress` counts stored bytes. */
export function readSources(
  sources: readonly ReadySource[],
  onProgress: (done: number, total: number | null) => void,
  signal: AbortSignal,
): AsyncIterable<readonly CaptureEntry[]> {
  const merged = sources.map((source) => ({
    name: source.name,
    source: sources.length > 1 && source.isGrowing ? source.stored() : source.open(signal),
  }));
  return readInput(
    { merged },
    { onProgress: ({ bytesRead, size }) => onProgress(bytesRead, size) },
  );
}

/** How bytes are to be read. Throws `ProtocolError`. */
export function framingOf(options: ReadingOptions, decodeAs: readonly string[]): FramingOptions {
  try {
    const { framing = "auto" } = options;
    return {
      framing: framing === "auto" ? "auto" : parseFraming(framing),
      decodeAs: [...(options.decodeAs ?? []), ...decodeAs].map(parseDecodeAs),
    };
  } catch (error) {
    if (!(error instanceof DecodeAsError)) throw error;
    throw new ProtocolError({ code: "bad-options", message: error.message });
  }
}
