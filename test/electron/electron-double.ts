/** Electron as far as the shell uses it; it records what it is asked to do. */
import { EventEmitter } from "node:events";
import { join } from "node:path";
import type { MenuItemConstructorOptions } from "electron";
import type { SafeStorageParts } from "../../electron/keys.js";
import type { ElectronParts } from "../../electron/parts.js";
import { CaptureProcessDouble } from "./capture-process-double.js";
import { ChannelDouble } from "./port-double.js";
import { UtilityProcessDouble } from "./utility-process-double.js";
import { ContentsDouble, WindowDouble } from "./window-double.js";

type Permission = (
  contents: ContentsDouble | null,
  permission: string,
  answer: (isGranted: boolean) => void,
) => unknown;

type RequestFilter = (
  details: { url: string },
  answer: (response: { cancel: boolean }) => void,
) => void;

export class SessionDouble extends EventEmitter {
  requestHandler: Permission | undefined;
  checkHandler: Permission | undefined;
  deviceHandler: (() => boolean) | undefined;
  filter: RequestFilter | undefined;
  readonly protocols = new Map<string, (request: Request) => Promise<Response>>();

  setPermissionRequestHandler = (handler: Permission) => {
    this.requestHandler = handler;
  };
  setPermissionCheckHandler = (handler: Permission) => {
    this.checkHandler = handler;
  };
  setDevicePermissionHandler = (handler: () => boolean) => {
    this.deviceHandler = handler;
  };
  readonly webRequest = {
    onBeforeRequest: (filter: RequestFilter) => {
      this.filter = filter;
    },
  };
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      this.protocols.set(scheme, handler),
  };
}

/** Safe storage that turns bytes round, which is not what it was given. */
export function safeStorageDouble(
  backend: ReturnType<SafeStorageParts["getSelectedStorageBackend"]> = "gnome_libsecret",
  isAvailable = true,
): SafeStorageParts {
  return {
    isAsyncEncryptionAvailable: async () => isAvailable,
    encryptStringAsync: async (text: string) =>
      Buffer.from(Buffer.from(text, "utf8").map((byte) => byte ^ 0xff)),
    decryptStringAsync: async (encrypted: Buffer) => ({
      shouldReEncrypt: false,
      result: Buffer.from(encrypted.map((byte) => byte ^ 0xff)).toString("utf8"),
    }),
    getSelectedStorageBackend: () => backend,
  };
}

class AppDouble extends EventEmitter {
  readonly #userData: string;
  isPackaged = true;
  hasLock = true;
  /** What it would hand to the first instance. */
  handed: unknown;
  readonly recent: string[] = [];
  readonly done: string[] = [];

  constructor(userData: string) {
    super();
    this.#userData = userData;
  }

  requestSingleInstanceLock(data: unknown): boolean {
    this.handed = data;
    return this.hasLock;
  }

  getPath(name: string): string {
    if (name === "userData") return this.#userData;
    // Recordings are written there.
    return name === "documents" ? join(this.#userData, name) : `/home/user/${name}`;
  }

  /** As Electron does: it goes on when nobody holds `will-quit` back. */
  quit = () => {
    this.done.push("quit");
    let isHeld = false;
    this.emit("will-quit", {
      preventDefault: () => {
        isHeld = true;
      },
    });
    if (!isHeld) this.done.push("exit");
  };
  setName = (name: string) => this.done.push(`setName ${name}`);
  enableSandbox = () => this.done.push("enableSandbox");
  whenReady = async () => {};
  isReady = () => true;
  getVersion = () => "1.2.3";
  addRecentDocument = (path: string) => this.recent.push(path);
}

export class ElectronDouble {
  readonly app: AppDouble;
  readonly session = { defaultSession: new SessionDouble() };
  readonly windows: WindowDouble[] = [];
  readonly engines: UtilityProcessDouble[] = [];
  readonly captures: CaptureProcessDouble[] = [];
  /** What keeps the computer awake. */
  readonly blocks = new Set<number>();
  readonly handlers = new Map<string, (event: object, ...args: unknown[]) => Promise<unknown>>();
  readonly schemes: unknown[] = [];
  readonly boxes: { readonly message: string; readonly detail?: string }[] = [];
  menu: MenuItemConstructorOptions[] | null = null;
  readonly nativeTheme = { themeSource: "system", shouldUseDarkColors: false };
  safeStorage = safeStorageDouble();
  /** What the user answers next. */
  button = 0;
  chosenFiles: readonly string[] = [];
  chosenPlace = "";
  saveWish: { readonly defaultPath?: string } | undefined;

  constructor(userData: string) {
    this.app = new AppDouble(userData);
  }

  get parts(): ElectronParts {
    const double = this;
    const BrowserWindow = class extends WindowDouble {
      constructor(options: WindowDouble["options"]) {
        super(options);
        double.windows.push(this);
        double.app.emit("web-contents-created", {}, this.webContents);
      }
    };
    const parts = {
      app: this.app,
      BrowserWindow,
      dialog: {
        showMessageBox: async (...args: readonly [...unknown[], (typeof this.boxes)[number]]) => {
          this.boxes.push(args[args.length - 1] as (typeof this.boxes)[number]);
          return { response: this.button };
        },
        showOpenDialog: async () => ({
          canceled: this.chosenFiles.length === 0,
          filePaths: this.chosenFiles,
        }),
        showSaveDialog: async (...args: readonly unknown[]) => {
          this.saveWish = args.at(-1) as { defaultPath?: string };
          return { canceled: this.chosenPlace === "", filePath: this.chosenPlace };
        },
      },
      ipcMain: {
        handle: (channel: string, handler: (event: object) => Promise<unknown>) =>
          this.handlers.set(channel, handler),
      },
      Menu: {
        buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
        setApplicationMenu: (menu: MenuItemConstructorOptions[] | null) => {
          this.menu = menu;
        },
      },
      MessageChannelMain: ChannelDouble,
      nativeTheme: this.nativeTheme,
      powerSaveBlocker: {
        start: (kind: string) => {
          if (kind !== "prevent-app-suspension") throw new Error(`${kind} is too much`);
          const block = this.blocks.size + 1;
          this.blocks.add(block);
          return block;
        },
        stop: (block: number) => this.blocks.delete(block),
      },
      protocol: {
        registerSchemesAsPrivileged: (schemes: unknown[]) => this.schemes.push(...schemes),
      },
      safeStorage: this.safeStorage,
      screen: {
        getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
      },
      session: this.session,
      utilityProcess: {
        fork: (path: string, args: string[]) => {
          if (path.endsWith("capture.cjs")) {
            const capture = new CaptureProcessDouble();
            this.captures.push(capture);
            return capture;
          }
          const engine = new UtilityProcessDouble(path, args);
          this.engines.push(engine);
          return engine;
        },
      },
    };
    // The double has what the shell uses of Electron, which is a small part of its types.
    return parts as unknown as ElectronParts;
  }
}

export { ContentsDouble };
