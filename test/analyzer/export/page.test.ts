/** An exported page in a real browser: tree and bytes linked both ways, by pointer and by keys. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DecodeCaptureOptions, decodeCapture, loadKeyFile } from "../../../analyzer/index.js";
import { makePageParts, readPageParts } from "../../../build/export-page.js";
import type { Frame } from "../../../decoder/index.js";
import { launchBrowser } from "../../browser/launch.js";
import { TestFolder } from "../test-folder.js";
import { exportFrames } from "./export-frames.js";

const samples = join(import.meta.dirname, "../../../captures/samples");
const folder = new TestFolder();
let browser: Browser;
let page: Page;
let faults: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  folder.remove();
});

beforeEach(async () => {
  faults = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) faults.push(`asks for ${request.url()}`);
  });
});
afterEach(async () => {
  expect(faults).toEqual([]);
  await page.close();
});

async function framesOf(sample: string, options: DecodeCaptureOptions = {}): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const group of decodeCapture(join(samples, sample), { ...options, tree: true })) {
    frames.push(...group);
  }
  return frames;
}

async function show(text: string, name = "trace.html"): Promise<void> {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  await page.goto(pathToFileURL(path).href);
}

const session = async () => show(exportFrames("html", await framesOf("hdlc-session.txt")));

/** The bytes that are lit in the source of that place, in their order. */
const litBytes = (frame: string, source = 0, className = "lit") =>
  page
    .locator(`#${frame} .source`)
    .nth(source)
    .locator(`.byte.${className}`)
    .allTextContents()
    .then((texts) => texts.join(" "));

const open = (frame: string) => page.click(`#${frame} .line`);
const field = (frame: string, name: string) =>
  page.locator(`#${frame} .field`, { has: page.getByText(name, { exact: true }) }).first();

describe("an exported page", () => {
  it("lists the frames with what they mean and what is wrong with them", async () => {
    await session();
    expect(await page.locator(".line").count()).toBe(14);
    expect(await page.locator("#f8 .meaning").textContent()).toContain(
      "Active energy import (+A) total = 123456",
    );
    expect(await page.locator("#f6 .verdict").textContent()).toContain("error");
    expect(await page.locator("#f6 .findings").textContent()).toMatch(
      /hdlc\.fcs-mismatch.*IEC 62056-46.*Check: /,
    );
    expect(await page.locator("footer").textContent()).toMatch(/^14 frames; 1 with error/);
  });

  it("lights the bytes of a field under the pointer", async () => {
    await session();
    await open("f8");
    // The sample's frame 8: 7e a0 16 21 02 23 ...; behind the length field stand 21, the client 16,
    // and 02 23, the server 1/17 (IEC 62056-46, address fields).
    await field("f8", "Source address").hover();
    expect(await litBytes("f8")).toBe("02 23");
    expect(await page.locator("#f8 .words").textContent()).toContain(
      "hdlc.source; 2 bytes at 0x0004",
    );
    await field("f8", "Frame length").hover();
    expect(await litBytes("f8")).toBe("a0 16");
    await page.hover("h1");
    expect(await litBytes("f8")).toBe("");
  });

  it("lights the deepest field of a byte under the pointer, and keeps it lit after a click", async () => {
    await session();
    await open("f8");
    const byte = page.locator("#f8 .byte").nth(5);
    await byte.hover();
    // 0x23: the lower half of the server's address, 17 shifted left with the end bit.
    expect(await page.locator("#f8 .field.lit .name").textContent()).toBe("Lower HDLC address");
    await byte.click();
    await page.hover("h1");
    expect(await litBytes("f8")).toBe("23");
    expect(await page.locator("#f8 .field[aria-selected]").textContent()).toContain("17");
    await field("f8", "Flag").hover();
    expect(await litBytes("f8")).toBe("7e");
    await page.hover("h1");
    expect(await litBytes("f8")).toBe("23");
    await byte.press("Escape");
    await byte.evaluate((focused) => (focused as unknown as { blur(): void }).blur());
    expect(await litBytes("f8")).toBe("");
  });

  it("shows where deciphered bytes stood", async () => {
    const keySets = await loadKeyFile(join(samples, "ciphered-push.keys.json"));
    await show(exportFrames("html", await framesOf("ciphered-push.txt", { keySets })));
    await open("f1");
    expect(await page.locator("#f1 .source .what").allTextContents()).toEqual([
      "frame, 82 bytes",
      "decrypted, 39 bytes",
    ]);
    await page.locator("#f1 .source").nth(1).locator(".byte").first().hover();
    expect(await litBytes("f1", 1)).toBe("0f");
    // The first byte of the ciphertext: behind 30 (security control) and 00000001 (counter).
    expect(await litBytes("f1", 0, "origin")).toBe("de");
  });

  it("does all of it by keys alone", async () => {
    await session();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.locator("#f2 .line").getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Tab");
    // Between the line and its tree: the UA answers the SNRM.
    expect(await page.locator("a:focus").getAttribute("href")).toBe("#f1");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await litBytes("f2")).toBe("a0 21");
    await page.keyboard.press("ArrowLeft");
    expect(await field("f2", "Frame length").isVisible()).toBe(false);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await page.locator("#f2 .field.lit .name").textContent()).toBe("Format type");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    // Byte 0x11 of the UA: in its information field (7e a0 21 21 02 23 73 8f 72 81 80 14 ...).
    expect(await page.locator("#f2 .byte:focus").getAttribute("aria-label")).toMatch(
      /^\w\w at 17: /,
    );
    expect(await page.locator("#f2 .field.lit").count()).toBe(1);
  });

  it("leads from a request to its answer and back, where they are in the page", async () => {
    await session();
    // Frame 7 is the read sent again, 8 its answer.
    expect(await page.locator("#f8 .links").textContent()).toBe("answers 7 after 250.0 ms");
    expect(await page.locator("#f7 .links").textContent()).toBe("answered by 8");
    await page.click("#f7 .links a");
    await page.locator("#f8 .tree").waitFor();
    expect(await page.locator("#f8 .line").evaluate((line) => line.matches(":focus"))).toBe(true);
    await page.click("#f8 .links a");
    await page.locator("#f7 .tree").waitFor();
    expect(page.url()).toMatch(/#f7$/);
    // Not hidden behind the head of the list, which stays at the top.
    const [head, line] = [page.locator(".head"), page.locator("#f7 .line")];
    const [bottom, top] = await Promise.all([
      head.evaluate((element) => element.getBoundingClientRect().bottom),
      line.evaluate((element) => element.getBoundingClientRect().top),
    ]);
    expect(top).toBeGreaterThanOrEqual(bottom - 1);
  });

  it("has the number of a frame that is not in the page as a word", async () => {
    const frames = await framesOf("hdlc-session.txt");
    await show(exportFrames("html", frames.slice(7, 10)));
    const hrefs = (frame: string) =>
      page
        .locator(`#${frame} .links a`)
        .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("href")]));
    // Frames 8 to 10: the answer to 7, and a request with its answer.
    expect(await hrefs("f8")).toEqual([["7", null]]);
    expect(await hrefs("f9")).toEqual([["10", "#f10"]]);
    expect(await hrefs("f10")).toEqual([["9", "#f9"]]);
  });

  it("leads to the frame that completes a message, and from there to its parts", async () => {
    const keySets = await loadKeyFile(join(samples, "meter-day.keys.json"));
    const frames = await framesOf("meter-day.pcapng", { keySets });
    // The object list comes in two blocks: frame 16 asks for it, 18 for the second block.
    await show(exportFrames("html", frames.slice(15, 19)));
    await page.locator("#f17 .links").getByText("read in 19").waitFor();
    await page.locator("#f17 .links a", { hasText: "19" }).click();
    await page.locator("#f19 .tree").waitFor();
    await page.locator("#f19 .links").getByText("joined with 17").waitFor();
    await page.locator("#f19 .links a", { hasText: "17" }).click();
    await page.locator("#f17 .tree").waitFor();
  });

  it("opens the frame that its address names, and all at once", async () => {
    await session();
    await page.goto(`${page.url()}#f5`);
    await page.locator("#f5 .tree").waitFor();
    await page.click("#all");
    expect(await page.locator(".tree").count()).toBe(14);
    await page.click("#all");
    expect(await page.locator(".tree").count()).toBe(0);
  });

  it.for(["light", "dark"] as const)("has nothing that axe objects to: %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await session();
    await open("f6");
    await field("f6", "FCS").click();
    // The page's own policy lets no other script in: it runs from outside of it.
    const violations = await page.evaluate(
      `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join("; ")))`,
    );
    expect(violations).toEqual([]);
  });

  it("is read as XML by a browser, too", async () => {
    await page.goto("about:blank");
    const text = exportFrames("xml", await framesOf("hdlc-session.txt"));
    const found = await page.evaluate(
      `(() => {
        const read = new DOMParser().parseFromString(${JSON.stringify(text)}, "application/xml");
        return [read.querySelectorAll("parsererror").length, read.documentElement.children.length];
      })()`,
    );
    expect(found).toEqual([0, 14]);
  });
});

describe("the parts of the page", () => {
  it("are made of what stands in page/", async () => {
    expect(await readPageParts()).toBe(await makePageParts());
  });
});
