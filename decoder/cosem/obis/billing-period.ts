/** Value group F: billing periods. IEC 62056-6-1, Value group F codes. */

export interface BillingPeriod {
  readonly meaning: string;
  /** What follows in the name of a value; empty for the current one. */
  readonly ofValue: string;
  /** What follows in the name of a profile, where from 101 on that many periods are meant. */
  readonly ofProfile: string;
  readonly isDefined: boolean;
}

/** 0 to 99 are numbers of the billing period counter; 101 to 125 count back from the last one. */
export function billingPeriod(f: number): BillingPeriod {
  if (f === 255) return defined("Current value, or not used", "", "");
  if (f <= 99) {
    return defined(`Billing period number ${f}`, `, billing period ${f}`, `, billing period ${f}`);
  }
  if (f === 101) return defined("Last billing period", ", last billing period");
  if (f > 101 && f <= 125) {
    const count = f - 100;
    const meaning = `Billing period ${count} ago, or the last ${count}`;
    return defined(meaning, `, billing period ${count} ago`, `, last ${count} billing periods`);
  }
  if (f === 126) return defined("Most recent billing periods", ", most recent billing periods");
  const meaning = f === 100 || f === 127 ? "Reserved" : "Manufacturer specific";
  return { meaning, ofValue: "", ofProfile: "", isDefined: false };
}

function defined(meaning: string, ofValue: string, ofProfile = ofValue): BillingPeriod {
  return { meaning, ofValue, ofProfile, isDefined: true };
}
