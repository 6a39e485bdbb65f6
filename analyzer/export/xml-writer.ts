/**
 * Frames as XML 1.0 in UTF-8: the JSON of the contract, member by member, so that either can be made
 * of the other. Under the root `frames` stands one `frame` for each.
 *
 * - A member of an object is an element of its name: `<client>16</client>`. Where XML allows no such
 *   name: `<member name="...">`.
 * - An array has `type="array"`, and an `item` for each element.
 * - A number has `type="number"`, true and false `type="boolean"`, null `type="null"` and no content,
 *   an object without members `type="object"`. What has no type is text, or an object where it holds
 *   elements.
 * - Characters that XML 1.0 has no place for (most controls, halves of surrogate pairs) are written as
 *   in JSON, `\u001b`, in an element with `escaped="true"`, in which a backslash is `\\`.
 */
import { TextBuffer, writeFrame } from "../../decoder/index.js";
import type { Json } from "../../decoder/present/frame-json.js";
import type { CreateWriter } from "./export-options.js";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const createXmlWriter: CreateWriter = (out, { names }) => {
  const json = new TextBuffer();
  let source: string | undefined;
  return {
    begin: () => out.text(`${declaration}<frames schema="1">\n`),
    capture: (name) => {
      source = name;
    },
    frame: (frame, isMarked) => {
      writeFrame(json, frame, source, { names, isMarked });
      writeElement(out, "frame", JSON.parse(json.takeString()) as Json, 0);
    },
    end: () => out.text("</frames>\n"),
  };
};

/** How an element of that name begins and ends; the same few hundred names come again and again. */
interface Tag {
  readonly start: string;
  readonly end: string;
}
const tags = new Map<string, Tag>();
/** Names of objects' members could be anything; so many are kept. */
const mostTags = 10_000;

function tagOf(name: string): Tag {
  const known = tags.get(name);
  if (known !== undefined) return known;
  const isName = /^[a-z_][\w.-]*$/i.test(name) && !/^xml/i.test(name);
  const tag = isName
    ? { start: `<${name}`, end: `</${name}>\n` }
    : { start: `<member name="${escapeMarkup(escapeControls(name))}"`, end: "</member>\n" };
  if (tags.size < mostTags) tags.set(name, tag);
  return tag;
}

/** An element and what is in it, one line for each that holds no others. */
function writeElement(out: TextBuffer, name: string, value: Json, depth: number): void {
  const { start, end } = tagOf(name);
  out.spaces(2 * depth);
  if (typeof value !== "object" || value === null) {
    out.text(start + leafContent(value) + end);
  } else if (isArray(value)) {
    out.text(value.length === 0 ? `${start} type="array"/>\n` : `${start} type="array">\n`);
    for (const element of value) writeElement(out, "item", element, depth + 1);
    if (value.length > 0) writeEnd(out, end, depth);
  } else {
    let isEmpty = true;
    for (const key in value) {
      if (isEmpty) out.text(`${start}>\n`);
      isEmpty = false;
      writeElement(out, key, value[key] ?? null, depth + 1);
    }
    if (isEmpty) out.text(`${start} type="object"/>\n`);
    else writeEnd(out, end, depth);
  }
}

function writeEnd(out: TextBuffer, end: string, depth: number): void {
  out.spaces(2 * depth);
  out.text(end);
}

const isArray: (value: object) => value is readonly Json[] = Array.isArray;

/** What stands between the name of the start tag and the end tag. */
function leafContent(value: null | boolean | number | string): string {
  if (value === null) return ' type="null">';
  if (typeof value !== "string") return ` type="${typeof value}">${value}`;
  if (!special.test(value)) return `>${value}`;
  return forbidden.test(value)
    ? ` escaped="true">${escapeMarkup(escapeControls(value))}`
    : `>${escapeMarkup(value)}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const special = /[\u0000-\u001f&<>"\ud800-\udfff\ufffe\uffff]/;

// XML 1.0, production 2 (Char): everything else has no place in a document.
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function escapeControls(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll(
      new RegExp(forbidden, "g"),
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** A carriage return would be read as a line feed (XML 1.0, 2.11). */
function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}
