/** Serial lines as SEL real-time automation controllers capture them (LINKTYPE_RTAC_SERIAL). */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import type { PacketContents } from "./packet-contents.js";

const events = {
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
  event: { name: "Event", values: events },
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

/** A header as `link["rtac-serial"]` shows it. */
export interface RtacSerial {
  readonly event: number;
  readonly "control-lines": number;
}

const lineBits = [F.cts, F.dcd, F.dsr, F.rts, F.dtr, F.ring, F.mbok];

/** Reads the 12-byte header; the payload is bytes for a framer, one stream each way. */
export function readRtacSerial(c: Cursor, packet: PacketContents): void {
  readLayer(c, "rtac-serial", F[""], () => {
    c.u32(F.seconds);
    c.u32(F.microseconds);
    const event = c.u8(F.event);
    const lines = c.u8Bits(F.lines, lineBits);
    c.u16(F.footer);
    if (packet.values) {
      const header: RtacSerial = { event, "control-lines": lines };
      c.dissection.link["rtac-serial"] = header;
    }
    packet.payload = "bytes";
    const transmitted = event === 1 || event === 3;
    packet.stream = "rtac-serial";
    packet.streamSource = transmitted ? "controller" : "line";
    packet.streamDestination = transmitted ? "line" : "controller";
    packet.boundary = event === 1 || event === 2;
    packet.payloadStart = c.offset;
    packet.payloadEnd = c.end;
    if (c.remaining > 0) c.octets(F.payload, c.remaining);
  });
}
