/**
 * Whether deciphered bytes read as an APDU. GCM is CTR underneath: any key gives some bytes, and
 * where no tag can be checked, their shape is all there is to judge a key by.
 *
 * Strategy: the first byte and a few others that the encoding fixes (choices, presence flags, data
 * types, lengths). Bytes of a wrong key pass for an APDU less than once in a thousand times, and less
 * than once in ten thousand where the service says which APDU it is; a real one passes even when
 * its end is cut off: what is not there is not judged.
 */
import { dateTimeLength, isPlausibleDateTime } from "../xdlms/date-time.js";

/**
 * Whether `bytes` begin as an APDU does, or as a P1 telegram, which some meters encipher the same
 * way. `tag` is the tag that the enciphering service implies (`glo-get-request`: get-request); a
 * service error is taken in its place, because servers answer so.
 */
export function readsAsApdu(bytes: Uint8Array, tag?: number): boolean {
  const first = bytes[0];
  if (first === undefined) return false;
  if (tag !== undefined && first !== tag && first !== 0x0e && first !== 0xd8) return false;
  const at = (offset: number) => new Byte(bytes[offset]);
  switch (first) {
    case 0x01:
      return readsAsInitiateRequest(bytes);
    case 0x08:
      return readsAsInitiateResponse(bytes);
    case 0x05:
    case 0x06:
    case 0x0c:
    case 0x0d:
    case 0x16:
      return at(1).within(1, 64) && at(2).within(0, 8);
    case 0x18:
      return at(1).within(0, 1);
    case 0x0e:
      return bytes.length === 4 && at(1).within(1, 22) && at(2).within(0, 15);
    case 0x0f:
      return readsAsDataNotification(bytes);
    case 0x10:
      return bytes.length === 5;
    case 0xc0:
      return readsAsGetRequest(bytes);
    case 0xc1:
      return at(1).within(1, 5) && (!at(1).within(1, 2) || readsAsDescriptor(bytes, 3));
    case 0xc3:
      return at(1).within(1, 6) && (!at(1).is(1) || readsAsDescriptor(bytes, 3));
    case 0xc2:
      return at(1).is(0) || (at(1).is(1) && at(2).is(dateTimeLength));
    case 0xc4:
      return readsAsGetResponse(bytes);
    case 0xc5:
      return at(1).within(1, 5) && (at(1).value !== 1 || (bytes.length <= 4 && at(3).isResult()));
    case 0xc7:
      return at(1).within(1, 4) && (!at(1).is(1) || (at(3).isResult() && at(4).within(0, 1)));
    case 0xd8:
      return bytes.length <= 7 && at(1).within(1, 2) && at(2).within(1, 6);
    case 0xd9:
    case 0xda:
      return at(5).is(0) || (at(5).is(dateTimeLength) && readsAsDateTime(bytes, 6));
    case 0xe0:
      return bytes.length >= 7 && fitsLength(bytes, 6);
    case 0xdb:
    case 0xdc:
      return at(1).is(0) || at(1).is(8);
    case 0xdd:
    case 0xdf:
      // Transaction-id, then the originator's system title.
      return at(1).within(0, 16) && (at(2 + at(1).value).is(0) || at(2 + at(1).value).is(8));
    case 0x2f:
      return readsAsText(bytes);
    default:
      // ACSE and the service-specific ciphered APDUs are never inside of another.
      return false;
  }
}

/**
 * Whether bytes that are said to be enciphered are in clear: a data-notification with a date-time
 * where it belongs. Stricter than `readsAsApdu`, because ciphertext is what is expected here.
 */
export function standsInClear(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x0f) return false;
  const start = bytes[5] === 0x09 ? 6 : 5;
  return bytes[start] === dateTimeLength && readsAsDateTime(bytes, start + 1);
}

/** One byte to be judged; a byte that is not there passes. */
class Byte {
  readonly value: number;
  readonly #missing: boolean;

  constructor(value: number | undefined) {
    this.value = value ?? 0;
    this.#missing = value === undefined;
  }

  is(value: number): boolean {
    return this.#missing || this.value === value;
  }

  within(low: number, high: number): boolean {
    return this.#missing || (this.value >= low && this.value <= high);
  }

  /** Whether it can be a data-access-result or an action-result. */
  isResult(): boolean {
    return this.within(0, 19) || this.value === 250;
  }

  /** Whether it can be the type of COSEM data. */
  isType(): boolean {
    return this.within(0, 7) || this.within(9, 33) || this.value === 255;
  }
}

function readsAsInitiateRequest(bytes: Uint8Array): boolean {
  const dedicatedKey = bytes[1] === 1 ? 1 + (bytes[2] ?? 16) : 0;
  if ((bytes[1] ?? 0) > 1 || dedicatedKey > 33) return false;
  // response-allowed and quality of service may be there or not; the version and the tag of the
  // conformance block stand behind them.
  return hasConformanceTag(bytes, 2 + dedicatedKey, 6 + dedicatedKey);
}

function readsAsInitiateResponse(bytes: Uint8Array): boolean {
  return hasConformanceTag(bytes, 1, 4);
}

/** Whether 5F 1F or the older 5F 04 begins at one of the offsets `from` to `to`. */
function hasConformanceTag(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes.length <= to) return true;
  for (let i = from; i <= to; i++) {
    if (bytes[i] === 0x5f && (bytes[i + 1] === 0x1f || bytes[i + 1] === 0x04)) return true;
  }
  return false;
}

function readsAsDataNotification(bytes: Uint8Array): boolean {
  const length = bytes[5];
  if (length === undefined) return true;
  if (length === 0) return new Byte(bytes[6]).isType();
  const start = length === 0x09 ? 6 : 5;
  return new Byte(bytes[start]).is(dateTimeLength) && readsAsDateTime(bytes, start + 1);
}

function readsAsGetRequest(bytes: Uint8Array): boolean {
  const choice = bytes[1] ?? 1;
  if (choice === 1) return bytes.length <= 12 || readsAsDescriptor(bytes, 3);
  if (choice === 2) return bytes.length <= 7;
  return choice === 3 && new Byte(bytes[3]).within(1, 127);
}

/** A descriptor at `start` with the presence flag behind it: 2 + 6 + 1 + 1 bytes. */
function readsAsDescriptor(bytes: Uint8Array, start: number): boolean {
  // Class identifiers beyond 8191 are the manufacturers', and rare enough to count as noise here.
  return new Byte(bytes[start]).within(0, 0x1f) && new Byte(bytes[start + 9]).within(0, 1);
}

function readsAsGetResponse(bytes: Uint8Array): boolean {
  const choice = bytes[1] ?? 1;
  const selector = bytes[3] ?? 0;
  if (choice === 1 && selector === 0) return new Byte(bytes[4]).isType();
  if (choice === 1) return selector === 1 && bytes.length <= 5 && new Byte(bytes[4]).isResult();
  if (choice === 2) return selector <= 1 && new Byte(bytes[8]).within(0, 1);
  return choice === 3 && selector <= 127 && new Byte(bytes[4]).within(0, 1);
}

function readsAsDateTime(bytes: Uint8Array, start: number): boolean {
  if (bytes.length < start + dateTimeLength) return true;
  return isPlausibleDateTime(bytes.subarray(start, start + dateTimeLength));
}

/** Whether the length at `at` is that of the bytes behind it. */
function fitsLength(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] ?? 0;
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 2 || first === 0x80) return false;
  let length = size === 0 ? first : 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[at + i] ?? 0);
  return length === bytes.length - at - 1 - size;
}

function readsAsText(bytes: Uint8Array): boolean {
  for (const byte of bytes.subarray(0, 24)) {
    if ((byte < 0x20 || byte > 0x7e) && byte !== 0x0d && byte !== 0x0a) return false;
  }
  return true;
}
