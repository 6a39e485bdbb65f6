/** Captures of all kinds in small: bytes on a line, messages of a log, packets. */
import {
  type CaptureChunk,
  type Direction,
  type Framing,
  fromHex,
  type KeySet,
  LINK_TYPE_MESSAGE,
  LINK_TYPE_STREAM,
} from "../../decoder/index.js";
import {
  benchmarkAuthenticationKey,
  benchmarkKey,
  cipher,
  getRequest,
  getResponse,
  hdlc,
  wrap,
} from "../bench/messages.js";
import { tcpPacket, udpPacket } from "../bench/packets.js";
import { SeededRandom } from "../bench/random.js";
import { makeCipheredPush, makeHdlcSession } from "../samples/make-samples.js";

export interface SampleCapture {
  readonly name: string;
  /** Default `auto`. */
  readonly framing?: Framing;
  readonly chunks: readonly CaptureChunk[];
}

/** The keys of everything ciphered in the samples. */
export const sampleKeys: readonly KeySet[] = [
  {
    name: "samples",
    globalUnicastEncryptionKey: benchmarkKey,
    authenticationKey: benchmarkAuthenticationKey,
  },
];

/** Of Ethernet, as pcap numbers it. */
const ethernet = 1;

export function chunk(
  bytes: Uint8Array,
  linkType: number = LINK_TYPE_STREAM,
  direction: Direction | null = null,
): CaptureChunk {
  return {
    interface: 0,
    time: null,
    direction,
    linkType,
    bytes,
    originalLength: bytes.length,
    position: 0,
  };
}

export function toBytes(hex: string): Uint8Array {
  const bytes = fromHex(hex.replace(/\s+/g, ""));
  if (bytes === undefined) throw new Error(`not hex: ${hex}`);
  return bytes;
}

/** The frames of a sample log, with their directions. */
function linesOf(log: string): { readonly bytes: Uint8Array; readonly direction: Direction }[] {
  return [...log.matchAll(/ (TX|RX): ([0-9A-F ]+)$/gm)].map(([, mark, hex = ""]) => ({
    bytes: toBytes(hex),
    direction: mark === "TX" ? "client-to-server" : "server-to-client",
  }));
}

const random = new SeededRandom(62_056);
const title = Buffer.from("4f42530100000001", "hex");

/** Requests and answers in turn, each wrapped by `link`. */
function exchange(count: number, link: (apdu: Buffer, toMeter: boolean, i: number) => Buffer) {
  return Array.from({ length: count }, (_, i) => {
    const toMeter = i % 2 === 0;
    return link(toMeter ? getRequest(random, i >> 1) : getResponse(random, i >> 1), toMeter, i);
  });
}

const wrapped = (apdu: Buffer, toMeter: boolean) => wrap(apdu, toMeter ? 16 : 1, toMeter ? 1 : 16);
const inHdlc = (apdu: Buffer, toMeter: boolean, i: number) => hdlc(apdu, toMeter, i >> 1);
const ciphered = (apdu: Buffer, toMeter: boolean, i: number) =>
  wrapped(cipher(apdu, title, i), toMeter);

const ends = (toMeter: boolean) =>
  toMeter
    ? { source: 1, destination: 256, sourcePort: 40_000, destinationPort: 4059 }
    : { source: 256, destination: 1, sourcePort: 4059, destinationPort: 40_000 };

/** HDLC frames in TCP segments that begin and end inside of frames. */
function segments(): Buffer[] {
  const sent = [1, 1];
  return exchange(6, inHdlc).flatMap((frame, i) => {
    const side = i % 2;
    const cut = 5 + random.below(10);
    return [frame.subarray(0, cut), frame.subarray(cut)].map((part) => {
      const packet = tcpPacket(ends(side === 0), sent[side] ?? 0, sent[1 - side] ?? 0, part);
      sent[side] = (sent[side] ?? 0) + part.length;
      return packet;
    });
  });
}

/** SND-UD to 255 with an APDU in it: EN 13757-2, long frame. */
function mbus(apdu: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([0x53, 0xff, 0x00, 0x01, 0x67]), apdu]);
  const sum = body.reduce((total, byte) => total + byte, 0) & 0xff;
  const start = Buffer.from([0x68, body.length, body.length, 0x68]);
  return Buffer.concat([start, body, Buffer.from([sum, 0x16])]);
}

const telegram =
  "/KFM5KAIFA-METER\r\n\r\n1-3:0.2.8(42)\r\n1-0:1.8.1(000001.000*kWh)\r\n1-0:1.7.0(00.193*kW)\r\n!\r\n";

/** Bytes on a line, each without a boundary inside. */
export const sampleStreams: readonly SampleCapture[] = [
  {
    name: "an HDLC session",
    chunks: [chunk(Buffer.concat(linesOf(makeHdlcSession()).map(({ bytes }) => bytes)))],
  },
  {
    name: "a ciphered push over HDLC",
    chunks: [chunk(Buffer.concat(linesOf(makeCipheredPush()).map(({ bytes }) => bytes)))],
  },
  { name: "wrapper", chunks: [chunk(Buffer.concat(exchange(6, wrapped)))] },
  { name: "wrapper, ciphered", chunks: [chunk(Buffer.concat(exchange(4, ciphered)))] },
  {
    name: "M-Bus",
    chunks: [chunk(Buffer.concat(exchange(4, (apdu) => mbus(apdu.subarray(0, 200)))))],
  },
  { name: "P1", chunks: [chunk(Buffer.from(telegram + telegram, "latin1"))] },
  {
    name: "an optical line from mode E into HDLC",
    chunks: [
      chunk(
        Buffer.concat([
          Buffer.from("/?!\r\n/EMH5\\2@01LZQJL0014F\r\n\x06252\r\n", "latin1"),
          ...exchange(4, inHdlc),
        ]),
      ),
    ],
  },
];

/** Messages with boundaries, and packets. */
export const sampleMessages: readonly SampleCapture[] = [
  {
    name: "a log of an HDLC session",
    chunks: linesOf(makeHdlcSession()).map(({ bytes, direction }) =>
      chunk(bytes, LINK_TYPE_MESSAGE, direction),
    ),
  },
  {
    name: "a log of APDUs",
    framing: "apdu",
    chunks: exchange(8, (apdu, _, i) => (i < 4 ? apdu : cipher(apdu, title, i))).map((apdu) =>
      chunk(apdu, LINK_TYPE_MESSAGE),
    ),
  },
  {
    name: "UDP packets",
    chunks: exchange(6, (apdu, toMeter, i) =>
      udpPacket(ends(toMeter), (i < 3 ? wrapped : ciphered)(apdu, toMeter, i)),
    ).map((packet) => chunk(packet, ethernet)),
  },
  {
    name: "TCP segments",
    chunks: segments().map((packet) => chunk(packet, ethernet)),
  },
];
