import type { DocumentState } from "../../analyzer/protocol/index.js";
import type { Selection } from "../state/selection.js";

/** What a command finds when it is asked whether it can run, and when it runs. */
export interface CommandContext {
  readonly document: DocumentState | undefined;
  readonly selection: Selection;
}

export type MenuName = "File" | "Edit" | "View" | "Go" | "Capture" | "Analyze" | "Help";

/** One entry of the table that menus, palette, tooltips and shortcuts are made of. */
export interface Command {
  /** `file.open`. */
  readonly id: string;
  /** As menus show it: `Open…`. */
  readonly label: string;
  readonly menu: MenuName;
  /** Commands of one menu with different groups are parted by a line. */
  readonly group: number;
  /** `Mod+O`, `Shift+F2`, `Mod+ArrowUp`: `Mod` is Cmd on a Mac and Ctrl elsewhere. The first one is shown. */
  readonly shortcuts: readonly string[];
  /** One more sentence for palette and tooltip. */
  readonly meaning?: string;
  readonly isEnabled: (context: CommandContext) => boolean;
  /** For switches. */
  readonly isChecked?: (context: CommandContext) => boolean;
  readonly run: (context: CommandContext) => void | Promise<void>;
}
