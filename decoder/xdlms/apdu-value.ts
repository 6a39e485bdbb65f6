/**
 * The value of an APDU: an object in the contract's spelling (names of the ASN.1 in kebab-case,
 * `name` says which APDU it is). Byte strings are `Uint8Array` views, 64-bit integers `bigint`;
 * the JSON form turns them into hex and digits. Every APDU's file exports its exact type.
 */
export interface Apdu {
  readonly name: string;
}
