/**
 * Judges by the words around them whether hex digits of a line are bytes of a capture: frames and
 * not keys, names, counters or numbers that happen to be in hex.
 */

import type { FoundBytes } from "./found-bytes.js";

/** What is known of the line beside its words. */
export interface Surroundings {
  /** Before the bytes: the time, marks of the log and counters taken out. */
  readonly label: string;
  /** The same with its marks. */
  readonly prefix: string;
  readonly suffix: string;
  /** A mark or a word says who speaks. */
  readonly directed: boolean;
  readonly timed: boolean;
  /** The line before holds bytes in the same notation. */
  readonly follows: boolean;
  /** A heading or a time stands in the line before. */
  readonly announced: boolean;
}

/** Values that are shown in hex and are no traffic. */
const otherValues =
  /(?:^|[^a-z])(?:keys?|[ge]?[ua]?b?ek|ak|g[uba]+k|kek|password|passwd|pwd|secret|title|serial ?(?:no|nr|number)?|mac|iv|nonce|salt|hash|md5|sha\d{0,3}|crc|fcs|hcs|checksum|tag|commit|version|ver|firmware|build|uuid|guid|[a-z]*id|addr|address|ip|phone|tel|fax|date|time|timestamp|size|len|length|count|counter|port|pid|obis|ln|value|unit|scaler|challenge|ctos|stoc|name|code|offset|register|status|error)\s*(?:no\.?|nr\.?)?\s*(?:\(hex\)|hex)?\s*[:=]?[\s"'`[({<]*$/i;

/** Words for what went over the line. */
const dataWords =
  /(?:frames?|data|buffer|payload|bytes?|hex|a?pdu|telegram|message|msg|packet|raw|dump|content|hdlc|llc|gcm|m-?bus|dlms|cosem|serial|uart|stream|chunk|block|tx|rx|trace|received|recv|sent|send)\W{0,6}$/i;

const blankSuffix = /^[\s"'`)\]}>,;.|:*]*(?:[-\\…]\s*)?$/;
const remarkSuffix =
  /^["'`)\]},;]*(?: ?\t| {2,}|[ \t]*(?:\/\/|\/\*|#|;|\(|\[|\||<|--|—|–|=>|->|=|,)| - )/;

/** Frames that people explain byte by byte: `7E // opening flag`. */
const codeRemark = /^[ \t]*\/\//;
const tabRemark = /^ *\t/;

/** So much of the words before the bytes is looked at. */
const TAIL = 60;

/** Whether the bytes found are to be read as such. */
export function areMeantAsBytes(found: FoundBytes, around: Surroundings): boolean {
  const { suffix } = around;
  const { length } = found.bytes;
  const label = around.label.trim();
  const labelEnd = label.slice(-TAIL);
  const prefixEnd = around.prefix.slice(-TAIL);
  const blank = blankSuffix.test(suffix);
  const clean = blank || remarkSuffix.test(suffix);
  const width = found.end - found.start;
  const share = width / (width + label.length + (clean ? 0 : suffix.trim().length));
  const delimited = /[:=>|"'`([{<\])\t]\s*$/.test(prefixEnd);
  const told = around.directed || around.timed;
  if (found.nature === "certain" && delimited && (told || length >= 4)) {
    return !otherValues.test(labelEnd);
  }
  if (!clean && share < 0.6) return false;
  if (isWholeMessage(found.bytes)) return clean || share >= 0.2;
  if (otherValues.test(labelEnd)) return false;
  if (found.nature === "certain") return length >= 2 || told;
  const plain = found.nature === "plain";
  if (around.directed && (delimited || (plain && endsInMark(prefixEnd)))) {
    return acceptDirected(found, around, blank);
  }
  if (label === "") return acceptAlone(found, around, blank);
  const announcesData = dataWords.test(labelEnd);
  if (!delimited) return plain && length >= (announcesData ? 4 : 8) && share >= 0.5;
  if (announcesData) return length >= (plain ? 2 : found.groups >= 3 && found.pairs ? 3 : 6);
  if (plain) return length >= (found.groups > 2 || around.timed ? 3 : 5);
  return length >= 8 && found.groups > 1;
}

function acceptDirected(found: FoundBytes, around: Surroundings, blank: boolean): boolean {
  const { length } = found.bytes;
  if (length === 1) {
    return found.pairs && (blank ? around.timed : codeRemark.test(around.suffix));
  }
  if (found.nature === "plain" || found.groups > 1) return true;
  return blank;
}

/** Nothing but a time, counters or marks of the log stands before the bytes. */
function acceptAlone(found: FoundBytes, around: Surroundings, blank: boolean): boolean {
  const { length } = found.bytes;
  const context = around.follows || around.announced;
  if (length === 1) {
    if (!found.pairs) return false;
    if (blank) return context;
    return codeRemark.test(around.suffix) || (around.follows && tabRemark.test(around.suffix));
  }
  if (found.nature === "plain") return blank || context || length >= 3;
  if (context) return true;
  if (found.nature === "word") return length >= 8 && blank;
  const enough = around.timed ? 4 : 12;
  return blank && (found.pairs ? found.groups >= 4 && found.separator !== "." : length >= enough);
}

function endsInMark(prefix: string): boolean {
  return /(?:tx|rx|send|sent|recv|received|sending|receiving|->|<-|>>|<<|^\s*[CSRT])\s*$/i.test(
    prefix,
  );
}

/**
 * Whether the bytes are one message by the length that it gives of itself: an HDLC frame, a wrapper
 * PDU, an M-Bus long frame, or a BER APDU (AARQ to RLRE).
 */
export function isWholeMessage(bytes: Uint8Array): boolean {
  const { length } = bytes;
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (length < 5) return false;
  if (first === 0x7e) return second >> 4 === 0xa && length === (((second & 0x07) << 8) | third) + 2;
  if (first === 0x68) return fourth === 0x68 && second === third && length === second + 6;
  if (first === 0 && second === 1) {
    return length === (((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) + 8;
  }
  return first >= 0x60 && first <= 0x63 && length === second + 2;
}
