/** Packets between a head-end and a meter, as a tap at the head-end writes them to pcapng. */
import {
  concat,
  END_OF_OPTIONS,
  enhancedPacket,
  fields,
  interfaceDescription,
  option,
  section,
} from "../captures/pcap-builder.js";

/** One end: its addresses as bytes, and its port. */
export interface Station {
  readonly mac: Uint8Array;
  readonly address: Uint8Array;
  readonly port: number;
  readonly hops: number;
}

interface Packet {
  readonly microseconds: number;
  readonly data: Uint8Array;
  readonly comment: string | undefined;
}

const tcpFlag = { fin: 0x01, syn: 0x02, push: 0x08, acknowledge: 0x10 } as const;

/** Packets in the order of time. Every checksum is right. */
export class NetworkCapture {
  readonly #packets: Packet[] = [];
  #identification = 0x1000;

  constructor(
    /** Microseconds since 1970; moved on by whoever sends. */
    public microseconds: number,
    readonly interfaceName: string,
    readonly interfaceText: string,
  ) {}

  udp(from: Station, to: Station, payload: Uint8Array, comment?: string): void {
    const length = 8 + payload.length;
    const ports = fields(false, [2, from.port], [2, to.port], [2, length]);
    const sum = transportChecksum(from, to, 17, concat(ports, new Uint8Array(2), payload));
    this.#ip(from, to, 17, concat(ports, fields(false, [2, sum]), payload), comment);
  }

  /** One TCP segment with these flags. */
  tcp(from: Station, to: Station, segment: Segment): void {
    const head = fields(
      false,
      [2, from.port],
      [2, to.port],
      [4, segment.sequence],
      [4, segment.acknowledged],
      [2, 0x5000 | segment.flags],
      [2, 64_240],
    );
    const urgent = new Uint8Array(2);
    const { payload = new Uint8Array(0) } = segment;
    const sum = transportChecksum(from, to, 6, concat(head, new Uint8Array(2), urgent, payload));
    const bytes = concat(head, fields(false, [2, sum]), urgent, payload);
    this.#ip(from, to, 6, bytes, segment.comment);
  }

  /** The file, with that comment on its section. */
  pcapng(comment: string): Uint8Array {
    const name = option(2, this.interfaceName);
    const text = option(3, this.interfaceText);
    return concat(
      section({ comments: [comment] }),
      interfaceDescription({ options: [name, text, END_OF_OPTIONS] }),
      ...this.#packets.map(({ microseconds, data, comment: words }) =>
        enhancedPacket({
          units: BigInt(microseconds),
          data,
          ...(words === undefined ? {} : { options: [option(1, words), END_OF_OPTIONS] }),
        }),
      ),
    );
  }

  #ip(
    from: Station,
    to: Station,
    protocol: number,
    segment: Uint8Array,
    comment: string | undefined,
  ): void {
    this.#identification += 1;
    const header = (checksum: number) =>
      concat(
        fields(
          false,
          [2, 0x4500],
          [2, 20 + segment.length],
          [2, this.#identification],
          // Do not fragment.
          [2, 0x4000],
          [1, from.hops],
          [1, protocol],
          [2, checksum],
        ),
        from.address,
        to.address,
      );
    const data = concat(
      to.mac,
      from.mac,
      fields(false, [2, 0x0800]),
      header(internetChecksum(header(0))),
      segment,
    );
    this.#packets.push({ microseconds: this.microseconds, data, comment });
  }
}

interface Segment {
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly payload?: Uint8Array;
  readonly comment?: string | undefined;
}

/** A TCP connection that `client` opens. */
export class Connection {
  readonly #next: Record<"client" | "server", number>;

  constructor(
    readonly capture: NetworkCapture,
    readonly client: Station,
    readonly server: Station,
    firstSequences: readonly [client: number, server: number],
    roundTrip: number,
    comment: string,
  ) {
    this.#next = { client: firstSequences[0], server: firstSequences[1] };
    this.#segment("client", tcpFlag.syn, { comment });
    capture.microseconds += roundTrip;
    this.#segment("server", tcpFlag.syn | tcpFlag.acknowledge);
    capture.microseconds += 80;
    this.#segment("client", tcpFlag.acknowledge);
  }

  send(side: "client" | "server", payload: Uint8Array, comment?: string): void {
    this.#segment(side, tcpFlag.push | tcpFlag.acknowledge, { payload, comment });
  }

  close(roundTrip: number): void {
    this.#segment("client", tcpFlag.fin | tcpFlag.acknowledge);
    this.capture.microseconds += roundTrip;
    this.#segment("server", tcpFlag.fin | tcpFlag.acknowledge);
    this.capture.microseconds += 80;
    this.#segment("client", tcpFlag.acknowledge);
  }

  #segment(
    side: "client" | "server",
    flags: number,
    more: Pick<Segment, "payload" | "comment"> = {},
  ): void {
    const [from, to] = side === "client" ? [this.client, this.server] : [this.server, this.client];
    const other = side === "client" ? "server" : "client";
    this.capture.tcp(from, to, {
      flags,
      sequence: this.#next[side],
      acknowledged: (flags & tcpFlag.acknowledge) === 0 ? 0 : this.#next[other],
      ...more,
    });
    // SYN and FIN count as a byte each.
    const counted = (flags & (tcpFlag.syn | tcpFlag.fin)) === 0 ? 0 : 1;
    this.#next[side] += (more.payload?.length ?? 0) + counted;
  }
}

/** Of UDP and TCP: RFC 768, with the pseudo header. */
function transportChecksum(
  from: Station,
  to: Station,
  protocol: number,
  segment: Uint8Array,
): number {
  const pseudo = fields(false, [2, protocol], [2, segment.length]);
  return internetChecksum(concat(from.address, to.address, pseudo, segment));
}

/** RFC 1071. */
function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
