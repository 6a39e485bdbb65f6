/**
 * Bytes of sockets as raw IP packets (LINKTYPE_RAW), with the headers that they had on their way as
 * far as a program can know: RFC 791 and 8200 (IP), 9293 (TCP), 768 (UDP). Pure.
 */

/** LINKTYPE_RAW: packets begin with the IP header. */
export const LINKTYPE_RAW = 101;

/** One end of a connection, or of a datagram's way. */
export interface SocketEnd {
  /** An IPv4 or IPv6 address; IPv4 in IPv6 (::ffff:192.0.2.1) counts as IPv4, zones (%eth0) for nothing. */
  readonly address: string;
  readonly port: number;
}

/** An IP packet, and how many bytes of the application are in it. */
export interface SocketPacket {
  readonly bytes: Uint8Array;
  readonly payloadLength: number;
}

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const TCP_HEADER = 20;
const UDP_HEADER = 8;

/** Of an IPv4 packet with its header; of an IPv6 packet without. */
const LONGEST = 65_535;

const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const PSH = 0x08;
const ACK = 0x10;

/** A datagram. Throws `RangeError` where no IP packet can hold it: sockets do not give such. */
export function udpPacket(
  source: SocketEnd,
  destination: SocketEnd,
  payload: Uint8Array,
): SocketPacket {
  const way = createWay(source, destination);
  if (payload.length > roomFor(way, UDP_HEADER)) {
    throw new RangeError(`A datagram of ${payload.length} bytes does not fit into an IP packet`);
  }
  const { bytes, view, at } = startPacket(way, PROTOCOL_UDP, UDP_HEADER, payload);
  view.setUint16(at + 4, UDP_HEADER + payload.length);
  // 0 would say that there is none.
  view.setUint16(at + 6, transportChecksum(way, PROTOCOL_UDP, bytes, at) || 0xffff);
  return { bytes, payloadLength: payload.length };
}

/** Sequence numbers that the two sides begin with; another connection of the same ends needs others. */
export interface InitialSequences {
  readonly client: number;
  readonly server: number;
}

interface Side {
  readonly way: Way;
  /** Number of the next byte that it sends, modulo 2^32. */
  next: number;
  hasEnded: boolean;
}

/** The packets of one TCP connection, in order. Each of its calls is what one side has done. */
export class TcpPackets {
  readonly #client: Side;
  readonly #server: Side;

  constructor(client: SocketEnd, server: SocketEnd, sequences: InitialSequences) {
    this.#client = {
      way: createWay(client, server),
      next: sequences.client >>> 0,
      hasEnded: false,
    };
    this.#server = {
      way: createWay(server, client),
      next: sequences.server >>> 0,
      hasEnded: false,
    };
  }

  /** The three packets that open a connection. */
  open(): readonly SocketPacket[] {
    const syn = this.#segment(this.#client, SYN, 0);
    this.#client.next = (this.#client.next + 1) >>> 0;
    const answer = this.#segment(this.#server, SYN | ACK, this.#client.next);
    this.#server.next = (this.#server.next + 1) >>> 0;
    return [syn, answer, this.#segment(this.#client, ACK, this.#server.next)];
  }

  /** An attempt to connect that the server refuses. */
  refuse(): readonly SocketPacket[] {
    const syn = this.#segment(this.#client, SYN, 0);
    this.#client.next = (this.#client.next + 1) >>> 0;
    this.#server.next = 0;
    return [syn, this.#segment(this.#server, RST | ACK, this.#client.next)];
  }

  /** Bytes of one side: a segment, or several where they do not fit into one. */
  send(isFromClient: boolean, payload: Uint8Array): readonly SocketPacket[] {
    const [from, to] = this.#sides(isFromClient);
    const longest = roomFor(from.way, TCP_HEADER);
    const packets: SocketPacket[] = [];
    for (let at = 0; at < payload.length; at += longest) {
      const part = payload.subarray(at, at + longest);
      const isLast = at + longest >= payload.length;
      packets.push(this.#segment(from, isLast ? PSH | ACK : ACK, to.next, part));
      from.next = (from.next + part.length) >>> 0;
    }
    return packets;
  }

  /** One side sends no more; nothing where it has said so before. */
  end(isFromClient: boolean): readonly SocketPacket[] {
    const [from, to] = this.#sides(isFromClient);
    if (from.hasEnded) return [];
    const fin = this.#segment(from, FIN | ACK, to.next);
    from.next = (from.next + 1) >>> 0;
    from.hasEnded = true;
    return [fin];
  }

  /** One side breaks the connection off. */
  reset(isFromClient: boolean): readonly SocketPacket[] {
    const [from, to] = this.#sides(isFromClient);
    return [this.#segment(from, RST | ACK, to.next)];
  }

  #sides(isFromClient: boolean): readonly [from: Side, to: Side] {
    return isFromClient ? [this.#client, this.#server] : [this.#server, this.#client];
  }

  #segment(
    { way, next }: Side,
    flags: number,
    acknowledgment: number,
    payload: Uint8Array = new Uint8Array(0),
  ): SocketPacket {
    const { bytes, view, at } = startPacket(way, PROTOCOL_TCP, TCP_HEADER, payload);
    view.setUint32(at + 4, next);
    view.setUint32(at + 8, acknowledgment);
    view.setUint8(at + 12, (TCP_HEADER / 4) << 4);
    view.setUint8(at + 13, flags);
    // The window, which no program gets to know.
    view.setUint16(at + 14, 0xffff);
    view.setUint16(at + 16, transportChecksum(way, PROTOCOL_TCP, bytes, at));
    return { bytes, payloadLength: payload.length };
  }
}

/** From one end to the other. Both addresses are of the same family. */
interface Way {
  readonly source: Uint8Array;
  readonly sourcePort: number;
  readonly destination: Uint8Array;
  readonly destinationPort: number;
}

function createWay(from: SocketEnd, to: SocketEnd): Way {
  let source = parseAddress(from.address);
  let destination = parseAddress(to.address);
  if (source.length !== destination.length) {
    source = inIpv6(source);
    destination = inIpv6(destination);
  }
  return { source, sourcePort: from.port, destination, destinationPort: to.port };
}

function roomFor(way: Way, transportHeader: number): number {
  return LONGEST - (way.source.length === 4 ? IPV4_HEADER : 0) - transportHeader;
}

/** An IP packet with ports and payload; what else the transport's header has is still to be written. */
function startPacket(
  way: Way,
  protocol: number,
  transportHeader: number,
  payload: Uint8Array,
): { readonly bytes: Uint8Array; readonly view: DataView; readonly at: number } {
  const at = way.source.length === 4 ? IPV4_HEADER : IPV6_HEADER;
  const bytes = new Uint8Array(at + transportHeader + payload.length);
  const view = new DataView(bytes.buffer);
  if (at === IPV4_HEADER) {
    view.setUint8(0, 0x45);
    view.setUint16(2, bytes.length);
    // Don't fragment: the identification then means nothing (RFC 6864).
    view.setUint16(6, 0x4000);
    view.setUint8(8, 64);
    view.setUint8(9, protocol);
    bytes.set(way.source, 12);
    bytes.set(way.destination, 16);
    view.setUint16(10, checksumOf(addWords(bytes, 0, IPV4_HEADER, 0)));
  } else {
    view.setUint8(0, 0x60);
    view.setUint16(4, bytes.length - IPV6_HEADER);
    view.setUint8(6, protocol);
    view.setUint8(7, 64);
    bytes.set(way.source, 8);
    bytes.set(way.destination, 24);
  }
  view.setUint16(at, way.sourcePort);
  view.setUint16(at + 2, way.destinationPort);
  bytes.set(payload, at + transportHeader);
  return { bytes, view, at };
}

/** The checksum over the pseudo header and what begins at `at`, whose own is still 0. */
function transportChecksum(way: Way, protocol: number, bytes: Uint8Array, at: number): number {
  let sum = addWords(way.source, 0, way.source.length, protocol + bytes.length - at);
  sum = addWords(way.destination, 0, way.destination.length, sum);
  return checksumOf(addWords(bytes, at, bytes.length, sum));
}

/** Words of 16 bits, an odd last byte padded (RFC 1071). */
function addWords(bytes: Uint8Array, start: number, end: number, sum: number): number {
  let total = sum;
  for (let at = start; at < end; at += 2) {
    total += ((bytes[at] ?? 0) << 8) | (at + 1 < end ? (bytes[at + 1] ?? 0) : 0);
  }
  return total;
}

function checksumOf(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

const MAPPED_PREFIX = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);

function inIpv6(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  const mapped = new Uint8Array(16);
  mapped.set(MAPPED_PREFIX);
  mapped.set(address, MAPPED_PREFIX.length);
  return mapped;
}

/** Four bytes or sixteen; throws `RangeError` for what is no address. */
function parseAddress(text: string): Uint8Array {
  const [plain = ""] = text.split("%");
  const bytes = plain.includes(":") ? parseIpv6(plain) : parseIpv4(plain);
  if (bytes === undefined) throw new RangeError(`${text} is no IP address`);
  const isMapped = bytes.length === 16 && MAPPED_PREFIX.every((byte, i) => bytes[i] === byte);
  return isMapped ? bytes.subarray(MAPPED_PREFIX.length) : bytes;
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part));
  if (!isAddress || parts.some((part) => Number(part) > 255)) return undefined;
  return Uint8Array.from(parts, Number);
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split("::");
  const [head, tail] = halves.map(parseGroups);
  if (halves.length > 2 || head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? Uint8Array.from(head) : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** Groups of 16 bits, the last two maybe as an IPv4 address. */
function parseGroups(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  for (const group of text.split(":")) {
    if (group.includes(".")) {
      const embedded = parseIpv4(group);
      if (embedded === undefined) return undefined;
      bytes.push(...embedded);
    } else if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else {
      return undefined;
    }
  }
  return bytes;
}
