/** The key file in its editor: completed, checked, taken, and gone from the page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { samples } from "../web/test-server.js";
import { TestWindow } from "./window.js";

let window: TestWindow;
beforeAll(async () => {
  window = await TestWindow.start();
}, 120_000);
afterAll(() => window?.stop());

const { keySets } = JSON.parse(readFileSync(join(samples, "ciphered-push.keys.json"), "utf8")) as {
  readonly keySets: readonly Readonly<Record<string, string>>[];
};
const { globalUnicastEncryptionKey: unicast = "", authenticationKey: authentication = "" } =
  keySets[0] ?? {};

it("is completed, checked while one types, and opens frames when it is saved", async () => {
  const app = await window.open();
  const { page } = app;
  await app.open(join(samples, "ciphered-push.txt"));
  await app.row(1).waitFor();
  await page.keyboard.press("Control+Shift+K");
  await page.getByRole("button", { name: /Edit all of them/ }).click();
  const dialog = page.getByRole("dialog", { name: "Key file" });
  const code = dialog.getByRole("code");
  const list = dialog.getByRole("listbox");
  await code.getByText("keySets").waitFor();

  // An empty file is begun by a completion; the title of the sender is known.
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await dialog.getByText("The key file is empty.").waitFor();
  await page.keyboard.press("Control+Space");
  await list.getByText("key file").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("meter 1");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+Space");
  await list.getByText("4d4d4d0000bc614e").waitFor();
  await page.keyboard.press("Enter");

  // 15 bytes are told by their place, and what saves the file leads there.
  await page.keyboard.press("Tab");
  await page.keyboard.type(unicast.slice(2));
  await dialog.getByText("This has 15 bytes; 16 or 32 bytes are needed.").waitFor();
  await page.keyboard.press("Control+S");
  await dialog.getByRole("alert").filter({ hasText: "has 15 bytes" }).waitFor();
  expect(await dialog.getByRole("alert").textContent()).not.toContain(unicast.slice(2));
  // The whole value is selected now, with its quotes.
  await page.keyboard.type(`"${unicast}`);
  await dialog.getByText("Line 7: The value is empty.").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(authentication);
  await dialog.getByText("No fault.").waitFor();
  await page.keyboard.press("Control+S");
  await dialog.waitFor({ state: "detached" });

  await app.row(1).getByText("[decrypted]").waitFor();
  for (const key of [unicast, authentication]) expect(await page.content()).not.toContain(key);

  // Opened again, words stand for the keys; with one of them taken away, the other stays.
  await page.keyboard.press("Control+Shift+K");
  await page.getByRole("button", { name: /Edit all of them/ }).click();
  await code.getByText(/kept\s\d+\/authenticationKey/).waitFor();
  await code.getByText(/kept\s\d+\/authenticationKey/).hover();
  await page.getByText(/stands for the key of meter 1/).waitFor();
  expect(window.complaints).toEqual([]);
}, 60_000);
