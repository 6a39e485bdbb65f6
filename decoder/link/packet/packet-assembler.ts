/**
 * From captured packets to frames: every packet is read as far as the payload of its transport,
 * fragments and segments are put together, and frames are cut out of what they carry.
 */
import type { CaptureChunk } from "../../chunk.js";
import { Cursor } from "../../core/cursor.js";
import { createScratchDissection } from "../../core/scratch-dissection.js";
import type { Carrier, Framing, LinkFrame, PacketHeaders } from "../link-frame.js";
import { formatIpv4, formatIpv6 } from "./address-text.js";
import { type CapturedPayload, framePacket, noNotices } from "./captured-payload.js";
import { DatagramFlow } from "./datagram-flow.js";
import { type DecodeAs, findLinkTypeRule, findPortRule } from "./flow-framing.js";
import { type FlowEnds, FlowTable } from "./flow-table.js";
import { FragmentedPackets, type JoinedPacket } from "./fragmented-packets.js";
import { ipProtocols } from "./ip-protocols.js";
import { readPacket } from "./packet.js";
import { PacketContents } from "./packet-contents.js";
import { payloadDiagnostics } from "./payload-diagnostics.js";
import { SerialLines } from "./serial-lines.js";
import { TcpConnection } from "./tcp-connection.js";
import { tcpFlags } from "./tcp-flags.js";

export type { DecodeAs } from "./flow-framing.js";

export interface PacketAssemblerOptions {
  /** Framings that the user has set, by port or link type; the first rule that fits counts. */
  readonly decodeAs?: readonly DecodeAs[];
  /** How to read serial lines, where no rule says; default `auto`. */
  readonly lineFraming?: Framing | "auto";
}

/** Bytes that may wait for missing segments, in all connections together. */
const waitingLimit = 16 * 1024 * 1024;
/** Flows that are kept for each interface. A connection costs some kilobytes, the others little. */
const connectionLimit = 8192;
const datagramFlowLimit = 32_768;
const tapLimit = 4096;
/** LINKTYPE_RTAC_SERIAL. */
const rtacSerial = 250;

/**
 * Takes the packets of a capture, in order. Every packet ends in at least one frame: in those that
 * it completes, or in one of framing `packet`; but for reads of serial lines, whose bytes do. Memory
 * is bounded; nothing throws.
 */
export class PacketAssembler {
  readonly #rules: readonly DecodeAs[];
  readonly #budget = { bytes: 0, limit: waitingLimit };
  readonly #contents = new PacketContents({ values: true });
  /** Reading headers needs one: it takes those of one packet after the other. */
  readonly #dissection = createScratchDissection();
  readonly #datagrams = new Map<number, FlowTable<DatagramFlow>>();
  readonly #connections = new Map<number, FlowTable<TcpConnection>>();
  readonly #taps = new Map<string, DatagramFlow>();
  readonly #lines: SerialLines;
  readonly #fragmented = new FragmentedPackets(this.#dissection);

  constructor(options: PacketAssemblerOptions = {}) {
    this.#rules = options.decodeAs ?? [];
    const { fixed } = findLinkTypeRule(this.#rules, rtacSerial);
    this.#lines = new SerialLines(fixed ?? options.lineFraming ?? "auto");
  }

  /** Takes the next packet; returns the frames that it completes, or the packet as a frame. */
  push(chunk: CaptureChunk): LinkFrame[] {
    const { bytes, linkType, originalLength } = chunk;
    const contents = this.#contents;
    const headers = this.#readHeaders(chunk);
    const carrier: Carrier = { linkType, bytes, originalLength, headers };
    if (contents.fragmented) return this.#pushFragment(chunk, carrier);
    const at = contents.payloadStart;
    switch (contents.payload) {
      case "udp":
        return this.#pushUdp(bytes, contents, capture(chunk, carrier, at, true), chunk.comment);
      case "tcp": {
        const pushed = (contents.flags & tcpFlags.psh) !== 0;
        return this.#pushTcp(bytes, contents, capture(chunk, carrier, at, pushed), chunk.comment);
      }
      case "bytes":
        return this.#pushBytes(chunk, carrier);
      case "line":
        return this.#lines.push(chunk, carrier, contents);
      default: {
        const payload = capture(chunk, carrier, 0, true);
        const side = { flow: nameFlow(bytes, contents), fromFirst: null };
        return [framePacket(payload, side, noNotices, chunk.comment)];
      }
    }
  }

  /** Leaves what a packet is in `#contents`. */
  #readHeaders({ bytes, linkType, originalLength }: CaptureChunk): PacketHeaders | undefined {
    const dissection = this.#dissection;
    const { diagnostics } = dissection;
    dissection.layers = [];
    dissection.link = {};
    if (diagnostics.length > 0) diagnostics.length = 0;
    this.#contents.reset(Math.max(0, originalLength - bytes.length));
    readPacket(new Cursor(dissection, 0, bytes), linkType, this.#contents);
    const { layers, link } = dissection;
    return diagnostics.length > 0 ? undefined : { layers, link };
  }

  /** The capture has ended: what is unfinished comes out as far as it goes. */
  finish(): LinkFrame[] {
    const frames = this.#fragmented.finish().flatMap((packet) => this.#pushJoined(packet));
    for (const table of this.#connections.values()) {
      for (const connection of table.flows()) frames.push(...connection.finish());
    }
    for (const table of this.#datagrams.values()) {
      for (const flow of table.flows()) frames.push(...flow.finish());
    }
    return [...frames, ...this.#forgetTaps(), ...this.#lines.finish()];
  }

  /** `bytes` are those that the offsets of `contents` are about. */
  #pushUdp(
    bytes: Uint8Array,
    contents: PacketContents,
    payload: CapturedPayload,
    comment: string | undefined,
  ): LinkFrame[] {
    let table = this.#datagrams.get(payload.interface);
    if (table === undefined) {
      const create = ({ text, ports }: FlowEnds) =>
        new DatagramFlow(text, findPortRule(this.#rules, "udp.port", ports));
      table = new FlowTable("udp", create, datagramFlowLimit);
      this.#datagrams.set(payload.interface, table);
    }
    const { flow, fromFirst } = table.find(bytes, contents);
    const data = bytes.subarray(contents.payloadStart, contents.payloadEnd);
    const options = contents.lost > 0 ? cutDatagram : wholeDatagram;
    const frames = flow.push(payload, data, fromFirst, options, comment);
    return withForgotten(table, frames);
  }

  #pushTcp(
    bytes: Uint8Array,
    contents: PacketContents,
    payload: CapturedPayload,
    comment: string | undefined,
  ): LinkFrame[] {
    let table = this.#connections.get(payload.interface);
    if (table === undefined) {
      const create = ({ text, ports }: FlowEnds) =>
        new TcpConnection(text, findPortRule(this.#rules, "tcp.port", ports), this.#budget);
      table = new FlowTable("tcp", create, connectionLimit);
      this.#connections.set(payload.interface, table);
    }
    const { flow, fromFirst } = table.find(bytes, contents);
    const data = bytes.subarray(contents.payloadStart, contents.payloadEnd);
    const frames = flow.push(payload, data, contents, fromFirst, comment);
    return withForgotten(table, frames);
  }

  #pushBytes(chunk: CaptureChunk, carrier: Carrier): LinkFrame[] {
    const { payloadStart, payloadEnd, stream, streamSource, streamDestination, cut } =
      this.#contents;
    const isFirst = streamSource <= streamDestination;
    const ends = isFirst ? [streamSource, streamDestination] : [streamDestination, streamSource];
    const name = stream === "user" ? `user ${chunk.linkType - 147}` : stream;
    const flow = [name, ...ends].filter((part) => part !== "").join(" ");
    const key = `${chunk.interface} ${flow}`;
    const forgotten: LinkFrame[] = [];
    let tap = this.#taps.get(key);
    if (tap === undefined) {
      if (this.#taps.size >= tapLimit) forgotten.push(...this.#forgetTaps());
      tap = new DatagramFlow(flow, findLinkTypeRule(this.#rules, chunk.linkType));
      this.#taps.set(key, tap);
    }
    const hasEnds = streamSource !== "" || streamDestination !== "";
    const payload = capture(chunk, carrier, payloadStart, true);
    const data = chunk.bytes.subarray(payloadStart, payloadEnd);
    const options = cut > 0 ? cutDatagram : wholeDatagram;
    const frames = tap.push(payload, data, hasEnds ? isFirst : null, options, chunk.comment);
    return forgotten.length === 0 ? frames : [...forgotten, ...frames];
  }

  #forgetTaps(): LinkFrame[] {
    const frames = [...this.#taps.values()].flatMap((tap) => tap.finish());
    this.#taps.clear();
    return frames;
  }

  #pushFragment(chunk: CaptureChunk, carrier: Carrier): LinkFrame[] {
    const { notices, packets } = this.#fragmented.push(chunk, carrier, this.#contents);
    const frames = packets.flatMap((packet) => this.#pushJoined(packet));
    if (!frames.some((frame) => frame.carriers.includes(carrier))) {
      const side = { flow: nameFlow(chunk.bytes, this.#contents), fromFirst: null };
      const payload = capture(chunk, carrier, 0, true);
      const remarks = [...notices, { definition: payloadDiagnostics.fragment }];
      frames.push(framePacket(payload, side, remarks, chunk.comment));
    }
    return frames;
  }

  #pushJoined({ bytes, contents, payload, notices }: JoinedPacket): LinkFrame[] {
    const frames =
      contents.payload === "udp"
        ? this.#pushUdp(bytes, contents, payload, undefined)
        : contents.payload === "tcp"
          ? this.#pushTcp(bytes, contents, payload, undefined)
          : [
              framePacket(
                payload,
                { flow: nameFlow(bytes, contents), fromFirst: null },
                [],
                undefined,
              ),
            ];
    const [first] = frames;
    if (first !== undefined && notices.length > 0) {
      frames[0] = { ...first, notices: [...notices, ...first.notices] };
    }
    return frames;
  }
}

const wholeDatagram = { isCut: false };
const cutDatagram = { isCut: true };

function capture(
  chunk: CaptureChunk,
  carrier: Carrier,
  at: number,
  pushed: boolean,
): CapturedPayload {
  const { time, direction } = chunk;
  return { carrier, at, time, interface: chunk.interface, mark: direction, pushed };
}

/** Adds what the flows that a table forgot still held. */
function withForgotten(
  table: FlowTable<{ finish(): LinkFrame[] }>,
  frames: LinkFrame[],
): LinkFrame[] {
  const forgotten = table.takeForgotten();
  if (forgotten.length === 0) return frames;
  return [...forgotten.flatMap((flow) => flow.finish()), ...frames];
}

/** Names the ends of a packet without ports; empty where it has no network addresses. */
function nameFlow(bytes: Uint8Array, contents: PacketContents): string {
  const { ipVersion, protocol, sourceAt, destinationAt } = contents;
  if (ipVersion === 0) return "";
  const format = ipVersion === 4 ? formatIpv4 : formatIpv6;
  const ends = [format(bytes, sourceAt), format(bytes, destinationAt)].sort();
  const name = (ipProtocols as Readonly<Partial<Record<number, string>>>)[protocol];
  return `${name?.toLowerCase() ?? `ip ${protocol}`} ${ends.join(" ")}`;
}
