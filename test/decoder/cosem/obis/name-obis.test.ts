import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameObis } from "../../../../decoder/cosem/obis/name-obis.js";
import { findUnit } from "../../../../decoder/cosem/units.js";
import { codeOf } from "./code-of.js";

type Case = readonly [code: string, name: string];

function named(source: string, cases: readonly Case[]): void {
  test.each(cases)(`${source}: %s is %s`, (code, name) => {
    expect(nameObis(codeOf(code))).toMatchObject({ name, isSpecific: true, by: "IEC 62056-6-1" });
  });
}

describe("nameObis", () => {
  test("a total register, as the contract has it", () => {
    expect(nameObis(codeOf("1-0:1.8.0*255"))).toEqual({
      name: "Active energy import (+A)",
      isSpecific: true,
      by: "IEC 62056-6-1",
      classId: 3,
      unit: 30,
      isTotal: true,
    });
    expect(nameObis(codeOf("1-0:1.8.1*255")).isTotal).toBeUndefined();
    expect(nameObis(codeOf("1-0:1.7.0*255")).isTotal).toBeUndefined();
  });

  // Dutch Smart Meter Requirements v5.0.2, P1 Companion Standard, representation of P1 telegram:
  // what the OBIS references of the telegram stand for.
  named("DSMR P1 5.0.2", [
    ["1-0:1.8.1*255", "Active energy import (+A), rate 1"],
    ["1-0:1.8.2*255", "Active energy import (+A), rate 2"],
    ["1-0:2.8.1*255", "Active energy export (-A), rate 1"],
    ["0-0:96.14.0*255", "Currently active tariff 1"],
    ["1-0:1.7.0*255", "Active power import (+P)"],
    ["1-0:2.7.0*255", "Active power export (-P)"],
    ["0-0:96.7.21*255", "Number of power failures, any phase"],
    ["0-0:96.7.9*255", "Number of long power failures, any phase"],
    ["1-0:99.97.0*255", "Power failure event log"],
    ["0-0:96.7.19*255", "Duration of long power failure, any phase"],
    ["1-0:32.32.0*255", "Voltage, L1, under limit occurrence counter"], // voltage sags in phase L1
    ["1-0:72.36.0*255", "Voltage, L3, over limit occurrence counter"], // voltage swells in phase L3
    ["0-0:96.13.0*255", "Consumer message via the local consumer port"],
    ["1-0:32.7.0*255", "Voltage, L1"],
    ["1-0:51.7.0*255", "Current, L2"],
    ["1-0:61.7.0*255", "Active power import (+P), L3"],
    ["1-0:22.7.0*255", "Active power export (-P), L1"],
    ["0-1:24.1.0*255", "M-Bus client, channel 1"], // device type of M-Bus channel 1
    ["0-1:96.1.0*255", "Device ID 1, manufacturing number, channel 1"],
    ["0-1:24.2.1*255", "M-Bus value 1, channel 1"],
  ]);

  // pnpscada.com, list of codes of IEC readouts; KBR, OBIS code system; Energomonitor, OBIS codes.
  named("lists of makers", [
    ["1-1:5.8.0*255", "Reactive energy quadrant I (+Ri)"],
    ["1-1:8.8.0*255", "Reactive energy quadrant IV (-Rc)"],
    ["1-1:91.7.0*255", "Current, neutral"],
    ["1-1:9.6.0*255", "Apparent power import (+S), maximum 1"],
    ["1-5:1.7.0*255", "Active power import (+P), channel 5"],
    ["1-0:13.7.0*255", "Power factor"],
    ["1-0:14.7.0*255", "Supply frequency"],
    ["8-0:1.0.0*255", "Accumulated volume"],
    ["8-0:2.0.0*255", "Flow rate"],
    ["9-0:1.3.2*255", "Accumulated volume, billing date value, rate 2"],
    ["8-0:3.0.0*255", "Flow temperature"],
  ]);

  // DLMS UA, list of standard OBIS codes, as the tables of Gurux quote it.
  named("DLMS UA list, electricity", [
    ["1-0:0.0.0*255", "Electricity ID 1"],
    ["1-0:0.1.2*255", "Time stamp of the last billing period closed (1)"],
    ["1-0:0.2.0*255", "Active firmware identifier"],
    ["1-0:0.4.2*255", "Transformer ratio, current (numerator)"],
    ["1-0:0.4.6*255", "Transformer ratio, voltage (denominator)"],
    ["1-0:0.8.4*255", "Recording interval 1, for load profile"],
    ["1-0:0.9.2*255", "Local date"],
    ["1-0:1.9.0*255", "Active energy import (+A), in the billing period"],
    ["1-0:1.29.0*255", "Active energy import (+A), in recording interval 1"],
    ["1-0:1.6.2*101", "Active power import (+P), maximum 1, rate 2, last billing period"],
    ["1-0:1.8.1*101", "Active energy import (+A), rate 1, last billing period"],
    ["1-0:1.8.0*103", "Active energy import (+A), billing period 3 ago"],
    ["1-0:1.8.0*12", "Active energy import (+A), billing period 12"],
    ["1-0:15.8.0*255", "Active energy, absolute sum (|+A|+|-A|)"],
    ["1-0:32.7.7*255", "Voltage, L1, harmonic 7"],
    ["1-0:31.7.124*255", "Current, L1, total harmonic distortion (THD)"],
    ["1-0:12.35.0*255", "Voltage, any phase, over limit threshold"],
    [
      "1-0:32.32.21*255",
      "Voltage, L1, under limit occurrence counter, UNIPEDE dips of 30 % to 60 %, 100 ms to 500 ms",
    ],
    ["1-0:81.7.4*255", "Angle from I(L1) to U(L1)"],
    ["1-0:81.7.10*255", "Angle from U(L1) to U(L2)"],
    ["1-0:83.8.3*255", "Active line losses, time integral 1"],
    ["1-0:83.8.66*255", "Reactive losses +, L2, time integral 1"],
    ["1-0:88.8.0*255", "Ampere-squared hours"],
    ["1-0:98.1.0*103", "Data of billing period (1), last 3 billing periods"],
    ["1-0:99.1.0*255", "Load profile with recording period 1"],
    ["1-0:97.97.0*255", "Error register 1"],
  ]);

  named("DLMS UA list, abstract", [
    ["0-0:1.0.0*255", "Clock"],
    ["0-0:10.0.106*255", "Disconnect control script table"],
    ["0-0:10.1.100*255", "Tariffication script table, implementation 1"],
    ["0-0:13.0.0*255", "Activity calendar"],
    ["0-0:15.0.2*255", "Image activation single action schedule"],
    ["0-0:16.1.0*255", "Alarm monitor"],
    ["0-0:17.0.0*255", "Limiter"],
    ["0-0:19.10.1*255", "Credit 2 of account 1"],
    ["0-0:20.0.1*255", "IEC electrical port setup"],
    ["0-0:22.0.0*255", "IEC HDLC setup"],
    ["0-0:25.6.0*255", "GSM diagnostic"],
    ["0-4:25.9.0*255", "Push setup, channel 4"],
    ["0-0:28.7.0*255", "PRIME application identification"],
    ["0-0:40.0.0*255", "Current association"],
    ["0-0:42.0.0*255", "COSEM logical device name"],
    ["0-0:43.1.0*255", "Invocation counter 0"],
    ["0-0:44.0.0*255", "Image transfer"],
    ["0-0:65.16.3*255", "Utility tables, manufacturer tables 0/3"],
    ["0-0:96.1.10*255", "Metering point ID"],
    ["0-0:96.3.10*255", "Disconnect control"],
    ["0-0:96.7.12*255", "Time of power failure, L2"],
    ["0-0:96.20.16*255", "Strong DC magnetic field event, time stamp of current event"],
    ["0-0:97.98.0*255", "Alarm register 1"],
    ["0-0:97.98.20*255", "Alarm descriptor 1"],
    ["0-0:99.98.1*255", "Event log, instance 1"],
  ]);

  named("DLMS UA list, gas", [
    ["7-0:0.0.0*255", "Gas ID 1"],
    ["7-0:0.2.1*255", "Firmware version"],
    ["7-0:0.12.66*255", "Carbon dioxide (CO2)"],
    ["7-0:3.0.0*255", "Forward absolute meter volume, at metering conditions"],
    ["7-0:13.2.0*255", "Forward absolute converter volume, at base conditions"],
    [
      "7-0:1.35.0*255",
      "Forward undisturbed meter volume, maximum of index differences over measurement period 1, billing period 1, at base conditions",
    ],
    [
      "7-0:1.60.0*255",
      "Forward undisturbed meter volume, maximum of index differences over billing period 1, billing period 2, at metering conditions",
    ],
    [
      "7-0:1.98.0*255",
      "Forward undisturbed meter volume, maximum of index differences over measurement period 3, billing period 4, at base conditions",
    ],
    ["7-0:43.70.0*255", "Flow rate, last average, averaging period 4, at standard conditions"],
    [
      "7-0:43.54.0*255",
      "Flow rate, maximum of last averages, averaging period 2, billing period 1, at standard conditions",
    ],
    ["7-0:41.0.0*255", "Absolute temperature, at metering conditions"],
    ["7-0:42.85.0*255", "Absolute pressure, maximum, last process interval 4, at base conditions"],
    [
      "7-0:42.92.0*255",
      "Absolute pressure, average between the last two events, at standard conditions",
    ],
    [
      "7-0:52.0.14*255",
      "Conversion factor, at metering conditions, average, last averaging period 2",
    ],
    ["7-0:70.67.0*255", "Natural gas analysis, Methane (CH4)"],
  ]);

  test.each([
    ["1-0:32.7.0*255", 35],
    ["1-0:31.7.0*255", 33],
    ["1-0:2.7.0*255", 27],
    ["1-0:3.7.0*255", 29],
    ["1-0:3.8.0*255", 32],
    ["1-0:9.8.0*255", 31],
    ["1-0:14.7.0*255", 44],
    ["1-0:81.7.1*255", 8],
    ["1-0:89.8.0*255", 48],
    ["1-0:32.32.0*255", 255],
    ["1-0:32.7.124*255", undefined], // percent or volts: the meter must say
    ["1-0:32.33.0*255", undefined],
    ["0-0:96.6.3*255", 35],
    ["7-0:1.0.0*255", 13],
    ["7-0:1.2.0*255", 14],
  ])("the unit of %s is %s", (code, unit) => {
    expect(nameObis(codeOf(code)).unit).toBe(unit);
  });

  test.each([
    ["1-0:1.8.0*255", 3],
    ["1-0:1.6.0*255", undefined], // a register, an extended or a demand register
    ["1-0:99.1.0*255", 7],
    ["0-0:1.0.0*255", 8],
    ["0-0:25.9.0*255", 40],
    ["0-0:40.0.0*255", undefined], // by logical or by short name
  ])("the class of %s is %s", (code, classId) => {
    expect(nameObis(codeOf(code)).classId).toBe(classId);
  });

  test.each([
    ["1-0:128.8.0*255", "Electricity, manufacturer specific"],
    ["1-130:1.8.0*255", "Electricity, manufacturer specific"],
    ["1-1:0.2.129*255", "Electricity, program entries, manufacturer specific"],
    [
      "1-0:1.4.128*255",
      "Electricity, active power import (+P), current average 1, manufacturer specific",
    ],
    ["0-0:199.1.6*255", "Abstract object, manufacturer specific"],
    ["0-0:96.50.0*255", "Abstract object, service entry, manufacturer specific"],
    ["1-70:1.8.0*255", "Electricity, active energy import (+A), utility specific"],
    ["0-0:94.47.1*255", "Abstract object, specific to Norway"],
    ["0-0:93.44.10*255", "Abstract object, consortium 44 specific"],
    ["0-0:1.8.0*255", "Abstract object, clocks, code 0-0:1.8.0*255"],
    ["1-0:1.100.0*255", "Electricity, active power import (+P), code 1-0:1.100.0*255"],
    ["15-0:1.0.0*255", "Other medium, code 15-0:1.0.0*255"],
    ["17-34:51.68.85*102", "Unknown medium 17"],
    ["0-0:0.0.0*0", "No object (logical name 0-0:0.0.0*0)"],
  ])("%s is not specific: %s", (code, name) => {
    expect(nameObis(codeOf(code))).toEqual({ name, isSpecific: false, by: "IEC 62056-6-1" });
  });

  test("bytes that are no logical name have a name, too", () => {
    expect(nameObis(Uint8Array.of(1, 0, 1)).name).toBe("No logical name (3 bytes)");
    expect(nameObis(new Uint8Array()).isSpecific).toBe(false);
  });

  test("every code has a name", () => {
    const media = fc.oneof(fc.constantFrom(0, 1, 4, 5, 6, 7, 8, 9), fc.nat(255));
    const codes = fc.tuple(media, fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
    fc.assert(
      fc.property(codes, (groups) => {
        const { name, unit } = nameObis(Uint8Array.from(groups));
        expect(name).not.toMatch(/undefined|NaN|[{}]|^$/);
        if (unit !== undefined) expect(findUnit(unit)).toBeDefined();
      }),
      { numRuns: 5000 },
    );
  });

  test("no two objects share a name", () => {
    for (const a of [0, 1, 4, 6, 7, 8]) {
      const codes = new Map<string, string>();
      const twice: string[] = [];
      for (let c = 0; c < 100; c++) {
        for (let d = 0; d < 100; d++) {
          for (const e of [0, 1, 2, 3, 5, 8, 10, 11, 15, 16, 20, 21, 31, 33, 50, 51, 63]) {
            const { name, isSpecific } = nameObis(Uint8Array.of(a, 0, c, d, e, 255));
            if (!isSpecific) continue;
            const code = `${a}-0:${c}.${d}.${e}`;
            if (codes.has(name)) twice.push(`${code} and ${codes.get(name)} are ${name}`);
            codes.set(name, code);
          }
        }
      }
      expect(twice).toEqual([]);
    }
  });
});
