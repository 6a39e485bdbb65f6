/** The corpus as people would paste it: its own texts, and its messages written in every notation. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KeySet } from "../../../decoder/index.js";
import { corpusFolder, readItems, readMessages, toKeySets } from "../../corpus/corpus.js";

export interface PastedText {
  readonly name: string;
  readonly text: string;
  readonly keySets: readonly KeySet[];
}

/** Turns about, one notation an item. */
const notations: readonly ((bytes: Buffer, dir: string) => string)[] = [
  (bytes) => pairs(bytes).join(" "),
  (bytes) => bytes.toString("hex"),
  (bytes, dir) => `10:15:30.123\t${dir === "C" ? "Sent" : "Received"}\t${pairs(bytes).join(" ")}`,
  (bytes, dir) => `${dir === "C" ? "TX" : "RX"}: ${pairs(bytes).join(":")}`,
  (bytes) =>
    `{${pairs(bytes)
      .map((pair) => `0x${pair}`)
      .join(", ")}}`,
  (bytes) => `[${[...bytes].join(", ")}]`,
  (bytes) =>
    `data=b'${pairs(bytes)
      .map((pair) => `\\x${pair}`)
      .join("")}'`,
  (bytes, dir) => JSON.stringify({ dir, hex: bytes.toString("hex") }),
  (bytes) => `  <Frame Value="${pairs(bytes).join(" ")}" />`,
  (bytes) => dump(bytes),
  (bytes) => rows(bytes).join("\n"),
  (bytes) => rows(bytes).join(" \\\n"),
];

export function readPastedTexts(): PastedText[] {
  return readItems().flatMap((item, index): PastedText[] => {
    const keySets = toKeySets(item);
    const file = item.file;
    if (file !== undefined && /\.(?:txt|jsonl|xml)$/.test(file)) {
      return [{ name: item.id, text: readFileSync(join(corpusFolder, file), "utf8"), keySets }];
    }
    if (file !== undefined) return [];
    const write = notations[index % notations.length] ?? dump;
    const text = readMessages(item).map(({ bytes, dir }) => write(Buffer.from(bytes), dir));
    return text.length === 0 ? [] : [{ name: item.id, text: `${text.join("\n\n")}\n`, keySets }];
  });
}

function pairs(bytes: Buffer): string[] {
  return bytes.toString("hex").toUpperCase().match(/../g) ?? [];
}

function rows(bytes: Buffer): string[] {
  const all = pairs(bytes);
  return Array.from({ length: Math.ceil(all.length / 16) }, (_, row) =>
    all.slice(row * 16, row * 16 + 16).join(" "),
  );
}

/** As `hexdump -C` writes it. */
function dump(bytes: Buffer): string {
  return rows(bytes)
    .map((row, index) => {
      const shown = bytes
        .subarray(index * 16, index * 16 + 16)
        .toString("latin1")
        .replace(/[^\x20-\x7e]/g, ".");
      const offset = (index * 16).toString(16).padStart(8, "0");
      return `${offset}  ${row.toLowerCase().padEnd(48)} |${shown}|`;
    })
    .join("\n");
}
