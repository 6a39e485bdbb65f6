/** Serial lines as SEL real-time automation controllers capture them (LINKTYPE_RTAC_SERIAL). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import type { PacketContents } from "./packet-contents.js";

export const rtacEvents = {
  0: "status change",
  1: "transmission starts",
  2: "reception starts",
  3: "transmission ends",
  4: "reception ends",
  5: "capture lost data",
  6: "capture complete",
  7: "framing error",
  8: "parity error",
  9: "break",
  10: "overflow",
} as const;

const F = defineFields("rtac-serial", {
  "": { name: "RTAC serial line", type: "group" },
  seconds: { name: "Time, seconds" },
  microseconds: { name: "Time, microseconds" },
  event: { name: "Event", values: rtacEvents },
  lines: { name: "Control lines", base: "hex" },
  cts: { name: "CTS", mask: 0x01 },
  dcd: { name: "DCD", mask: 0x02 },
  dsr: { name: "DSR", mask: 0x04 },
  rts: { name: "RTS", mask: 0x08 },
  dtr: { name: "DTR", mask: 0x10 },
  ring: { name: "RING", mask: 0x20 },
  mbok: { name: "MBOK", mask: 0x40 },
  footer: { name: "Footer", base: "hex" },
  payload: { name: "Payload", type: "bytes" },
});

const D = defineDiagnostics("rtac-serial", {
  "data-lost": {
    severity: "warning",
    group: "capture",
    message:
      "The recorder could not hear the line for a while, or was too slow: bytes may be missing",
    check: "Is the adapter plugged in firmly? Frames around this place may be incomplete",
  },
  "framing-error": {
    severity: "warning",
    group: "capture",
    message: "A character had no stop bit where it should have been",
    check: "Wrong speed or character format, or noise on the line",
  },
  "parity-error": {
    severity: "warning",
    group: "capture",
    message: "A character had the wrong parity",
    check: "Wrong character format, or noise on the line",
  },
  break: {
    severity: "note",
    group: "capture",
    message: "The line was held low for longer than a character lasts: a break",
    check: "A sender that wants attention, a much lower speed, or a line that is cut or inverted",
  },
  overflow: {
    severity: "warning",
    group: "capture",
    message: "The receiver was not read in time: characters are missing",
    check: "A slower line, a receiver with a larger buffer, or a machine with less to do",
  },
});

const findings: Readonly<Record<number, keyof typeof D>> = {
  5: "data-lost",
  7: "framing-error",
  8: "parity-error",
  9: "break",
  10: "overflow",
};

/** A header as `link["rtac-serial"]` shows it. */
export interface RtacSerial {
  readonly event: number;
  readonly "control-lines": number;
}

const lineBits = [F.cts, F.dcd, F.dsr, F.rts, F.dtr, F.ring, F.mbok];

/** Reads the 12-byte header; what follows it are bytes of the line. */
export function readRtacSerial(c: Cursor, packet: PacketContents): void {
  readLayer(c, "rtac-serial", F[""], () => {
    c.u32(F.seconds);
    c.u32(F.microseconds);
    const at = c.offset;
    const event = c.u8(F.event);
    const finding = findings[event];
    if (finding !== undefined) c.report(D[finding], at, at + 1);
    const lines = c.u8Bits(F.lines, lineBits);
    c.u16(F.footer);
    if (packet.values) {
      const header: RtacSerial = { event, "control-lines": lines };
      c.dissection.link["rtac-serial"] = header;
    }
    packet.payload = "line";
    packet.lineEvent = event;
    packet.payloadStart = c.offset;
    packet.payloadEnd = c.end;
    if (c.remaining > 0) c.octets(F.payload, c.remaining);
  });
}
