/** Linux cooked captures (`tcpdump -i any`): LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2. */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import { formatLinkAddress } from "./address-text.js";
import { etherTypes, handOverEtherType } from "./ether-type.js";
import type { PacketContents } from "./packet-contents.js";

const packetTypes = {
  0: "to us",
  1: "broadcast",
  2: "multicast",
  3: "to another host",
  4: "sent by us",
};

const F = defineFields("sll", {
  "": { name: "Linux cooked capture", type: "group" },
  packetType: { name: "Packet type", values: packetTypes },
  hardwareType: { name: "Hardware type", meaning: "An ARPHRD_ number of Linux" },
  addressLength: { name: "Address length" },
  address: { name: "Sender's link address", type: "string" },
  unused: { name: "Unused", type: "bytes" },
  protocol: { name: "Protocol", base: "hex", values: etherTypes },
  interface: { name: "Interface index" },
  reserved: { name: "Reserved", base: "hex" },
});

/** The header of either version as `link.sll` shows it. */
export interface LinuxCooked {
  readonly version: 1 | 2;
  readonly "packet-type": number;
  readonly "hardware-type": number;
  readonly address: string;
  readonly protocol: number;
  readonly interface?: number;
}

/** Reads the 16-byte header of version 1; the payload is handed over. */
export function readLinuxCooked(c: Cursor, packet: PacketContents): void {
  readLayer(c, "sll", F[""], () => {
    const packetType = c.u16(F.packetType);
    const hardwareType = c.u16(F.hardwareType);
    const address = decodeAddress(c, c.u16(F.addressLength), packet);
    const protocol = c.u16(F.protocol);
    if (packet.values) {
      keep(c, {
        version: 1,
        "packet-type": packetType,
        "hardware-type": hardwareType,
        address,
        protocol,
      });
    }
    handOverEtherType(c.take(c.remaining), protocol, packet);
  });
}

/** Reads the 20-byte header of version 2; the payload is handed over. */
export function readLinuxCooked2(c: Cursor, packet: PacketContents): void {
  readLayer(c, "sll", F[""], () => {
    const protocol = c.u16(F.protocol);
    c.u16(F.reserved);
    const interfaceIndex = c.u32(F.interface);
    const hardwareType = c.u16(F.hardwareType);
    const packetType = c.u8(F.packetType);
    const address = decodeAddress(c, c.u8(F.addressLength), packet);
    if (packet.values) {
      keep(c, {
        version: 2,
        "packet-type": packetType,
        "hardware-type": hardwareType,
        address,
        protocol,
        interface: interfaceIndex,
      });
    }
    handOverEtherType(c.take(c.remaining), protocol, packet);
  });
}

function keep(c: Cursor, header: LinuxCooked): void {
  c.dissection.link["sll"] = header;
}

/** The address field always has 8 bytes; how many of them mean something is said before it. */
function decodeAddress(c: Cursor, said: number, packet: PacketContents): string {
  c.need(8);
  const length = Math.min(said, 8);
  const withText = c.recording || packet.values;
  const text = withText ? formatLinkAddress(c.bytes, c.offset, length) : "";
  if (length > 0) c.leaf(F.address, length, text);
  if (length < 8) c.octets(F.unused, 8 - length);
  return text;
}
