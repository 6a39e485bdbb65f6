/**
 * Takes the README's pictures of the built application, on the sample and with its keys:
 * `npm run pictures`, after `npm run build`. Names of pictures after it: only those.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Page } from "playwright-core";
import { launchBrowser } from "../test/browser/launch.js";
import { ApplicationPage } from "../test/e2e/application-page.js";

interface Picture {
  readonly name: string;
  readonly theme: "light" | "dark";
  /** From the window with the sample open to what the picture shows. */
  readonly prepare: (app: ApplicationPage) => Promise<void>;
}

const pictures: readonly Picture[] = [
  { name: "window", theme: "light", prepare: showDecryptedValue },
  { name: "dark", theme: "dark", prepare: showDecryptedValue },
  {
    name: "problem",
    theme: "light",
    prepare: async (app) => {
      await app.list.press("F2");
      await app.page.keyboard.press("F1");
      await app.page
        .getByRole("tabpanel", { name: "Explain" })
        .getByRole("heading")
        .first()
        .waitFor();
    },
  },
  { name: "scratch", theme: "light", prepare: showScratchSheet },
];

/** A register's value that was ciphered: its field, and its bytes in the plaintext. */
async function showDecryptedValue(app: ApplicationPage): Promise<void> {
  await app.page.keyboard.press("Control+G");
  await app.page.getByRole("dialog").getByRole("textbox").fill("27");
  await app.page.keyboard.press("Enter");
  await app.selected(27);
  await app.page.getByRole("tab", { name: /decrypted/i }).click();
  await app.tree.focus();
  await app.page.keyboard.press("End");
}

/** A log in the sheet, and the frame in it that is damaged. */
async function showScratchSheet(app: ApplicationPage): Promise<void> {
  await app.page.keyboard.press("Control+Shift+V");
  // The editor comes with the first sheet.
  await app.page.getByText("Paste or type hex").waitFor();
  await app.page.getByRole("button", { name: "hdlc session" }).click();
  await app.select(6);
}

const root = join(import.meta.dirname, "..");
const samples = join(root, "captures/samples");
/** A picture that takes longer than the rest of the README is not worth it. In bytes. */
const largest = 160_000;

const folder = mkdtempSync(join(tmpdir(), "obiscope-pictures-"));
// A copy: what is noted about a capture is kept beside it.
const capture = join(folder, "meter-day.pcapng");
copyFileSync(join(samples, "meter-day.pcapng"), capture);
const server = startServer(capture);
const browser = await launchBrowser();
try {
  const address = await addressOf(server);
  const wanted = process.argv.slice(2);
  mkdirSync(join(root, "build/pictures"), { recursive: true });
  for (const picture of pictures) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    const page = await browser.newPage({
      viewport: { width: 1140, height: 680 },
      colorScheme: picture.theme,
      reducedMotion: "reduce",
    });
    await take(page, address, picture);
    await page.close();
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function take(page: Page, address: string, { name, prepare }: Picture): Promise<void> {
  await page.goto(address);
  const app = new ApplicationPage(page);
  await app.counts("67 frames");
  await prepare(app);
  // Nothing is under the pointer, and fonts and answers are there.
  await page.mouse.move(0, 0);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  const path = join(root, "build/pictures", `${name}.png`);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1000)} kB`);
  if (size > largest) throw new Error(`${name} is larger than ${largest / 1000} kB`);
}

/** The command as it is built, with settings of its own. */
function startServer(file: string): ChildProcess {
  const keys = join(samples, "meter-day.keys.json");
  const own = { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder };
  return spawn(process.execPath, [join(root, "dist/cli.js"), "serve", "--keys", keys, file], {
    env: { ...process.env, ...own },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("The server has no output.");
  for await (const line of createInterface(stdout)) {
    const address = /http:\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error("The server did not say where it is.");
}
