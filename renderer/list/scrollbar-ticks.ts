/** Height of a tick on the scroll bar: the list is cut into as many pieces as ticks fit. */
export const tickHeight = 2;

/** The ticks of pieces as one path: rectangles from `left` on. */
export function tickPath(pieces: readonly number[], left: number, width: number): string {
  return pieces
    .map((piece) => `M${left} ${piece * tickHeight}h${width}v${tickHeight}h-${width}z`)
    .join("");
}
