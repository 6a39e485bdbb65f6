/**
 * What a shell gives the page, as `window.obiscopeShell`: Electron's preload and the page of the
 * browser shell each put one there before the application starts.
 */
import type { Port } from "./port.js";
import type { OfferedFile, SourceReference } from "./source-reference.js";

export interface Shell {
  readonly kind: "desktop" | "browser";
  /** For shortcuts: which modifier is the main one. */
  readonly platform: "mac" | "windows" | "linux";
  /** A line to the analyzer. A shell whose analyzer stops starts it again and keeps the line. */
  connect(): Promise<Port>;
  /** A dialog of the system; null where the page must ask by itself (a file input). */
  chooseFiles: (() => Promise<readonly SourceReference[]>) | null;
  /** A dialog for the place of a recording, null where that is a name alone; it gives null for none. */
  chooseRecording: (() => Promise<string | null>) | null;
  /** Takes files that were dropped on the page or chosen in it. */
  takeFiles(
    files: readonly File[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<readonly SourceReference[]>;
  /** Files beside the analyzer that it may open; null where there is no such folder. */
  listFolder: ((folder: SourceReference | null) => Promise<readonly OfferedFile[]>) | null;
  /** Hands an exported file over: a dialog, or a download. False: the user thought better of it. */
  save(download: string, name: string): Promise<boolean>;
  /** Puts the commands into the menu of the system; null where there is none. */
  setMenu: ((menus: readonly ShellMenu[]) => void) | null;
  /** Runs when the system's menu, or another start of the application, asks for something. */
  onCommand(listener: (command: string) => void): void;
  onOpenFiles(listener: (sources: readonly SourceReference[]) => void): void;
  /** The title of the window, and the theme of its frame. */
  setTitle(title: string): void;
  setTheme(theme: "system" | "light" | "dark"): void;
  /** Keeps the computer of the window awake, or lets it sleep again; null where that is seen to. */
  keepAwake: ((isAwake: boolean) => void) | null;
}

export interface ShellMenu {
  readonly label: string;
  readonly items: readonly ShellMenuItem[];
}

export type ShellMenuItem =
  | { readonly kind: "separator" }
  | {
      readonly kind: "command";
      readonly command: string;
      readonly label: string;
      /** As Electron spells it: `CmdOrCtrl+O`. */
      readonly accelerator: string | null;
      readonly isEnabled: boolean;
      /** Null where it is no switch. */
      readonly isChecked: boolean | null;
    };
