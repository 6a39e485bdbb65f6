import type { Timestamp } from "../decoder/chunk.js";

/** Years 1 to 9999, which every notation of a date can express. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

const TWO_TO_32 = 0x1_0000_0000;

/** Turns the two halves of a pcapng timestamp into a moment; null where no calendar has it. */
export type PcapngClock = (high: number, low: number) => Timestamp | null;

/**
 * The clock of an interface. `resolution` is its if_tsresol: a power of ten, or with the topmost
 * bit set of two, that makes a second; `offset` its if_tsoffset in seconds. Exact to the
 * nanosecond; what is finer is cut off.
 */
export function createPcapngClock(resolution: number, offset: bigint): PcapngClock {
  const exponent = resolution & 0x7f;
  const decimal = (resolution & 0x80) === 0;
  const exact = exactClock((decimal ? 10n : 2n) ** BigInt(exponent), offset);
  if (!decimal || exponent > 9) return exact;

  const unitsPerSecond = 10 ** exponent;
  const nanosecondsPerUnit = 10 ** (9 - exponent);
  const offsetSeconds = Number(offset);
  return (high, low) => {
    // 64 bits do not fit into a number. The quotient does, at most one too great or too small, and
    // so does the remainder, which is small enough to be known from the lower 32 bits alone.
    let seconds = Math.floor((high * TWO_TO_32 + low) / unitsPerSecond);
    if (seconds > LAST_SECOND) return exact(high, low);
    let units = (low - Math.imul(seconds, unitsPerSecond)) | 0;
    if (units < 0) {
      seconds -= 1;
      units += unitsPerSecond;
    } else if (units >= unitsPerSecond) {
      seconds += 1;
      units -= unitsPerSecond;
    }
    return moment(seconds + offsetSeconds, units * nanosecondsPerUnit);
  };
}

function exactClock(unitsPerSecond: bigint, offset: bigint): PcapngClock {
  return (high, low) => {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const seconds = units / unitsPerSecond + offset;
    const nanoseconds = ((units % unitsPerSecond) * 1_000_000_000n) / unitsPerSecond;
    return moment(Number(seconds), Number(nanoseconds));
  };
}

function moment(seconds: number, nanoseconds: number): Timestamp | null {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return null;
  return { seconds, nanoseconds, dated: true };
}
