import { equalBytes } from "../core/bytes.js";

/**
 * GHASH, the hash of GCM (NIST SP 800-38D, 6.4), under one hash key.
 *
 * Strategy: multiplying by the hash key is linear, so the product of a block is put together from
 * those of its bytes, by tables (Shoup): one for each byte of a word. The word's own place is a
 * power of x^32: the sum is multiplied by it from word to word, and what leaves it at the end comes
 * back reduced.
 */
export class Ghash {
  /** The product of each value of each of the first four bytes of a block, as four words. */
  readonly #products: Int32Array;
  /** The running hash, as four words. */
  readonly #state = new Int32Array(4);
  /** The additional data of the call before, and the running hash behind them. */
  #lastAdditionalData = new Uint8Array(0);
  readonly #lastState = new Int32Array(4);

  /** `hashKey` is a block of 16 bytes: zeros enciphered. */
  constructor(hashKey: Uint8Array) {
    this.#products = productsOf(hashKey);
  }

  /**
   * The hash of both byte strings, each filled up to whole blocks, and of their lengths: four words,
   * high bytes first, that the next call writes over.
   */
  digest(additionalData: Uint8Array, text: Uint8Array): Int32Array {
    this.#begin(additionalData);
    this.#absorb(text);
    const more = additionalData.length;
    const length = text.length;
    this.#add(more >>> 29, more << 3, length >>> 29, length << 3);
    return this.#state;
  }

  /** Messages under one key mostly have the same short additional data: they are hashed once. */
  #begin(additionalData: Uint8Array): void {
    const state = this.#state;
    if (additionalData.length > longestKept) {
      state.fill(0);
      this.#absorb(additionalData);
      return;
    }
    const last = this.#lastState;
    // The key in both is the user's own and not compared with anything that was received: the time
    // that it takes tells nobody anything.
    if (equalBytes(additionalData, this.#lastAdditionalData)) {
      for (let i = 0; i < 4; i++) state[i] = last[i] as number;
      return;
    }
    state.fill(0);
    this.#absorb(additionalData);
    last.set(state);
    this.#lastAdditionalData = Uint8Array.from(additionalData);
  }

  #absorb(bytes: Uint8Array): void {
    const whole = bytes.length & ~15;
    for (let at = 0; at < whole; at += 16) this.#addBlock(bytes, at);
    if (whole === bytes.length) return;
    lastBlock.fill(0);
    for (let i = whole; i < bytes.length; i++) lastBlock[i - whole] = bytes[i] as number;
    this.#addBlock(lastBlock, 0);
  }

  #addBlock(bytes: Uint8Array, at: number): void {
    this.#add(word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12));
  }

  /** Adds a block to the running hash and multiplies the sum by the hash key. */
  #add(a: number, b: number, c: number, d: number): void {
    const state = this.#state;
    const products = this.#products;
    const sum0 = (state[0] as number) ^ a;
    const sum1 = (state[1] as number) ^ b;
    const sum2 = (state[2] as number) ^ c;
    const sum3 = (state[3] as number) ^ d;
    let w0 = 0;
    let w1 = 0;
    let w2 = 0;
    let w3 = 0;
    for (let i = 3; i >= 0; i--) {
      const sum = i === 3 ? sum3 : i === 2 ? sum2 : i === 1 ? sum1 : sum0;
      const at0 = (sum >>> 24) << 2;
      const at1 = 1024 + ((sum >>> 14) & 0x3fc);
      const at2 = 2048 + ((sum >>> 6) & 0x3fc);
      const at3 = 3072 + ((sum << 2) & 0x3fc);
      // x^128 is 1 + x + x^2 + x^7, and the highest bit of a word its lowest power.
      const back = w3 ^ (w3 >>> 1) ^ (w3 >>> 2) ^ (w3 >>> 7);
      const behind = (w3 << 31) ^ (w3 << 30) ^ (w3 << 25);
      w3 = w2 ^ sumOf(products, at0 + 3, at1 + 3, at2 + 3, at3 + 3);
      w2 = w1 ^ sumOf(products, at0 + 2, at1 + 2, at2 + 2, at3 + 2);
      w1 = w0 ^ behind ^ sumOf(products, at0 + 1, at1 + 1, at2 + 1, at3 + 1);
      w0 = back ^ sumOf(products, at0, at1, at2, at3);
    }
    state[0] = w0;
    state[1] = w1;
    state[2] = w2;
    state[3] = w3;
  }
}

function sumOf(products: Int32Array, a: number, b: number, c: number, d: number): number {
  return (
    (products[a] as number) ^
    (products[b] as number) ^
    (products[c] as number) ^
    (products[d] as number)
  );
}

/** Security control byte, authentication key and the header of a general-ciphering, in bytes. */
const longestKept = 128;

/** Where the end of a byte string is filled up to a block. */
const lastBlock = new Uint8Array(16);

/** x^128 = 1 + x + x^2 + x^7; the highest bit of a byte is the lowest power. */
const polynomial = 0xe1000000;

function productsOf(hashKey: Uint8Array): Int32Array {
  const products = new Int32Array(4 * 256 * 4);
  let w0 = word(hashKey, 0);
  let w1 = word(hashKey, 4);
  let w2 = word(hashKey, 8);
  let w3 = word(hashKey, 12);
  for (let place = 0; place < products.length; place += 1024) {
    for (let bit = 0x80; bit > 0; bit >>= 1) {
      products.set([w0, w1, w2, w3], place + 4 * bit);
      const back = w3 & 1 ? polynomial : 0;
      w3 = (w3 >>> 1) | (w2 << 31);
      w2 = (w2 >>> 1) | (w1 << 31);
      w1 = (w1 >>> 1) | (w0 << 31);
      w0 = (w0 >>> 1) ^ back;
    }
    // Of two bits or more: the product of the lowest one and that of the others, which is there.
    for (let byte = 1; byte < 256; byte++) {
      const lowest = byte & -byte;
      if (lowest === byte) continue;
      for (let i = place; i < place + 4; i++) {
        products[4 * byte + i] =
          (products[4 * lowest + i] as number) ^ (products[4 * (byte - lowest) + i] as number);
      }
    }
  }
  return products;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}
