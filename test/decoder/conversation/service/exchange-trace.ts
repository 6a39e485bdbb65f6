/** A conversation of one client and one server, frame by frame, and what `Exchanges` makes of it. */
import type { Direction } from "../../../../decoder/chunk.js";
import type { AnsweredRequest } from "../../../../decoder/conversation/answered-request.js";
import { observeFrame } from "../../../../decoder/conversation/observe-frame.js";
import type { FindingSink } from "../../../../decoder/conversation/observed-frame.js";
import { Exchanges } from "../../../../decoder/conversation/service/exchanges.js";
import type { DiagnosticDefinition, Severity } from "../../../../decoder/core/diagnostics.js";
import type { Finding } from "../../../../decoder/core/finding.js";
import type { PartChain } from "../../../../decoder/core/parts.js";
import { NullRecorder } from "../../../../decoder/core/recorder.js";
import { dissect } from "../../../../decoder/dissect.js";
import { hdlcFrame, withLlc, wrap } from "../../../bench/messages.js";
import { createContext, toBytes } from "../../dissect-bytes.js";

export interface FrameOptions {
  /** Seconds; no time where it is left out. */
  readonly time?: number;
  readonly damaged?: boolean;
}

/** A finding as tests write it: `frame code`. */
export type FoundCode = string;

export class Trace {
  /** `frame code` of everything that was found, in the order in which it was found. */
  readonly found: FoundCode[] = [];
  /** The same with the details, by `frame code`. */
  readonly details = new Map<FoundCode, string | undefined>();
  /** How severe they are, by `frame code`. */
  readonly severities = new Map<FoundCode, Severity>();
  /** What of the frame they are about, by `frame code`. */
  readonly abouts = new Map<FoundCode, Finding["about"]>();
  /** What each frame answers, by its number. */
  readonly answers = new Map<number, AnsweredRequest>();
  readonly exchanges = new Exchanges();
  #pending: ReadonlyMap<string, PartChain> = new Map();
  #number = 0;

  /** The client sends an APDU in a wrapper frame. */
  client(apdu: string, options: FrameOptions = {}): this {
    return this.#wrapper("client-to-server", apdu, options);
  }

  /** The server sends an APDU in a wrapper frame. */
  server(apdu: string, options: FrameOptions = {}): this {
    return this.#wrapper("server-to-client", apdu, options);
  }

  /** The client sends an HDLC frame; `control` is the whole field, `apdu` goes behind the LLC header. */
  clientHdlc(control: number, apdu = "", options: FrameOptions = {}): this {
    return this.#hdlc("client-to-server", control, apdu, options);
  }

  serverHdlc(control: number, apdu = "", options: FrameOptions = {}): this {
    return this.#hdlc("server-to-client", control, apdu, options);
  }

  finish(): this {
    this.exchanges.finish(this.#sink());
    return this;
  }

  #wrapper(direction: Direction, apdu: string, options: FrameOptions): this {
    const toServer = direction === "client-to-server";
    const bytes = wrap(Buffer.from(toBytes(apdu)), toServer ? 16 : 1, toServer ? 1 : 16);
    return this.#add("wrapper", direction, bytes, options);
  }

  #hdlc(direction: Direction, control: number, apdu: string, options: FrameOptions): this {
    const toServer = direction === "client-to-server";
    const content = Buffer.from(toBytes(apdu));
    const information = content.length === 0 ? content : withLlc(content, toServer);
    return this.#add("hdlc", direction, hdlcFrame(toServer, control, information), options);
  }

  #add(
    framing: "wrapper" | "hdlc",
    direction: Direction,
    bytes: Uint8Array,
    { time, damaged = false }: FrameOptions,
  ): this {
    this.#number += 1;
    const link = {
      framing,
      bytes,
      time: time === undefined ? null : toTimestamp(time),
      interface: 0,
      mark: direction,
      carriers: [],
      pieces: [],
      flow: "",
      fromFirst: null,
      notices: [],
    };
    const context = createContext({ number: this.#number, direction, pending: this.#pending });
    const dissection = dissect(link, context, new NullRecorder());
    const pending = new Map(this.#pending);
    for (const { message, chain } of dissection.parts) pending.set(message, chain);
    this.#pending = pending;
    const frame = { ...observeFrame(link, context, dissection), damaged };
    const answer = this.exchanges.observe(frame, this.#sink());
    if (answer !== undefined) this.answers.set(this.#number, answer);
    return this;
  }

  #sink(): FindingSink {
    const add = (
      frame: number,
      { code, severity }: DiagnosticDefinition,
      detail: string | undefined,
      about?: Finding["about"],
    ) => {
      const found = `${frame} ${code}`;
      this.found.push(found);
      this.details.set(found, detail);
      this.severities.set(found, severity);
      this.abouts.set(found, about);
    };
    return {
      report: (definition, detail, about) => add(this.#number, definition, detail, about),
      amend: (frame, definition, detail) => add(frame, definition, detail),
    };
  }
}

function toTimestamp(time: number) {
  const seconds = Math.floor(time);
  return { seconds, nanoseconds: Math.round((time - seconds) * 1e9), dated: true };
}

/** GET of 1-0:1.8.0*255 class 3 attribute 2; `invoke` is Invoke-Id-And-Priority, C1 is invoke-id 1. */
export const get = (invoke = "c1", attribute = "02") =>
  `c001${invoke} 0003 0100010800ff ${attribute} 00`;
/** Its answer: double-long-unsigned 5. */
export const got = (invoke = "c1", value = "05") => `c401${invoke} 00 06 000000${value}`;
/** Get-Request-Next. */
export const next = (block: number, invoke = "c1") => `c002${invoke} ${u32(block)}`;
/** Get-Response-With-Datablock with some bytes of raw data. */
export const block = (number: number, last: boolean, raw = "0203", invoke = "c1") =>
  `c402${invoke} ${last ? "01" : "00"} ${u32(number)} 00 ${lengthOf(raw)} ${raw}`;

export function u32(value: number): string {
  return value.toString(16).padStart(8, "0");
}

/** The length of hex below 128 bytes, as A-XDR writes it. */
export function lengthOf(hex: string): string {
  return toBytes(hex).length.toString(16).padStart(2, "0");
}
