/** What the browser shell does for its engine. */
import {
  type CaptureSupervisor,
  ProtocolError,
  type RecordingFolder,
  type ShellHost,
} from "../analyzer/index.js";
import type { Downloads } from "./downloads.js";
import type { CaptureFolder } from "./folder.js";
import type { Uploads } from "./uploads.js";

export interface ShellHostParts {
  /** A ring of keys to begin with, as a key file. */
  readonly keys: string | null;
  /** Captures of the command line, absolute. */
  readonly files: readonly string[];
  readonly folder: CaptureFolder | null;
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  readonly capture: CaptureSupervisor;
  readonly recordings: RecordingFolder;
}

/** Lets clients read uploads, recordings, captures of the command line and of the folder; nothing else. */
export function createShellHost(parts: ShellHostParts): ShellHost {
  const { keys, folder, uploads, downloads, capture, recordings } = parts;
  const given = new Set(parts.files);
  return {
    keys,
    capture,
    storeKeys: async () => ({
      isStored: false,
      storage: "Keys are kept until the server stops, in its memory; they are written nowhere.",
    }),
    createDownload: (name) => downloads.create(name),
    resolve: async (source) => {
      if (source.kind === "upload") return { ...uploads.find(source.id), isOwn: false };
      // Files of the command line are named whole, and only those.
      if (given.has(source.path)) return { path: source.path, name: source.path, isOwn: true };
      const recording = await recordings.find(source.path);
      if (recording !== null) return recording;
      if (folder !== null) {
        return { path: await folder.file(source.path), name: source.path, isOwn: true };
      }
      const message = `${source.path} is not a file that this server may open.`;
      throw new ProtocolError({ code: "cannot-open", message });
    },
  };
}
