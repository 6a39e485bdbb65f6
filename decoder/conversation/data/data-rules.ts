/** Rules of the values: types, names, dates, units, profiles and clocks, by what they belong to. */
import { equalBytes } from "../../core/bytes.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { findAttribute, findClass } from "../../cosem/find-class.js";
import { type AttributeValue, WriteTransfers } from "../../readings/attribute-values.js";
import { isScalerUnit, MeterObjects } from "../../readings/meter-objects.js";
import { formatLogicalName } from "../../xdlms/logical-name.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { ClockRules, reportDateTimes } from "./data-clock.js";
import { collectDateTimes, findMismatch } from "./data-mismatch.js";
import { type Column, judgeBuffer } from "./data-profile.js";
import { ScalerRules } from "./data-scaler.js";

const D = defineDiagnostics("data", {
  "attribute-type": {
    severity: "warning",
    group: "protocol",
    message: "The value is not of a type that the attribute can have",
    clause: "IEC 62056-6-2, COSEM interface classes",
    check: "Is it the class and attribute that was meant, and does the meter keep to the standard?",
  },
  "positional-push": {
    severity: "info",
    group: "assumption",
    message: "The push does not name its values; they are read after a maker's habit",
    check: "Is it a meter of that maker? The push setup of the meter tells what it sends",
  },
  "logical-name-differs": {
    severity: "warning",
    group: "protocol",
    message: "The object has another logical name than the one that it was addressed by",
    check: "Do the short names or the list of objects belong to this meter?",
  },
});

/** Judges the values that the frames of one conversation carry. */
export class DataRules {
  /** What the values so far have shown of the meter's objects. */
  readonly objects = new MeterObjects();
  readonly #writes = new WriteTransfers();
  readonly #habits = new Set<string>();
  readonly #scalers = new ScalerRules(this.objects);
  readonly #clocks = new ClockRules();

  /** The next frame of the conversation, and the request that it answers. Never throws. */
  observe(frame: ObservedFrame, answered: AnsweredRequest | undefined, sink: FindingSink): void {
    if (frame.damaged || frame.apdu === undefined) return;
    const values = this.#writes.valuesOf(
      frame.apdu,
      answered,
      frame.context.association.shortNames,
    );
    if (values.length === 0) return;
    this.#reportHabit(values[0]?.habit, sink);
    const { number } = frame;
    for (const value of values) this.objects.learn(value, number);
    for (const value of values) {
      this.#reportType(value, number, sink);
      reportName(value, sink);
      this.#reportContents(value, frame, sink);
    }
    this.#scalers.reportMissing(values, number, sink);
  }

  /** Once for each habit: the meter sends the same again and again. */
  #reportHabit(habit: string | undefined, sink: FindingSink): void {
    if (habit === undefined || this.#habits.has(habit)) return;
    this.#habits.add(habit);
    sink.report(D["positional-push"], habit, "apdu");
  }

  #reportType(value: AttributeValue, frame: number, sink: FindingSink): void {
    const { classId, logicalName, attribute, data, selection } = value;
    if (classId === undefined) return;
    const isBuffer = classId === 7 && attribute === 2;
    // A selection may leave anything out of the shape but the rows of a buffer.
    if (selection !== undefined && !isBuffer) return;
    const type = findAttribute(classId, attribute);
    if (type === undefined || this.#scalers.takesAnything(value, frame)) return;
    const mismatch = findMismatch(data, type.rule);
    if (mismatch === undefined) return;
    const { path, came, allowed } = mismatch;
    const where = path.length === 0 ? "" : `, element ${path.join(".")}`;
    const className = findClass(classId)?.name;
    const named = className === undefined ? `class ${classId}` : `${className}, class ${classId}`;
    const object = `${formatLogicalName(logicalName)} (${named})`;
    const detail = `attribute ${attribute} ${type.name} of ${object}${where} is ${came}, allowed is ${allowed}`;
    sink.report(D["attribute-type"], detail, "apdu");
  }

  /** Some profiles keep the scalers of another one in their only row. */
  #learnScaler({ object, values }: Column, frame: number): void {
    const [first] = values;
    if (first === undefined || !isScalerUnit(object.classId, object.attribute)) return;
    this.objects.learnScaler(object.logicalName, first, frame);
  }

  #reportContents(value: AttributeValue, frame: ObservedFrame, sink: FindingSink): void {
    const { classId, attribute, data } = value;
    const type = classId === undefined ? undefined : findAttribute(classId, attribute);
    const moments: Uint8Array[] = [];
    collectDateTimes(data, type?.rule, moments);
    if (classId === 7) {
      for (const column of judgeBuffer(value, this.objects, frame.number, sink)) {
        this.#learnScaler(column, frame.number);
        collectFromColumn(column, moments);
      }
    }
    reportDateTimes(moments, frame.context, sink);
    if (classId === 8 && !value.written) this.#clocks.observe(value, frame, sink);
  }
}

function collectFromColumn({ object, values }: Column, moments: Uint8Array[]): void {
  const { classId, attribute, dataIndex } = object;
  const type = dataIndex === 0 ? findAttribute(classId, attribute) : undefined;
  for (const data of values) collectDateTimes(data, type?.rule, moments);
}

/** The objects that stand for those of the association in use: what they are called is another name. */
const currentObjects: readonly Uint8Array[] = [
  Uint8Array.from([0, 0, 40, 0, 0, 255]),
  Uint8Array.from([0, 0, 43, 0, 0, 255]),
];

function reportName({ logicalName, attribute, data }: AttributeValue, sink: FindingSink): void {
  if (attribute !== 1 || data.type !== "octet-string" || data.value.length !== 6) return;
  if (equalBytes(data.value, logicalName)) return;
  if (currentObjects.some((current) => equalBytes(current, logicalName))) return;
  const detail = `it says ${formatLogicalName(data.value)}, it was addressed as ${formatLogicalName(logicalName)}`;
  sink.report(D["logical-name-differs"], detail, "apdu");
}
