/** Text in columns, no wider than what tickets and terminals show without a break. */

export const textWidth = 100;

/**
 * Breaks words into lines; the first begins with `head`, the others under its end. A word that is
 * too long for a line keeps one of its own; `unbroken` keeps words together.
 */
export function hang(head: string, text: string): string {
  const indent = " ".repeat(head.length);
  let out = head;
  let length = head.length;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && length + 1 + word.length > textWidth) {
      out += `\n${indent}`;
      length = indent.length;
      isEmpty = true;
    }
    out += isEmpty ? word : ` ${word}`;
    length += word.length + (isEmpty ? 0 : 1);
    isEmpty = false;
  }
  return `${out.replaceAll(noBreak, " ")}\n`;
}

const noBreak = "\u00a0";

/** A text that `hang` does not break. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", noBreak);
}

/** A table: the first column to the left, the others to the right, apart as far as there is room. */
export function alignTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  const total = widths.reduce((sum, width) => sum + width, 0);
  const gap = total + 2 * (widths.length - 1) <= textWidth ? "  " : " ";
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(gap)
      .trimEnd(),
  );
}

/** `1 frame`, `2 frames`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
