/** Builds HDLC frames for tests; the check sequences come from a bit by bit implementation. */
import { readHdlc } from "../../../decoder/link/hdlc/hdlc.js";
import { dissectBytes, expectInBounds, expectTiled, toBytes } from "../dissect-bytes.js";

/** CRC-16/X-25 one bit at a time, straight from its polynomial. */
export function bitwiseCrc(bytes: Uint8Array): number {
  let remainder = 0xffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const out = (remainder ^ (byte >> bit)) & 1;
      remainder = (remainder >> 1) ^ (out === 1 ? 0x8408 : 0);
    }
  }
  return remainder ^ 0xffff;
}

export interface FrameContents {
  /** Hex of the address field; default the server 1. */
  readonly destination?: string;
  /** Hex of the address field; default the client 16. */
  readonly source?: string;
  /** Hex of the control field. */
  readonly control: string;
  /** Hex of the information field; default none. */
  readonly information?: string;
  readonly segmented?: boolean;
}

/** A frame with both flags. */
export function buildFrame(contents: FrameContents): Uint8Array {
  const { destination = "03", source = "21", control, information = "", segmented } = contents;
  const header = toBytes(destination + source + control);
  const payload = toBytes(information);
  const hcsLength = payload.length === 0 ? 0 : 2;
  const length = 2 + header.length + hcsLength + payload.length + 2;
  const format = [0xa0 | (segmented === true ? 8 : 0) | (length >> 8), length & 0xff];
  const body = Uint8Array.of(...format, ...header);
  return seal(hcsLength === 0 ? body : Uint8Array.of(...withCrc(body), ...payload));
}

/** The bytes with their check sequence behind them, between flags. */
export function seal(body: Uint8Array): Uint8Array {
  return Uint8Array.of(0x7e, ...withCrc(body), 0x7e);
}

/** The bytes with their check sequence behind them, its low byte first. */
export function withCrc(bytes: Uint8Array): Uint8Array {
  const value = bitwiseCrc(bytes);
  return Uint8Array.of(...bytes, value & 0xff, value >> 8);
}

/** The bytes with those at `at` and behind replaced. */
export function patch(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed.set(values, at);
  return changed;
}

/** The bytes without `count` of them at `at`. */
export function drop(bytes: Uint8Array, at: number, count: number): Uint8Array {
  return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + count));
}

/** Byte strings one behind the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Reads one frame; its tree tiles it, and everything lies in bounds. */
export function read(input: Uint8Array | string) {
  const dissected = dissectBytes(input, readHdlc);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return { ...dissected, hdlc: dissected.dissection.link["hdlc"] };
}
