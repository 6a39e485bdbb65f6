/** Settings of serial lines as people write them (`9600 8N1`), and the usual ones by name. */
import type { LinePreset, LineSettings } from "./tap-settings.js";

export const lowestBaud = 300;
export const highestBaud = 921_600;

/** What serial lines of meters usually are set to. Optical heads begin so, and change over. */
export const linePresets: Readonly<Record<LinePreset, LineSettings>> = {
  hdlc: { baud: 9600, dataBits: 8, parity: "none", stopBits: 1 },
  optical: { baud: 300, dataBits: 7, parity: "even", stopBits: 1 },
  han: { baud: 2400, dataBits: 8, parity: "even", stopBits: 1 },
  mbus: { baud: 2400, dataBits: 8, parity: "even", stopBits: 1 },
  p1: { baud: 115_200, dataBits: 8, parity: "none", stopBits: 1 },
};

/** The name of a preset, if it is one. */
export function parsePreset(text: string): LinePreset | undefined {
  switch (text.toLowerCase()) {
    case "hdlc":
      return "hdlc";
    case "optical":
      return "optical";
    case "han":
      return "han";
    case "mbus":
      return "mbus";
    case "p1":
      return "p1";
    default:
      return undefined;
  }
}

const parities: Readonly<Record<string, LineSettings["parity"]>> = {
  N: "none",
  E: "even",
  O: "odd",
  M: "mark",
  S: "space",
};
const dataBits: Readonly<Record<string, LineSettings["dataBits"]>> = {
  "5": 5,
  "6": 6,
  "7": 7,
  "8": 8,
};
const stopBits: Readonly<Record<string, LineSettings["stopBits"]>> = { "1": 1, "1.5": 1.5, "2": 2 };

/** Why a text is no setting of a line: a sentence that says what is expected. */
export class LineSettingsError extends Error {
  override readonly name = "LineSettingsError";
}

/** Reads `8N1`, `7E1`, `8n2`. Throws `LineSettingsError` for anything else. */
export function parseCharacterFormat(text: string): Omit<LineSettings, "baud"> {
  const [, data, parity, stop] =
    /^([5-8])([NEOMS])(1\.5|[12])$/.exec(text.trim().toUpperCase()) ?? [];
  const format = {
    dataBits: dataBits[data ?? ""],
    parity: parities[parity ?? ""],
    stopBits: stopBits[stop ?? ""],
  };
  if (
    format.dataBits === undefined ||
    format.parity === undefined ||
    format.stopBits === undefined
  ) {
    throw new LineSettingsError(
      `${JSON.stringify(text)} is no character format; expected data bits, parity and stop bits, such as 8N1, 7E1 or 8E1 (parity N, E, O, M or S)`,
    );
  }
  return {
    dataBits: format.dataBits,
    parity: format.parity,
    stopBits: format.stopBits,
  };
}

/** Reads a speed. Throws `LineSettingsError` where it is none from 300 to 921600. */
export function parseBaud(text: string): number {
  const baud = /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(baud >= lowestBaud && baud <= highestBaud)) {
    throw new LineSettingsError(
      `${JSON.stringify(text)} is no speed; expected bits per second from ${lowestBaud} to ${highestBaud}, such as 9600`,
    );
  }
  return baud;
}

/**
 * Reads `9600 8N1`, `9600,8N1`, `9600/8N1`, or a speed alone, which means 8N1. Throws
 * `LineSettingsError`.
 */
export function parseLineSettings(text: string): LineSettings {
  const [baud = "", format = "8N1", ...rest] = text.trim().split(/[\s,/:]+/);
  if (rest.length > 0) {
    throw new LineSettingsError(
      `${JSON.stringify(text)} is more than a speed and a character format, such as "9600 8N1"`,
    );
  }
  return { baud: parseBaud(baud), ...parseCharacterFormat(format) };
}

/** `8N1`. */
export function formatCharacterFormat({ dataBits, parity, stopBits }: LineSettings): string {
  return `${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}

/** `9600 8N1`. */
export function formatLineSettings(line: LineSettings): string {
  return `${line.baud} ${formatCharacterFormat(line)}`;
}

export function sameLineSettings(one: LineSettings, other: LineSettings): boolean {
  return one.baud === other.baud && sameCharacterFormat(one, other);
}

export function sameCharacterFormat(one: LineSettings, other: LineSettings): boolean {
  return (
    one.dataBits === other.dataBits &&
    one.parity === other.parity &&
    one.stopBits === other.stopBits
  );
}
