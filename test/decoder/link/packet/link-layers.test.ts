import { describe, expect, it } from "vitest";
import { expectPrefixes, findNode, findNodes } from "../../dissect-bytes.js";
import { ethernet, ipv4, join, udp, udpPacket } from "./packet-builder.js";
import { packetReader, readBytes } from "./read-packet.js";

const ends = { sourcePort: 1025, destinationPort: 4059 };
const datagram = ipv4({ protocol: 17 }, udp(ends, "c0ffee"));

describe("Ethernet", () => {
  it("reads addresses and type, and leaves the payload to IP", () => {
    const packet = readBytes(ethernet(datagram));
    expect(packet.layers).toEqual(["ethernet", "ipv4", "udp"]);
    expect(packet.link["ethernet"]).toEqual({
      destination: "00:1a:2b:3c:4d:5e",
      source: "00:1a:2b:3c:4d:5f",
      type: 0x0800,
    });
    expect(findNode(packet.tree, "ethernet.destination")).toMatchObject({ start: 0, end: 6 });
    expect(findNode(packet.tree, "ethernet.type")).toMatchObject({ start: 12, value: 0x0800 });
    expect(findNode(packet.tree, "udp.payload")).toMatchObject({ start: 42, end: 45 });
    expect(packet.codes).toEqual([]);
  });

  it("explains what fills the frame up to 60 bytes as padding", () => {
    const packet = readBytes(join(ethernet(datagram), new Uint8Array(15)));
    expect(findNode(packet.tree, "ethernet.padding")).toMatchObject({ start: 45, end: 60 });
    expect(packet.contents.payloadEnd).toBe(45);
    expect(packet.codes).toEqual([]);
  });

  it("knows the frame check sequence by its value", () => {
    // The check value of CRC-32, over "123456789", is cbf43926; the low byte is sent first.
    const body = join(ethernet(datagram), new Uint8Array(15));
    const packet = readBytes(join(body, crc32(body)));
    expect(findNode(packet.tree, "ethernet.padding")).toMatchObject({ start: 45, end: 60 });
    expect(findNode(packet.tree, "ethernet.fcs")).toMatchObject({ start: 60, end: 64 });
    expect(crc32(new TextEncoder().encode("123456789"))).toEqual(join("2639f4cb"));
  });

  it("reads the length of IEEE 802.3, LLC and SNAP", () => {
    const snap = join("aaaa03000000 0800", datagram);
    const length = Uint8Array.of(0, snap.length);
    const packet = readBytes(join("001a2b3c4d5e001a2b3c4d5f", length, snap, "0000"));
    expect(packet.layers).toEqual(["ethernet", "ipv4", "udp"]);
    expect(findNode(packet.tree, "ethernet.length").value).toBe(39);
    expect(findNode(packet.tree, "ethernet.padding")).toMatchObject({
      end: packet.contents.payloadEnd + 2,
    });
  });

  it("names a network protocol that it does not decode", () => {
    const packet = readBytes(ethernet("0001 0800 06 04 0001", 0x0806));
    expect(packet.layers).toEqual(["ethernet", "arp"]);
    expect(packet.codes).toEqual(["packet.undecoded"]);
    expect(packet.diagnostics[0]?.message).toContain("ARP, ethertype 0x0806");
    expect(findNode(packet.tree, "network.payload")).toMatchObject({ start: 14, end: 22 });
  });

  it("says of every beginning of a packet that it is cut off", () => {
    expectPrefixes(ethernet(datagram), packetReader(1));
  });
});

describe("VLAN tags", () => {
  it("reads a stacked pair", () => {
    // 802.1ad with priority 5 and identifier 100, then 802.1Q with drop eligible and 7.
    const packet = readBytes(ethernet(join("a064 8100 1007 0800", datagram), 0x88a8));
    expect(packet.layers).toEqual(["ethernet", "vlan", "vlan", "ipv4", "udp"]);
    expect(packet.link["vlan"]).toEqual({
      id: 100,
      priority: 5,
      "drop-eligible": false,
      type: 0x8100,
    });
    expect(packet.link["vlan-inner"]).toEqual({
      id: 7,
      priority: 0,
      "drop-eligible": true,
      type: 0x0800,
    });
    expect(findNodes(packet.tree, "vlan.id").map((node) => node.value)).toEqual([100, 7]);
  });
});

describe("Linux cooked captures", () => {
  it("reads version 1", () => {
    const packet = readBytes(join("0004 0001 0006 001a2b3c4d5f0000 0800", datagram), 113);
    expect(packet.layers).toEqual(["sll", "ipv4", "udp"]);
    expect(packet.link["sll"]).toEqual({
      version: 1,
      "packet-type": 4,
      "hardware-type": 1,
      address: "00:1a:2b:3c:4d:5f",
      protocol: 0x0800,
    });
    expectPrefixes(join("0004 0001 0006 001a2b3c4d5f0000 0800", datagram), packetReader(113));
  });

  it("reads version 2, with no address", () => {
    const header = "0800 0000 00000003 0304 00 00 0000000000000000";
    const packet = readBytes(join(header, datagram), 276);
    expect(packet.layers).toEqual(["sll", "ipv4", "udp"]);
    expect(packet.link["sll"]).toMatchObject({ version: 2, interface: 3, "hardware-type": 772 });
    expect(findNode(packet.tree, "sll.unused")).toMatchObject({ start: 12, end: 20 });
  });
});

describe("null and loopback", () => {
  it.each([
    ["02000000", 0, 2, true],
    ["00000002", 0, 2, false],
    ["00000002", 108, 2, false],
  ])("%s of link type %i is IPv4", (header, linkType, family, littleEndian) => {
    const packet = readBytes(join(header, datagram), linkType);
    expect(packet.layers).toEqual(["null-loopback", "ipv4", "udp"]);
    expect(packet.link["null-loopback"]).toEqual({ family, "little-endian": littleEndian });
  });

  it.each(["1e000000", "0000001c", "18000000"])("%s is IPv6", (header) => {
    const ipv6 = join("60000000 0004 3b 40", new Uint8Array(32), "01020304");
    expect(readBytes(join(header, ipv6), 0).layers).toEqual(["null-loopback", "ipv6"]);
  });
});

describe("PPP", () => {
  it.each([
    ["ff03 0021", 9],
    ["ff03 21", 9],
    ["0021", 9],
    ["21", 9],
    ["ff03 0021", 50],
    ["0f00 0800", 50],
    ["1100 0001 0031 0021", 51],
  ])("%s of link type %i leads to IPv4", (header, linkType) => {
    const packet = readBytes(
      join(header, datagram.subarray(0, 20 + 8 + 3), new Uint8Array(16)),
      linkType,
    );
    expect(packet.layers.slice(-2)).toEqual(["ipv4", "udp"]);
    expect(packet.contents.sourcePort).toBe(1025);
  });

  it("names the link control protocol", () => {
    const packet = readBytes("ff03 c021 01010004", 9);
    expect(packet.link["ppp"]).toEqual({ protocol: 0xc021 });
    expect(packet.diagnostics[0]?.message).toContain("Link control protocol");
  });

  it("reads sessions of PPPoE in Ethernet", () => {
    const packet = readBytes(ethernet(join("1100 0007 0021 0021", datagram), 0x8864));
    expect(packet.layers).toEqual(["ethernet", "pppoe", "ppp", "ipv4", "udp"]);
    expect(packet.link["pppoe"]).toEqual({ code: 0, session: 7 });
  });
});

describe("raw IP", () => {
  it.each([12, 14, 101, 228])("is read from the first byte of link type %i", (linkType) => {
    expect(readBytes(datagram, linkType).layers).toEqual(["ipv4", "udp"]);
  });

  it("explains what follows the datagram", () => {
    const packet = readBytes(join(datagram, "0000"), 101);
    expect(findNode(packet.tree, "ip.trailer")).toMatchObject({ start: 31, end: 33 });
  });
});

describe("Wireshark's exported PDUs", () => {
  it("reads the tags and keeps the payload", () => {
    const tags = join(
      "000c 0004 646c6d73", // dissector name dlms
      "0014 0004 0a000001", // IPv4 source
      "0015 0004 0a000002", // IPv4 destination
      "0019 0004 00000fdb", // source port
      "001a 0004 0000c001", // destination port
      "001e 0004 00000009", // original frame
      "0000 0000",
    );
    const packet = readBytes(join(tags, "c001c1"), 252);
    expect(packet.link["upper-pdu"]).toEqual({
      dissector: "dlms",
      source: "10.0.0.1",
      destination: "10.0.0.2",
      "source-port": 4059,
      "destination-port": 49153,
      "original-frame": 9,
    });
    expect(packet.contents).toMatchObject({ payload: "bytes", payloadStart: 52, payloadEnd: 55 });
    expectPrefixes(tags.subarray(0, -1), packetReader(252));
  });

  it("reads a network packet that was exported", () => {
    const packet = readBytes(join("000c 0004 69700000 0000 0000", datagram), 252);
    expect(packet.layers).toEqual(["upper-pdu", "ipv4", "udp"]);
  });
});

describe("RTAC serial lines", () => {
  it("reads the 12-byte header", () => {
    const packet = readBytes("00000005 0000000a 02 0b 0000 7ea0", 250);
    expect(packet.link["rtac-serial"]).toEqual({ event: 2, "control-lines": 0x0b });
    expect(findNode(packet.tree, "rtac-serial.payload")).toMatchObject({ start: 12, end: 14 });
    expect(packet.contents).toMatchObject({ payload: "line", lineEvent: 2, payloadStart: 12 });
  });
});

describe("events of serial lines", () => {
  it.each([
    [0, []],
    [5, ["rtac-serial.data-lost"]],
    [7, ["rtac-serial.framing-error"]],
    [8, ["rtac-serial.parity-error"]],
    [9, ["rtac-serial.break"]],
    [10, ["rtac-serial.overflow"]],
  ])("are explained: %i", (event, codes) => {
    const bytes = Uint8Array.of(0, 0, 0, 5, 0, 0, 0, 10, event, 0, 0, 0);
    expect(readBytes(bytes, 250).codes).toEqual(codes);
  });
});

describe("other link types", () => {
  it("takes user link types as bytes", () => {
    const packet = readBytes("c001c1", 147);
    expect(packet.layers).toEqual(["user"]);
    expect(packet.contents).toMatchObject({ payload: "bytes", payloadStart: 0, payloadEnd: 3 });
  });

  it("names the ones that it does not know", () => {
    const packet = readBytes("0102", 105);
    expect(packet.codes).toEqual(["packet.link-type"]);
    expect(packet.diagnostics[0]?.message).toContain("link type 105");
  });

  it("says that the capture kept only the beginning of a packet", () => {
    const packet = readBytes(udpPacket(ends, "00112233").subarray(0, 44), 1, 2);
    expect(packet.codes).toEqual(["packet.cut"]);
    expect(packet.contents.lost).toBe(2);
  });
});

/** CRC-32 of IEEE 802.3, bit by bit from its definition, low byte first. */
function crc32(bytes: Uint8Array): Uint8Array {
  let remainder = 0xffffffffn;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const top = (remainder ^ BigInt(byte >> bit)) & 1n;
      remainder = (remainder >> 1n) ^ (top * 0xedb88320n);
    }
  }
  const value = Number(remainder ^ 0xffffffffn);
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}
