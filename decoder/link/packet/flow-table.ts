/** The flows of a capture: who talks to whom over which ports. */
import { formatIpv4, formatIpv6 } from "./address-text.js";
import type { PacketContents } from "./packet-contents.js";

/** The two ends of a flow, as a frame names them. */
export interface FlowEnds {
  /** `tcp 192.0.2.1:4059 192.0.2.7:51234`: the transport and both ends, sorted as text. */
  readonly text: string;
  readonly ports: readonly [number, number];
}

interface Entry<Flow> {
  readonly flow: Flow;
  /** The packed key of the end that `text` names first. */
  readonly first: string | number;
  readonly low: string | number;
  readonly high: string | number;
  lastUse: number;
}

/** Where a packet belongs. */
export interface FoundFlow<Flow> {
  readonly flow: Flow;
  /** Whether the end that the flow names first has sent the packet. */
  readonly fromFirst: boolean;
}

/**
 * Finds the flow of a packet by its addresses and ports, without building a text for each. One
 * table holds one transport of one interface.
 */
export class FlowTable<Flow> {
  readonly #transport: string;
  readonly #create: (ends: FlowEnds) => Flow;
  readonly #capacity: number;
  #entries = new Map<string | number, Map<string | number, Entry<Flow>>>();
  #size = 0;
  #clock = 0;
  #forgotten: Flow[] = [];

  constructor(transport: string, create: (ends: FlowEnds) => Flow, capacity: number) {
    this.#transport = transport;
    this.#create = create;
    this.#capacity = capacity;
  }

  /** The flow of a packet of UDP or TCP whose network addresses stand in `bytes`. */
  find(bytes: Uint8Array, packet: PacketContents): FoundFlow<Flow> {
    const source = packEnd(bytes, packet.sourceAt, packet.sourcePort, packet.ipVersion);
    const destination = packEnd(
      bytes,
      packet.destinationAt,
      packet.destinationPort,
      packet.ipVersion,
    );
    const low = source < destination ? source : destination;
    const high = source < destination ? destination : source;
    const entry = this.#entries.get(low)?.get(high) ?? this.#add(bytes, packet, low, high, source);
    this.#clock += 1;
    entry.lastUse = this.#clock;
    return { flow: entry.flow, fromFirst: entry.first === source };
  }

  /** Flows that were forgotten since the last call. */
  takeForgotten(): readonly Flow[] {
    if (this.#forgotten.length === 0) return this.#forgotten;
    const forgotten = this.#forgotten;
    this.#forgotten = [];
    return forgotten;
  }

  /** Every flow, in the order in which they began. */
  flows(): Flow[] {
    return this.#list().map((entry) => entry.flow);
  }

  #list(): Entry<Flow>[] {
    return [...this.#entries.values()].flatMap((entries) => [...entries.values()]);
  }

  #add(
    bytes: Uint8Array,
    packet: PacketContents,
    low: string | number,
    high: string | number,
    source: string | number,
  ): Entry<Flow> {
    if (this.#size >= this.#capacity) this.#forgetHalf();
    const from = nameEnd(bytes, packet.sourceAt, packet.sourcePort, packet.ipVersion);
    const to = nameEnd(bytes, packet.destinationAt, packet.destinationPort, packet.ipVersion);
    const sourceFirst = from <= to;
    const text = `${this.#transport} ${sourceFirst ? from : to} ${sourceFirst ? to : from}`;
    const { sourcePort, destinationPort } = packet;
    const flow = this.#create({ text, ports: [sourcePort, destinationPort] });
    const first = sourceFirst === (source === low) ? low : high;
    const entry = { flow, first, low, high, lastUse: this.#clock };
    this.#insert(entry);
    return entry;
  }

  #insert(entry: Entry<Flow>): void {
    let entries = this.#entries.get(entry.low);
    if (entries === undefined) {
      entries = new Map();
      this.#entries.set(entry.low, entries);
    }
    entries.set(entry.high, entry);
    this.#size += 1;
  }

  #forgetHalf(): void {
    const byUse = this.#list().sort((a, b) => a.lastUse - b.lastUse);
    const half = Math.ceil(byUse.length / 2);
    this.#forgotten.push(...byUse.slice(0, half).map((entry) => entry.flow));
    this.#entries = new Map();
    this.#size = 0;
    for (const entry of byUse.slice(half)) this.#insert(entry);
  }
}

/** An address and a port as one key: a number for IPv4, a string for IPv6. */
function packEnd(bytes: Uint8Array, at: number, port: number, ipVersion: number): string | number {
  if (ipVersion === 4) {
    const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const low = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    return (high * 65_536 + low) * 65_536 + port;
  }
  return `${String.fromCharCode(...bytes.subarray(at, at + 16))}${port}`;
}

function nameEnd(bytes: Uint8Array, at: number, port: number, ipVersion: number): string {
  return ipVersion === 4
    ? `${formatIpv4(bytes, at)}:${port}`
    : `[${formatIpv6(bytes, at)}]:${port}`;
}
