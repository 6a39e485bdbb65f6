import type { Direction } from "../../decoder/chunk.js";

const CLIENT: Direction = "client-to-server";
const SERVER: Direction = "server-to-client";

/** What the words before the bytes say about who speaks. */
export interface DirectionMark {
  readonly direction: Direction | null;
  /** An arrow said it, not a word. */
  readonly byArrow: boolean;
}

const none: DirectionMark = { direction: null, byArrow: false };

/** Words that mean a direction wherever they stand before bytes. */
const words = new Map<string, Direction>([
  ...[
    "tx",
    "txd",
    "send",
    "sends",
    "sent",
    "sending",
    "transmit",
    "transmitted",
    "transmitting",
  ].map((word) => [word, CLIENT] as const),
  ...["rx", "rxd", "recv", "receive", "received", "receives", "receiving", "recieved", "rcv"].map(
    (word) => [word, SERVER] as const,
  ),
]);

/** Words that name the roles themselves; stronger than who sent or received. */
const roleWords = new Map<string, Direction>([
  ["request", CLIENT],
  ["req", CLIENT],
  ["response", SERVER],
  ["resp", SERVER],
  ["reply", SERVER],
  ["answer", SERVER],
]);

/** Words that mean a direction only where nothing else stands there. */
const loneWords = new Map<string, Direction>([
  ...["c", "t", "out", "output", "outgoing", "write", "written", "wrote", "client", "host"].map(
    (word) => [word, CLIENT] as const,
  ),
  ...["hes", "pc", "c->s", "c2s", "client-to-server"].map((word) => [word, CLIENT] as const),
  ...["s", "r", "in", "input", "incoming", "read", "server", "meter"].map(
    (word) => [word, SERVER] as const,
  ),
  ...["s->c", "s2c", "server-to-client"].map((word) => [word, SERVER] as const),
]);

const LONGEST_WORD = 40;

/** Who speaks, by a word that stands alone: a cell of a table, a value of JSON. */
export function directionOfWord(text: string): Direction | null {
  if (text === "" || text.length > LONGEST_WORD || /^\d/.test(text)) return null;
  const word = text
    .toLowerCase()
    .replace(/^[\s[({<"']+|[\s\])}>"':]+$/g, "")
    .replace(/\s+/g, "");
  return words.get(word) ?? roleWords.get(word) ?? loneWords.get(word) ?? arrow(text.trim());
}

function arrow(text: string): Direction | null {
  if (/^(?:>{2,3}|[-=]{1,2}>)$/.test(text)) return CLIENT;
  if (/^(?:<{2,3}|<[-=]{1,2})$/.test(text)) return SERVER;
  return null;
}

/** Serial monitors of Windows name the call of the driver. */
const driverCall = /IRP_MJ_(?:(WRITE)|READ)/;
/** `SerialReceived` is two words. */
const wordPattern = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const arrowPattern = /<{2,3}|<-{1,2}|-{1,2}>|>{2,3}/g;
const roleArrow =
  /\b(?:(c|client|hes|host)[ \t]?(?:-{1,2}>|to|=>)[ \t]?(?:s|server|meter)|(s|server|meter)[ \t]?(?:-{1,2}>|to|=>)[ \t]?(?:c|client|hes|host))\b/i;
const lone = /(?:^|[\s[(|])([A-Za-z]{1,8})(?:[\])]|[ \t]?[:>|=]|\s*$)/g;

/** Who speaks, by the marks and words before the bytes of a line (times and numbers taken out). */
export function directionOfLabel(label: string): DirectionMark {
  if (label === "") return none;
  const roles = roleArrow.exec(label);
  if (roles !== null) {
    return { direction: roles[1] === undefined ? SERVER : CLIENT, byArrow: false };
  }
  const call = driverCall.exec(label);
  if (call !== null) return { direction: call[1] === undefined ? SERVER : CLIENT, byArrow: false };
  const word = directionOfWords(label);
  if (word !== null) return { direction: word, byArrow: false };
  const arrows = label.match(arrowPattern);
  const last = arrows?.[arrows.length - 1];
  if (last !== undefined) return { direction: arrow(last), byArrow: true };
  const single = directionOfLoneWord(label);
  return single === null ? none : { direction: single, byArrow: false };
}

function directionOfWords(label: string): Direction | null {
  let direction: Direction | null = null;
  for (const [word] of label.matchAll(wordPattern)) {
    const lower = word.toLowerCase();
    const role = roleWords.get(lower);
    if (role !== undefined) return role;
    direction = words.get(lower) ?? direction;
  }
  return direction;
}

function directionOfLoneWord(label: string): Direction | null {
  for (const found of label.matchAll(lone)) {
    const [whole, word = ""] = found;
    const direction = loneWords.get(word.toLowerCase());
    if (direction === undefined) continue;
    const delimited = /[\])>|:=]\s*$/.test(whole);
    if (delimited || label.trim() === word) return direction;
  }
  return null;
}
