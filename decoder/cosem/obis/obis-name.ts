/** What a logical name says: how it is written down once it has been worked out. */

/** A value group of a logical name, and what its number means there. */
export interface ObisGroup {
  readonly group: "A" | "B" | "C" | "D" | "E" | "F";
  readonly value: number;
  /** In a few words: `Electricity`, `Active power+ (import)`, `Rate 1`. */
  readonly meaning: string;
}

/** The name of an object, and who gave it. */
export interface ObisName {
  /** `Active energy import (+A)`, `Active energy import (+A), rate 1, last billing period`. */
  readonly name: string;
  /** False where the groups say but the medium, or that the maker knows. */
  readonly isSpecific: boolean;
  /** Who says so: `IEC 62056-6-1`, the name of a country's pack, the path of the user's file. */
  readonly by: string;
  /** The interface class that the object usually has, where that is certain. */
  readonly classId?: number | undefined;
  /** What the number counts in where the meter does not say: a code of the table of units. */
  readonly unit?: number | undefined;
  readonly scaler?: number | undefined;
  /** A sum over all rates, which the standard's name does not say; other names are whole. */
  readonly isTotal?: boolean | undefined;
}
