/** Rules of date-times and of the meter's clock. Class 8; Date and time formats. */
import type { Timestamp } from "../../chunk.js";
import type { FrameContext } from "../../core/context.js";
import { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { Dissection } from "../../core/dissection.js";
import { NullRecorder } from "../../core/recorder.js";
import type { AttributeValue } from "../../readings/attribute-values.js";
import { describeClockStatus } from "../../xdlms/clock-status.js";
import type { Data } from "../../xdlms/data.js";
import { decodeDateTime, formatDateTime, isPlausibleDateTime } from "../../xdlms/date-time.js";
import { formatLogicalName } from "../../xdlms/logical-name.js";
import { readMoment, toUtcSeconds, weekdayOfBytes } from "../../xdlms/moment.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";

const formats = "IEC 62056-6-2, Date and time formats";
const clock = "IEC 62056-6-2, Clock";

const D = defineDiagnostics("data", {
  "weekday-differs": {
    severity: "note",
    group: "protocol",
    message: "The day of week is not that of the date",
    clause: formats,
    check: "Is the date right? Some meters and head-ends do not keep the day of week",
  },
  "clock-status": {
    severity: "info",
    group: "result",
    message: "The meter says that its clock is not to be relied on",
    clause: clock,
    check: "Was the meter without power, and has its clock been set since?",
  },
  "clock-far": {
    severity: "note",
    group: "result",
    message: "The meter's clock is more than one hour away from the time of the capture",
    clause: clock,
    check: "Is the meter's clock set, its deviation right, and the clock of the capturing device?",
  },
});

const weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

/** The bits of a clock status that say that something is wrong: not daylight saving. */
const doubts = 0x0f;

const hour = 3600;
/** The farthest that a local time is from UTC. */
const farthestZone = 14 * hour;

/**
 * Reports parts of the date-times that cannot be, each kind once, and days of week that do not fit.
 * Bytes all 00 stand for a moment that never was, and pass.
 */
export function reportDateTimes(
  moments: readonly Uint8Array[],
  context: FrameContext,
  sink: FindingSink,
): void {
  if (moments.length === 0) return;
  const impossible = moments.find((bytes) => isImpossible(bytes, context));
  if (impossible !== undefined) {
    const found = impossibleParts(impossible, context)[0];
    if (found !== undefined) {
      // The message is that of the definition, a colon, and the part.
      const part = found.message.slice(found.definition.message.length + 2);
      sink.report(found.definition, `${part} in ${formatDateTime(impossible)}`, "apdu");
    }
  }
  for (const bytes of moments) {
    const actual = weekdayOfBytes(bytes);
    const said = bytes[4] ?? 0xff;
    // Day of week 0 is what many send who do not know it.
    if (actual === undefined || said === 0 || said === 0xff || said === actual) continue;
    const detail = `${formatDateTime(bytes)} is a ${weekdays[actual - 1]}, not a ${weekdays[said - 1]}`;
    sink.report(D["weekday-differs"], detail, "apdu");
    return;
  }
}

function isImpossible(bytes: Uint8Array, context: FrameContext): boolean {
  if (isPlausibleDateTime(bytes) || bytes.every((byte) => byte === 0)) return false;
  return impossibleParts(bytes, context).length > 0;
}

/** What the decoder finds in the same bytes where they are a typed date-time. */
function impossibleParts(bytes: Uint8Array, context: FrameContext) {
  const dissection = new Dissection(new NullRecorder(), context);
  decodeDateTime(new Cursor(dissection, 0, bytes));
  return dissection.diagnostics;
}

export class ClockRules {
  /** Logical names of clocks that were found far away, and have not come nearer since. */
  readonly #far = new Set<string>();

  /** A value of class 8 that the meter tells. */
  observe(
    { logicalName, attribute, data }: AttributeValue,
    frame: ObservedFrame,
    sink: FindingSink,
  ): void {
    const status = statusOf(attribute, data);
    if (status !== undefined) {
      const set = describeClockStatus(status & doubts);
      if (set.length > 0) sink.report(D["clock-status"], set.join(", "), "apdu");
    }
    const difference = attribute === 2 ? differenceTo(frame.time, data) : undefined;
    if (difference === undefined) return;
    const name = formatLogicalName(logicalName);
    if (Math.abs(difference) <= hour) {
      this.#far.delete(name);
    } else if (!this.#far.has(name)) {
      this.#far.add(name);
      const side = difference > 0 ? "ahead" : "behind";
      sink.report(D["clock-far"], `it is ${formatDuration(Math.abs(difference))} ${side}`, "apdu");
    }
  }
}

function statusOf(attribute: number, data: Data): number | undefined {
  if (attribute === 2) return readMoment(data)?.status;
  return attribute === 4 && data.type === "unsigned" && data.value !== 0xff
    ? data.value
    : undefined;
}

/**
 * Seconds that the clock is ahead of the capture, in the reading that makes least of it: captures
 * may be dated in local time, and deviations may be left open, so that any time zone fits.
 */
function differenceTo(time: Timestamp | null, data: Data): number | undefined {
  const moment = readMoment(data);
  if (time === null || !time.dated || moment === undefined) return undefined;
  const local = moment.localSeconds - time.seconds;
  const utc = toUtcSeconds(moment);
  if (utc === undefined) {
    const beyond = Math.max(0, Math.abs(local) - farthestZone);
    return beyond > hour ? local : 0;
  }
  const exact = utc - time.seconds;
  return Math.abs(local) < Math.abs(exact) ? local : exact;
}

function formatDuration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / hour);
  const minutes = Math.floor((seconds % hour) / 60);
  return days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes} min`;
}
