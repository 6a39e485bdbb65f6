/**
 * Taps on serial lines: one port on which both sides are heard, or two, one for each side.
 *
 * What a tap sees: bytes as the driver hands them over, each read a packet of its own, with the time
 * of that read; the control lines CTS, DSR and DCD where the port has them, asked twice a second. On
 * Linux also characters with a parity or framing error (which of both, the terminal does not say)
 * and breaks; to the superuser, for ports on the board, overruns. Elsewhere drivers leave characters
 * with errors out, or hand them over as they are.
 */
import type { Timestamp } from "../../decoder/chunk.js";
import { AutoDetect, type DetectionStep, describeTried } from "./auto-detect.js";
import { type CaptureClock, createCaptureClock } from "./capture-clock.js";
import type { LineErrors } from "./line-marks.js";
import { formatLineSettings, linePresets, sameLineSettings } from "./line-settings.js";
import { LineSigns } from "./line-signs.js";
import { explainPortFailure, warnOfHolders } from "./port-failure.js";
import {
  createRtacEvent,
  LINKTYPE_RTAC_SERIAL,
  RTAC_HEADER_LENGTH,
  type RtacEvent,
  rtacEvents,
  writeRtacHeader,
} from "./rtac-serial.js";
import { SerialLine } from "./serial-line.js";
import { type OpenPort, openSerialPort } from "./serial-port.js";
import { SpeedFollower, type SpeedNews } from "./speed-follower.js";
import type { RunningTap, Tap, TapInterface, TapSink, TapState } from "./tap.js";
import type { LineSettings, SerialTapSettings } from "./tap-settings.js";

export interface SerialTapOptions {
  readonly openPort?: OpenPort;
  readonly clock?: CaptureClock;
}

/** The settings that a line begins with. */
export function openingLine({ line, preset, isAutomatic }: SerialTapSettings): LineSettings {
  if (line !== undefined) return line;
  if (isAutomatic === true) return new AutoDetect().line;
  return linePresets[preset ?? "hdlc"];
}

/** A tap on one serial port or two. Nothing is opened before it is started. */
export function createSerialTap(settings: SerialTapSettings, options: SerialTapOptions = {}): Tap {
  return {
    interfaces: [describeInterface(settings)],
    async start(sink) {
      const tap = new RunningSerialTap(settings, options, sink);
      await tap.start();
      return tap;
    },
  };
}

/** Both ports are one interface: what is heard on them is one conversation. */
function describeInterface(settings: SerialTapSettings): TapInterface {
  const { port, answersPort, isAutomatic, preset } = settings;
  const begins = formatLineSettings(openingLine(settings));
  const line =
    isAutomatic === true
      ? "settings found out by trying"
      : preset === "optical"
        ? `${begins}, followed to the speed that is agreed on`
        : begins;
  return {
    name: answersPort === undefined ? port : `${port} and ${answersPort}`,
    description:
      answersPort === undefined
        ? `Serial line, ${line}; both sides on one port`
        : `Serial line, ${line}; the client on ${port}, answers on ${answersPort}`,
    linkType: LINKTYPE_RTAC_SERIAL,
  };
}

/** One port of the tap. */
interface Side {
  readonly line: SerialLine;
  readonly event: RtacEvent;
  readonly direction: "outbound" | "inbound" | null;
  controlLines: number;
  signs: LineSigns;
}

const tickPeriod = 100;
const lineErrors: ReadonlySet<RtacEvent> = new Set([
  rtacEvents.framingError,
  rtacEvents.parityError,
  rtacEvents.break,
  rtacEvents.overflow,
]);

class RunningSerialTap implements RunningTap {
  readonly #sink: TapSink;
  readonly #clock: CaptureClock;
  readonly #sides: readonly Side[];
  #line: LineSettings;
  #detection: AutoDetect | undefined;
  #follower: SpeedFollower | undefined;
  /** Whether the speed is followed, or only recognised. */
  #follows: boolean;
  #changing: Promise<void> = Promise.resolve();
  #ticker: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(settings: SerialTapSettings, options: SerialTapOptions, sink: TapSink) {
    const { port, answersPort, preset, isAutomatic } = settings;
    this.#sink = sink;
    this.#clock = options.clock ?? createCaptureClock();
    this.#line = openingLine(settings);
    this.#follows = preset === "optical" || isAutomatic === true;
    if (isAutomatic === true) this.#detection = new AutoDetect();
    else this.#follower = followerFor(this.#line);
    const open = options.openPort ?? openSerialPort;
    const { reception, transmission } = rtacEvents;
    this.#sides =
      answersPort === undefined
        ? [this.#createSide(port, open, reception, null)]
        : [
            this.#createSide(port, open, transmission, "outbound"),
            this.#createSide(answersPort, open, reception, "inbound"),
          ];
  }

  #createSide(path: string, open: OpenPort, event: RtacEvent, direction: Side["direction"]): Side {
    const line = new SerialLine(path, this.#line, this.#clock, open, {
      onRead: (packet, time) => this.#hear(side, packet, time),
      onLineErrors: (errors, time) => this.#showErrors(side, errors, time),
      onLost: (reason) => this.#lose(side, reason),
      onReturned: () => this.#return(side),
      onReopenFailed: (message) => this.#say("waiting", "warning", message),
      onControlLines: (lines) => this.#showControlLines(side, lines),
      onOverruns: (characters) => this.#showOverruns(side, characters),
    });
    const signs = new LineSigns(this.#line);
    const side: Side = { line, event, direction, controlLines: 0, signs };
    return side;
  }

  async start(): Promise<void> {
    const [first, second] = this.#sides.map(({ line }) => line);
    this.#say("opening", "information", `Opening ${this.#names()}`);
    try {
      await first?.open();
      await second?.open();
    } catch (error) {
      await first?.close();
      throw error;
    }
    this.#say("open", "information", `Listening on ${this.#names()}, ${this.#describeLine()}`);
    for (const { line } of this.#sides) {
      line.start();
      void this.#warn(line.path);
    }
    this.#ticker = setInterval(() => this.#tick(), tickPeriod);
  }

  /** To look for other listeners takes a while on a busy machine: nothing waits for it. */
  async #warn(path: string): Promise<void> {
    const warning = await warnOfHolders(path);
    if (warning !== undefined) this.#say(this.#phase, "warning", warning);
  }

  resume(): void {
    for (const { line } of this.#sides) line.resume();
  }

  async stop(): Promise<void> {
    if (!this.#stopped) this.#say("closed", "information", `Stopped listening on ${this.#names()}`);
    this.#stopped = true;
    clearInterval(this.#ticker);
    await Promise.all(this.#sides.map(({ line }) => line.close()));
    await this.#changing;
  }

  #names(): string {
    return this.#sides.map(({ line }) => line.path).join(" and ");
  }

  #describeLine(): string {
    const words = formatLineSettings(this.#line);
    const line = this.#detection === undefined ? words : `trying ${words} first`;
    const tellsErrors = this.#sides.every((side) => side.line.tellsErrors);
    return tellsErrors ? line : `${line}; parity errors and breaks are not told here`;
  }

  #hear(side: Side, packet: Uint8Array, time: Timestamp): void {
    writeRtacHeader(packet, time, side.event, side.controlLines);
    const payload = packet.subarray(RTAC_HEADER_LENGTH);
    const goesOn = this.#sink.take({
      kind: "packet",
      interface: 0,
      time,
      direction: side.direction,
      bytes: packet,
      payloadLength: payload.length,
      isLineError: false,
    });
    if (!goesOn) for (const { line } of this.#sides) line.pause();
    const now = milliseconds(time);
    if (this.#detection === undefined) {
      for (const sign of side.signs.hear(payload)) this.#notice("warning", sign);
    } else {
      this.#detect(this.#detection.hear(payload, now));
    }
    this.#follow(this.#follower?.hear(payload, now));
  }

  #tick(): void {
    const now = milliseconds(this.#clock());
    this.#detect(this.#detection?.tick(now));
    this.#follow(this.#follower?.tick(now));
  }

  #detect(step: DetectionStep | undefined): void {
    if (step === undefined) return;
    if (step.kind === "try") {
      const dropped = describeTried(step.dropped);
      this.#notice("information", `${dropped}; trying ${formatLineSettings(step.line)} now`);
    } else {
      this.#detection = undefined;
      this.#follower = followerFor(step.line);
      this.#notice("information", `The line is taken for ${step.explanation.join(". ")}`);
    }
    this.#change(step.line);
  }

  #follow(news: SpeedNews | undefined): void {
    if (news === undefined) return;
    if (news.line === undefined) {
      this.#notice("warning", `${news.reason}: nobody knows which that is, and the line stays`);
    } else if (this.#follows) {
      this.#notice("information", `${news.reason}; the line is followed`);
      this.#change(news.line);
    } else if (!sameLineSettings(news.line, this.#line)) {
      const hint = "the line is not followed: choose the preset optical for that";
      this.#notice("warning", `${news.reason}; ${hint}`);
    }
  }

  #change(line: LineSettings): void {
    if (sameLineSettings(line, this.#line)) return;
    this.#line = line;
    for (const side of this.#sides) side.signs = new LineSigns(line);
    const change = async () => {
      for (const side of this.#sides) {
        try {
          await side.line.change(line);
        } catch (error) {
          // A port that goes away meanwhile is told by itself, and opened with the new settings.
          if (!side.line.isOpen || this.#stopped) continue;
          const { message } = await explainPortFailure(side.line.path, error);
          this.#notice(
            "error",
            `The line cannot be set to ${formatLineSettings(line)}. ${message}`,
          );
        }
      }
    };
    this.#changing = this.#changing.then(change);
  }

  #lose(side: Side, reason: string): void {
    const { path } = side.line;
    const message = `Port ${path} went away${reason === "" ? "" : ` (${reason})`}`;
    this.#record(side, rtacEvents.dataLost, message);
    const advice = `${message}; it is opened again as soon as it is back`;
    this.#say("waiting", "warning", advice);
  }

  #return(side: Side): void {
    const message = `Port ${side.line.path} is back, ${formatLineSettings(this.#line)}`;
    this.#record(side, rtacEvents.statusChange, message);
    this.#say(this.#phase, "information", message);
  }

  #showErrors(side: Side, { characters, breaks }: LineErrors, time: Timestamp): void {
    const { parityError, framingError } = rtacEvents;
    if (characters > 0) {
      const event = this.#line.parity === "none" ? framingError : parityError;
      const words = `${characters} characters with errors were read at once`;
      this.#record(side, event, characters === 1 ? undefined : words, time);
    }
    if (breaks === 0) return;
    const words = `${breaks} breaks were read at once`;
    this.#record(side, rtacEvents.break, breaks === 1 ? undefined : words, time);
    // Without marks a break reads as 00; so does a much slower line.
    this.#follow(this.#follower?.hear(new Uint8Array(breaks), milliseconds(time)));
  }

  #showOverruns(side: Side, characters: number): void {
    const words = characters === 1 ? "1 character was" : `${characters} characters were`;
    this.#record(side, rtacEvents.overflow, `${words} lost in the port`);
  }

  #showControlLines(side: Side, lines: number): void {
    side.controlLines = lines;
    this.#record(side, rtacEvents.statusChange);
  }

  /** Said now, and kept in the recording. */
  #notice(severity: TapState["severity"], message: string): void {
    const [side] = this.#sides;
    if (side !== undefined) this.#record(side, rtacEvents.statusChange, message);
    this.#say(this.#phase, severity, message);
  }

  get #phase(): TapState["phase"] {
    return this.#sides.every(({ line }) => line.isOpen) ? "open" : "waiting";
  }

  #record(side: Side, event: RtacEvent, comment?: string, time = this.#clock()): void {
    if (this.#stopped) return;
    this.#sink.take({
      kind: "packet",
      interface: 0,
      time,
      direction: null,
      bytes: createRtacEvent(time, event, side.controlLines),
      payloadLength: 0,
      isLineError: lineErrors.has(event),
      ...(comment === undefined ? {} : { comment }),
    });
  }

  #say(phase: TapState["phase"], severity: TapState["severity"], message: string): void {
    if (!this.#stopped) this.#sink.take({ kind: "state", phase, severity, message });
  }
}

/** Only lines that begin as IEC 62056-21 says go over to another speed. */
function followerFor(line: LineSettings): SpeedFollower | undefined {
  return line.dataBits === 7 || line.baud === linePresets.optical.baud
    ? new SpeedFollower(line)
    : undefined;
}

function milliseconds({ seconds, nanoseconds }: Timestamp): number {
  return seconds * 1000 + nanoseconds / 1e6;
}
