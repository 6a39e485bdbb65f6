/** The options of a TCP header: listed, with the numbers of those that explain how TCP behaves. */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";

const kinds = {
  0: "End of options",
  1: "No operation",
  2: "Maximum segment size",
  3: "Window scale",
  4: "SACK permitted",
  5: "SACK",
  8: "Timestamps",
  28: "User timeout",
  29: "TCP authentication",
  30: "Multipath TCP",
  34: "Fast open cookie",
} as const;

const F = defineFields("tcp.option", {
  "": { name: "Option", type: "group", clause: "RFC 9293, Specific Option Definitions" },
  kind: { name: "Kind", values: kinds },
  length: { name: "Length", meaning: "Bytes of the option with kind and length" },
  maximumSegmentSize: { name: "Maximum segment size" },
  windowScale: { name: "Window scale", meaning: "Bits by which the window is shifted" },
  timestamp: { name: "Timestamp value" },
  timestampEcho: { name: "Timestamp echo reply" },
  left: { name: "Left edge", meaning: "First byte of a block that was received" },
  right: { name: "Right edge", meaning: "First byte behind a block that was received" },
  content: { name: "Content", type: "bytes" },
  padding: { name: "Padding", type: "bytes" },
});

/** Reads the options up to the cursor's end. A wrong length makes the rest one option's content. */
export function decodeTcpOptions(c: Cursor): void {
  if (!c.recording) {
    c.take(c.remaining);
    return;
  }
  while (c.remaining > 0) {
    c.open(F[""]);
    const kind = c.u8(F.kind);
    if (kind > 1 && c.remaining > 0) {
      const length = c.u8(F.length);
      decodeContent(c.take(Math.min(Math.max(length - 2, 0), c.remaining)), kind);
    }
    c.close();
    if (kind === 0 && c.remaining > 0) c.octets(F.padding, c.remaining);
  }
}

function decodeContent(c: Cursor, kind: number): void {
  if (kind === 2 && c.remaining === 2) c.u16(F.maximumSegmentSize);
  else if (kind === 3 && c.remaining === 1) c.u8(F.windowScale);
  else if (kind === 8 && c.remaining === 8) {
    c.u32(F.timestamp);
    c.u32(F.timestampEcho);
  } else if (kind === 5) {
    while (c.remaining >= 8) {
      c.u32(F.left);
      c.u32(F.right);
    }
  }
  if (c.remaining > 0) c.octets(F.content, c.remaining);
}
