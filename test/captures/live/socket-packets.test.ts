import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  LINKTYPE_RAW,
  type SocketEnd,
  type SocketPacket,
  TcpPackets,
  udpPacket,
} from "../../../captures/live/socket-packets.js";
import { TestFolder } from "../../analyzer/test-folder.js";
import { pcapFile } from "../pcap-builder.js";
import { decodePackets, layersOf, packetFaults, sampleLayers, sampleSession } from "./heard.js";

const meter: SocketEnd = { address: "192.0.2.7", port: 4059 };
const client: SocketEnd = { address: "192.0.2.1", port: 50_000 };
const meter6: SocketEnd = { address: "2001:db8::7", port: 4059 };
const client6: SocketEnd = { address: "2001:db8:0:0:0:0:1.2.3.4", port: 50_000 };

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");
const hasTshark = spawnSync("tshark", ["--version"]).status === 0;

/** What Wireshark says of packets: its findings on checksums and sequences, and fields. */
function tshark(packets: readonly SocketPacket[], ...fields: readonly string[]): string[] {
  const folder = new TestFolder();
  try {
    const records = packets.map(({ bytes }, i) => ({ seconds: i, fraction: 0, data: bytes }));
    const options = { linkType: LINKTYPE_RAW, snapshotLength: 262_144 };
    const file = folder.write("packets.pcap", pcapFile(records, options));
    const checks = ["ip", "tcp", "udp"].flatMap((name) => ["-o", `${name}.check_checksum:TRUE`]);
    const shown = ["_ws.expert.message", ...fields].flatMap((field) => ["-e", field]);
    const { stdout } = spawnSync(
      "tshark",
      ["-r", file, ...checks, "-T", "fields", "-E", "separator=|", ...shown],
      { encoding: "utf8", maxBuffer: 1 << 28 },
    );
    return stdout.trimEnd().split("\n");
  } finally {
    folder.remove();
  }
}

describe("a datagram", () => {
  it("has the headers of RFC 791 and 768, with right checksums", () => {
    const { bytes, payloadLength } = udpPacket(meter, client, Uint8Array.of(0x0f, 0x01, 0x02));
    expect(payloadLength).toBe(3);
    // IPv4: 4500+001f+4000+4011 = c530, with c000+0207+c000+0201 = 24938; 4938+2 = 493a, ~ b6c5.
    // UDP: pseudo header c000+0207+c000+0201+0011+000b = 18424; 0fdb+c350+000b+0f01+0200 = e437;
    // together 2685b; 685b+2 = 685d, ~ 97a2.
    expect(hex(bytes)).toBe(
      "4500001f000040004011b6c5c0000207c0000201" + "0fdbc350000b97a2" + "0f0102",
    );
  });

  it("goes over IPv6 as well, also from an address that is IPv4", () => {
    const packet = udpPacket(meter6, { address: "::1%lo", port: 1 }, Uint8Array.of(1));
    expect(hex(packet.bytes).slice(0, 80)).toBe(
      `600000000009${"11"}40${"20010db8000000000000000000000007"}${"0".repeat(31)}1`,
    );
    const mapped = udpPacket({ address: "::ffff:192.0.2.7", port: 1 }, client, Uint8Array.of(1));
    expect(hex(mapped.bytes).slice(24, 40)).toBe("c0000207c0000201");
    const mixed = udpPacket(meter, { address: "::1", port: 1 }, Uint8Array.of(1));
    expect(hex(mixed.bytes).slice(16, 48)).toBe("00000000000000000000ffffc0000207");
  });

  it.each(["", "1.2.3", "1.2.3.256", "1::2::3", ":1", "1:2:3:4:5:6:7", "g::", "1:2:3:4:5:6:7:8:9"])(
    "refuses what is no address: '%s'",
    (address) => {
      expect(() => udpPacket({ address, port: 1 }, client, new Uint8Array(1))).toThrow(RangeError);
    },
  );

  it("may have the length that IP allows, and no more", () => {
    expect(udpPacket(meter, client, new Uint8Array(65_507)).bytes.length).toBe(65_535);
    expect(() => udpPacket(meter, client, new Uint8Array(65_508))).toThrow(RangeError);
  });
});

function session(from: SocketEnd, to: SocketEnd, first = { client: 100, server: 2 ** 32 - 40 }) {
  const tcp = new TcpPackets(from, to, first);
  const packets = [...tcp.open()];
  for (const { isFromClient, bytes } of sampleSession) {
    packets.push(...tcp.send(isFromClient, bytes));
  }
  return [...packets, ...tcp.end(true), ...tcp.end(false)];
}

describe("a connection", () => {
  it.each([
    ["IPv4", client, meter],
    ["IPv6", client6, meter6],
    ["both", client6, meter],
  ])("is what the decoder follows, over %s, past the end of sequence numbers", (_, from, to) => {
    const frames = decodePackets(session(from, to), LINKTYPE_RAW);
    expect(layersOf(frames)).toEqual(sampleLayers);
    expect(packetFaults(frames)).toEqual([]);
  });

  it.runIf(hasTshark)("is what Wireshark follows, without a complaint", () => {
    for (const packets of [session(client, meter), session(client6, meter6)]) {
      const lines = tshark(packets, "tcp.stream", "tcp.payload");
      const complaints = lines.map((line) => line.split("|")[0]);
      // What it has to say of any connection that begins and ends.
      expect(complaints.slice(3, -2).join("")).toBe("");
      expect(complaints.join(" ")).not.toMatch(/checksum|previous|out-of-order|retransmi|unseen/i);
      expect(lines.map((line) => line.split("|")[1])).toEqual(lines.map(() => "0"));
      const payloads = lines.map((line) => line.split("|")[2]).filter((text) => text !== "");
      expect(payloads).toEqual(sampleSession.map(({ bytes }) => hex(bytes)));
    }
  });

  it("splits what IP cannot hold, and loses nothing of it", () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i * 7);
    const packets = new TcpPackets(client, meter, { client: 0, server: 0 }).send(true, bytes);
    // 65,495 bytes fit beside 20 of IP and 20 of TCP; the rest is 3,515.
    expect(packets.map((packet) => packet.bytes.length)).toEqual([65_535, 65_535, 65_535, 3555]);
    const joined = Buffer.concat(packets.map((packet) => packet.bytes.subarray(40)));
    expect(joined.equals(bytes)).toBe(true);
  });

  it("tells an attempt that was refused, and an end only once", () => {
    const tcp = new TcpPackets(client, meter, { client: 5, server: 9 });
    const flags = ({ bytes }: SocketPacket) => bytes[33];
    expect(tcp.refuse().map(flags)).toEqual([0x02, 0x14]);
    expect(tcp.end(true).map(flags)).toEqual([0x11]);
    expect(tcp.end(true)).toEqual([]);
    expect(tcp.reset(false).map(flags)).toEqual([0x14]);
  });
});

it("has right checksums, whatever the bytes (the receiver's sum is ffff)", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (payload, isIpv6) => {
      const [from, to] = isIpv6 ? [client6, meter6] : [client, meter];
      const packets = [
        udpPacket(from, to, payload),
        ...new TcpPackets(from, to, { client: 7, server: 8 }).send(true, payload),
      ];
      for (const { bytes } of packets) {
        const transport = isIpv6 ? 40 : 20;
        const protocol = bytes[isIpv6 ? 6 : 9] ?? 0;
        const addresses = bytes.subarray(isIpv6 ? 8 : 12, transport);
        const length = bytes.length - transport;
        if (!isIpv6) expect(sumOf(bytes.subarray(0, 20))).toBe(0xffff);
        const pseudo = [...addresses, length >> 8, length & 0xff, 0, protocol];
        expect(sumOf([...pseudo, ...bytes.subarray(transport)])).toBe(0xffff);
      }
    }),
  );
});

/** The ones' complement sum of RFC 1071, word by word with its carry. */
function sumOf(bytes: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum;
}
