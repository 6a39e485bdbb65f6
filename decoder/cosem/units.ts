/** Units: codes of `unit` in scaler_unit. IEC 62056-6-2, Register, enumerated values for physical units. */

export interface Unit {
  readonly code: number;
  /** `Wh`, `m³`, `°C`; empty for a count. */
  readonly symbol: string;
  /** `watt-hour`. */
  readonly name: string;
  /** What is measured: `active energy`. */
  readonly quantity: string;
}
