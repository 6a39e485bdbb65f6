/** Bytes between frames: idle flags, text of a tool, what is left of a damaged frame. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { readLayer } from "../core/layer.js";
import { isTextByte } from "./seven-bit.js";

const F = defineFields("noise", {
  "": { name: "Bytes between frames", type: "group" },
  bytes: { name: "Bytes", type: "bytes" },
  text: { name: "Text", type: "string" },
});

const D = defineDiagnostics("noise", {
  fill: {
    severity: "info",
    group: "undecoded",
    message: "Flags between frames: time fill of an idle HDLC line",
  },
  text: {
    severity: "note",
    group: "undecoded",
    message: "Text between frames",
    check: "A message of the tool that recorded it, or of a modem",
  },
  bytes: {
    severity: "note",
    group: "undecoded",
    message: "Bytes that belong to no frame",
    check: "Line noise, the rest of a frame whose beginning is missing, or another framing",
  },
});

/** Reads what stands between frames as a layer of one leaf; nothing is handed over. */
export function readNoise(c: Cursor): void {
  readLayer(c, "noise", F[""], decodeNoise);
}

function decodeNoise(c: Cursor): void {
  const { bytes, offset: start, end } = c;
  if (start === end) return;
  if (isEach(bytes, start, end, (byte) => byte === 0x7e)) {
    c.octets(F.bytes, end - start);
    c.report(D.fill, start, end, countOf(end - start, "flag"));
  } else if (isEach(bytes, start, end, isTextByte)) {
    const text = c.characters(F.text, end - start);
    c.report(D.text, start, end, JSON.stringify(shorten(text.trim() || text)));
  } else {
    c.octets(F.bytes, end - start);
    c.report(D.bytes, start, end, countOf(end - start, "byte"));
  }
}

function isEach(
  bytes: Uint8Array,
  start: number,
  end: number,
  test: (byte: number) => boolean,
): boolean {
  for (let i = start; i < end; i++) if (!test(bytes[i] as number)) return false;
  return true;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
