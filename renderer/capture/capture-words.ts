/** A capture in words and figures. */
import type { CaptureState, TapSettings } from "../../analyzer/protocol/index.js";

/** What is listened on, as short as it goes. */
export function nameOfTap(tap: TapSettings): string {
  switch (tap.kind) {
    case "serial":
      return tap.answersPort === undefined ? tap.port : `${tap.port} and ${tap.answersPort}`;
    case "tcp":
      return `TCP ${hostAndPort(tap.host, tap.port)}`;
    case "listen":
      return `TCP on ${hostAndPort(tap.host, tap.port)}`;
    case "udp":
      return `UDP on ${hostAndPort(tap.host, tap.port)}`;
    case "relay": {
      const target = hostAndPort(tap.targetHost, tap.targetPort);
      return `relay ${hostAndPort(tap.host, tap.port)} to ${target}`;
    }
  }
}

function hostAndPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** How it stands with a capture, in a word or two. */
export function wordsOfPhase({ phase, severity, isRecorded }: CaptureState): string {
  switch (phase) {
    case "opening":
      return "Opening";
    case "open":
      return isRecorded ? "Capturing" : "Not recording";
    case "waiting":
      return "Waiting";
    case "stopping":
      return "Stopping";
    case "ended":
      return severity === "error" && isRecorded ? "Capture failed" : "Capture stopped";
  }
}

/** `512 B`, `1.2 kB`, `34 MB`: thousands, as line speeds are counted. */
export function amountOfBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** How often in a second: small numbers to a tenth. */
export function rateOf(count: number): string {
  return count > 0 && count < 9.95 ? count.toFixed(1) : Math.round(count).toLocaleString("en");
}

/** `1:02:03`, from when it began. */
export function durationOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number: number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The last part of a path. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
