import type { BrowserWindow } from "electron";
import { homePage } from "./app-protocol.js";
import { recoverPage } from "./crash.js";
import type { Dialogs } from "./dialogs.js";
import type { ElectronParts } from "./parts.js";
import { securePreferences } from "./window-security.js";
import { keepWindowPlace, readWindowPlace, smallestWindow } from "./window-state.js";

/** `--surface` of the page, so that a window does not flash before it is drawn. */
const surface = { light: "#ffffff", dark: "#16181c" };

export interface MainWindowOptions {
  readonly preload: string;
  /** Where the place of the window is kept. */
  readonly folder: string;
  readonly isDevelopment: boolean;
  readonly dialogs: Dialogs;
  readonly onClosed: () => void;
}

/** Opens the window with the page in it, where the last one was. */
export function openMainWindow(
  { app, BrowserWindow, nativeTheme, screen }: ElectronParts,
  { preload, folder, isDevelopment, dialogs, onClosed }: MainWindowOptions,
): BrowserWindow {
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { bounds, isMaximized } = readWindowPlace(folder, workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: "Obiscope",
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? surface.dark : surface.light,
    webPreferences: securePreferences(preload, isDevelopment),
  });
  window.once("ready-to-show", () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  window.on("close", () => void keepWindowPlace(folder, window));
  window.on("closed", onClosed);
  const load = () => {
    if (!window.isDestroyed()) void window.loadURL(homePage).catch(() => {});
  };
  recoverPage(window.webContents, {
    reload: load,
    askUser: async (reason) => {
      const button = await dialogs.ask({
        type: "error",
        message: "The window of Obiscope ends again and again.",
        detail: `Reason: ${reason}. The captures are still open and nothing of them is lost.`,
        buttons: ["Try Again", "Quit"],
        defaultId: 0,
        cancelId: 1,
      });
      return button === 0;
    },
    quit: () => app.quit(),
  });
  load();
  return window;
}
