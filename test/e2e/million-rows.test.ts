/** A list of a million rows, on screens of one and of two pixels to the pixel; a filter that takes long. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestFolder } from "../analyzer/test-folder.js";
import { writeCapture } from "../bench/captures.js";
import { TestWindow } from "./window.js";

const rows = 1_000_000;
const folder = new TestFolder();
let window: TestWindow;

beforeAll(async () => {
  const capture = join(folder.path, "million.pcap");
  writeCapture(capture, "udp", rows);
  window = await TestWindow.start({ files: [capture] });
}, 120_000);
afterAll(async () => {
  await window.stop();
  folder.remove();
});

describe("a list of a million rows", () => {
  it.for([1, 2])(
    "shows the last one at a ratio of %d",
    { timeout: 120_000 },
    async (deviceScaleFactor) => {
      const app = await window.open({ deviceScaleFactor });
      await app.counts("1,000,000 frames", 100_000);
      await app.list.focus();
      await app.page.keyboard.press("Control+End");
      await app.selected(rows);
      // It stands within the list, its neighbours above it, nothing below.
      const [last, before, box] = await Promise.all([
        app.row(rows).boundingBox(),
        app.row(rows - 1).boundingBox(),
        app.list.boundingBox(),
      ]);
      if (last === null || before === null || box === null)
        throw new Error("the rows are not in the window");
      expect(before.y + before.height).toBeCloseTo(last.y, 0);
      expect(last.y + last.height).toBeLessThanOrEqual(box.y + box.height + 1);
      // Any frame by its number, too.
      await app.page.keyboard.press("Control+G");
      await app.page.getByRole("dialog").getByRole("textbox").fill("777777");
      await app.page.keyboard.press("Enter");
      await app.selected(777_777);
      await window.close();
    },
  );
});

describe("a filter that reads every frame", () => {
  it("can be cancelled: the rows of the last one stay", { timeout: 120_000 }, async () => {
    const app = await window.open();
    await app.counts("1,000,000 frames", 100_000);
    // Every second packet is a request.
    await app.applyFilter('xdlms.service == "get-request"');
    await app.counts("500,000 of 1,000,000 frames");
    await app.row(1).waitFor();
    // No value is that large: a million frames are looked into for nothing.
    await app.applyFilter("cosem.value > 99999999999999");
    const progress = app.page.getByRole("search").getByRole("progressbar", { name: "Filtering" });
    await progress.waitFor();
    // Meanwhile the window does everything else.
    await app.select(3);
    await app.page.getByRole("button", { name: "answered by frame 4" }).waitFor();
    await app.page.getByRole("search").getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    expect(await app.status.textContent()).toBe("500,000 of 1,000,000 frames");
    await app.row(5).waitFor();
    expect(await app.row(4).count()).toBe(0);
    // The bar says again what the rows are.
    await expect.poll(() => app.filter.inputValue()).toBe('xdlms.service == "get-request"');
    await window.close();
  });
});
