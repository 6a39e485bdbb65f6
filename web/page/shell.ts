/** What the browser shell gives the page: loaded before the application. */
import type { OfferedFile, Port, Shell, SourceReference } from "../../analyzer/protocol/index.js";

declare global {
  interface Window {
    /** Set by the server where it offers a folder of captures. */
    obiscopeFolder?: boolean;
    obiscopeShell?: Shell;
  }
}

const shell: Shell = {
  kind: "browser",
  platform: /Mac|iPhone|iPad/.test(navigator.platform)
    ? "mac"
    : /Win/.test(navigator.platform)
      ? "windows"
      : "linux",
  connect,
  chooseFiles: null,
  takeFiles: async (files, onProgress) => {
    const taken: SourceReference[] = [];
    for (const file of files) taken.push(await upload(file, onProgress));
    return taken;
  },
  listFolder: window.obiscopeFolder === true ? listFolder : null,
  save: async (download, name) => {
    const link = document.createElement("a");
    link.href = `/download/${download}`;
    link.download = name;
    link.click();
    return true;
  },
  setMenu: null,
  onCommand: () => {},
  onOpenFiles: () => {},
  setTitle: (title) => {
    document.title = title;
  },
  setTheme: () => {},
};

async function listFolder(folder: SourceReference | null): Promise<readonly OfferedFile[]> {
  const path = folder?.kind === "path" ? folder.path : "";
  const response = await fetch(`/folder?path=${encodeURIComponent(path)}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as OfferedFile[];
}

/** Rejects where the server does not answer. */
function connect(): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/socket`);
    socket.onerror = () => reject(new Error("Obiscope's server does not answer."));
    socket.onopen = () => resolve(portOf(socket));
  });
}

function portOf(socket: WebSocket): Port {
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    listen: ({ message, closed }) => {
      socket.onmessage = ({ data }) => message(JSON.parse(String(data)));
      socket.onclose = () => closed();
      if (socket.readyState > WebSocket.OPEN) closed();
    },
    close: () => socket.close(),
  };
}

function upload(
  file: File,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<SourceReference> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far an upload has come.
    const request = new XMLHttpRequest();
    request.open("POST", `/upload?name=${encodeURIComponent(file.name)}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded, total);
    request.onerror = () => reject(new Error("Obiscope's server does not answer."));
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as SourceReference);
      else reject(new Error(request.responseText));
    };
    request.send(file);
  });
}

window.obiscopeShell = shell;
