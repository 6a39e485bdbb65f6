/** The shell as the page sees it: plain data and functions, which is all that the bridge carries. */
import * as v from "valibot";
import { LastingPort, type Port, type Shell } from "../analyzer/protocol/index.js";
import {
  type Ask,
  channel,
  replySchema,
  resultSchemas,
  type Tell,
  tellSchema,
} from "./ipc-contract.js";
import { lineOverPagePort, type PagePort } from "./message-port.js";

/** What a preload script has of Electron. */
export interface PreloadParts {
  readonly ipcRenderer: {
    invoke(channel: string, ask: Ask): Promise<unknown>;
    on(
      channel: string,
      listener: (event: { readonly ports: readonly PagePort[] }, message: unknown) => void,
    ): unknown;
  };
  /** The path of a dropped file; empty for one that is not of a disk. */
  readonly pathOf: (file: File) => string;
  readonly platform: string;
}

/** The shell of the desktop. Nothing of Electron can be reached through it. */
export function createShell({ ipcRenderer, pathOf, platform }: PreloadParts): Shell {
  let line = new LastingPort();
  let onCommand: (command: string) => void = () => {};
  let onOpen: Parameters<Shell["onOpenFiles"]>[0] = () => {};

  ipcRenderer.on(channel, ({ ports }, message) => {
    const checked = v.safeParse(tellSchema, message);
    if (checked.success) take(checked.output, ports[0]);
  });

  const take = (tell: Tell, port: PagePort | undefined) => {
    switch (tell.tell) {
      case "engine":
        if (port !== undefined) line.attach(lineOverPagePort(port), tell.restarted);
        return;
      case "engine-gone":
        line.close();
        return;
      case "command":
        onCommand(tell.command);
        return;
      case "open":
        onOpen(tell.sources);
        return;
    }
  };

  /** Rejects with the words of the main process. */
  const ask = async (what: Ask): Promise<unknown> => {
    const reply = v.parse(replySchema, await ipcRenderer.invoke(channel, what));
    if ("fault" in reply) throw new Error(reply.fault.message);
    return reply.result;
  };
  const say = (what: Ask) => {
    ask(what).catch(() => {});
  };

  return {
    kind: "desktop",
    platform: platform === "darwin" ? "mac" : platform === "win32" ? "windows" : "linux",
    connect: async () => {
      line.close();
      line = new LastingPort();
      const connected = line;
      await ask({ ask: "connect" });
      return plainPort(connected);
    },
    chooseFiles: async () => v.parse(resultSchemas.sources, await ask({ ask: "choose-files" })),
    chooseRecording: async () =>
      v.parse(resultSchemas.place, await ask({ ask: "choose-recording" })),
    takeFiles: async (files) =>
      v.parse(resultSchemas.sources, await ask({ ask: "take-paths", paths: files.map(pathOf) })),
    listFolder: null,
    save: async (download, name) =>
      v.parse(resultSchemas.saved, await ask({ ask: "save", download, name })),
    setMenu: (menus) => say({ ask: "set-menu", menus }),
    onCommand: (listener) => {
      onCommand = listener;
    },
    onOpenFiles: (listener) => {
      onOpen = listener;
      say({ ask: "listen" });
    },
    setTitle: (title) => say({ ask: "set-title", title }),
    setTheme: (theme) => say({ ask: "set-theme", theme }),
    // The main process does it by itself.
    keepAwake: null,
  };
}

/** Methods of a class do not pass the bridge. */
function plainPort(port: Port): Port {
  return {
    send: (message) => port.send(message),
    listen: (listener) => port.listen(listener),
    close: () => port.close(),
  };
}
