/** Listening for TCP connections, in words that say what is wrong. */
import { createServer, type Server, type Socket } from "node:net";
import { keepAliveTime, lacksIpv6, listenError } from "./socket-connection.js";

/**
 * A server that hands each connection to `take`, paused and with its two directions ending apart.
 * `name` is what errors call it. Rejects with `TapError` where it cannot listen.
 */
export async function listenForConnections(
  name: string,
  host: string,
  port: number,
  take: (socket: Socket) => void,
): Promise<Server> {
  const server = createServer({
    allowHalfOpen: true,
    pauseOnConnect: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveTime,
    noDelay: true,
  });
  server.on("connection", take);
  try {
    await listen(server, host, port);
  } catch (error) {
    if (!lacksIpv6(host, error)) throw listenError(name, error);
    await listen(server, "0.0.0.0", port).catch((again: unknown) => {
      throw listenError(name, again);
    });
  }
  // Too many open files, for one: the connection is lost, those that are there go on.
  server.on("error", () => {});
  return server;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
