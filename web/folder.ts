/** A folder of captures on the server, and nothing outside of it. */
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
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
    const folder = await this.resolve(path);
    const entries = await readdir(folder, { withFileTypes: true });
    const offered: OfferedFile[] = [];
    for (const { name } of entries.sort((a, b) => a.name.localeCompare(b.name))) {
      if (name.startsWith(".") || name.endsWith(".obiscope.json")) continue;
      const inner = relative(this.#root, join(folder, name));
      const real = await this.resolve(inner).catch(() => null);
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

  /** The whole path of a file or folder in it, links followed. Rejects with `ProtocolError`. */
  async resolve(path: string): Promise<string> {
    const refused = new ProtocolError({
      code: "cannot-open",
      message: `${path} is not in the folder of captures of this server.`,
    });
    if (path.includes("\0")) throw refused;
    const whole = resolve(this.#root, path);
    let real: string;
    try {
      real = await realpath(whole);
    } catch {
      throw refused;
    }
    if (real !== this.#root && !real.startsWith(this.#root + sep)) throw refused;
    return real;
  }
}
