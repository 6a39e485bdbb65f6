/** Frames of whole conversations: what clients and meters send, in one piece or in many. */
import { expect } from "vitest";
import type { Direction } from "../../../decoder/chunk.js";
import { concatenate } from "../../../decoder/core/bytes.js";
import {
  type CaptureChunk,
  type Frame,
  FrameDecoder,
  type FrameDecoderOptions,
  LINK_TYPE_MESSAGE,
} from "../../../decoder/index.js";
import { wrap } from "../../bench/messages.js";
import { buildFrame } from "../link/hdlc-frames.js";
import { length } from "../security/cipher-builder.js";
import { findBrokenPromises } from "../tree-checks.js";
import { amended, findBrokenLineage } from "./lineage-checks.js";

export const up: Direction = "client-to-server";
export const down: Direction = "server-to-client";

/** A message of a log: its bytes, and what the log says of it. */
export interface Message {
  readonly bytes: Uint8Array;
  readonly mark?: Direction;
  /** Seconds; no time where it is left out. */
  readonly at?: number;
  readonly linkType?: number;
  readonly interface?: number;
}

export function toChunk({ bytes, mark, at, linkType, interface: line }: Message): CaptureChunk {
  const seconds = Math.floor(at ?? 0);
  const nanoseconds = Math.round(((at ?? 0) - seconds) * 1e9);
  return {
    interface: line ?? 0,
    time: at === undefined ? null : { seconds, nanoseconds, dated: true },
    direction: mark ?? null,
    linkType: linkType ?? LINK_TYPE_MESSAGE,
    bytes,
    originalLength: bytes.length,
    position: 0,
  };
}

/**
 * Decodes a trace, each frame with its tree and with what later frames have shown of it. Trees tile
 * their sources, and every fragment stands where it says: in all traces of all tests.
 */
export function decodeTrace(messages: readonly Message[], options: FrameDecoderOptions = {}) {
  const decoder = new FrameDecoder({ tree: true, ...options });
  const frames: Frame[] = [];
  for (const message of messages) {
    frames.push(...decoder.push(toChunk(message)));
  }
  frames.push(...decoder.finish());
  const whole = amended(frames, decoder.takeAmendments());
  expect(whole.flatMap(findBrokenPromises)).toEqual([]);
  expect(findBrokenLineage(whole)).toEqual([]);
  return whole;
}

/** The same APDU in one frame, as the second opinion. */
export function decodeWhole(apdu: Uint8Array, sender: Direction, options?: FrameDecoderOptions) {
  const [frame] = decodeTrace([inWrapper(sender, apdu)], options);
  if (frame?.apdu === undefined) throw new Error("the APDU of the test cannot be read");
  return frame;
}

export const codesOf = ({ diagnostics }: Frame) =>
  diagnostics.map(({ definition }) => definition.code);

/** The codes of what was found in the `number`th frame. */
export function codesAt(frames: readonly Frame[], number: number): string[] {
  const frame = frames[number - 1];
  return frame === undefined ? [] : codesOf(frame);
}

/** `frame code` of everything that is said to be missing, out of order or wrong. */
export function incomplete(frames: readonly Frame[]): string[] {
  return frames.flatMap(({ number, diagnostics }) =>
    diagnostics
      .filter(({ definition }) => !["assumption", "capture"].includes(definition.group))
      .map(({ definition }) => `${number} ${definition.code}`),
  );
}

/** Those of a list, by their places from 0, in that order. */
export function pick<Item>(list: readonly Item[], ...places: readonly number[]): Item[] {
  return places.flatMap((place) => list.slice(place, place + 1));
}

/** The bytes in pieces, the first ones of these lengths. */
export function cut(bytes: Uint8Array, ...lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const count of lengths) {
    pieces.push(bytes.subarray(at, at + count));
    at += count;
  }
  return [...pieces, bytes.subarray(at)];
}

/** The bytes in pieces of at most `size`. */
export function slices(bytes: Uint8Array, size: number): Uint8Array[] {
  return cut(bytes, ...new Array(Math.ceil(bytes.length / size) - 1).fill(size));
}

const toHexText = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const byte = (value: number) => value.toString(16).padStart(2, "0");

/** An HDLC link between a client and a server; it counts N(S) and N(R) of both (IEC 62056-46). */
export class HdlcConversation {
  readonly #client: string;
  readonly #server: string;
  readonly #sent: Record<Direction, number> = { "client-to-server": 0, "server-to-client": 0 };

  /** Address fields in hex; default client 16 and server 1/17. */
  constructor(client = "21", server = "0223") {
    this.#client = client;
    this.#server = server;
  }

  /** An APDU behind its LLC header, in an I frame for each piece. */
  send(sender: Direction, apdu: Uint8Array, ...lengths: readonly number[]): Message[] {
    return this.sendPieces(sender, cut(withHeader(sender, apdu), ...lengths));
  }

  /** An information field in an I frame for each piece; all but the last are segmented. */
  sendPieces(sender: Direction, pieces: readonly Uint8Array[]): Message[] {
    return pieces.map((piece, index) => {
      const control = (this.#sent[other(sender)] << 5) | 0x10 | (this.#sent[sender] << 1);
      this.#sent[sender] = (this.#sent[sender] + 1) & 7;
      return this.frame(sender, control, piece, index < pieces.length - 1);
    });
  }

  /** The same in UI frames (control 13), which nothing counts. */
  push(apdu: Uint8Array, ...lengths: readonly number[]): Message[] {
    const pieces = cut(withHeader(down, apdu), ...lengths);
    return pieces.map((piece, i) => this.frame(down, 0x13, piece, i < pieces.length - 1));
  }

  /** Receive ready. */
  ready(sender: Direction): Message {
    return this.frame(sender, (this.#sent[other(sender)] << 5) | 0x11);
  }

  /** The pieces of an answer, each acknowledged by the client. */
  acknowledged(apdu: Uint8Array, ...lengths: readonly number[]): Message[] {
    const pieces = cut(withHeader(down, apdu), ...lengths);
    return pieces.flatMap((piece, i) => {
      const isLast = i === pieces.length - 1;
      const control = (this.#sent[up] << 5) | 0x10 | (this.#sent[down] << 1);
      this.#sent[down] = (this.#sent[down] + 1) & 7;
      const frame = this.frame(down, control, piece, !isLast);
      return isLast ? [frame] : [frame, this.ready(up)];
    });
  }

  frame(
    sender: Direction,
    control: number,
    information: Uint8Array = new Uint8Array(0),
    segmented = false,
  ): Message {
    const ends =
      sender === up
        ? { destination: this.#server, source: this.#client }
        : { destination: this.#client, source: this.#server };
    const field = toHexText(information);
    const bytes = buildFrame({ ...ends, control: byte(control), information: field, segmented });
    return { bytes };
  }
}

export function other(sender: Direction): Direction {
  return sender === up ? down : up;
}

function withHeader(sender: Direction, apdu: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.of(0xe6, sender === up ? 0xe6 : 0xe7, 0), apdu]);
}

/** The frame with one bit of its contents changed: its check sequence or checksum is wrong. */
export function damage({ bytes, ...message }: Message): Message {
  const changed = Uint8Array.from(bytes);
  const at = bytes.length - 4;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return { ...message, bytes: changed };
}

export interface MbusEnds {
  readonly address?: number;
  readonly stsap?: number;
  readonly dtsap?: number;
}

/**
 * Long frames of EN 13757-2 with the transport layer of EN 13757-3: CI 0x00 to 0x0F number the
 * segments, 0x10 is FIN.
 */
export function mbusFrames(pieces: readonly Uint8Array[], ends: MbusEnds = {}): Message[] {
  const { address = 1, stsap = 1, dtsap = 16 } = ends;
  return pieces.map((piece, index) => {
    const information = (index & 0x0f) | (index === pieces.length - 1 ? 0x10 : 0);
    const body = Uint8Array.of(0x08, address, information, stsap, dtsap, ...piece);
    const sum = body.reduce((total, value) => total + value, 0) & 0xff;
    const { length: count } = body;
    return { bytes: Uint8Array.of(0x68, count, count, 0x68, ...body, sum, 0x16) };
  });
}

/** Wrapper PDUs (IEC 62056-4-7) between client wPort 16 and server wPort 1. */
export function inWrapper(sender: Direction, apdu: Uint8Array, client = 16, server = 1): Message {
  const [source, destination] = sender === up ? [client, server] : [server, client];
  return { bytes: Uint8Array.from(wrap(Buffer.from(apdu), source, destination)) };
}

export const u16 = (value: number) => Uint8Array.of(value >> 8, value & 0xff);
export const u32 = (value: number) => Uint8Array.of(0, 0, ...u16(value));

/** A block as its APDUs carry it: last, number, raw data. */
export interface Block {
  readonly last: boolean;
  readonly number: number;
  readonly raw: Uint8Array;
}

export function blocksOf(pieces: readonly Uint8Array[], first = 1): Block[] {
  return pieces.map((raw, i) => ({ raw, number: first + i, last: i === pieces.length - 1 }));
}

/** A-XDR: a length, then the bytes. */
export function counted(bytes: Uint8Array): Uint8Array {
  return concatenate([length(bytes.length), bytes]);
}

/** Get-Response-With-Datablock (IEC 62056-5-3, DataBlock-G with raw-data). */
export function getBlock({ last, number, raw }: Block, invoke = 0xc1): Uint8Array {
  return concatenate([
    Uint8Array.of(0xc4, 0x02, invoke, last ? 1 : 0),
    u32(number),
    Uint8Array.of(0),
    counted(raw),
  ]);
}

/** Get-Request-Next. */
export function getNext(number: number, invoke = 0xc1): Uint8Array {
  return concatenate([Uint8Array.of(0xc0, 0x02, invoke), u32(number)]);
}

/** DataBlock-SA. */
export function dataBlock({ last, number, raw }: Block): Uint8Array {
  return concatenate([Uint8Array.of(last ? 1 : 0), u32(number), counted(raw)]);
}

/** General-Block-Transfer: block control, number, acknowledged number, data. */
export function generalBlock(
  { last, number, raw }: Block,
  { streaming = false, window = 1, acknowledged = 0 } = {},
): Uint8Array {
  const control = (last ? 0x80 : 0) | (streaming ? 0x40 : 0) | window;
  return concatenate([Uint8Array.of(0xe0, control), u16(number), u16(acknowledged), counted(raw)]);
}

/** A block without data: it acknowledges what came. */
export function generalAcknowledgement(number: number, acknowledged: number, window = 1) {
  return generalBlock({ last: true, number, raw: new Uint8Array(0) }, { window, acknowledged });
}

/** get-response-normal with an octet-string. */
export function getResponse(contents: Uint8Array, invoke = 0xc1): Uint8Array {
  return concatenate([Uint8Array.of(0xc4, 0x01, invoke, 0), octets(contents)]);
}

/** Data of type octet-string. */
export function octets(contents: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.of(9), counted(contents)]);
}

/** set-request-normal of a data object's value: an octet-string. */
export function setRequest(contents: Uint8Array, invoke = 0xc1): Uint8Array {
  const descriptor = Uint8Array.of(0, 1, 0, 0, 96, 1, 0, 255, 2, 0);
  return concatenate([Uint8Array.of(0xc1, 0x01, invoke), descriptor, octets(contents)]);
}

/** get-request-normal of that value. */
export function getRequest(invoke = 0xc1): Uint8Array {
  return Uint8Array.of(0xc0, 0x01, invoke, 0, 1, 0, 0, 96, 1, 0, 255, 2, 0);
}

/** data-notification with an octet-string and no date-time. */
export function notification(contents: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.of(0x0f, 0, 0, 0, 1, 0), octets(contents)]);
}

/** Bytes that all differ from their neighbours: 1, 2, ... 250, 1, ... */
export function numbered(count: number, from = 1): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => ((from + i - 1) % 250) + 1);
}

/** What APDUs with blocks have in common. */
interface BlockHolder {
  readonly contents?: unknown;
  readonly result?: BlockHolder;
  readonly datablock?: BlockHolder;
  readonly pblock?: BlockHolder;
}

/** The contents that the blocks of a frame were found to have. */
export function contentsOf(frame: Frame | undefined): unknown {
  const apdu = frame?.apdu as BlockHolder | undefined;
  return (apdu?.result?.result ?? apdu?.datablock ?? apdu?.pblock)?.contents;
}
