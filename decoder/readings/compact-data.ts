/**
 * The values in a compact buffer as readings. IEC 62056-6-2, Compact data (class 62).
 *
 * Strategy: the template is the TypeDescription of a structure with a member for each captured
 * attribute, and the buffer is the contents that belong to it. Together they are a compact-array of
 * one element, so that the decoder of compact-arrays reads them. What does not fit to the last byte is
 * not guessed at.
 */
import { concatenate } from "../core/bytes.js";
import { Cursor, DecodeError } from "../core/cursor.js";
import { createScratchDissection } from "../core/scratch-dissection.js";
import { isSecretAttribute } from "../cosem/secrets.js";
import { type Data, decodeData } from "../xdlms/data.js";
import type { DateTime } from "../xdlms/date-time.js";
import { readDateTime } from "../xdlms/moment.js";
import type { AttributeValue } from "./attribute-values.js";
import { isScaled, type MeterObjects } from "./meter-objects.js";
import { isClockTime, type ObjectDefinition } from "./object-definitions.js";
import { isSimple, type Reading } from "./reading.js";

/** Whether the value is a buffer that needs a template to be understood. */
export function isCompactBuffer({ classId, attribute, data, selection }: AttributeValue): boolean {
  const isWhole = selection === undefined || selection === "unknown";
  return classId === 62 && attribute === 2 && data.type === "octet-string" && isWhole;
}

/**
 * A reading for every simple value that was captured but the template_id; undefined where the trace
 * has not shown template and capture objects, or where they are not those of this buffer. `sent` is
 * the time of the message: a clock that was captured tells better.
 */
export function readCompactBuffer(
  { logicalName, data }: AttributeValue,
  objects: MeterObjects,
  frame: number,
  orLater: boolean,
  sent: DateTime | undefined,
): Reading[] | undefined {
  const template = objects.template(logicalName, frame, orLater);
  const captured = objects.columns(logicalName, frame, orLater);
  if (template === undefined || captured === undefined || data.type !== "octet-string") {
    return undefined;
  }
  const values = readByTemplate(template, data.value, captured.length);
  if (values === undefined) return undefined;
  const known = objects.templateId(logicalName, frame, orLater);
  const id = captured.findIndex(isTemplateId);
  if (id !== -1 && known !== undefined && values[id]?.value !== known) return undefined;
  const clock = values[captured.findIndex(isClockTime)];
  const time = readDateTime(clock) ?? sent;
  return captured.flatMap((object, i) => {
    const value = values[i];
    if (value === undefined || !isSimple(value) || i === id) return [];
    const { classId, logicalName: name, attribute, dataIndex } = object;
    if (isSecretAttribute(classId, attribute)) return [];
    const isNumber = isScaled(classId, attribute) && dataIndex === 0;
    const scalerUnit = isNumber ? objects.scalerUnit(name, frame, orLater)?.fact : undefined;
    const scaledBy = scalerUnit === undefined ? undefined : ("trace" as const);
    return [{ classId, logicalName: name, attribute, data: value, scalerUnit, scaledBy, time }];
  });
}

/** template_id of a compact data object: the standard wants it in front of what is captured. */
function isTemplateId({ classId, attribute }: ObjectDefinition): boolean {
  return classId === 62 && attribute === 4;
}

/** A value for each captured object; undefined where template and buffer do not fit. */
function readByTemplate(
  template: Uint8Array,
  buffer: Uint8Array,
  count: number,
): readonly Data[] | undefined {
  const values = readContents(template, buffer);
  if (values?.length === count) return values;
  // The template_id need not be among the capture objects to stand in front of the values,
  if (values?.length === count + 1 && values[0]?.type === "unsigned") return values.slice(1);
  // and it may stand in front of the template, too: then the types do not count it.
  if (template[0] !== buffer[0]) return undefined;
  const behind = readContents(template.subarray(1), buffer.subarray(1));
  return behind?.length === count ? behind : undefined;
}

const tags = { structure: 2, compactArray: 19 } as const;

function readContents(template: Uint8Array, buffer: Uint8Array): readonly Data[] | undefined {
  if (template[0] !== tags.structure || buffer.length === 0) return undefined;
  const length = [0x84, 24, 16, 8, 0].map((part, i) => (i === 0 ? part : buffer.length >>> part));
  const head = Uint8Array.of(tags.compactArray);
  const bytes = concatenate([head, template, Uint8Array.from(length), buffer]);
  const dissection = createScratchDissection();
  const c = new Cursor(dissection, 0, bytes);
  try {
    const { type, value } = decodeData(c);
    if (type !== "compact-array" || c.remaining > 0 || dissection.diagnostics.length > 0) {
      return undefined;
    }
    const [element, ...more] = value;
    return element?.type === "structure" && more.length === 0 ? element.value : undefined;
  } catch (error) {
    // Not a message that fails, but an answer: the template is not that of the buffer.
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
