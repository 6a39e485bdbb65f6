import { toHex } from "../core/bytes.js";
import type { Data } from "./data.js";
import { describeOctetString } from "./octet-string.js";

const shownBytes = 12;
const shownElements = 4;
const shownCharacters = 32;

/** A value in a few words: its type, and what it holds or how many elements it has. */
export function summarizeData(data: Data): string {
  switch (data.type) {
    case "null-data":
    case "dont-care":
      return data.type;
    case "array":
    case "structure":
    case "compact-array":
      return summarizeElements(data.type, data.value);
    case "octet-string":
      return `octet-string ${describeOctetString(data.value) ?? summarizeBytes(data.value)}`;
    case "visible-string":
    case "utf8-string":
      return `${data.type} ${JSON.stringify(shorten(data.value))}`;
    case "bit-string":
      return `bit-string ${shorten(data.value)}`;
    default:
      return `${data.type} ${data.value}`;
  }
}

/** `structure {0, 30}`; of many or nested elements, their number. */
function summarizeElements(type: string, elements: readonly Data[]): string {
  const short = elements.length > 0 && elements.length <= shownElements && elements.every(isSimple);
  if (!short) return `${type} of ${elements.length}`;
  return `${type} {${elements.map(summarizeElement).join(", ")}}`;
}

function isSimple({ type }: Data): boolean {
  return type !== "array" && type !== "structure" && type !== "compact-array";
}

/** An element without its type, which the tree tells. */
function summarizeElement(data: Data): string {
  const text = summarizeData(data);
  return text.startsWith(`${data.type} `) ? text.slice(data.type.length + 1) : text;
}

/** `1 byte`, `512 bytes`. */
export function countBytes(bytes: Uint8Array): string {
  return bytes.length === 1 ? "1 byte" : `${bytes.length} bytes`;
}

/** Bytes in hex, the first of them where they are many. */
function summarizeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "of 0 bytes";
  if (bytes.length <= shownBytes) return toHex(bytes);
  return `${toHex(bytes, 0, shownBytes)}... (${countBytes(bytes)})`;
}

/** The number of elements and the first of them; of a single one, itself. */
export function summarizeList<Element>(
  list: readonly Element[],
  describe: (element: Element) => string,
): string {
  const [first] = list;
  if (first === undefined) return "empty list";
  return list.length === 1 ? describe(first) : `list of ${list.length}, first ${describe(first)}`;
}

function shorten(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}...`;
}
