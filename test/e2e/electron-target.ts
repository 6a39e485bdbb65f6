/**
 * The desktop application in Electron's own runtime. Each window is an application of its own with an
 * empty folder of the user, so that nothing of one test is left for the next.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { _electron, type ElectronApplication } from "playwright-core";
import { vi } from "vitest";
import type { TestFolder } from "../analyzer/test-folder.js";
import { projectFolder } from "./desktop-here.js";
import type { ShellHands } from "./shell-hands.js";
import type { OpenedWindow, Target, TargetOptions, WindowOptions } from "./target.js";

/** As `forkEngine` calls it. */
const engineName = "Obiscope analyzer";

export class ElectronTarget implements Target {
  readonly #runtime: string;
  readonly #files: readonly string[];
  readonly #folder: TestFolder;
  #application: ElectronApplication | undefined;
  #windows = 0;

  /** `runtime`: Electron's program. */
  constructor(runtime: string, { files = [] }: TargetOptions, folder: TestFolder) {
    this.#runtime = runtime;
    this.#files = files;
    this.#folder = folder;
  }

  async open({ colorScheme, deviceScaleFactor }: WindowOptions): Promise<OpenedWindow> {
    this.#windows += 1;
    const home = join(this.#folder.path, `home-${this.#windows}`);
    mkdirSync(home);
    const scale =
      deviceScaleFactor === undefined ? [] : [`--force-device-scale-factor=${deviceScaleFactor}`];
    const application = await _electron.launch({
      executablePath: this.#runtime,
      args: [...scale, projectFolder, ...this.#files],
      // The application wants its sandbox.
      chromiumSandbox: true,
      ...(colorScheme === undefined ? {} : { colorScheme }),
      // Where the systems have the folders of users.
      env: { ...environment(), XDG_CONFIG_HOME: home, APPDATA: home, CFFIXED_USER_HOME: home },
    });
    this.#application = application;
    const page = await application.firstWindow();
    const window = await application.browserWindow(page);
    await window.evaluate((own) => own.setContentSize(1280, 800));
    const close = async () => {
      this.#application = undefined;
      await application.close();
    };
    return { page, hands: electronHands(application, home), close };
  }

  async killEngine(): Promise<void> {
    const pid = await this.#application?.evaluate(
      ({ app }, name) => app.getAppMetrics().find((process) => process.name === name)?.pid,
      engineName,
    );
    if (pid === undefined) throw new Error("there is no analyzer to be killed");
    process.kill(pid, "SIGKILL");
  }

  async forget(): Promise<void> {
    // All of it went with the window.
  }

  async stop(): Promise<void> {
    await this.#application?.close();
    this.#folder.remove();
  }
}

/** Without what makes a plain Node of the runtime. */
function environment(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = process.env;
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `home`: of the application that was started. */
function electronHands(application: ElectronApplication, home: string): ShellHands {
  return {
    // As a second start hands files over. Copies: the desktop keeps marks beside a capture.
    open: async (paths) => {
      const files = paths.map((path) =>
        dirname(path) === dirname(home) ? path : copyTo(home, path),
      );
      await application.evaluate(({ app }, given) => {
        app.emit("second-instance", {}, [], "", { files: given });
      }, files);
    },
    clipboard: () => application.evaluate(({ clipboard }) => clipboard.readText()),
    save: async (press) => {
      const folder = join(home, "saved");
      mkdirSync(folder, { recursive: true });
      // The dialog of the system cannot be pressed by a test: the name that it offers is taken.
      await application.evaluate(({ dialog }, target) => {
        const answer = async (_window: unknown, { defaultPath = "" }: { defaultPath?: string }) => {
          const name = defaultPath.split(/[\\/]/).at(-1) ?? "";
          Object.assign(globalThis, { savedName: name });
          return { canceled: false, filePath: `${target}/${name}` };
        };
        Object.assign(dialog, { showSaveDialog: answer });
      }, folder);
      await press();
      const name = await vi.waitFor(async () => {
        const saved = await application.evaluate(() => Reflect.get(globalThis, "savedName"));
        if (typeof saved !== "string" || !existsSync(join(folder, saved))) {
          throw new Error("nothing is saved yet");
        }
        return saved;
      }, 10_000);
      return { name, text: readFileSync(join(folder, name), "utf8") };
    },
  };
}

function copyTo(folder: string, path: string): string {
  const copy = join(folder, basename(path));
  copyFileSync(path, copy);
  return copy;
}
