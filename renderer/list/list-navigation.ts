/** Moving through the list: by places, by numbers of frames, by what frames are. */
import type { DocumentState, Place, Request } from "../../analyzer/protocol/index.js";
import { ask } from "../state/analyzer.js";
import { searchStart, selectFrame, selectionOf } from "../state/selection.js";
import { tell, tellFault } from "../state/window.js";
import { rowCacheOf } from "./list-rows.js";
import { changeListView, listViewOf, revealIndex } from "./list-view.js";
import { rowsOfPage } from "./scroll-model.js";

/** The number of the frame at a place, where it is known without asking. */
export function knownNumber(document: DocumentState, index: number): number | undefined {
  if (index < 0 || index >= document.shown) return undefined;
  if (document.filter.shown === "") return index + 1;
  return rowCacheOf(document.id).row(index)?.number;
}

let lastMove = 0;

/**
 * Looks at the row at a place, or at the end that is nearer. The list follows at once, the frame as
 * soon as its number is known. `extend`: selects the rows from the anchor up to it.
 */
export function moveTo(document: DocumentState, index: number, { extend = false } = {}): void {
  if (document.shown === 0) return;
  const place = Math.max(0, Math.min(document.shown - 1, index));
  const { cursor, anchor } = listViewOf(document.id);
  const from = extend ? (anchor ?? cursor?.index ?? place) : place;
  const number = knownNumber(document, place);
  changeListView(document.id, { cursor: { index: place, number: number ?? null }, anchor: from });
  revealIndex(document.id, place, "nearest");
  lastMove += 1;
  if (number !== undefined && from === place) selectFrame(document.id, number);
  else void selectLater(document, from, place, lastMove);
}

async function selectLater(
  document: DocumentState,
  from: number,
  to: number,
  move: number,
): Promise<void> {
  try {
    const frames = await numbersBetween(document, Math.min(from, to), Math.max(from, to));
    const number = from <= to ? frames.at(-1) : frames[0];
    if (move !== lastMove || number === undefined) return;
    changeListView(document.id, { cursor: { index: to, number } });
    selectFrame(document.id, number, { frames });
  } catch (error) {
    tellFault(error);
  }
}

const rowsOfRequest = 1000;
const longestRange = 20_000;

/** Numbers of the frames at places, both ends among them. */
async function numbersBetween(
  document: DocumentState,
  first: number,
  last: number,
): Promise<readonly number[]> {
  const length = last - first + 1;
  if (document.filter.shown === "") return Array.from({ length }, (_, place) => first + place + 1);
  if (length > longestRange) {
    tell(`Under a filter at most ${longestRange.toLocaleString()} rows can be selected at once.`);
    return [];
  }
  const frames: number[] = [];
  for (let start = first; start <= last; start += rowsOfRequest) {
    const count = Math.min(rowsOfRequest, last - start + 1);
    const { rows } = await ask("rows", { document: document.id, start, count, columns: [] });
    frames.push(...rows.map(({ number }) => number));
  }
  return frames;
}

/** Moves by rows from the one that is looked at. */
export function moveBy(document: DocumentState, rows: number, options?: { extend: boolean }): void {
  const { cursor } = listViewOf(document.id);
  const { frame } = selectionOf(document.id);
  if (cursor === null) {
    moveTo(document, rows > 0 ? 0 : document.shown - 1, options);
    return;
  }
  // Where the frame is hidden by the filter, the cursor stands on the one behind it.
  const isBehind = cursor.number !== null && frame !== null && cursor.number > frame;
  moveTo(document, cursor.index + rows - (isBehind && rows > 0 ? 1 : 0), options);
}

export function moveByPage(
  document: DocumentState,
  direction: 1 | -1,
  options?: { extend: boolean },
): void {
  moveBy(document, direction * rowsOfPage(listViewOf(document.id).extent), options);
}

/** Looks at a frame from elsewhere, so that one can go back. One that the filter hides says so. */
export async function goToFrame(document: string, number: number): Promise<void> {
  const place = await ask("locate", { document, number });
  if (place?.number === number) lookAt(document, place);
  else {
    tell(`Frame ${number} is hidden by the filter.`);
    selectFrame(document, number, { isJump: true });
  }
}

/** Looks at a frame whose place in the list is known, from elsewhere. */
export function lookAt(document: string, place: Place): void {
  changeListView(document, { cursor: place, anchor: place.index });
  revealIndex(document, place.index, "middle");
  selectFrame(document, place.number, { isJump: true });
}

/** Looks at the next frame of a kind; says where there is none. */
export async function stepTo(
  document: DocumentState,
  to: Request<"step">["to"],
  direction: 1 | -1,
): Promise<void> {
  const { frame } = selectionOf(document.id);
  const from = to === "conversation" ? (frame ?? 0) : searchStart(document.id);
  const place = await ask("step", { document: document.id, from, to, direction });
  if (place === null) {
    tell(nothingThere[to]);
    return;
  }
  if (place.number === from) return;
  // Nobody has chosen it, and nothing moves: the key would seem dead.
  if (place.number === frame) tell(firstThere[to](place.number));
  const isRound = from > 0 && direction === Math.sign(from - place.number);
  if (isRound) tell(direction === 1 ? "Gone on from the beginning." : "Gone on from the end.");
  lookAt(document.id, place);
}

const nothingThere: Readonly<Record<Request<"step">["to"], string>> = {
  problem: "No row that is shown has a warning or an error.",
  conversation: "No row that is shown belongs to a conversation with this frame.",
  marked: "No row that is shown is marked.",
  reference: "No row that is shown is a time reference.",
};

const firstThere: Readonly<Record<Request<"step">["to"], (frame: number) => string>> = {
  problem: (frame) => `Frame ${frame} itself has a problem.`,
  conversation: (frame) => `Frame ${frame} itself belongs to the conversation.`,
  marked: (frame) => `Frame ${frame} itself is marked.`,
  reference: (frame) => `Frame ${frame} itself is a time reference.`,
};

/** Adds a row to those that are selected, or takes it out. */
export function toggleRow(document: DocumentState, index: number): void {
  const number = knownNumber(document, index);
  if (number === undefined) return;
  const { frames, frame } = selectionOf(document.id);
  changeListView(document.id, { cursor: { index, number }, anchor: index });
  if (!frames.includes(number)) {
    const more = [...frames, number].sort((a, b) => a - b);
    selectFrame(document.id, number, { frames: more });
    return;
  }
  const left = frames.filter((one) => one !== number);
  const next = frame === number ? left.at(-1) : frame;
  if (next !== undefined && next !== null) selectFrame(document.id, next, { frames: left });
}
