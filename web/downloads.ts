/** Exports that pages fetch: each once, and gone then. */
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { HandoverFolder } from "../analyzer/host/handover-folder.js";
import { safeHeaders, sendText } from "./pages.js";
import { cleanName, type KeptFile } from "./server-files.js";

export class Downloads {
  readonly #folder: HandoverFolder;
  readonly #files = new Map<string, KeptFile>();

  /** `folder` is made when it is needed. */
  constructor(folder: string) {
    this.#folder = new HandoverFolder(folder);
  }

  /** A place for an export, and its name in the address. */
  async create(name: string): Promise<{ readonly path: string; readonly download: string }> {
    const download = randomUUID();
    const path = join(await this.#folder.find(), download);
    this.#files.set(download, { path, name: cleanName(name, "export") });
    return { path, download };
  }

  /** Removes what nobody has fetched. */
  async clear(): Promise<void> {
    this.#files.clear();
    await this.#folder.remove();
  }

  /** Sends an export; one that has arrived as a whole is removed. */
  async send({ method }: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const file = this.#files.get(id);
    const status = file === undefined ? null : await stat(file.path).catch(() => null);
    if (file === undefined || status === null) {
      sendText(response, 404, "There is no such export; each can be fetched once.");
      return;
    }
    response.writeHead(200, {
      ...safeHeaders,
      "content-type": "application/octet-stream",
      "content-length": status.size,
      "content-disposition": contentDisposition(file.name),
      "cache-control": "no-store",
    });
    if (method === "HEAD") {
      response.end();
      return;
    }
    this.#files.delete(id);
    try {
      await pipeline(createReadStream(file.path), response);
      await rm(file.path, { force: true });
    } catch {
      // Broken off on the way: it can be tried again.
      this.#files.set(id, file);
    }
  }
}

/** The name in plain letters, and as it is (RFC 6266, RFC 5987 clause 3.2). */
function contentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const percent = (character: string) =>
    `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  const whole = encodeURIComponent(name).replace(/['()*]/g, percent);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
