/** What the browser shell gives the page: loaded before the application. */
import type { OfferedFile, Shell, SourceReference } from "../../analyzer/protocol/index.js";
import { openSocket } from "./socket.js";
import { uploadFiles } from "./upload.js";
import { createWakeLock } from "./wake-lock.js";

declare global {
  interface Window {
    /** What the server offers, which it writes before this script. */
    obiscopeServer?: { readonly folder: boolean; readonly longestUpload: number };
    obiscopeShell?: Shell;
  }
}

const server = window.obiscopeServer ?? { folder: false, longestUpload: 0 };

window.obiscopeShell = {
  kind: "browser",
  platform: platformOf(navigator.platform),
  connect: () => openSocket(`${location.origin.replace(/^http/, "ws")}/socket`),
  chooseFiles: null,
  chooseRecording: null,
  takeFiles: (files, onProgress) => uploadFiles(files, server.longestUpload, onProgress),
  listFolder: server.folder ? listFolder : null,
  save: async (download, name) => {
    const link = document.createElement("a");
    link.href = `/download/${download}`;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    return true;
  },
  setMenu: null,
  onCommand: () => {},
  onOpenFiles: () => {},
  setTitle: (title) => {
    document.title = title;
  },
  setTheme: () => {},
  keepAwake: createWakeLock(),
};

function platformOf(name: string): Shell["platform"] {
  if (/Mac|iPhone|iPad/.test(name)) return "mac";
  return name.startsWith("Win") ? "windows" : "linux";
}

async function listFolder(folder: SourceReference | null): Promise<readonly OfferedFile[]> {
  const path = folder?.kind === "path" ? folder.path : "";
  const response = await fetch(`/folder?path=${encodeURIComponent(path)}`);
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()) as OfferedFile[];
}
