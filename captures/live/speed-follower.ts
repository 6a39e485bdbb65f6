/**
 * Follows a line of IEC 62056-21 from its opening speed to the one that its ends agree on, and back.
 * Pure: bytes and times in, changes of the line out.
 *
 * Strategy. At the opening speed the identification of the meter (`/XXXZ...`) and the option select
 * of the client (ACK V Z Y) are looked for, without their parity bits. ACK with V and Y of 2 is mode
 * E: HDLC at 8N1. ACK with V of 0 is mode C, and a letter in the identification mode B: the same
 * character format at the new speed. Back it goes when the dialogue has ended (a readout's block
 * check, a sign-off, DISC and its answer) and the line is silent; when it is silent for as long as
 * meters wait at most; or when somebody begins to talk slowly: characters of 300 Bd are, to a port
 * that is eight times as fast or more, one low level after the other.
 */
import { formatLineSettings, linePresets } from "./line-settings.js";
import type { LineSettings } from "./tap-settings.js";

/** What was recognised. */
export interface SpeedNews {
  /** The settings that the line has from now on; undefined where they cannot be known. */
  readonly line: LineSettings | undefined;
  readonly reason: string;
}

/** IEC 62056-21, Baud rate identification: digits of modes C and E, letters of mode B. */
const speeds: Readonly<Record<string, number>> = {
  "0": 300,
  "1": 600,
  "2": 1200,
  "3": 2400,
  "4": 4800,
  "5": 9600,
  "6": 19_200,
  A: 600,
  B: 1200,
  C: 2400,
  D: 4800,
  E: 9600,
  F: 19_200,
};

const soh = 0x01;
const stx = 0x02;
const etx = 0x03;
const ack = 0x06;
const nak = 0x15;
const slash = 0x2f;
const lineFeed = 0x0a;
const flag = 0x7e;
const longestMessage = 64;

/** Milliseconds without a byte, behind the end of a dialogue. Meters take up to 1500 to answer. */
const endSilence = 1600;
/** Meters give a dialogue up after 60 to 120 s (IEC 62056-21; IEC 62056-46, inactivity time-out). */
const longestSilence = 120_000;
/** A burst begins after so long a silence. */
const burstSilence = 800;
const slowBytesNeeded = 4;

type Dialogue = "readout" | "programming" | "hdlc";

export class SpeedFollower {
  readonly #opening: LineSettings;
  #line: LineSettings;
  #dialogue: Dialogue | undefined;
  #message = "";
  #last = Number.NEGATIVE_INFINITY;
  /** The dialogue has come to its end, if nothing follows. */
  #hasEnded = false;
  #slowBytes = -1;
  readonly #tail: number[] = [];
  #disconnects = false;

  constructor(opening: LineSettings = linePresets.optical) {
    this.#opening = opening;
    this.#line = opening;
  }

  /** The settings that the line has, as far as it is followed. */
  get line(): LineSettings {
    return this.#line;
  }

  /** Takes bytes in the order of the line; `now` in milliseconds of any clock that does not go back. */
  hear(bytes: Uint8Array, now: number): SpeedNews | undefined {
    const silence = now - this.#last;
    let news = this.tick(now);
    this.#last = now;
    if (this.#dialogue !== undefined) {
      if (silence >= burstSilence) this.#slowBytes = 0;
      return this.#hearFast(bytes);
    }
    for (const byte of bytes) {
      news = this.#hearOpening(byte & 0x7f) ?? news;
      if (this.#dialogue !== undefined) break;
    }
    return news;
  }

  /** Time passes without a byte. */
  tick(now: number): SpeedNews | undefined {
    if (this.#dialogue === undefined) return undefined;
    const silence = now - this.#last;
    if (this.#hasEnded && silence >= endSilence) return this.#return("the dialogue has ended");
    if (silence < longestSilence) return undefined;
    return this.#return(`nothing was said for ${longestSilence / 1000} seconds`);
  }

  /** One character at the opening speed, without parity. */
  #hearOpening(character: number): SpeedNews | undefined {
    if (character === slash || character === ack) {
      this.#message = String.fromCharCode(character);
      return undefined;
    }
    if (this.#message === "") return undefined;
    this.#message += String.fromCharCode(character);
    if (character === lineFeed) {
      const message = this.#message;
      this.#message = "";
      return message.startsWith("/") ? this.#identified(message) : this.#selected(message);
    }
    const isText = (character >= 0x20 && character < 0x7f) || character === 0x0d;
    if (!isText || this.#message.length > longestMessage) this.#message = "";
    return undefined;
  }

  /** Mode B says no more: the meter goes to its speed behind the identification. */
  #identified(message: string): SpeedNews | undefined {
    const [, letter] = /^\/[A-Za-z]{3}([A-I])[^\r\n]*\r\n$/.exec(message) ?? [];
    if (letter === undefined) return undefined;
    return this.#leave(letter, "readout", "The meter's identification asks for mode B");
  }

  #selected(message: string): SpeedNews | undefined {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ACK begins the message.
    const [, control, speed, mode] = /^\x06([\dA-Z])([\dA-Z])([\dA-Z])\r\n$/.exec(message) ?? [];
    if (control === undefined || speed === undefined || mode === undefined) return undefined;
    const words = `The client has sent ACK ${control} ${speed} ${mode}`;
    if (control === "2" && mode === "2")
      return this.#leave(speed, "hdlc", `${words}: mode E, HDLC`);
    const isProgramming = mode === "1";
    const purpose = isProgramming ? "programming mode" : "data readout";
    return this.#leave(speed, isProgramming ? "programming" : "readout", `${words}: ${purpose}`);
  }

  #leave(speed: string, dialogue: Dialogue, words: string): SpeedNews | undefined {
    const baud = speeds[speed];
    if (baud === undefined) {
      return { line: undefined, reason: `${words}, at the reserved speed ${speed}` };
    }
    const format = dialogue === "hdlc" ? linePresets.hdlc : this.#opening;
    const line = { ...format, baud };
    if (baud === this.#opening.baud && dialogue !== "hdlc") return undefined;
    this.#line = line;
    this.#dialogue = dialogue;
    this.#hasEnded = false;
    this.#disconnects = false;
    this.#slowBytes = -1;
    this.#tail.length = 0;
    return { line, reason: `${words} at ${formatLineSettings(line)}` };
  }

  #return(why: string): SpeedNews {
    this.#line = this.#opening;
    this.#dialogue = undefined;
    this.#message = "";
    return { line: this.#opening, reason: `Back to ${formatLineSettings(this.#opening)}: ${why}` };
  }

  /** At the new speed only the end of the dialogue is looked for. */
  #hearFast(bytes: Uint8Array): SpeedNews | undefined {
    for (const byte of bytes) {
      if (this.#slowBytes >= 0 && this.#isSlow(byte)) {
        this.#slowBytes += 1;
        if (this.#slowBytes < slowBytesNeeded) continue;
        return this.#return("somebody talks at a lower speed");
      }
      this.#slowBytes = -1;
      if (this.#dialogue === "hdlc") this.#hearHdlc(byte);
      else this.#hearText(byte & 0x7f);
    }
    return undefined;
  }

  /** A low level that lasts for the whole character, or for all of it but its last bits. */
  #isSlow(byte: number): boolean {
    if (this.#line.baud < this.#opening.baud * 8) return false;
    return byte === 0x00 || byte === 0x40 || byte === 0x80 || byte === 0xc0;
  }

  /** The tail is that of the message: from SOH or STX to behind the block check. */
  #hearText(character: number): void {
    const tail = this.#tail;
    const [start, , , end] = tail;
    if (tail.at(-1) === etx && tail.length > 1) {
      // The block check: the message is complete.
      const isSignOff = start === soh && tail[1] === 0x42 && tail[2] === 0x30 && end === etx;
      this.#hasEnded = isSignOff || (start === stx && this.#dialogue === "readout");
      tail.length = 0;
      return;
    }
    // Inside of commands STX begins the data.
    if (character === stx && tail[0] === soh) return;
    if (character === soh || character === stx || character === nak || character === ack) {
      tail.length = 0;
      this.#hasEnded = false;
      if (character === soh || character === stx) tail.push(character);
      return;
    }
    if (tail.length === 0) return;
    if (tail.length < 4) tail.push(character);
    else if (character === etx) tail[3] = etx;
  }

  /** The tail is the HDLC frame in hand, as far as its control field. */
  #hearHdlc(byte: number): void {
    const tail = this.#tail;
    if (byte === flag && (tail.length <= 1 || tail.length >= 6)) {
      tail.length = 0;
      tail.push(byte);
      return;
    }
    if (tail[0] !== flag || tail.length > 12) return;
    tail.push(byte);
    const control = controlField(tail);
    if (control === undefined) return;
    const isDisconnect = control === 0x43;
    const isAnswer = control === 0x63 || control === 0x0f;
    this.#hasEnded = isAnswer && this.#disconnects;
    this.#disconnects = isDisconnect || (this.#disconnects && isAnswer);
    // Told once: the rest of the frame is of no interest.
    tail.push(...Array.from({ length: 13 - tail.length }, () => 0));
  }
}

/**
 * The control field, without its poll/final bit, where it is the last byte there is: behind two
 * addresses of one, two or four bytes, whose last has its lowest bit set (IEC 62056-46).
 */
function controlField(frame: readonly number[]): number | undefined {
  if (((frame[1] ?? 0) & 0xf0) !== 0xa0) return undefined;
  let ends = 0;
  for (let at = 3; at < frame.length; at++) {
    const byte = frame[at] as number;
    if (ends === 2) return at === frame.length - 1 ? byte & 0xef : undefined;
    if ((byte & 1) === 1) ends += 1;
  }
  return undefined;
}
