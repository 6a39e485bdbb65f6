/** The application's page in a real browser, served by a real server. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { TestFolder } from "../analyzer/test-folder.js";
import { launchBrowser } from "../browser/launch.js";
import { samples, TestServer } from "./test-server.js";

const session = join(samples, "hdlc-session.txt");
const push = join(samples, "ciphered-push.txt");
const pushKeys = readFileSync(join(samples, "ciphered-push.keys.json"), "utf8");

let browser: Browser;
const servers: TestServer[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  for (const server of servers.splice(0)) await server.stop();
});

async function start(options: Parameters<typeof TestServer.start>[0] = {}): Promise<TestServer> {
  const server = await TestServer.start(options);
  servers.push(server);
  return server;
}

/** Opens the page; what it complains of is collected. */
async function visit(address: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(address);
  return { page, complaints };
}

/** Opens a capture as the user does: with the keyboard, and the dialog of the browser. */
async function choose(page: Page, file: string): Promise<void> {
  // The window listens to keys once it is drawn.
  await page.getByTestId("file-chooser").waitFor({ state: "attached" });
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.keyboard.press("Control+o"),
  ]);
  await chooser.setFiles(file);
}

const rows = (page: Page) => page.getByRole("grid").first().getByRole("row");

it("opens an upload, and has its marks and keys after the death of the engine", async () => {
  const server = await start();
  const { page, complaints } = await visit(server.server.address);
  await page.getByRole("button").first().waitFor();
  await choose(page, push);
  const ciphered = rows(page).filter({ hasText: "data-notification" });
  // Two pushes are in the log; what they are can be told with the key alone.
  await rows(page).nth(1).waitFor();
  expect(await ciphered.count()).toBe(0);
  const { client } = await server.page();
  await client.ask("add-keys", { text: pushKeys });
  await expect.poll(() => ciphered.count()).toBe(2);

  await rows(page).first().click();
  await page.keyboard.press("Control+m");
  await page.getByText("1 marked").waitFor();
  server.server.killEngine();
  await expect
    .poll(() => client.events.some(({ event }) => event === "restarted"), { timeout: 20_000 })
    .toBe(true);
  const document = async () => (await client.ask("hello", {})).documents[0];
  await expect
    .poll(document, { timeout: 20_000 })
    .toMatchObject({ name: "ciphered-push.txt", status: "ready", marked: 1, frames: 2 });
  // The page talks to the new engine, and shows what that one has read.
  await page.keyboard.press("F8");
  await page.keyboard.press("Control+m");
  await page.getByText("2 marked").waitFor();
  expect(await document()).toMatchObject({ marked: 2, ciphered: { opened: 2 } });
  expect(await ciphered.count()).toBe(2);
  expect(complaints).toEqual([]);
}, 60_000);

it("comes back by itself when the server does", async () => {
  const copy = new TestFolder();
  const files = [copy.write("day.txt", readFileSync(session))];
  const first = await TestServer.start({ files });
  const { page } = await visit(first.server.address);
  // Fourteen messages are in the log.
  const last = rows(page).filter({ hasText: "DISC" });
  await last.first().waitFor();
  const port = Number(new URL(first.origin).port);
  await first.stop();
  await start({ files, port });
  const marked = page.getByText("1 marked");
  await expect
    .poll(
      async () => {
        await page.keyboard.press("F8");
        await page.keyboard.press("Control+m");
        return marked.count();
      },
      { timeout: 20_000, interval: 1500 },
    )
    .toBe(1);
  copy.remove();
}, 60_000);

it("lets a browser in by the printed address, also from a link on another site", async () => {
  const server = await start({ host: "0.0.0.0" });
  const printed = new URL(server.server.address);
  printed.hostname = "127.0.0.1";
  const { page } = await visit(`data:text/html,<a href="${printed.href}">open</a>`);
  await page.getByText("open").click();
  await page.waitForURL(`http://127.0.0.1:${printed.port}/`);
  await page.getByRole("button").first().waitFor();
  // The token is not in the history: one step back is the page with the link.
  await page.goBack();
  expect(page.url()).toContain("data:");

  const stranger = await visit(printed.href);
  expect(await stranger.page.textContent("body")).toContain("used already");
}, 60_000);

it("is out of reach for pages of other sites", async () => {
  const server = await start();
  const other = await start();
  const { page } = await visit(`${other.origin}/nothing`);
  const reached = await page.evaluate(
    ([origin, socket]) =>
      Promise.all([
        fetch(`${origin}/folder`, { mode: "no-cors" }).then(
          () => "reached",
          () => "refused",
        ),
        fetch(`${origin}/upload?name=x`, { method: "POST", mode: "no-cors", body: "7e" }).then(
          () => "reached",
          () => "refused",
        ),
        new Promise((resolve) => {
          const line = new WebSocket(socket ?? "");
          line.onopen = () => resolve("reached");
          line.onerror = () => resolve("refused");
        }),
      ]),
    [server.origin, `${server.origin.replace("http", "ws")}/socket`],
  );
  expect(reached).toEqual(["refused", "refused", "refused"]);
}, 60_000);
