/** Value group E of electricity: rates, harmonics, angles, losses, dips. IEC 62056-6-1, Value group E. */

export interface Detail {
  readonly meaning: string;
  /** What follows in the name, with its comma. */
  readonly suffix: string;
  readonly isDefined: boolean;
}

/** Tariff rates; `hasTotal` where 0 is the sum over all of them. */
export function rate(e: number, hasTotal: boolean): Detail {
  if (e === 0) return detail(hasTotal ? "Total of all rates" : "Total", "");
  if (e === 255) return detail("Not used", "");
  return e <= 63 ? detail(`Rate ${e}`, `, rate ${e}`) : other(e);
}

export function harmonic(e: number): Detail {
  if (e === 0) return detail("Fundamental and all harmonics", "");
  if (e === 255) return detail("Not used", "");
  if (e <= 120) return detail(`Harmonic ${e}`, `, harmonic ${e}`);
  switch (e) {
    case 124:
      return detail("Total harmonic distortion (THD)", ", total harmonic distortion (THD)");
    case 125:
      return detail("Total demand distortion (TDD)", ", total demand distortion (TDD)");
    case 126:
      return detail("All harmonics", ", all harmonics");
    case 127:
      return detail("All harmonics to nominal value", ", all harmonics to nominal value");
    default:
      return other(e);
  }
}

const phasors = ["U(L1)", "U(L2)", "U(L3)", undefined, "I(L1)", "I(L2)", "I(L3)", "I(L0)"];

/** C = 81: the units of E are where the angle begins, the tens are where it ends. */
export function phaseAngle(e: number): Detail {
  if (e === 255) return detail("Summary of phase angles", "Summary of phase angles");
  const from = phasors[e % 10];
  const to = phasors[Math.floor(e / 10)];
  if (from === undefined || to === undefined) return other(e);
  const name = `Angle from ${from} to ${to}`;
  return detail(name, name);
}

/** C = 83: losses of lines and transformers, with the unit of the power or integral. */
export function losses(e: number): Detail & { readonly isReactive: boolean | undefined } {
  const [name, isReactive] = lossName(e);
  return name === undefined
    ? { ...other(e), isReactive: undefined }
    : { ...detail(name, name), isReactive };
}

function lossName(e: number): readonly [name?: string, isReactive?: boolean] {
  if (e === 19) return ["Total transformer losses, normalised RFe"];
  if (e === 20) return ["Total line losses, normalised RCu"];
  if (e >= 21 && e <= 28) {
    const kind = e <= 24 ? "active" : "reactive";
    const net = e % 2 === 1 ? "gross" : "net";
    const sign = Math.floor((e - 21) / 2) % 2 === 0 ? "+" : "-";
    return [`Compensated ${kind} ${net} ${sign}`, e > 24];
  }
  const phase = e >= 31 && e <= 90 ? Math.floor((e - 31) / 20) + 1 : 0;
  const code = phase === 0 ? e : ((e - 31) % 20) + 1;
  const suffix = phase === 0 ? "" : `, L${phase}`;
  if (phase > 0 && code === 19) return [`Ampere-squared hours for losses${suffix}`];
  if (phase > 0 && code === 20) return [`Volt-squared hours for losses${suffix}`];
  if (code < 1 || code > 18) return [];
  const isReactive = code > 9;
  const kind = isReactive ? "Reactive" : "Active";
  const part = ["line losses", "transformer losses", "losses"][Math.floor(((code - 1) % 9) / 3)];
  const sign = ["+", "-", ""][(code - 1) % 3];
  return [`${kind} ${part} ${sign}`.trimEnd() + suffix, isReactive];
}

const depths = ["10 % to 15 %", "15 % to 30 %", "30 % to 60 %", "60 % to 90 %", "90 % to 99 %"];
const durations = [
  "10 ms to 100 ms",
  "100 ms to 500 ms",
  "500 ms to 1 s",
  "1 s to 3 s",
  "3 s to 20 s",
  "20 s to 60 s",
];

/** UNIPEDE classes of voltage dips, for C = 12, 32, 52, 72 and D = 32. Undefined for other values. */
export function voltageDip(e: number): Detail | undefined {
  if (e === 255) return detail("Summary of UNIPEDE voltage dips", ", UNIPEDE dips, summary");
  const depth = depths[Math.floor(e / 10)];
  const duration = durations[e % 10];
  if (depth === undefined || duration === undefined) return undefined;
  const meaning = `UNIPEDE voltage dip of ${depth}, ${duration}`;
  return detail(meaning, `, UNIPEDE dips of ${depth}, ${duration}`);
}

function detail(meaning: string, suffix: string): Detail {
  return { meaning, suffix, isDefined: true };
}

function other(e: number): Detail {
  const isMakers = e >= 128 && e <= 254;
  return { meaning: isMakers ? "Manufacturer specific" : "Reserved", suffix: "", isDefined: false };
}
