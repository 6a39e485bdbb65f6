import type { Parties } from "./parties.js";

/** An end of a link as one number: upper and, where it has one, lower address. */
export function numberOfEnd({ upper, lower }: Parties["source"]): number {
  return lower === undefined ? upper : upper + (lower + 1) * lowerStep;
}

/** Beyond every upper address: wPorts have 16 bits. */
const lowerStep = 1 << 17;

type ByEnds = Map<number, Map<number, number>>;

/**
 * Numbers conversations by line, flow and both ends, from 0 on, without making a text of these for
 * every frame. Which of the ends has sent a frame makes no difference.
 */
export class ConversationTable {
  readonly #byLine = new Map<number, Map<string, ByEnds>>();
  #size = 0;
  /** What was asked for last: most frames have the ends of the one before, in one order or the other. */
  #line = -1;
  #flow = "";
  #low = 0;
  #high = 0;
  #number = 0;

  /** The number of the conversation there: the next one where its first frame has come. */
  find(line: number, flow: string, one: number, other: number): number {
    const low = Math.min(one, other);
    const high = Math.max(one, other);
    const isSame = low === this.#low && high === this.#high && line === this.#line;
    if (!isSame || flow !== this.#flow) {
      this.#number = this.#find(line, flow, low, high);
      this.#line = line;
      this.#flow = flow;
      this.#low = low;
      this.#high = high;
    }
    return this.#number;
  }

  #find(line: number, flow: string, low: number, high: number): number {
    const ends: ByEnds = findOrAdd(findOrAdd(this.#byLine, line), flow);
    const byHigh = findOrAdd(ends, low);
    let number = byHigh.get(high);
    if (number === undefined) {
      number = this.#size;
      this.#size += 1;
      byHigh.set(high, number);
    }
    return number;
  }
}

function findOrAdd<Key, Inner, Value>(
  map: Map<Key, Map<Inner, Value>>,
  key: Key,
): Map<Inner, Value> {
  let inner = map.get(key);
  if (inner === undefined) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}
