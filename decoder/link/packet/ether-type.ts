/** What follows a link header: the ethertype, and the layer that it leads to. */
import type { Cursor } from "../../core/cursor.js";
import type { LayerKind } from "../../core/dissection.js";
import { defineFields } from "../../core/fields.js";
import { type PacketContents, packetDiagnostics } from "./packet-contents.js";

/** Names of ethertypes (IEEE 802 Numbers of IANA), those that meters and their networks use. */
export const etherTypes = {
  2048: "IPv4",
  2054: "ARP",
  32821: "RARP",
  33024: "802.1Q VLAN",
  34525: "IPv6",
  34824: "Ethernet flow control",
  34825: "Slow protocols",
  34887: "MPLS",
  34888: "MPLS multicast",
  34915: "PPPoE discovery",
  34916: "PPPoE session",
  34939: "HomePlug",
  34958: "802.1X",
  34962: "PROFINET",
  34984: "802.1ad VLAN",
  35000: "IEC 61850 GOOSE",
  35002: "IEC 61850 sampled values",
  35020: "LLDP",
  35041: "HomePlug AV",
  35063: "PTP",
  37120: "stacked VLAN (0x9100)",
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
  2054: "arp",
  34887: "mpls",
  34958: "eapol",
  35020: "lldp",
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
