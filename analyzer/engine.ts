import type { CaptureState, EngineHost, Port } from "./protocol/index.js";

export interface EngineOptions {
  readonly host: EngineHost;
  readonly version: string;
  /** Where settings are kept. */
  readonly configFolder: string;
  /** Where frames of open captures wait to be looked at again; emptied at the end. */
  readonly cacheFolder: string;
  /** Where marks are kept of captures that they cannot be kept beside. */
  readonly stateFolder: string;
  /** Captures that come with Obiscope. */
  readonly samplesFolder: string;
}

/** The analyzer behind the protocol: open traces, keys and settings, for any number of clients. */
export interface Engine {
  /** Answers a client. Everything stays open when it goes. */
  connect(port: Port): void;
  /** How it stands with the capture of the host; clients are told. */
  tellCapture(capture: CaptureState): void;
  /** Ends everything, and removes what was kept for looking again. */
  stop(): Promise<void>;
}
