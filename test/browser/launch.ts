/** A real browser for the tests: one that is installed, or the one that comes as a package. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packaged from "@sparticuz/chromium";
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

/** Starts a browser. To be closed. */
export async function launchBrowser(): Promise<Browser> {
  const found = installed.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return chromium.launch({ executablePath: found, args: flags });
  // The package unpacks the libraries that it needs where it believes itself on a bare host.
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs20.x";
  const executablePath = await packaged.executablePath();
  const libraries = join(tmpdir(), "al2023", "lib");
  const before = process.env["LD_LIBRARY_PATH"];
  return chromium.launch({
    executablePath,
    args: flags,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: before === undefined ? libraries : `${libraries}:${before}`,
      FONTCONFIG_PATH: join(tmpdir(), "fonts"),
    },
  });
}
