/**
 * Where the list stands, in pixels from its first row; and the same as rows, and as a thumb.
 *
 * Strategy. Browsers cap the height of an element (Chromium: 33,554,428 px through the device pixel
 * ratio), so no element is as high as the list. Its place is a number of ours: doubles hold every
 * pixel of ten million rows exactly, fractions included. Rows are laid out from a base that moves
 * along, so that the numbers that the browser sees stay small.
 */

/** All lengths in CSS pixels. */
export interface ListExtent {
  readonly rows: number;
  readonly rowHeight: number;
  /** Of the part that is seen. */
  readonly height: number;
}

/** Rows from `first` up to, but not with, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** How far the list can be moved; 0 where all of it is seen. */
export function largestTop({ rows, rowHeight, height }: ListExtent): number {
  return Math.max(0, rows * rowHeight - height);
}

/** Within the list. Fractions stay: a trackpad moves by less than a pixel at a time. */
export function clampTop(extent: ListExtent, top: number): number {
  return top > 0 ? Math.min(top, largestTop(extent)) : 0;
}

/** On a device pixel, so that text stays sharp. */
export function onDevicePixel(length: number, pixelRatio: number): number {
  return Math.round(length * pixelRatio) / pixelRatio;
}

/** Rows of which at least a pixel is seen. */
export function visibleRange({ rows, rowHeight, height }: ListExtent, top: number): RowRange {
  const first = Math.min(rows, Math.floor(top / rowHeight));
  return { first, end: Math.min(rows, Math.ceil((top + height) / rowHeight)) };
}

/** Rows that are seen in full when one pages through the list; at least one. */
export function rowsOfPage({ rowHeight, height }: ListExtent): number {
  return Math.max(1, Math.floor(height / rowHeight) - 1);
}

/** Moves no further than needed for the row to be seen in full; or puts it in the middle. */
export function reveal(
  extent: ListExtent,
  top: number,
  index: number,
  how: "nearest" | "middle",
): number {
  const { rowHeight, height } = extent;
  const start = index * rowHeight;
  const isSeen = start >= top && start + rowHeight <= top + height;
  if (isSeen) return clampTop(extent, top);
  if (how === "middle") return clampTop(extent, Math.round(start - (height - rowHeight) / 2));
  // A view of less than a row shows the beginning of it.
  if (start < top || height < rowHeight) return clampTop(extent, start);
  return clampTop(extent, start + rowHeight - height);
}

/** Pixels that a turn of the wheel means. `deltaMode` as in `WheelEvent`. */
export function wheelDistance(
  { rowHeight, height }: ListExtent,
  { deltaY, deltaMode }: { readonly deltaY: number; readonly deltaMode: number },
): number {
  switch (deltaMode) {
    case 1:
      return deltaY * rowHeight;
    case 2:
      return deltaY * height;
    default:
      return deltaY;
  }
}

export interface Thumb {
  readonly start: number;
  readonly length: number;
}

const shortestThumb = 24;

/** The thumb in a track of that length; as long as the track where there is nothing to move. */
export function thumbOf(extent: ListExtent, top: number, track: number): Thumb {
  const { rows, rowHeight, height } = extent;
  const largest = largestTop(extent);
  if (largest === 0) return { start: 0, length: track };
  const share = (track * height) / (rows * rowHeight);
  const length = Math.min(track, Math.max(shortestThumb, share));
  return { start: ((track - length) * top) / largest, length };
}

/** The place that a thumb means which starts there: both ends exactly. */
export function topOfThumb(extent: ListExtent, start: number, track: number): number {
  const { length } = thumbOf(extent, 0, track);
  const free = track - length;
  if (free <= 0) return 0;
  return clampTop(extent, Math.round((largestTop(extent) * start) / free));
}

const rowsOfBase = 1024;

/** The row from which rows near `first` are laid out. */
export function baseOf(first: number): number {
  return Math.floor(first / rowsOfBase) * rowsOfBase;
}
