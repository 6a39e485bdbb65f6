/**
 * The application, as it is served to a real browser, beside the budgets of its design: how soon it is
 * there, how smooth it is with a million frames, how it takes a gigabyte. Figures, nothing that fails.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { cpus, loadavg, release, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../browser/launch.js";
import { BenchWindow, pictureBudget, type Smoothness } from "./bench-window.js";
import { writeCapture } from "./captures.js";
import { ServedApplication } from "./served-application.js";

const million = 1_000_000;
/** What `writeCapture` makes of this many packets is 1 GB. */
const gigabyte = 7_150_000;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const milliseconds = (time: number) =>
  time < 10_000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(1)} s`;
const counts = "document.querySelector('[data-testid=counts]')?.textContent";
const isReady = `document.querySelector('progress') === null`;
/** The first row with its texts, which is what a person waits for. */
const isFirstRow = "document.querySelector('[data-frame=\"1\"]')?.textContent.includes('GET')";

function say(what: string, figure: string, budget = ""): void {
  console.log(`  ${what.padEnd(46)} ${figure.padEnd(40)} ${budget}`);
}

function sayTime(what: string, time: number, budget?: number): void {
  const beside =
    budget === undefined
      ? ""
      : `budget ${milliseconds(budget)}, ratio ${(time / budget).toFixed(2)}`;
  say(what, milliseconds(time), beside);
}

function saySmoothness(what: string, smoothness: Smoothness) {
  const { worst, typical, late, pictures, longestWork } = smoothness;
  const work = longestWork === null ? "" : `, longest work ${longestWork.toFixed(0)} ms`;
  say(
    what,
    `worst picture ${worst.toFixed(0)} ms${work}`,
    `budget ${pictureBudget} ms, ${late} of ${pictures} later; typical ${typical.toFixed(0)} ms`,
  );
}

/** A capture in a folder of captures that later runs use again. */
function captureFolder(name: string, count: number): { folder: string; file: string } {
  const folder = join(tmpdir(), "obiscope-bench-captures", name);
  mkdirSync(folder, { recursive: true });
  const file = `${name}-${count}.pcap`;
  const path = join(folder, file);
  if (!existsSync(path)) {
    writeCapture(`${path}.new`, "mixed", count);
    renameSync(`${path}.new`, path);
  }
  // The mark of the run before: this one sets it, and would take it away.
  rmSync(`${path}.obiscope.json`, { force: true });
  console.log(`${name}: ${count.toLocaleString("en")} packets, ${megabytes(statSync(path).size)}`);
  return { folder, file };
}

/** From the start of the program to a window that takes keys; the browser is there already. */
async function measureStart(browser: Browser): Promise<void> {
  console.log("start");
  const started = performance.now();
  const application = await ServedApplication.start([]);
  const told = performance.now();
  const window = await BenchWindow.open(browser, application.address);
  sayTime("obiscope serve says where it is", told - started);
  sayTime("a usable window", performance.now() - started, 2000);
  await window.close();
  await application.stop();
}

/** `budget` of the engine, in bytes. */
async function sayMemory(
  application: ServedApplication,
  window: BenchWindow,
  budget?: number,
): Promise<void> {
  const { rss, peak, heapUsed, arrayBuffers } = await application.memory();
  const beside =
    budget === undefined
      ? ""
      : `budget ${megabytes(budget)}, ratio ${((heapUsed + arrayBuffers) / budget).toFixed(2)}`;
  say(
    "memory of the engine",
    `${megabytes(heapUsed)} + ${megabytes(arrayBuffers)} in arrays`,
    beside,
  );
  say("memory of its process", `${megabytes(rss)} now, ${megabytes(peak)} at most`);
  say("memory of the page", megabytes(await window.memory()));
}

async function measureMillion(browser: Browser): Promise<void> {
  const { folder, file } = captureFolder("million", million);
  const application = await ServedApplication.start(["--captures", folder]);
  const window = await BenchWindow.open(browser, application.address);
  const { app, page } = window;
  // What traces the page makes it slower just when it begins.
  const opening = await window.during(
    async () => sayTime("first rows", await window.wait(isFirstRow, () => window.open(file)), 300),
    { traced: false },
  );
  saySmoothness("while it opens", opening);
  const full = `${counts} === '${million.toLocaleString("en")} frames' && ${isReady}`;
  const reading = await window.during(
    async () => sayTime("full index", await window.wait(full, async () => {})),
    { traced: false },
  );
  saySmoothness("while it is read", reading);
  await sayMemory(application, window, 150e6);

  saySmoothness("wheel", await window.during(() => window.turnWheel(300)));
  saySmoothness("drag of the thumb", await window.during(() => window.dragThumb()));
  await app.list.focus();
  const last = `document.querySelector('[data-frame="${million}"]')?.textContent.includes('GET')`;
  sayTime(
    "a jump to the end: its rows are seen",
    await window.wait(last, () => page.keyboard.press("Control+End")),
  );
  await page.keyboard.press("Control+Home");
  saySmoothness("Page Down held", await window.during(() => window.hold("PageDown", 200)));
  saySmoothness(
    "Arrow Down held, with tree and bytes",
    await window.during(() => window.hold("ArrowDown", 200)),
  );
  const selecting = await window.during(async () => {
    const waits = [...(await window.selectRows(40))].sort((a, b) => a - b);
    sayTime("a frame is selected: its bytes are seen", waits[waits.length >> 1] ?? 0);
    sayTime("  the slowest of 40", waits.at(-1) ?? 0);
  });
  saySmoothness("selecting frames", selecting);

  const shallow = 'xdlms.service == "get-response" && latency > 0.2ms';
  const typing = await window.during(async () => {
    await app.filter.click();
    await app.filter.pressSequentially(shallow, { delay: 25 });
  });
  saySmoothness("typing a filter", typing);
  sayTime("filter over columns", await window.filter(shallow));
  const deep = "cosem.value > 4294967290";
  const filtering = await window.during(
    async () => sayTime("filter on a deep field", await window.filter(deep)),
    { traced: false },
  );
  saySmoothness("while it filters", filtering);
  saySmoothness("wheel under a filter", await window.during(() => window.turnWheel(100)));

  await app.filter.fill("cosem.value > 4294967291");
  await app.filter.press("Enter");
  const cancel = page.getByRole("button", { name: "Cancel" });
  await cancel.waitFor();
  sayTime("a filter is cancelled", await window.wait(isReady, () => cancel.click()));
  await sayMemory(application, window, 150e6);
  await window.close();
  await application.stop();
}

async function measureGigabyte(browser: Browser): Promise<void> {
  const { folder, file } = captureFolder("gigabyte", gigabyte);
  const application = await ServedApplication.start(["--captures", folder]);
  const window = await BenchWindow.open(browser, application.address);
  const { page, app } = window;
  // What traces the page makes it slower just when it begins.
  const opening = await window.during(
    async () => sayTime("first rows", await window.wait(isFirstRow, () => window.open(file)), 300),
    { traced: false },
  );
  saySmoothness("while it opens", opening);
  saySmoothness("wheel while it is read", await window.during(() => window.turnWheel(200)));
  saySmoothness("thumb while it is read", await window.during(() => window.dragThumb()));
  await app.list.focus();
  saySmoothness(
    "Page Down while it is read",
    await window.during(() => window.hold("PageDown", 100)),
  );
  const selecting = await window.during(async () => {
    const waits = [...(await window.selectRows(20))].sort((a, b) => a - b);
    sayTime("a frame is selected while it is read", waits[waits.length >> 1] ?? 0);
  });
  saySmoothness("selecting while it is read", selecting);

  await page.keyboard.press("Control+M");
  await page.getByText("1 marked").waitFor();
  await page.evaluate(`bench.many = () => Number(${counts}.replace(/\\D/g, ''))`);
  await page.evaluate(`bench.when(() => bench.many() > ${gigabyte / 2})`);
  application.killEngine();
  await page.evaluate("bench.pressed = performance.now()");
  const lost = await window.wait(`bench.many() < ${gigabyte / 2}`, async () => {});
  sayTime("the engine is killed half way: it is told", lost);
  const back = await window.during(async () => {
    const isBack = `bench.many() > 0 && document.body.textContent.includes('1 marked') && document.querySelector('[data-frame]')?.textContent.includes('GET')`;
    sayTime("  rows and marks are back", await window.wait(isBack, async () => {}));
  });
  saySmoothness("  while it comes back", back);
  const full = `bench.many() === ${gigabyte} && ${isReady}`;
  const rest = await window.during(
    async () => sayTime("  full index, from the kill", await window.wait(full, async () => {})),
    { traced: false },
  );
  saySmoothness("while it is read, nothing pressed", rest);
  await sayMemory(application, window);
  await window.close();
  await application.stop();
}

/** `large`: with the part that needs a capture of a gigabyte. */
export async function benchApplication(large: boolean): Promise<void> {
  const [processor] = cpus();
  console.log(
    `the application on ${type()} ${release()}, ${cpus().length} x ${processor?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const browser = await launchBrowser();
  try {
    await measureStart(browser);
    await measureMillion(browser);
    if (large) await measureGigabyte(browser);
  } finally {
    await browser.close();
  }
  console.log(`load at the end ${loadavg()[0]?.toFixed(1)}`);
}
