/** A shell and its window for one file of tests: a browser, or the desktop in a run of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { TestFolder } from "../analyzer/test-folder.js";
import type { TestServer } from "../web/test-server.js";
import { ApplicationPage } from "./application-page.js";
import { BrowserTarget } from "./browser-target.js";
import { findDesktop } from "./desktop-here.js";
import { ElectronTarget } from "./electron-target.js";
import type { OpenedWindow, Target, TargetOptions, WindowOptions } from "./target.js";

/** `OBISCOPE_SHELL` is set by the configuration of the tests, once for each run of them. */
export const isInDesktop = process.env["OBISCOPE_SHELL"] === "electron";

export class TestWindow {
  readonly folder: TestFolder;
  readonly #target: Target;
  readonly #opened: OpenedWindow[] = [];
  /** What the page has complained of. */
  readonly complaints: string[] = [];

  private constructor(target: Target, folder: TestFolder) {
    this.#target = target;
    this.folder = folder;
  }

  static async start(options: TargetOptions = {}): Promise<TestWindow> {
    const folder = new TestFolder();
    return new TestWindow(await startTarget(options, folder), folder);
  }

  /** The server of the browser shell, for what no other has. Throws in the desktop. */
  get server(): TestServer {
    if (this.#target instanceof BrowserTarget) return this.#target.server;
    throw new Error("the desktop has no server");
  }

  /** Opens a window; comes back when it takes keys. */
  async open(options: WindowOptions = {}): Promise<ApplicationPage> {
    const opened = await this.#target.open(options);
    this.#opened.push(opened);
    const { page, hands } = opened;
    // A test that waits in vain says for what.
    page.setDefaultTimeout(10_000);
    this.#listen(page);
    // The window listens to keys once it is drawn.
    await page.getByTestId("file-chooser").waitFor({ state: "attached" });
    return new ApplicationPage(page, hands);
  }

  killEngine(): Promise<void> {
    return this.#target.killEngine();
  }

  /** Waits until the mark of a frame is on the disk: what is only seen goes with an analyzer that dies. */
  async markIsKept(frame: number): Promise<void> {
    await expect
      .poll(() => this.#notes().some((text) => isMarked(text, frame)), { timeout: 10_000 })
      .toBe(true);
  }

  /** Files of notes, wherever the shell has them: each has another place for them. */
  #notes(): readonly string[] {
    return readdirSync(this.folder.path, { recursive: true, encoding: "utf8" })
      .filter((name) => /(notes[\\/][^\\/]*|\.obiscope)\.json$/.test(name))
      .map((name) => readFileSync(join(this.folder.path, name), "utf8"));
  }

  /** Closes the windows; what is open in the analyzer of a browser stays so. */
  async close(): Promise<void> {
    for (const opened of this.#opened.splice(0)) await opened.close();
  }

  /** Makes everything as it was before the first test. */
  async reset(): Promise<void> {
    await this.close();
    await this.#target.forget();
  }

  async stop(): Promise<void> {
    await this.close();
    await this.#target.stop();
  }

  #listen(page: Page): void {
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
  }
}

function isMarked(notes: string, frame: number): boolean {
  const { frames = {} } = JSON.parse(notes) as {
    readonly frames?: Readonly<Record<string, { readonly isMarked?: boolean }>>;
  };
  return frames[frame]?.isMarked === true;
}

async function startTarget(options: TargetOptions, folder: TestFolder): Promise<Target> {
  if (!isInDesktop) return BrowserTarget.start(options, folder);
  const desktop = findDesktop();
  if (desktop.kind !== "desktop") throw new Error(`no desktop: ${desktop.reason}`);
  return new ElectronTarget(desktop.runtime, options, folder);
}
