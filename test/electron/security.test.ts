/** The rows of the table of security that the shell answers for. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { channel } from "../../electron/ipc-contract.js";
import { Desktop, eventually } from "./desktop.js";
import { ContentsDouble } from "./electron-double.js";

const desktops: Desktop[] = [];
afterEach(async () => {
  for (const desktop of desktops.splice(0)) {
    await desktop.quit();
    desktop.folder.remove();
  }
});

async function start(isPackaged = true): Promise<Desktop> {
  const desktop = new Desktop({
    prepare: ({ app }) => {
      app.isPackaged = isPackaged;
    },
  });
  desktops.push(desktop);
  await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
  return desktop;
}

describe("the window", () => {
  it("has context isolation, the sandbox, no Node and web security", async () => {
    const { window, electron } = await start();
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
    });
    expect(electron.app.done).toContain("enableSandbox");
  });

  it("has web security in development too, and then the developer tools", async () => {
    const { window } = await start(false);
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      devTools: true,
    });
  });

  it("loads the scheme of the application, which is one of its own and secure", async () => {
    const { window, electron } = await start();
    expect(window.loaded).toEqual(["app://obiscope/index.html"]);
    expect(electron.schemes).toEqual([
      { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const serve = electron.session.defaultSession.protocols.get("app");
    const page = await serve?.(new Request("app://obiscope/index.html"));
    expect(page?.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it.each(["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"])(
    "stays where it is: %s",
    async (event) => {
      const { window } = await start();
      const preventDefault = vi.fn();
      window.webContents.emit(event, { preventDefault }, "https://example.com/");
      expect(preventDefault).toHaveBeenCalledOnce();
    },
  );

  const home = "app://obiscope/index.html";

  it("may load its own page again: location.reload() is a navigation", async () => {
    const { window } = await start();
    expect(window.webContents.navigate(home)).toBe(true);
  });

  it.each([
    ["https://example.com/", true],
    ["app://obiscope/other.html", true],
    ["app://obiscope.example/index.html", true],
    ["app://obiscope/index.html?file=1", true],
    ["file:///etc/passwd", true],
    // The same page, but inside of the page.
    [home, false],
  ])("goes nowhere else: %s, main frame %s", async (url, isMainFrame) => {
    const { window } = await start();
    expect(window.webContents.navigate(url, isMainFrame)).toBe(false);
    expect(window.webContents.url).toBe(home);
  });

  it("takes no page over that is another already", async () => {
    const { window } = await start();
    window.webContents.url = "https://example.com/";
    expect(window.webContents.navigate(home)).toBe(false);
  });

  it("opens no others", async () => {
    const { window } = await start();
    expect(window.webContents.openHandler?.({ url: "https://example.com/" })).toEqual({
      action: "deny",
    });
    expect(window.webContents.openHandler?.({ url: "app://obiscope/index.html" })).toEqual({
      action: "deny",
    });
  });
});

describe("the session", () => {
  it.each(["media", "geolocation", "notifications", "clipboard-read", "serial", "fileSystem"])(
    "grants nobody %s",
    async (permission) => {
      const { window, electron } = await start();
      const { requestHandler, checkHandler, deviceHandler } = electron.session.defaultSession;
      const answer = vi.fn();
      requestHandler?.(window.webContents, permission, answer);
      expect(answer.mock.calls).toEqual([[false]]);
      expect(checkHandler?.(window.webContents, permission, answer)).toBe(false);
      expect(deviceHandler?.()).toBe(false);
    },
  );

  it("lets our own page copy text, and no other", async () => {
    const { window, electron } = await start();
    const { requestHandler, checkHandler } = electron.session.defaultSession;
    const answer = vi.fn();
    requestHandler?.(window.webContents, "clipboard-sanitized-write", answer);
    const other = new ContentsDouble();
    other.url = "https://example.com/";
    requestHandler?.(other, "clipboard-sanitized-write", answer);
    expect(answer.mock.calls).toEqual([[true], [false]]);
    expect(checkHandler?.(null, "clipboard-sanitized-write", answer)).toBe(false);
  });

  it.each([
    ["app://obiscope/assets/a.js", false],
    ["data:image/png;base64,AA==", false],
    ["https://example.com/a.js", true],
    ["http://127.0.0.1/", true],
    ["ws://127.0.0.1/", true],
    ["file:///etc/passwd", true],
    ["devtools://devtools/bundled/inspector.html", true],
  ])("loads %s: cancelled %s", async (url, cancel) => {
    const { electron } = await start();
    const answer = vi.fn();
    electron.session.defaultSession.filter?.({ url }, answer);
    expect(answer.mock.calls).toEqual([[{ cancel }]]);
  });

  it("downloads nothing by itself", async () => {
    const { electron } = await start();
    const preventDefault = vi.fn();
    electron.session.defaultSession.emit("will-download", { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe("messages to the main process", () => {
  /** What the main process answers a sender. */
  async function say(
    desktop: Desktop,
    ask: unknown,
    from: { sender?: unknown; senderFrame?: unknown } = {},
    ...more: unknown[]
  ) {
    const { webContents } = desktop.window;
    const event = { sender: webContents, senderFrame: webContents.mainFrame, ...from };
    return desktop.electron.handlers.get(channel)?.(event, ask, ...more);
  }

  const title = { ask: "set-title", title: "seen" };

  it("are taken from the main frame of our window with our page", async () => {
    const desktop = await start();
    expect(await say(desktop, title)).toEqual({ result: null });
    expect(desktop.window.title).toBe("seen");
  });

  it("are refused from everybody else", async () => {
    const desktop = await start();
    const own = { parent: null, url: "app://obiscope/index.html" };
    const refused = { fault: { message: "This page may not ask for that." } };
    const senders = [
      { senderFrame: null },
      { senderFrame: { ...own, parent: own } },
      { senderFrame: { ...own, url: "https://example.com/" } },
      { senderFrame: { ...own, url: "app://obiscope.example/index.html" } },
      { senderFrame: { ...own, url: "about:blank" } },
      { sender: new ContentsDouble(), senderFrame: own },
    ];
    for (const from of senders) expect(await say(desktop, title, from)).toEqual(refused);
    expect(desktop.window.title).toBe("");
  });

  it("are refused where they are not in the contract", async () => {
    const desktop = await start();
    const item = { kind: "command", command: "x", label: "x", isEnabled: true };
    const messages = [
      undefined,
      null,
      "set-title",
      {},
      { ask: "constructor" },
      { ask: "eval", code: "1" },
      { ask: "set-title", title: 1 },
      { ask: "set-title", title: "x".repeat(10_001) },
      { ask: "set-theme", theme: "blue" },
      { ask: "take-paths", paths: "/etc/passwd" },
      { ask: "take-paths", paths: [1] },
      { ask: "save", download: {}, name: "x" },
      { ask: "set-menu", menus: [{ label: "File", items: [item] }] },
      { ask: "set-menu", menus: [{ label: "File", items: [{ kind: "role", role: "quit" }] }] },
    ];
    for (const message of messages) {
      expect(await say(desktop, message)).toEqual({
        fault: { message: "This is not in the contract." },
      });
    }
    expect(await say(desktop, title, {}, "more")).toHaveProperty("fault");
    expect(desktop.window.title).toBe("");
    expect(desktop.electron.menu).toBeNull();
  });

  it("have one channel, and pages are given functions only", async () => {
    const desktop = await start();
    expect([...desktop.electron.handlers.keys()]).toEqual([channel]);
    const { shell } = desktop.preload();
    const kinds = Object.entries(shell).map(([name, value]) => [name, typeof value]);
    expect(Object.fromEntries(kinds)).toEqual({
      kind: "string",
      platform: "string",
      connect: "function",
      chooseFiles: "function",
      chooseRecording: "function",
      takeFiles: "function",
      // null: the desktop has a dialog instead.
      listFolder: "object",
      save: "function",
      setMenu: "function",
      onCommand: "function",
      onOpenFiles: "function",
      setTitle: "function",
      setTheme: "function",
      // null: the main process sees to it.
      keepAwake: "object",
    });
    const port = await shell.connect();
    expect(Object.keys(port).sort()).toEqual(["close", "listen", "send"]);
    expect(Object.getPrototypeOf(port)).toBe(Object.prototype);
  });

  it("to the page are dropped where they are not in the contract", async () => {
    const desktop = await start();
    const page = desktop.preload();
    page.listen();
    const { webContents } = desktop.window;
    for (const message of [null, { tell: "run" }, { tell: "command", command: 1 }, "command"]) {
      webContents.send(channel, message);
    }
    webContents.send(channel, { tell: "open", sources: [{ kind: "upload", id: "1" }] });
    webContents.send(channel, { tell: "command", command: "file.open" });
    await eventually(() => expect(page.commands).toEqual(["file.open"]));
    expect(page.opened).toEqual([]);
  });
});
