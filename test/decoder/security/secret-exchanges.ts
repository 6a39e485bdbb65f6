/** Exchanges that carry a secret of each kind, and the ways in which they are sent. */
import { toHex } from "../../../decoder/core/bytes.js";
import { type CaptureChunk, LINK_TYPE_MESSAGE } from "../../../decoder/index.js";
import { withLlc, wrap } from "../../bench/messages.js";
import { buildFrame } from "../link/hdlc-frames.js";
import { general, greenBook, hex, octetString } from "./cipher-builder.js";

export const password = new TextEncoder().encode("Qz7#Vk1x");
export const hlsSecret = hex("5ec2e7005ec2e7015ec2e7025ec2e703");

export const secretAttribute = "000f 0000280000ff 07";
const changeSecret = "000f 0000280000ff 02";
const setList = `02 0008 0000010000ff 03 00 ${secretAttribute} 00`;
const actionList = `02 0046 0000600300ff 01 ${changeSecret}`;

/** An octet-string with its tag. */
export const data = (value: Uint8Array) => `09 ${toHex(octetString(value))}`;

/** The bytes in pieces of three with their length: as raw-data of blocks. */
function cut(text: string): string[] {
  const bytes = hex(text);
  return Array.from({ length: Math.ceil(bytes.length / 3) }, (_, i) =>
    toHex(octetString(bytes.subarray(3 * i, 3 * i + 3))),
  );
}

const blockNumber = (index: number) => (index + 1).toString(16).padStart(8, "0");

/** A request in blocks: what stands before the first, and before each other. */
export function inBlocks(contents: string, first: string, next: string): string[] {
  const raw = cut(contents);
  return raw.map((piece, i) => {
    const last = i === raw.length - 1 ? "01" : "00";
    return `${i === 0 ? first : next} ${last} ${blockNumber(i)} ${piece}`;
  });
}

/** A GET response in blocks, and the requests for the next one. */
function getInBlocks(contents: string): string[] {
  const raw = cut(contents);
  return raw.flatMap((piece, i) => {
    const isLast = i === raw.length - 1;
    const answer = `< c402c1 ${isLast ? "01" : "00"} ${blockNumber(i)} 00 ${piece}`;
    return isLast ? [answer] : [answer, `> c002c1 ${blockNumber(i)}`];
  });
}

/** What the client (`>`) and the server (`<`) say, and the secret in it. */
export const exchanges: Record<string, readonly [secret: Uint8Array, ...apdus: string[]]> = {
  "set-request-normal": [password, `> c101c1 ${secretAttribute} 00 ${data(password)}`],
  "set-request-normal with a visible-string": [
    password,
    `> c101c1 ${secretAttribute} 00 0a 08 ${toHex(password)}`,
  ],
  "set-request-normal with a structure": [
    password,
    `> c101c1 ${secretAttribute} 00 02 02 1107 ${data(password)}`,
  ],
  "set-request-with-list": [password, `> c104c1 ${setList} 02 100078 ${data(password)}`],
  "set-request in blocks": [
    password,
    ...inBlocks(data(password), `> c102c1 ${secretAttribute} 00`, "> c103c1"),
  ],
  "set-request in one block": [
    password,
    `> c102c1 ${secretAttribute} 00 01 00000001 0a ${data(password)}`,
  ],
  "set-request with a list in blocks": [
    password,
    ...inBlocks(`02 100078 ${data(password)}`, `> c105c1 ${setList}`, "> c103c1"),
  ],
  "set-request in blocks, one of them lost": [
    password,
    ...inBlocks(data(password), `> c102c1 ${secretAttribute} 00`, "> c103c1").toSpliced(1, 1),
  ],
  "set-request in blocks behind a transfer that was given up": [
    password,
    "> c102c1 0001 0000600100ff 02 00 00 00000001 03 090841",
    ...inBlocks(data(password), `> c102c1 ${secretAttribute} 00`, "> c103c1"),
  ],
  "action-request-normal": [hlsSecret, `> c301c1 ${changeSecret} 01 ${data(hlsSecret)}`],
  "action-request-with-list": [hlsSecret, `> c303c1 ${actionList} 02 0f00 ${data(hlsSecret)}`],
  "action-request in blocks": [
    hlsSecret,
    ...inBlocks(data(hlsSecret), `> c304c1 ${changeSecret}`, "> c306c1"),
  ],
  "action-request with a list in blocks": [
    hlsSecret,
    ...inBlocks(`02 0f00 ${data(hlsSecret)}`, `> c305c1 ${actionList}`, "> c306c1"),
  ],
  "change_LLS_secret of the Association SN": [
    password,
    `> c301c1 000c 0000280000ff 05 01 ${data(password)}`,
  ],
  "set_encryption_key of the M-Bus client": [
    hlsSecret,
    `> c301c1 0048 0001180000ff 07 01 ${data(hlsSecret)}`,
  ],
  "get-response-normal": [
    password,
    `> c001c1 ${secretAttribute} 00`,
    `< c401c1 00 ${data(password)}`,
  ],
  "get-response-normal that comes twice": [
    password,
    `> c001c1 ${secretAttribute} 00`,
    `< c401c1 00 ${data(password)}`,
    `< c401c1 00 ${data(password)}`,
  ],
  "get-response-with-list": [
    password,
    `> c003c1 02 0008 0000010000ff 03 00 ${secretAttribute} 00`,
    `< c403c1 02 00 100078 00 ${data(password)}`,
  ],
  "get-response in blocks": [
    password,
    `> c001c1 ${secretAttribute} 00`,
    ...getInBlocks(data(password)),
  ],
  // The base name of the Association SN is 0xFA00; its methods 5 and 6 stand at 0x40 and 0x48.
  "write-request": [password, `> 06 01 02 fa40 01 ${data(password)}`],
  "read-request with a parameter": [password, `> 05 01 04 fa48 00 ${data(password)}`],
  "access-request": [password, `> d9 40000001 00 01 02 ${secretAttribute} 01 ${data(password)}`],
  "access-response": [
    password,
    `> d9 40000001 00 01 01 ${secretAttribute} 01 00`,
    `< da 40000001 00 00 01 ${data(password)} 01 01 00`,
  ],
};

export interface Message {
  readonly toServer: boolean;
  readonly bytes: Uint8Array;
}

export function encipher(messages: readonly Message[], control: number): Message[] {
  return messages.map(({ toServer, bytes }, i) => {
    const apdu = general(0xdb, bytes, {
      control,
      key: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
      title: toServer ? greenBook.clientTitle : greenBook.serverTitle,
      counter: i + 1,
    });
    return { toServer, bytes: apdu };
  });
}

export function inWrapper(messages: readonly Message[]): Message[] {
  return messages.map(({ toServer, bytes }) => {
    const [source, destination] = toServer ? [16, 1] : [1, 16];
    return { toServer, bytes: wrap(Buffer.from(bytes), source ?? 0, destination ?? 0) };
  });
}

/** I frames of 20 bytes of information; N(S) and N(R) count on (IEC 62056-46). */
export function inSegments(messages: readonly Message[]): Message[] {
  const size = 20;
  let [fromClient, fromServer] = [0, 0];
  return messages.flatMap(({ toServer, bytes }) => {
    const whole = withLlc(Buffer.from(bytes), toServer);
    return Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => {
      const [sent, received] = toServer ? [fromClient, fromServer] : [fromServer, fromClient];
      if (toServer) fromClient = (fromClient + 1) & 7;
      else fromServer = (fromServer + 1) & 7;
      const control = (received << 5) | 0x10 | (sent << 1);
      const frame = buildFrame({
        ...(toServer ? {} : { destination: "21", source: "03" }),
        control: control.toString(16).padStart(2, "0"),
        information: toHex(whole.subarray(i * size, (i + 1) * size)),
        segmented: (i + 1) * size < whole.length,
      });
      return { toServer, bytes: frame };
    });
  });
}

/** Blocks of 7 bytes (IEC 62056-5-3, General-Block-Transfer); the other side acknowledges each. */
export function inGeneralBlocks({ toServer, bytes }: Message): Message[] {
  const size = 7;
  const count = Math.ceil(bytes.length / size);
  const byte = (value: number) => value.toString(16).padStart(2, "0");
  return Array.from({ length: count }, (_, i): Message[] => {
    const isLast = i === count - 1;
    const raw = toHex(octetString(bytes.subarray(i * size, (i + 1) * size)));
    const block = hex(`e0 ${isLast ? "81" : "01"} 00${byte(i + 1)} 00${byte(i)} ${raw}`);
    const ready = hex(`e0 81 00${byte(i + 1)} 00${byte(i + 1)} 00`);
    const sent = { toServer, bytes: block };
    return isLast ? [sent] : [sent, { toServer: !toServer, bytes: ready }];
  }).flat();
}

/** The messages of an exchange, in clear. */
export function messagesOf(apdus: readonly string[]): Message[] {
  return apdus.map((text) => ({ toServer: text.startsWith(">"), bytes: hex(text.slice(1)) }));
}

/** Each message as a chunk of its own, marked with its direction. */
export function chunksOf(messages: readonly Message[]): CaptureChunk[] {
  let position = 0;
  return messages.map(({ toServer, bytes }) => {
    position += bytes.length;
    return {
      interface: 0,
      time: null,
      direction: toServer ? "client-to-server" : "server-to-client",
      linkType: LINK_TYPE_MESSAGE,
      bytes,
      originalLength: bytes.length,
      position: position - bytes.length,
    };
  });
}
