/** Traces of plain APDUs, and what the meter tells in them. */

import { standardNames } from "../../../decoder/cosem/standard-names.js";
import type { Frame } from "../../../decoder/frame.js";
import type { AttributeValue } from "../../../decoder/readings/attribute-values.js";
import { describeReading } from "../../../decoder/readings/described-reading.js";
import type { Reading } from "../../../decoder/readings/reading.js";
import { type ReadingOptions, readingsOf } from "../../../decoder/readings/readings-of-frame.js";
import type { Data } from "../../../decoder/xdlms/data.js";
import { decodeData } from "../../../decoder/xdlms/data.js";
import { descriptor } from "../conversation/data/data-rules-trace.js";
import { decodeTrace, down, type Message, up } from "../conversation/trace-frames.js";
import { decodeBytes, toBytes } from "../dissect-bytes.js";

/** Logical names in hex. */
export const names = {
  /** 1-0:1.8.0*255 */
  energy: "0100010800ff",
  /** 1-0:2.8.0*255 */
  exported: "0100020800ff",
  /** 0-0:1.0.0*255 */
  clock: "0000010000ff",
  /** 1-0:99.1.0*255 */
  profile: "0100630100ff",
  /** 0-0:96.10.1*255 */
  status: "0000600a01ff",
  /** 0-0:66.0.0*255 */
  compact: "0000420000ff",
} as const;

export { descriptor };

export type Trace = readonly Message[];

/** What the client sends. */
export function sent(hex: string): Message {
  return { bytes: toBytes(hex), mark: up };
}

/** What the meter sends. */
export function told(hex: string): Message {
  return { bytes: toBytes(hex), mark: down };
}

/** get-request-normal and its answer with the data; `selection` is a Selective-Access-Descriptor. */
export function read(
  classId: number,
  logicalName: string,
  attribute: number,
  data: string,
  selection?: string,
): Message[] {
  const access = selection === undefined ? "00" : `01 ${selection}`;
  return [
    sent(`c001c1 ${descriptor(classId, logicalName, attribute)} ${access}`),
    told(`c401c1 00 ${data}`),
  ];
}

/** Data-Notification without a time, or with the 12 bytes of one. */
export function push(body: string, time?: string): Message {
  return told(`0f 40000001 ${time === undefined ? "00" : `0c ${time}`} ${body}`);
}

/** A capture object: class, name, attribute, data index. */
export function captured(classId: number, logicalName: string, attribute = 2, index = 0): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  return `0204 12${hex(classId, 4)} 0906${logicalName} 0f${hex(attribute, 2)} 12${hex(index, 4)}`;
}

/** An array of the elements, fewer than 128. */
export function array(...elements: readonly string[]): string {
  return `01${elements.length.toString(16).padStart(2, "0")} ${elements.join(" ")}`;
}

export function structure(...members: readonly string[]): string {
  return `02${members.length.toString(16).padStart(2, "0")} ${members.join(" ")}`;
}

/** double-long-unsigned */
export function number(value: number): string {
  return `06${value.toString(16).padStart(8, "0")}`;
}

/** 2023-01-01, a Sunday, at that time; hundredths and deviation are left open. */
export function dateTimeBytes(hour: number, minute = 0): string {
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  return `07e70101 07 ${hex(hour)}${hex(minute)}00ff 8000 00`;
}

export function dateTime(hour: number, minute = 0): string {
  return `090c ${dateTimeBytes(hour, minute)}`;
}

export function decode(messages: readonly Message[]): readonly Frame[] {
  return decodeTrace(messages, { framing: "apdu" });
}

/** The readings of the last frame. */
export function readLast(
  messages: readonly Message[],
  options?: ReadingOptions,
): readonly Reading[] {
  const last = decode(messages).at(-1);
  if (last === undefined) throw new Error("the trace of the test has no frame");
  return readingsOf(last, options);
}

/** The readings of the frame with that number, when the whole trace has been read. */
export function readAt(messages: Trace, frame: number, orLater: boolean): readonly Reading[] {
  const found = decode(messages)[frame - 1];
  if (found === undefined) throw new Error(`the trace of the test has no frame ${frame}`);
  return readingsOf(found, { orLater });
}

/** `1.0.1.8.0.255/2 123.4 Wh at 2023-01-01T12:00:00*`: the object, the value, when. */
export function tell(reading: Reading): string {
  const { logicalName, attribute, unit, value, time } = describeReading(reading, standardNames());
  const counted = unit === undefined ? "" : ` ${unit}`;
  const when = time === undefined ? "" : ` at ${time}`;
  return `${logicalName.join(".")}/${attribute} ${value}${counted}${when}`;
}

export function tellLast(messages: readonly Message[], options?: ReadingOptions): string[] {
  return readLast(messages, options).map(tell);
}

export function toData(hex: string): Data {
  const data = decodeBytes(hex, decodeData);
  if (data === undefined) throw new Error(`no data: ${hex}`);
  return data;
}

/** A value of an attribute that was read as a whole. */
export function attributeValue(
  classId: number,
  logicalName: string,
  attribute: number,
  data: string,
  changes: Partial<AttributeValue> = {},
): AttributeValue {
  return {
    classId,
    logicalName: toBytes(logicalName),
    attribute,
    data: toData(data),
    selection: undefined,
    written: false,
    ...changes,
  };
}
