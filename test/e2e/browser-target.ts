/** The browser shell in the process of the test, and a browser. */
import type { Browser } from "playwright-core";
import type { TestFolder } from "../analyzer/test-folder.js";
import { launchBrowser } from "../browser/launch.js";
import { TestServer } from "../web/test-server.js";
import { browserHands } from "./shell-hands.js";
import type { OpenedWindow, Target, TargetOptions, WindowOptions } from "./target.js";

export class BrowserTarget implements Target {
  readonly server: TestServer;
  readonly #browser: Browser;

  private constructor(server: TestServer, browser: Browser) {
    this.server = server;
    this.#browser = browser;
  }

  static async start(options: TargetOptions, folder: TestFolder): Promise<BrowserTarget> {
    return new BrowserTarget(await TestServer.start(options, folder), await launchBrowser());
  }

  async open(options: WindowOptions): Promise<OpenedWindow> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
      ...options,
    });
    const page = await context.newPage();
    await page.goto(this.server.server.address);
    return { page, hands: browserHands(page), close: () => context.close() };
  }

  async killEngine(): Promise<void> {
    this.server.server.killEngine();
  }

  async forget(): Promise<void> {
    const { client } = await this.server.page();
    const { documents, keys } = await client.ask("hello", {});
    for (const { id } of documents) await client.ask("close", { document: id });
    for (const { id } of keys.sets) await client.ask("remove-keys", { id });
    client.close();
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
  }
}
