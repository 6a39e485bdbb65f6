/** The readings of a P1 telegram. DSMR P1 companion standard, Representation of COSEM objects. */
import type { P1, P1Object } from "../link/p1.js";
import type { Data } from "../xdlms/data.js";
import type { DateTime } from "../xdlms/date-time.js";
import type { Reading } from "./reading.js";

const timeOfTelegram = "0.0.1.0.0.255";

/** One for every value; a value's own time stands in the parentheses before it. */
export function readTelegram({ objects }: P1): Reading[] {
  const sent = objects.find(({ obis }) => obis === timeOfTelegram)?.values[0]?.value;
  const time = sent === undefined ? undefined : toDateTime(sent);
  return objects.flatMap((object) => readObject(object, time));
}

function readObject({ obis, values }: P1Object, sent: DateTime | undefined): Reading[] {
  const logicalName = Uint8Array.from(obis.split("."), Number);
  // A telegram may hold what is no object; logs and lists of months bring values of other objects.
  if (logicalName.length !== 6 || isProfile(logicalName)) return [];
  const isPlain = values.length === 1;
  const last = values.at(-1);
  if (last === undefined) return [];
  const time = isPlain ? sent : (toDateTime(values[0]?.value ?? "") ?? sent);
  // DSMR 2.2 gives the unit of a meter behind the electricity meter apart from its value.
  const unit = last.unit ?? values.find(({ value }) => isUnit(value))?.value;
  const reading: Reading = {
    classId: undefined,
    logicalName,
    attribute: 2,
    data: dataOf(obis, last.value),
    scalerUnit: undefined,
    scaledBy: unit === undefined ? undefined : "message",
    unitText: unit,
    time,
  };
  return [reading];
}

/** The clock of the telegram is a time, whatever its spelling; all else are the characters as sent. */
function dataOf(obis: string, value: string): Data {
  const time = obis === timeOfTelegram ? toDateTime(value) : undefined;
  return time === undefined
    ? { type: "visible-string", value }
    : { type: "date-time", value: time };
}

/** Profiles have 98 and 99 in group C. IEC 62056-6-1, profile and list objects. */
function isProfile(logicalName: Uint8Array): boolean {
  return logicalName[2] === 98 || logicalName[2] === 99;
}

function isUnit(text: string): boolean {
  return text === "m3" || text === "GJ" || text === "kWh";
}

/** `101209113020W`: year to second, and winter or summer; local time, its zone is not said. */
function toDateTime(text: string): DateTime | undefined {
  const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)[SW]?$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return `20${year}-${month}-${day}T${hour}:${minute}:${second}*`;
}

/** Telegrams send serial numbers and messages as hex of their characters: `4B384547` is `K8EG`. */
export function readHexText(text: string): string | undefined {
  if (text.length < 8 || !/^([2-7][0-9A-F]){4,}$/.test(text)) return undefined;
  let read = "";
  for (let i = 0; i < text.length; i += 2) {
    read += String.fromCharCode(Number.parseInt(text.slice(i, i + 2), 16));
  }
  return /^[\x20-\x7e]+$/.test(read) ? read : undefined;
}
