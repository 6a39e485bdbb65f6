/** A capture on a disk that becomes full, in a real browser. */
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCapture } from "../../captures/open.js";
import { launchBrowser } from "../browser/launch.js";
import { freePort } from "../free-port.js";
import { SmallDisk } from "../small-disk.js";
import { TestServer } from "../web/test-server.js";
import { ApplicationPage } from "./application-page.js";
import { browserHands } from "./shell-hands.js";

/** The first request of the sample session: its SNRM. */
const snrm = Buffer.from("7ea00802232193bd647e", "hex");

// The desktop has the same processes, and its folders are not on a disk of the test.
const isHere = SmallDisk.isPossible && process.env["OBISCOPE_SHELL"] !== "electron";

describe.skipIf(!isHere)("a capture whose disk is full", () => {
  let disk: SmallDisk | null;
  let server: TestServer;
  let browser: Browser;
  let peer: Socket;
  beforeAll(async () => {
    disk = SmallDisk.mount();
    // Recordings, frames aside and copies.
    server = await TestServer.start({ engine: TestServer.engineIn(disk?.path ?? "") });
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    peer?.destroy();
    await browser?.close();
    await server?.stop();
    disk?.unmount();
  });

  it("says so all the time, shows on what comes, and is saved with all of it", async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(server.server.address);
    await page.getByTestId("file-chooser").waitFor({ state: "attached" });
    const app = new ApplicationPage(page, browserHands(page));
    const { client } = await server.page();
    const tap = { kind: "listen", host: "127.0.0.1", port: await freePort() } as const;
    const { document } = await client.ask("capture-start", { tap, file: null, ring: null });
    await page.getByText("Capturing: no frame has come yet.").waitFor();
    peer = connect(tap.port, tap.host);
    const send = async (count: number) => {
      for (let sent = 0; sent < count; sent += 1) {
        peer.write(snrm);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const shownSnrms = async () => {
      const { rows } = await client.ask("rows", { document, start: 0, count: 1000, columns: [] });
      return rows.filter(({ type }) => type === "SNRM").length;
    };
    // A packet takes 100 bytes and more: 64 KiB have room for 600 at most.
    await send(700);
    const monitor = page.getByRole("contentinfo");
    const said =
      "Recording stopped: the disk is full; make room, then record again. What is shown since is not recorded.";
    await monitor.getByText("Not recording").waitFor();
    await monitor.getByText(said).waitFor();
    await send(100);
    await expect.poll(shownSnrms, { timeout: 10_000 }).toBe(800);
    // The newest row is in the list.
    const state = await client.until(document, ({ frames }) => frames >= 800);
    await app.row(state.frames).waitFor();
    expect(await monitor.getByText(said).count()).toBe(1);

    const download = page.waitForEvent("download");
    await page.keyboard.press("Control+Shift+S");
    const copy = await (await download).path();
    let saved = "";
    for await (const items of readCapture(copy)) {
      for (const item of items) {
        expect(item.kind).toBe("chunk");
        if (item.kind === "chunk") saved += Buffer.from(item.chunk.bytes).toString("hex");
      }
    }
    expect(saved.split(snrm.toString("hex")).length - 1).toBe(800);
    expect(readFileSync(copy).length).toBeGreaterThan(64 * 1024);

    await page.keyboard.press("Control+E");
    await monitor.getByText("Capture stopped").waitFor();
    await monitor.getByText(`${said} The capture was stopped.`).waitFor();
    client.close();
  }, 60_000);
});
