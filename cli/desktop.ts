/** Finds and starts the desktop application. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Surroundings } from "./desktop-choice.js";

/** `distFolder`: of what is built. */
export function lookAround(distFolder: string): Surroundings {
  // Electron is given the folder of package.json, which has the version and names the entry.
  const isBuilt = existsSync(join(distFolder, "electron", "main.cjs"));
  return {
    platform: process.platform,
    env: process.env,
    userId: process.getuid?.(),
    runtime: findRuntime(electronFolder(), process.env["ELECTRON_OVERRIDE_DIST_PATH"]),
    application: isBuilt ? dirname(distFolder) : null,
  };
}

/** The folder of the npm package; null where it is not installed, as with Obiscope as a package. */
export function electronFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  } catch {
    return null;
  }
}

/**
 * The program of the runtime that Electron's package has fetched, or of the one in `override`; null
 * where there is none. Nothing is fetched.
 */
export function findRuntime(folder: string | null, override: string | undefined): string | null {
  const fetched = folder === null ? null : programName(folder);
  let program: string | null = null;
  if (override) program = join(override, fetched ?? programs[process.platform] ?? "electron");
  else if (folder !== null && fetched !== null) program = join(folder, "dist", fetched);
  return program !== null && existsSync(program) ? program : null;
}

/** As the package has written it, which it does when the whole runtime is there. */
function programName(folder: string): string | null {
  try {
    return readFileSync(join(folder, "path.txt"), "utf8").trim();
  } catch {
    return null;
  }
}

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};

/** An application that ends with a fault so soon, in milliseconds, has never been usable. */
const startTime = 10_000;

/**
 * Runs the desktop application with these captures until it ends. Comes back with why where it could
 * not start, null otherwise.
 */
export function runDesktop(
  runtime: string,
  application: string,
  files: readonly string[],
): Promise<string | null> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(runtime, [application, ...files], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      // Chromium says much that is of no use; what it said last before it failed may be.
      said = (said + text).slice(-2000);
    });
    let wasAsked = false;
    const end = (signal: NodeJS.Signals) => {
      wasAsked = true;
      child.kill(signal);
    };
    process.once("SIGINT", end).once("SIGTERM", end);
    const done = (reason: string | null) => {
      process.off("SIGINT", end).off("SIGTERM", end);
      resolve(reason);
    };
    child.once("error", (error) =>
      done(`Electron's runtime could not be started (${error.message})`),
    );
    child.once("close", (code, signal) => {
      const hasFailed = code !== 0 && !wasAsked && Date.now() - started < startTime;
      const last = said.trim().split("\n").at(-1) ?? "";
      done(hasFailed ? `Electron could not start (${last || (signal ?? `code ${code}`)})` : null);
    });
  });
}
