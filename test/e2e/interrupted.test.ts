/** An analyzer that dies while it reads: the capture is read again, marks and keys are there. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeCapture } from "../bench/captures.js";
import { benchmarkAuthenticationKey, benchmarkKey } from "../bench/messages.js";
import { TestWindow } from "./window.js";

/** Enough to take seconds. */
const packets = 200_000;
const all = `${packets.toLocaleString("en")} frames`;

let window: TestWindow;

beforeAll(async () => {
  window = await TestWindow.start();
}, 60_000);
afterAll(() => window.stop());

it("comes back with marks and keys, and reads to the end", { timeout: 120_000 }, async () => {
  const capture = join(window.folder.path, "ciphered.pcap");
  writeCapture(capture, "ciphered", packets);
  const keys = {
    name: "all meters",
    globalUnicastEncryptionKey: benchmarkKey.toString("hex"),
    authenticationKey: benchmarkAuthenticationKey.toString("hex"),
  };
  const keyFile = window.folder.write("keys.json", JSON.stringify({ keySets: [keys] }));

  const app = await window.open();
  await app.page.getByRole("heading", { name: "Obiscope" }).waitFor();
  await app.importKeys(keyFile);
  await app.open(capture);
  await app.row(1).getByText("[decrypted]").first().waitFor();
  await app.select(2);
  await app.page.keyboard.press("Control+M");
  await app.row(2).getByLabel("Marked").waitFor();
  await window.markIsKept(2);

  const reading = app.page.getByRole("contentinfo").getByRole("progressbar", { name: "Reading" });
  await reading.waitFor();
  await window.killEngine();
  // What was there is gone with it: it begins again.
  await app.page
    .getByText(/The analyzer has stopped and was started again/)
    .first()
    .waitFor();
  await app.counts(all, 90_000);
  await reading.waitFor({ state: "detached", timeout: 90_000 });

  await app.row(2).getByLabel("Marked").waitFor();
  await app.row(1).getByText("[decrypted]").first().waitFor();
  // The window goes on with it.
  await app.page.keyboard.press("Control+End");
  await app.selected(packets);
  await app.row(packets).getByText("[decrypted]").first().waitFor();
  await app.page.keyboard.press("Control+Shift+K");
  const sets = app.page.getByRole("dialog").getByRole("list", { name: "Key sets" });
  await sets.getByText("all meters").waitFor();
  expect(window.complaints).toEqual([]);
});
