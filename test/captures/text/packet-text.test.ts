import { describe, expect, it } from "vitest";
import { packetLinkType } from "../../../captures/text/packet-text.js";
import {
  ethernet,
  ipv4,
  join,
  tcpPacket,
  udpPacket,
} from "../../decoder/link/packet/packet-builder.js";

const ends = { sourcePort: 4059, destinationPort: 50_000 };
const packet = udpPacket(ends, "0001");
const ipPacket = packet.subarray(14);

describe("packets among the bytes of a text", () => {
  it("are Ethernet, also with a VLAN tag, with a trailer or without", () => {
    expect(packetLinkType(packet)).toBe(1);
    expect(packetLinkType(tcpPacket({ ...ends, sequence: 1 }, "0001"))).toBe(1);
    expect(packetLinkType(join(packet, "000000000000"))).toBe(1);
    expect(packetLinkType(join(packet.subarray(0, 12), "81000005", packet.subarray(12)))).toBe(1);
  });

  it("are IPv4 alone, if nothing stands behind it", () => {
    expect(packetLinkType(ipPacket)).toBe(101);
    expect(packetLinkType(join(ipPacket, "00"))).toBeNull();
  });

  it("are IPv6 over Ethernet", () => {
    // Version 6, payload of 8 bytes, UDP, hop limit 64, two addresses of 16 bytes.
    const header = join("60000000", "0008", "11", "40", "00".repeat(32));
    expect(packetLinkType(ethernet(join(header, "1f901f9000080000"), 0x86dd))).toBe(1);
    expect(packetLinkType(ethernet(join(header, "1f901f90"), 0x86dd))).toBeNull();
  });

  it("are none where anything is wrong or missing", () => {
    for (let length = 0; length < packet.length; length += 1) {
      expect(packetLinkType(packet.subarray(0, length))).toBeNull();
    }
    for (let at = 14; at < 34; at += 1) {
      const damaged = Uint8Array.from(packet);
      damaged[at] = (damaged[at] ?? 0) ^ 0x01;
      expect(packetLinkType(damaged), `byte ${at}`).toBeNull();
    }
    expect(packetLinkType(ethernet(ipv4({ protocol: 17 }, "00"), 0x0806))).toBeNull();
  });
});
