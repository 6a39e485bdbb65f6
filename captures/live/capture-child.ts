/** A process that captures for a shell: a tap, recorded to a file, and the counts of its line. */
import { rm } from "node:fs/promises";
import { release, type } from "node:os";
import * as v from "valibot";
import { enhancedPacketBlock } from "../pcapng-writer.js";
import {
  type CaptureStatus,
  type FromCapture,
  type ToCapture,
  toCaptureSchema,
} from "./capture-messages.js";
import { createTap } from "./create-tap.js";
import { HeldBytes } from "./held-bytes.js";
import { LineMonitor } from "./line-monitor.js";
import { Recorder, RecordingError, type RecordingState } from "./recorder.js";
import { describeSerialPort, listSerialPorts, noSerialPorts } from "./serial-ports.js";
import {
  type RunningTap,
  type Tap,
  TapError,
  type TapEvent,
  type TapPacket,
  type TapState,
} from "./tap.js";

/** The line to the shell. */
export interface CaptureLine {
  send(message: FromCapture): void;
  /** `closed`: nobody is there any more, or the system ends the process. */
  listen(listener: { message: (message: unknown) => void; closed: () => void }): void;
}

/** Does what the shell asks for, and calls `exit` when nothing is left to be done. */
export function runCaptureChild(line: CaptureLine, exit: () => void): void {
  let capture: LiveCapture | undefined;
  line.listen({
    message: (message) => {
      const checked = v.safeParse(toCaptureSchema, message);
      if (!checked.success) return;
      const { output } = checked;
      if (output.kind === "list-ports") void tellPorts(line);
      else if (output.kind === "stop") void capture?.stop();
      else if (output.kind === "read-unrecorded") {
        const bytes = capture?.readUnrecorded(output.from) ?? null;
        line.send({ kind: "unrecorded", call: output.call, bytes });
      } else if (capture === undefined) {
        capture = new LiveCapture(line, output);
        void capture.start();
      }
    },
    // The file is completed, whatever becomes of the shell.
    closed: () => void Promise.resolve(capture?.stop()).finally(exit),
  });
}

async function tellPorts(line: CaptureLine): Promise<void> {
  try {
    const ports = await listSerialPorts();
    line.send({
      kind: "ports",
      ports: ports.map((port) => ({
        path: port.path,
        description: describeSerialPort(port) || null,
      })),
      note: ports.length === 0 ? `${noSerialPorts}.` : null,
    });
  } catch (error) {
    line.send({ kind: "refused", message: `Ports cannot be listed: ${messageOf(error)}` });
  }
}

/** Of what is not recorded; a serial line at 115,200 baud needs an hour and more for it. */
const mostUnrecorded = 64 * 2 ** 20;
const noMoreRoom =
  "The capture has ended, too: more than 64 MB that are not recorded is not held in memory.";

const capturing = { severity: "information", message: "Capturing." } as const;
const nothing = { bytes: 0, packets: 0, errors: 0 };

/** The shell is told so often how fast the line is, in milliseconds. */
const timeBetweenCounts = 250;
/** What happens is told sooner. */
const timeBetweenNews = 100;

class LiveCapture {
  readonly #line: CaptureLine;
  readonly #order: Extract<ToCapture, { kind: "record" }>;
  readonly #monitor = new LineMonitor(performance.now());
  #tap: Tap | undefined;
  #recorder: Recorder | undefined;
  #running: RunningTap | undefined;
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;
  #since: number | null = null;
  #state: Pick<TapState, "phase" | "severity" | "message"> = {
    phase: "opening",
    severity: "information",
    message: "Opening the line.",
  };
  /** What the recorder has warned of last. */
  #warning: string | null = null;
  /** Recording has failed: why, said until the end. */
  #failure: string | null = null;
  /** What came since, as pcapng: in memory, so that nothing of it stays behind anywhere. */
  #unrecorded: HeldBytes | null = null;
  #hasEnded = false;
  #isTold = false;
  #counting: NodeJS.Timeout | undefined;
  #news: NodeJS.Timeout | undefined;

  constructor(line: CaptureLine, order: Extract<ToCapture, { kind: "record" }>) {
    this.#line = line;
    this.#order = order;
  }

  start(): Promise<void> {
    this.#starting = this.#begin();
    return this.#starting;
  }

  /** Comes back when the file is complete. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  /** A piece of what could not be recorded; null where nothing more will come. */
  readUnrecorded(from: number): Uint8Array | null {
    const bytes = this.#unrecorded?.read(from);
    if (bytes === undefined) return null;
    return bytes.length === 0 && this.#hasEnded ? null : bytes;
  }

  async #begin(): Promise<void> {
    const { tap: settings, file, ring, application } = this.#order;
    try {
      const tap = await createTap(settings);
      this.#tap = tap;
      const recorder = await Recorder.start({
        target: file,
        ...(ring === null ? {} : { ring }),
        interfaces: tap.interfaces,
        writer: { application, operatingSystem: `${type()} ${release()}` },
        tap: settings,
        onState: (state) => this.#recorded(state),
        onDrain: () => this.#running?.resume(),
        onUnrecorded: (blocks) => this.#hold(blocks),
      });
      this.#recorder = recorder;
      try {
        this.#running = await tap.start({ take: (event) => this.#take(event) });
      } catch (error) {
        await recorder.stop();
        // There is nothing in it, and nobody knows of it.
        for (const path of recorder.files) await rm(path, { force: true });
        throw error;
      }
    } catch (error) {
      const isExpected = error instanceof TapError || error instanceof RecordingError;
      const message = isExpected ? error.message : `The capture has failed: ${messageOf(error)}`;
      this.#line.send({ kind: "refused", message: asSentence(message) });
      return;
    }
    this.#since = Date.now();
    if (this.#state.phase === "opening") {
      this.#state = { phase: "open", ...capturing };
    }
    this.#line.send({ kind: "started", status: this.#status });
    this.#isTold = true;
    this.#counting = setInterval(() => this.#tell(), timeBetweenCounts);
  }

  async #end(): Promise<void> {
    await this.#starting;
    if (this.#running === undefined) return;
    await this.#running.stop();
    clearInterval(this.#counting);
    clearTimeout(this.#news);
    await this.#recorder?.stop();
    this.#hasEnded = true;
    this.#state = {
      phase: "closed",
      severity: "information",
      message: this.#unrecorded?.isFull === true ? noMoreRoom : "The capture was stopped.",
    };
    this.#line.send({ kind: "status", status: this.#status });
  }

  #take(event: TapEvent): boolean {
    if (event.kind === "state") {
      const { phase, severity, message } = event;
      this.#state = { phase, severity, message: asSentence(message) };
      this.#tellSoon();
      // A tap that has closed itself has nothing more to bring.
      if (phase === "closed") void this.stop();
      return true;
    }
    this.#monitor.count(event);
    if (this.#unrecorded !== null) return this.#keep(event, this.#unrecorded);
    return this.#recorder?.write(event) ?? true;
  }

  #recorded({ phase, severity, message, cause }: RecordingState): void {
    // Of a recording that has failed nothing else is worth saying.
    if (severity === "information" || this.#failure !== null) return;
    if (phase === "failed") {
      this.#failure = `Recording stopped: ${cause}. What is shown since is not recorded.`;
      // What the recorder has warned of is over.
      if (this.#state.message === this.#warning) this.#state = { ...this.#state, ...capturing };
      // The file ends here, and whoever follows it goes on with what is held.
      void this.#recorder?.stop();
    } else {
      this.#warning = asSentence(message);
      this.#state = { ...this.#state, severity, message: this.#warning };
    }
    this.#tellSoon();
  }

  #hold(blocks: readonly Uint8Array[]): void {
    this.#unrecorded = new HeldBytes(mostUnrecorded);
    for (const block of blocks) this.#unrecorded.append(block);
  }

  #keep(packet: TapPacket, unrecorded: HeldBytes): boolean {
    if (unrecorded.isFull) {
      void this.stop();
      return true;
    }
    unrecorded.append(enhancedPacketBlock(packet));
    return true;
  }

  get #status(): CaptureStatus {
    const { phase, severity, message } = this.#state;
    return {
      phase: phase === "closed" ? "ended" : phase,
      ...(this.#failure === null
        ? { severity, message }
        : { severity: "error", message: `${this.#failure}${this.#moreToSay}` }),
      line:
        this.#tap?.interfaces
          .map(({ name, description }) => `${name} (${description})`)
          .join(", ") ?? "",
      file: this.#order.file,
      isRecorded: this.#failure === null,
      since: this.#since,
      total: this.#monitor.total,
      perSecond: phase === "closed" ? nothing : this.#monitor.perSecond(performance.now()),
    };
  }

  /** What there is besides a recording that has failed. */
  get #moreToSay(): string {
    const { phase, severity, message } = this.#state;
    return phase === "open" && severity === "information" ? "" : ` ${message}`;
  }

  #tell(): void {
    if (this.#isTold && this.#state.phase !== "closed") {
      this.#line.send({ kind: "status", status: this.#status });
    }
  }

  #tellSoon(): void {
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      this.#tell();
    }, timeBetweenNews);
  }
}

function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
