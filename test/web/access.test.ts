/** Who is let in, and who is not. */
import { hostname } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { TestServer } from "./test-server.js";

const servers: TestServer[] = [];

async function start(options: Parameters<typeof TestServer.start>[0] = {}): Promise<TestServer> {
  const server = await TestServer.start(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

describe("on loopback", () => {
  it("serves its page and its script, and says what the page may load", async () => {
    const server = await start();
    expect(server.server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await server.ask("/");
    expect(page.status).toBe(200);
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["cache-control"]).toBe("no-store");
    const policy = page.headers["content-security-policy"];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    expect(page.headers["referrer-policy"]).toBe("no-referrer");
    expect(page.body).toContain('<script src="/shell.js">');
    const script = await server.ask("/shell.js");
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(script.body).toContain("window.obiscopeServer = ");
    // Vite names assets by their content.
    const asset = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page.body)?.[1] ?? "";
    const { status, headers } = await server.ask(asset);
    expect(status).toBe(200);
    expect(headers["cache-control"]).toContain("immutable");
  });

  it("answers to its own names on any port, which a tunnel may change, and to no other name", async () => {
    const server = await start();
    const statusFor = async (host: string) => (await server.ask("/", { headers: { host } })).status;
    expect(await statusFor("localhost:1234")).toBe(200);
    expect(await statusFor("LOCALHOST")).toBe(200);
    expect(await statusFor("127.0.0.1")).toBe(200);
    expect(await statusFor("[::1]:80")).toBe(200);
    for (const host of [
      "example.org",
      "localhost.example.org",
      "127.0.0.1.example.org",
      "192.168.1.1",
      "user@localhost",
    ]) {
      expect(await statusFor(host), host).toBe(403);
    }
    await expect(
      server.socket({ host: "example.org", origin: "http://example.org" }),
    ).rejects.toThrow("403");
  });

  it("refuses pages of other sites, also those on other ports of this machine", async () => {
    const server = await start();
    const others = ["http://example.org", "http://127.0.0.1:1", "null", `${server.origin}0`];
    for (const origin of others) {
      await expect(server.socket({ origin }), origin).rejects.toThrow("403");
      const upload = { method: "POST", headers: { origin }, body: "7e" };
      expect((await server.ask("/upload?name=x", upload)).status, origin).toBe(403);
    }
    // A client that does not say where it comes from is no page.
    await expect(server.socket({})).rejects.toThrow("403");
    expect((await server.ask("/upload?name=x", { method: "POST", body: "7e" })).status).toBe(403);
    await expect(server.socket({ origin: server.origin }, "/other")).rejects.toThrow("403");
    await (await server.page()).client.ask("hello", {});
  });

  it("believes browsers that say where a request without an origin comes from", async () => {
    const server = await start();
    const ask = async (path: string, site: string, mode: string) =>
      (await server.ask(path, { headers: { "sec-fetch-site": site, "sec-fetch-mode": mode } }))
        .status;
    expect(await ask("/shell.js", "same-origin", "no-cors")).toBe(200);
    expect(await ask("/shell.js", "cross-site", "no-cors")).toBe(403);
    expect(await ask("/shell.js", "same-site", "no-cors")).toBe(403);
    // A link on another site, and one that was typed.
    expect(await ask("/", "cross-site", "navigate")).toBe(200);
    expect(await ask("/", "none", "navigate")).toBe(200);
  });

  it("knows an address that is loopback by another name", async () => {
    const server = await start({ host: "127.0.0.2" });
    expect(server.server.address).not.toContain("token");
    expect((await server.ask("/")).status).toBe(200);
  });
});

describe("on another address", () => {
  it("lets in whoever brings the token first, and knows them by a cookie then", async () => {
    const server = await start({ host: "0.0.0.0" });
    const address = new URL(server.server.address);
    const token = address.searchParams.get("token") ?? "";
    expect(Buffer.from(token, "base64url")).toHaveLength(24);
    const local = `http://127.0.0.1:${address.port}`;
    const at = (path: string, cookie = "") => ({
      path,
      asked: { headers: { host: `127.0.0.1:${address.port}`, ...(cookie ? { cookie } : {}) } },
    });
    const ask = async ({ path, asked }: ReturnType<typeof at>) => server.ask(path, asked);

    expect((await ask(at("/"))).status).toBe(401);
    expect((await ask(at(`/?token=${token.slice(1)}x`))).status).toBe(401);
    // One that only looks what is behind a link does not use it up.
    const head = await server.ask(`/?token=${token}`, { ...at("/").asked, method: "HEAD" });
    expect(head.status).toBe(401);

    const entry = await ask(at(`/?token=${token}`));
    expect(entry.status).toBe(200);
    const [given = ""] = entry.headers["set-cookie"] ?? [];
    expect(given).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(entry.body).toContain('content="0; url=/"');
    expect(entry.body).not.toContain(token);
    const cookie = given.split(";")[0] ?? "";

    const second = await ask(at(`/?token=${token}`));
    expect(second.status).toBe(401);
    expect(second.body).toContain("used already");
    expect((await ask(at("/", cookie))).status).toBe(200);
    expect((await ask(at("/", `${cookie}x`))).status).toBe(401);

    const headers = { host: `127.0.0.1:${address.port}`, origin: local };
    await expect(server.socket(headers)).rejects.toThrow("401");
    await expect(
      server.socket({ ...headers, origin: "http://example.org", cookie }),
    ).rejects.toThrow("403");
    const { client } = await server.page({ ...headers, cookie });
    expect(await client.ask("hello", {})).toMatchObject({ version: "0.0.0" });
  });

  it("answers to addresses and to the machine's own name, and not to a name of somebody's", async () => {
    const server = await start({ host: "0.0.0.0" });
    const statusFor = async (host: string) => (await server.ask("/", { headers: { host } })).status;
    // Known, but without a cookie.
    expect(await statusFor("192.168.1.1:8080")).toBe(401);
    expect(await statusFor(hostname())).toBe(401);
    expect(await statusFor("example.org")).toBe(403);
    expect(await statusFor("192.168.1.1.example.org")).toBe(403);
  });
});

it("does not fall over a visitor that is refused and gone", async () => {
  const server = await start();
  const { connect } = await import("node:net");
  const { port } = new URL(server.origin);
  for (let visit = 0; visit < 20; visit++) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => {});
    await new Promise((connected) => socket.once("connect", connected));
    socket.write(
      "GET /socket HTTP/1.1\r\nHost: example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    socket.resetAndDestroy();
  }
  expect((await server.ask("/")).status).toBe(200);
});
