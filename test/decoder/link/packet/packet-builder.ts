/** Builds packets layer by layer: header fields in, bytes out, lengths and checksums filled in. */
import type { CaptureChunk } from "../../../../decoder/chunk.js";
import { concatenate } from "../../../../decoder/core/bytes.js";
import { toBytes } from "../../dissect-bytes.js";

type Bytes = Uint8Array | string;

const word = (value: number) => Uint8Array.of((value >> 8) & 0xff, value & 0xff);
const long = (value: number) =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

/** Joins hex and bytes. */
export function join(...parts: readonly Bytes[]): Uint8Array {
  return concatenate(parts.map(toBytes));
}

/** RFC 1071, by its definition: the complement of the ones' complement sum of 16-bit words. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    sum += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return 0xffff - sum;
}

/** `10.0.0.1` as 4 bytes. */
export function address(text: string): Uint8Array {
  return Uint8Array.from(text.split(".").map(Number));
}

export function ethernet(payload: Bytes, type = 0x0800): Uint8Array {
  return join("001a2b3c4d5e", "001a2b3c4d5f", word(type), payload);
}

export interface Ipv4Header {
  readonly source?: string;
  readonly destination?: string;
  readonly protocol: number;
  readonly identification?: number;
  /** In bytes. */
  readonly offset?: number;
  readonly more?: boolean;
}

export function ipv4(header: Ipv4Header, payload: Bytes): Uint8Array {
  const data = toBytes(payload);
  const build = (check: number) =>
    join(
      "4500",
      word(20 + data.length),
      word(header.identification ?? 1),
      word((header.more ? 0x2000 : 0) | ((header.offset ?? 0) / 8)),
      "40",
      Uint8Array.of(header.protocol),
      word(check),
      address(header.source ?? "10.0.0.1"),
      address(header.destination ?? "10.0.0.2"),
    );
  return join(build(checksum(build(0))), data);
}

export interface Ports {
  readonly source?: string;
  readonly destination?: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

function pseudoHeader(ends: Ports, protocol: number, length: number): Uint8Array {
  return join(
    address(ends.source ?? "10.0.0.1"),
    address(ends.destination ?? "10.0.0.2"),
    Uint8Array.of(0, protocol),
    word(length),
  );
}

/** A UDP datagram over IPv4. */
export function udp(ends: Ports, payload: Bytes): Uint8Array {
  const data = toBytes(payload);
  const build = (check: number) =>
    join(
      word(ends.sourcePort),
      word(ends.destinationPort),
      word(8 + data.length),
      word(check),
      data,
    );
  return build(checksum(join(pseudoHeader(ends, 17, 8 + data.length), build(0))));
}

export interface TcpHeader extends Ports {
  readonly sequence: number;
  readonly acknowledgment?: number;
  /** Default ACK and PSH. */
  readonly flags?: number;
}

/** A TCP segment over IPv4, without options. */
export function tcp(header: TcpHeader, payload: Bytes): Uint8Array {
  const data = toBytes(payload);
  const build = (check: number) =>
    join(
      word(header.sourcePort),
      word(header.destinationPort),
      long(header.sequence),
      long(header.acknowledgment ?? 0),
      word(0x5000 | (header.flags ?? 0x18)),
      word(0x2000),
      word(check),
      "0000",
      data,
    );
  return build(checksum(join(pseudoHeader(header, 6, 20 + data.length), build(0))));
}

/** Ethernet, IPv4 and UDP around a payload. */
export function udpPacket(ends: Ports, payload: Bytes): Uint8Array {
  return ethernet(ipv4({ ...ends, protocol: 17 }, udp(ends, payload)));
}

/** Ethernet, IPv4 and TCP around a payload. */
export function tcpPacket(header: TcpHeader, payload: Bytes): Uint8Array {
  return ethernet(ipv4({ ...header, protocol: 6 }, tcp(header, payload)));
}

/** A captured packet; Ethernet unless told otherwise. */
export function chunkOf(bytes: Bytes, changes: Partial<CaptureChunk> = {}): CaptureChunk {
  const packet = toBytes(bytes);
  return {
    interface: 0,
    time: null,
    direction: null,
    linkType: 1,
    bytes: packet,
    originalLength: packet.length,
    position: 0,
    ...changes,
  };
}

/** A wrapper PDU (IEC 62056-4-7): version 1, source and destination wPort, length, APDU. */
export function wrapperPdu(apdu: Bytes, source = 16, destination = 1): Uint8Array {
  const data = toBytes(apdu);
  return join("0001", word(source), word(destination), word(data.length), data);
}
