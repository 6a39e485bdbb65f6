/**
 * AES-GCM (NIST SP 800-38D) on any implementation of the bare AES: vectors of 12 bytes, tags as long
 * as they were sent.
 *
 * Strategy: a capture has few keys and many short messages. What belongs to a key is worked out once
 * and kept for as long as the key is, and one call of the block cipher gives all the key stream that
 * a message takes.
 */
import { Ghash } from "./ghash.js";
import type { CipherPrimitives } from "./primitives.js";

/**
 * AES under one key: enciphers blocks of 16 bytes, each by itself (ECB), into new bytes that are the
 * caller's to change.
 */
export type BlockCipher = (blocks: Uint8Array) => Uint8Array;

/** Primitives on the AES that `createBlockCipher` gives for a key of 16 or 32 bytes. */
export function createPrimitives(
  createBlockCipher: (key: Uint8Array) => BlockCipher,
): CipherPrimitives {
  const counterBlocks = new CounterBlocks();
  const byKey = new WeakMap<Uint8Array, GaloisCounterMode>();
  const modeOf = (key: Uint8Array) => {
    let mode = byKey.get(key);
    if (mode === undefined) {
      mode = new GaloisCounterMode(createBlockCipher(key), counterBlocks);
      byKey.set(key, mode);
    }
    return mode;
  };
  return {
    ctr: (key, initializationVector, bytes) => modeOf(key).apply(initializationVector, bytes),
    open: (key, initializationVector, additionalData, ciphertext, tag) =>
      modeOf(key).open(initializationVector, additionalData, ciphertext, tag),
  };
}

const blockLength = 16;

class GaloisCounterMode {
  readonly #encipher: BlockCipher;
  readonly #counterBlocks: CounterBlocks;
  readonly #hash: Ghash;

  constructor(encipher: BlockCipher, counterBlocks: CounterBlocks) {
    this.#encipher = encipher;
    this.#counterBlocks = counterBlocks;
    this.#hash = new Ghash(encipher(new Uint8Array(blockLength)));
  }

  /** Enciphers or deciphers. */
  apply(initializationVector: Uint8Array, bytes: Uint8Array): Uint8Array {
    return combine(this.#keyStream(initializationVector, bytes.length), bytes);
  }

  /** The plaintext, or undefined where `tag`, which may be cut short, does not fit. */
  open(
    initializationVector: Uint8Array,
    additionalData: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
  ): Uint8Array | undefined {
    const keyStream = this.#keyStream(initializationVector, ciphertext.length);
    const hash = this.#hash.digest(additionalData, ciphertext);
    return fitsTag(hash, keyStream, tag) ? combine(keyStream, ciphertext) : undefined;
  }

  /** A block that masks the tag, and the key stream of a text of `length` bytes. */
  #keyStream(initializationVector: Uint8Array, length: number): Uint8Array {
    const count = 1 + Math.ceil(length / blockLength);
    return this.#encipher(this.#counterBlocks.take(initializationVector, count));
  }
}

/** Of longer messages the making of a view is a small part. */
const mostViews = 64;

/** The blocks that are enciphered for a key stream: the vector, then 1, 2, 3, ... in 4 bytes. */
class CounterBlocks {
  #bytes = new Uint8Array(0);
  /** The same bytes as words: they are written as often as there are blocks. */
  #words = new Uint32Array(0);
  /** The first blocks by their count, for the counts of short messages. */
  #views: Uint8Array[] = [];

  /** The first `count` blocks for that vector; the next call writes over them. */
  take(initializationVector: Uint8Array, count: number): Uint8Array {
    const length = count * blockLength;
    if (length > this.#bytes.length) this.#grow(2 * length);
    const bytes = this.#bytes;
    for (let i = 0; i < 12; i++) bytes[i] = initializationVector[i] as number;
    const words = this.#words;
    const word0 = words[0] as number;
    const word1 = words[1] as number;
    const word2 = words[2] as number;
    for (let at = 4; at < 4 * count; at += 4) {
      words[at] = word0;
      words[at + 1] = word1;
      words[at + 2] = word2;
    }
    return this.#views[count] ?? bytes.subarray(0, length);
  }

  #grow(length: number): void {
    this.#bytes = new Uint8Array(length);
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#views = [];
    for (let count = 0; count <= mostViews && count * blockLength <= length; count++) {
      this.#views.push(this.#bytes.subarray(0, count * blockLength));
    }
    const view = new DataView(this.#bytes.buffer);
    for (let at = 0; at < length; at += blockLength) view.setUint32(at + 12, 1 + at / blockLength);
  }
}

/** Text and key stream added up, in the place of the key stream behind its first block. */
function combine(keyStream: Uint8Array, text: Uint8Array): Uint8Array {
  const sum = new Uint8Array(keyStream.buffer, keyStream.byteOffset + blockLength, text.length);
  for (let i = 0; i < text.length; i++) sum[i] = (sum[i] as number) ^ (text[i] as number);
  return sum;
}

/**
 * Whether `tag` is the hash under its mask, which is the first block of the key stream. The time
 * taken tells nothing but the length.
 */
function fitsTag(hash: Int32Array, keyStream: Uint8Array, tag: Uint8Array): boolean {
  if (tag.length > blockLength) return false;
  let difference = 0;
  for (let i = 0; i < tag.length; i++) {
    const hashed = ((hash[i >> 2] as number) >>> (24 - 8 * (i & 3))) & 0xff;
    difference |= (keyStream[i] as number) ^ hashed ^ (tag[i] as number);
  }
  return difference === 0;
}

/** Whether two byte strings are the same; the time taken tells nothing but their lengths. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}
