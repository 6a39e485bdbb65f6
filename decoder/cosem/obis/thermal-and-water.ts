/**
 * Codes of heat cost allocators (A = 4), cooling and heat (5, 6), cold and hot water (8, 9).
 * EN 13757-1, Object identification system.
 */
import { billingPeriod } from "./billing-period.js";
import type { ObisDescription, ObisGroups } from "./obis-description.js";
import { objectLines } from "./object-lines.js";

interface Quantity {
  readonly name: string;
  readonly unit?: number;
}

const heatCostAllocator: Readonly<Partial<Record<number, Quantity>>> = {
  1: { name: "Unrated integral" },
  2: { name: "Rated integral" },
  3: { name: "Radiator surface temperature", unit: 9 },
  4: { name: "Heating medium temperature", unit: 9 },
  5: { name: "Flow temperature", unit: 9 },
  6: { name: "Return temperature", unit: 9 },
  7: { name: "Room temperature", unit: 9 },
};

const thermal: Readonly<Partial<Record<number, Quantity>>> = {
  1: { name: "Energy" },
  2: { name: "Accounted volume", unit: 13 },
  3: { name: "Accounted mass" },
  4: { name: "Flow volume", unit: 13 },
  5: { name: "Flow mass" },
  6: { name: "Return volume", unit: 13 },
  7: { name: "Return mass" },
  8: { name: "Power" },
  9: { name: "Flow rate" },
  10: { name: "Flow temperature", unit: 9 },
  11: { name: "Return temperature", unit: 9 },
  12: { name: "Differential temperature" },
  13: { name: "Media pressure" },
};

const water: Readonly<Partial<Record<number, Quantity>>> = {
  1: { name: "Accumulated volume", unit: 13 },
  2: { name: "Flow rate" },
  3: { name: "Flow temperature", unit: 9 },
};

/** Value group D; of heat cost allocators and water up to 6. */
const processing = [
  "Current value",
  "Periodical value",
  "Set date value",
  "Billing date value",
  "Minimum value",
  "Maximum value",
  "Test value",
  "Instantaneous value",
  "Time integral 1",
  "Time integral 2",
  "Current average",
  "Last average",
];

const objects = objectLines(
  () => `
0 General and service entries
0.0 ID numbers
0.0.0-9 1 ID {e+1}
0.0.255 - Complete combined ID
0.1 Billing period values
0.1.0 1 Billing period counter
0.1.0*0-99 1 Billing period counter, billing period {f}
0.1.1 1 Number of available billing periods
0.1.2 1 Time stamp of the last billing period closed
0.1.2*0-99 1 Time stamp of billing period {f}
0.2 Program entries
0.2.0 1 Program version
0.2.1 1 Firmware version
0.2.2 1 Software version
0.2.3 1 Device version
93 Consortia specific
94 Country specific
97 Error registers
97.97.0-9 1 Error register {e+1}
97.97.255 - Error profile
98 Lists
98.1.0-127*p 7 Data of billing period{i}{p}
99 Data profiles
99.1.0-127 7 Data profile{i}
99.98.0-127 7 Event log{i}
127 Inactive objects`,
);

export function describeThermalOrWater(a: number, groups: ObisGroups): ObisDescription {
  const { c, d, e, f } = groups;
  const quantity = quantities(a)[c];
  if (quantity === undefined) {
    const lines = objects();
    const heading = lines.headingC(c);
    return lines.find(groups) ?? { name: heading ?? "", isSpecific: false, c: heading };
  }
  const isHeat = a === 5 || a === 6;
  const processed = isHeat || d <= 6 ? processing[d] : undefined;
  const period = billingPeriod(f);
  const isSpecific = processed !== undefined && e <= 63 && period.isDefined;
  const suffix = d === 0 || processed === undefined ? "" : `, ${processed.toLowerCase()}`;
  const rate = e === 0 || !isSpecific ? "" : `, rate ${e}`;
  return {
    name: `${quantity.name}${suffix}${rate}${period.ofValue}`,
    isSpecific,
    unit: isSpecific ? quantity.unit : undefined,
    c: quantity.name,
    d: processed,
    e: e === 0 ? "Total" : e <= 63 ? `Rate ${e}` : undefined,
    f: period.meaning,
  };
}

function quantities(a: number): Readonly<Partial<Record<number, Quantity>>> {
  if (a === 4) return heatCostAllocator;
  return a === 5 || a === 6 ? thermal : water;
}
