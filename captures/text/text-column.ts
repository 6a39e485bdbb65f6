import { isWordAt } from "./characters.js";

/**
 * Whether `column` shows the bytes as text, as dumps do beside the hex: one character a byte, the
 * printable ones themselves, some mark for the others; bars around it do not count.
 */
export function isTextColumn(column: string, bytes: Uint8Array): boolean {
  const barred = column.length === bytes.length + 2 && /^\|.*\|$/.test(column);
  const shown = barred ? column.slice(1, -1) : column;
  if (shown.length !== bytes.length) return false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20 && byte < 0x7f) {
      if (shown.charCodeAt(at) !== byte) return false;
    } else if (isWordAt(shown, at)) return false;
  }
  return true;
}
