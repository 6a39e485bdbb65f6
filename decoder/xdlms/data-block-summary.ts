import type { BlockContents } from "./block-contents.js";
import type { DataBlock } from "./data-block.js";
import { countBytes, summarizeData } from "./data-summary.js";

/** `with block 3 (last), 512 bytes`. */
export function summarizeBlock(block: DataBlock): string {
  const last = block["last-block"] ? " (last)" : "";
  return `with block ${block["block-number"]}${last}, ${countBytes(block["raw-data"])}`;
}

/** `structure of 27`: what the transfer carries that a block completes; undefined for other blocks. */
export function summarizeContents(contents: BlockContents | undefined): string | undefined {
  if (contents === undefined) return undefined;
  if ("data" in contents) return summarizeData(contents.data);
  const list = "result" in contents ? contents.result : contents["value-list"];
  return `list of ${list.length}`;
}
