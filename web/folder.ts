/** A folder of captures on the server, and nothing outside of it. */
import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { type OfferedFile, ProtocolError } from "../analyzer/index.js";

export class CaptureFolder {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Throws what the file system says where the folder cannot be read. */
  static async open(path: string): Promise<CaptureFolder> {
    const root = await realpath(path);
    await readdir(root);
    return new CaptureFolder(root);
  }

  /** What is in a folder of it, by name; `path` is relative to it. Rejects with `ProtocolError`. */
  async list(path: string): Promise<readonly OfferedFile[]> {
    const folder = await this.#resolve(path);
    if (!(await isKind(folder, "folder"))) throw refused(path);
    const offered: OfferedFile[] = [];
    for (const name of (await readdir(folder)).sort((a, b) => a.localeCompare(b))) {
      if (name.startsWith(".") || name.endsWith(".obiscope.json")) continue;
      const inner = relative(this.#root, join(folder, name));
      // Links that lead out are not offered, and neither is what is no file.
      const real = await this.#resolve(inner).catch(() => null);
      const status = real === null ? null : await stat(real).catch(() => null);
      if (status === null || (!status.isFile() && !status.isDirectory())) continue;
      offered.push({
        name,
        isFolder: status.isDirectory(),
        size: status.isFile() ? status.size : null,
        source: { kind: "path", path: inner },
      });
    }
    return offered;
  }

  /** The whole path of a file in it, links followed. Rejects with `ProtocolError`. */
  async file(path: string): Promise<string> {
    const real = await this.#resolve(path);
    // A pipe or a device would be waited for without an end.
    if (!(await isKind(real, "file"))) throw refused(path);
    return real;
  }

  async #resolve(path: string): Promise<string> {
    if (path.includes("\0")) throw refused(path);
    let real: string;
    try {
      real = await realpath(resolve(this.#root, path));
    } catch {
      throw refused(path);
    }
    const inner = relative(this.#root, real);
    if (inner === ".." || inner.startsWith(`..${sep}`) || isAbsolute(inner)) throw refused(path);
    return real;
  }
}

async function isKind(path: string, kind: "file" | "folder"): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return kind === "file" ? status?.isFile() === true : status?.isDirectory() === true;
}

/** The same words for what is not there and for what is elsewhere: neither is told apart. */
function refused(path: string): ProtocolError {
  const message = `There is no capture ${path.replaceAll("\0", "")} in the folder of this server.`;
  return new ProtocolError({ code: "cannot-open", message });
}
