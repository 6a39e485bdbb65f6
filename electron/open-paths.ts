/** Files that the user has named to this application. The engine opens these and no others. */
import { stat } from "node:fs/promises";
import { basename, isAbsolute, resolve } from "node:path";
import {
  type EngineHost,
  ProtocolError,
  type ResolvedSource,
  type SourceReference,
} from "../analyzer/protocol/index.js";

export interface ApprovedPaths {
  /** What may be opened, as the window names it to the engine. */
  readonly sources: readonly SourceReference[];
  /** One sentence for each path that may not. */
  readonly refused: readonly string[];
}

export class OpenPaths {
  readonly #approved: Set<string>;
  readonly #onApprove: (paths: readonly string[]) => void;

  /** `known`: approved at an earlier start. `onApprove` is told what the user has named now. */
  constructor(known: readonly string[], onApprove: (paths: readonly string[]) => void) {
    this.#approved = new Set(known);
    this.#onApprove = onApprove;
  }

  /** Checks paths that came from a dialog, a drop, the system or another start. */
  async approve(paths: readonly string[]): Promise<ApprovedPaths> {
    const good: string[] = [];
    const refused: string[] = [];
    for (const path of paths) {
      const reason = await whyNot(path);
      if (reason === null) good.push(resolve(path));
      else refused.push(reason);
    }
    for (const path of good) this.#approved.add(path);
    if (good.length > 0) this.#onApprove(good);
    return { sources: good.map((path) => ({ kind: "path", path })), refused };
  }

  /** For the engine. Throws `ProtocolError` for what the user has not named. */
  resolve: EngineHost["resolve"] = async (source): Promise<ResolvedSource> => {
    if (source.kind !== "path" || !this.#approved.has(source.path)) {
      throw new ProtocolError({
        code: "cannot-open",
        message: "This file was not chosen here before: open it with Open… or drop it here.",
      });
    }
    const { path } = source;
    const reason = await whyNot(path);
    if (reason !== null) throw new ProtocolError({ code: "cannot-open", message: reason });
    return { path, name: basename(path), isOwn: true };
  };
}

async function whyNot(path: string): Promise<string | null> {
  if (path === "" || path.includes("\0") || !isAbsolute(path)) {
    return "What was dropped is not a file of this computer.";
  }
  try {
    const status = await stat(path);
    if (status.isFile()) return null;
    return status.isDirectory()
      ? `${path} is a folder: drop the captures in it.`
      : `${path} is not a file.`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return code === "ENOENT" ? `${path} does not exist.` : `${path} cannot be read (${code}).`;
  }
}

/**
 * The files of a command line, absolute. `isBare`: the runtime was given the application as its first
 * argument, which is no file to open.
 */
export function filesOfArguments(
  argv: readonly string[],
  folder: string,
  isBare: boolean,
): readonly string[] {
  return argv
    .slice(1)
    .filter((argument) => argument !== "" && !argument.startsWith("-"))
    .slice(isBare ? 1 : 0)
    .map((argument) => resolve(folder, argument));
}
