/** Codes of gas, A = 7. DLMS UA 1000-1, Gas related objects; EN 13757-1. */
import { billingPeriod } from "./billing-period.js";
import { findGasComponent, gasObjects } from "./gas-objects.js";
import type { ObisDescription, ObisGroups } from "./obis-description.js";

const flows = ["undisturbed", "disturbed", "absolute"];
const conditions = ["at metering conditions", "corrected", "at base conditions"];
const processConditions = ["metering", "base", "standard"].map((each) => `at ${each} conditions`);
const flowConditions = [...conditions, "at standard conditions"];

const processValues: Readonly<Partial<Record<number, string>>> = {
  41: "Absolute temperature",
  42: "Absolute pressure",
  43: "Flow rate",
  44: "Velocity of sound",
  45: "Density of gas",
  46: "Relative density",
  47: "Gauge pressure",
  48: "Differential pressure",
  49: "Density of air",
};

const factors: Readonly<Partial<Record<number, string>>> = {
  51: "Correction factor",
  52: "Conversion factor",
  53: "Compressibility factor",
  54: "Superior calorific value",
  55: "Gas law deviation coefficient",
};

export function describeGas(groups: ObisGroups): ObisDescription {
  const lines = gasObjects();
  const listed = lines.find(groups);
  if (listed !== undefined) return listed;
  const { c, d, e, f } = groups;
  const period = billingPeriod(f);
  const quantity = gasQuantity(c);
  const [name, processing] = processed(c, d);
  const heading = quantity ?? lines.headingD(c, d) ?? lines.headingC(c);
  if (name === undefined || processing === undefined) {
    return { name: heading ?? "", isSpecific: false, c: quantity ?? lines.headingC(c) };
  }
  const detail = detailOf(c, e);
  const isSpecific = detail !== undefined && period.isDefined;
  return {
    name: `${name}${processing}${detail?.suffix ?? ""}${period.ofValue}`,
    isSpecific,
    unit: isSpecific && isVolume(c) ? (d % 3 === 0 ? 13 : 14) : undefined,
    c: quantity,
    d: meaningOf(processing),
    e: detail?.meaning,
    f: period.meaning,
  };
}

/** Volumes of the meter, the converter and the logger, energy, mass; then single values. */
function gasQuantity(c: number): string | undefined {
  if (c === 7) return "Forward absolute meter volume (encoder)";
  if (c === 8) return "Reverse absolute meter volume (encoder)";
  const what = {
    0: "meter volume",
    1: "converter volume",
    2: "logger volume",
    3: "energy",
    6: "mass",
  }[Math.floor(c / 10)];
  const flow = flows[((c % 10) - 1) % 3];
  if (what !== undefined && flow !== undefined && c % 10 <= 6) {
    return `${c % 10 <= 3 ? "Forward" : "Reverse"} ${flow} ${what}`;
  }
  return processValues[c] ?? factors[c] ?? (c === 70 ? "Natural gas analysis" : undefined);
}

function isVolume(c: number): boolean {
  return c <= 8 || (c >= 11 && c <= 26);
}

/** The name of the quantity and what value group D adds to it; undefined where that is reserved. */
function processed(
  c: number,
  d: number,
): readonly [name?: string | undefined, processing?: string | undefined] {
  const name = gasQuantity(c);
  if (name === undefined) return [];
  if (c === 70) return [name, analysed(d)];
  if (c === 43) return [name, flowProcessing(d)];
  if (c >= 41 && c <= 49) return [name, valueProcessing(d)];
  if (c >= 51 && c <= 55) return [name, factorProcessing(d)];
  return [name, indexProcessing(d)];
}

/** C = 70: a component of the gas, but for what other codes stand for. */
function analysed(d: number): string | undefined {
  const component = d > 20 && d < 60 ? undefined : findGasComponent(d);
  return component === undefined ? undefined : `, ${component}`;
}

/** Indexes and index differences: three conditions each, d = 0 to 98. */
function indexProcessing(d: number): string | undefined {
  const at = conditions[d % 3];
  if (d <= 2) return `, ${at}`;
  if (d === 3) return ", redundant value at metering conditions";
  if (d < 6 || d > 98) return undefined;
  if (d < 24) {
    const block = Math.floor((d - 6) / 3);
    const which = block % 2 === 0 ? "current" : "last";
    return `, index difference, ${which} measurement period ${Math.floor(block / 2) + 1}, ${at}`;
  }
  // The block of billing period 2 has one row more: the maximum over billing period 1.
  const starts = [24, 42, 63, 81];
  const scheme = starts.filter((start) => start <= d).length;
  const block = Math.floor((d - (starts[scheme - 1] ?? 0)) / 3);
  const what = [
    `, index, billing period ${scheme}`,
    `, index difference, current billing period ${scheme}`,
    `, index difference, last billing period ${scheme}`,
    `, maximum of index differences over measurement period 1, billing period ${scheme}`,
    `, maximum of index differences over measurement period 2, billing period ${scheme}`,
    `, maximum of index differences over measurement period 3, billing period ${scheme}`,
    `, maximum of index differences over billing period 1, billing period ${scheme}`,
  ][block];
  return `${what}, ${at}`;
}

/** C = 43: four conditions each, d = 15 to 70. */
function flowProcessing(d: number): string | undefined {
  if (d <= 2) return `, ${conditions[d]}`;
  if (d === 13) return ", at standard conditions";
  if (d < 15 || d > 70) return undefined;
  const averages = [1, 2].flatMap((period) => [
    `current average, averaging period ${period}`,
    `last average, averaging period ${period}`,
    `maximum of last averages, averaging period ${period}, measurement period 2`,
    `maximum of last averages, averaging period ${period}, measurement period 3`,
    `maximum of last averages, averaging period ${period}, billing period 1`,
  ]);
  for (const period of [3, 4]) {
    averages.push(`current average, averaging period ${period}`);
    averages.push(`last average, averaging period ${period}`);
  }
  return `, ${averages[Math.floor((d - 15) / 4)]}, ${flowConditions[(d - 15) % 4]}`;
}

/** C = 41, 42, 44 to 49: three conditions each, d = 15 to 92. */
function valueProcessing(d: number): string | undefined {
  const single = singleValues[d];
  if (single !== undefined) return single;
  if (d < 15 || d > 92) return undefined;
  const at = processConditions[(d - 15) % 3];
  if (d >= 90) return `, average between the last two events, ${at}`;
  if (d >= 87) return `, average since the last event, ${at}`;
  const interval = Math.floor((d - 15) / 18) + 1;
  const block = Math.floor(((d - 15) % 18) / 3);
  const kind = ["average", "minimum", "maximum"][block % 3];
  const which = block < 3 ? "current" : "last";
  return `, ${kind}, ${which} process interval ${interval}, ${at}`;
}

const singleValues: Readonly<Partial<Record<number, string>>> = {
  0: ", at metering conditions",
  2: ", at base conditions",
  3: ", backup value",
  10: ", actual value",
  11: ", preset value",
  13: ", at standard conditions",
};

function factorProcessing(d: number): string | undefined {
  if (d === 12) return ", method";
  return d === 13 ? undefined : singleValues[d];
}

interface GasDetail {
  readonly meaning: string;
  readonly suffix: string;
}

/** Value group E: rates of volumes, averages of factors and of the analysis. */
function detailOf(c: number, e: number): GasDetail | undefined {
  const isAveraged = (c >= 51 && c <= 55) || c === 70;
  if (e === 0) return { meaning: isAveraged ? "Current value" : "Total", suffix: "" };
  if (!isAveraged) {
    return e <= 63 && (c < 41 || c > 49)
      ? { meaning: `Rate ${e}`, suffix: `, rate ${e}` }
      : undefined;
  }
  const meaning = averageOf(e);
  return meaning === undefined ? undefined : { meaning, suffix: `, ${meaning.toLowerCase()}` };
}

function averageOf(e: number): string | undefined {
  if (e === 1) return "Weighted value";
  if (e === 27) return "Average since the last event";
  if (e === 28) return "Average between the last two events";
  if (e < 11 || e > 26) return undefined;
  const which = e % 2 === 1 ? "current" : "last";
  return `Average, ${which} averaging period ${Math.floor((e - 11) / 2) + 1}`;
}

function meaningOf(processing: string): string {
  const text = processing.slice(2);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
