/**
 * What was worked out lately, by two numbers: so many places, and whoever comes last keeps one.
 * Captures name few objects in many frames; a map would grow with whatever a hostile one holds, and
 * takes longer to ask.
 */
export class KnownPlaces<Value> {
  readonly #mask: number;
  readonly #names: Float64Array;
  readonly #items: Int32Array;
  readonly #values: (Value | undefined)[];

  /** `places`: a power of two. */
  constructor(places: number) {
    this.#mask = places - 1;
    // No name is negative.
    this.#names = new Float64Array(places).fill(-1);
    this.#items = new Int32Array(places);
    this.#values = new Array(places).fill(undefined);
  }

  /** What was kept for the whole number `name`, below 2^48, and `item`, of 32 bits. */
  find(name: number, item: number): Value | undefined {
    const place = placeOf(name, item, this.#mask);
    const isSame = this.#names[place] === name && this.#items[place] === item;
    return isSame ? this.#values[place] : undefined;
  }

  keep(name: number, item: number, value: Value): Value {
    const place = placeOf(name, item, this.#mask);
    this.#names[place] = name;
    this.#items[place] = item;
    this.#values[place] = value;
    return value;
  }
}

function placeOf(name: number, item: number, mask: number): number {
  const high = Math.floor(name / 0x1_0000);
  // The remainder of a double is a slow operation.
  const low = name - 0x1_0000 * high;
  let hash = Math.imul(high ^ item, 0x9e3779b1);
  hash = Math.imul((hash ^ (hash >>> 15)) + low, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & mask;
}
