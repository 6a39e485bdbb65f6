/** The page's end of the line, on the WebSockets of Node: the same interface. */
import { afterEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { openSocket } from "../../web/page/socket.js";
import { TestServer } from "./test-server.js";

afterEach(() => vi.unstubAllGlobals());

/** A browser says by itself where the page comes from. */
function stubWebSocket(origin: string): void {
  class PageWebSocket extends WebSocket {
    constructor(address: string) {
      super(address, { origin });
      // What a browser writes into its console would end Node.
      this.on("error", () => {});
    }
  }
  vi.stubGlobal("WebSocket", PageWebSocket);
}

it("gives what came before anybody listened, and tells of the end once", async () => {
  const server = await TestServer.start();
  stubWebSocket(server.origin);
  const port = await openSocket(`${server.origin.replace("http", "ws")}/socket`);
  const other = (await server.page()).client;
  // Everybody is told of settings that somebody has changed.
  port.send({ id: 1, method: "hello", params: {} });
  await other.ask("settings", { change: { theme: "dark" } });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const messages: unknown[] = [];
  let ends = 0;
  port.listen({ message: (message) => messages.push(message), closed: () => ends++ });
  // Which of them was first is the engine's to say.
  expect(messages).toContainEqual(
    expect.objectContaining({ id: 1, result: expect.objectContaining({ version: "0.0.0" }) }),
  );
  expect(messages).toContainEqual({
    event: "settings",
    settings: expect.objectContaining({ theme: "dark" }),
  });
  await server.stop();
  await expect.poll(() => ends).toBe(1);
  port.close();
  port.send({ id: 2, method: "hello", params: {} });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ends).toBe(1);
  let late = 0;
  port.listen({ message: () => {}, closed: () => late++ });
  expect(late).toBe(1);
});

it("says so where no server answers, or where it is refused", async () => {
  const server = await TestServer.start();
  const address = `${server.origin.replace("http", "ws")}/socket`;
  stubWebSocket("http://example.org");
  await expect(openSocket(address)).rejects.toThrow("does not answer");
  await server.stop();
  stubWebSocket(server.origin);
  await expect(openSocket(address)).rejects.toThrow("does not answer");
});
