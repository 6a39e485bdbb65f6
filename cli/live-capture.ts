/** A tap, the recording of it, and the bytes of it for a view; for `sniff` and `extcap`. */
import { release, type } from "node:os";
import { createTap } from "../captures/live/create-tap.js";
import { Recorder, type RecorderSettings, type RecordingState } from "../captures/live/recorder.js";
import type { RunningTap, Tap, TapEvent, TapSink, TapState } from "../captures/live/tap.js";
import type { TapSettings } from "../captures/live/tap-settings.js";
import {
  enhancedPacketBlock,
  interfaceDescriptionBlock,
  sectionHeaderBlock,
} from "../captures/pcapng-writer.js";
import type { LiveBytes } from "./live-bytes.js";
import { version } from "./version.js";

const writer = { application: `Obiscope ${version}`, operatingSystem: `${type()} ${release()}` };

export interface LiveCaptureOptions {
  readonly tap: TapSettings;
  readonly recording?: Pick<RecorderSettings, "target" | "ring" | "isReplacing"> | undefined;
  /** Gets the same bytes as the file. */
  readonly view?: LiveBytes | undefined;
  /** How it stands with the tap and the recording, in sentences. */
  readonly onState: (severity: TapState["severity"], message: string) => void;
  /** The recording has stopped by itself. */
  readonly onRecordingFailed: (reason: RecordingState["reason"]) => void;
}

/** A capture that goes on until it is stopped. */
export class LiveCapture implements TapSink {
  readonly #options: LiveCaptureOptions;
  /** What came before the recording could begin. */
  #early: TapEvent[] | undefined = [];
  #running: RunningTap | undefined;
  #recorder: Recorder | undefined;
  #hasLost = false;

  /**
   * Begins to listen, then to record: where nothing can be listened on, no file is made. Throws
   * `TapError` and `RecordingError`.
   */
  static async start(options: LiveCaptureOptions): Promise<LiveCapture> {
    const tap = createTap(options.tap);
    const capture = new LiveCapture(options);
    await capture.#begin(tap);
    return capture;
  }

  private constructor(options: LiveCaptureOptions) {
    this.#options = options;
  }

  take(event: TapEvent): boolean {
    if (this.#early !== undefined) {
      this.#early.push(event);
      return true;
    }
    if (event.kind === "state") {
      this.#options.onState(event.severity, event.message);
      return true;
    }
    const { view } = this.#options;
    const block = enhancedPacketBlock(event);
    const isRecorded = this.#recorder?.write(event, block) ?? true;
    const seen = view?.push(block) ?? "taken";
    if (seen === "lost") this.#tellOfLoss();
    // A recording waits for no view.
    return this.#recorder?.isRecording === true ? isRecorded : seen === "taken";
  }

  /** Lets go of the line; the file is complete and the view has all its bytes when it resolves. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    await this.#recorder?.stop();
    this.#options.view?.end();
  }

  async #begin(tap: Tap): Promise<void> {
    const { view, recording } = this.#options;
    const running = await tap.start(this);
    this.#running = running;
    if (view !== undefined) {
      view.onDrain = () => running.resume();
      view.push(sectionHeaderBlock(writer));
      for (const described of tap.interfaces) view.push(interfaceDescriptionBlock(described));
    }
    try {
      if (recording !== undefined) this.#recorder = await this.#record(tap, running, recording);
    } catch (error) {
      await running.stop();
      throw error;
    }
    const early = this.#early ?? [];
    this.#early = undefined;
    // The tap was told to go on after all of them; it hears of a full queue with its next packet.
    for (const event of early) this.take(event);
  }

  #record(
    { interfaces }: Tap,
    running: RunningTap,
    recording: NonNullable<LiveCaptureOptions["recording"]>,
  ): Promise<Recorder> {
    const { tap, onState, onRecordingFailed } = this.#options;
    return Recorder.start({
      ...recording,
      interfaces,
      writer,
      tap,
      onDrain: () => running.resume(),
      onState: ({ phase, reason, severity, message }) => {
        if (reason !== "reader-gone") onState(severity, message);
        if (phase === "failed") onRecordingFailed(reason);
      },
    });
  }

  #tellOfLoss(): void {
    if (this.#hasLost) return;
    this.#hasLost = true;
    const message =
      "What is shown cannot keep up with the line: some of it is left out here (a recording has all of it)";
    this.#options.onState("warning", message);
  }
}
