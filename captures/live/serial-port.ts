/** One serial port of the machine, opened to listen: nothing is ever written to it. */
import { readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { setLineMarks } from "./line-marks.js";
import { type CountOverruns, findOverrunCounter } from "./line-overruns.js";
import { sameCharacterFormat } from "./line-settings.js";
import type { LineSettings } from "./tap-settings.js";

/** State of the control lines that the other side drives. */
export interface ControlLines {
  readonly cts: boolean;
  readonly dsr: boolean;
  readonly dcd: boolean;
}

/** A port that is open. */
export interface OpenSerialPort {
  /** Whether errors are marked among the bytes that are read, as line-marks.ts says. */
  readonly hasMarks: boolean;
  /**
   * Waits for bytes and puts them into `buffer`; gives their number. Rejects where the port is
   * closed or has gone away.
   */
  read(buffer: Buffer, offset: number, length: number): Promise<number>;
  /** Rejects where the port has no such lines. */
  readControlLines(): Promise<ControlLines>;
  /** Characters that were lost so far; undefined where the system does not tell, line-overruns.ts. */
  readonly countOverruns?: CountOverruns | undefined;
  /** What was received and not read yet may be dropped. Rejects where the system refuses. */
  change(line: LineSettings): Promise<void>;
  close(): Promise<void>;
}

/** In milliseconds. */
const EMPTY_READ_PAUSE = 20;

/** Opens a port; rejects with what the system says where it cannot. */
export type OpenPort = (path: string, line: LineSettings) => Promise<OpenSerialPort>;

/** What is used of the serial library: that of every system has it. */
interface Bindings {
  open(options: {
    readonly path: string;
    readonly baudRate: number;
    readonly dataBits?: LineSettings["dataBits"];
    readonly parity?: LineSettings["parity"];
    readonly stopBits?: LineSettings["stopBits"];
    readonly lock?: boolean;
  }): Promise<BoundPort>;
}

interface BoundPort {
  isOpen: boolean;
  /** Not on Windows. Told of an error when the port is closed. */
  readonly poller?: Poller;
  /** Not on Windows; null once the port is closed. It never blocks. */
  readonly fd?: number | null;
  read(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  get(): Promise<ControlLines>;
  update(options: { readonly baudRate: number }): Promise<void>;
  /** Drops what was received and not read yet. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Poller {
  once(event: "readable", tell: (error: Error | null) => void): unknown;
}

/**
 * Opens a port of the machine, with a lock that keeps others out who ask for one. The serial library
 * is loaded only here: most commands never need it. On a worker thread it would end the process, for
 * it waits for bytes in the loop of the main thread and calls back from there.
 */
export const openSerialPort: OpenPort = async (path, line) => {
  if (!isMainThread)
    throw new Error("serial ports are opened on the main thread of a process only");
  const { SerialPort } = await import("serialport");
  const bindings: Bindings = SerialPort.binding;
  const port = await bindings.open(openOptions(path, line, true));
  const hasMarks = await setLineMarks(path);
  // What came before the marks would be taken for some.
  if (hasMarks) await port.flush();
  return new SystemPort(bindings, path, line, port, hasMarks, await findOverrunCounter(path));
};

function openOptions(path: string, line: LineSettings, lock: boolean) {
  const { baud, dataBits, parity, stopBits } = line;
  return { path, baudRate: baud, dataBits, parity, stopBits, lock };
}

class SystemPort implements OpenSerialPort {
  readonly hasMarks: boolean;
  readonly countOverruns: CountOverruns | undefined;
  readonly #bindings: Bindings;
  readonly #path: string;
  #line: LineSettings;
  #port: BoundPort;
  #reopening: Promise<void> | undefined;

  constructor(
    bindings: Bindings,
    path: string,
    line: LineSettings,
    port: BoundPort,
    hasMarks: boolean,
    countOverruns: CountOverruns | undefined,
  ) {
    this.hasMarks = hasMarks;
    this.countOverruns = countOverruns;
    this.#bindings = bindings;
    this.#path = path;
    this.#line = line;
    this.#port = port;
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<number> {
    for (;;) {
      const port = this.#port;
      try {
        if (port.poller === undefined) return (await port.read(buffer, offset, length)).bytesRead;
        await untilReadable(port.poller);
        const count = readNow(port, buffer, offset, length);
        if (count > 0) return count;
        // One that has gone is readable for ever, with nothing to be read.
        await sleep(EMPTY_READ_PAUSE);
      } catch (error) {
        if (this.#reopening === undefined && port === this.#port) throw error;
        await this.#reopening;
      }
    }
  }

  readControlLines(): Promise<ControlLines> {
    return this.#port.get();
  }

  async change(line: LineSettings): Promise<void> {
    if (sameCharacterFormat(line, this.#line)) {
      await this.#port.update({ baudRate: line.baud });
    } else if (process.platform === "win32") {
      this.#reopening = this.#reopen(line);
      await this.#reopening.finally(() => {
        this.#reopening = undefined;
      });
    } else {
      // The library sets the format only where it opens. The settings are those of the port, however
      // often it is open; and it is not closed in between, which would drop DTR, of which optical
      // heads live.
      const other = await this.#bindings.open(openOptions(this.#path, line, false));
      await other.close();
      // To open it has unset them.
      if (this.hasMarks) await setLineMarks(this.#path);
    }
    this.#line = line;
  }

  /** Windows opens a port but once. */
  async #reopen(line: LineSettings): Promise<void> {
    await this.#port.close();
    this.#port = await this.#bindings.open(openOptions(this.#path, line, true));
  }

  async close(): Promise<void> {
    if (this.#port.isOpen) await this.#port.close();
  }
}

/**
 * What there is to be read, at once; 0 where that is nothing after all. The library's own read goes
 * by another thread, and before it has waited: for the few bytes that a line brings at a time both
 * take longer than all that is done with them.
 */
function readNow(port: BoundPort, buffer: Buffer, offset: number, length: number): number {
  if (typeof port.fd !== "number") throw new Error("the port is closed");
  try {
    return readSync(port.fd, buffer, offset, length, null);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN" || code === "EINTR") return 0;
    throw error;
  }
}

function untilReadable(poller: Poller): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once("readable", (error) => (error === null ? resolve() : reject(error)));
  });
}
