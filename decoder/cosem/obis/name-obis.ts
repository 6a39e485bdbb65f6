/**
 * The standard's names of objects, worked out from the value groups. IEC 62056-6-1, for the objects
 * of other media EN 13757-1. Whatever the code, there is a name; `isSpecific` says what it is worth.
 */
import { formatLogicalName } from "../../xdlms/logical-name.js";
import { abstractObjects } from "./abstract-objects.js";
import { billingPeriod } from "./billing-period.js";
import { describeElectricity } from "./electricity.js";
import { describeGas } from "./gas.js";
import { channelMeaning, findMedium } from "./medium.js";
import type { ObisDescription, ObisGroups } from "./obis-description.js";
import type { ObisGroup, ObisName } from "./obis-name.js";
import { findCountry, manufacturerGroup } from "./specific-ranges.js";
import { describeThermalOrWater } from "./thermal-and-water.js";

const standard = "IEC 62056-6-1";

/** The name of the object with that logical name, by the groups alone. Never throws. */
export function nameObis(code: Uint8Array): ObisName {
  if (code.length !== 6) {
    return { name: `No logical name (${code.length} bytes)`, isSpecific: false, by: standard };
  }
  const [a = 0, b = 0] = code;
  if (code.every((byte) => byte === 0)) {
    return { name: "No object (logical name 0-0:0.0.0*0)", isSpecific: false, by: standard };
  }
  const medium = findMedium(a);
  if (medium === undefined) return { name: `Unknown medium ${a}`, isSpecific: false, by: standard };
  const described = describe(code);
  if (!described.isSpecific || b > 64) {
    return { name: nameOfOther(code, medium, described), isSpecific: false, by: standard };
  }
  const { classId, unit, isTotal } = described;
  return {
    name: described.name + channelSuffix(a, b),
    isSpecific: true,
    by: standard,
    ...(classId === undefined ? {} : { classId }),
    ...(unit === undefined ? {} : { unit }),
    ...(isTotal === undefined ? {} : { isTotal }),
  };
}

/** What each value group of a logical name means; nothing for bytes that are none. */
export function explainObis(code: Uint8Array): readonly ObisGroup[] {
  if (code.length !== 6) return [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = code;
  const described = findMedium(a) === undefined ? undefined : describe(code);
  const makers = manufacturerGroup(code);
  const meaning = (group: "C" | "D" | "E" | "F", told: string | undefined) =>
    makers === group ? "Manufacturer specific" : (told ?? "Reserved, or not known");
  return [
    { group: "A", value: a, meaning: findMedium(a) ?? "Reserved" },
    { group: "B", value: b, meaning: channelMeaning(b) },
    { group: "C", value: c, meaning: meaning("C", described?.c) },
    { group: "D", value: d, meaning: meaning("D", described?.d) },
    { group: "E", value: e, meaning: meaning("E", described?.e) },
    { group: "F", value: f, meaning: meaning("F", described?.f ?? billingPeriod(f).meaning) },
  ];
}

function describe(code: Uint8Array): ObisDescription {
  const [a = 0, , c = 0, d = 0, e = 0, f = 0] = code;
  const groups: ObisGroups = { c, d, e, f };
  const ours = specificToOthers(a, groups);
  if (ours !== undefined) return ours;
  switch (a) {
    case 0:
      return describeAbstract(groups);
    case 1:
      return describeElectricity(groups);
    case 7:
      return describeGas(groups);
    case 4:
    case 5:
    case 6:
    case 8:
    case 9:
      return describeThermalOrWater(a, groups);
    default:
      return { name: "", isSpecific: false };
  }
}

/** Consortia, countries, and the service entries of makers: of any medium. */
function specificToOthers(a: number, { c, d }: ObisGroups): ObisDescription | undefined {
  if (c === 93) {
    const meaning = `Consortium ${d}`;
    return {
      name: `consortium ${d} specific`,
      isSpecific: false,
      c: "Consortia specific",
      d: meaning,
    };
  }
  if (c === 94) {
    const country = findCountry(d);
    const whose = country === undefined ? `country ${d}` : country;
    return {
      name: `specific to ${whose}`,
      isSpecific: false,
      c: "Country specific",
      d: country === undefined ? undefined : capitalize(country),
    };
  }
  if (c === 96 && d >= 50 && d <= 99) {
    const heading = a === 0 ? "General and service entries" : "Service entries";
    return {
      name: "service entry, manufacturer specific",
      isSpecific: false,
      c: heading,
      d: "Manufacturer specific",
    };
  }
  return undefined;
}

function describeAbstract(groups: ObisGroups): ObisDescription {
  const lines = abstractObjects();
  const { c, d } = groups;
  return (
    lines.find(groups) ?? {
      name: lines.headingD(c, d) ?? lines.headingC(c) ?? "",
      isSpecific: false,
      c: lines.headingC(c),
      d: lines.headingD(c, d),
    }
  );
}

/** What can be said of a code that stands for no object of the standard. */
function nameOfOther(
  code: Uint8Array,
  medium: string,
  { name, isSpecific }: ObisDescription,
): string {
  const [, b = 0] = code;
  const makers = manufacturerGroup(code);
  const parts = [medium];
  // In the range of makers, a group before may still have its meaning.
  if (name !== "" && makers !== "B" && makers !== "C") parts.push(uncapitalize(name));
  if (makers !== undefined) {
    if (!name.includes("manufacturer specific")) parts.push("manufacturer specific");
  } else if (b > 64) {
    parts.push(b <= 127 ? "utility specific" : "reserved channel");
  } else if (!isSpecific && !name.includes("specific")) {
    parts.push(`code ${formatLogicalName(code)}`);
  }
  return parts.join(", ");
}

/** Channel 1 of a metered medium is the meter itself; of abstract objects it is another device. */
function channelSuffix(a: number, b: number): string {
  return b > (a === 0 ? 0 : 1) ? `, channel ${b}` : "";
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Leaves abbreviations as they are: `M-Bus`, `GSM diagnostic`. */
function uncapitalize(text: string): string {
  return /^[A-Z][a-z]/.test(text) && !/^(ZigBee|Wi-)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
