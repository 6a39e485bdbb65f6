/**
 * Names of objects, events and pushes that a country, a companion specification or a maker defines
 * beyond the standard: plain lines of CSV, in the form that users' own files have, too.
 */

/** A pack as it is written down: text, so that a pack that nobody needs costs nothing. */
export interface Pack {
  /** For `--obis`: `dsmr`. */
  readonly id: string;
  /** `DSMR and ESMR, Netherlands`. */
  readonly name: string;
  /** Where the facts are from, in words. */
  readonly source: string;
  /**
   * Lines `code,class,name,unit,scaler`: a code with `n` or a range for a group that varies
   * (`0-n:24.2.1*255`, `1-0:1.8.1-4*255`), the others may be empty; a line with `#` is a remark. The
   * unit is a symbol or a code; `{B}` in a name stands for the value of that group.
   */
  readonly objects?: string;
  /**
   * Lines `code,event,text`: the log that holds the events (its profile, 0-0:99.98.e*255, not the
   * object of the event code, 0-0:96.11.e*255), a number, its meaning.
   */
  readonly events?: string;
  /** Lines `code,bit,text`: the register of alarms, errors or states, a bit (0 is that of value 1). */
  readonly bits?: string;
}
