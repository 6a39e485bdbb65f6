import type { CaptureBytes, CaptureItem } from "../captures/capture.js";
import { CaptureOpenError, type CaptureSource, openCapture } from "../captures/open.js";

/** How far a capture has been read. */
export interface CaptureProgress {
  readonly bytesRead: number;
  /** Null where only the end will tell. */
  readonly size: number | null;
}

export interface ReadCaptureOptions {
  /** What messages call a stream that has no path. */
  readonly name?: string;
  /** Told after every batch. */
  readonly onProgress?: (progress: CaptureProgress) => void;
}

/** What a capture brings, in its order. */
export type CaptureEntry =
  /** Bytes, with the words that stood before them. */
  | CaptureBytes
  | { readonly kind: "problem"; readonly code: string; readonly message: string }
  /** Words behind the last bytes; comes after everything else. */
  | { readonly kind: "comment"; readonly text: string };

/** Prose beyond this, in characters, is cut: a log may hold megabytes of it between two frames. */
const longestComment = 16_384;

/** Words that have not found their bytes yet. */
export interface PendingWords {
  comment: string;
}

/**
 * Reads a capture from its first byte to its last, in groups as it is read. Throws
 * `CaptureOpenError` where there is nothing to read at all.
 */
export async function* readCapture(
  source: CaptureSource,
  options: ReadCaptureOptions,
): AsyncGenerator<readonly CaptureEntry[]> {
  const name = options.name === undefined ? {} : { name: options.name };
  const capture = await openCapture(source, name);
  const pending: PendingWords = { comment: "" };
  try {
    for await (const items of capture.items()) {
      refuseProse(items, typeof source === "string" ? source : (options.name ?? "standard input"));
      yield readItems(items, pending);
      options.onProgress?.(capture);
    }
    if (pending.comment !== "") yield [{ kind: "comment", text: pending.comment }];
  } finally {
    await capture.close();
  }
}

/** A text that has ended without a byte in it was no capture after all. */
function refuseProse(items: readonly CaptureItem[], name: string): void {
  for (const item of items) {
    if (item.kind === "problem" && item.code === "capture.no-bytes") {
      throw new CaptureOpenError(
        "not-a-capture",
        name,
        "the file is text without any bytes in hex",
      );
    }
  }
}

/** What items come to: words of the capture go with the bytes that follow them. */
export function readItems(
  items: readonly CaptureItem[],
  pending: PendingWords,
): readonly CaptureEntry[] {
  const entries: CaptureEntry[] = [];
  for (const item of items) {
    if (item.kind === "comment") {
      pending.comment = joinComments(pending.comment, item.text);
    } else if (item.kind === "problem") {
      const { code, message, offset } = item;
      entries.push({ kind: "problem", code, message: `${message} (offset ${offset} of the file)` });
    } else if (pending.comment === "") {
      entries.push(item);
    } else {
      const comment = joinComments(pending.comment, item.chunk.comment ?? "");
      pending.comment = "";
      entries.push({ ...item, chunk: { ...item.chunk, comment } });
    }
  }
  return entries;
}

function joinComments(first: string, second: string): string {
  if (first === "" || second === "") return first + second;
  return first.length > longestComment ? first : `${first}\n${second}`;
}
