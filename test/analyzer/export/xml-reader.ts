/**
 * A strict reader of the XML that exports write: elements, attributes, text, the five entities and
 * character references. Throws for anything that is not well-formed (XML 1.0), or that it does not know.
 */
import type { Json } from "../../../decoder/present/frame-json.js";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export function readXml(document: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error("no declaration");
  const [root, end] = readElement(document, declaration.length);
  if (document.slice(end).trim() !== "") throw new Error(`something behind the root at ${end}`);
  return root;
}

const startTag = /<([A-Za-z_][\w.-]*)((?: [A-Za-z_][\w.-]*="[^"<]*")*)(\/?)>/y;
const endTag = /<\/([A-Za-z_][\w.-]*)>/y;

function readElement(document: string, start: number): [XmlElement, number] {
  startTag.lastIndex = start;
  const [tag, name = "", attributeText = "", slash] = startTag.exec(document) ?? [];
  if (tag === undefined)
    throw new Error(`no element at ${start}: ${document.slice(start, start + 40)}`);
  const attributes: Record<string, string> = {};
  for (const [, key = "", value = ""] of attributeText.matchAll(/ ([\w.-]+)="([^"]*)"/g)) {
    if (key in attributes) throw new Error(`${key} twice at ${start}`);
    attributes[key] = readText(value);
  }
  if (slash === "/") return [{ name, attributes, children: [], text: "" }, start + tag.length];
  const children: XmlElement[] = [];
  let text = "";
  let at = start + tag.length;
  for (;;) {
    const next = document.indexOf("<", at);
    if (next < 0) throw new Error(`${name} is not closed`);
    text += readText(document.slice(at, next));
    if (document[next + 1] === "/") {
      endTag.lastIndex = next;
      const [close = "", closed] = endTag.exec(document) ?? [];
      if (closed !== name) throw new Error(`${closed} closes ${name} at ${next}`);
      return [{ name, attributes, children, text }, next + close.length];
    }
    const [child, end] = readElement(document, next);
    children.push(child);
    at = end;
  }
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function readText(text: string): string {
  // Production 2 of XML 1.0: what a document may hold.
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isChar =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000;
    if (!isChar) throw new Error(`character ${code.toString(16)} has no place in XML`);
  }
  if (text.includes("]]>")) throw new Error("]]> in text");
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/&(?:#(\d+)|(\w+));|&/g, (reference, number?: string, name?: string) => {
      if (number !== undefined) return String.fromCodePoint(Number(number));
      const known = entities[name ?? ""];
      if (known === undefined) throw new Error(`${reference} is no reference`);
      return known;
    });
}

/** The JSON that an element was made of, by the rules of the export. */
export function jsonOf({ attributes, children, text }: XmlElement): Json {
  switch (attributes["type"]) {
    case "array":
      return children.map(jsonOf);
    case "number":
      return Number(text);
    case "boolean":
      return text === "true";
    case "null":
      return null;
    case "object":
      return {};
    default:
  }
  if (children.length > 0) {
    return Object.fromEntries(
      children.map((child) => [child.attributes["name"] ?? child.name, jsonOf(child)]),
    );
  }
  if (attributes["escaped"] !== "true") return text;
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|\\)/g, (_escape, hex?: string) =>
    hex === undefined ? "\\" : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
