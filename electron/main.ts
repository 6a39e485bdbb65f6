/** The main process. Everything that it does is in `application.ts`; this hands it Electron. */
import { join } from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
} from "electron";
import { startApplication } from "./application.js";

// This file is dist/electron/main.cjs, in the archive of the package or in the checkout.
const entry = __dirname;

startApplication(
  {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    MessageChannelMain,
    nativeTheme,
    powerSaveBlocker,
    protocol,
    safeStorage,
    screen,
    session,
    utilityProcess,
  },
  {
    argv: process.argv,
    workingFolder: process.cwd(),
    platform: process.platform,
    isBare: process.defaultApp === true,
    folders: {
      renderer: join(entry, "../renderer"),
      preload: join(entry, "preload.cjs"),
      engine: join(entry, "engine.cjs"),
      capture: join(entry, "capture.cjs"),
      samples: app.isPackaged ? join(process.resourcesPath, "samples") : join(entry, "../samples"),
    },
  },
);
