/** COSEM data as bytes: IEC 62056-5-3, Data. */
import { concat, fields } from "../captures/pcap-builder.js";
import { hex, octetString } from "../decoder/security/cipher-builder.js";

export const unsigned = (value: number) => Uint8Array.of(0x11, value);
export const integer = (value: number) => Uint8Array.of(0x0f, value & 0xff);
export const enumerated = (value: number) => Uint8Array.of(0x16, value);
export const long = (value: number) => concat(Uint8Array.of(0x10), fields(false, [2, value]));
export const longUnsigned = (value: number) =>
  concat(Uint8Array.of(0x12), fields(false, [2, value]));
export const doubleLongUnsigned = (value: number) =>
  concat(Uint8Array.of(0x06), fields(false, [4, value]));
export const octets = (value: Uint8Array) => concat(Uint8Array.of(0x09), octetString(value));

export function structure(...elements: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(0x02, elements.length), ...elements);
}

/** Up to 127 elements. */
export function array(...elements: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(0x01, elements.length), ...elements);
}

/** The six bytes of `A-B:C.D.E*F`. */
export function logicalName(obis: string): Uint8Array {
  return Uint8Array.from(obis.split(/[-:.*]/), Number);
}

/** Scaler and unit, which is a number of IEC 62056-6-2, Units. */
export const scalerUnit = (scaler: number, unit: number) =>
  structure(integer(scaler), enumerated(unit));

/** Twelve bytes of Central European winter time, whole seconds, clock status 0. */
export function dateTime(utcSeconds: number): Uint8Array {
  const local = new Date((utcSeconds + 3600) * 1000);
  return concat(
    fields(false, [2, local.getUTCFullYear()]),
    Uint8Array.of(
      local.getUTCMonth() + 1,
      local.getUTCDate(),
      local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
      local.getUTCHours(),
      local.getUTCMinutes(),
      local.getUTCSeconds(),
      0,
    ),
    // Minutes from local time to UTC: -60. Then the clock status.
    hex("ffc4 00"),
  );
}
