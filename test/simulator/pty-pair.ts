/**
 * Two pseudo terminals joined by socat: what is written to one end comes out of the other, as on a
 * cable between two serial ports. They enforce neither speed nor parity.
 *
 * Where socat is missing the tests that need it do not run and say so; on a build server (`CI`) its
 * absence is a failure.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const socatIsHere = spawnSync("socat", ["-V"], { stdio: "ignore" }).status === 0;

if (!socatIsHere && process.env["CI"] === "true") {
  throw new Error("socat is not installed; a build server must have it");
}

const patience = 30_000;

/** A test that ends early leaves no process behind. */
const cables = new Set<ChildProcess>();
process.on("exit", () => {
  for (const cable of cables) cable.kill("SIGKILL");
});

/** A cable with two ends. Whoever opens a pair closes it: its process ends with it. */
export class PtyPair {
  /** What a tap opens. */
  readonly near: string;
  /** The other end, where a meter or a client would be. */
  readonly far: string;
  readonly #folder: string;
  #cable: ChildProcess | undefined;
  #far: FileHandle | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.near = join(folder, "near");
    this.far = join(folder, "far");
  }

  /** Lays the cable and waits until both ends are there. Throws where socat cannot. */
  static async open(): Promise<PtyPair> {
    const pair = new PtyPair(mkdtempSync(join(tmpdir(), "obiscope-line-")));
    await pair.return();
    return pair;
  }

  /** Sends from the far end, and waits until the cable has taken all of it. */
  async write(bytes: Uint8Array): Promise<void> {
    const far = this.#far;
    if (far === undefined) throw new Error(`${this.far} is not there`);
    for (let at = 0; at < bytes.length; ) {
      at += (await far.write(bytes, at)).bytesWritten;
    }
  }

  /** Both ports are gone, as when somebody pulls the USB plug. */
  async vanish(): Promise<void> {
    const [cable, far] = [this.#cable, this.#far];
    this.#cable = undefined;
    this.#far = undefined;
    if (cable === undefined) return;
    const ended = new Promise((resolve) => cable.once("exit", resolve));
    // Its links go with it. A write that the cable does not take fails by this, too.
    if (cable.exitCode === null && cable.signalCode === null) {
      cable.kill("SIGTERM");
      await ended;
    }
    await far?.close();
  }

  /** The ports are there again, by the same names. */
  async return(): Promise<void> {
    if (this.#cable !== undefined) return;
    const ends = [this.near, this.far];
    const terminals = ends.map((end) => `pty,rawer,link=${end}`);
    const cable = spawn("socat", ["-d", "-d", "-b", "65536", ...terminals], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#cable = cable;
    cables.add(cable);
    cable.once("exit", () => cables.delete(cable));
    await untilJoined(cable);
    this.#far = await open(this.far, constants.O_RDWR | constants.O_NOCTTY);
  }

  /** Takes the cable away for good. */
  async close(): Promise<void> {
    await this.vanish();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until socat says that both terminals are there, raw and joined. */
function untilJoined(cable: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string) => {
      clearTimeout(timer);
      cable.kill("SIGKILL");
      reject(new Error(`socat made no pair of terminals: ${why}`));
    };
    const timer = setTimeout(() => fail(`nothing in ${patience} ms`), patience);
    cable.once("error", (error) => fail(error.message));
    cable.once("exit", () => fail(said));
    cable.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2000);
      if (!said.includes("starting data transfer loop")) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
