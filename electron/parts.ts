import type * as electron from "electron";

/**
 * What the shell uses of Electron. Handed in from `main.ts`, so that every module of the shell can
 * be tried where Electron's runtime is not.
 */
export type ElectronParts = Pick<
  typeof electron,
  | "app"
  | "BrowserWindow"
  | "dialog"
  | "ipcMain"
  | "Menu"
  | "MessageChannelMain"
  | "nativeTheme"
  | "powerSaveBlocker"
  | "protocol"
  | "safeStorage"
  | "screen"
  | "session"
  | "utilityProcess"
>;
