/**
 * Listens to one serial port for as long as it is asked to: a port that goes away is opened again
 * when it comes back.
 *
 * Strategy. Bytes are read by the library's binding and not by its stream: a stream reads ahead
 * while it is paused, and its bytes would get the time at which they were asked for. A read ends in
 * an error when the port goes away. But a port that has gone may also give no bytes for ever, of which
 * the library asks it again and again; so its name is looked up four times a second too.
 */
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Timestamp } from "../../decoder/chunk.js";
import type { CaptureClock } from "./capture-clock.js";
import { type LineErrors, LineMarks } from "./line-marks.js";
import type { CountOverruns } from "./line-overruns.js";
import { explainPortFailure, refuseLocked, refuseSettings } from "./port-failure.js";
import { RTAC_HEADER_LENGTH, rtacControlLines } from "./rtac-serial.js";
import type { ControlLines, OpenPort, OpenSerialPort } from "./serial-port.js";
import type { LineSettings } from "./tap-settings.js";

/** Takes what is heard. */
export interface SerialLineListener {
  /** A read: bytes of the line behind room for a header. */
  onRead(packet: Uint8Array, time: Timestamp): void;
  /** Among the bytes of the read that is told next, if there are any. */
  onLineErrors(errors: LineErrors, time: Timestamp): void;
  /** `reason`: what more is known than that it is gone; may be empty. */
  onLost(reason: string): void;
  onReturned(): void;
  /** It is there, but opening it fails: told once for each reason. */
  onReopenFailed(message: string): void;
  /** Bits of `rtacControlLines`. */
  onControlLines(lines: number): void;
  /** So many characters were lost just before, because the port was not read in time. */
  onOverruns(characters: number): void;
}

const poolSize = 65_536;
const leastRead = 4096;
const presencePeriod = 250;
const controlLinePeriod = 500;
const overrunPeriod = 500;
const shortestWait = 100;
const longestWait = 1000;

/** What the system says of a device that is gone. */
const usualEnds = /bad file descriptor|EBADF|EIO\b|i\/o error|ENXIO|canceled/i;

export class SerialLine {
  readonly path: string;
  readonly #open: OpenPort;
  readonly #clock: CaptureClock;
  readonly #listener: SerialLineListener;
  #line: LineSettings;
  #port: OpenSerialPort | undefined;
  /** Which device stood behind the name when it was opened. */
  #device = "";
  #isLost = false;
  #controlLines: number | null = null;
  #closed = false;
  #paused = false;
  /** Wakes whoever waits: for room, or for the next attempt. */
  #wake: () => void = () => undefined;
  #timers: NodeJS.Timeout[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(
    path: string,
    line: LineSettings,
    clock: CaptureClock,
    open: OpenPort,
    listener: SerialLineListener,
  ) {
    this.path = path;
    this.#line = line;
    this.#clock = clock;
    this.#open = open;
    this.#listener = listener;
  }

  /** Opens the port. Rejects with `TapError` where that cannot be. */
  async open(): Promise<void> {
    refuseSettings(this.#line);
    await refuseLocked(this.path);
    try {
      this.#port = await this.#openPort();
    } catch (error) {
      throw await explainPortFailure(this.path, error);
    }
  }

  /** Begins to tell what is heard. */
  start(): void {
    this.#running = this.#run();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake();
  }

  /** Whether the port tells of parity and framing errors and breaks. */
  get tellsErrors(): boolean {
    return this.#port?.hasMarks === true;
  }

  /** Whether the port is there, and open. */
  get isOpen(): boolean {
    return this.#port !== undefined;
  }

  /** The settings from now on, also where the port is away. Rejects where the system refuses. */
  async change(line: LineSettings): Promise<void> {
    this.#line = line;
    await this.#port?.change(line);
  }

  /** Lets go of the port; nothing is told after it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#release();
    await this.#running;
  }

  async #openPort(): Promise<OpenSerialPort> {
    const line = this.#line;
    const port = await this.#open(this.path, line);
    if (line !== this.#line) await port.change(this.#line);
    this.#device = await nameDevice(this.path);
    this.#isLost = false;
    this.#controlLines = null;
    return port;
  }

  async #run(): Promise<void> {
    for (;;) {
      const port = this.#port;
      if (port === undefined || this.#closed) return;
      this.#watch(port);
      const reason = await this.#read(port);
      if (this.#closed) return;
      await this.#release();
      this.#listener.onLost(reason);
      this.#port = await this.#reopen();
      if (this.#port !== undefined) this.#listener.onReturned();
    }
  }

  /** Reads until that fails; gives the reason. */
  async #read(port: OpenSerialPort): Promise<string> {
    let pool = Buffer.allocUnsafeSlow(poolSize);
    let used = 0;
    const marks = port.hasMarks ? new LineMarks() : undefined;
    try {
      while (!this.#closed) {
        if (this.#paused && !this.#isLost) {
          await this.#sleep();
          continue;
        }
        if (pool.length - used < RTAC_HEADER_LENGTH + leastRead) {
          pool = Buffer.allocUnsafeSlow(poolSize);
          used = 0;
        }
        const at = used + RTAC_HEADER_LENGTH;
        const count = await port.read(pool, at, pool.length - at);
        const time = this.#clock();
        if (this.#closed) break;
        const heard = marks?.takeOff(pool.subarray(at, at + count));
        if (heard !== undefined) this.#tellErrors(heard.errors, time);
        const length = heard?.length ?? count;
        if (length === 0) continue;
        const packet = new Uint8Array(pool.buffer, used, RTAC_HEADER_LENGTH + length);
        used += packet.length;
        this.#listener.onRead(packet, time);
      }
      return "";
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // Closed here, for its name is gone: the library's words say no more.
      return this.#isLost || usualEnds.test(reason) ? "" : reason;
    }
  }

  #tellErrors(errors: LineErrors, time: Timestamp): void {
    if (errors.characters + errors.breaks > 0) this.#listener.onLineErrors(errors, time);
  }

  async #reopen(): Promise<OpenSerialPort | undefined> {
    let told = "";
    for (let wait = shortestWait; !this.#closed; wait = Math.min(longestWait, wait * 1.5)) {
      await this.#sleep(wait);
      if (this.#closed || (await nameDevice(this.path)) === "") continue;
      try {
        const port = await this.#openPort();
        if (!this.#closed) return port;
        await port.close();
      } catch (error) {
        // A port that comes back may be there for a moment before its rights are set.
        const { message } = await explainPortFailure(this.path, error);
        if (message === told || wait <= shortestWait * 2) continue;
        told = message;
        this.#listener.onReopenFailed(message);
      }
    }
    return undefined;
  }

  #watch(port: OpenSerialPort): void {
    this.#timers.push(
      setInterval(() => void this.#checkPresence(port), presencePeriod),
      setInterval(() => void this.#readControlLines(port), controlLinePeriod),
    );
    const { countOverruns } = port;
    if (countOverruns !== undefined) void this.#watchOverruns(port, countOverruns);
  }

  async #checkPresence(port: OpenSerialPort): Promise<void> {
    const device = await nameDevice(this.path);
    if (device === this.#device || this.#port !== port || this.#closed) return;
    this.#isLost = true;
    this.#wake();
    await port.close().catch(() => undefined);
  }

  /** Pseudo-terminals and some adapters have none: then they are asked no more. */
  async #readControlLines(port: OpenSerialPort): Promise<void> {
    try {
      const lines = packControlLines(await port.readControlLines());
      if (lines === this.#controlLines || this.#port !== port || this.#closed) return;
      this.#controlLines = lines;
      this.#listener.onControlLines(lines);
    } catch {
      clearInterval(this.#timers[1]);
    }
  }

  async #watchOverruns(port: OpenSerialPort, count: CountOverruns): Promise<void> {
    const isThere = () => this.#port === port && !this.#closed;
    let before = await count().catch(() => undefined);
    while (before !== undefined && isThere()) {
      await sleep(overrunPeriod, undefined, { ref: false });
      const now: number | undefined = await count().catch(() => undefined);
      if (now !== undefined && now > before && isThere()) this.#listener.onOverruns(now - before);
      before = now;
    }
  }

  async #release(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    const port = this.#port;
    this.#port = undefined;
    await port?.close().catch(() => undefined);
  }

  /** Until somebody wakes it, or for so many milliseconds. */
  #sleep(limit?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = limit === undefined ? undefined : setTimeout(resolve, limit);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Tells devices apart; empty where the name stands for none. Names of Windows are no files. */
async function nameDevice(path: string): Promise<string> {
  if (process.platform === "win32") return path;
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev} ${ino} ${rdev}`;
  } catch {
    return "";
  }
}

function packControlLines({ cts, dcd, dsr }: ControlLines): number {
  return (
    (cts ? rtacControlLines.cts : 0) |
    (dcd ? rtacControlLines.dcd : 0) |
    (dsr ? rtacControlLines.dsr : 0)
  );
}
