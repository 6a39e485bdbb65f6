/** One head-end and one meter, moment by moment: what both say, ciphered, in packets. */
import { SeededRandom } from "../bench/random.js";
import { concat, fields } from "../captures/pcap-builder.js";
import { hex, octetString } from "../decoder/security/cipher-builder.js";
import { CipheringParties, type Side } from "./ciphered-association.js";
import { logicalName } from "./cosem-data.js";
import { Connection, NetworkCapture, type Station } from "./network-capture.js";

export const publicClient = 16;
export const managementClient = 1;
/** Takes pushes, in companion specifications such as that of IDIS. */
const pushClient = 103;
const managementDevice = 1;

/** The last counters that were used with the global key. */
export const lastCounters = { client: 41_207, server: 90_310 };

/** Addresses for documentation (RFC 5737). */
const headEnd: Station = {
  mac: hex("02005e000a01"),
  address: Uint8Array.of(192, 0, 2, 10),
  port: 52_011,
  hops: 64,
};
const meter: Station = {
  mac: hex("02005e000a02"),
  address: Uint8Array.of(198, 51, 100, 23),
  port: 4059,
  hops: 57,
};
const roundTrip = 28_000;

/** Bytes of a value in one block: the ciphered answer stays below 512 bytes. */
const blockLength = 460;

export interface Words {
  /** Comments on the packet of the request and on that of the answer. */
  readonly asked?: string;
  readonly answered?: string;
  /** Milliseconds until the answer; 30 to 300 where nothing is said. */
  readonly after?: number;
}

export class MeterDaySession {
  readonly parties = new CipheringParties({ ...lastCounters });
  readonly #capture: NetworkCapture;
  readonly #random = new SeededRandom(4059);
  #connection: Connection | undefined;
  #invokeId = 0;

  /** `start` is in seconds since 1970. */
  constructor(readonly start: number) {
    const text = "The head-end's network card, towards the meters";
    this.#capture = new NetworkCapture(start * 1_000_000, "eth0", text);
  }

  /** Whole seconds since 1970, by the clock of the head-end. */
  get now(): number {
    return Math.floor(this.#capture.microseconds / 1_000_000);
  }

  pcapng(comment: string): Uint8Array {
    return this.#capture.pcapng(comment);
  }

  connect(comment: string): void {
    const first = [0x2f41_0c00, 0x7a10_5e00] as const;
    this.#connection = new Connection(this.#capture, headEnd, meter, first, roundTrip, comment);
    this.#pause(2, 9);
  }

  close(): void {
    this.#connection?.close(roundTrip);
  }

  /** Time goes on to that many seconds after the start, and a part of a second. */
  waitUntil(seconds: number): void {
    this.#capture.microseconds = (this.start + seconds) * 1_000_000;
    this.#pause(50, 400);
  }

  /** A request and its answer behind the wrapper, as they are. */
  exchange(client: number, request: Uint8Array, answer: Uint8Array, words: Words = {}): void {
    this.#send("client", client, request, words.asked);
    this.#answer(client, answer, words);
  }

  /** A datagram that nobody asked for, from the meter to the port of DLMS at the head-end. */
  push(apdu: Uint8Array, comment?: string): void {
    const receiver = { ...headEnd, port: 4059 };
    this.#capture.udp(meter, receiver, wrap("server", pushClient, apdu), comment);
  }

  /** A request and its answer under the dedicated key. */
  service(request: Uint8Array, answer: Uint8Array, words: Words = {}): void {
    const asked = this.parties.service("client", request);
    this.exchange(managementClient, asked, this.parties.service("server", answer), words);
  }

  /** The same, and a byte of the ciphered answer changes on its way. */
  damagedService(request: Uint8Array, answer: Uint8Array, words: Words): void {
    const asked = this.parties.service("client", request);
    const damaged = Uint8Array.from(this.parties.service("server", answer));
    // The tag is the last 12 bytes; before it stands the value.
    const place = damaged.length - 14;
    damaged[place] = (damaged[place] ?? 0) ^ 0x10;
    this.exchange(managementClient, asked, damaged, words);
  }

  get(attribute: Uint8Array, value: Uint8Array, words: Words = {}): void {
    const id = this.nextInvocation();
    this.service(getRequest(id, attribute), getResponse(id, value), words);
  }

  /** GET of a value that takes several blocks. */
  getInBlocks(attribute: Uint8Array, value: Uint8Array, words: Words = {}): void {
    const id = this.nextInvocation();
    const count = Math.ceil(value.length / blockLength);
    for (let number = 1; number <= count; number++) {
      const part = value.subarray((number - 1) * blockLength, number * blockLength);
      const last = number === count ? 1 : 0;
      const place = fields(false, [4, number]);
      const block = concat(
        hex("c402"),
        id,
        Uint8Array.of(last),
        place,
        hex("00"),
        octetString(part),
      );
      const request =
        number === 1
          ? getRequest(id, attribute)
          : concat(hex("c002"), id, fields(false, [4, number - 1]));
      this.service(request, block, number === 1 ? words : {});
    }
  }

  /** The next invoke-id: confirmed, of high priority. */
  nextInvocation(): Uint8Array {
    this.#invokeId = (this.#invokeId % 15) + 1;
    return Uint8Array.of(0xc0 | this.#invokeId);
  }

  #answer(client: number, apdu: Uint8Array, { answered, after }: Words): void {
    if (after === undefined) this.#pause(30, 300);
    else this.#pause(after, after + 1);
    this.#send("server", client, apdu, answered);
    this.#pause(2, 9);
  }

  #send(side: Side, client: number, apdu: Uint8Array, comment: string | undefined): void {
    this.#connection?.send(side, wrap(side, client, apdu), comment);
  }

  /** Between so many milliseconds. */
  #pause(least: number, most: number): void {
    this.#capture.microseconds += least * 1000 + this.#random.below((most - least) * 1000);
  }
}

/** The wrapper: version, ports of the sender and the receiver, length (IEC 62056-4-7). */
function wrap(side: Side, client: number, apdu: Uint8Array): Uint8Array {
  const [source, destination] =
    side === "client" ? [client, managementDevice] : [managementDevice, client];
  return concat(fields(false, [2, 1], [2, source], [2, destination], [2, apdu.length]), apdu);
}

/** Class, logical name, and the number of an attribute or a method. */
export function descriptor(classId: number, obis: string, index: number): Uint8Array {
  return concat(fields(false, [2, classId]), logicalName(obis), Uint8Array.of(index));
}

/** An attribute descriptor and its selective access: none, where there are no parameters. */
export function attribute(
  classId: number,
  obis: string,
  index: number,
  selection?: { readonly selector: number; readonly parameters: Uint8Array },
): Uint8Array {
  const access =
    selection === undefined
      ? hex("00")
      : concat(Uint8Array.of(1, selection.selector), selection.parameters);
  return concat(descriptor(classId, obis, index), access);
}

export function getRequest(id: Uint8Array, attributeAndSelection: Uint8Array): Uint8Array {
  return concat(hex("c001"), id, attributeAndSelection);
}

export function getResponse(id: Uint8Array, value: Uint8Array): Uint8Array {
  return concat(hex("c401"), id, hex("00"), value);
}
