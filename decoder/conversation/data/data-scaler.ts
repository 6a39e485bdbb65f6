/** Scalers and units of registers: whether the trace has shown them, and what they say. */
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { AttributeValue } from "../../readings/attribute-values.js";
import { isScaled, type MeterObjects } from "../../readings/meter-objects.js";
import type { Data } from "../../xdlms/data.js";
import { formatLogicalName, numberOfName } from "../../xdlms/logical-name.js";
import type { FindingSink } from "../observed-frame.js";

const D = defineDiagnostics("data", {
  "scaler-not-shown": {
    severity: "info",
    group: "incomplete",
    message: "The trace has not shown the scaler and the unit of the value so far",
    check: "The number counts in the register's scaler_unit: was it read before the capture began?",
  },
});

/** The unit of values that have none. */
const noUnit = 255;

const listedNames = 4;

export class ScalerRules {
  readonly #objects: MeterObjects;
  /** Logical names that were reported. */
  readonly #reported = new Set<number>();

  constructor(objects: MeterObjects) {
    this.#objects = objects;
  }

  /** Whether the register has no unit: then it may hold what Data can. */
  takesAnything({ classId, logicalName, attribute }: AttributeValue, frame: number): boolean {
    if (!isScaled(classId, attribute)) return false;
    return this.#objects.scalerUnit(logicalName, frame)?.fact.unit === noUnit;
  }

  /** Reports the registers of which nothing was shown yet, each once. */
  reportMissing(values: readonly AttributeValue[], frame: number, sink: FindingSink): void {
    let missing: string[] | undefined;
    for (const { classId, logicalName, attribute, data, written, scalerUnit } of values) {
      if (written || !isScaled(classId, attribute) || !isNumber(data)) continue;
      if (scalerUnit !== undefined) continue;
      const number = numberOfName(logicalName);
      if (this.#reported.has(number)) continue;
      if (this.#objects.scalerUnit(logicalName, frame) !== undefined) continue;
      this.#reported.add(number);
      missing ??= [];
      missing.push(formatLogicalName(logicalName));
    }
    if (missing === undefined) return;
    const more = missing.length - listedNames;
    const names = missing.slice(0, listedNames).join(", ");
    const detail = more > 0 ? `${names} and ${more} more` : names;
    sink.report(D["scaler-not-shown"], detail, "apdu");
  }
}

function isNumber({ value, type }: Data): boolean {
  return (typeof value === "number" && type !== "enum") || typeof value === "bigint";
}
