/** The desktop application in the process of the test: shell, window, page and engine. */
import { join } from "node:path";
import { vi } from "vitest";
import type { Shell, SourceReference } from "../../analyzer/protocol/index.js";
import { AnalyzerClient, type AnalyzerEvent } from "../../analyzer/protocol/index.js";
import { startApplication } from "../../electron/application.js";
import { createShell } from "../../electron/shell-bridge.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { ElectronDouble } from "./electron-double.js";

/** Waits until something holds; long enough for a machine that does other things too. */
export const eventually = (check: () => unknown): Promise<unknown> =>
  vi.waitFor(check, { timeout: 15_000, interval: 10 });

export interface DesktopOptions {
  readonly files?: readonly string[];
  readonly platform?: NodeJS.Platform;
  readonly prepare?: (electron: ElectronDouble) => void;
}

export class Desktop {
  readonly folder: TestFolder;
  readonly electron: ElectronDouble;
  readonly hasStarted: boolean;

  constructor(
    { files = [], platform = "linux", prepare = () => {} }: DesktopOptions = {},
    folder = new TestFolder(),
  ) {
    this.folder = folder;
    this.folder.write("index.html", "<!doctype html><title>Obiscope</title>");
    this.electron = new ElectronDouble(join(this.folder.path, "user"));
    prepare(this.electron);
    this.hasStarted = startApplication(this.electron.parts, {
      argv: ["/opt/Obiscope/obiscope", ...files],
      workingFolder: this.folder.path,
      platform,
      isBare: false,
      folders: {
        renderer: this.folder.path,
        preload: join(this.folder.path, "preload.cjs"),
        engine: join(this.folder.path, "engine.cjs"),
        capture: join(this.folder.path, "capture.cjs"),
        samples: join(import.meta.dirname, "../../captures/samples"),
      },
    });
  }

  /** The window that was opened last. */
  get window() {
    const window = this.electron.windows.at(-1);
    if (window === undefined) throw new Error("no window is open yet");
    return window;
  }

  /** What the preload script gives the page. `paths`: of files that are dropped, by their names. */
  preload(paths: Readonly<Record<string, string>> = {}, platform = "linux"): Page {
    const { webContents } = this.window;
    webContents.forgetPage();
    return new Page(
      createShell({
        ipcRenderer: webContents.ipcRenderer(this.electron.handlers),
        pathOf: ({ name }) => paths[name] ?? "",
        platform,
      }),
    );
  }

  async quit(): Promise<void> {
    this.electron.app.quit();
    while (!this.electron.app.done.includes("exit")) await pause();
  }
}

export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

export class Page {
  readonly shell: Shell;
  readonly opened: SourceReference[] = [];
  readonly commands: string[] = [];
  readonly events: AnalyzerEvent[] = [];

  constructor(shell: Shell) {
    this.shell = shell;
  }

  listen(): void {
    this.shell.onOpenFiles((sources) => this.opened.push(...sources));
    this.shell.onCommand((command) => this.commands.push(command));
  }

  async connect(onClosed?: () => void): Promise<AnalyzerClient> {
    return new AnalyzerClient(
      await this.shell.connect(),
      (event) => this.events.push(event),
      onClosed,
    );
  }
}
