import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { TapError, type TapEvent, type TapSink } from "../../../captures/live/tap.js";
import type { SerialTapSettings } from "../../../captures/live/tap-settings.js";

export type TapCommand =
  | {
      readonly kind: "start";
      readonly id: number;
      readonly settings: SerialTapSettings;
      /** Its taker is behind after every event, for a millisecond. */
      readonly isSlow: boolean;
    }
  | { readonly kind: "stop"; readonly id: number };

export type TapAnswer = { readonly id: number } & (
  | { readonly kind: "started" | "stopped" }
  | { readonly kind: "failed"; readonly name: string; readonly message: string }
  | { readonly kind: "event"; readonly event: TapEvent }
);

/** A process that runs taps. */
export class TapProcess {
  readonly #child: ChildProcess;
  readonly #takers = new Map<number, (answer: TapAnswer) => void>();
  #started = 0;

  constructor() {
    this.#child = fork(join(import.meta.dirname, "tap-child.ts"), {
      execArgv: ["--import", "tsx"],
      serialization: "advanced",
    });
    this.#child.on("message", (answer: TapAnswer) => this.#takers.get(answer.id)?.(answer));
  }

  /** Starts a tap there; rejects with its error. */
  async start(settings: SerialTapSettings, sink: TapSink, isSlow: boolean) {
    this.#started += 1;
    const id = this.#started;
    await this.#ask({ kind: "start", id, settings, isSlow }, sink);
    let stopped: Promise<void> | undefined;
    return {
      stop: () => {
        stopped ??= this.#ask({ kind: "stop", id }, sink);
        return stopped;
      },
    };
  }

  /** Ends the process with all of its taps. */
  end(): void {
    this.#child.kill("SIGKILL");
  }

  #ask(command: TapCommand, sink: TapSink): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error("the process of the taps has ended"));
      this.#child.once("exit", ended);
      this.#takers.set(command.id, (answer) => {
        if (answer.kind === "event") {
          sink.take(answer.event);
          return;
        }
        this.#child.off("exit", ended);
        if (answer.kind !== "failed") resolve();
        else
          reject(
            answer.name === "TapError" ? new TapError(answer.message) : new Error(answer.message),
          );
      });
      this.#child.send(command);
    });
  }
}
