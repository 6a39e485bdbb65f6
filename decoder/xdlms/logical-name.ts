/** A logical name as people write it: `1-0:1.8.0*255`. `name` has 6 bytes. */
export function formatLogicalName(name: Uint8Array): string {
  return `${name[0]}-${name[1]}:${name[2]}.${name[3]}.${name[4]}*${name[5]}`;
}

/** The 6 bytes of `1-0:1.8.0*255` or `1.0.1.8.0.255`; undefined for what is no logical name. */
export function parseLogicalName(text: string): Uint8Array | undefined {
  const parts = /^(\d+)[-.](\d+)[:.](\d+)\.(\d+)\.(\d+)[*.](\d+)$/.exec(text);
  const numbers = parts?.slice(1).map(Number);
  if (numbers === undefined || numbers.some((number) => number > 255)) return undefined;
  return Uint8Array.from(numbers);
}

/**
 * Whether 6 bytes look like a logical name. Those that end with 255, as nearly all do, need a
 * medium of IEC 62056-61 in front; a billing period at the end is believed only behind the groups of
 * an energy or volume, because counters and addresses look alike.
 */
export function isPlausibleLogicalName(bytes: Uint8Array): boolean {
  if (bytes.length !== 6) return false;
  // By index: taking a typed array apart goes through an iterator, and this runs for every tree.
  const a = bytes[0] ?? 0;
  const b = bytes[1] ?? 0;
  const f = bytes[5] ?? 0;
  if (f === 255) return a <= 15 && b < 200;
  const medium = a === 1 || (a >= 4 && a <= 9);
  return (
    medium &&
    b <= 4 &&
    isWithin(1, bytes[2] ?? 0, 99) &&
    isWithin(1, bytes[3] ?? 0, 99) &&
    isWithin(0, bytes[4] ?? 0, 99) &&
    f <= 126
  );
}

function isWithin(least: number, value: number, most: number): boolean {
  return value >= least && value <= most;
}

/**
 * The 6 bytes of a logical name as one number, below 2^48: a text would be made for every value, and
 * bytes take longer to compare.
 */
export function numberOfName(name: ArrayLike<number>): number {
  let number = 0;
  // By index: the iterator of a typed array takes longer than all of this.
  for (let i = 0; i < name.length; i++) number = number * 256 + (name[i] ?? 0);
  return number;
}
