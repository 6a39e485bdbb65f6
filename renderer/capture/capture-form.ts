/** What the capture dialog asks for, as it is typed; and the request that comes of it. */
import type { CaptureRequest, TapSettings } from "../../analyzer/protocol/index.js";

export type SourceKind = TapSettings["kind"];
type Serial = Extract<TapSettings, { readonly kind: "serial" }>;
export type LinePreset = NonNullable<Serial["preset"]>;
type Line = NonNullable<Serial["line"]>;

/** How a serial line is read: as a preset says, as is typed, or as is found out. */
export type LineChoice = LinePreset | "own" | "automatic";

export interface CaptureForm {
  readonly kind: SourceKind;
  readonly port: string;
  readonly hasAnswersPort: boolean;
  readonly answersPort: string;
  readonly line: LineChoice;
  readonly baud: string;
  /** `8N1`. */
  readonly format: string;
  /** Where to connect to; of a relay: where it passes things on to. */
  readonly host: string;
  readonly hostPort: string;
  /** Where to take connections or datagrams. */
  readonly listenHost: string;
  readonly listenPort: string;
  /** Empty for a new file in the folder of recordings. */
  readonly file: string;
  readonly hasRing: boolean;
  readonly ringFiles: string;
  readonly ringMegabytes: string;
  readonly ringMinutes: string;
}

export const standardForm: CaptureForm = {
  kind: "serial",
  port: "",
  hasAnswersPort: false,
  answersPort: "",
  line: "hdlc",
  baud: "9600",
  format: "8N1",
  host: "",
  hostPort: "4059",
  listenHost: "",
  listenPort: "4059",
  file: "",
  hasRing: false,
  ringFiles: "10",
  ringMegabytes: "100",
  ringMinutes: "",
};

export const lineChoices: readonly (readonly [
  choice: LineChoice,
  label: string,
  meaning: string,
])[] = [
  ["hdlc", "HDLC, 9600 8N1", "Local port or RS-485 of most meters."],
  [
    "optical",
    "Optical head, mode E, 300 7E1",
    "Begins as IEC 62056-21 does, and follows the line to the speed and the 8N1 that its two ends agree on.",
  ],
  ["han", "HAN, 2400 8E1", "Customer port of many meters in the north: pushes of HDLC frames."],
  ["mbus", "M-Bus, 2400 8E1", "Wired M-Bus with DLMS in it."],
  ["p1", "P1, 115200 8N1", "Customer port with telegrams of text."],
  ["own", "Own settings", "As the line is set at its two ends."],
  [
    "automatic",
    "Find out",
    "Listens with each of the usual settings for a while and takes the one in which frames with right checksums come. The line must be in use; what was tried is told in the status bar and in the recording.",
  ],
];

export const usualBauds = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];
export const usualFormats = ["8N1", "7E1", "8E1", "8O1", "8N2", "7O1", "7N1"];

/** Names of fields, for what is wrong with them. */
export type FormField = keyof CaptureForm;

export type FormOutcome =
  | { readonly request: CaptureRequest; readonly faults: null }
  | { readonly request: null; readonly faults: Readonly<Partial<Record<FormField, string>>> };

/** The request of a filled form, or what is wrong with each field. */
export function readForm(form: CaptureForm): FormOutcome {
  const faults: Partial<Record<FormField, string>> = {};
  const tap = readTap(form, faults);
  const ring = form.hasRing ? readRing(form, faults) : null;
  if (Object.keys(faults).length > 0) return { request: null, faults };
  const file = form.file.trim();
  return { request: { tap, file: file === "" ? null : file, ring }, faults: null };
}

type Faults = Partial<Record<FormField, string>>;

function readTap(form: CaptureForm, faults: Faults): TapSettings {
  const { kind } = form;
  switch (kind) {
    case "serial":
      return readSerial(form, faults);
    case "tcp":
      return { kind, ...target(form, faults) };
    case "listen":
    case "udp":
      return { kind, ...listening(form, faults) };
    case "relay": {
      const { host, port } = target(form, faults);
      return { kind, ...listening(form, faults), targetHost: host, targetPort: port };
    }
  }
}

function readSerial(form: CaptureForm, faults: Faults): TapSettings {
  const port = form.port.trim();
  const answersPort = form.answersPort.trim();
  if (port === "") faults.port = "Choose the port of the line.";
  if (form.hasAnswersPort && answersPort === "") {
    faults.answersPort = "Choose the port on which the meter's answers come.";
  } else if (form.hasAnswersPort && answersPort === port) {
    faults.answersPort = "The two directions come on two different ports.";
  }
  const { line } = form;
  return {
    kind: "serial",
    port,
    ...(form.hasAnswersPort ? { answersPort } : {}),
    ...(line === "own" ? { line: readLine(form, faults) } : {}),
    ...(line === "automatic" ? { isAutomatic: true } : {}),
    ...(line === "own" || line === "automatic" ? {} : { preset: line }),
  };
}

const parities = { N: "none", E: "even", O: "odd", M: "mark", S: "space" } as const;

function readLine(form: CaptureForm, faults: Faults): Line {
  const baud = wholeNumber(form.baud);
  if (baud === null || baud < 300 || baud > 921_600) {
    faults.baud = "The speed is a whole number from 300 to 921600.";
  }
  const [, bits, parity, stop] = /^([5-8])([NEOMS])(1|1\.5|2)$/i.exec(form.format.trim()) ?? [];
  if (bits === undefined) faults.format = "Data bits, parity and stop bits, such as 8N1 or 7E1.";
  return {
    baud: baud ?? 0,
    dataBits: Number(bits) as Line["dataBits"],
    parity: parities[(parity?.toUpperCase() ?? "N") as keyof typeof parities],
    stopBits: Number(stop) as Line["stopBits"],
  };
}

function target({ host, hostPort }: CaptureForm, faults: Faults) {
  if (host.trim() === "") faults.host = "Name the host, or give its address.";
  return { host: host.trim(), port: portNumber(hostPort, "hostPort", faults) };
}

function listening({ listenHost, listenPort }: CaptureForm, faults: Faults) {
  // Every address of the machine.
  const host = listenHost.trim() === "" ? "0.0.0.0" : listenHost.trim();
  return { host, port: portNumber(listenPort, "listenPort", faults) };
}

function portNumber(text: string, field: FormField, faults: Faults): number {
  const port = wholeNumber(text);
  if (port === null || port < 1 || port > 65_535) {
    faults[field] = "The port is a number from 1 to 65535.";
  }
  return port ?? 0;
}

function readRing(form: CaptureForm, faults: Faults): CaptureRequest["ring"] {
  const files = amount(form.ringFiles, "ringFiles", "How many files are kept.", faults);
  const megabytes = amount(form.ringMegabytes, "ringMegabytes", "Megabytes of a file.", faults);
  const minutes = amount(form.ringMinutes, "ringMinutes", "Minutes of a file.", faults);
  if (megabytes === null && minutes === null && faults.ringMegabytes === undefined) {
    faults.ringMegabytes = "Say how great a file may become, or how old.";
  }
  return {
    ...(files === null ? {} : { files }),
    ...(megabytes === null ? {} : { size: megabytes * 1_000_000 }),
    ...(minutes === null ? {} : { duration: minutes * 60 }),
  };
}

/** Null for what is left empty. */
function amount(text: string, field: FormField, words: string, faults: Faults): number | null {
  if (text.trim() === "") return null;
  const number = wholeNumber(text);
  if (number === null || number < 1 || number > 100_000) {
    faults[field] = `${words} A whole number from 1 to 100000, or nothing.`;
    return null;
  }
  return number;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,7}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** A form as it was remembered; what is not of a form is left as it usually is. */
export function formOf(remembered: unknown): CaptureForm {
  if (typeof remembered !== "object" || remembered === null) return standardForm;
  const given = new Map(Object.entries(remembered));
  const kept = Object.entries(standardForm).map(([name, usual]) => {
    const value: unknown = given.get(name);
    const isFit =
      name === "kind"
        ? kinds.some((kind) => kind === value)
        : name === "line"
          ? lineChoices.some(([choice]) => choice === value)
          : typeof value === typeof usual;
    return [name, isFit ? value : usual];
  });
  // Every name is one of a form, and every value was looked at.
  return { ...standardForm, ...(Object.fromEntries(kept) as Partial<CaptureForm>) };
}

const kinds: readonly SourceKind[] = ["serial", "tcp", "listen", "udp", "relay"];
