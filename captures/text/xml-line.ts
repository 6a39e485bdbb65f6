/** Lines of XML that hold frames: `<Frame Value="7EA0..."/>`, `<GLO>21302F00...</GLO>`. */

import { placesOfHex } from "./byte-places.js";
import { skipBlanks } from "./characters.js";
import { directionOfWord } from "./direction.js";
import { type HexRun, readHexRun } from "./hex-run.js";
import { type LinePiece, plainPiece } from "./line-content.js";
import { readWholeTime } from "./time.js";

/** Elements whose hex is a frame or an APDU, and no value inside of one. */
const frameElements =
  /^(?:\w+:)?(?:message|msg|frame|hdlc|wrapper|llc|a?pdu|data|bytes|hex|raw|telegram|packet|payload|trace|tx|rx|send|sent|recv|receive|received|request|response|reply|(?:general[-_]?)?(?:glo|ded)\w*|general[-_]?\w*ciphering)$/i;
const valueAttributes = /^(?:value|data|hex|bytes|raw|frame|pdu|apdu|message|payload)$/i;
const timeAttributes = /^(?:time|timestamp|date|datetime|at)$/i;
const directionAttributes = /^(?:dir|direction|type|from)$/i;

const element = /<([A-Za-z_][\w:.-]{0,80})/g;
const attribute = /\s{1,8}([A-Za-z_][\w:.-]{0,80})\s{0,4}=\s{0,4}(?:"([^"]*)"|'([^']*)')/y;

/**
 * Reads the elements of a line that hold frames. Null where there is no such element: XML of a
 * decode (`<OctetString Value="0100010800FF"/>`) is about bytes and holds none of the line.
 * `placed`: with the places of the bytes.
 */
export function readXmlLine(text: string, placed: boolean): LinePiece[] | null {
  const pieces: LinePiece[] = [];
  element.lastIndex = 0;
  for (let found = element.exec(text); found !== null; found = element.exec(text)) {
    const name = found[1] ?? "";
    const attributes = new Map<string, Attribute>();
    let end = element.lastIndex;
    attribute.lastIndex = end;
    for (let part = attribute.exec(text); part !== null; part = attribute.exec(text)) {
      end = attribute.lastIndex;
      const value = part[2] ?? part[3] ?? "";
      attributes.set(part[1] ?? "", { value, start: end - 1 - value.length });
    }
    element.lastIndex = end;
    const piece = readElement(name, attributes, text, end, placed);
    if (piece !== null) pieces.push(piece);
  }
  return pieces.length === 0 ? null : pieces;
}

interface Attribute {
  readonly value: string;
  /** Where the value stands in the line. */
  readonly start: number;
}

function readElement(
  name: string,
  attributes: ReadonlyMap<string, Attribute>,
  text: string,
  end: number,
  placed: boolean,
): LinePiece | null {
  if (!frameElements.test(name)) return null;
  let time = null;
  let direction = directionOfWord(name.replace(/^\w+:/, ""));
  let run: HexRun | null = null;
  let runStart = 0;
  for (const [key, { value, start }] of attributes) {
    if (timeAttributes.test(key)) time = readWholeTime(value.trim());
    else if (directionAttributes.test(key)) direction = directionOfWord(value) ?? direction;
    else if (valueAttributes.test(key) && run === null) {
      run = wholeHex(value, 0, "");
      runStart = start;
    }
  }
  const inner = skipBlanks(text, end);
  if (run === null && text[inner] === ">") {
    run = wholeHex(text, inner + 1, "<");
    runStart = 0;
  }
  if (run === null) return null;
  const { bytes } = run;
  const places = placed ? placesOfHex(text, runStart + run.start, runStart + run.end, bytes) : null;
  return { ...plainPiece, separator: "xml", bytes, places, time, direction };
}

/** Hex of two bytes and more, from `start` to the end or to `closer`. */
function wholeHex(text: string, start: number, closer: string): HexRun | null {
  const run = readHexRun(text, skipBlanks(text, start));
  if (run === null || run.bytes.length < 2 || run.oddDigit !== null) return null;
  const end = skipBlanks(text, run.end);
  if (end < text.length && (closer === "" || text[end] !== closer)) return null;
  const doubtful = run.decimalOnly || run.lettersOnly;
  return doubtful && run.bytes.length < 4 ? null : run;
}
