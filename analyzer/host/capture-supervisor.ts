/**
 * Captures for a shell, in a process of its own: starts it, tells how it stands, and says so when it
 * dies. It is asked by the engines, since in the desktop windows talk to them past the shell; and it
 * outlives them, since it belongs to the shell.
 */
import * as v from "valibot";
import {
  type CaptureStatus,
  type FromCapture,
  fromCaptureSchema,
  type ToCapture,
} from "../../captures/live/capture-messages.js";
import {
  type CapturePorts,
  type CaptureRequest,
  type CaptureState,
  type Port,
  ProtocolError,
  type UnfinishedRecording,
} from "../protocol/index.js";
import type { ShellCapture } from "./engine-supervisor.js";

/** A process for one job. */
export interface CaptureProcess {
  /** The line to it; its end is the end of the process. */
  readonly port: Port;
  /** Ends it at once. */
  kill(): void;
}

/** Where a shell keeps recordings. */
export interface RecordingPlaces {
  /** The folder of those that are given no name, for people. */
  readonly folder: string;
  /**
   * The absolute path of a new recording: of one that was named, or of one in the folder, which is
   * made where it is not there. Rejects with `ProtocolError` where the name cannot be taken.
   */
  place(file: string | null): Promise<string>;
  /** Recordings in the folder that were cut off. */
  unfinished(): Promise<readonly UnfinishedRecording[]>;
  dismiss(path: string): Promise<void>;
}

export interface CaptureSupervisorOptions {
  readonly spawn: () => CaptureProcess;
  readonly places: RecordingPlaces;
  /** What writes the recordings, for their headers. */
  readonly application: string;
  /** Told when a capture begins and when it ends: a machine that captures does not sleep. */
  readonly onRunning?: (isRunning: boolean) => void;
}

/** How long ports may be looked for, and how long a file may be finished. In milliseconds. */
const timeToList = 10_000;
const timeToStop = 10_000;

export class CaptureSupervisor implements ShellCapture {
  onState: (state: CaptureState) => void = () => {};
  readonly #options: CaptureSupervisorOptions;
  #state: CaptureState | null = null;
  #running: Running | null = null;
  /** Processes of captures that have ended and hold what they could not record, by their files. */
  readonly #holding = new Map<string, Running>();
  #nextId = 1;

  constructor(options: CaptureSupervisorOptions) {
    this.#options = options;
  }

  get state(): CaptureState | null {
    return this.#state;
  }

  /** In a process too: what asks the system for its ports is not to take the shell with it. */
  async ports(): Promise<CapturePorts> {
    const { folder } = this.#options.places;
    const child = this.#options.spawn();
    const found = new Promise<CapturePorts>((resolve, reject) => {
      const fail = (message: string) => reject(new ProtocolError({ code: "no-ports", message }));
      listen(child, {
        message: (message) => {
          if (message.kind === "ports") resolve({ ...message, folder });
          else if (message.kind === "refused") fail(message.message);
        },
        closed: () => fail("The ports could not be listed: what lists them has ended."),
      });
      setTimeout(() => fail("The system does not list its ports."), timeToList).unref();
    });
    send(child, { kind: "list-ports" });
    try {
      const { ports, note } = await found;
      return { ports, note, folder };
    } finally {
      child.kill();
    }
  }

  async start(request: CaptureRequest): Promise<{ readonly path: string }> {
    if (this.#running !== null) {
      const message = "A capture is running already: stop it before another one is started.";
      throw new ProtocolError({ code: "capture-running", message });
    }
    const running = new Running(this.#nextId, request);
    this.#nextId += 1;
    this.#running = running;
    try {
      const { places, application } = this.#options;
      const file = await places.place(request.file);
      const child = this.#options.spawn();
      running.child = child;
      running.file = file;
      listen(child, {
        message: (message) => this.#take(running, message),
        closed: () => this.#died(running),
      });
      send(child, { kind: "record", tap: request.tap, file, ring: request.ring, application });
      const status = await running.started;
      this.#options.onRunning?.(true);
      this.#tell(running, status);
      return { path: status.file };
    } catch (error) {
      if (this.#running === running) this.#running = null;
      running.child?.kill();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    const { child } = running;
    if (child !== undefined) {
      send(child, { kind: "stop" });
      if (this.#state !== null && running.hasStarted)
        this.#put({ ...this.#state, phase: "stopping" });
    }
    const timer = setTimeout(() => child?.kill(), timeToStop);
    await running.ended;
    clearTimeout(timer);
  }

  async unrecorded(file: string, from: number): Promise<Uint8Array | null> {
    const running = this.#running?.file === file ? this.#running : this.#holding.get(file);
    return (await running?.readUnrecorded(from)) ?? null;
  }

  /** Ends the processes that hold what could not be recorded: it is gone then. */
  release(): void {
    for (const { child } of this.#holding.values()) child?.kill();
    this.#holding.clear();
  }

  unfinished(): Promise<readonly UnfinishedRecording[]> {
    return this.#options.places.unfinished();
  }

  dismiss(path: string): Promise<void> {
    return this.#options.places.dismiss(path);
  }

  #take(running: Running, message: FromCapture): void {
    switch (message.kind) {
      case "started":
        running.begin(message.status);
        return;
      case "refused":
        running.refuse("cannot-capture", message.message);
        return;
      case "status":
        this.#tell(running, message.status);
        if (message.status.phase !== "ended") return;
        if (!message.status.isRecorded && running.file !== null) {
          this.#holding.set(running.file, running);
        }
        this.#end(running);
        return;
      case "unrecorded":
        running.answer(message.call, message.bytes);
        return;
      case "ports":
        return;
    }
  }

  /** The process is gone: after its work, or in the middle of it. */
  #died(running: Running): void {
    running.answerAll();
    if (running.file !== null && this.#holding.get(running.file) === running) {
      this.#holding.delete(running.file);
    }
    running.refuse("cannot-capture", "The capture could not be started: its process has ended.");
    if (this.#running !== running) return;
    const state = this.#state;
    if (running.hasStarted && state !== null && state.id === running.id) {
      const idle = { bytes: 0, packets: 0, errors: 0 };
      const message =
        "The capture has ended by itself: its process is gone. What it had recorded is here.";
      this.#put({ ...state, phase: "ended", severity: "error", message, perSecond: idle });
    }
    this.#end(running);
  }

  #end(running: Running): void {
    if (this.#running === running) {
      this.#running = null;
      if (running.hasStarted) this.#options.onRunning?.(false);
    }
    running.end();
    const isHolding = running.file !== null && this.#holding.get(running.file) === running;
    if (!isHolding) running.child?.kill();
  }

  #tell(running: Running, status: CaptureStatus): void {
    if (this.#running !== running || !running.hasStarted) return;
    const isStopping = this.#state?.id === running.id && this.#state.phase === "stopping";
    const phase = isStopping && status.phase !== "ended" ? "stopping" : status.phase;
    this.#put({ ...status, phase, id: running.id, request: running.request });
  }

  #put(state: CaptureState): void {
    this.#state = state;
    this.onState(state);
  }
}

/** A capture from the moment in which it was asked for. */
class Running {
  readonly id: number;
  readonly request: CaptureRequest;
  child: CaptureProcess | undefined;
  /** Once it is known. */
  file: string | null = null;
  hasStarted = false;
  readonly started: Promise<CaptureStatus>;
  readonly ended: Promise<void>;
  #resolve: (status: CaptureStatus) => void = () => {};
  #reject: (error: ProtocolError) => void = () => {};
  #end: () => void = () => {};
  readonly #calls = new Map<number, (bytes: Uint8Array | null) => void>();
  #nextCall = 1;
  #isGone = false;

  constructor(id: number, request: CaptureRequest) {
    this.id = id;
    this.request = request;
    this.started = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.started.catch(() => {});
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  begin(status: CaptureStatus): void {
    this.hasStarted = true;
    this.#resolve(status);
  }

  /** Of no effect once it has begun. */
  refuse(code: string, message: string): void {
    this.#reject(new ProtocolError({ code, message }));
    if (!this.hasStarted) this.#end();
  }

  end(): void {
    this.#end();
  }

  /** Asks the process; null where it is gone. */
  readUnrecorded(from: number): Promise<Uint8Array | null> {
    const { child } = this;
    if (child === undefined || this.#isGone) return Promise.resolve(null);
    const call = this.#nextCall;
    this.#nextCall += 1;
    return new Promise((resolve) => {
      this.#calls.set(call, resolve);
      send(child, { kind: "read-unrecorded", call, from });
    });
  }

  answer(call: number, bytes: Uint8Array | null): void {
    this.#calls.get(call)?.(bytes);
    this.#calls.delete(call);
  }

  /** The process is gone. */
  answerAll(): void {
    this.#isGone = true;
    for (const call of this.#calls.keys()) this.answer(call, null);
  }
}

function send({ port }: CaptureProcess, message: ToCapture): void {
  port.send(message);
}

function listen(
  { port }: CaptureProcess,
  { message, closed }: { message: (message: FromCapture) => void; closed: () => void },
): void {
  port.listen({
    message: (received) => {
      const checked = v.safeParse(fromCaptureSchema, received);
      if (checked.success) message(checked.output);
    },
    closed,
  });
}
