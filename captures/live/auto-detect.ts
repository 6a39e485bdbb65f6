/**
 * Finds the settings of a line out by trying the usual ones. Pure: bytes and times in, what to try
 * next out.
 *
 * Strategy. A frame with a right checksum proves a setting, and so does a message of IEC 62056-21.
 * A setting is dropped when enough has been heard for such a thing to be there: two bursts, for the
 * first may have been entered in the middle, or a long one. Silence says nothing; one waits. Where
 * a round of all proves none, the one that gave the most readable text is taken, if any did.
 */
import { countFrames, type FoundFrames, findFrames } from "./frame-checks.js";
import { formatLineSettings, linePresets } from "./line-settings.js";
import { carriesParityBits } from "./line-signs.js";
import type { LineSettings } from "./tap-settings.js";

/** What bytes say of the settings with which they were heard. */
export interface LineScore {
  /** 0 to 1; from 0.9 on they are proven. */
  readonly score: number;
  /** Why, in words. */
  readonly finding: string;
}

export interface TriedLine extends LineScore {
  readonly line: LineSettings;
  readonly bytes: number;
}

export type DetectionStep =
  | {
      /** The line is to be set so now. */
      readonly kind: "try";
      readonly line: LineSettings;
      /** The one before, and why it was dropped. */
      readonly dropped: TriedLine;
    }
  | {
      readonly kind: "found";
      readonly line: LineSettings;
      /** Each line of it one sentence: the choice first, then what else was tried. */
      readonly explanation: readonly string[];
    };

/** In the order of how often they are met. */
export const usualLines: readonly LineSettings[] = [
  linePresets.hdlc,
  linePresets.han,
  linePresets.p1,
  linePresets.optical,
  { ...linePresets.optical, baud: 9600 },
  { ...linePresets.hdlc, baud: 19_200 },
  { ...linePresets.hdlc, baud: 38_400 },
  { ...linePresets.hdlc, baud: 4800 },
  { ...linePresets.hdlc, baud: 57_600 },
  { ...linePresets.han, baud: 9600 },
];

const proof = 0.9;
const keptBytes = 8192;
/** Milliseconds of silence that end a burst. */
const burstSilence = 250;
const burstsNeeded = 2;
const bytesNeeded = 24;
/** So many bytes hold a frame, wherever they begin. */
const bytesEnough = 4096;
const scoreStep = 512;

/** Tells how well bytes fit the settings with which they were heard. */
export function scoreLine(bytes: Uint8Array): LineScore {
  const found = findFrames(bytes);
  const count = countFrames(found);
  if (count > 0) return { score: 1 - 0.1 / (count + 1), finding: describeFrames(found) };
  if (bytes.length === 0) return { score: 0, finding: "nothing was heard" };
  let text = 0;
  for (const byte of bytes) if (isPrintable(byte & 0x7f)) text += 1;
  const share = text / bytes.length;
  if (bytes.length >= bytesNeeded && share > 0.95) {
    return {
      score: share / 2,
      finding: `${percent(share)} of it is text, but no message is whole`,
    };
  }
  return { score: 0, finding: "no frame with a right checksum is in it" };
}

/** Tries one setting after the other, from the first of `lines` on. */
export class AutoDetect {
  readonly #lines: readonly LineSettings[];
  readonly #tried = new Map<LineSettings, TriedLine>();
  readonly #bytes = new Uint8Array(keptBytes);
  #current = 0;
  #filled = 0;
  #heard = 0;
  #scored = 0;
  #bursts = 0;
  #inBurst = false;
  #last = 0;

  constructor(lines: readonly LineSettings[] = usualLines) {
    this.#lines = lines;
  }

  /** The setting on trial. */
  get line(): LineSettings {
    return this.#lines[this.#current] ?? linePresets.hdlc;
  }

  /** Takes bytes heard at `now`, in milliseconds of any clock that does not go back. */
  hear(bytes: Uint8Array, now: number): DetectionStep | undefined {
    this.#last = now;
    this.#inBurst = true;
    this.#heard += bytes.length;
    const piece = bytes.subarray(Math.max(0, bytes.length - keptBytes));
    const kept = Math.min(this.#filled, keptBytes - piece.length);
    this.#bytes.copyWithin(0, this.#filled - kept, this.#filled);
    this.#bytes.set(piece, kept);
    this.#filled = kept + piece.length;
    return this.#heard - this.#scored >= scoreStep ? this.#judge() : undefined;
  }

  /** Time passes without a byte. To be called some times a second. */
  tick(now: number): DetectionStep | undefined {
    if (!this.#inBurst || now - this.#last < burstSilence) return undefined;
    this.#inBurst = false;
    this.#bursts += 1;
    return this.#judge();
  }

  #judge(): DetectionStep | undefined {
    this.#scored = this.#heard;
    const score = scoreLine(this.#bytes.subarray(0, this.#filled));
    const tried: TriedLine = { ...score, line: this.line, bytes: this.#heard };
    if (score.score >= proof) return this.#choose(this.#withParity(tried));
    const isEnough = this.#bursts >= burstsNeeded && this.#heard >= bytesNeeded;
    if (!isEnough && this.#heard < bytesEnough) return undefined;
    this.#tried.set(tried.line, tried);
    if (this.#current === this.#lines.length - 1) {
      const best = [...this.#tried.values()].sort((a, b) => b.score - a.score)[0];
      if (best !== undefined && best.score > 0) return this.#choose(best);
    }
    this.#current = (this.#current + 1) % this.#lines.length;
    this.#filled = 0;
    this.#heard = 0;
    this.#scored = 0;
    this.#bursts = 0;
    this.#inBurst = false;
    return { kind: "try", line: this.line, dropped: tried };
  }

  /** Characters of 7E1 are whole messages with 8N1, too: their parity bits tell. */
  #withParity(tried: TriedLine): TriedLine {
    const { line, finding } = tried;
    if (line.dataBits !== 8 || line.parity !== "none") return tried;
    if (!carriesParityBits(this.#bytes.subarray(0, this.#filled))) return tried;
    return {
      ...tried,
      line: { ...line, dataBits: 7, parity: "even" },
      finding: `${finding}; bit 7 of every character is its parity`,
    };
  }

  #choose(chosen: TriedLine): DetectionStep {
    const others = [...this.#tried.values()].filter(({ line }) => line !== chosen.line);
    const explanation = [
      `${formatLineSettings(chosen.line)}: ${chosen.finding}`,
      ...others.map(describeTried),
    ];
    return { kind: "found", line: chosen.line, explanation };
  }
}

/** `2400 8E1 was tried: 120 bytes, no frame with a right checksum is in it`. */
export function describeTried({ line, bytes, finding }: TriedLine): string {
  return `${formatLineSettings(line)} was tried: ${bytes} bytes, ${finding}`;
}

function describeFrames({ hdlc, mbus, p1, iec6205621 }: FoundFrames): string {
  const parts = [
    count(hdlc, "HDLC frame", " with a right frame check sequence"),
    count(mbus, "M-Bus frame", " with a right checksum"),
    count(p1, "P1 telegram", ""),
    count(iec6205621, "message", " of IEC 62056-21"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function count(number: number, noun: string, what: string): string {
  if (number === 0) return "";
  return `${number} ${noun}${number === 1 ? "" : "s"}${what}`;
}

function isPrintable(character: number): boolean {
  return (character >= 0x20 && character < 0x7f) || character === 0x0d || character === 0x0a;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
