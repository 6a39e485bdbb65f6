/** Fields and bytes in a real browser: menus, the way out of a field, deciphered bytes. */
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { samples } from "../web/test-server.js";
import type { ApplicationPage } from "./application-page.js";
import { TestWindow } from "./window.js";

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

async function openFrame(sample: string, frame: number): Promise<void> {
  app = await window.open();
  await app.open(join(samples, sample));
  await app.select(frame);
  await app.tree.getByRole("row").first().waitFor();
}

const clipboard = () => app.hands.clipboard();
const choose = (name: string) => app.page.getByRole("menuitem", { name, exact: true }).click();

it("leads from a byte to its field, and to the one around it", async () => {
  await openFrame("hdlc-session.txt", 7);
  // The OBIS code is bytes 17 to 22, the attribute descriptor 15 to 23.
  await app.byte(19).click();
  await expect.poll(() => app.marked("selected")).toEqual([17, 18, 19, 20, 21, 22]);
  await app.byte(19).click();
  await expect.poll(() => app.marked("selected")).toHaveLength(9);
});

it("copies bytes in the shapes that people paste", async () => {
  await openFrame("hdlc-session.txt", 7);
  await app.byte(19).click({ button: "right" });
  await choose("Copy as Hex with Spaces");
  await expect.poll(clipboard).toBe("01 00 01 08 00 FF");
  await app.bytes.press("Control+c");
  await expect.poll(clipboard).toBe("0100010800ff");
});

it("makes a filter of a field", async () => {
  await openFrame("hdlc-session.txt", 7);
  await app.byte(19).click();
  await app.tree.locator('[aria-selected="true"]').click({ button: "right" });
  await app.page.getByRole("menuitem", { name: "Prepare as Filter" }).press("ArrowRight");
  await choose("Not Selected");
  await expect.poll(() => app.filter.inputValue()).toBe("!(cosem.obis == 1-0:1.8.0*255)");
  await app.counts("14 frames");
});

it("lights deciphered bytes where they stood in the frame", async () => {
  await openFrame("ciphered-push.txt", 1);
  await app.importKeys(join(samples, "ciphered-push.keys.json"));
  await app.page.getByRole("tab", { name: /^Decrypted/ }).click();
  await app.byte(0).click();
  const [first] = await app.marked("selected");
  expect(first).toBe(0);
  const { length } = await app.marked("selected");
  await app.page.getByRole("tab", { name: /^Frame \d/ }).click();
  // Behind link (9), LLC (3), tag (1), system title (1 + 8), length (1), security control (1), counter (4).
  await expect.poll(() => app.marked("selected")).toHaveLength(length);
  expect((await app.marked("selected"))[0]).toBe(28);
});
