/** The frame as JSON and XML: it follows the selection, and can be searched and copied. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { samples } from "../web/test-server.js";
import { TestWindow } from "./window.js";

let window: TestWindow;
beforeAll(async () => {
  window = await TestWindow.start();
}, 120_000);
afterAll(() => window?.stop());

it("is shown with its APDU first, in both formats, and follows the selection", async () => {
  const app = await window.open();
  const { page } = app;
  await app.open(join(samples, "hdlc-session.txt"));
  await app.select(8);
  await app.row(8).click({ button: "right" });
  await page.getByRole("menuitem", { name: "View as JSON or XML" }).click();
  const panel = page.getByRole("tabpanel");
  const code = panel.getByRole("code");
  await code.getByText('"get-response-normal"').first().waitFor();

  // Frame 6 is damaged; its register has the value 127552, as its bytes 01 f2 40 say.
  await app.select(6);
  const clipboard = () => app.hands.clipboard();
  // Frame 8 has the same value: the panel may still show that one for a moment.
  await expect
    .poll(async () => {
      await panel.getByRole("button", { name: "Copy" }).click();
      return JSON.parse(await clipboard()).number;
    })
    .toBe(6);
  await page.getByText("Copied.").waitFor();
  await panel.getByRole("button", { name: "Find" }).click();
  await panel.getByRole("textbox", { name: "Find" }).fill("127552");
  await panel.getByText(/^[?\d]+ of [1-9]\d*$/).waitFor();
  const copied = await clipboard();
  expect(JSON.parse(copied)).toMatchObject({
    number: 6,
    apdu: { result: { data: { type: "double-long-unsigned", value: 0x01f240 } } },
  });
  expect(JSON.parse(copied)).not.toHaveProperty("tree");

  await panel.getByRole("radio", { name: "XML" }).check();
  await panel.getByRole("checkbox", { name: "with all fields" }).check();
  await code.getByText("<apdu>").waitFor();
  await panel.getByRole("button", { name: "Copy" }).click();
  await expect
    .poll(clipboard)
    .toMatch(/^<\?xml[\s\S]*<value type="number">127552<\/value>[\s\S]*<tree type="array">/);
  // It is for reading.
  await code.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await code.getByText("</frames>").waitFor();
  expect(window.complaints).toEqual([]);
}, 60_000);
