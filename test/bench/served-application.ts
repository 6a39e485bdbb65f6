/** `obiscope serve` as a process of its own, watched from within. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** In bytes; of the engine after a collection. */
export interface EngineMemory {
  /** Of the whole process: shell and engine. */
  readonly rss: number;
  readonly peak: number;
  /** Objects of the engine. */
  readonly heapUsed: number;
  /** Its typed arrays and buffers. */
  readonly arrayBuffers: number;
}

export class ServedApplication {
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(address: string, child: ChildProcess, folder: string) {
    this.address = address;
    this.#child = child;
    this.#folder = folder;
  }

  /** Comes back when it says where it is. Settings, caches and marks are those of a first start. */
  static async start(args: readonly string[]): Promise<ServedApplication> {
    const folder = mkdtempSync(join(tmpdir(), "obiscope-bench-home-"));
    const here = import.meta.dirname;
    const child = spawn(
      process.execPath,
      [
        "--import",
        join(here, "engine-watch.mjs"),
        join(here, "../../dist/cli.js"),
        "serve",
        ...args,
      ],
      {
        stdio: ["ignore", "pipe", "inherit", "ipc"],
        env: {
          ...process.env,
          XDG_CONFIG_HOME: join(folder, "config"),
          XDG_CACHE_HOME: join(folder, "cache"),
          XDG_STATE_HOME: join(folder, "state"),
        },
      },
    );
    if (child.stdout === null) throw new Error("the application has no output");
    for await (const line of createInterface(child.stdout)) {
      const address = /http:\S+/.exec(line)?.[0];
      if (address !== undefined) return new ServedApplication(address, child, folder);
    }
    throw new Error("the application has ended before it was there");
  }

  async memory(): Promise<EngineMemory> {
    const [[answer]] = await Promise.all([
      once(this.#child, "message") as Promise<[EngineMemory]>,
      this.#child.send("memory"),
    ]);
    return answer;
  }

  /** Ends the engine's thread in the middle of whatever it does. */
  killEngine(): void {
    this.#child.send("kill");
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
