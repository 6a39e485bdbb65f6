/** Captures that a page hands over, and exports that it fetches: files of this server's life. */
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ProtocolError } from "../analyzer/index.js";
import { safeHeaders, sendText } from "./pages.js";

/** 8 GiB: no capture that one would send over a network is longer. */
const longestUpload = 8 * 2 ** 30;

interface KeptFile {
  readonly path: string;
  readonly name: string;
}

export class Uploads {
  readonly #folder: string;
  readonly #uploads = new Map<string, KeptFile>();
  readonly #downloads = new Map<string, KeptFile>();

  /** `folder` is made when it is needed, and removed by `remove`. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes the body of a request as a capture, and answers with what it is to be called. */
  async take(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const id = randomUUID();
    const path = await this.#place(id);
    let length = 0;
    const limited = new Transform({
      transform(piece: Buffer, _, done) {
        length += piece.length;
        done(length > longestUpload ? new Error("too long") : null, piece);
      },
    });
    try {
      await pipeline(request, limited, createWriteStream(path, { mode: 0o600 }));
    } catch {
      await rm(path, { force: true });
      const isTooLong = length > longestUpload;
      const text = isTooLong ? "The capture is longer than 8 GiB." : "The upload was broken off.";
      sendText(response, isTooLong ? 413 : 400, text);
      return;
    }
    this.#uploads.set(id, { path, name: cleanName(name) });
    response.writeHead(200, { ...safeHeaders, "content-type": "application/json" });
    response.end(JSON.stringify({ kind: "upload", id, name: cleanName(name) }));
  }

  /** Where an upload lies. Throws `ProtocolError`. */
  find(id: string): KeptFile {
    const file = this.#uploads.get(id);
    if (file === undefined) {
      const message = "The capture is not on this server any more; open it again.";
      throw new ProtocolError({ code: "cannot-open", message });
    }
    return file;
  }

  /** A place for an export, and its name in the address. */
  async createDownload(
    name: string,
  ): Promise<{ readonly path: string; readonly download: string }> {
    const download = randomUUID();
    const path = await this.#place(download);
    this.#downloads.set(download, { path, name: cleanName(name) });
    return { path, download };
  }

  /** Sends an export; it can be fetched once. */
  async send(response: ServerResponse, download: string): Promise<void> {
    const file = this.#downloads.get(download);
    this.#downloads.delete(download);
    const size =
      file === undefined
        ? null
        : await stat(file.path).then(
            (one) => one.size,
            () => null,
          );
    if (file === undefined || size === null) {
      sendText(response, 404, "There is no such export; it can be fetched once.");
      return;
    }
    const ascii = file.name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
    response.writeHead(200, {
      ...safeHeaders,
      "content-type": "application/octet-stream",
      "content-length": size,
      "content-disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      "cache-control": "no-store",
    });
    await pipeline(createReadStream(file.path), response).catch(() => {});
    await rm(file.path, { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #place(id: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return join(this.#folder, id);
  }
}

function cleanName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const cleaned = basename(name.replaceAll("\\", "/")).replace(/[\x00-\x1f\x7f]/g, "");
  return cleaned === "" ? "capture" : cleaned.slice(0, 200);
}
