/** Objects of gas that are no measured values. DLMS UA 1000-1, Gas related objects; EN 13757-1. */
import { objectLines } from "./object-lines.js";

export const gasObjects = objectLines(
  () => `
0 General and service entries
0.0 Gas ID
0.0.0-9 1 Gas ID {e+1}
0.0.255 - Complete combined gas ID
0.1 Billing period values
${billingLines()}
0.2 Program entries
0.2.0 1 Program version
0.2.1 1 Firmware version
0.2.2 1 Software version
0.2.3 1 Device version
0.2.8 1 Active firmware signature
0.2.10 1 Number of device channels
0.2.11 1 Pressure sensor serial number
0.2.12 1 Temperature sensor serial number
0.2.13 1 Calculator serial number
0.2.14 1 Volume sensor serial number
0.2.15 1 Density sensor serial number
0.2.16 1 Sensor serial number
0.2.17 1 Digital output configuration
0.2.18 1 Analogue output configuration
0.3 Output pulse constants
${pulseLines(3, "Output")}
0.4 Conversion factors
0.4.0-4 - Conversion factor {e+1}
0.5 Threshold values
0.5.1*1-4 - Over-consumption threshold power for measurement period 2, limit {f}
0.5.1*11-14 - Over-consumption threshold power for measurement period 3, limit {f-10}
0.5.2*1-9 - Over-consumption threshold limit for measurement period 2, rate {f}
0.5.2*11-19 - Over-consumption threshold limit for measurement period 3, rate {f-10}
0.5.3 - Maximum contracted consumption for recording interval 1
0.5.4 - Maximum contracted consumption for recording interval 2
0.5.11 - Absolute temperature, minimum limit
0.5.12 - Absolute temperature, maximum limit
0.5.13 - Absolute pressure, minimum limit
0.5.14 - Absolute pressure, maximum limit
0.6 Nominal values of the volume sensor
0.6.1 - Nominal pressure of the volume sensor
0.6.2 - Nominal temperature of the volume sensor
0.6.3 - Minimum flow rate of the volume sensor, Qmin
0.6.4 - Maximum flow rate of the volume sensor, Qmax
0.7 Input pulse constants
${pulseLines(7, "Input")}
0.8 Durations of measurement, recording and billing periods
0.8.1 1 Recording interval 1, for profile
0.8.2 1 Recording interval 2, for profile
0.8.3 1 Measurement period 1, for average value 1
0.8.4 1 Measurement period 2, for average value 2
0.8.5 1 Measurement period 3, for instantaneous values
0.8.6 1 Measurement period 4, for test values
0.8.10 1 Billing period
0.8.11-14 1 Process interval {e-10}
0.8.15 1 Process interval 5, since the last event
0.8.16 1 Process interval 6, between the last two events
0.8.17-19 1 Measurement period {e-16}, for indexes and index differences
0.8.20-23 1 Billing period {e-19}, for indexes and index differences
0.8.25-32 1 Averaging period {e-24}
0.8.33 1 Averaging period 9, since the last event
0.8.34 1 Averaging period 10, between the last two events
0.8.35 1 Number of sub-periods of averaging period 2
0.9 Time entries
0.9.0 1 Number of days since the last reset
0.9.1 1 Local time
0.9.2 1 Local date
0.9.3 1 Start of the gas day
0.9.4 1 Residual time shift
0.9.6 1 Time of last reset (1)
0.9.7 1 Date of last reset (1)
0.9.11 1 Clock time shift limit
0.10 Heating temperature
0.10.0 - Heating temperature
0.10.1 - Heating temperature, 15 minute average
0.10.11 - Heating temperature, 60 minute average
0.10.21 - Heating temperature, daily average
0.10.31 - Heating temperature, monthly average
0.11 Ambient device temperature
0.11.0 - Ambient device temperature
0.11.1 - Ambient device temperature, 15 minute average
0.11.11 - Ambient device temperature, 60 minute average
0.11.21 - Ambient device temperature, daily average
0.11.31 - Ambient device temperature, monthly average
0.12 Gas parameters for conversion
${componentLines()}
0.13 Parameters of the orifice
0.13.1 - Internal pipe diameter
0.13.2 - Orifice diameter
0.13.3 - Pressure type of the orifice fitting
0.13.4 - Flow coefficient (alpha)
0.13.5 - Expansion coefficient (epsilon)
0.13.6 - Reflux coefficient
0.13.7 - Isentropic coefficient
0.13.8 - Dynamic viscosity
0.13.9 - Differential pressure for cut off
0.13.10 - Reynolds number
0.14 Densimeter parameters
0.14.1 - Densimeter coefficient K0
0.14.2 - Densimeter coefficient K2
0.14.10 - Densimeter period, instantaneous
0.14.11 - Densimeter period, 15 minutes
0.15 Sensor managers
0.15.0-127 67 Sensor manager{i}
93 Consortia specific
94 Country specific
96 Gas related service entries
96.5 Internal operating status
96.5.0 - Internal operating status, global
96.5.1-9 - Internal operating status ({e})
97 Error registers
97.97 Error registers
97.97.0-9 1 Error register {e+1}
97.97.255 - Error profile
98 Lists
98.1.0-127*p 7 Data of billing period (1){i}{p}
98.2.0-127*p 7 Data of billing period (2){i}{p}
98.3.0-127*p 7 Data of billing period (3){i}{p}
98.4.0-127*p 7 Data of billing period (4){i}{p}
98.11.0-127*p 7 Data of the event triggered billing profile{i}{p}
99 Data profiles
99.98 Event logs
99.98.0-127 7 Event log{i}
99.99 Certification data logs
99.99.0 7 Certification data log
99.99.1 7 Load profile, 15 minute interval
99.99.2 7 Load profile, 60 minute interval
99.99.3 7 Load profile, daily interval
99.99.4 7 Load profile, monthly interval
127 Inactive objects`,
);

const components: Readonly<Partial<Record<number, string>>> = {
  8: "Reference pressure of gas analysis",
  9: "Reference temperature of gas analysis",
  10: "Superior Wobbe number, 0 °C",
  11: "Inferior Wobbe number, 0 °C",
  12: "Methane number",
  13: "Total sulphur",
  14: "Hydrogen sulphide (H2S)",
  15: "Mercaptans",
  16: "Water dew point",
  17: "Water dew point, outlet or normalised",
  18: "Hydrocarbon dew point",
  19: "Inferior calorific value",
  20: "Water (H2O)",
  45: "Density of gas, base conditions",
  46: "Relative density",
  54: "Superior calorific value",
  60: "Nitrogen (N2)",
  61: "Hydrogen (H2)",
  62: "Oxygen (O2)",
  63: "Helium (He)",
  64: "Argon (Ar)",
  65: "Carbon monoxide (CO)",
  66: "Carbon dioxide (CO2)",
  67: "Methane (CH4)",
  68: "Ethene (C2H4)",
  69: "Ethane (C2H6)",
  70: "Propene (C3H6)",
  71: "Propane (C3H8)",
  72: "i-Butane",
  73: "n-Butane",
  74: "neo-Pentane",
  75: "i-Pentane",
  76: "n-Pentane",
  77: "Hexane (C6H14)",
  78: "Hexane share of higher hydrocarbons",
  79: "Hexane+",
  80: "Heptane (C7H16)",
  81: "Octane (C8H18)",
  82: "Nonane (C9H20)",
  83: "Decane (C10H22)",
  84: "Tetrahydrothiophene",
};

/** What the analysis of natural gas finds: of value group E of 7-0:0.12.e, of D of 7-0:70.d. */
export function findGasComponent(code: number): string | undefined {
  return components[code];
}

function componentLines(): string {
  return Object.entries(components)
    .map(([code, name]) => `0.12.${code} - ${name}`)
    .join("\n");
}

function billingLines(): string {
  return [1, 2, 3, 4]
    .flatMap((scheme) => {
      const e = (scheme - 1) * 3;
      return [
        `0.1.${e} 1 Billing period counter (${scheme})`,
        `0.1.${e}*0-99 1 Billing period counter (${scheme}), billing period {f}`,
        `0.1.${e + 1} 1 Number of available billing periods (${scheme})`,
        `0.1.${e + 2} 1 Time stamp of the last billing period closed (${scheme})`,
        `0.1.${e + 2}*0-99 1 Time stamp of billing period {f} (${scheme})`,
      ];
    })
    .join("\n");
}

function pulseLines(d: number, direction: string): string {
  const volumes = ["forward", "reverse", "absolute"];
  return ["metering", "base"]
    .flatMap((conditions) => volumes.map((way) => `volume ${way}, ${conditions} conditions`))
    .map((what, e) => `0.${d}.${e} 3 ${direction} pulse constant, ${what}`)
    .join("\n");
}
