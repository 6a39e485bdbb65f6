/**
 * Values as engineers write them. The point is moved within the digits: nothing is rounded and no
 * digit is lost, whatever the size of the number.
 */
import { findUnit, type Unit } from "./units.js";

/** Powers of ten of the prefixes, ascending. */
const prefixes: readonly (readonly [power: number, symbol: string])[] = [
  [-6, "µ"],
  [-3, "m"],
  [0, ""],
  [3, "k"],
  [6, "M"],
  [9, "G"],
  [12, "T"],
];

/** The prefixes that are used with a unit, from the smallest power to the greatest. */
const usual: Readonly<Partial<Record<number, readonly [least: number, most: number]>>> = {
  23: [0, 6], // Pa
  25: [0, 12], // J
  26: [0, 12], // J/h
  27: [0, 12], // W
  28: [0, 12], // VA
  29: [0, 12], // var
  30: [0, 12], // Wh
  31: [0, 12], // VAh
  32: [0, 12], // varh
  33: [-3, 3], // A
  35: [-3, 6], // V
  38: [0, 9], // Ω
  44: [0, 6], // Hz
  57: [0, 3], // Ah
  60: [0, 6], // Wh/m³
  61: [0, 9], // J/m³
  65: [0, 9], // J/kg
};

/** Below this the value keeps its unit: 0.5 A is not 500 mA, but 0.005 A is 5 mA. */
const leastPlain = -2;

/** raw * 10^scaler as a decimal number without an exponent: 123456 and -3 are `123.456`. */
export function scaleExactly(raw: number | bigint, scaler: number): string {
  const { sign, digits, exponent } = takeApart(raw);
  const scaled = write(digits, exponent + scaler);
  return scaled === undefined ? String(raw) : sign + scaled;
}

/**
 * The scaled value with its unit, and with a prefix where one is usual: `123.456 kWh`, `0.5 A`,
 * `21.5 °C`. `unit` is the code or the unit; a code that is reserved is named with its number, and
 * a count stands alone.
 */
export function formatQuantity(
  raw: number | bigint,
  scaler: number,
  unit: number | Unit | undefined,
): string {
  const known = typeof unit === "number" ? (findUnit(unit) ?? unknown(unit)) : unit;
  if (known === undefined || known.symbol === "") return scaleExactly(raw, scaler);
  const [power, prefix] = choosePrefix(raw, scaler, known.code);
  return `${scaleExactly(raw, scaler - power)} ${prefix}${known.symbol}`;
}

function unknown(code: number): Unit {
  return { code, symbol: `(unit ${code})`, name: `unit ${code}`, quantity: "unknown" };
}

function choosePrefix(
  raw: number | bigint,
  scaler: number,
  code: number,
): readonly [power: number, symbol: string] {
  const plain = [0, ""] as const;
  const range = usual[code];
  const { digits, exponent } = takeApart(raw);
  if (range === undefined || digits === "0" || Number.isNaN(exponent)) return plain;
  // The power of ten of the leading digit.
  const magnitude = digits.length - 1 + exponent + scaler;
  if (magnitude < 0 && magnitude >= leastPlain) return plain;
  const allowed = prefixes.filter(([power]) => power >= range[0] && power <= range[1]);
  return allowed.filter(([power]) => power <= magnitude).at(-1) ?? allowed[0] ?? plain;
}

interface Decimal {
  readonly sign: string;
  /** Without leading zeros. */
  readonly digits: string;
  /** The value is digits * 10^exponent; NaN for what is no finite number. */
  readonly exponent: number;
}

/** Floating values are taken as they print: the shortest decimal that reads back as the same. */
function takeApart(raw: number | bigint): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(raw));
  if (match === null) return { sign: "", digits: "0", exponent: Number.NaN };
  const [, sign = "", whole = "", fraction = "", power = "0"] = match;
  const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
  return { sign, digits, exponent: Number(power) - fraction.length };
}

function write(digits: string, exponent: number): string | undefined {
  if (!Number.isInteger(exponent)) return undefined;
  if (digits === "0" && exponent > 0) return "0";
  if (exponent >= 0) return digits + "0".repeat(exponent);
  const padded = digits.padStart(1 - exponent, "0");
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
