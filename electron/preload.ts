/** Runs before the page, in its sandbox: gives it the shell. */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import { createShell } from "./shell-bridge.js";

contextBridge.exposeInMainWorld(
  "obiscopeShell",
  createShell({
    ipcRenderer,
    pathOf: (file) => webUtils.getPathForFile(file),
    platform: process.platform,
  }),
);
