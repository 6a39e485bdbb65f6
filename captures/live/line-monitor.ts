/** Counts what a line brings, and how fast. */
import type { CaptureCounts } from "./capture-messages.js";
import type { TapPacket } from "./tap.js";

/** Rates are those of so long before now, in milliseconds. */
const span = 1000;

interface Sample {
  readonly time: number;
  readonly total: CaptureCounts;
}

const nothing: CaptureCounts = { bytes: 0, packets: 0, errors: 0 };

/** Times are in milliseconds of any clock that only goes forward. */
export class LineMonitor {
  #total = nothing;
  #samples: readonly Sample[];

  constructor(now: number) {
    this.#samples = [{ time: now, total: nothing }];
  }

  get total(): CaptureCounts {
    return this.#total;
  }

  /** A packet has come. Events of the line are not packets of it, but may be errors. */
  count({ payloadLength, isLineError }: TapPacket): void {
    const { bytes, packets, errors } = this.#total;
    this.#total = {
      bytes: bytes + payloadLength,
      packets: packets + (payloadLength > 0 ? 1 : 0),
      errors: errors + (isLineError ? 1 : 0),
    };
  }

  /** What came in the last second. To be asked some times a second. */
  perSecond(now: number): CaptureCounts {
    const total = this.#total;
    const later = this.#samples.filter(({ time }) => now - time < span);
    // The youngest of those that are a second old or more: from it on a second is counted.
    const before = this.#samples.findLast(({ time }) => now - time >= span) ?? this.#samples[0];
    this.#samples = [
      ...(before === undefined ? [] : [before]),
      ...later.filter((one) => one !== before),
      { time: now, total },
    ];
    if (before === undefined || now <= before.time) return nothing;
    const seconds = Math.max(span, now - before.time) / 1000;
    return {
      bytes: (total.bytes - before.total.bytes) / seconds,
      packets: (total.packets - before.total.packets) / seconds,
      errors: (total.errors - before.total.errors) / seconds,
    };
  }
}
