/** Packets and pcap files around messages. */

const pcapHeader = Buffer.alloc(24);
pcapHeader.writeUInt32LE(0xa1b2c3d4, 0);
pcapHeader.writeUInt16LE(2, 4);
pcapHeader.writeUInt16LE(4, 6);
pcapHeader.writeUInt32LE(262_144, 16);
pcapHeader.writeUInt32LE(1, 20);

/** Header of a little-endian microsecond capture of Ethernet packets. */
export { pcapHeader };

/** One packet with its record header, at `microseconds` after the beginning of 2026. */
export function pcapRecord(packet: Buffer, microseconds: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(1_767_225_600 + Math.floor(microseconds / 1e6), 0);
  header.writeUInt32LE(microseconds % 1e6, 4);
  header.writeUInt32LE(packet.length, 8);
  header.writeUInt32LE(packet.length, 12);
  return Buffer.concat([header, packet]);
}

export interface Ends {
  readonly source: number;
  readonly destination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** An Ethernet packet with IPv4 and UDP; addresses are 10.0.x.y of the two host numbers. */
export function udpPacket(ends: Ends, payload: Buffer): Buffer {
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(ends.sourcePort, 0);
  udp.writeUInt16BE(ends.destinationPort, 2);
  udp.writeUInt16BE(8 + payload.length, 4);
  return ethernet(ends, 17, Buffer.concat([udp, payload]));
}

/** The same with TCP: a data segment (PSH, ACK). */
export function tcpPacket(ends: Ends, sequence: number, acknowledged: number, payload: Buffer) {
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(ends.sourcePort, 0);
  tcp.writeUInt16BE(ends.destinationPort, 2);
  tcp.writeUInt32BE(sequence >>> 0, 4);
  tcp.writeUInt32BE(acknowledged >>> 0, 8);
  tcp.writeUInt16BE(0x5018, 12);
  tcp.writeUInt16BE(64_240, 14);
  return ethernet(ends, 6, Buffer.concat([tcp, payload]));
}

function ethernet(ends: Ends, protocol: number, segment: Buffer): Buffer {
  const header = Buffer.alloc(34);
  Buffer.from([2, 0, 0, 0, ends.destination >> 8, ends.destination & 255]).copy(header, 0);
  Buffer.from([2, 0, 0, 0, ends.source >> 8, ends.source & 255]).copy(header, 6);
  header.writeUInt16BE(0x0800, 12);
  header[14] = 0x45;
  header.writeUInt16BE(20 + segment.length, 16);
  header[22] = 64;
  header[23] = protocol;
  header.writeUInt16BE(0x0a00, 26);
  header.writeUInt16BE(ends.source, 28);
  header.writeUInt16BE(0x0a00, 30);
  header.writeUInt16BE(ends.destination, 32);
  header.writeUInt16BE(internetChecksum(header.subarray(14, 34)), 24);
  return Buffer.concat([header, segment]);
}

function internetChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += bytes.readUInt16BE(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
