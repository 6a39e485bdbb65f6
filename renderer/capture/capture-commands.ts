import type { Command } from "../commands/command.js";
import { scrollTo } from "../list/list-view.js";
import { activate, ask, useAnalyzer } from "../state/analyzer.js";
import { openDialog } from "../state/window.js";
import { isRunning } from "./close-document.js";

const runs = () => isRunning(useAnalyzer.getState().capture);

/** Live captures. */
export const captureCommands: readonly Command[] = [
  {
    id: "capture.options",
    label: "Capture…",
    menu: "Capture",
    group: 0,
    shortcuts: ["Mod+K"],
    meaning: "Listen on a serial line or a socket, and record what comes",
    isEnabled: () => true,
    run: () => openDialog("capture"),
  },
  {
    id: "capture.startStop",
    label: "Start or Stop",
    menu: "Capture",
    group: 0,
    shortcuts: ["Mod+E"],
    meaning: "Stop the capture that runs, or start the last one again",
    isEnabled: () => true,
    isChecked: runs,
    run: async () => {
      const { capture } = useAnalyzer.getState();
      if (capture === null) openDialog("capture");
      else if (isRunning(capture)) await ask("capture-stop", {});
      else activate((await ask("capture-start", structuredClone(capture.request))).document);
    },
  },
  {
    id: "capture.restart",
    label: "Restart",
    menu: "Capture",
    group: 0,
    shortcuts: [],
    meaning: "Begin anew in another file; that of before stays on the disk",
    isEnabled: runs,
    run: async () => activate((await ask("capture-restart", {})).document),
  },
  {
    id: "capture.follow",
    label: "Follow the Newest Frame",
    menu: "Capture",
    group: 1,
    shortcuts: [],
    meaning: "The list stays at its end; scrolling up stops that",
    isEnabled: ({ document }) => document?.status === "live",
    run: ({ document }) => {
      if (document !== undefined) scrollTo(document.id, Number.POSITIVE_INFINITY);
    },
  },
];
