/** A capture in a real browser, from the dialog to the file. */
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import type { ApplicationPage } from "./application-page.js";
import { startCapture } from "./capture-page.js";
import { isInDesktop, TestWindow } from "./window.js";

let window: TestWindow;
let app: ApplicationPage;
const cables: PtyPair[] = [];

beforeAll(async () => {
  window = await TestWindow.start();
}, 60_000);
afterAll(() => window.stop());
afterEach(async () => {
  const { client } = await window.server.page();
  await client.ask("capture-stop", {});
  const { documents } = await client.ask("hello", {});
  for (const { id } of documents) await client.ask("close", { document: id });
  client.close();
  for (const cable of cables.splice(0)) await cable.close();
  await app.page.context().close();
  expect(window.complaints.splice(0)).toEqual([]);
});

async function layCable(): Promise<PtyPair> {
  const cable = await PtyPair.open();
  cables.push(cable);
  return cable;
}

const snrm = Buffer.from("7ea00802232193bd647e", "hex");

/** It asks the server, which the desktop has not. */
const canRun = socatIsHere && !isInDesktop;

describe.runIf(canRun)("a capture in the window", () => {
  it("follows the newest frame, pauses when one scrolls up, and says how many are new", async () => {
    app = await window.open();
    const { page } = app;
    const line = await layCable();
    await startCapture(app, { port: line });
    for (let count = 0; count < 100; count++) await line.write(snrm);
    await app.counts("100 frames");
    await app.row(100).waitFor();
    const pill = page.getByRole("button", { name: /new frames?$/ });
    await app.list.hover();
    await page.mouse.wheel(0, -420);
    for (let count = 0; count < 23; count++) await line.write(snrm);
    await app.counts("123 frames");
    await pill.filter({ hasText: "23 new frames" }).waitFor();
    expect(await app.row(123).count()).toBe(0);
    await pill.click();
    await app.row(123).waitFor();
    expect(await pill.count()).toBe(0);
    await line.write(snrm);
    await app.row(124).waitFor();
    // A filter shows what comes, too, and follows it.
    await app.applyFilter('hdlc.control.type == "SNRM"');
    await app.counts("124 of 124 frames");
    await line.write(snrm);
    await app.row(125).waitFor();
  }, 60_000);

  it("says that bytes come, and that none of them made a frame", async () => {
    app = await window.open();
    const line = await layCable();
    await startCapture(app, { port: line });
    // As a line sounds whose speed is another one.
    await line.write(Buffer.alloc(300, 0x55));
    await app.page.getByText("300 bytes have come, and no frame among them yet").waitFor();
    await line.write(snrm);
    await app.row(1).waitFor();
  });

  it("tells how the line is, stops with Ctrl+E and starts again", async () => {
    app = await window.open();
    const { page } = app;
    const line = await layCable();
    await startCapture(app, { port: line });
    const monitor = page.getByRole("contentinfo");
    await monitor.getByText("Capturing", { exact: true }).waitFor();
    await monitor.getByText("0 errors/s").waitFor();
    await line.vanish();
    await monitor.getByText(/went away/).waitFor();
    await line.return();
    await monitor.getByText("Capturing", { exact: true }).waitFor();
    await line.write(snrm);
    await app.row(1).waitFor();

    await page.keyboard.press("Control+E");
    await monitor.getByText("Capture stopped").waitFor();
    await page.keyboard.press("Control+E");
    await page.getByText("Capturing: no frame has come yet.").waitFor();
    expect(await page.getByRole("tablist", { name: "Captures" }).getByRole("tab").count()).toBe(2);
  }, 60_000);

  it("comes back with the page, and asks once before it is closed", async () => {
    app = await window.open();
    const { page } = app;
    const line = await layCable();
    await startCapture(app, { port: line });
    await line.write(snrm);
    await app.row(1).waitFor();
    await page.reload();
    await line.write(snrm);
    await app.row(2).waitFor();
    await page.getByRole("button", { name: "Close the capture" }).click();
    const question = page.getByRole("dialog", { name: "The capture is running" });
    await question.getByRole("button", { name: "Go on capturing" }).click();
    await line.write(snrm);
    await app.row(3).waitFor();
    await page.keyboard.press("Control+W");
    await question.getByRole("button", { name: "Stop and close" }).click();
    await page.getByRole("heading", { name: "Obiscope" }).waitFor();
  }, 60_000);

  it("leaves nothing for axe to find, in the dialog and while it runs", async () => {
    app = await window.open();
    const { page } = app;
    const line = await layCable();
    await page.keyboard.press("Control+K");
    const dialog = page.getByRole("dialog", { name: "Capture" });
    await dialog.getByLabel(/A ring of files/).check();
    await dialog.getByLabel("Line", { exact: true }).selectOption("own");
    await dialog.getByLabel("Baud").fill("fast");
    await dialog.getByRole("button", { name: "Start" }).click();
    await dialog.getByText("The speed is a whole number").waitFor();
    expect(await violations()).toEqual([]);
    await dialog.getByLabel(/A ring of files/).uncheck();
    await dialog.getByLabel("Line", { exact: true }).selectOption("hdlc");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await startCapture(app, { port: line });
    for (let count = 0; count < 60; count++) await line.write(snrm);
    await app.row(60).waitFor();
    await app.list.hover();
    await page.mouse.wheel(0, -420);
    await page.getByRole("button", { name: "Paused" }).waitFor();
    expect(await violations()).toEqual([]);
  });
});

async function violations(): Promise<readonly string[]> {
  await app.page.evaluate(axe.source);
  return app.page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe };
    const result = await here.run();
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`,
    );
  });
}
