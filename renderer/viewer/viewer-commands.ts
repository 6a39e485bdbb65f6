import type { Command } from "../commands/command.js";
import { openDock, toggleDock, useWindow } from "../state/window.js";

/** Commands of the frame as a text. */
export const viewerCommands: readonly Command[] = [
  {
    id: "view.frameText",
    label: "JSON and XML",
    menu: "View",
    group: 0,
    shortcuts: ["Mod+J"],
    meaning: "The frame and its APDU as programs get them",
    isEnabled: ({ document }) => document !== undefined,
    isChecked: () => useWindow.getState().dock === "text",
    run: () => toggleDock("text"),
  },
];

/** Shows the frame as a text, from a menu of the frame. */
export const showFrameText = (): void => openDock("text");
