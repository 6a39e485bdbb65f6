/** A logical name as people write it: `1-0:1.8.0*255`. `name` has 6 bytes. */
export function formatLogicalName(name: Uint8Array): string {
  const [a, b, c, d, e, f] = name;
  return `${a}-${b}:${c}.${d}.${e}*${f}`;
}

/**
 * Whether 6 bytes look like a logical name. Those that end with 255, as nearly all do, need a
 * medium of IEC 62056-61 in front; a billing period at the end is believed only behind the groups of
 * an energy or volume, because counters and addresses look alike.
 */
export function isPlausibleLogicalName(bytes: Uint8Array): boolean {
  if (bytes.length !== 6) return false;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  if (f === 255) return a <= 15 && b < 200;
  const medium = a === 1 || (a >= 4 && a <= 9);
  return medium && b <= 4 && isWithin(1, c, 99) && isWithin(1, d, 99) && e <= 99 && f <= 126;
}

function isWithin(least: number, value: number, most: number): boolean {
  return value >= least && value <= most;
}
