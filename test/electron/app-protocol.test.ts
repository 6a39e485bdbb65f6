/** `app://obiscope/` serves the page and nothing else, with its content security policy. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createAppProtocol, homePage, isOwnAddress } from "../../electron/app-protocol.js";
import { TestFolder } from "../analyzer/test-folder.js";

const outside = new TestFolder();
outside.write("secret.html", "not for pages");
const renderer = join(outside.path, "renderer");
mkdirSync(join(renderer, "assets"), { recursive: true });
outside.write("renderer/index.html", "<!doctype html>");
outside.write("renderer/assets/main-1a.js", "run()");
outside.write("renderer/assets/a b.css", "p {}");
outside.write("renderer/assets/main-1a.js.map", "{}");
outside.write("renderer/.env", "KEY=1");
afterAll(() => outside.remove());

const answer = createAppProtocol(renderer);
const get = (url: string, method = "GET") => answer(new Request(url, { method }));

describe("the scheme of the application", () => {
  it("serves the files of the page with their types", async () => {
    const page = await get(homePage);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toBe("<!doctype html>");
    const script = await get("app://obiscope/assets/main-1a.js?v=1#x");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(await script.text()).toBe("run()");
    expect((await get("app://obiscope/assets/a%20b.css")).status).toBe(200);
    expect(await (await get("app://obiscope/")).text()).toBe("<!doctype html>");
  });

  it("has an empty script where the browser shell has its own", async () => {
    const script = await get("app://obiscope/shell.js");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(await script.text()).toBe("");
  });

  it("lets scripts and workers come from itself only, and nothing from elsewhere", async () => {
    for (const url of [homePage, "app://obiscope/shell.js", "app://obiscope/no-such-file"]) {
      const policy = (await get(url)).headers.get("content-security-policy") ?? "";
      const directives = Object.fromEntries(
        policy.split("; ").map((directive) => {
          const [name, ...values] = directive.split(" ");
          return [name, values.join(" ")];
        }),
      );
      expect(directives).toMatchObject({
        "default-src": "'none'",
        "script-src": "'self'",
        "worker-src": "'self'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "style-src": "'self' 'unsafe-inline'",
        "frame-ancestors": "'none'",
      });
      expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    }
  });

  it.each([
    "app://obiscope/../secret.html",
    "app://obiscope/..%2fsecret.html",
    "app://obiscope/%2e%2e/secret.html",
    "app://obiscope/%2e%2e%2fsecret.html",
    "app://obiscope/assets/..%5c..%5csecret.html",
    "app://obiscope//secret.html",
    "app://obiscope/assets",
    "app://obiscope/assets/",
    "app://obiscope/assets/main-1a.js.map",
    "app://obiscope/.env",
    "app://obiscope/constructor",
    "app://other/index.html",
    "app://obiscope.evil/index.html",
  ])("does not serve %s", async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  it("takes no other method", async () => {
    expect((await get(homePage, "POST")).status).toBe(405);
  });
});

describe("an address of our own", () => {
  it.each([
    [homePage, true],
    ["app://obiscope/a?b#c", true],
    ["app://obiscope.example/", false],
    ["app://obiscope:80/", false],
    ["app://user@obiscope/", false],
    ["https://obiscope/", false],
    ["file:///index.html", false],
    ["about:blank", false],
    ["", false],
  ])("%s: %s", (address, isOwn) => {
    expect(isOwnAddress(address)).toBe(isOwn);
  });
});
