/** Value group C of electricity: what is measured. IEC 62056-6-1, Value group C codes, Electricity. */

export interface ElectricityQuantity {
  /** `Active power import (+P), L1`. */
  readonly name: string;
  readonly unit: number | undefined;
  /** What the time integral is called where it has a name: `Active energy import (+A), L1`. */
  readonly integral: string | undefined;
  readonly integralUnit: number | undefined;
  /** Value group E counts harmonics, not rates, where D processes single values. */
  readonly hasHarmonics: boolean;
}

/** C = 1 to 20 for all phases together, and 20 more each for L1, L2, L3: `name;unit;integral;unit`. */
const phased = `
Active power import (+P);27;Active energy import (+A);30
Active power export (-P);27;Active energy export (-A);30
Reactive power import (+Q);29;Reactive energy import (+R);32
Reactive power export (-Q);29;Reactive energy export (-R);32
Reactive power quadrant I;29;Reactive energy quadrant I (+Ri);32
Reactive power quadrant II;29;Reactive energy quadrant II (+Rc);32
Reactive power quadrant III;29;Reactive energy quadrant III (-Ri);32
Reactive power quadrant IV;29;Reactive energy quadrant IV (-Rc);32
Apparent power import (+S);28;Apparent energy import (+S);31
Apparent power export (-S);28;Apparent energy export (-S);31
Current;33;;57
Voltage;35;;
Power factor;255;;
Supply frequency;44;;
Active power, absolute sum (|+P|+|-P|);27;Active energy, absolute sum (|+A|+|-A|);30
Active power, net (|+P|-|-P|);27;Active energy, net (|+A|-|-A|);30
Active power quadrant I;27;Active energy quadrant I;30
Active power quadrant II;27;Active energy quadrant II;30
Active power quadrant III;27;Active energy quadrant III;30
Active power quadrant IV;27;Active energy quadrant IV;30`;

/** The others: `C;name;unit;integral;unit`. */
const others = `
82;Unitless quantity (pulses or pieces);;;
84;Power factor export;255;;
85;Power factor export, L1;255;;
86;Power factor export, L2;255;;
87;Power factor export, L3;255;;
88;Squared current;;Ampere-squared hours;49
89;Squared voltage;;Volt-squared hours;48
90;Current, sum of all phases;33;;57
91;Current, neutral;33;;57
92;Voltage, neutral;35;;`;

const withHarmonics = [11, 12, 15, 31, 32, 35, 51, 52, 55, 71, 72, 75, 90, 91, 92];

let table: ReadonlyMap<number, ElectricityQuantity> | undefined;

/** Undefined for a code that has none: general, phase angles, losses, service entries, reserved. */
export function findElectricityQuantity(c: number): ElectricityQuantity | undefined {
  table ??= new Map([...phasedQuantities(), ...otherQuantities()]);
  return table.get(c);
}

function* phasedQuantities(): Iterable<[number, ElectricityQuantity]> {
  const rows = phased.trim().split("\n");
  for (const [phase, suffix] of ["", ", L1", ", L2", ", L3"].entries()) {
    for (const [index, row] of rows.entries()) {
      const c = phase * 20 + index + 1;
      // Without a phase, a current or voltage is that of any phase, not a sum.
      yield [c, quantity(c, row, c === 11 || c === 12 ? ", any phase" : suffix)];
    }
  }
}

function* otherQuantities(): Iterable<[number, ElectricityQuantity]> {
  for (const line of others.trim().split("\n")) {
    const c = Number.parseInt(line, 10);
    yield [c, quantity(c, line.slice(line.indexOf(";") + 1), "")];
  }
}

function quantity(c: number, row: string, suffix: string): ElectricityQuantity {
  const [name = "", unit = "", integral = "", integralUnit = ""] = row.split(";");
  return {
    name: name + suffix,
    unit: unit === "" ? undefined : Number(unit),
    integral: integral === "" ? undefined : integral + suffix,
    integralUnit: integralUnit === "" ? undefined : Number(integralUnit),
    hasHarmonics: withHarmonics.includes(c),
  };
}
