import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIpv6 } from "../../../../decoder/link/packet/address-text.js";
import { expectPrefixes, findNode, findNodes } from "../../dissect-bytes.js";
import { ethernet, ipv4, join, tcp, udp } from "./packet-builder.js";
import { packetReader, readBytes } from "./read-packet.js";

const rawIp = 101;
const ends = { sourcePort: 1025, destinationPort: 4059 };

describe("IPv4", () => {
  // The header of a worked example (Wikipedia, "Internet checksum"): its checksum is b861.
  const example = "4500 0073 0000 4000 4011 b861 c0a80001 c0a800c7";

  it("reads the header", () => {
    const packet = readBytes(join(example, new Uint8Array(95)), rawIp);
    expect(packet.link["ipv4"]).toEqual({
      source: "192.168.0.1",
      destination: "192.168.0.199",
      protocol: 17,
      "time-to-live": 64,
      identification: 0,
      "total-length": 0x73,
    });
    expect(findNode(packet.tree, "ipv4.flags.dont-fragment").value).toBe(1);
    expect(findNode(packet.tree, "ipv4.source")).toMatchObject({ start: 12, end: 16 });
    expect(packet.codes).not.toContain("ipv4.checksum");
  });

  it("tells a wrong checksum from one that was left out", () => {
    const wrong = readBytes(join(example.replace("b861", "b862"), new Uint8Array(95)), rawIp);
    expect(wrong.codes).toContain("ipv4.checksum");
    expect(findNode(wrong.tree, "ipv4.checksum").note).toBe("wrong, expected 0xb861");
    const leftOut = readBytes(join(example.replace("b861", "0000"), new Uint8Array(95)), rawIp);
    expect(leftOut.codes).not.toContain("ipv4.checksum");
    expect(findNode(leftOut.tree, "ipv4.checksum").note).toBe("left to the network card");
  });

  it("lists options", () => {
    const header = "4700 0024 0001 0000 4011 0000 0a000001 0a000002 94040000 01 000000";
    const packet = readBytes(join(header, "0401 0fdb 0008 0000"), rawIp);
    expect(findNodes(packet.tree, "ipv4.option").map(({ start, end }) => end - start)).toEqual([
      4, 1, 3,
    ]);
    expect(packet.contents.sourcePort).toBe(1025);
  });

  it("says that the total length is not that of the packet", () => {
    const short = readBytes(ipv4({ protocol: 17 }, udp(ends, "010203")).subarray(0, 29), rawIp);
    expect(short.codes).toContain("ipv4.total-length");
    expect(short.contents.lost).toBe(2);
  });

  it("takes a total length of 0 as one that the network card fills in", () => {
    const bytes = ipv4({ protocol: 17 }, udp(ends, "010203"));
    bytes.set([0, 0], 2);
    const packet = readBytes(bytes, rawIp);
    expect(packet.contents).toMatchObject({ payloadStart: 28, payloadEnd: 31 });
    expect(packet.codes).toEqual(["ipv4.checksum"]);
  });

  it("keeps the bytes behind a header that cannot be", () => {
    expect(readBytes("5500 0000", rawIp).codes).toEqual(["ipv4.version"]);
    expect(readBytes("4300 0000", rawIp).codes).toEqual(["ipv4.header-length"]);
  });

  it("names protocols that it does not decode", () => {
    const packet = readBytes(ipv4({ protocol: 1 }, "0800 f7ff 0000 0000"), rawIp);
    expect(packet.layers).toEqual(["ipv4", "icmp"]);
    expect(packet.diagnostics.map(({ message }) => message)).toEqual([
      "The payload is of a protocol that is not decoded: ICMP, IP protocol 1",
    ]);
    expect(findNode(packet.tree, "ip.payload")).toMatchObject({ start: 20, end: 28 });
  });

  it("reads IP in IP", () => {
    const inner = ipv4({ protocol: 17, source: "10.9.9.9" }, udp(ends, "01"));
    const packet = readBytes(ipv4({ protocol: 4 }, inner), rawIp);
    expect(packet.layers).toEqual(["ipv4", "ipv4", "udp"]);
    expect(packet.link["ipv4"]).toMatchObject({ source: "10.9.9.9" });
  });

  it("reads the first fragment and leaves the others as bytes", () => {
    const whole = udp(ends, new Uint8Array(16));
    const first = readBytes(ipv4({ protocol: 17, more: true }, whole.subarray(0, 16)), rawIp);
    expect(first.layers).toEqual(["ipv4", "udp"]);
    expect(first.codes).toEqual([]);
    expect(first.link["ipv4"]).toMatchObject({ "fragment-offset": 0, "more-fragments": true });
    const second = readBytes(ipv4({ protocol: 17, offset: 16 }, whole.subarray(16)), rawIp);
    expect(second.layers).toEqual(["ipv4", "udp"]);
    expect(findNode(second.tree, "ip.fragment")).toMatchObject({ start: 20, end: 28 });
    expect(second.contents).toMatchObject({ fragmented: true, fragmentOffset: 16 });
  });
});

describe("IPv6", () => {
  const source = "20010db8000000000000000000000001";
  const destination = "fe800000000000000000000000000002";

  it("reads the header with its flow label", () => {
    const bytes = join("6ab12345 0008 11 40", source, destination, "0401 0fdb 0008 e7cf");
    const packet = readBytes(ethernet(bytes, 0x86dd));
    expect(packet.layers).toEqual(["ethernet", "ipv6", "udp"]);
    expect(packet.link["ipv6"]).toEqual({
      source: "2001:db8::1",
      destination: "fe80::2",
      protocol: 17,
      "hop-limit": 64,
      "flow-label": 0x12345,
      "payload-length": 8,
    });
    expect(findNode(packet.tree, "ipv6.traffic-class").value).toBe(0xab);
    expect(findNode(packet.tree, "ipv6.version").value).toBe(6);
    expectPrefixes(ethernet(bytes, 0x86dd), packetReader(1));
  });

  it("goes through the extension headers", () => {
    const bytes = join(
      "60000000 0038 00 40",
      source,
      destination,
      "2b 00 050200000100", // hop-by-hop with a router alert; routing follows
      "3c 00 0000 00000000", // routing; destination options follow
      "33 00 010400000000", // destination options; the authentication header follows
      "2c 04 0000 00000001 00000001 000000000000000000000000", // its 24 bytes: 4 * (4 + 2)
      "11 00 0000 00000007", // an atomic fragment, that is a whole datagram
    );
    const packet = readBytes(bytes, 229);
    expect(findNodes(packet.tree, "ipv6.extension").map((node) => node.value)).toEqual([
      0, 43, 60, 51, 44,
    ]);
    expect(packet.contents).toMatchObject({ protocol: 17, fragmented: false, identification: 7 });
  });

  it("reads fragments", () => {
    const bytes = join(
      "60000000 0010 2c 40",
      source,
      destination,
      "11 00 0011 12345678",
      "0102030405060708",
    );
    const packet = readBytes(bytes, 229);
    expect(packet.contents).toMatchObject({
      fragmented: true,
      fragmentOffset: 16,
      moreFragments: true,
      identification: 0x12345678,
    });
    expect(findNode(packet.tree, "ipv6.fragment.offset").value).toBe(2);
    expect(findNode(packet.tree, "ip.fragment")).toMatchObject({ start: 48, end: 56 });
  });

  // The examples of RFC 5952.
  it.each([
    ["20010db8000000000000000000020001", "2001:db8::2:1"],
    ["20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"],
    ["20010000000000010000000000000001", "2001:0:0:1::1"],
    ["20010db8000000000001000000000001", "2001:db8::1:0:0:1"],
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000000000000001", "::1"],
  ])("writes %s as %s", (bytes, text) => {
    expect(formatIpv6(join(bytes), 0)).toBe(text);
  });
});

describe("UDP", () => {
  it("notes a checksum that is not used, and reports a wrong one", () => {
    const bytes = udp(ends, "010203");
    expect(readBytes(ipv4({ protocol: 17 }, bytes), rawIp).codes).toEqual([]);
    bytes[9] = 0xff;
    expect(readBytes(ipv4({ protocol: 17 }, bytes), rawIp).codes).toEqual(["udp.checksum"]);
    bytes.set([0, 0], 6);
    const unused = readBytes(ipv4({ protocol: 17 }, bytes), rawIp);
    expect(unused.codes).toEqual([]);
    expect(findNode(unused.tree, "udp.checksum").note).toBe("not used");
  });

  it("takes the sum of the pseudo header as a checksum that was left out", () => {
    // 0a00 + 0001 + 0a00 + 0002 + 0011 + 000b = 141f
    const bytes = join("0401 0fdb 000b 141f 010203");
    const packet = readBytes(ipv4({ protocol: 17 }, bytes), rawIp);
    expect(packet.codes).toEqual([]);
    expect(findNode(packet.tree, "udp.checksum").note).toBe("left to the network card");
  });

  it("reports a length that is not that of the datagram", () => {
    const longer = readBytes(ipv4({ protocol: 17 }, "0401 0fdb 0010 0000 01"), rawIp);
    expect(longer.codes).toEqual(["udp.length"]);
    const shorter = readBytes(ipv4({ protocol: 17 }, "0401 0fdb 0009 0000 0102"), rawIp);
    expect(shorter.codes).toEqual(["core.trailing-bytes"]);
    expect(shorter.contents).toMatchObject({ payloadStart: 28, payloadEnd: 29 });
  });
});

describe("TCP", () => {
  it("reads flags as bits and lists the options", () => {
    // SYN with maximum segment size 1460, SACK permitted, timestamps, no operation, window scale 7.
    const segment =
      "c001 0fdb 12345678 00000000 a002 faf0 0000 0000 020405b4 0402 080a 00000001 00000000 01 030307";
    const packet = readBytes(ipv4({ protocol: 6 }, join(segment)), rawIp);
    expect(packet.link["tcp"]).toEqual({
      "source-port": 49153,
      "destination-port": 4059,
      "sequence-number": 0x12345678,
      "acknowledgment-number": 0,
      flags: ["syn"],
      window: 0xfaf0,
    });
    expect(findNodes(packet.tree, "tcp.option.kind").map((node) => node.value)).toEqual([
      2, 4, 8, 1, 3,
    ]);
    expect(findNode(packet.tree, "tcp.option.maximum-segment-size").value).toBe(1460);
    expect(findNode(packet.tree, "tcp.flags.syn")).toMatchObject({ value: 1, start: 32, end: 34 });
    expect(findNode(packet.tree, "tcp.checksum").note).toBe("left to the network card");
  });

  it("survives options without end and a header that is too short", () => {
    const zeroLength = "c001 0fdb 00000000 00000000 6010 faf0 0000 0000 02000000";
    expect(readBytes(ipv4({ protocol: 6 }, join(zeroLength)), rawIp).codes).toEqual([]);
    const short = "c001 0fdb 00000000 00000000 4010 faf0 0000 0000";
    expect(readBytes(ipv4({ protocol: 6 }, join(short)), rawIp).codes).toEqual(["tcp.data-offset"]);
  });

  it("keeps the payload as one leaf", () => {
    const bytes = ethernet(ipv4({ protocol: 6 }, tcp({ ...ends, sequence: 1 }, "0102030405")));
    const packet = readBytes(bytes);
    expect(findNode(packet.tree, "tcp.payload")).toMatchObject({ start: 54, end: 59 });
    expect(packet.codes).toEqual([]);
    expectPrefixes(bytes, packetReader(1));
  });
});

describe("any bytes", () => {
  it("are explained to the last, whatever the link type", () => {
    const linkType = fc.constantFrom(0, 1, 9, 50, 51, 101, 108, 113, 147, 228, 229, 250, 252, 276);
    fc.assert(
      fc.property(linkType, fc.uint8Array({ maxLength: 120 }), (type, bytes) => {
        readBytes(bytes, type);
      }),
    );
  });

  it("that are damaged packets are explained to the last", () => {
    const bytes = ethernet(ipv4({ protocol: 6 }, tcp({ ...ends, sequence: 1 }, "0102030405")));
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        readBytes(damaged);
      }),
    );
  });
});
