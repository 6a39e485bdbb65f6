/** Frames of an open document in a file, for the shell to hand over. */
import { type FileHandle, open, rm } from "node:fs/promises";
import { type ObjectNames, TextBuffer } from "../../decoder/index.js";
import { type ExportFormat, FrameExporter, needsTree } from "../export/index.js";
import type { Answer, EngineHost, Request } from "../protocol/index.js";
import { ProtocolError } from "../protocol/messages.js";
import type { RequestTools } from "./dispatch.js";
import type { OpenDocument } from "./open-document.js";
import { TimeSlices } from "./slices.js";

/** Written out once so much has come together. */
const pieceLength = 1 << 18;
const millisecondsBetweenProgress = 100;

/**
 * Writes frames to a file, in slices. Rejects with `ProtocolError` where it cannot be written, where the
 * client does not want it any more, or where the document is closed meanwhile; then no file is left.
 */
export async function exportFrames(
  document: OpenDocument,
  { format, tree, frames }: Request<"export">,
  names: ObjectNames,
  createDownload: EngineHost["createDownload"],
  tools: RequestTools,
): Promise<Answer<"export">> {
  const rows = rowsOf(document, frames);
  const name = `${baseName(document.description.name)}.${extensions[format]}`;
  const { path, download } = await createDownload(name);
  const file = await open(path, "wx", 0o600).catch(refuse);
  try {
    await writeRows(file, document, rows, { format, tree, names }, tools);
    await file.close().catch(refuse);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
  return { download, name, frames: rows.length };
}

async function writeRows(
  file: FileHandle,
  { description, trace }: OpenDocument,
  rows: Uint32Array,
  options: { readonly format: ExportFormat; readonly tree: boolean; readonly names: ObjectNames },
  { signal, onProgress }: RequestTools,
): Promise<void> {
  const out = new TextBuffer();
  const flush = () => file.appendFile(out.take()).catch(refuse);
  const exporter = new FrameExporter(out, {
    ...options,
    title: description.name,
  });
  const dissectOptions = { tree: needsTree(options) };
  const slices = new TimeSlices();
  let toldAt = performance.now();
  exporter.begin();
  exporter.capture(description.name, trace.notes);
  for (const [done, row] of rows.entries()) {
    if (slices.isOver) {
      if (performance.now() - toldAt > millisecondsBetweenProgress) {
        onProgress(done, rows.length);
        toldAt = performance.now();
      }
      await slices.pause();
    }
    if (signal.aborted) throw new ProtocolError(cancelled);
    if (trace.isClosed) throw new ProtocolError(closed);
    exporter.frame(trace.frame(row, dissectOptions));
    if (out.length >= pieceLength) await flush();
  }
  exporter.end();
  await flush();
}

const cancelled = { code: "cancelled", message: "The export was cancelled." };
const closed = { code: "no-such-document", message: "The capture was closed." };

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  throw new ProtocolError({
    code: "cannot-write",
    message: `The export cannot be written: ${message}.`,
  });
}

const extensions: Readonly<Record<ExportFormat, string>> = {
  text: "txt",
  json: "json",
  ndjson: "ndjson",
  csv: "csv",
  xml: "xml",
  html: "html",
};

/** `meter-day.pcapng.gz` becomes `meter-day`. */
function baseName(name: string): string {
  const base = name.replace(/(\.(pcap|pcapng|cap|txt|log|bin|gz))+$/i, "");
  return base === "" ? "trace" : base;
}

/** The rows as they are now, ascending: what is shown may change while they are written. */
function rowsOf({ trace, shown }: OpenDocument, frames: Request<"export">["frames"]): Uint32Array {
  if (typeof frames !== "string") {
    const numbers = [...new Set(frames)].filter((number) => number <= trace.length);
    return Uint32Array.from(numbers, (number) => number - 1).sort();
  }
  const rows = new Uint32Array(shown.length);
  let length = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = shown.row(place);
    if (frames === "marked" && trace.notes.get(row + 1)?.isMarked !== true) continue;
    rows[length] = row;
    length += 1;
  }
  return rows.subarray(0, length);
}
