/**
 * What a window and the main process say to each other; each side checks what it receives. What the
 * analyzer is asked goes over a port of its own.
 */
import * as v from "valibot";
import type { ShellMenu, SourceReference } from "../analyzer/protocol/index.js";

/** The one channel, in both directions. */
export const channel = "obiscope";

const name = v.pipe(v.string(), v.maxLength(10_000));
const words = v.pipe(v.string(), v.maxLength(1000));

const menuItem = v.variant("kind", [
  v.object({ kind: v.literal("separator") }),
  v.object({
    kind: v.literal("command"),
    command: words,
    label: words,
    accelerator: v.nullable(words),
    isEnabled: v.boolean(),
    isChecked: v.nullable(v.boolean()),
  }),
]);

const menus: v.GenericSchema<unknown, readonly ShellMenu[]> = v.pipe(
  v.array(v.object({ label: words, items: v.pipe(v.array(menuItem), v.maxLength(500)) })),
  v.maxLength(50),
);

const theme = v.picklist(["system", "light", "dark"]);

/** From the window. */
export const askSchema = v.variant("ask", [
  /** For a port to the analyzer; it comes as `engine`, and again whenever the analyzer is another. */
  v.object({ ask: v.literal("connect") }),
  v.object({ ask: v.literal("choose-files") }),
  /** For the place of a recording. */
  v.object({ ask: v.literal("choose-recording") }),
  /** Paths of files that were dropped. */
  v.object({ ask: v.literal("take-paths"), paths: v.pipe(v.array(name), v.maxLength(1000)) }),
  v.object({ ask: v.literal("save"), download: words, name }),
  v.object({ ask: v.literal("set-menu"), menus }),
  v.object({ ask: v.literal("set-title"), title: name }),
  v.object({ ask: v.literal("set-theme"), theme }),
  /** It can take files to open from now on. */
  v.object({ ask: v.literal("listen") }),
]);

export type Ask = v.InferOutput<typeof askSchema>;

/** What each is answered with. */
export interface Replies {
  connect: null;
  "choose-files": readonly SourceReference[];
  "choose-recording": string | null;
  "take-paths": readonly SourceReference[];
  save: boolean;
  "set-menu": null;
  "set-title": null;
  "set-theme": null;
  listen: null;
}

/** Around every answer: a fault keeps its words on the way, and brings no stack. */
export const replySchema = v.union([
  v.object({ result: v.unknown() }),
  v.object({ fault: v.object({ message: v.string() }) }),
]);

const path = v.object({ kind: v.literal("path"), path: name });

/** What of `Replies` has a content. */
export const resultSchemas = {
  sources: v.array(path),
  place: v.nullable(name),
  saved: v.boolean(),
} as const;

/** To the window. */
export const tellSchema = v.variant("tell", [
  /** With a port; `restarted` says why it replaces another. */
  v.object({ tell: v.literal("engine"), restarted: v.nullable(v.string()) }),
  /** There is no analyzer, and none will come by itself. */
  v.object({ tell: v.literal("engine-gone") }),
  v.object({ tell: v.literal("command"), command: v.string() }),
  v.object({ tell: v.literal("open"), sources: v.array(path) }),
]);

export type Tell = v.InferOutput<typeof tellSchema>;
