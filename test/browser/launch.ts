/** A real browser for the tests: one that is installed, or the one that comes as a package. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const installed = [
  process.env["OBISCOPE_BROWSER"],
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Quiet where there is no network but this machine's. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser that is installed, or the package's, which is unpacked where it is not yet. */
export async function executableOf(): Promise<{
  readonly path: string;
  readonly isPackaged: boolean;
}> {
  const found = installed.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return { path: found, isPackaged: false };
  // The package unpacks the libraries that it needs where it believes itself on a bare host.
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs20.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return { path: await packaged.executablePath(), isPackaged: true };
}

/** Starts a browser. To be closed. */
export async function launchBrowser(): Promise<Browser> {
  const { path, isPackaged } = await executableOf();
  if (!isPackaged) return chromium.launch({ executablePath: path, args: flags });
  const libraries = join(tmpdir(), "al2023", "lib");
  const before = process.env["LD_LIBRARY_PATH"];
  return chromium.launch({
    executablePath: path,
    args: flags,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: before === undefined ? libraries : `${libraries}:${before}`,
      FONTCONFIG_PATH: join(tmpdir(), "fonts"),
    },
  });
}
