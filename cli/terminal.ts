import { styleText } from "node:util";
import type { TextOptions } from "../analyzer/index.js";

const styles = {
  number: "dim",
  time: "dim",
  layer: "bold",
  quiet: "dim",
  error: "red",
  warning: "yellow",
  note: "cyan",
  info: "dim",
} as const;

/** Colours for a terminal; severity stands in words too. */
export const paintForTerminal: NonNullable<TextOptions["paint"]> = (role, text) =>
  styleText(styles[role], text);
