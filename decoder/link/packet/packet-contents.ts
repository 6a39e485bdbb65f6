import { defineDiagnostics } from "../../core/diagnostics.js";

/** What the payload of a packet is, as far as its headers tell. */
export type PacketPayload =
  | "none" // nothing that could carry DLMS
  | "udp"
  | "tcp"
  | "bytes" // a message, or a part of one, without addresses
  | "line"; // what was heard on a serial line at once, or an event of the line

/**
 * What the headers of one packet say, as numbers and offsets: every layer adds its part. Made to
 * be used again for the next packet (`reset`), because the assembler reads millions of them.
 */
export class PacketContents {
  /** Whether the layers put their typed values into `dissection.link`. */
  readonly values: boolean;
  /** Bytes at the end of the packet that the capture did not keep. */
  cut = 0;
  /** Where the Ethernet header begins; -1 without one. */
  ethernetStart = -1;
  /** Ethertype or PPP protocol of the network layer that was left to be read. */
  networkProtocol = 0;
  /** Version of IP; 0 without it. */
  ipVersion: 0 | 4 | 6 = 0;
  /** Offsets of the network addresses, 4 or 16 bytes each as `ipVersion` says. */
  sourceAt = 0;
  destinationAt = 0;
  /** The protocol number in IP. */
  protocol = 0;
  /** Range of the IP payload behind all IP headers. */
  ipPayloadStart = 0;
  ipPayloadEnd = 0;
  /** Bytes that belong to the IP payload but are not in the packet. */
  lost = 0;
  fragmented = false;
  fragmentOffset = 0;
  moreFragments = false;
  identification = 0;
  payload: PacketPayload = "none";
  sourcePort = 0;
  destinationPort = 0;
  sequence = 0;
  acknowledgment = 0;
  /** The flags of TCP, `tcpFlags`. */
  flags = 0;
  window = 0;
  /** Range of the transport payload. */
  payloadStart = 0;
  payloadEnd = 0;
  /** Bytes behind the datagram, which the link layer added; -1 without any. */
  trailerStart = -1;
  /** Which byte stream `bytes` belong to, and its ends where they are known. */
  stream = "";
  streamSource = "";
  streamDestination = "";
  /** The event of a serial line, as its link type numbers them. */
  lineEvent = 0;

  constructor(options: { readonly values: boolean }) {
    this.values = options.values;
  }

  /** Forgets the packet before. */
  reset(cut: number): void {
    this.cut = cut;
    this.ethernetStart = -1;
    this.networkProtocol = 0;
    this.ipVersion = 0;
    this.protocol = 0;
    this.ipPayloadStart = 0;
    this.ipPayloadEnd = 0;
    this.lost = 0;
    this.fragmented = false;
    this.payload = "none";
    this.sourcePort = 0;
    this.destinationPort = 0;
    this.payloadStart = 0;
    this.payloadEnd = 0;
    this.trailerStart = -1;
    this.stream = "";
    this.streamSource = "";
    this.streamDestination = "";
    this.lineEvent = 0;
  }
}

/** What the layers of a packet have to report beside their own findings. */
export const packetDiagnostics = defineDiagnostics("packet", {
  cut: {
    severity: "warning",
    group: "capture",
    message: "The capture kept only the beginning of the packet",
    check: "Capture with a larger snap length (tcpdump -s 0)",
  },
  undecoded: {
    severity: "info",
    group: "undecoded",
    message: "The payload is of a protocol that is not decoded",
  },
  "link-type": {
    severity: "info",
    group: "undecoded",
    message: "Packets of this link type are not decoded",
    check: "If DLMS is in them, capture on another interface or convert the capture",
  },
});
