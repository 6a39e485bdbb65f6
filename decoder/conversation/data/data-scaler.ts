/** Scalers and units of registers: whether the trace has shown them, and what they say. */
import { defineDiagnostics } from "../../core/diagnostics.js";
import type { AttributeValue } from "../../readings/attribute-values.js";
import type { Data } from "../../xdlms/data.js";
import { formatLogicalName } from "../../xdlms/logical-name.js";
import type { FindingSink } from "../observed-frame.js";
import type { Column } from "./data-profile.js";

const D = defineDiagnostics("data", {
  "scaler-not-shown": {
    severity: "info",
    group: "incomplete",
    message: "The trace has not shown the scaler and the unit of the value so far",
    check: "The number counts in the register's scaler_unit: was it read before the capture began?",
  },
});

/** The number of scaler_unit in the classes of registers; their values stand before it. */
const scalerAttribute: Readonly<Partial<Record<number, number>>> = { 3: 3, 4: 3, 5: 4 };

/** The unit of values that have none. */
const noUnit = 255;

const listedNames = 4;

export class ScalerRules {
  /** Units of registers that have been shown, by the number of the logical name. */
  readonly #units = new Map<number, number>();
  /** Logical names that are known, or were reported. */
  readonly #settled = new Set<number>();

  /** Takes note of a scaler_unit. */
  learn({ classId, logicalName, attribute, data }: AttributeValue): void {
    if (attribute === scalerAttribute[classId]) this.#learn(logicalName, data);
  }

  /** Some profiles keep the scalers of another one in their only row. */
  learnColumn({ object, values }: Column): void {
    const [first] = values;
    if (first !== undefined && object.attribute === scalerAttribute[object.classId]) {
      this.#learn(object.logicalName, first);
    }
  }

  /** Whether the register has no unit: then it may hold what Data can. */
  takesAnything({ classId, logicalName, attribute }: AttributeValue): boolean {
    return isValue(classId, attribute) && this.#units.get(numberOf(logicalName)) === noUnit;
  }

  /** Reports the registers of which nothing was shown yet, each once. */
  reportMissing(values: readonly AttributeValue[], sink: FindingSink): void {
    let missing: string[] | undefined;
    for (const { classId, logicalName, attribute, data, written } of values) {
      if (written || !isValue(classId, attribute) || !isNumber(data)) continue;
      const number = numberOf(logicalName);
      if (this.#settled.has(number)) continue;
      this.#settled.add(number);
      missing ??= [];
      missing.push(formatLogicalName(logicalName));
    }
    if (missing === undefined) return;
    const more = missing.length - listedNames;
    const names = missing.slice(0, listedNames).join(", ");
    const detail = more > 0 ? `${names} and ${more} more` : names;
    sink.report(D["scaler-not-shown"], detail, "apdu");
  }

  #learn(logicalName: Uint8Array, data: Data): void {
    if (data.type !== "structure" || data.value.length !== 2) return;
    const unit = data.value[1];
    if (unit?.type !== "enum") return;
    const number = numberOf(logicalName);
    this.#units.set(number, unit.value);
    this.#settled.add(number);
  }
}

/** The 6 bytes of a logical name as one number: a text would be made for every value. */
function numberOf(logicalName: Uint8Array): number {
  let number = 0;
  for (let i = 0; i < logicalName.length; i++) number = number * 256 + (logicalName[i] ?? 0);
  return number;
}

/** Whether the attribute is a value that counts in scaler_unit. */
function isValue(classId: number, attribute: number): boolean {
  const scaler = scalerAttribute[classId];
  return scaler !== undefined && attribute > 1 && attribute < scaler;
}

function isNumber({ value, type }: Data): boolean {
  return (typeof value === "number" && type !== "enum") || typeof value === "bigint";
}
