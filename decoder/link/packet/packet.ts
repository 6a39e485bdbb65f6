/** One captured packet, from its link header to the payload of its transport. */
import type { Cursor } from "../../core/cursor.js";
import type { LayerKind } from "../../core/dissection.js";
import { markUndecoded } from "../../core/layer.js";
import { readNetworkPayload } from "./ether-type.js";
import { readEthernet, readEthernetTrailer } from "./ethernet.js";
import { readIp } from "./ip.js";
import { readIpFragment, readIpPayload, readIpTrailer } from "./ip-payload.js";
import { readIpv4 } from "./ipv4.js";
import { readIpv6 } from "./ipv6.js";
import { readLinuxCooked, readLinuxCooked2 } from "./linux-cooked.js";
import { readLoop, readNullLoopback } from "./null-loopback.js";
import { type PacketContents, packetDiagnostics } from "./packet-contents.js";
import { readPpp, readPppoe } from "./ppp.js";
import { readRtacSerial } from "./rtac-serial.js";
import { readTcp } from "./tcp.js";
import { readUdp } from "./udp.js";
import { readUpperPdu } from "./upper-pdu.js";
import { readUserLink } from "./user-link.js";
import { readVlan } from "./vlan.js";

/** The first layer of each LINKTYPE_ number (tcpdump.org, Link-Layer Header Types). */
const firstLayers = new Map<number, LayerKind>([
  [0, "null-loopback"],
  [1, "ethernet"],
  [9, "ppp"],
  [12, "ip"],
  [14, "ip"],
  [50, "ppp"],
  [51, "pppoe"],
  [101, "ip"],
  [108, "loop"],
  [113, "linux-cooked"],
  [228, "ipv4"],
  [229, "ipv6"],
  [250, "rtac-serial"],
  [252, "upper-pdu"],
  [276, "linux-cooked-2"],
]);
/** LINKTYPE_USER0 to LINKTYPE_USER15, which everybody uses for what they like. */
const firstUser = 147;
const lastUser = 162;
for (let type = firstUser; type <= lastUser; type++) firstLayers.set(type, "user");

/** Whether packets of a link type are bytes of a line, or may be, and carry no addresses of a network. */
export function isLineType(linkType: number): boolean {
  const first = firstLayers.get(linkType);
  return first === "user" || first === "rtac-serial";
}

/**
 * Reads the headers of the packet that the cursor stands on, one layer after the other, and puts
 * what they say into `packet`, which has been reset. Every byte ends in a node. The payload of the
 * transport is one leaf; what is in it is the assembler's to say.
 */
export function readPacket(c: Cursor, linkType: number, packet: PacketContents): void {
  const start = c.offset;
  if (packet.cut > 0 && packet.values) {
    const there = c.end - start;
    c.report(packetDiagnostics.cut, start, c.end, `${there} of ${there + packet.cut} bytes`);
  }
  const first = firstLayers.get(linkType);
  if (first === undefined) {
    c.report(packetDiagnostics["link-type"], start, c.end, `link type ${linkType}`);
    c.dissection.layers.push("packet");
    markUndecoded(c);
    return;
  }
  readLayerOf(first, c, packet);
  const { dissection } = c;
  for (let next = dissection.takeNext(); next !== undefined; next = dissection.takeNext()) {
    readLayerOf(next.kind, next.cursor, packet);
  }
  if (packet.trailerStart >= 0) readTrailer(c, packet);
}

/**
 * Reads the transport header that the cursor stands on, of the protocol `packet.protocol`: for
 * datagrams that were put together from fragments.
 */
export function readTransport(c: Cursor, packet: PacketContents): void {
  if (packet.protocol === 17) readUdp(c, packet);
  else if (packet.protocol === 6) readTcp(c, packet);
}

function readTrailer(c: Cursor, packet: PacketContents): void {
  c.offset = packet.trailerStart;
  if (packet.ethernetStart >= 0) readEthernetTrailer(c, packet);
  else readIpTrailer(c);
}

function readLayerOf(kind: LayerKind, c: Cursor, packet: PacketContents): void {
  (readers[kind] ?? readIpPayload)(c, packet);
}

const readers: Readonly<Partial<Record<LayerKind, (c: Cursor, packet: PacketContents) => void>>> = {
  ethernet: readEthernet,
  vlan: readVlan,
  "linux-cooked": readLinuxCooked,
  "linux-cooked-2": readLinuxCooked2,
  "null-loopback": readNullLoopback,
  loop: readLoop,
  ppp: readPpp,
  pppoe: readPppoe,
  ip: readIp,
  ipv4: readIpv4,
  ipv6: readIpv6,
  "ip-fragment": readIpFragment,
  "ip-payload": readIpPayload,
  "network-payload": readNetworkPayload,
  udp: readUdp,
  tcp: readTcp,
  "upper-pdu": readUpperPdu,
  "rtac-serial": readRtacSerial,
  user: readUserLink,
};
