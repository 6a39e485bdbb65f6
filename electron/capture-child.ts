import type { CaptureProcess } from "../analyzer/host/capture-supervisor.js";
import { type Fork, lineToChild } from "./utility-child.js";

/** Starts a utility process that captures. */
export function forkCapture(fork: Fork, modulePath: string): CaptureProcess {
  return lineToChild(fork(modulePath, [], { serviceName: "Obiscope capture" }));
}
