/** OBIS codes in a filter: both spellings, shortened, and with `*` for any value of a group. */
import { FilterError, type Literal } from "./syntax.js";

/** `1-0:1.8.0*255`, `1-0:1.8.0`, `1.0.1.8.0.255`, `1.0.1.8.*.255`. Throws `FilterError`. */
export function parseCode(literal: Literal): (code: Uint8Array) => boolean {
  const groups = readGroups(literal.text);
  if (groups === undefined) {
    throw new FilterError(
      `'${literal.text}' is no OBIS code: 1-0:1.8.0*255 and 1.0.1.8.0.255 are`,
      literal,
    );
  }
  return (code) =>
    code.length === 6 &&
    groups.every((group, place) => group === undefined || group === code[place]);
}

/** Six groups; undefined for any value. */
function readGroups(text: string): (number | undefined)[] | undefined {
  const parts =
    /^([\d*]+)-([\d*]+):([\d*]+)\.([\d*]+)\.(\d+|\*)(?:[*&](\d+|\*))?$/.exec(text)?.slice(1) ??
    /^([\d*]+)\.([\d*]+)\.([\d*]+)\.([\d*]+)\.([\d*]+)\.([\d*]+)$/.exec(text)?.slice(1);
  if (parts === undefined) return undefined;
  const groups: (number | undefined)[] = [];
  for (const part of parts) {
    if (part === undefined || part === "*") groups.push(undefined);
    else if (/^\d{1,3}$/.test(part) && Number(part) <= 255) groups.push(Number(part));
    else return undefined;
  }
  return groups;
}
