import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions } from "electron";
import type { PreloadParts } from "../../electron/shell-bridge.js";
import type { PortDouble } from "./port-double.js";

type Listener = Parameters<PreloadParts["ipcRenderer"]["on"]>[1];
type Handler = (event: object, ...args: unknown[]) => Promise<unknown>;
type OpenHandler = (details: { url: string }) => { action: string };

export class ContentsDouble extends EventEmitter {
  url = "";
  openHandler: OpenHandler | undefined;
  /** The page's side of the channels. */
  readonly #listeners: { readonly channel: string; readonly listener: Listener }[] = [];
  isGone = false;
  readonly mainFrame = {
    parent: null,
    get url(): string {
      return this.contents().url;
    },
    contents: (): ContentsDouble => this,
  };

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  getURL(): string {
    return this.url;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  send(channel: string, message: unknown): void {
    this.postMessage(channel, message, []);
  }

  postMessage(channel: string, message: unknown, ports: readonly PortDouble[]): void {
    const copy: unknown = structuredClone(message);
    for (const one of this.#listeners) {
      if (one.channel === channel) queueMicrotask(() => one.listener({ ports }, copy));
    }
  }

  /** What a preload script in this page has. */
  ipcRenderer(handlers: ReadonlyMap<string, Handler>): PreloadParts["ipcRenderer"] {
    return {
      invoke: async (channel, ask) => {
        const event = { sender: this, senderFrame: this.mainFrame };
        return structuredClone(await handlers.get(channel)?.(event, structuredClone(ask)));
      },
      on: (channel, listener) => this.#listeners.push({ channel, listener }),
    };
  }

  /** A page asks to be elsewhere: the events in Electron's order. Whether it is let go. */
  navigate(url: string, isMainFrame = true): boolean {
    const events = ["will-frame-navigate", ...(isMainFrame ? ["will-navigate"] : [])];
    let isPrevented = false;
    const preventDefault = () => {
      isPrevented = true;
    };
    for (const event of events) {
      this.emit(event, { url, isMainFrame, isSameDocument: false, preventDefault });
      if (isPrevented) return false;
    }
    this.emit("did-start-navigation", { isMainFrame, isSameDocument: false });
    if (isMainFrame) this.url = url;
    return true;
  }

  /** The page is another one. */
  forgetPage(): void {
    this.#listeners.length = 0;
  }
}

export class WindowDouble extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new ContentsDouble();
  readonly loaded: string[] = [];
  readonly done: string[] = [];
  title = "";
  isMinimizedNow = false;
  bounds = { x: 0, y: 0, width: 0, height: 0 };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.webContents.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false });
    this.loaded.push(url);
  }

  setTitle(title: string): void {
    this.title = title;
  }

  isMinimized(): boolean {
    return this.isMinimizedNow;
  }

  isDestroyed(): boolean {
    return this.webContents.isGone;
  }

  getNormalBounds() {
    return this.bounds;
  }

  isMaximized(): boolean {
    return this.done.includes("maximize");
  }

  restore = () => this.done.push("restore");
  show = () => this.done.push("show");
  focus = () => this.done.push("focus");
  maximize = () => this.done.push("maximize");

  close(): void {
    this.emit("close");
    this.webContents.isGone = true;
    this.emit("closed");
  }
}
