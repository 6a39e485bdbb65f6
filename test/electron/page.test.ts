/**
 * The built page in a Chromium, as the desktop serves it: by its protocol, under its policy, with
 * its preload script. Only Electron between them is a double.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAppProtocol } from "../../electron/app-protocol.js";
import { channel } from "../../electron/ipc-contract.js";
import { launchBrowser } from "../browser/launch.js";
import { Desktop, eventually } from "./desktop.js";
import type { PortDouble } from "./port-double.js";

const dist = join(import.meta.dirname, "../../dist");
/** Stands for `app://obiscope`, which this browser does not know. */
const origin = "https://obiscope.test";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

/** Runs the preload script with what Electron gives it; ports and messages go over bindings. */
const preload = `(() => {
  const listeners = [];
  const ports = new Map();
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => { window[name] = api; } },
    ipcRenderer: {
      invoke: (channel, ask) => window.invokeMain(channel, ask),
      on: (_channel, listener) => listeners.push(listener),
    },
    webUtils: { getPathForFile: () => "" },
  };
  window.hear = (message, port) => {
    const given = port === null ? [] : [new MessageChannel()];
    for (const { port1 } of given) {
      ports.set(port, port1);
      port1.onmessage = ({ data }) => window.sendPort(port, data);
    }
    for (const listener of listeners) listener({ ports: given.map((one) => one.port2) }, message);
  };
  window.hearPort = (port, message) => ports.get(port).postMessage(message);
  window.violations = [];
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    window.violations.push(violatedDirective + " " + blockedURI));
  const run = (require, process, module, exports) => {
    ${readFileSync(join(dist, "electron/preload.cjs"), "utf8")}
  };
  run(() => electron, { platform: "linux" }, { exports: {} }, {});
})();`;

async function open(desktop: Desktop) {
  const page = await browser.newPage();
  const { webContents } = desktop.window;
  const main = webContents.ipcRenderer(desktop.electron.handlers);
  const answer = createAppProtocol(join(dist, "renderer"));
  await page.route("**/*", async (route) => {
    const url = route.request().url();
    if (!url.startsWith(origin)) return route.abort();
    const response = await answer(new Request(url.replace(origin, "app://obiscope")));
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  const ports: PortDouble[] = [];
  const errors: string[] = [];
  const answers: unknown[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.exposeFunction("invokeMain", (name: string, ask: never) => main.invoke(name, ask));
  await page.exposeFunction("sendPort", (port: number, message: unknown) => {
    ports[port]?.postMessage(message);
  });
  main.on(channel, ({ ports: [given] }, message) => {
    const port = given === undefined ? null : ports.push(given as PortDouble) - 1;
    const run = (call: string, ...parameters: unknown[]) =>
      void page.evaluate(`${call}(...${JSON.stringify(parameters)})`).catch(() => {});
    run("hear", message, port);
    given?.addEventListener("message", ({ data }) => {
      answers.push(data);
      run("hearPort", port, data);
    });
    given?.start();
  });
  await page.addInitScript(preload);
  await page.goto(`${origin}/index.html`);
  return { page, errors, answers };
}

describe("the page of the desktop", () => {
  it("starts under its policy and talks with the analyzer", async () => {
    const desktop = new Desktop();
    await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
    const { page, errors, answers } = await open(desktop);
    await page.waitForFunction("document.querySelector('#root')?.childElementCount > 0");
    // What it asks first, and is answered by the engine: the version of the double.
    await eventually(() =>
      expect(answers).toContainEqual(
        expect.objectContaining({ result: expect.objectContaining({ version: "1.2.3" }) }),
      ),
    );
    expect(await page.evaluate("window.violations")).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
    await desktop.quit();
    desktop.folder.remove();
  });

  it("can run no text as a script, and load nothing from elsewhere", async () => {
    const desktop = new Desktop();
    await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
    const { page } = await open(desktop);
    await page.evaluate(`{
      const script = document.createElement("script");
      script.textContent = "window.hasRun = true";
      document.body.append(script);
      const far = document.createElement("script");
      far.src = "https://example.com/a.js";
      document.body.append(far);
      document.body.append(Object.assign(new Image(), { src: "https://example.com/a.png" }));
      document.body.append(Object.assign(document.createElement("iframe"), { src: "/index.html" }));
      document.body.insertAdjacentHTML("beforeend", "<b onclick='window.hasRun = true'>x</b>");
      document.body.lastElementChild.click();
      fetch("https://example.com/").catch(() => {});
      setTimeout("window.hasRun = true");
    }`);
    await eventually(async () => {
      const violations = await page.evaluate<string[]>("window.violations");
      expect(violations.map((violation) => violation.split(" ")[0])).toEqual(
        expect.arrayContaining([
          "script-src-elem",
          "script-src-attr",
          "script-src",
          "img-src",
          "connect-src",
        ]),
      );
      expect(violations.join()).toContain("https://example.com/a.js");
    });
    expect(await page.evaluate("window.hasRun === undefined")).toBe(true);
    await page.close();
    await desktop.quit();
    desktop.folder.remove();
  });
});
