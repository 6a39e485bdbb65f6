/** Faults of the bytes that no other test shows, each beside the same bytes without the fault. */
import { describe, expect, it } from "vitest";
import { PcapngReader } from "../../captures/pcapng.js";
import { FrameDecoder } from "../../decoder/index.js";
import { readIec6205621 } from "../../decoder/link/iec-62056-21.js";
import { readP1 } from "../../decoder/link/p1.js";
import { readApdu } from "../../decoder/xdlms/apdu.js";
import {
  concat,
  enhancedPacket,
  interfaceDescription,
  problemsOf,
  readAll,
  section,
} from "../captures/pcap-builder.js";
import { dissectBytes } from "./dissect-bytes.js";
import { ethernet, join, udp } from "./link/packet/packet-builder.js";
import { readBytes } from "./link/packet/read-packet.js";

const codesOf = (hex: Uint8Array | string) => dissectBytes(hex, readApdu).codes;

/** An APDU of ACSE around its components. */
function acse(tag: "60" | "61", ...components: readonly string[]): string {
  const contents = components.join("").replaceAll(" ", "");
  return `${tag}${(contents.length / 2).toString(16).padStart(2, "0")}${contents}`;
}

const context = "a109 0607 60857405080101";
const result = "a203 020100";
const diagnostic = "a305 a103 020100";

describe("BER of ACSE (ITU-T X.690)", () => {
  it("an association without faults", () => {
    expect(codesOf(acse("61", context, result, diagnostic))).toEqual([]);
    expect(codesOf(acse("60", context, "8a02 0780"))).toEqual([]);
  });

  it.for([
    // The low five bits of the identifier are ones: the number follows in further bytes.
    ["acse.tag-form", acse("60", context, "1f2100")],
    // The first byte of a length is not FF, which is reserved.
    ["acse.length-form", acse("60", "a1ff")],
    ["acse.integer", acse("61", context, "a202 0200", diagnostic)],
    // 9 bits of a byte cannot be unused.
    ["acse.bit-string", acse("60", context, "8a02 0980")],
    // Associate-source-diagnostic has the choices 1 and 2.
    ["acse.diagnostic-source", acse("61", context, result, "a305 a303 020100")],
  ] as const)("%s", ([code, bytes]) => {
    expect(codesOf(bytes)).toContain(code);
  });
});

describe("texts of IEC 62056-21 and P1", () => {
  const text = (characters: string) => Buffer.from(characters, "latin1");

  it("a message that begins with no start character", () => {
    expect(dissectBytes(text("/?!\r\n"), readIec6205621).codes).toEqual([]);
    expect(dissectBytes(text("X?!\r\n"), readIec6205621).codes).toEqual(["iec-62056-21.start"]);
  });

  it("a message that is cut off", () => {
    expect(dissectBytes(text("/?!"), readIec6205621).codes).toContain("iec-62056-21.incomplete");
  });

  it("a telegram without its end", () => {
    const codes = dissectBytes(text("/KFM5KAIFA-METER\r\n\r\n1-3:0.2.8(42)\r\n"), readP1).codes;
    expect(codes).toContain("p1.incomplete");
  });
});

describe("packets", () => {
  const ends = { sourcePort: 4059, destinationPort: 40_000 };
  const payload = "000100010010000100";

  it("IPv6 with a payload length beyond the packet", () => {
    const datagram = udp(ends, payload);
    const addresses = `fe80${"00".repeat(13)}01 fe80${"00".repeat(13)}02`;
    const ipv6 = (length: number) =>
      ethernet(join("60000000", Uint8Array.of(0, length), "11 40", addresses, datagram), 0x86dd);
    // The UDP checksum is that of IPv4 addresses here: only the length counts.
    const codes = (length: number) => readBytes(ipv6(length)).codes;
    expect(codes(datagram.length)).not.toContain("ipv6.payload-length");
    expect(codes(datagram.length + 4)).toContain("ipv6.payload-length");
  });

  it("PPPoE with a length beyond the frame", () => {
    // Version and type 1, code 0 (session), session 7; PPP protocol C021.
    const frame = (length: string) => ethernet(`1100 0007 ${length} c021 0101`, 0x8864);
    expect(readBytes(frame("0004")).codes).not.toContain("pppoe.length");
    expect(readBytes(frame("0009")).codes).toContain("pppoe.length");
  });
});

describe("pcapng", () => {
  const read = (...blocks: readonly Uint8Array[]) =>
    problemsOf(readAll(new PcapngReader(), concat(section(), ...blocks))).map(({ code }) => code);

  it("a packet with more captured bytes than there were on the wire", () => {
    const packet = (original: number) =>
      enhancedPacket({ units: 0n, data: Uint8Array.of(1, 2, 3, 4), original });
    expect(read(interfaceDescription(), packet(4))).toEqual([]);
    expect(read(interfaceDescription(), packet(3))).toEqual(["pcapng.bad-original-length"]);
  });

  it("more interfaces than are kept", () => {
    const many = (count: number) => Array.from({ length: count }, () => interfaceDescription());
    expect(read(...many(100))).toEqual([]);
    expect(read(...many(70_000))).toEqual(["pcapng.too-many-interfaces"]);
  });
});

it("a message of more than 16 MiB is not joined", () => {
  // One block of a general block transfer, not the last: its length takes four bytes.
  const blockOf = (length: number) => {
    const header = Uint8Array.of(0xe0, 0x40, 0, 1, 0, 0, 0x84, length >>> 24, length >> 16, 0, 0);
    const bytes = new Uint8Array(header.length + length);
    bytes.set(header);
    return bytes;
  };
  expect(codesOf(blockOf(1 << 24))).toEqual([]);
  expect(codesOf(blockOf((1 << 24) + (1 << 16)))).toEqual(["reassembly.limit"]);
});

it("a fault of a capture that is not registered is a fault of the capture", () => {
  const [frame] = new FrameDecoder().reportCaptureProblem("tape.torn", "The tape is torn");
  expect(frame?.diagnostics.map(({ definition, message }) => [definition.code, message])).toEqual([
    ["capture.fault", "The tape is torn"],
  ]);
});
