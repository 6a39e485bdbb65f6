/** Codes of electricity, A = 1: measured values by the groups, the other objects by their list. */
import { billingPeriod } from "./billing-period.js";
import {
  type Detail,
  harmonic,
  losses,
  phaseAngle,
  rate,
  voltageDip,
} from "./electricity-details.js";
import { electricityObjects } from "./electricity-objects.js";
import { findProcessing, type Processing } from "./electricity-processing.js";
import { type ElectricityQuantity, findElectricityQuantity } from "./electricity-quantities.js";
import type { ObisDescription, ObisGroups } from "./obis-description.js";

export function describeElectricity(groups: ObisGroups): ObisDescription {
  const { c } = groups;
  if (c === 81) return describeAngle(groups);
  if (c === 83) return describeLosses(groups);
  const quantity = findElectricityQuantity(c);
  return quantity === undefined ? describeObject(groups) : describeMeasured(quantity, groups);
}

function describeObject(groups: ObisGroups): ObisDescription {
  const lines = electricityObjects();
  const heading = lines.headingD(groups.c, groups.d) ?? lines.headingC(groups.c);
  return (
    lines.find(groups) ?? {
      name: heading ?? "",
      isSpecific: false,
      c: lines.headingC(groups.c),
      d: lines.headingD(groups.c, groups.d),
    }
  );
}

function describeMeasured(
  quantity: ElectricityQuantity,
  { c, d, e, f }: ObisGroups,
): ObisDescription {
  const processing = findProcessing(d);
  if (processing === undefined) return { name: quantity.name, isSpecific: false, c: quantity.name };
  const period = billingPeriod(f);
  const isIntegral = processing.kind === "integral";
  const energy = isIntegral ? quantity.integral : undefined;
  const isEnergy = energy !== undefined;
  const detail = detailOf(quantity, processing, c, d, e);
  const processed = isEnergy ? processing.suffix : suffixOfValue(processing);
  const suffixes = detail.isDefined ? detail.suffix + period.ofValue : "";
  const isSpecific = detail.isDefined && period.isDefined;
  const isPlain = e === 0 || e === 255;
  return {
    name: `${energy ?? quantity.name}${processed}${suffixes}`,
    isSpecific,
    // A meter may have other registers for most of them, but these.
    classId: isSpecific && f === 255 && (d === 7 || d === 8) ? 3 : undefined,
    unit: unitOf(
      quantity,
      processing,
      isPlain || !quantity.hasHarmonics || !processing.isOfHarmonics,
    ),
    isTotal: isSpecific && isEnergy && e === 0 ? true : undefined,
    c: energy ?? quantity.name,
    d: processing.meaning,
    e: detail.meaning,
    f: period.meaning,
  };
}

function detailOf(
  quantity: ElectricityQuantity,
  processing: Processing,
  c: number,
  d: number,
  e: number,
): Detail {
  // E = 0 counts all sags in practice: the class of the smallest dips has the same code.
  const dip = [12, 32, 52, 72].includes(c) && d === 32 && e > 0 ? voltageDip(e) : undefined;
  if (dip !== undefined) return dip;
  if (quantity.hasHarmonics && processing.isOfHarmonics) return harmonic(e);
  return rate(e, processing.kind === "integral" && quantity.integral !== undefined);
}

/** Where the integral has no name of its own, it is called by its number. */
function suffixOfValue({ kind, meaning, suffix }: Processing): string {
  return kind === "integral" ? `, ${meaning.toLowerCase()}` : suffix;
}

/** Distortions and single harmonics may be in percent: nothing is said of them. */
function unitOf(
  quantity: ElectricityQuantity,
  processing: Processing,
  isWhole: boolean,
): number | undefined {
  switch (processing.kind) {
    case "integral":
      return quantity.integralUnit;
    case "value":
      return isWhole ? quantity.unit : undefined;
    case "counter":
      return 255;
    case "time":
      return undefined;
  }
}

function describeAngle({ d, e, f }: ObisGroups): ObisDescription {
  const angle = phaseAngle(e);
  const processing = findProcessing(d);
  const period = billingPeriod(f);
  const isSpecific = angle.isDefined && processing !== undefined && period.isDefined;
  return {
    name: isSpecific ? angle.suffix + suffixOfValue(processing) + period.ofValue : "Phase angle",
    isSpecific,
    classId: d === 7 && f === 255 && e !== 255 && isSpecific ? 3 : undefined,
    unit: isSpecific && e !== 255 ? 8 : undefined,
    c: "Phase angles",
    d: processing?.meaning,
    e: angle.meaning,
    f: period.meaning,
  };
}

function describeLosses({ d, e, f }: ObisGroups): ObisDescription {
  const loss = losses(e);
  const processing = findProcessing(d);
  const period = billingPeriod(f);
  const isSpecific = loss.isDefined && processing !== undefined && period.isDefined;
  return {
    name: isSpecific
      ? loss.suffix + suffixOfValue(processing) + period.ofValue
      : "Line and transformer losses",
    isSpecific,
    unit: isSpecific ? unitOfLosses(loss.isReactive, processing) : undefined,
    c: "Line and transformer losses",
    d: processing?.meaning,
    e: loss.meaning,
    f: period.meaning,
  };
}

function unitOfLosses(isReactive: boolean | undefined, { kind }: Processing): number | undefined {
  if (isReactive === undefined) return undefined;
  if (kind === "integral") return isReactive ? 32 : 30;
  if (kind === "value") return isReactive ? 29 : 27;
  return undefined;
}
