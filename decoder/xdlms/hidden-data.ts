/** Values that are secrets: they are read like any other, and not shown. */
import { Cursor, DecodeError } from "../core/cursor.js";
import { Dissection } from "../core/dissection.js";
import { defineFields, type Field } from "../core/fields.js";
import { countHidden, hideBytes } from "../core/hidden-bytes.js";
import { NullRecorder } from "../core/recorder.js";
import { type Data, decodeData } from "./data.js";
import { dataFields } from "./data-fields.js";
import { peekLength, sizeOfLength } from "./length.js";
import { decodeList } from "./list.js";

const F = defineFields("data", {
  hidden: {
    name: "Hidden value",
    type: "bytes",
    meaning: "A secret, of another type than secrets have",
  },
});

/**
 * Reads one value as `decodeData` does, and hides it: the value is `hidden`, its leaf has a length
 * and no value, and its bytes are blanked out in everything that was derived from the captured ones.
 * What cannot be read to its end is hidden up to the cursor's end.
 */
export function decodeHiddenData(c: Cursor): Data {
  const tag = c.peek();
  if (tag === 0) return decodeData(c);
  const trial = createTrial(c);
  try {
    const data = decodeData(trial);
    if (tag === 9 || tag === 10 || tag === 12) hideString(c, stringFields[tag]);
    else hideLeaf(c, F.hidden, trial.offset - c.offset, 1);
    return hideData(data);
  } catch (error) {
    if (error instanceof DecodeError && c.remaining > 0) hideLeaf(c, F.hidden, c.remaining, 1);
    throw error;
  }
}

/** A list of values under a node of `field`; `hidden` says of each in its order whether it is a secret. */
export function decodeValues(c: Cursor, field: Field, hidden: readonly boolean[]): Data[] {
  let next = 0;
  return decodeList(c, field, (element) =>
    hidden[next++] === true ? decodeHiddenData(element) : decodeData(element),
  );
}

/** A value of the same type and length that says nothing of it. */
export function hideData(data: Data): Data {
  switch (data.type) {
    case "null-data":
    case "dont-care":
      return data;
    case "array":
    case "structure":
    case "compact-array":
      return { type: data.type, value: data.value.map(hideData) };
    case "octet-string":
      return { type: data.type, value: asterisks(data.value.length), hidden: true };
    case "boolean":
      return { type: data.type, value: false, hidden: true };
    case "long64":
    case "long64-unsigned":
      return { type: data.type, value: 0n, hidden: true };
    case "bit-string":
      return { type: data.type, value: "0".repeat(data.value.length), hidden: true };
    case "visible-string":
    case "utf8-string":
    case "date-time":
    case "date":
    case "time":
      return { type: data.type, value: "*".repeat(data.value.length), hidden: true };
    default:
      return { type: data.type, value: 0, hidden: true };
  }
}

/** A cursor over the same bytes that leaves no trace: to see whether and how far they can be read. */
export function createTrial(c: Cursor): Cursor {
  const dissection = new Dissection(new NullRecorder(), c.dissection.context);
  return new Cursor(dissection, c.source, c.bytes, c.offset, c.end);
}

function asterisks(count: number): Uint8Array {
  return new Uint8Array(count).fill(0x2a);
}

const stringFields = {
  9: dataFields.octetString,
  10: dataFields.visibleString,
  12: dataFields.utf8String,
} as const;

function hideString(c: Cursor, field: Field): void {
  const head = 1 + sizeOfLength(c, 1);
  const length = peekLength(c, 1);
  hideLeaf(c, field, head + length, head);
  if (c.recording) c.note(countHidden(length, "character"));
}

/** A leaf without a value; what stands behind its first `shown` bytes is blanked out. */
function hideLeaf(c: Cursor, field: Field, length: number, shown: number): void {
  const start = c.offset;
  c.leaf(field, length, undefined);
  if (c.recording) c.note(countHidden(length - shown, "byte"));
  hideBytes(c, start + shown, c.offset);
}
