/** Codes of objects as people write them. */

const group = String.raw`(\d{1,3})`;
const written = new RegExp(
  String.raw`^${group}-${group}:${group}\.${group}\.${group}(?:[*.&]${group})?$`,
);
const dotted = new RegExp(`^${Array.from({ length: 6 }, () => group).join(String.raw`\.`)}$`);
const short = new RegExp(String.raw`^${group}\.${group}\.${group}(?:[*&]${group})?$`);
const hex = /^(?:0x)?[0-9a-f]{2}(?:[ :.-]?[0-9a-f]{2}){5}$/i;

/**
 * The six bytes of `1-0:1.8.0*255`, `1-0:1.8.0`, `1.0.1.8.0.255` or `0100010800FF`; `1.8.0` is read as
 * electricity. Value group F is 255 where it is left out. Undefined for what is no code.
 */
export function readObis(text: string): Uint8Array | undefined {
  const groups = written.exec(text)?.slice(1) ?? dotted.exec(text)?.slice(1);
  if (groups !== undefined) return toBytes(groups);
  const parts = short.exec(text);
  if (parts !== null) return toBytes(["1", "0", ...parts.slice(1)]);
  if (!hex.test(text)) return undefined;
  const digits = text.replace(/^0x/i, "").replace(/[ :.-]/g, "");
  return Uint8Array.from({ length: 6 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
}

function toBytes(groups: readonly (string | undefined)[]): Uint8Array | undefined {
  const values = groups.map((value) => Number(value ?? 255));
  return values.every((value) => value <= 255) ? Uint8Array.from(values) : undefined;
}
