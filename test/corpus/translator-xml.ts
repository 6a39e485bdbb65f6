/**
 * Published decodes in the XML that translators of DLMS write, and their comparison with a frame
 * of ours. What they say is compared word for word, but for how an octet-string is shown: the
 * translators choose between a logical name, a date, a text and hex by rules of their own.
 */
import type { FrameJson } from "../../decoder/index.js";
import type { Json, TreeNodeJson } from "../../decoder/present/frame-json.js";
import { type DataJson, dataOf, elementsOf, isData, memberAt } from "./data-json.js";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

/** Reads elements and attributes: no text, no entities, for there are none in these files. */
export function parseXml(text: string): XmlElement {
  const body = text.replace(/<\?.*?\?>|<!--.*?-->/gs, "");
  const document = { name: "", attributes: {}, children: [] as XmlElement[] };
  const open = [document];
  const tag = /<(?:\/(\w+)|(\w+)((?:\s+\w+="[^"<&]*")*)\s*(\/?))>|\S/g;
  for (const [token, closed, name, list = "", empty] of body.matchAll(tag)) {
    if (closed !== undefined && open.length > 1 && open.at(-1)?.name === closed) open.pop();
    else if (name === undefined) throw new Error(`unexpected in the XML: ${token}`);
    else {
      const pairs = [...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [] };
      open.at(-1)?.children.push(element);
      if (empty === "") open.push(element);
    }
  }
  const [root, ...others] = document.children;
  if (root === undefined || others.length > 0 || open.length > 1)
    throw new Error("no XML document");
  return root;
}

/** Where a published decode and a frame differ, in words; empty where they agree. */
export function compareWithXml(root: XmlElement, frame: FrameJson): string[] {
  const differences: string[] = [];
  const expectSame = (what: string, expected: string | undefined, found: unknown) => {
    if (expected !== undefined && expected !== String(found)) {
      differences.push(`${what} is ${found}, published as ${expected}`);
    }
  };
  let notification: XmlElement | undefined = root;
  if (root.name === "GeneralGloCiphering") {
    const { SystemTitle, FrameCounter, Ciphertext } = root.attributes;
    const { ciphering, apdu } = frame;
    expectSame("title", SystemTitle?.toLowerCase(), ciphering?.["system-title"]);
    expectSame("counter", FrameCounter, ciphering?.["invocation-counter"]);
    expectSame("ciphertext", Ciphertext?.toLowerCase(), apdu?.["ciphered-data"]);
    notification = root.children[0];
    if (notification === undefined && Ciphertext !== undefined) return differences;
  }
  const [dateTime, body, ...others] = notification?.children ?? [];
  if (notification?.name !== "DataNotification" || dateTime?.name !== "DateTime") {
    throw new Error(`no comparison is written for ${notification?.name}`);
  }
  if (body === undefined || others.length > 0) throw new Error("no body, or several");
  expectSame("APDU", "data-notification", frame.apdu?.name);
  expectSame("invoke-id", notification.attributes["LongInvokeId"], longInvokeId(frame.apdu));
  const date = dateTime.attributes["Value"];
  expectSame("date-time", date === undefined ? "null" : toIso(date), frame.apdu?.["date-time"]);
  return [...differences, ...compareData(body, dataOf(frame.apdu), body.name)];
}

const typeNames: Readonly<Record<string, string>> = {
  STRUCTURE: "structure",
  ARRAY: "array",
  INT8: "integer",
  INT16: "long",
  UINT8: "unsigned",
  UINT16: "long-unsigned",
  UINT32: "double-long-unsigned",
  ENUM: "enum",
  OCTETSTRING: "octet-string",
  VISIBLESTRING: "visible-string",
  NullData: "null-data",
};

/** The differences between an element and a value, each with the way to it. */
function compareData(element: XmlElement, data: Json | undefined, path: string): string[] {
  if (!isData(data)) return [`${path} is missing`];
  if (element.name === "AttributeDescriptor") return compareDescriptor(element, data, path);
  const { Qty } = element.attributes;
  if (Qty === undefined) return isSameValue(element, data) ? [] : [describe(element, data, path)];
  const elements = elementsOf(data);
  const isSameList = data.type === typeNames[element.name] && elements.length === Number(Qty);
  if (!isSameList || element.children.length !== elements.length) {
    return [
      `${path} is ${data.type} of ${elements.length}, published as ${element.name} of ${Qty}`,
    ];
  }
  return element.children.flatMap((child, i) =>
    compareData(child, elements[i], `${path}/${i} ${child.name}`),
  );
}

function describe(element: XmlElement, data: DataJson, path: string): string {
  const found = `${data.type} ${JSON.stringify(data.value)}`;
  return `${path} is ${found}, published as ${element.attributes["Value"]}`;
}

/** Class, logical name and attribute; class and attribute are in hex there. */
function compareDescriptor(element: XmlElement, data: DataJson, path: string): string[] {
  const values = element.children.map(({ attributes }) => attributes["Value"] ?? "");
  const [classId, name, attribute] = elementsOf(data).map(({ value }) => value);
  const found = [hexOf(classId, 4), logicalNameOf(String(name)), hexOf(attribute, 2)];
  return found.join() === values.join() ? [] : [`${path} is ${found}, published as ${values}`];
}

/**
 * Compares value by value, for a message that cannot be read to its end: the values of its tree
 * against the elements without children, up to one that is no data or that differs (`stopped`).
 */
export function compareLeaves(root: XmlElement, tree: readonly TreeNodeJson[]) {
  const values = [...valuesIn(tree)];
  const elements = [...leavesOf(root)].filter(({ name }) => name !== "DateTime");
  let compared = 0;
  for (const element of elements) {
    const value = values[compared];
    if (value === undefined || !isSameValue(element, value)) {
      return { compared, stopped: element.name };
    }
    compared += 1;
  }
  return { compared, stopped: undefined };
}

function* leavesOf(element: XmlElement): Generator<XmlElement> {
  if (element.children.length === 0) yield element;
  for (const child of element.children) yield* leavesOf(child);
}

function* valuesIn(nodes: readonly TreeNodeJson[]): Generator<DataJson> {
  for (const { field, value, children = [] } of nodes) {
    const type = field.replace("data.", "");
    if (Object.values(typeNames).includes(type) && value !== undefined) yield { type, value };
    yield* valuesIn(children);
  }
}

/** Whether an element without children says what the value is. */
function isSameValue({ name, attributes }: XmlElement, data: DataJson): boolean {
  if (data.type !== typeNames[name]) return false;
  const published = attributes["Value"];
  if (data.type === "null-data") return published === undefined;
  if (data.type !== "octet-string") return published === withoutPadding(String(data.value));
  return published !== undefined && renderings(String(data.value), published).includes(published);
}

/** Zeros that fill a text up are not printed. */
function withoutPadding(text: string): string {
  return text.replace(/\0+$/, "");
}

/** What a translator may show for the bytes of an octet-string, given in hex. */
function renderings(hex: string, published: string): string[] {
  const bytes = Buffer.from(hex, "hex");
  const text = bytes.toString("latin1");
  const shown = [hex.toUpperCase(), text, withoutPadding(text)];
  if (bytes.length === 6) shown.push(logicalNameOf(hex));
  if (bytes.length === 12 && isoOfBytes(bytes) === toIso(published)) shown.push(published);
  return shown;
}

/**
 * `2021-09-27 09:47:15.00 -02:00` as ISO 8601. The translator prints the deviation as it was sent,
 * from local time to UTC: the offset of ISO 8601 is its opposite.
 */
export function toIso(published: string): string {
  const parts = /^([\d-]+) ([\d:]+)(?:\.00)?(?: ([+-])([\d:]+))?$/.exec(published);
  if (parts === null) return `no date: ${published}`;
  const [, date, time, sign, offset] = parts;
  const zone = sign === undefined ? "*" : (sign === "-" ? "+" : "-") + offset;
  return `${date}T${time}${zone}`;
}

/** The same of the 12 bytes of a complete date-time (IEC 62056-6-2), without hundredths. */
function isoOfBytes(bytes: Buffer): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = [bytes.readUInt16BE(0), two(bytes.readUInt8(2)), two(bytes.readUInt8(3))].join("-");
  const time = [5, 6, 7].map((at) => two(bytes.readUInt8(at))).join(":");
  const deviation = bytes.readInt16BE(9);
  if (deviation === -0x8000) return `${date}T${time}*`;
  const minutes = Math.abs(deviation);
  const offset = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${date}T${time}${deviation > 0 ? "-" : "+"}${offset}`;
}

function logicalNameOf(hex: string): string {
  return Buffer.from(hex, "hex").join(".");
}

function hexOf(value: Json | undefined, digits: number): string {
  return Number(value).toString(16).toUpperCase().padStart(digits, "0");
}

/** Long-Invoke-Id-And-Priority put together again: bits 28 to 31 are the flags (IEC 62056-5-3). */
function longInvokeId(apdu: Json | undefined): string {
  const part = (name: string) => memberAt(apdu, "long-invoke-id-and-priority", name);
  const flags =
    (part("priority") === "high" ? 8 : 0) +
    (part("service-class") === "confirmed" ? 4 : 0) +
    (part("processing-option") === "break-on-error" ? 2 : 0) +
    (part("self-descriptive") === true ? 1 : 0);
  return hexOf(flags * 2 ** 28 + Number(part("long-invoke-id")), 8);
}
