/**
 * Text of a capture without characters that a terminal would obey: controls (C0, DEL, C1) and the
 * marks that turn the direction of writing are shown as escapes, `\u001b`.
 */
export function toPrintable(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (isControl(text.charCodeAt(i))) return escapeControls(text);
  }
  return text;
}

function isControl(code: number): boolean {
  if (code < 0x7f) return code < 0x20;
  return code < 0xa0 || isDirectionMark(code);
}

/** Bidirectional controls of Unicode: they make a line read otherwise than it is written. */
function isDirectionMark(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

function escapeControls(text: string): string {
  let escaped = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    escaped += isControl(code) ? `\\u${code.toString(16).padStart(4, "0")}` : character;
  }
  return escaped;
}
