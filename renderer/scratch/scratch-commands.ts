import type { Command } from "../commands/command.js";
import { openAsCapture, openSheet } from "./open-sheet.js";

export const scratchCommands: readonly Command[] = [
  {
    id: "file.paste",
    label: "Paste Hex or a Log…",
    menu: "File",
    group: 0,
    shortcuts: ["Mod+Shift+V"],
    meaning: "A scratch sheet that decodes while one types: bytes out of a mail, a forum, a log",
    isEnabled: () => true,
    run: openSheet,
  },
  {
    id: "file.sheetAsCapture",
    label: "Open the Scratch Sheet as a Capture",
    menu: "File",
    group: 1,
    shortcuts: [],
    meaning: "What stands on it now, as a document that stays as it is",
    isEnabled: ({ document }) => document?.kind === "scratch" && document.frames > 0,
    run: async ({ document }) => {
      if (document !== undefined) await openAsCapture(document.id);
    },
  },
];
