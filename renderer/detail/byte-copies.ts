/** Bytes in the shapes in which people paste them elsewhere. */

export type ByteFormat = "stream" | "spaced" | "c-array" | "escaped";

const perLine = 12;

/** `hex`: the bytes in hex, without spaces. */
export function bytesAs(hex: string, format: ByteFormat): string {
  const bytes = hex.match(/../g) ?? [];
  switch (format) {
    case "stream":
      return hex;
    case "spaced":
      return bytes.join(" ").toUpperCase();
    case "escaped":
      return `"${bytes.map((byte) => `\\x${byte}`).join("")}"`;
    case "c-array": {
      const lines: string[] = [];
      for (let i = 0; i < bytes.length; i += perLine) {
        const line = bytes.slice(i, i + perLine).map((byte) => `0x${byte}`);
        lines.push(`  ${line.join(", ")}`);
      }
      return `const unsigned char bytes[${bytes.length}] = {\n${lines.join(",\n")}\n};\n`;
    }
  }
}
