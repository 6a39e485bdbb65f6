/** A capture of several meters: ciphered and plain, with segments, blocks and short names. */
import type { Direction } from "../../decoder/chunk.js";
import { FrameCutter } from "../../decoder/frame-cutter.js";
import type { KeySet } from "../../decoder/index.js";
import type { LinkFrame } from "../../decoder/link/link-frame.js";
import { aare, aarq } from "../decoder/conversation/security/security-trace.js";
import {
  blocksOf,
  cut,
  down,
  generalBlock,
  getBlock,
  getNext,
  getRequest,
  getResponse,
  HdlcConversation,
  type Message,
  mbusFrames,
  notification,
  numbered,
  octets,
  toChunk,
  up,
} from "../decoder/conversation/trace-frames.js";
import { toBytes } from "../decoder/dissect-bytes.js";
import { general, specific } from "../decoder/security/cipher-builder.js";

/** A meter with keys of its own. */
export interface SecuredMeter {
  readonly title: Uint8Array;
  readonly keys: KeySet;
}

function securedMeter(number: number): SecuredMeter {
  const title = Uint8Array.of(0x4f, 0x42, 0x53, 0, 0, 0, 0, number);
  const key = numbered(16, 10 * number);
  const authenticationKey = numbered(16, 100 + 10 * number);
  return {
    title,
    keys: {
      name: `meter ${number}`,
      systemTitle: title,
      globalUnicastEncryptionKey: key,
      authenticationKey,
    },
  };
}

export const meterA = securedMeter(1);
export const meterB = securedMeter(2);
export const meterC = securedMeter(3);

const clientTitle = toBytes("4f42530000000063");

function protectionBy({ keys }: SecuredMeter, title: Uint8Array, counter: number) {
  const { globalUnicastEncryptionKey: key, authenticationKey } = keys;
  if (key === undefined || authenticationKey === undefined) throw new Error("a meter has keys");
  return { control: 0x30, key, authenticationKey, title, counter };
}

/** Titles come in AARQ and AARE; services are specific (glo-), the long answer is in segments. */
function associated(
  meter: SecuredMeter,
  client: string,
  server: string,
  counter: number,
): Message[] {
  const link = new HdlcConversation(client, server);
  const request = protectionBy(meter, clientTitle, counter);
  const answer = protectionBy(meter, meter.title, counter);
  return [
    link.frame(up, 0x93),
    link.frame(down, 0x73),
    ...link.send(up, aarq({ title: clientTitle, mechanism: "lowest" })),
    ...link.send(down, aare({ title: meter.title, mechanism: "lowest" })),
    ...link.send(up, specific(0xc8, getRequest(), request)),
    ...link.acknowledged(specific(0xcc, getResponse(numbered(90)), answer), 40, 40),
    ...link.send(up, specific(0xc8, getRequest(0xc2), { ...request, counter: counter + 1 })),
    ...link.send(
      down,
      specific(0xcc, getResponse(numbered(9), 0xc2), { ...answer, counter: counter + 1 }),
    ),
  ];
}

/**
 * general-glo-ciphering names the sender's title in each APDU. The meter's comes first, with a push;
 * the answer comes in data blocks.
 */
function inBlocks(meter: SecuredMeter, server: string): Message[] {
  const link = new HdlcConversation("21", server);
  let counter = 0;
  const send = (sender: Direction, apdu: Uint8Array) => {
    counter += 1;
    const title = sender === up ? clientTitle : meter.title;
    return link.send(sender, general(0xdb, apdu, protectionBy(meter, title, counter)));
  };
  return [
    ...send(down, notification(numbered(12))),
    ...send(up, getRequest()),
    ...blocksOf(cut(octets(numbered(100)), 40, 40)).flatMap((block) => [
      ...send(down, getBlock(block)),
      ...(block.last ? [] : send(up, getNext(block.number))),
    ]),
  ];
}

/** A ciphered request before anything has named the meter. */
export function sentBefore(meter: SecuredMeter): Message[] {
  const apdu = general(0xdb, getRequest(), protectionBy(meter, clientTitle, 1));
  return new HdlcConversation("21", "0225").send(up, apdu);
}

/** A ciphered push in general blocks, each in two segments. */
function pushed(meter: SecuredMeter, server: string): Message[] {
  const link = new HdlcConversation("21", server);
  const apdu = general(0xdb, notification(numbered(100)), protectionBy(meter, meter.title, 1));
  return blocksOf(cut(apdu, 50, 50)).flatMap((block) =>
    link.send(down, generalBlock(block, { streaming: !block.last, window: 0 }), 30),
  );
}

/** Plain answers: one in segments of which one comes twice, one in blocks. */
function plain(server: string): Message[] {
  const link = new HdlcConversation("21", server);
  const [first, second, third] = [
    link.send(up, getRequest()),
    link.send(down, getResponse(numbered(80)), 40),
    [getRequest(0xc2), ...blocksOf(cut(octets(numbered(60)), 40)).map((b) => getBlock(b, 0xc2))],
  ];
  const [request, one, next, two] = [third[0], third[1], getNext(1, 0xc2), third[2]];
  const sent = (sender: Direction, apdu: Uint8Array | undefined) =>
    apdu === undefined ? [] : link.send(sender, apdu);
  return [
    ...first,
    ...second.slice(0, 1),
    ...second,
    ...sent(up, request),
    ...sent(down, one),
    ...sent(up, next),
    ...sent(down, two),
  ];
}

/** Short names: the object list of 0xFA00 (attribute 2 at offset 8), then a register's value. */
function shortNames(server: string): Message[] {
  const link = new HdlcConversation("21", server);
  // One object: base name 0x2D50, class 3, version 0, 1-0:1.8.0*255.
  const list = toBytes("0c01 00 01 01 0204 10 2d50 12 0003 11 00 09 06 0100010800ff");
  return [
    ...link.send(up, toBytes("0501 02 fa08")),
    ...link.send(down, list),
    ...link.send(up, toBytes("0501 02 2d58")),
    ...link.send(down, toBytes("0c01 00 06 00001234")),
  ];
}

/** What each conversation sends, in its own order. The last one is on a line of its own. */
export function conversations(): Message[][] {
  return [
    associated(meterA, "21", "0223", 1),
    inBlocks(meterB, "0225"),
    pushed(meterC, "0227"),
    plain("0229"),
    shortNames("022b"),
    associated(meterA, "03", "0223", 10),
    mbusFrames(cut(getResponse(numbered(90)), 40, 30)).map((message) => ({
      ...message,
      interface: 1,
    })),
  ];
}

/** Messages of all conversations; `turns` names the one whose turn it is, once for each message. */
export function inTurns(turns: readonly number[]): Message[] {
  const waiting = conversations();
  return turns.flatMap((turn) => waiting[turn]?.splice(0, 1) ?? []);
}

/** One turn for each message, conversation after conversation. */
export const allTurns: readonly number[] = conversations().flatMap((messages, i) =>
  messages.map(() => i),
);

export function linksOf(messages: readonly Message[]): LinkFrame[] {
  const cutter = new FrameCutter();
  return [...messages.flatMap((message) => cutter.push(toChunk(message))), ...cutter.finish()];
}
