/** Value groups A and B: the medium and the channel. IEC 62056-6-1, Value group A codes, B codes. */

const media: Readonly<Partial<Record<number, string>>> = {
  0: "Abstract object",
  1: "Electricity",
  4: "Heat cost allocator",
  5: "Cooling",
  6: "Heat",
  7: "Gas",
  8: "Cold water",
  9: "Hot water",
  15: "Other medium",
};

/** `Electricity`; undefined for a value that is reserved. */
export function findMedium(a: number): string | undefined {
  return media[a];
}

/** What value group B means: `Channel 2`. */
export function channelMeaning(b: number): string {
  if (b === 0) return "No channel";
  if (b <= 64) return `Channel ${b}`;
  if (b <= 127) return "Utility specific";
  if (b <= 199) return "Manufacturer specific";
  return "Reserved";
}
