/**
 * Where a list of any length stands in a window of a fixed height. Positions are pixels of the whole
 * list, kept as numbers: no element is as high as the list, for browsers cap that at 33,554,428 pixels
 * of the screen.
 */
export interface ScrollModel {
  readonly rows: number;
  readonly rowHeight: number;
  /** Of the window, in pixels. */
  readonly height: number;
}

/** The furthest position: the last row stands at the lower edge. */
export function furthest({ rows, rowHeight, height }: ScrollModel): number {
  return Math.max(0, rows * rowHeight - height);
}

/** The position, kept within the list. */
export function within(model: ScrollModel, top: number): number {
  return Math.min(Math.max(0, top), furthest(model));
}

/** The rows that are seen, the last one excluded, and where the first of them stands in the window. */
export function visibleRows(
  { rows, rowHeight, height }: ScrollModel,
  top: number,
): { readonly first: number; readonly last: number; readonly offset: number } {
  const first = Math.max(0, Math.floor(top / rowHeight));
  const last = Math.min(rows, Math.ceil((top + height) / rowHeight));
  return { first, last, offset: first * rowHeight - top };
}

/** The position at which a row is seen as a whole, as near as can be to the one that is. */
export function reveal(model: ScrollModel, top: number, row: number): number {
  const { rowHeight, height } = model;
  const start = row * rowHeight;
  if (start < top) return within(model, start);
  if (start + rowHeight > top + height) return within(model, start + rowHeight - height);
  return within(model, top);
}

/** The position at which a row stands in the middle. */
export function centre(model: ScrollModel, row: number): number {
  const { rowHeight, height } = model;
  return within(model, row * rowHeight - (height - rowHeight) / 2);
}

const leastThumb = 24;

/** The thumb of the scroll bar: its length and place on a track as high as the window. */
export function thumbOf(
  model: ScrollModel,
  top: number,
): { readonly length: number; readonly start: number } {
  const { rows, rowHeight, height } = model;
  const whole = rows * rowHeight;
  if (whole <= height || height === 0) return { length: height, start: 0 };
  const length = Math.max(leastThumb, (height * height) / whole);
  return { length, start: (top / furthest(model)) * (height - length) };
}

/** The position for a thumb that was drawn to a place on the track. */
export function topOfThumb(model: ScrollModel, start: number): number {
  const { length } = thumbOf(model, 0);
  const way = model.height - length;
  return way <= 0 ? 0 : within(model, (start / way) * furthest(model));
}
