/** Captures that pages hand over. */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ProtocolError } from "../analyzer/index.js";
import { sendJson, sendText } from "./pages.js";
import { cleanName, type KeptFile } from "./server-files.js";

class TooLong extends Error {}

export class Uploads {
  /** The longest capture that is taken, in bytes. */
  readonly longest: number;
  readonly #folder: string;
  readonly #files = new Map<string, KeptFile>();

  /** `folder` is made when it is needed. */
  constructor(folder: string, longest: number) {
    this.#folder = folder;
    this.longest = longest;
  }

  /** Takes the body of a request as a capture, and answers with what it is to be called. */
  async take(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    // What is too long is still let in by the system, but goes nowhere: the page gets its answer.
    if (Number(request.headers["content-length"] ?? 0) > this.longest) {
      sendText(response, 413, this.#tooLong);
      return;
    }
    const id = randomUUID();
    const path = join(this.#folder, id);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const source = request.iterator({ destroyOnReturn: false });
      await pipeline(source, this.#limit(), createWriteStream(path, { mode: 0o600, flags: "wx" }));
    } catch (error) {
      await rm(path, { force: true });
      const { status, text } = this.#failure(error);
      sendText(response, status, text);
      return;
    }
    const file = { path, name: cleanName(name, "capture") };
    this.#files.set(id, file);
    sendJson(response, { kind: "upload", id, name: file.name });
  }

  /** Where an upload lies. Throws `ProtocolError`. */
  find(id: string): KeptFile {
    const file = this.#files.get(id);
    if (file === undefined) {
      const message = "The capture is not on this server any more; open it again.";
      throw new ProtocolError({ code: "cannot-open", message });
    }
    return file;
  }

  get #tooLong(): string {
    return `The capture is longer than ${this.longest.toLocaleString("en")} bytes.`;
  }

  #limit(): Transform {
    const { longest } = this;
    let length = 0;
    return new Transform({
      transform(piece: Buffer, _, done) {
        length += piece.length;
        if (length > longest) done(new TooLong());
        else done(null, piece);
      },
    });
  }

  #failure(error: unknown): { readonly status: number; readonly text: string } {
    if (error instanceof TooLong) return { status: 413, text: this.#tooLong };
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOSPC" || code === "EDQUOT") {
      return { status: 507, text: "There is no room for the capture on the disk of the server." };
    }
    return { status: 400, text: `The capture could not be taken (${code || "broken off"}).` };
  }
}
