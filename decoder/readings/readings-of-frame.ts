/** The readings in a frame: answers, pushes, rows of profiles, compact data, telegrams. */
import { isSecretAttribute } from "../cosem/secrets.js";
import type { Frame } from "../frame.js";
import type { P1 } from "../link/p1.js";
import type { DataNotification } from "../xdlms/data-notification.js";
import type { DateTime } from "../xdlms/date-time.js";
import type { EventNotificationRequest } from "../xdlms/event-notification.js";
import { readDateTime } from "../xdlms/moment.js";
import { type AttributeValue, valuesOf } from "./attribute-values.js";
import { isCompactBuffer, readCompactBuffer } from "./compact-data.js";
import { isScaled, MeterObjects } from "./meter-objects.js";
import type { GivenColumns } from "./profile-columns.js";
import { readRows } from "./profile-rows.js";
import { isSimple, type Reading } from "./reading.js";
import { readTelegram } from "./telegram-readings.js";

export interface ReadingOptions {
  /**
   * Whether what later frames show (scalers, capture objects) counts, too: for a trace that has been
   * read to its end. Default false, so that a frame says the same whenever it is asked.
   */
  readonly orLater?: boolean;
  /** What the columns of profiles are where the trace does not show it. */
  readonly columns?: GivenColumns;
}

/**
 * Every value of a known object that the meter tells in this frame, in the order of the message: not
 * what the client writes, and no arrays and structures but the rows of profiles.
 */
export function readingsOf(
  frame: Frame,
  { orLater = false, columns }: ReadingOptions = {},
): readonly Reading[] {
  const { apdu, answers, known, link } = frame;
  const telegram = link["p1"] as P1 | undefined;
  if (telegram !== undefined) return readTelegram(telegram);
  if (apdu === undefined || !mayTell(apdu.name)) return none;
  const values = valuesOf(apdu, answers, known.shortNames);
  if (values.length === 0) return none;
  const objects = frame.objects ?? noObjects;
  const time = timeOfMessage(apdu, values);
  const readings: Reading[] = [];
  for (const value of values) {
    const { classId, logicalName, attribute, data, written, habit } = value;
    if (written || attribute === logicalNameAttribute) continue;
    // What is read in clear is hidden by whoever shows the frame: readings may be shown without it.
    if (data.hidden === true || isSecretAttribute(classId, attribute)) continue;
    const captured = isCompactBuffer(value)
      ? readCompactBuffer(value, objects, frame.number, orLater, time)
      : undefined;
    if (captured !== undefined) {
      readings.push(...captured);
    } else if (classId === 7 && attribute === 2) {
      readings.push(...readRows(value, objects, frame.number, orLater, columns));
    } else if (isSimple(data)) {
      const isCounted = classId === undefined || isScaled(classId, attribute);
      const learnt = isCounted
        ? objects.scalerUnit(logicalName, frame.number, orLater)?.fact
        : undefined;
      const own = value.scalerUnit;
      const scalerUnit = own ?? learnt;
      const scaledBy = own !== undefined ? sourceOf(habit) : learnt && "trace";
      const counted = { scalerUnit, scaledBy, habit };
      readings.push({ classId, logicalName, attribute, data, time, ...counted });
    }
  }
  return readings;
}

function sourceOf(habit: string | undefined): Reading["scaledBy"] {
  return habit === undefined ? "message" : "habit";
}

/** Whether an APDU of that name may bring values of the meter: most of the others ask for them. */
function mayTell(name: string): boolean {
  return !name.startsWith("get-request") && !name.startsWith("set-");
}

const none: readonly Reading[] = Object.freeze([]);
const logicalNameAttribute = 1;
const noObjects = new MeterObjects();

/** The meter's time of a message that it sends by itself: of the clock in it, else of the message. */
function timeOfMessage(
  apdu: NonNullable<Frame["apdu"]>,
  values: readonly AttributeValue[],
): DateTime | undefined {
  if (apdu.name === "data-notification") {
    const clock = values.find(isClock);
    if (clock !== undefined) return readDateTime(clock.data);
    const sent = (apdu as DataNotification)["date-time"];
    return typeof sent === "string" ? sent : undefined;
  }
  if (apdu.name === "event-notification-request") {
    const sent = (apdu as EventNotificationRequest).time;
    return typeof sent === "string" ? sent : undefined;
  }
  return undefined;
}

/** The clock of a meter: class 8, or the logical name that clocks have. */
function isClock({ classId, logicalName, attribute, data }: AttributeValue): boolean {
  if (attribute !== 2 || readDateTime(data) === undefined) return false;
  return classId === 8 || (classId === undefined && isClockName(logicalName));
}

function isClockName(name: Uint8Array): boolean {
  return name[2] === 1 && name[3] === 0 && name[4] === 0 && (name[0] === 0 || name[0] === 1);
}
