/** The scratch sheet in a real browser: text, frames and fields, lit together. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { samples } from "../web/test-server.js";
import { axeViolations } from "./accessibility.js";
import type { ApplicationPage } from "./application-page.js";
import { SheetPage } from "./sheet-page.js";
import { TestWindow } from "./window.js";

const session = readFileSync(join(samples, "hdlc-session.txt"), "utf8");
// Frames 5 and 6 of the sample: a request, and its answer, which was damaged on the way.
const [, , , , , request = "", damaged = ""] = session.split("\n");
// SNRM of a session with an Elster meter.
const SNRM = "7E A0 07 03 21 93 0F 01 7E";

let window: TestWindow;
let app: ApplicationPage;

beforeAll(async () => {
  window = await TestWindow.start();
}, 60_000);
afterAll(() => window.stop());
afterEach(async () => {
  expect(window.complaints).toEqual([]);
  await window.reset();
});

async function openSheet(text = ""): Promise<SheetPage> {
  app = await window.open();
  const sheet = await SheetPage.open(app);
  if (text !== "") await sheet.paste(text);
  return sheet;
}

describe("the text", () => {
  it("is decoded as one types", async () => {
    const sheet = await openSheet();
    await app.page.keyboard.type(SNRM);
    await sheet.frames(1);
    await app.row(1).getByText("SNRM").first().waitFor();
    await app.page.keyboard.type(`\n${SNRM}`);
    await sheet.frames(2);
    await app.row(2).waitFor();
    await app.page.keyboard.press("Shift+Home");
    await app.page.keyboard.press("Delete");
    await sheet.frames(1);
  });

  it("is offered examples while there is none", async () => {
    const sheet = await openSheet();
    await app.page.getByRole("heading", { name: "Paste what you have" }).waitFor();
    await app.page.getByRole("button", { name: "hdlc session" }).click();
    await sheet.frames(14);
    await app.selected(1);
  });

  it("is put into rows where an endless line of hex is pasted, or kept as it is", async () => {
    const sheet = await openSheet();
    // 30,000 SNRMs of 9 bytes: 540,000 characters.
    const count = 30_000;
    const digits = SNRM.replaceAll(" ", "");
    await app.page.evaluate(`navigator.clipboard.writeText("${digits}".repeat(${count}))`);
    const decoded = () =>
      sheet.status.filter({ hasText: /^30,000 frames\b/ }).waitFor({ timeout: 20_000 });
    // 270,000 bytes are 8437 rows of 32 and one of 16.
    const lastRow = app.page.getByText("8438", { exact: true });
    await app.page.keyboard.press("Control+V");
    await app.page.getByText(/put into rows of 32 bytes/).waitFor();
    await app.page.getByRole("button", { name: "Keep One Line" }).click();
    await decoded();
    expect(await lastRow.count()).toBe(0);
    await sheet.text.focus();
    await app.page.keyboard.press("Control+A");
    await app.page.keyboard.press("Control+V");
    await lastRow.waitFor();
    await decoded();
  });

  it("is still there on another tab, after closing, and in another window", async () => {
    const sheet = await openSheet(SNRM);
    await sheet.frames(1);
    await app.open(join(samples, "hdlc-session.txt"));
    await app.counts("14 frames");
    await app.page.getByRole("tab", { name: /Scratch sheet/ }).click();
    await sheet.characters("93 0F").waitFor();
    await sheet.text.focus();
    // Byte by byte, as typed text is undone.
    const bytes = SNRM.split(" ");
    for (const _ of bytes) await app.page.keyboard.press("Control+Z");
    await app.page.getByRole("heading", { name: "Paste what you have" }).waitFor();
    for (const _ of bytes) await app.page.keyboard.press("Control+Shift+Z");
    await sheet.frames(1);
    await app.page.getByRole("button", { name: "Close the capture" }).click();
    await sheet.text.waitFor({ state: "detached" });
    await app.page.keyboard.press("Control+Shift+V");
    await sheet.characters("93 0F").waitFor();
    const other = await window.open();
    await new SheetPage(other).characters("93 0F").waitFor();
    await other.page.context().close();
  });

  it("becomes a capture of its own", async () => {
    const sheet = await openSheet(session);
    await sheet.frames(14);
    await app.page.getByRole("button", { name: "Open as Capture" }).click();
    await app.page.getByRole("tab", { name: /Pasted text/, selected: true }).waitFor();
    await app.counts("14 frames");
    await app.bytes.or(app.list).first().waitFor();
  });

  it("is read as it is told to", async () => {
    // A get-request by itself: what stands behind the LLC header of frame 5.
    const sheet = await openSheet("C0 01 C1 00 03 01 00 01 08 00 FF 02 00");
    await sheet.frames(1);
    const framing = app.page.getByRole("combobox", { name: "Frames are" });
    await framing.selectOption("hdlc");
    await app.row(1).getByText("noise").first().waitFor();
    await framing.selectOption("apdu");
    await app.row(1).getByText("get-request-normal").first().waitFor();
  });

  it("that is too long says so", async () => {
    app = await window.open({ permissions: ["clipboard-read", "clipboard-write"] });
    const sheet = await SheetPage.open(app);
    await app.page.evaluate(`navigator.clipboard.writeText("7E ".repeat(1_500_000))`);
    await app.page.keyboard.press("Control+V");
    await app.page
      .getByRole("alert")
      // In rows the last blank is none any more.
      .getByText(/^The text has 4499999 characters/)
      .waitFor({ timeout: 30_000 });
    await sheet.paste(SNRM);
    await sheet.frames(1);
  });
});

describe("bytes and fields", () => {
  it("are lit in the tree where the caret stands", async () => {
    const sheet = await openSheet(request);
    await sheet.frames(1);
    await app.page.keyboard.press("Control+Home");
    // Behind the time, the mark and nineteen bytes: in the middle of the OBIS code.
    const at = request.indexOf("01 00 01 08 00 FF") + 6;
    for (let step = 0; step < at; step++) await app.page.keyboard.press("ArrowRight");
    await app.tree.locator('[aria-selected="true"]', { hasText: "Instance-Id" }).waitFor();
    await expect.poll(() => sheet.lit("selected")).toBe("01 00 01 08 00 FF");
    // Within the time of the line the frame is meant, and no field of it.
    await app.page.keyboard.press("Control+Home");
    await expect.poll(() => sheet.lit("selected")).toBe("");
    await app.selected(1);
  });

  it("lead from frame to frame with the caret, and with the keys of the list", async () => {
    const sheet = await openSheet(session);
    await sheet.frames(14);
    await app.page.keyboard.press("Control+Home");
    await app.page.keyboard.press("ArrowDown");
    await app.selected(1);
    await app.page.keyboard.press("F8");
    await app.selected(2);
    await app.page.keyboard.press("F8");
    await app.selected(3);
  });

  it("are lit in the text where a field is chosen or pointed at", async () => {
    const sheet = await openSheet(request);
    await sheet.frames(1);
    await app.select(1);
    await app.field("Destination address").click();
    await expect.poll(() => sheet.lit("selected")).toBe("02 23");
    await app.field("HCS").hover();
    await expect.poll(() => sheet.lit("hovered")).toBe("F6 72");
  });

  it("are explained under the pointer, in frames that are not looked at, too", async () => {
    const sheet = await openSheet(session);
    await sheet.frames(14);
    await app.page.keyboard.press("Control+Home");
    await app.selected(1);
    await sheet.hover("23 73 8F");
    const words = app.page.getByRole("tooltip").or(app.page.locator(".monaco-hover")).first();
    await words.getByText(/Frame 2: HDLC/).waitFor();
  });

  it("light the field under the pointer", async () => {
    const sheet = await openSheet(SNRM);
    await sheet.frames(1);
    await app.select(1);
    await sheet.hover("7E A0");
    await app.tree.locator("[data-hovered]", { hasText: "Flag" }).waitFor();
  });
});

describe("what is wrong", () => {
  it("is underlined, listed and explained", async () => {
    const sheet = await openSheet(damaged);
    await sheet.frames(1);
    await expect.poll(() => sheet.underlined("error")).toBe(1);
    const line = sheet.problems.getByRole("option", { name: /frame check sequence is wrong/ });
    await line.getByText(/cable, baud rate, parity/).waitFor();
    await line.click();
    await expect.poll(() => sheet.lit("selected")).toBe("8C DA");
    await app.tree.locator('[aria-selected="true"]', { hasText: "FCS" }).waitFor();
  });

  it("goes when it is mended", async () => {
    const sheet = await openSheet(damaged);
    await expect.poll(() => sheet.underlined("error")).toBe(1);
    // The makers of the sample changed the byte before 40 from E2 to F2.
    await sheet.paste(damaged.replace("F2 40", "E2 40"));
    await expect.poll(() => sheet.underlined("error")).toBe(0);
    await sheet.problems.waitFor({ state: "detached" });
  });

  it("is said of characters that are no bytes", async () => {
    const sheet = await openSheet("7E A0 07 03 2G 93 0F 01 7E");
    await sheet.problems.getByRole("option", { name: /"2G" is no byte in hex/ }).waitFor();
    await expect.poll(() => sheet.underlined("warning")).toBeGreaterThan(0);
  });
});

describe("everybody", () => {
  it("gets into the text and out of it by keys", async () => {
    const sheet = await openSheet(damaged);
    await sheet.problems.waitFor();
    await sheet.text.focus();
    await app.page.keyboard.press("Tab");
    await expect.poll(() => sheet.problems.evaluate((list) => list.matches(":focus"))).toBe(true);
    await app.page.keyboard.press("Enter");
    await expect.poll(() => sheet.text.evaluate((text) => text.matches(":focus"))).toBe(true);
    await app.page.keyboard.press("Shift+Tab");
    await expect.poll(() => sheet.text.evaluate((text) => text.matches(":focus"))).toBe(false);
  });

  it.for(["light", "dark"] as const)(
    "can read it: axe finds nothing in %s",
    async (colorScheme) => {
      app = await window.open({ colorScheme });
      const sheet = await SheetPage.open(app);
      await app.page.getByRole("heading", { name: "Paste what you have" }).waitFor();
      expect(await axeViolations(app.page)).toEqual([]);
      await sheet.paste(session);
      await sheet.frames(14);
      await app.select(6);
      await sheet.problems.waitFor();
      expect(await axeViolations(app.page)).toEqual([]);
    },
  );

  it("sees it in the colours of the window, whenever these change", async () => {
    await openSheet(SNRM);
    const colourOf = (selector: string) =>
      app.page.evaluate<string>(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`,
      );
    for (const colorScheme of ["dark", "light", "dark"] as const) {
      await app.page.emulateMedia({ colorScheme });
      await expect.poll(() => colourOf(".monaco-editor")).toBe(await colourOf("body"));
    }
    await app.runCommand("Light");
    await expect.poll(() => colourOf(".monaco-editor")).toBe("rgb(255, 255, 255)");
    await app.page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    await expect.poll(() => colourOf(".monaco-editor")).toBe("rgb(0, 0, 0)");
  });
});

describe("the window", () => {
  it("comes up without the editor, and says when it cannot be loaded", async () => {
    app = await window.open();
    const loaded = () =>
      app.page.evaluate<number>(
        `performance.getEntriesByType("resource").filter(({ name }) => /monaco|editor/.test(name)).length`,
      );
    expect(await loaded()).toBe(0);
    await app.page.route(/assets\/.*monaco.*\.js$/, (route) => route.abort());
    await app.page.keyboard.press("Control+Shift+V");
    await app.page.getByText(/The editor cannot be loaded/).waitFor();
    window.complaints.splice(0);
    await app.page.unroute(/assets\/.*monaco.*\.js$/);
    await app.page.getByRole("button", { name: "Reload the window" }).click();
    await app.page.getByRole("textbox", { name: "Hex or a log" }).waitFor();
    expect(await loaded()).toBeGreaterThan(0);
  });

  it("goes on with the text when the analyzer dies", async () => {
    const sheet = await openSheet(SNRM);
    await sheet.frames(1);
    window.server.server.killEngine();
    await app.counts("1 frame");
    await app.page.keyboard.press("Control+End");
    await app.page.keyboard.insertText(`\n${SNRM}`);
    await sheet.frames(2);
  });
});
