/** What follows a link header: the ethertype, and the layer that it leads to. */
import type { Cursor } from "../../core/cursor.js";
import type { LayerKind } from "../../core/dissection.js";
import { defineFields } from "../../core/fields.js";
import { type PacketContents, packetDiagnostics } from "./packet-contents.js";

/** Names of ethertypes (IEEE 802 Numbers of IANA), those that meters and their networks use. */
export const etherTypes = {
  0x0800: "IPv4",
  0x0806: "ARP",
  0x8035: "RARP",
  0x8100: "802.1Q VLAN",
  0x86dd: "IPv6",
  0x8808: "Ethernet flow control",
  0x8809: "Slow protocols",
  0x8847: "MPLS",
  0x8848: "MPLS multicast",
  0x8863: "PPPoE discovery",
  0x8864: "PPPoE session",
  0x887b: "HomePlug",
  0x888e: "802.1X",
  0x8892: "PROFINET",
  0x88a8: "802.1ad VLAN",
  0x88b8: "IEC 61850 GOOSE",
  0x88ba: "IEC 61850 sampled values",
  0x88cc: "LLDP",
  0x88e1: "HomePlug AV",
  0x88f7: "PTP",
  0x9100: "stacked VLAN (0x9100)",
} as const;

const kinds = new Map<number, LayerKind>([
  [0x0800, "ipv4"],
  [0x86dd, "ipv6"],
  [0x8100, "vlan"],
  [0x88a8, "vlan"],
  [0x9100, "vlan"],
  [0x8863, "pppoe"],
  [0x8864, "pppoe"],
]);

/** Layer names of network protocols that are named but not read. */
const layerNames: Readonly<Partial<Record<number, string>>> = {
  0x0806: "arp",
  0x8847: "mpls",
  0x888e: "eapol",
  0x88cc: "lldp",
};

const F = defineFields("network", {
  payload: {
    name: "Payload",
    type: "bytes",
    meaning: "Bytes of a network protocol other than IP",
  },
});

/** Leaves the cursor's bytes to the layer that the ethertype names. */
export function handOverEtherType(c: Cursor, type: number, packet: PacketContents): void {
  packet.networkProtocol = type;
  c.dissection.handOver(c, kinds.get(type) ?? "network-payload");
}

/** The bytes of a network protocol that is not decoded: one leaf, and a word on what they are. */
export function readNetworkPayload(c: Cursor, packet: PacketContents): void {
  const type = packet.networkProtocol;
  const layer = layerNames[type];
  if (layer !== undefined) c.dissection.layers.push(layer);
  if (packet.values) {
    const name = (etherTypes as Readonly<Partial<Record<number, string>>>)[type];
    const number = `ethertype 0x${type.toString(16).padStart(4, "0")}`;
    const detail = name === undefined ? number : `${name}, ${number}`;
    c.report(packetDiagnostics.undecoded, c.offset, c.end, detail);
  }
  if (c.remaining > 0) c.octets(F.payload, c.remaining);
}
