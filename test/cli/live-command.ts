/** The built command while it runs, for tests of what does not end by itself. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { projectFolder } from "./run-command.js";

export const command = join(projectFolder, "dist/cli.js");

/** What a program has said so far. */
export class Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  stdout = "";
  stderr = "";
  readonly #closed: Promise<number | null>;

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    // A group of its own, so that what a shell has started ends with it.
    this.child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env, detached: true });
    this.#closed = new Promise((resolve) => this.child.once("close", resolve));
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
  }

  /** Waits until it has said so on standard error. */
  async says(words: RegExp): Promise<void> {
    // Not by the framework: its tests that run side by side do not know whose question it is.
    const deadline = performance.now() + 20_000;
    while (this.stderr.search(words) < 0) {
      if (performance.now() > deadline) throw new Error(`no ${words} in: ${this.stderr}`);
      await sleep(20);
    }
  }

  /** Ends it and what it has started, whatever they are doing. */
  kill(): void {
    const { pid } = this.child;
    try {
      if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {
      // All of them have ended.
    }
  }

  /** Its exit code, when it has ended: by the signal, if there is one. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined) this.child.kill(signal);
    return this.#closed;
  }
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  await once(server.close(), "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
