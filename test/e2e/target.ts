/** A shell that the tests of the window run in. */
import type { BrowserContextOptions, Page } from "playwright-core";
import type { ShellHands } from "./shell-hands.js";

export interface TargetOptions {
  /** Captures to begin with. */
  readonly files?: readonly string[];
}

/** `permissions` beside those of the clipboard: of a browser; the desktop has its own. */
export type WindowOptions = Pick<
  BrowserContextOptions,
  "colorScheme" | "deviceScaleFactor" | "permissions"
>;

export interface OpenedWindow {
  readonly page: Page;
  readonly hands: ShellHands;
  close(): Promise<void>;
}

export interface Target {
  open(options: WindowOptions): Promise<OpenedWindow>;
  /** Ends the analyzer as a crash does. */
  killEngine(): Promise<void>;
  /** Closes what is open and removes all keys, for the next test; windows are closed already. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}
