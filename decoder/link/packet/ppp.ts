/** PPP as modems capture it (RFC 1661, RFC 1662), and PPP over Ethernet (RFC 2516). */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import { handOverEtherType } from "./ether-type.js";
import { type PacketContents, packetDiagnostics } from "./packet-contents.js";

const protocols = {
  33: "IPv4",
  87: "IPv6",
  45: "Van Jacobson compressed TCP/IP",
  47: "Van Jacobson uncompressed TCP/IP",
  32801: "IP control protocol",
  32855: "IPv6 control protocol",
  33021: "Compression control protocol",
  49185: "Link control protocol",
  49187: "Password authentication protocol",
  49699: "Challenge handshake authentication protocol",
};

const P = defineFields("ppp", {
  "": { name: "PPP", type: "group" },
  address: { name: "Address", base: "hex" },
  control: { name: "Control", base: "hex" },
  protocol: { name: "Protocol", base: "hex", values: protocols },
  payload: { name: "Payload", type: "bytes" },
});

const E = defineFields("pppoe", {
  "": { name: "PPP over Ethernet", type: "group" },
  header: { name: "Version and type", base: "hex" },
  version: { name: "Version", mask: 0xf0 },
  type: { name: "Type", mask: 0x0f },
  code: {
    name: "Code",
    base: "hex",
    values: { 0: "session", 7: "PADO", 9: "PADI", 25: "PADR", 101: "PADS", 167: "PADT" },
  },
  session: { name: "Session", base: "hex" },
  length: { name: "Length" },
  payload: { name: "Discovery tags", type: "bytes" },
});

const D = defineDiagnostics("pppoe", {
  length: {
    severity: "warning",
    group: "malformed",
    message: "The frame is shorter than the length of its PPPoE header says",
    check: "Was the packet cut off by the capture, or on the way?",
  },
});

const headerBits = [E.version, E.type];

/** A PPP header as `link.ppp` shows it. */
export interface Ppp {
  readonly protocol: number;
}

/** A PPPoE header as `link.pppoe` shows it. */
export interface Pppoe {
  readonly code: number;
  readonly session: number;
}

/** Reads a PPP frame, with or without `FF 03` before the protocol; IP is handed over. */
export function readPpp(c: Cursor, packet: PacketContents): void {
  readLayer(c, "ppp", P[""], () => decodePpp(c, packet));
}

function decodePpp(c: Cursor, packet: PacketContents): void {
  const first = c.peek();
  // 0F and 8F are the unicast and broadcast addresses of Cisco's framing (RFC 1547).
  const cisco = first === 0x0f || first === 0x8f;
  let protocol: number;
  if (first === 0xff || cisco) {
    c.u8(P.address);
    c.u8(P.control);
  }
  if (!cisco && ((c.peek() ?? 0) & 1) === 1) protocol = c.u8(P.protocol);
  else protocol = c.u16(P.protocol);
  if (packet.values) {
    const header: Ppp = { protocol };
    c.dissection.link["ppp"] = header;
  }
  if (cisco) {
    handOverEtherType(c.take(c.remaining), protocol, packet);
  } else if (protocol === 0x0021 || protocol === 0x0057) {
    handOverEtherType(c.take(c.remaining), protocol === 0x0021 ? 0x0800 : 0x86dd, packet);
  } else {
    if (packet.values) {
      const name = (protocols as Readonly<Partial<Record<number, string>>>)[protocol];
      const number = `PPP protocol 0x${protocol.toString(16).padStart(4, "0")}`;
      const detail = name === undefined ? number : `${name}, ${number}`;
      c.report(packetDiagnostics.undecoded, c.offset, c.end, detail);
    }
    if (c.remaining > 0) c.octets(P.payload, c.remaining);
  }
}

/** Reads a PPPoE header; the PPP frame of a session is handed over. */
export function readPppoe(c: Cursor, packet: PacketContents): void {
  readLayer(c, "pppoe", E[""], () => {
    c.u8Bits(E.header, headerBits);
    const code = c.u8(E.code);
    const session = c.u16(E.session);
    const length = c.u16(E.length);
    if (packet.values) {
      const header: Pppoe = { code, session };
      c.dissection.link["pppoe"] = header;
    }
    if (length > c.remaining && packet.cut === 0) {
      c.report(D.length, c.offset - 2, c.offset, `${length} said, ${c.remaining} there`);
    }
    const payload = c.take(Math.min(length, c.remaining));
    if (c.remaining > 0) packet.trailerStart = c.offset;
    c.take(c.remaining);
    if (code === 0) c.dissection.handOver(payload, "ppp");
    else if (payload.remaining > 0) payload.octets(E.payload, payload.remaining);
  });
}
