/** The life of the application: starts, files, crashes, ends. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Desktop, type DesktopOptions, eventually } from "./desktop.js";

const samples = join(import.meta.dirname, "../../captures/samples");
const capture = join(samples, "hdlc-session.txt");
const keyFile = readFileSync(join(samples, "ciphered-push.keys.json"), "utf8");
/** The hex of the sample's first key. */
const secret = "000102030405060708090a0b0c0d0e0f";

const desktops: Desktop[] = [];
afterEach(async () => {
  for (const desktop of desktops.splice(0)) {
    await desktop.quit();
    desktop.folder.remove();
  }
});

/** Started, with its window open. */
async function start(options: DesktopOptions = {}, folder?: Desktop["folder"]): Promise<Desktop> {
  const desktop = new Desktop(options, folder);
  if (!desktops.some((one) => one.folder === desktop.folder)) desktops.push(desktop);
  await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
  return desktop;
}

const path = (of: string) => ({ kind: "path" as const, path: of });

async function openThere(desktop: Desktop) {
  const page = desktop.preload();
  page.listen();
  const client = await page.connect();
  const sources = await page.shell.takeFiles([]);
  expect(sources).toEqual([]);
  return { page, client };
}

describe("files", () => {
  it("of the command line wait until the page listens, and are opened by the engine", async () => {
    const desktop = await start({ files: [capture] });
    const { page, client } = await openThere(desktop);
    await eventually(() => expect(page.opened).toEqual([path(capture)]));
    await client.request("open", { sources: [path(capture)], merge: false, options: {} });
    await eventually(async () => {
      const { documents } = await client.request("hello", {});
      // The log has fourteen messages.
      expect(documents[0]).toMatchObject({ status: "ready", frames: 14 });
    });
    expect(desktop.electron.app.recent).toEqual([capture]);
  });

  it("of a second start are opened here, and the window comes to the front", async () => {
    const second = new Desktop({
      files: ["--some-switch", "a.pcap"],
      prepare: (electron) => {
        electron.app.hasLock = false;
      },
    });
    expect(second.hasStarted).toBe(false);
    expect(second.electron.app.done).toContain("quit");
    expect(second.electron.app.handed).toEqual({ files: [join(second.folder.path, "a.pcap")] });
    second.folder.remove();

    const desktop = await start();
    const { page } = await openThere(desktop);
    desktop.window.isMinimizedNow = true;
    desktop.electron.app.emit("second-instance", {}, [], "/", { files: [capture] });
    await eventually(() => expect(page.opened).toEqual([path(capture)]));
    expect(desktop.window.done).toEqual(["restore", "show", "focus"]);
    // Nothing but files is taken from there.
    desktop.electron.app.emit("second-instance", {}, [], "/", { files: "x", run: "y" });
    expect(desktop.electron.windows).toHaveLength(1);
  });

  it("that a Mac hands over are opened, also before there is a page", async () => {
    const desktop = await start({ platform: "darwin" });
    const prevent = vi.fn();
    desktop.electron.app.emit("open-file", { preventDefault: prevent }, capture);
    expect(prevent).toHaveBeenCalledOnce();
    const { page } = await openThere(desktop);
    await eventually(() => expect(page.opened).toEqual([path(capture)]));
  });

  it("that are dropped are checked again by the main process", async () => {
    const desktop = await start();
    const page = desktop.preload({
      good: capture,
      folder: samples,
      missing: join(samples, "no-such-file"),
      relative: "hdlc-session.txt",
    });
    const drop = (...names: string[]) =>
      page.shell.takeFiles(names.map((name) => new File([], name)));
    expect(await drop("good", "folder", "missing", "relative", "of no disk")).toEqual([
      path(capture),
    ]);
    const [box] = desktop.electron.boxes;
    expect(box?.detail).toContain(`${samples} is a folder`);
    expect(box?.detail).toContain("no-such-file does not exist");
    expect(box?.detail?.match(/not a file of this computer/g)).toHaveLength(2);
  });

  it("that the user has not named are not read for a page", async () => {
    const desktop = await start();
    const { client } = await openThere(desktop);
    const other = desktop.folder.write("secret.txt", "7EA0");
    await expect(
      client.request("open", { sources: [path(other)], merge: false, options: {} }),
    ).rejects.toMatchObject({ code: "cannot-open" });
  });

  it("of the last start may be opened again", async () => {
    const first = await start({ files: [capture] });
    await eventually(() => expect(first.electron.app.recent).toEqual([capture]));
    await first.quit();
    const again = await start({}, first.folder);
    const { client } = await openThere(again);
    const { documents } = await client.request("open", {
      sources: [path(capture)],
      merge: false,
      options: {},
    });
    expect(documents).toHaveLength(1);
    await again.quit();
  });

  it("are chosen in the dialog of the system", async () => {
    const desktop = await start();
    const page = desktop.preload();
    desktop.electron.chosenFiles = [capture];
    expect(await page.shell.chooseFiles?.()).toEqual([path(capture)]);
    desktop.electron.chosenFiles = [];
    expect(await page.shell.chooseFiles?.()).toEqual([]);
  });
});

describe("the engine", () => {
  it("runs in a utility process and talks with the window past the main process", async () => {
    const desktop = await start();
    const { client } = await openThere(desktop);
    expect(await client.request("hello", {})).toMatchObject({ version: "1.2.3" });
    const [engine] = desktop.electron.engines;
    expect(engine?.modulePath).toBe(join(desktop.folder.path, "engine.cjs"));
  });

  it("is started again when it is killed, with captures and keys, on the same line", async () => {
    const desktop = await start({ files: [capture] });
    const { page, client } = await openThere(desktop);
    await eventually(() => expect(page.opened).toHaveLength(1));
    await client.request("open", { sources: [path(capture)], merge: false, options: {} });
    await client.request("add-keys", { text: keyFile });
    desktop.electron.engines[0]?.kill();
    await eventually(() => expect(page.events.map(({ event }) => event)).toContain("restarted"));
    expect(desktop.electron.engines).toHaveLength(2);
    const { documents, keys } = await client.request("hello", {});
    expect(documents).toMatchObject([{ id: "d1" }]);
    expect(keys).toMatchObject({ isStored: true, sets: [{}] });
  });

  it("is given up when it ends each time; the user can have it started again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const desktop = new Desktop();
    desktops.push(desktop);
    await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
    const closed = vi.fn();
    const page = desktop.preload();
    await page.connect(closed);
    for (let starts = 1; starts <= 4; starts += 1) {
      await eventually(() => expect(desktop.electron.engines).toHaveLength(starts));
      desktop.electron.engines.at(-1)?.kill();
      await vi.advanceTimersByTimeAsync(2000);
    }
    await eventually(() => expect(closed).toHaveBeenCalledOnce());
    expect(desktop.electron.boxes.map(({ message }) => message)).toEqual([
      "The analyzer cannot go on.",
    ]);
    // The answer of the double is the first button: start it again.
    await eventually(() => expect(desktop.electron.engines).toHaveLength(5));
    vi.useRealTimers();
    const client = await page.connect();
    expect(await client.request("hello", {})).toMatchObject({ documents: [] });
  });
});

describe("a page that crashes", () => {
  const crash = (desktop: Desktop, reason = "crashed") =>
    desktop.window.webContents.emit("render-process-gone", {}, { reason, exitCode: 1 });

  it("is loaded again and finds what was open", async () => {
    const desktop = await start({ files: [capture] });
    const { page, client } = await openThere(desktop);
    await eventually(() => expect(page.opened).toHaveLength(1));
    await client.request("open", { sources: [path(capture)], merge: false, options: {} });
    crash(desktop);
    await eventually(() => expect(desktop.window.loaded).toHaveLength(2));
    const again = await openThere(desktop);
    const { documents } = await again.client.request("hello", {});
    expect(documents).toMatchObject([{ id: "d1" }]);
    expect(desktop.electron.engines).toHaveLength(1);
    // Nothing is opened a second time.
    expect(again.page.opened).toEqual([]);
  });

  it("is not loaded again and again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const desktop = new Desktop();
    desktops.push(desktop);
    await eventually(() => expect(desktop.electron.windows).toHaveLength(1));
    desktop.electron.button = 1;
    for (let i = 0; i < 4; i += 1) {
      crash(desktop, "oom");
      await vi.advanceTimersByTimeAsync(2000);
    }
    expect(desktop.window.loaded).toHaveLength(4);
    expect(desktop.electron.boxes[0]?.detail).toContain("oom");
    await eventually(() => expect(desktop.electron.app.done).toContain("quit"));
    vi.useRealTimers();
  });

  it("that ends as it should is left alone", async () => {
    const desktop = await start();
    crash(desktop, "clean-exit");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(desktop.window.loaded).toHaveLength(1);
  });
});

describe("keys", () => {
  it("are kept encrypted from one start to the next, and never as they are", async () => {
    const first = await start();
    const { client } = await openThere(first);
    await client.request("add-keys", { text: keyFile });
    await first.quit();
    const file = readFileSync(join(first.folder.path, "user/keys.bin"));
    expect(file.toString("latin1")).not.toContain(secret);

    const again = await start({}, first.folder);
    const { client: next } = await openThere(again);
    const { keys } = await next.request("hello", {});
    expect(keys).toMatchObject({ isStored: true, sets: [{}] });
    await again.quit();
  });
});

describe("an export", () => {
  /** A file for an export, as the engine asks for one. */
  async function createDownload(desktop: Desktop) {
    const [engine] = desktop.electron.engines;
    const answers = vi.spyOn(engine ?? { postMessage: () => {} }, "postMessage");
    const asked = { method: "createDownload", name: "trace.csv" };
    engine?.emit("message", { kind: "call", call: 999, asked });
    const schema = v.object({
      call: v.literal(999),
      result: v.object({ path: v.string(), download: v.string() }),
    });
    // Other answers, to what an engine asks at its start, may come before.
    const answer = () => answers.mock.calls.map(([one]) => one).find((one) => v.is(schema, one));
    await eventually(() => expect(answer()).toBeDefined());
    const { result } = v.parse(schema, answer());
    writeFileSync(result.path, "No,Info\n");
    return result;
  }

  it("goes where the user wants it", async () => {
    const desktop = await start();
    const { page } = await openThere(desktop);
    const { path: waiting, download } = await createDownload(desktop);
    desktop.electron.chosenPlace = join(desktop.folder.path, "mine.csv");
    expect(await page.shell.save(download, "../trace.csv")).toBe(true);
    expect(desktop.electron.saveWish).toEqual({ defaultPath: "/home/user/downloads/trace.csv" });
    expect(readFileSync(desktop.electron.chosenPlace, "utf8")).toBe("No,Info\n");
    expect(existsSync(waiting)).toBe(false);
  });

  it("that nobody wanted does not outlast the application", async () => {
    const desktop = await start();
    const { page } = await openThere(desktop);
    const { path: waiting } = await createDownload(desktop);
    await expect(page.shell.save("no such one", "x.csv")).rejects.toThrow("not there any more");
    expect(desktop.electron.saveWish).toBeUndefined();
    expect(existsSync(waiting)).toBe(true);
    await desktop.quit();
    expect(existsSync(waiting)).toBe(false);
  });
});

describe("the window", () => {
  it("shows the menu of the page, runs its commands, takes its title and theme", async () => {
    const desktop = await start();
    const { page } = await openThere(desktop);
    page.shell.setMenu?.([
      {
        label: "Go",
        items: [
          {
            kind: "command",
            command: "go.next",
            label: "Next",
            accelerator: "F8",
            isEnabled: true,
            isChecked: null,
          },
        ],
      },
    ]);
    page.shell.setTitle("a.pcap");
    page.shell.setTheme("dark");
    await eventually(() => expect(desktop.electron.nativeTheme.themeSource).toBe("dark"));
    expect(desktop.window.title).toBe("a.pcap");
    const [go] = desktop.electron.menu ?? [];
    const [next] = Array.isArray(go?.submenu) ? go.submenu : [];
    expect(next).toMatchObject({ label: "Next", accelerator: "F8", registerAccelerator: false });
    // Menus call with the item, the window and the event, of which this one needs nothing.
    Reflect.apply(next?.click ?? (() => {}), undefined, []);
    await eventually(() => expect(page.commands).toEqual(["go.next"]));
  });

  it("is where it was at the last start", async () => {
    const first = await start();
    first.window.bounds = { x: 100, y: 60, width: 1000, height: 700 };
    first.window.close();
    await first.quit();
    const again = await start({}, first.folder);
    expect(again.window.options).toMatchObject({ x: 100, y: 60, width: 1000, height: 700 });
    await again.quit();
  });

  it("comes again on a Mac when the application is called", async () => {
    const desktop = await start({ platform: "darwin" });
    desktop.window.close();
    desktop.electron.app.emit("window-all-closed");
    expect(desktop.electron.app.done).not.toContain("quit");
    desktop.electron.app.emit("activate");
    expect(desktop.electron.windows).toHaveLength(2);
  });

  it("ends the application elsewhere, and the engine in good order", async () => {
    const desktop = await start();
    desktop.window.close();
    desktop.electron.app.emit("window-all-closed");
    await eventually(() => expect(desktop.electron.app.done).toContain("exit"));
  });
});
