/** What is served, uploaded, offered and fetched; and nothing else. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { OfferedFile, SourceReference } from "../../analyzer/protocol/index.js";
import { Access } from "../../web/access.js";
import { Downloads } from "../../web/downloads.js";
import { answerRequest } from "../../web/requests.js";
import { Uploads } from "../../web/uploads.js";
import { isQuiet } from "../analyzer/session/engine-client.js";
import { TestFolder } from "../analyzer/test-folder.js";
import { ask, samples, TestServer } from "./test-server.js";

const session = readFileSync(join(samples, "hdlc-session.txt"), "utf8");
const ends: (() => Promise<void> | void)[] = [];

async function start(options: Parameters<typeof TestServer.start>[0] = {}): Promise<TestServer> {
  const server = await TestServer.start(options);
  ends.push(() => server.stop());
  return server;
}

function folder(): TestFolder {
  const made = new TestFolder();
  ends.push(() => made.remove());
  return made;
}

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe("paths", () => {
  it("lead nowhere but into the page's folder", async () => {
    const server = await start();
    for (const path of [
      "/../package.json",
      "/..%2fcli.js",
      "/..%2f..%2fpackage.json",
      "/%2e%2e/cli.js",
      "/assets/..%2f..%2fcli.js",
      "/..\\cli.js",
      "//etc/passwd",
      "/index.html%00.js",
      "/%",
      "/download/..%2f..%2fcli.js",
      "http://localhost/index.html",
    ]) {
      expect((await server.ask(path)).status, path).toBe(404);
    }
  });

  it("say how to build a page that is not built", async () => {
    const dist = folder();
    const worker = new URL("../../dist/engine-worker.js", import.meta.url);
    dist.write("engine-worker.js", `import ${JSON.stringify(worker.href)};`);
    const server = await start({ distFolder: dist.path });
    for (const path of ["/", "/shell.js"]) {
      const { status, body } = await server.ask(path);
      expect(status).toBe(503);
      expect(body).toContain("npm run build");
    }
  });

  it("take no other methods", async () => {
    const server = await start();
    const { status } = await server.ask("/", {
      method: "DELETE",
      headers: { origin: server.origin },
    });
    expect(status).toBe(405);
  });
});

describe("an upload", () => {
  it("is opened under its name, and gone when the server is", async () => {
    const server = await start();
    const { status, body } = await server.upload("../../eine Zählung\n.txt", session);
    expect(status).toBe(200);
    const source = JSON.parse(body) as SourceReference;
    expect(source).toMatchObject({ kind: "upload", name: "eine Zählung.txt" });
    const { client } = await server.page();
    const { documents } = await client.ask("open", {
      sources: [source],
      merge: false,
      options: {},
    });
    const state = await client.until(documents[0] ?? "", isQuiet);
    // Fourteen messages are in the log.
    expect(state).toMatchObject({ name: "eine Zählung.txt", frames: 14, status: "ready" });
    const kept = join(server.folder.path, "cache", `browser-${process.pid}`);
    expect(readdirSync(join(kept, "uploads"))).toHaveLength(1);
    await server.server.stop();
    expect(existsSync(kept)).toBe(false);
  });

  it("that is too long is refused, whether it says so or not, and leaves nothing", async () => {
    const server = await start({ longestUpload: 1000 });
    const longer = Buffer.alloc(1001, 0x7e);
    expect((await server.upload("long", longer.subarray(1))).status).toBe(200);
    const headers = { origin: server.origin };
    for (const coding of [{ "content-length": "1001" }, { "transfer-encoding": "chunked" }]) {
      const answer = await server.ask("/upload?name=long", {
        method: "POST",
        headers: { ...headers, ...coding },
        body: longer,
      });
      expect(answer).toMatchObject({ status: 413, body: expect.stringContaining("1,000 bytes") });
    }
    const kept = join(server.folder.path, "cache", `browser-${process.pid}`, "uploads");
    expect(readdirSync(kept)).toHaveLength(1);
  });

  it("that a page makes up is not opened", async () => {
    const server = await start();
    const { client } = await server.page();
    for (const id of ["0b0b0b0b-0000-4000-8000-000000000000", "../../../etc/passwd", ""]) {
      const open = client.ask("open", {
        sources: [{ kind: "upload", id, name: "x" }],
        merge: false,
        options: {},
      });
      await expect(open).rejects.toMatchObject({ code: "cannot-open" });
    }
  });
});

describe("a folder of captures", () => {
  /** `inside/` is offered; `outside.txt` lies beside it. */
  function captures(): string {
    const made = folder();
    const inside = join(made.path, "inside");
    mkdirSync(join(inside, "meter 7"), { recursive: true });
    made.write("outside.txt", session);
    mkdirSync(join(made.path, "inside-too"));
    writeFileSync(join(made.path, "inside-too", "x.txt"), session);
    writeFileSync(join(inside, "day.txt"), session);
    writeFileSync(join(inside, ".hidden"), session);
    writeFileSync(join(inside, "meter 7", "night.txt"), session);
    symlinkSync("day.txt", join(inside, "link-within.txt"));
    symlinkSync("../outside.txt", join(inside, "link-out.txt"));
    symlinkSync("..", join(inside, "up"));
    symlinkSync("nowhere", join(inside, "broken"));
    execFileSync("mkfifo", [join(inside, "pipe")]);
    return inside;
  }

  async function list(server: TestServer, path: string): Promise<OfferedFile[]> {
    const { status, body } = await server.ask(`/folder?path=${encodeURIComponent(path)}`);
    expect(status).toBe(200);
    return JSON.parse(body) as OfferedFile[];
  }

  it("is listed, without what leads out of it or is no file", async () => {
    const server = await start({ captures: captures() });
    const size = Buffer.byteLength(session);
    expect(await list(server, "")).toEqual([
      { name: "day.txt", isFolder: false, size, source: { kind: "path", path: "day.txt" } },
      {
        name: "link-within.txt",
        isFolder: false,
        size,
        source: { kind: "path", path: "link-within.txt" },
      },
      { name: "meter 7", isFolder: true, size: null, source: { kind: "path", path: "meter 7" } },
    ]);
    const [night] = await list(server, "meter 7");
    expect(night?.source).toEqual({ kind: "path", path: join("meter 7", "night.txt") });
    for (const path of ["..", "up", "/", "meter 7/../..", "day.txt", "nowhere"]) {
      const { status } = await server.ask(`/folder?path=${encodeURIComponent(path)}`);
      expect(status, path).toBe(404);
    }
  });

  it("is read, and nothing outside of it", async () => {
    const inside = captures();
    const server = await start({ captures: inside });
    const { client } = await server.page();
    const open = (path: string) =>
      client.ask("open", { sources: [{ kind: "path", path }], merge: false, options: {} });
    const { documents } = await open("meter 7/night.txt");
    expect(await client.until(documents[0] ?? "", isQuiet)).toMatchObject({ frames: 14 });
    for (const path of [
      "../outside.txt",
      "../inside-too/x.txt",
      "link-out.txt",
      "up/outside.txt",
      join(inside, "../outside.txt"),
      "/etc/passwd",
      "day.txt\0",
      "pipe",
      "meter 7",
      "nowhere.txt",
    ]) {
      await expect(open(path), path).rejects.toMatchObject({ code: "cannot-open" });
    }
  });

  it("is not there where none was given", async () => {
    const server = await start();
    expect((await server.ask("/folder?path=")).status).toBe(404);
    expect((await server.ask("/shell.js")).body).toContain('"folder":false');
    const { client } = await server.page();
    const sources = [{ kind: "path", path: join(samples, "hdlc-session.txt") }] as const;
    const open = client.ask("open", { sources, merge: false, options: {} });
    await expect(open).rejects.toMatchObject({ code: "cannot-open" });
  });
});

it("opens captures of the command line at once, and those alone", async () => {
  const path = folder().write("day.txt", session);
  const server = await start({ files: [path] });
  const { client } = await server.page();
  const { documents } = await client.ask("hello", {});
  expect(documents.map(({ name }) => name)).toEqual(["day.txt"]);
});

describe("an export", () => {
  async function site(): Promise<{ downloads: Downloads; origin: string; kept: TestFolder }> {
    const kept = folder();
    const downloads = new Downloads(join(kept.path, "downloads"));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address() as AddressInfo;
    const parts = {
      access: new Access("127.0.0.1", bound),
      distFolder: kept.path,
      folder: null,
      uploads: new Uploads(join(kept.path, "uploads"), 1),
      downloads,
    };
    server.on("request", (request, response) => void answerRequest(parts, request, response));
    ends.push(() => void server.close());
    return { downloads, origin: `http://127.0.0.1:${bound.port}`, kept };
  }

  it("is fetched once, under its name, and gone then", async () => {
    const { downloads, origin } = await site();
    const { path, download } = await downloads.create('../Zähler "7" (Müller\'s) 100%.html');
    writeFileSync(path, "<p>frames");
    const head = await ask(origin, `/download/${download}`, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, headers: { "content-length": "9" }, body: "" });
    const answer = await ask(origin, `/download/${download}`);
    expect(answer).toMatchObject({ status: 200, body: "<p>frames" });
    // RFC 5987: all but attr-char is percent-encoded; ' ( ) are not among attr-char.
    expect(answer.headers["content-disposition"]).toBe(
      'attachment; filename="Z_hler _7_ (M_ller\'s) 100_.html"; ' +
        "filename*=UTF-8''Z%C3%A4hler%20%227%22%20%28M%C3%BCller%27s%29%20100%25.html",
    );
    expect(answer.headers["content-type"]).toBe("application/octet-stream");
    expect((await ask(origin, `/download/${download}`)).status).toBe(404);
    await expect.poll(() => existsSync(path)).toBe(false);
  });

  it("has a name that can be written, whatever it is given", async () => {
    const { downloads, origin } = await site();
    for (const name of ["", "..", "\ud83d", "\u{1f600}".repeat(300), "a\r\nSet-Cookie: b"]) {
      const { path, download } = await downloads.create(name);
      writeFileSync(path, "x");
      const { status, headers } = await ask(origin, `/download/${download}`);
      expect(status).toBe(200);
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });
});

it("removes what a server before has left that did not end well", async () => {
  const kept = folder();
  const dead = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
  const left = join(kept.path, "cache", `browser-${dead}`);
  const running = join(kept.path, "cache", `browser-${process.ppid}`);
  for (const path of [left, running]) mkdirSync(join(path, "uploads"), { recursive: true });
  const server = await TestServer.start({}, kept);
  expect(existsSync(left)).toBe(false);
  expect(existsSync(running)).toBe(true);
  await server.server.stop();
  rmSync(running, { recursive: true });
});
