/** A server, a browser and a window for one file of tests. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { ServeOptions } from "../../web/server.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { launchBrowser } from "../browser/launch.js";
import { TestServer } from "../web/test-server.js";
import { ApplicationPage } from "./application-page.js";

export class TestWindow {
  readonly server: TestServer;
  readonly folder: TestFolder;
  readonly #browser: Browser;
  /** What the page has complained of. */
  readonly complaints: string[] = [];

  private constructor(server: TestServer, folder: TestFolder, browser: Browser) {
    this.server = server;
    this.folder = folder;
    this.#browser = browser;
  }

  static async start(options: Partial<ServeOptions> = {}): Promise<TestWindow> {
    const folder = new TestFolder();
    return new TestWindow(await TestServer.start(options, folder), folder, await launchBrowser());
  }

  /** Opens another window on the same server. */
  async open(options: BrowserContextOptions = {}): Promise<ApplicationPage> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    // A test that waits in vain says for what.
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    await page.goto(this.server.server.address);
    return new ApplicationPage(page);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
  }
}
