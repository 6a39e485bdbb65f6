/** OBIS codes in a filter: both spellings, shortened, and with `*` for any value of a group. */
import { fromHex } from "../../decoder/core/bytes.js";
import { FilterError, type Literal } from "./syntax.js";

/**
 * `1-0:1.8.0*255`, `1-0:1.8.0` (any value of the last group), `1.0.1.8.0.255`, `1.0.1.8.*.255`, and the
 * six bytes `0100010800ff`. Throws `FilterError`.
 */
export function parseCode(literal: Literal): (code: Uint8Array) => boolean {
  const groups = readGroups(literal.text);
  if (groups === undefined) {
    throw new FilterError(
      `'${literal.text}' is no OBIS code: 1-0:1.8.0*255 and 1.0.1.8.0.255 are`,
      literal,
    );
  }
  return fitsGroups(groups);
}

/** The same for bytes of any meaning: undefined for what is not written as a code. */
export function findCode({
  text,
  isQuoted,
}: Literal): ((bytes: Uint8Array) => boolean) | undefined {
  const groups = isQuoted || !text.includes(".") ? undefined : readGroups(text);
  return groups === undefined ? undefined : fitsGroups(groups);
}

function fitsGroups(groups: readonly (number | undefined)[]): (code: Uint8Array) => boolean {
  return (code) =>
    code.length === 6 &&
    groups.every((group, place) => group === undefined || group === code[place]);
}

/** Six groups; undefined for any value. */
function readGroups(text: string): (number | undefined)[] | undefined {
  const parts =
    /^([\d*]+)-([\d*]+):([\d*]+)\.([\d*]+)\.(\d+|\*)(?:[*&](\d+|\*))?$/.exec(text)?.slice(1) ??
    /^([\d*]+)\.([\d*]+)\.([\d*]+)\.([\d*]+)\.([\d*]+)\.([\d*]+)$/.exec(text)?.slice(1);
  if (parts === undefined) return readHex(text);
  const groups: (number | undefined)[] = [];
  for (const part of parts) {
    if (part === undefined || part === "*") groups.push(undefined);
    else if (/^\d{1,3}$/.test(part) && Number(part) <= 255) groups.push(Number(part));
    else return undefined;
  }
  return groups;
}

function readHex(text: string): number[] | undefined {
  if (!/^[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}$/i.test(text)) return undefined;
  const bytes = fromHex(text.replaceAll(/[:-]/g, ""));
  return bytes === undefined ? undefined : [...bytes];
}
