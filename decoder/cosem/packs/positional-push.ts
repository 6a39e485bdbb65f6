/**
 * Pushes whose values come without the names of their objects. What stands where is a habit of the
 * vendor and the operator, published by them or worked out by those who read their meters: a habit is
 * a guess from types, lengths and first letters, and is told with its label.
 */
import type { Data } from "../../xdlms/data.js";
import { habits } from "./positional-habits.js";

/** The object behind a position. */
export interface PositionalColumn {
  readonly classId: number;
  /** `1-0:1.8.0*255`. */
  readonly obis: string;
  readonly attribute: number;
  /** What the number counts in, where the push does not say. */
  readonly scaler?: number;
  /** A code of the table of units. */
  readonly unit?: number;
  readonly name?: string;
}

/** What a vendor's push looks like. */
export interface PositionalPush {
  readonly id: string;
  /** `Kaifa list 2, three phases (Norway, Sweden)`. */
  readonly label: string;
  /** Where the habit is from, in words. */
  readonly source: string;
  /**
   * What must stand at each position: a type, maybe its length in bytes or characters and how its
   * text begins; `|` between alternatives: `octet-string:12`, `octet-string:7=KFM_001`,
   * `double-long-unsigned|long64-unsigned`.
   */
  readonly types: readonly string[];
  /** By position; undefined where nobody has published what it is. */
  readonly columns: readonly (PositionalColumn | undefined)[];
}

/** The habit that a push's elements show; undefined where they show none. */
export function findPositionalPush(elements: readonly Data[]): PositionalPush | undefined {
  return habits.find(
    ({ types }) =>
      types.length === elements.length && elements.every((data, i) => fits(data, types[i] ?? "")),
  );
}

interface TypeMatch {
  readonly type: string;
  readonly length: number | undefined;
  readonly start: string | undefined;
}

/** What has been read of the table so far. */
const matches = new Map<string, readonly TypeMatch[]>();

function fits(data: Data, types: string): boolean {
  let alternatives = matches.get(types);
  if (alternatives === undefined) {
    alternatives = types.split("|").map(readTypeMatch);
    matches.set(types, alternatives);
  }
  return alternatives.some(({ type, length, start }) => {
    if (data.type !== type) return false;
    if (length === undefined && start === undefined) return true;
    const text = textOf(data);
    if (text === undefined || (length !== undefined && text.length !== length)) return false;
    return start === undefined || text.startsWith(start);
  });
}

function readTypeMatch(text: string): TypeMatch {
  const [, type = "", length, start] = /^([a-z0-9-]+)(?::(\d+))?(?:=(.+))?$/.exec(text) ?? [];
  return { type, length: length === undefined ? undefined : Number(length), start };
}

/** A character for each byte; undefined for what is no string. */
function textOf(data: Data): string | undefined {
  if (data.type === "octet-string") return String.fromCharCode(...data.value.subarray(0, 64));
  return data.type === "visible-string" || data.type === "utf8-string" ? data.value : undefined;
}
