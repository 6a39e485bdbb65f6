/** APDUs as a head-end and its meters exchange them, and the links that carry them. */
import { createCipheriv } from "node:crypto";
import type { SeededRandom } from "./random.js";

export const benchmarkKey = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
export const benchmarkAuthenticationKey = Buffer.from("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf", "hex");

/** get-request-normal of a register's value. */
export function getRequest(random: SeededRandom, invokeId: number): Buffer {
  const obis = [1, 0, random.below(100), 8, random.below(4), 255];
  return Buffer.from([0xc0, 0x01, 0xc0 | (invokeId & 15), 0, 1, ...obis, 2, 0]);
}

/** get-response-normal with a structure of 16 to 24 elements of the usual types. */
export function getResponse(random: SeededRandom, invokeId: number): Buffer {
  const count = 16 + random.below(9);
  const parts: Buffer[] = [Buffer.from([0xc4, 0x01, 0xc0 | (invokeId & 15), 0, 2, count])];
  for (let i = 0; i < count; i++) parts.push(element(random));
  return Buffer.concat(parts);
}

function element(random: SeededRandom): Buffer {
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([Buffer.from([6]), random.bytes(4)]);
    case 1:
      return Buffer.concat([Buffer.from([18]), random.bytes(2)]);
    case 2:
      return Buffer.from([9, 6, 1, 0, random.below(100), 7, 0, 255]);
    case 3:
      return Buffer.from([22, random.below(60)]);
    case 4:
      return Buffer.from([15, random.below(256)]);
    default: {
      const [month, day, hour] = [1 + random.below(12), 1 + random.below(28), random.below(24)];
      return Buffer.from([9, 12, 7, 0xea, month, day, 0xff, hour, 15, 0, 0, 0xff, 0xc4, 0]);
    }
  }
}

/** general-glo-ciphering: suite 0, authenticated and encrypted. */
export function cipher(apdu: Buffer, title: Buffer, invocationCounter: number): Buffer {
  const header = Buffer.alloc(5);
  header[0] = 0x30;
  header.writeUInt32BE(invocationCounter, 1);
  const vector = Buffer.concat([title, header.subarray(1)]);
  const gcm = createCipheriv("aes-128-gcm", benchmarkKey, vector, { authTagLength: 12 });
  gcm.setAAD(Buffer.concat([header.subarray(0, 1), benchmarkAuthenticationKey]));
  const body = Buffer.concat([header, gcm.update(apdu), gcm.final(), gcm.getAuthTag()]);
  return Buffer.concat([Buffer.from([0xdb, 8]), title, berLength(body.length), body]);
}

function berLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100
    ? Buffer.from([0x81, length])
    : Buffer.from([0x82, length >> 8, length & 255]);
}

export function wrap(apdu: Buffer, source: number, destination: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(1, 0);
  header.writeUInt16BE(source, 2);
  header.writeUInt16BE(destination, 4);
  header.writeUInt16BE(apdu.length, 6);
  return Buffer.concat([header, apdu]);
}

/** An I frame between client 16 and server 1/17, with its LLC header. */
export function hdlc(apdu: Buffer, toServer: boolean, sequence: number): Buffer {
  const received = toServer ? sequence : sequence + 1;
  const control = ((received & 7) << 5) | 0x10 | ((sequence & 7) << 1);
  return hdlcFrame(toServer, control, withLlc(apdu, toServer));
}

/** The LLC header of a command or a response, and the APDU. */
export function withLlc(apdu: Buffer, toServer: boolean): Buffer {
  return Buffer.concat([Buffer.from([0xe6, toServer ? 0xe6 : 0xe7, 0]), apdu]);
}

/** Any frame between these two; without an information field it has but one checksum. */
export function hdlcFrame(toServer: boolean, control: number, information: Buffer): Buffer {
  const addresses = toServer ? [0x02, 0x23, 0x21] : [0x21, 0x02, 0x23];
  const checked = information.length > 0 ? 2 + information.length : 0;
  const length = 2 + addresses.length + 1 + checked + 2;
  const head = Buffer.from([0xa0 | (length >> 8), length & 255, ...addresses, control]);
  const body = checked > 0 ? Buffer.concat([head, check(head), information]) : head;
  return Buffer.concat([Buffer.from([0x7e]), body, check(body), Buffer.from([0x7e])]);
}

/** CRC-16/X-25, low byte first, bit by bit: slow, and independent of the decoder's. */
function check(bytes: Buffer): Buffer {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  }
  crc ^= 0xffff;
  return Buffer.from([crc & 255, crc >> 8]);
}
