/** A capture in a real browser, from the dialog to the file. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readCapture } from "../../captures/open.js";
import { corpusIsHere, readItems } from "../corpus/corpus.js";
import { joinMessages, messagesOf } from "../simulator/line-message.js";
import { asTaken } from "../simulator/pace.js";
import { PtyPair, socatIsHere } from "../simulator/pty-pair.js";
import { replay } from "../simulator/replay.js";
import type { ApplicationPage } from "./application-page.js";
import { TestWindow } from "./window.js";

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

/** Fills the dialog for a serial line on these ports, and starts. */
async function capture(port: PtyPair, answers?: PtyPair): Promise<void> {
  const { page } = app;
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Capture" });
  await dialog.waitFor();
  await dialog.getByLabel(/A second port/).setChecked(answers !== undefined);
  const choices = dialog.getByLabel(/^Port( of the client's side)?$/);
  await choices.selectOption("another port");
  await dialog.getByLabel("Path of the port", { exact: true }).fill(port.near);
  if (answers !== undefined) {
    await dialog.getByLabel("Port of the meter's side").selectOption("another port");
    await dialog.getByLabel("Path of that port").fill(answers.near);
  }
  await dialog.getByRole("button", { name: "Start" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("Capturing: no frame has come yet.").waitFor();
}

/** Every row's type and words, asked for as the list does. */
async function rowsOf(name: RegExp): Promise<readonly string[]> {
  const { client } = await window.server.page();
  const { documents } = await client.ask("hello", {});
  const document = documents.findLast((one) => name.test(one.name));
  const { rows } = await client.ask("rows", {
    document: document?.id ?? "",
    start: 0,
    count: 1000,
    columns: [],
  });
  client.close();
  return rows
    .filter(({ type }) => type !== "rtac-serial")
    .map(({ direction, type, info }) => `${direction} ${type} ${info}`);
}

/** Bytes of the line in the newest recording. */
async function bytesRecorded(): Promise<number> {
  const folder = join(window.folder.path, "state", "recordings");
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith(".pcapng"))
    .sort()
    .at(-1);
  let length = 0;
  for await (const items of readCapture(join(folder, newest ?? ""))) {
    // The header of a packet of a serial line takes 12 bytes.
    for (const item of items) if (item.kind === "chunk") length += item.chunk.bytes.length - 12;
  }
  return length;
}

const session = readItems().find(({ file }) => file === "sessions/playground-hls-ciphered.jsonl");
const messages = session === undefined ? [] : messagesOf(session);
const snrm = Buffer.from("7ea00802232193bd647e", "hex");

describe.skipIf(!socatIsHere || !corpusIsHere)("a session of the corpus on a serial line", () => {
  it.for([1, 2])("has the rows of its file, on %i ports", { timeout: 60_000 }, async (ports) => {
    app = await window.open();
    const client = await layCable();
    const meter = ports === 2 ? await layCable() : undefined;
    await capture(client, meter);
    // Two ports have no order but that of their times: each side waits until the other was heard.
    const said = meter === undefined ? messages : messages.slice(0, 60);
    let sent = 0;
    const heard = async () => {
      while ((await bytesRecorded()) < sent) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await replay(said, meter === undefined ? [client] : [client, meter], {
      pace: asTaken,
      afterEach: ({ bytes }) => {
        sent += bytes.length;
      },
      ...(meter === undefined ? {} : { beforeTurn: heard }),
    });
    const path = window.folder.write(`session-${ports}.bin`, joinMessages(said));
    const { client: engine } = await window.server.page();
    const { documents } = await engine.ask("hello", {});
    const live = documents.at(-1)?.id ?? "";
    await app.open(path);
    await app.page.getByRole("tab", { name: `session-${ports}.bin` }).waitFor();
    await expect.poll(() => rowsOf(/^session/), { timeout: 20_000 }).not.toEqual([]);
    await expect
      .poll(async () => (await rowsOf(/^capture-/)).length, { timeout: 20_000 })
      .toBe((await rowsOf(/^session/)).length);
    await engine.ask("capture-stop", {});
    await expect
      .poll(
        async () => (await engine.ask("hello", {})).documents.find(({ id }) => id === live)?.status,
      )
      .toBe("ready");
    engine.close();
    const strip = (row: string) => row.replace(/^\S+ /, "");
    expect((await rowsOf(/^capture-/)).map(strip)).toEqual((await rowsOf(/^session/)).map(strip));
  });
});

describe.skipIf(!socatIsHere)("a capture in the window", () => {
  it("follows the newest frame, pauses when one scrolls up, and says how many are new", async () => {
    app = await window.open();
    const { page } = app;
    const line = await layCable();
    await capture(line);
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
    await capture(line);
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
    await capture(line);
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
    await capture(line);
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
    await capture(line);
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
