/** What IPv4 and IPv6 carry: the layers of known protocols, and bytes that nothing decodes. */
import type { Cursor } from "../../core/cursor.js";
import type { LayerKind } from "../../core/dissection.js";
import { defineFields } from "../../core/fields.js";
import { ipProtocols } from "./ip-protocols.js";
import { type PacketContents, packetDiagnostics } from "./packet-contents.js";

const layerNames: Readonly<Partial<Record<number, string>>> = {
  1: "icmp",
  2: "igmp",
  6: "tcp",
  17: "udp",
  47: "gre",
  50: "esp",
  58: "icmpv6",
  132: "sctp",
};

const kinds: Readonly<Partial<Record<number, LayerKind>>> = {
  4: "ipv4",
  6: "tcp",
  17: "udp",
  41: "ipv6",
};

const F = defineFields("ip", {
  payload: { name: "Payload", type: "bytes", meaning: "Bytes of a protocol that is not decoded" },
  fragment: {
    name: "Fragment",
    type: "bytes",
    meaning: "A later part of a datagram that was sent in several packets",
  },
  trailer: { name: "Trailer", type: "bytes", meaning: "Bytes behind the datagram" },
});

/**
 * Leaves the payload of IP to the layer of its protocol, `packet.protocol`. The first fragment of
 * a datagram is read as far as it goes; the others are bytes.
 */
export function handOverIpPayload(c: Cursor, packet: PacketContents): void {
  packet.ipPayloadStart = c.offset;
  packet.ipPayloadEnd = c.end;
  const later = packet.fragmented && packet.fragmentOffset > 0;
  const kind = later ? "ip-fragment" : (kinds[packet.protocol] ?? "ip-payload");
  c.dissection.handOver(c, kind);
}

/** The bytes of a fragment that is not the first of its datagram. */
export function readIpFragment(c: Cursor, packet: PacketContents): void {
  const layer = layerNames[packet.protocol];
  if (layer !== undefined) c.dissection.layers.push(layer);
  if (c.remaining > 0) c.octets(F.fragment, c.remaining);
}

/** The bytes of a protocol that is not decoded: one leaf, and a word on what they are. */
export function readIpPayload(c: Cursor, packet: PacketContents): void {
  const { protocol } = packet;
  const layer = layerNames[protocol];
  if (layer !== undefined) c.dissection.layers.push(layer);
  if (packet.values) {
    const name = (ipProtocols as Readonly<Partial<Record<number, string>>>)[protocol];
    const detail =
      name === undefined ? `IP protocol ${protocol}` : `${name}, IP protocol ${protocol}`;
    c.report(packetDiagnostics.undecoded, c.offset, c.end, detail);
  }
  if (c.remaining > 0) c.octets(F.payload, c.remaining);
}

/** Bytes behind the datagram where no Ethernet frame explains them. */
export function readIpTrailer(c: Cursor): void {
  c.octets(F.trailer, c.remaining);
}
