/** Exports from the application to a file of the browser's, as a person makes them. */
import { join } from "node:path";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readCsv } from "../analyzer/export/csv-reader.js";
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

it("downloads the frames that a filter shows, in the format that was chosen", async () => {
  app = await window.open();
  await app.open(join(samples, "hdlc-session.txt"));
  await app.counts("14 frames");
  await app.applyFilter("hdlc.control.send-sequence == 1");
  await app.status.filter({ hasText: /\b4\b/ }).waitFor();
  await app.page.keyboard.press("Control+Shift+E");
  const dialog = app.page.getByRole("dialog", { name: "Export from hdlc-session.txt" });
  await dialog.getByRole("radio", { name: "CSV" }).check();
  const { name, text } = await app.hands.save(() =>
    dialog.getByRole("button", { name: "Export" }).click(),
  );
  expect(name).toBe("hdlc-session.csv");
  const [header = [], ...rows] = readCsv(text);
  const number = header.indexOf("number");
  // N(S) = 1: the first read, its damaged answer, and both sent again.
  expect(rows.map((row) => row[number])).toEqual(["5", "6", "7", "8"]);
  await dialog.waitFor({ state: "detached" });
  await app.page.getByText("Exported 4 frames: hdlc-session.csv").waitFor();
});

it.for(["light", "dark"] as const)(
  "has a dialog that everybody can read: %s",
  async (colorScheme) => {
    app = await window.open({ colorScheme });
    await app.open(join(samples, "hdlc-session.txt"));
    await app.counts("14 frames");
    await app.runCommand("export frames as a page");
    await app.page.getByRole("radio", { name: "CSV" }).check();
    const violations = await app.page.evaluate(
      `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join("; ")))`,
    );
    expect(violations).toEqual([]);
    await app.page.keyboard.press("Escape");
    await app.page.getByRole("dialog").waitFor({ state: "detached" });
  },
);
