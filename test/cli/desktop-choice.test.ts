import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findRuntime, runDesktop } from "../../cli/desktop.js";
import { chooseDesktop, type Surroundings } from "../../cli/desktop-choice.js";
import { browserCommand } from "../../cli/open-browser.js";
import { TestFolder } from "../analyzer/test-folder.js";

const everything: Surroundings = {
  platform: "linux",
  env: { DISPLAY: ":0" },
  userId: 1000,
  runtime: "/opt/electron/electron",
  application: "/opt/obiscope",
};

describe("the desktop application", () => {
  it("starts where there is a display, a runtime and the application", () => {
    const desktop = {
      kind: "desktop",
      runtime: everything.runtime,
      application: everything.application,
    };
    expect(chooseDesktop(everything)).toEqual(desktop);
    expect(chooseDesktop({ ...everything, env: { WAYLAND_DISPLAY: "wayland-0" } })).toEqual(
      desktop,
    );
    expect(chooseDesktop({ ...everything, platform: "darwin", env: {} })).toEqual(desktop);
    expect(chooseDesktop({ ...everything, platform: "win32", env: {}, userId: undefined })).toEqual(
      desktop,
    );
    // Only Linux's sandbox minds.
    expect(chooseDesktop({ ...everything, platform: "darwin", userId: 0 })).toEqual(desktop);
  });

  it.for<[string, Partial<Surroundings>]>([
    ["there is no display", { env: {} }],
    ["there is no display", { env: { DISPLAY: "" }, platform: "freebsd" }],
    ["Electron's runtime is not here", { runtime: null }],
    ["the desktop application is not built", { application: null }],
    ["Electron does not run as root with its sandbox on", { userId: 0 }],
  ])("does not where %s", ([reason, change]) => {
    expect(chooseDesktop({ ...everything, ...change })).toEqual({ kind: "browser", reason });
  });
});

const folders: TestFolder[] = [];

function folder(): TestFolder {
  const made = new TestFolder();
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

describe("Electron's runtime", () => {
  it("is where its package says that it has put it", () => {
    const made = folder();
    expect(findRuntime(null, undefined)).toBeNull();
    expect(findRuntime(made.path, undefined)).toBeNull();
    mkdirSync(join(made.path, "dist"));
    const program = made.write("dist/runtime", "");
    // The package writes path.txt last: without it, the runtime is not whole.
    expect(findRuntime(made.path, undefined)).toBeNull();
    made.write("path.txt", "runtime");
    expect(findRuntime(made.path, undefined)).toBe(program);
    made.write("path.txt", "another");
    expect(findRuntime(made.path, undefined)).toBeNull();
  });

  it("is the one that the environment names, before any other", () => {
    const [made, other] = [folder(), folder()];
    const name =
      process.platform === "win32"
        ? "electron.exe"
        : process.platform === "darwin"
          ? "Electron.app/Contents/MacOS/Electron"
          : "electron";
    expect(findRuntime(null, other.path)).toBeNull();
    mkdirSync(join(other.path, name, ".."), { recursive: true });
    const program = other.write(name, "");
    expect(findRuntime(null, other.path)).toBe(program);
    made.write("path.txt", name);
    expect(findRuntime(made.path, other.path)).toBe(program);
  });

  /** A runtime that is a script. */
  function runtime(script: string): string {
    const path = folder().write("electron", `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it("is given the application and the captures, and runs until it ends", async () => {
    const made = folder();
    const told = join(made.path, "told");
    const program = runtime(`echo "$@ [$ELECTRON_RUN_AS_NODE]" > "${told}"`);
    process.env["ELECTRON_RUN_AS_NODE"] = "1";
    const reason = await runDesktop(program, "/opt/obiscope", ["/a b.pcap"]);
    process.env["ELECTRON_RUN_AS_NODE"] = "";
    expect(reason).toBeNull();
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(told, "utf8")).toBe("/opt/obiscope /a b.pcap []\n");
  });

  it("that cannot start says why", async () => {
    const failing = runtime("echo 'some noise' >&2; echo 'Missing X server' >&2; exit 3");
    expect(await runDesktop(failing, "/opt/obiscope", [])).toContain("Missing X server");
    expect(await runDesktop(runtime("kill -9 $$"), "/opt/obiscope", [])).toContain("SIGKILL");
    expect(await runDesktop("/nowhere/electron", "/opt/obiscope", [])).toContain(
      "could not be started",
    );
  });
});

describe("a browser", () => {
  const address = "http://127.0.0.1:8080/?token=a&b";

  it("is opened by what the system has for it", () => {
    expect(browserCommand(address, "darwin", {})).toEqual({ program: "open", args: [address] });
    expect(browserCommand(address, "win32", {})).toEqual({
      program: "rundll32",
      args: ["url.dll,FileProtocolHandler", address],
    });
    expect(browserCommand(address, "linux", { DISPLAY: ":0" })).toEqual({
      program: "xdg-open",
      args: [address],
    });
  });

  it("is not where it could not be seen, unless one is named", () => {
    expect(browserCommand(address, "linux", {})).toBeNull();
    expect(browserCommand(address, "linux", { BROWSER: "/usr/bin/remote" })).toEqual({
      program: "/usr/bin/remote",
      args: [address],
    });
    // A line for a shell is no program.
    expect(browserCommand(address, "linux", { BROWSER: "firefox %s" })).toBeNull();
  });
});
