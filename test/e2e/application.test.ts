/** The application in a real browser, as a person uses it. */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeCapture } from "../bench/captures.js";
import { samples } from "../web/test-server.js";
import type { ApplicationPage } from "./application-page.js";
import { TestWindow } from "./window.js";

let window: TestWindow;
let app: ApplicationPage;
const session = join(samples, "hdlc-session.txt");

beforeAll(async () => {
  window = await TestWindow.start();
}, 60_000);
afterAll(() => window.stop());
afterEach(async () => {
  expect(window.complaints).toEqual([]);
  await window.reset();
});

/** Opens a window in which the sample session is shown. */
async function openSession(): Promise<void> {
  app = await window.open();
  await app.open(session);
  await app.counts("14 frames");
}

describe("opening", () => {
  it("takes each kind of capture, found by its content", async () => {
    app = await window.open();
    const pcap = join(window.folder.path, "packets.pcap");
    writeCapture(pcap, "udp", 200);
    const zipped = window.folder.write("packets.gz", gzipSync(readFileSync(pcap)));
    const raw = window.folder.write(
      "line.bin",
      Buffer.from("7ea0080223219 3bd647e".replace(" ", ""), "hex"),
    );
    const pcapng = join(samples, "meter-day.pcapng");
    const zippedPcapng = window.folder.write("day.pcapng.gz", gzipSync(readFileSync(pcapng)));
    for (const [file, counts] of [
      [session, "14 frames"],
      // The third of its planted faults is in the last packet, 67.
      [pcapng, "67 frames"],
      [zippedPcapng, "67 frames"],
      [pcap, "200 frames"],
      [zipped, "200 frames"],
      [raw, "1 frame"],
    ] as const) {
      await app.open(file);
      await app.counts(counts);
    }
    expect(await app.page.getByRole("tablist", { name: "Captures" }).getByRole("tab").count()).toBe(
      6,
    );
  });

  it("says why a file is no capture", async () => {
    app = await window.open();
    await app.open(window.folder.write("letter.txt", "Dear meter, how are you?"));
    await app.page
      .getByText(/is text without any bytes in hex/)
      .first()
      .waitFor();
  });

  it("takes pasted text", async () => {
    app = await window.open();
    await app.page.keyboard.press("Control+Shift+V");
    await app.page.getByText("Paste or type hex").waitFor();
    await app.page.keyboard.insertText("7EA00802232193BD647E");
    await app.row(1).getByText("SNRM").first().waitFor();
  });
});

describe("the selected frame", () => {
  it("links fields and bytes both ways", async () => {
    await openSession();
    await app.select(6);
    // The damaged frame: flag, format (2), addresses (3), control, HCS (2) ... FCS (2), flag.
    await app.field("FCS").click();
    await expect.poll(() => app.marked("selected")).toEqual([21, 22]);
    await app.byte(0).click();
    await app.tree.locator('[aria-selected="true"]', { hasText: "Flag" }).waitFor();
    await app.byte(1).hover();
    await expect.poll(() => app.marked("hovered")).toEqual([1, 2]);
    await app.tree.locator("[data-hovered]", { hasText: "Frame format" }).waitFor();
  });

  it("says what is wrong with it, which clause says so, and what to check", async () => {
    await openSession();
    await app.page.keyboard.press("F2");
    await app.selected(6);
    const problems = app.page.getByRole("list", { name: "Findings in the frame" });
    await problems.getByText(/frame check sequence is wrong/).waitFor();
    await problems.getByText(/IEC 62056-46/).waitFor();
    await problems.getByRole("button", { name: "explain" }).click();
    await app.page.getByRole("heading", { name: /frame check sequence is wrong/i }).waitFor();
  });

  it("is the first one until another is chosen, and the same when the page is loaded again", async () => {
    await openSession();
    await app.selected(1);
    await app.tree.getByRole("row").first().waitFor();
    await app.select(9);
    await app.page.reload();
    await app.counts("14 frames");
    await app.selected(9);
    await app.tree.getByRole("row").first().waitFor();
  });

  it("leads to its answer, and back", async () => {
    await openSession();
    await app.select(7);
    await app.page.getByRole("button", { name: "answered by frame 8" }).click();
    await app.selected(8);
    await app.page.keyboard.press("Alt+ArrowLeft");
    await app.selected(7);
  });
});

describe("the filter", () => {
  it("shows what fits; what is wrong leaves the rows and is underlined in words", async () => {
    await openSession();
    await app.applyFilter('xdlms.service == "get-request"');
    await app.counts("4 of 14 frames");
    await app.row(7).waitFor();
    expect(await app.row(6).count()).toBe(0);
    await app.filter.fill("hdlc.fsc == 3");
    await app.page
      .getByText(/there is no field hdlc\.fsc/)
      .first()
      .waitFor();
    await app.filter.press("Enter");
    await app.counts("4 of 14 frames");
    expect(await app.filter.getAttribute("aria-invalid")).toBe("true");
    await app.applyFilter("");
    await app.counts("14 frames");
  });

  it("completes fields, and takes them by keys", async () => {
    await openSession();
    await app.filter.click();
    await app.filter.pressSequentially("hdlc.control.ty");
    await app.page
      .getByRole("option", { name: /hdlc\.control\.type/ })
      .first()
      .waitFor();
    await app.page.keyboard.press("ArrowDown");
    await app.page.keyboard.press("Enter");
    await expect.poll(() => app.filter.inputValue()).toMatch(/^hdlc\.control\.type/);
  });
});

describe("finding", () => {
  it("goes to the next hit, round at the end", async () => {
    await openSession();
    await app.page.keyboard.press("Control+F");
    const field = app.page.getByRole("search").getByRole("textbox");
    await field.fill("get-request");
    const found = [];
    for (const frame of [5, 7, 9, 11, 5]) {
      await field.press("Enter");
      await app.selected(frame);
      found.push(frame);
    }
    expect(found).toHaveLength(5);
  });
});

describe("keys", () => {
  it("that are added open the frames in their places", async () => {
    app = await window.open();
    await app.open(join(samples, "ciphered-push.txt"));
    await app.row(1).waitFor();
    expect(await app.row(1).textContent()).not.toContain("[decrypted]");
    const { keySets } = JSON.parse(
      readFileSync(join(samples, "ciphered-push.keys.json"), "utf8"),
    ) as {
      keySets: readonly Readonly<Record<string, string>>[];
    };
    const [set = {}] = keySets;
    await app.page.keyboard.press("Control+Shift+K");
    const dialog = app.page.getByRole("dialog");
    await dialog
      .getByLabel(/Global unicast encryption key/)
      .fill(set["globalUnicastEncryptionKey"] ?? "");
    await dialog.getByLabel(/^Authentication key/).fill(set["authenticationKey"] ?? "");
    await dialog.getByLabel(/^System title of the meter/).fill(set["systemTitle"] ?? "");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await app.row(1).getByText("[decrypted]").waitFor();
    // The sample has two pushes of the meter.
    await app.page.getByText("Key sets added: 1. 2 APDUs were opened by them.").waitFor();
    // They are not in the page any more.
    expect(await app.page.content()).not.toContain(set["globalUnicastEncryptionKey"]);
  });

  it("that are wrong are refused by name", async () => {
    app = await window.open();
    await app.page.keyboard.press("Control+Shift+K");
    const dialog = app.page.getByRole("dialog");
    await dialog.getByLabel(/^Authentication key/).fill("d0d1");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog
      .getByRole("alert")
      .getByText(/authenticationKey/)
      .waitFor();
  });
});

describe("marks and comments", () => {
  it("survive closing and reopening the capture", async () => {
    app = await window.open();
    const copy = join(window.folder.path, "marked.txt");
    copyFileSync(session, copy);
    await app.open(copy);
    await app.counts("14 frames");
    await app.select(3);
    await app.page.keyboard.press("Control+M");
    await app.page.getByText("1 marked").waitFor();
    await app.page.keyboard.press("Control+Alt+C");
    await app.page.getByRole("textbox", { name: "Comment" }).fill("the beginning");
    await app.page.keyboard.press("Control+Enter");
    await app.row(3).getByText("the beginning").first().waitFor({ state: "attached" });
    await app.page.getByRole("button", { name: "Close the capture" }).click();
    await app.page.getByRole("heading", { name: "Obiscope" }).waitFor();
    await app.open(copy);
    await app.page.getByText("1 marked").waitFor();
  });
});

describe("the keyboard alone", () => {
  it("opens a sample, walks through list, fields and bytes, and finds a problem", async () => {
    app = await window.open();
    await app.page.getByRole("heading", { name: "Obiscope" }).waitFor();
    await app.runCommand("open the sample");
    await app.row(1).waitFor();
    await app.selected(1);
    await app.page.keyboard.press("F8");
    await app.selected(2);
    await app.page.keyboard.press("F2");
    await app.tree.getByRole("row").first().waitFor();
    for (let steps = 0; steps < 60; steps++) {
      await app.page.keyboard.press("Tab");
      if (await app.tree.evaluate((tree) => tree.matches(":focus"))) break;
    }
    await app.page.keyboard.press("ArrowDown");
    await app.tree.locator('[aria-selected="true"]').waitFor();
    for (let steps = 0; steps < 60; steps++) {
      await app.page.keyboard.press("Tab");
      if (await app.bytes.evaluate((bytes) => bytes.matches(":focus"))) break;
    }
    await app.page.keyboard.press("ArrowRight");
    await app.page.keyboard.press("Enter");
    await expect.poll(async () => (await app.marked("selected")).length).toBeGreaterThan(0);
  });
});

describe("everybody", () => {
  it.for(["light", "dark"] as const)(
    "can read it: axe finds nothing in %s",
    async (colorScheme) => {
      app = await window.open({ colorScheme });
      await app.open(session);
      await app.counts("14 frames");
      await app.select(6);
      await app.page.keyboard.press("Control+Shift+M");
      await app.page.getByRole("tab", { name: "Problems" }).waitFor();
      await app.page.evaluate(axe.source);
      const violations = await app.page.evaluate(async () => {
        const { axe: here } = globalThis as unknown as { axe: typeof axe };
        const result = await here.run();
        return result.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`,
        );
      });
      expect(violations).toEqual([]);
    },
  );
});

describe("an analyzer that dies", () => {
  it("comes back with captures, marks and keys, and the window goes on", async () => {
    app = await window.open();
    // Another capture than the one that is marked above: the same has its marks again.
    await app.open(window.folder.write("dying.txt", `${readFileSync(session, "utf8")}\n`));
    await app.counts("14 frames");
    // And another frame: whether its mark is kept is looked for in the notes of all captures.
    await app.select(8);
    await app.page.keyboard.press("Control+M");
    await window.markIsKept(8);
    await window.killEngine();
    await app.counts("14 frames");
    await app.select(5);
    await app.page.getByText("1 marked").waitFor();
  });
});
