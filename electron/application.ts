/** The life of the desktop application: what starts, what asks whom, what ends. */
import { join } from "node:path";
import type { BrowserWindow, WebContents } from "electron";
import * as v from "valibot";
import { CaptureSupervisor } from "../analyzer/host/capture-supervisor.js";
import { EngineSupervisor } from "../analyzer/host/engine-supervisor.js";
import { RecordingFolder } from "../analyzer/host/recording-folder.js";
import type { EngineHost, SourceReference } from "../analyzer/protocol/index.js";
import { createAppProtocol, registerScheme } from "./app-protocol.js";
import { forkCapture } from "./capture-child.js";
import { ClientPorts } from "./client-ports.js";
import { Dialogs } from "./dialogs.js";
import { Downloads, fileName } from "./downloads.js";
import { forkEngine, type UtilityEngine } from "./engine-child.js";
import { channel, type Tell } from "./ipc-contract.js";
import { answerWindows } from "./ipc-main.js";
import { openKeyStore } from "./keys.js";
import { openMainWindow } from "./main-window.js";
import { menuTemplate, withoutAccelerators } from "./menu.js";
import { filesOfArguments, OpenPaths } from "./open-paths.js";
import type { ElectronParts } from "./parts.js";
import { RecentFiles } from "./recent-files.js";
import { Wakefulness } from "./wakefulness.js";
import { hardenContents, hardenSession } from "./window-security.js";

export interface ApplicationOptions {
  readonly argv: readonly string[];
  readonly workingFolder: string;
  readonly platform: NodeJS.Platform;
  /** The runtime was given the application as an argument: it is not packaged. */
  readonly isBare: boolean;
  /** With the page, the preload script and the engine's entry. */
  readonly folders: {
    readonly renderer: string;
    readonly preload: string;
    readonly engine: string;
    readonly capture: string;
    readonly samples: string;
  };
}

/** As in `build/electron-builder.mjs`: what Windows groups windows by. */
const applicationId = "org.obiscope.desktop";

/** What a second start hands to the first. */
const startSchema = v.object({ files: v.pipe(v.array(v.string()), v.maxLength(1000)) });

/**
 * Starts the application, or hands the files of the command line to the one that runs already.
 * False then: this process is to end.
 */
export function startApplication(electron: ElectronParts, options: ApplicationOptions): boolean {
  const { app, protocol } = electron;
  // Before anything asks for its folders, whose names are made of it.
  app.setName("Obiscope");
  if (options.platform === "win32") app.setAppUserModelId(applicationId);
  const files = filesOfArguments(options.argv, options.workingFolder, options.isBare);
  if (!app.requestSingleInstanceLock({ files })) {
    app.quit();
    return false;
  }
  app.enableSandbox();
  registerScheme(protocol);
  new DesktopApplication(electron, options, files);
  return true;
}

class DesktopApplication {
  readonly #electron: ElectronParts;
  readonly #options: ApplicationOptions;
  readonly #isDevelopment: boolean;
  readonly #stateFolder: string;
  readonly #recent: RecentFiles;
  readonly #paths: OpenPaths;
  readonly #downloads: Downloads;
  readonly #clients: ClientPorts;
  readonly #dialogs: Dialogs;
  readonly #recordings: RecordingFolder;
  readonly #capture: CaptureSupervisor;
  /** Places that the user has chosen for recordings. */
  readonly #chosenPlaces = new Set<string>();
  #supervisor: EngineSupervisor<UtilityEngine> | undefined;
  #window: BrowserWindow | undefined;
  /** Files that wait for a page that can take them. */
  #toOpen: SourceReference[] = [];
  #isListening = false;
  #hasEnded = false;

  constructor(electron: ElectronParts, options: ApplicationOptions, files: readonly string[]) {
    const { app, MessageChannelMain } = electron;
    this.#electron = electron;
    this.#options = options;
    this.#isDevelopment = !app.isPackaged;
    this.#stateFolder = app.getPath("userData");
    this.#recent = new RecentFiles(this.#stateFolder, app);
    this.#paths = new OpenPaths(this.#recent.paths, (paths) => this.#recent.add(paths));
    this.#downloads = new Downloads(join(this.#stateFolder, "exports"));
    this.#clients = new ClientPorts(() => new MessageChannelMain());
    this.#dialogs = new Dialogs(electron.dialog, () => this.#window);
    this.#recordings = new RecordingFolder({
      folder: join(app.getPath("documents"), "Obiscope"),
      isChosen: (path) => this.#chosenPlaces.has(path),
    });
    const wakefulness = new Wakefulness(electron.powerSaveBlocker);
    this.#capture = new CaptureSupervisor({
      spawn: () =>
        forkCapture(
          (path, args, forkOptions) => electron.utilityProcess.fork(path, args, forkOptions),
          options.folders.capture,
        ),
      places: this.#recordings,
      application: `Obiscope ${app.getVersion()}`,
      onRunning: (isRunning) => wakefulness.keep(isRunning),
    });
    this.#followApp();
    void app.whenReady().then(() => this.#begin(files));
  }

  #followApp(): void {
    const { app } = this.#electron;
    app.on("web-contents-created", (_event, contents) => hardenContents(contents));
    app.on("second-instance", (_event, _argv, _folder, data) => {
      const start = v.safeParse(startSchema, data);
      if (start.success) void this.#open(start.output.files);
      this.#showWindow();
    });
    // A Mac hands files over so, before the application is ready too.
    app.on("open-file", (event, path) => {
      event.preventDefault();
      void this.#open([path]);
      if (app.isReady()) this.#showWindow();
    });
    app.on("activate", () => this.#showWindow());
    app.on("window-all-closed", () => {
      if (this.#options.platform !== "darwin") app.quit();
    });
    app.on("will-quit", (event) => {
      if (this.#hasEnded) return;
      event.preventDefault();
      void this.#end().finally(() => {
        this.#hasEnded = true;
        app.quit();
      });
    });
  }

  async #begin(files: readonly string[]): Promise<void> {
    const { app, ipcMain, safeStorage, session, utilityProcess } = this.#electron;
    const { folders, platform } = this.#options;
    hardenSession(session.defaultSession, this.#isDevelopment);
    session.defaultSession.protocol.handle("app", createAppProtocol(folders.renderer));
    this.#setMenu([]);
    this.#answerWindow(ipcMain);
    await this.#downloads.clear();
    const keys = await openKeyStore(safeStorage, platform, this.#stateFolder, (message) => {
      void this.#dialogs.ask({ type: "warning", message });
    });
    this.#supervisor = new EngineSupervisor<UtilityEngine>({
      spawn: () =>
        forkEngine(
          (path, args, forkOptions) => utilityProcess.fork(path, args, forkOptions),
          folders.engine,
          {
            version: app.getVersion(),
            configFolder: join(this.#stateFolder, "settings"),
            cacheFolder: join(this.#stateFolder, "frames"),
            stateFolder: join(this.#stateFolder, "notes"),
            samplesFolder: folders.samples,
          },
        ),
      host: {
        resolve: this.#resolve,
        capture: this.#capture,
        createDownload: this.#downloads.create,
        keys: await keys.load(),
        storeKeys: (text) => keys.keep(text),
      },
      onStart: (child, restarted) => this.#clients.use(child, restarted),
      onGivenUp: (reason) => void this.#askAboutEngine(reason),
    });
    this.#showWindow();
    await this.#open(files);
  }

  /** What the user has named, and what is recorded here. */
  readonly #resolve: EngineHost["resolve"] = async (source) => {
    if (source.kind !== "path") return this.#paths.resolve(source);
    if (source.path === this.#capture.state?.file) await this.#paths.approve([source.path]);
    return (await this.#recordings.find(source.path)) ?? this.#paths.resolve(source);
  };

  #answerWindow(ipcMain: ElectronParts["ipcMain"]): void {
    const { app, nativeTheme } = this.#electron;
    const isWindow = (contents: WebContents) => this.#window?.webContents === contents;
    answerWindows(ipcMain, isWindow, {
      connect: (_ask, contents) => {
        this.#clients.connect(contents);
        return null;
      },
      "choose-files": async () => this.#approve(await this.#dialogs.chooseCaptures()),
      "choose-recording": async () => {
        const { folder } = this.#recordings;
        const place = await this.#dialogs.choosePlace(join(folder, "capture.pcapng"));
        if (place !== null) this.#chosenPlaces.add(place);
        return place;
      },
      "take-paths": ({ paths }) => this.#approve(paths),
      save: ({ download, name }) =>
        this.#downloads.save(download, () =>
          this.#dialogs.choosePlace(join(app.getPath("downloads"), fileName(name))),
        ),
      "set-menu": ({ menus }) => {
        this.#setMenu(menus);
        return null;
      },
      "set-title": ({ title }) => {
        this.#window?.setTitle(title);
        return null;
      },
      "set-theme": ({ theme }) => {
        nativeTheme.themeSource = theme;
        return null;
      },
      listen: () => {
        this.#isListening = true;
        this.#handOver();
        return null;
      },
    });
  }

  /** The window in front; a new one where there is none. */
  #showWindow(): void {
    const window = this.#window;
    if (window !== undefined) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return;
    }
    if (this.#supervisor === undefined) return;
    const opened = openMainWindow(this.#electron, {
      preload: this.#options.folders.preload,
      folder: this.#stateFolder,
      isDevelopment: this.#isDevelopment,
      dialogs: this.#dialogs,
      onClosed: () => {
        this.#window = undefined;
        this.#isListening = false;
      },
    });
    // A page that is loaded again has yet to say that it listens.
    opened.webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#isListening = false;
    });
    this.#window = opened;
  }

  /** Opens what the system, a command line or another start has named. */
  async #open(files: readonly string[]): Promise<void> {
    this.#toOpen.push(...(await this.#approve(files)));
    this.#handOver();
  }

  #handOver(): void {
    if (!this.#isListening || this.#toOpen.length === 0) return;
    this.#tell({ tell: "open", sources: this.#toOpen.splice(0).filter(isPath) });
  }

  #tell(tell: Tell): void {
    this.#window?.webContents.send(channel, tell);
  }

  async #approve(paths: readonly string[]): Promise<readonly SourceReference[]> {
    const { sources, refused } = await this.#paths.approve(paths);
    if (refused.length > 0) {
      await this.#electron.app.whenReady();
      void this.#dialogs.ask({
        type: "warning",
        message: refused.length === 1 ? "One file was not opened." : "Some files were not opened.",
        detail: refused.slice(0, 10).join("\n"),
      });
    }
    return sources;
  }

  #setMenu(menus: Parameters<typeof menuTemplate>[0]): void {
    const { Menu } = this.#electron;
    const { platform } = this.#options;
    if (menus.length === 0 && platform !== "darwin") {
      Menu.setApplicationMenu(null);
      return;
    }
    const template = menuTemplate(menus, {
      platform,
      isDevelopment: this.#isDevelopment,
      run: (command) => {
        // A Mac has its menu without a window too.
        if (this.#window === undefined) this.#showWindow();
        else this.#tell({ tell: "command", command });
      },
    });
    try {
      Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    } catch {
      Menu.setApplicationMenu(Menu.buildFromTemplate(withoutAccelerators(template)));
    }
  }

  async #askAboutEngine(reason: string): Promise<void> {
    this.#clients.giveUp();
    const button = await this.#dialogs.ask({
      type: "error",
      message: "The analyzer cannot go on.",
      detail: reason,
      buttons: ["Start It Again", "Quit"],
      defaultId: 0,
      cancelId: 1,
    });
    if (button === 0) this.#supervisor?.restart();
    else this.#electron.app.quit();
  }

  async #end(): Promise<void> {
    // First what cannot be had again.
    await this.#capture.stop();
    await this.#supervisor?.stop();
    this.#capture.release();
    await this.#downloads.clear();
    await this.#recent.written;
  }
}

function isPath(
  source: SourceReference,
): source is Extract<SourceReference, { readonly kind: "path" }> {
  return source.kind === "path";
}
