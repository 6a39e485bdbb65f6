/** Taps on sockets, over the loopback of this machine. */
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { createTap } from "../../../captures/live/create-tap.js";
import type { RunningTap } from "../../../captures/live/tap.js";
import { TapError } from "../../../captures/live/tap.js";
import type { TapSettings } from "../../../captures/live/tap-settings.js";
import { Heard, layersOf, packetFaults, sampleLayers, sampleSession } from "./heard.js";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const host = "127.0.0.1";

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((network) => network?.address === "::1");
/** A case for each way over this machine's own addresses that it has. */
const ways = [
  ["127.0.0.1", "127.0.0.1", "udp4"],
  ["::", "127.0.0.1", "udp4"],
  ["::", "::1", "udp6"],
] as const;
const knownWays = hasIpv6 ? ways : ways.slice(0, 2);

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, host), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

async function serve(take: (socket: Socket) => void, port = 0): Promise<Server & { port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    take(socket);
  });
  const sockets = new Set<Socket>();
  await once(server.listen(port, host), "listening");
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

async function start(settings: TapSettings, heard = new Heard()) {
  const tap = createTap(settings);
  const running: RunningTap = await tap.start(heard);
  cleanups.push(() => running.stop());
  return { tap, running, heard };
}

async function connectTo(port: number, address = host): Promise<Socket> {
  const socket = connect({ port, host: address, allowHalfOpen: true });
  socket.on("error", () => {});
  cleanups.push(() => socket.destroy());
  await once(socket, "connect");
  return socket;
}

const client = sampleSession.filter(({ isFromClient }) => isFromClient);
const clientLayers = sampleLayers.filter((_, i) => sampleSession[i]?.isFromClient === true);

describe("a TCP tap", () => {
  it("takes what a serial device server hears: both sides of an HDLC line", async () => {
    const { port } = await serve(async (socket) => {
      for (const { bytes } of sampleSession) {
        // As such devices do: what comes in a few milliseconds is a segment, wherever it is cut.
        socket.write(bytes.subarray(0, 5));
        await new Promise((resolve) => setTimeout(resolve, 2));
        socket.write(bytes.subarray(5));
      }
    });
    const { tap, heard } = await start({ kind: "tcp", host, port });
    const sent = sampleSession.reduce((sum, { bytes }) => sum + bytes.length, 0);
    await expect.poll(() => heard.payloadLength).toBe(sent);
    const frames = heard.frames(tap);
    expect(layersOf(frames)).toEqual(sampleLayers);
    expect(packetFaults(frames)).toEqual([]);
    expect(tap.interfaces[0]).toMatchObject({ name: `tcp ${host}:${port}`, linkType: 101 });
    expect(heard.messages).toEqual([
      `Connecting to ${host}:${port}`,
      `Connected to ${host}:${port}`,
    ]);
  });

  it("says that nobody is there, and what to check", async () => {
    const port = await freePort();
    const starting = start({ kind: "tcp", host, port });
    await expect(starting).rejects.toThrow(TapError);
    await expect(starting).rejects.toThrow(
      `Cannot connect: ${host}:${port} refuses connections; is it on, and is the port right?`,
    );
  });

  it("connects again when the connection breaks, as a connection of its own", async () => {
    let count = 0;
    const { port } = await serve((socket) => {
      count += 1;
      socket.end(Uint8Array.of(count));
    });
    const { heard } = await start({ kind: "tcp", host, port });
    await expect.poll(() => heard.payloadLength, { timeout: 10_000 }).toBe(2);
    expect(heard.messages).toContain(
      `${host}:${port} closed the connection; it is tried again in a second`,
    );
    expect(heard.states.some(({ phase }) => phase === "waiting")).toBe(true);
    const syns = heard.packets.filter(({ bytes }) => bytes[33] === 0x02);
    expect(syns).toHaveLength(2);
  });

  it("waits while the taker is behind", async () => {
    let written = 0;
    const { port } = await serve((socket) => {
      const piece = new Uint8Array(100_000);
      const more = () => {
        while (written < 1e9) {
          written += piece.length;
          if (!socket.write(piece)) return;
        }
      };
      socket.on("drain", more);
      more();
    });
    const heard = new Heard();
    heard.isBehind = true;
    const { running } = await start({ kind: "tcp", host, port }, heard);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The handshake was refused already, so not a byte has come.
    expect(heard.payloadLength).toBe(0);
    running.resume();
    await expect.poll(() => heard.payloadLength).toBeGreaterThan(0);
    heard.isBehind = false;
    running.resume();
    await expect.poll(() => heard.payloadLength).toBeGreaterThan(10e6);
  });
});

describe("a listening tap", () => {
  it.each(knownWays)("on %s takes many peers at once, each apart, from %s", async (own, theirs) => {
    const port = await freePort();
    const { tap, heard } = await start({ kind: "listen", host: own, port });
    const peers = await Promise.all([1, 2, 3].map(() => connectTo(port, theirs)));
    for (const { bytes } of client) {
      for (const peer of peers) peer.write(bytes);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const peer of peers) peer.end();
    await expect
      .poll(() => heard.messages.filter((message) => message.endsWith("closed its connection")))
      .toHaveLength(3);
    const frames = heard.frames(tap);
    expect(packetFaults(frames)).toEqual([]);
    const decoded = [...new Set(frames.map(({ conversation }) => conversation))]
      .map((one) => layersOf(frames.filter(({ conversation }) => conversation === one)))
      .filter(({ length }) => length > 0);
    expect(decoded).toEqual([clientLayers, clientLayers, clientLayers]);
  });

  it("says that the port is taken, and what to do", async () => {
    const { port } = await serve(() => {});
    await expect(start({ kind: "listen", host, port })).rejects.toThrow(
      `${host}:${port} is taken: another program listens there; end it, or choose another port`,
    );
  });

  it("says that the address is none of this machine", async () => {
    const starting = start({ kind: "listen", host: "192.0.2.1", port: 4059 });
    await expect(starting).rejects.toThrow("192.0.2.1:4059 is no address of this machine");
  });

  it("lets go of its port and its peers when it stops, and tells nothing more", async () => {
    const port = await freePort();
    const { heard, running } = await start({ kind: "listen", host, port });
    const peer = await connectTo(port);
    const closed = once(peer.resume(), "end");
    await expect.poll(() => heard.messages.length).toBe(2);
    await running.stop();
    const count = heard.events.length;
    await closed;
    await serve(() => {}, port);
    expect(heard.events).toHaveLength(count);
  });
});

describe("a UDP tap", () => {
  it.each(knownWays)("on %s takes datagrams, each a packet, from %s", async (own, theirs, type) => {
    const port = await freePort();
    const { tap, heard } = await start({ kind: "udp", host: own, port });
    // A wrapper header (source 1, destination 102, length 13) and a data-notification with a null value.
    const push = Buffer.from("000100010066000d0f000000010c07e1010101010000000000", "hex");
    push.writeUInt16BE(push.length - 8, 6);
    const socket = createSocket(type);
    cleanups.push(() => socket.close());
    for (const bytes of [push, Buffer.alloc(0), push]) {
      await new Promise((resolve) => socket.send(bytes, port, theirs, resolve));
    }
    await expect.poll(() => heard.packets.length).toBe(3);
    expect(heard.packets.map(({ payloadLength }) => payloadLength)).toEqual([
      push.length,
      0,
      push.length,
    ]);
    const frames = heard.frames(tap);
    expect(packetFaults(frames)).toEqual([]);
    expect(frames[0]?.layers).toContain(type === "udp4" ? "ipv4" : "ipv6");
    expect(frames[0]?.layers).toContain("udp");
  });
});

describe("a relay", () => {
  it("passes a session on, and the recording is one connection", async () => {
    const answers = sampleSession.filter(({ isFromClient }) => !isFromClient);
    const meter = await serve((socket) => {
      let next = 0;
      socket.on("data", () => socket.write(answers[next++]?.bytes ?? new Uint8Array(0)));
      socket.on("end", () => socket.end());
    });
    const port = await freePort();
    const settings = {
      kind: "relay",
      host,
      port,
      targetHost: host,
      targetPort: meter.port,
    } as const;
    const { tap, heard } = await start(settings);
    const socket = await connectTo(port);
    for (const [i, { bytes }] of client.entries()) {
      socket.write(bytes);
      const [answer] = await once(socket, "data");
      expect(answer).toEqual(Buffer.from(answers[i]?.bytes ?? []));
    }
    socket.end();
    await once(socket, "close");
    await expect.poll(() => heard.messages.at(-1)).toMatch(/^The connection of .* is closed$/);
    const frames = heard.frames(tap);
    expect(layersOf(frames)).toEqual(sampleLayers);
    expect(packetFaults(frames)).toEqual([]);
    const directions = heard.packets
      .filter(({ payloadLength }) => payloadLength > 0)
      .map(({ direction }) => direction);
    expect(directions).toEqual(
      sampleSession.map(({ isFromClient }) => (isFromClient ? "outbound" : "inbound")),
    );
  });

  it("changes no byte under load, in both directions at once, with a slow reader", async () => {
    const length = 30_000_000;
    const noise = (seed: number) =>
      Buffer.from(
        Uint32Array.from({ length: length / 4 }, (_, i) => Math.imul(i + seed, 2_654_435_761))
          .buffer,
      );
    const [up, down] = [noise(1), noise(2)];
    const hashes: Record<string, string> = {};
    const hash = (name: string, socket: Socket) => {
      const sum = createHash("sha256");
      let pieces = 0;
      socket.on("data", (bytes) => {
        sum.update(bytes);
        pieces += 1;
        if (pieces % 50 !== 0) return;
        socket.pause();
        setTimeout(() => socket.resume(), 5);
      });
      socket.on("end", () => {
        hashes[name] = sum.digest("hex");
      });
    };
    const meter = await serve((socket) => {
      hash("up", socket);
      socket.end(down);
    });
    const port = await freePort();
    const settings = {
      kind: "relay",
      host,
      port,
      targetHost: host,
      targetPort: meter.port,
    } as const;
    const { heard, running } = await start(settings);
    const socket = await connectTo(port);
    hash("down", socket);
    socket.end(up);
    // The recorder falls behind now and then.
    const hiccups = setInterval(() => {
      heard.isBehind = !heard.isBehind;
      if (!heard.isBehind) running.resume();
    }, 20);
    cleanups.push(() => clearInterval(hiccups));
    await expect.poll(() => Object.keys(hashes).length, { timeout: 25_000 }).toBe(2);
    const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    expect(hashes).toEqual({ up: sha(up), down: sha(down) });
    for (const [direction, sent] of [
      ["outbound", up],
      ["inbound", down],
    ] as const) {
      const recorded = heard.packets.filter((packet) => packet.direction === direction);
      const payloads = recorded.map(({ bytes, payloadLength }) =>
        bytes.subarray(bytes.length - payloadLength),
      );
      expect(Buffer.concat(payloads).equals(sent)).toBe(true);
    }
  });

  it("keeps half-closed connections: an answer after the client's end still comes", async () => {
    const meter = await serve((socket) => {
      socket.resume();
      socket.on("end", () => setTimeout(() => socket.end("late"), 100));
    });
    const port = await freePort();
    await start({ kind: "relay", host, port, targetHost: host, targetPort: meter.port });
    const socket = await connectTo(port);
    socket.end("question");
    const [answer] = await once(socket, "data");
    expect(answer.toString()).toBe("late");
  });

  it("tells that the target is down, and closes the client's connection", async () => {
    const down = await freePort();
    const port = await freePort();
    const { tap, heard } = await start({
      kind: "relay",
      host,
      port,
      targetHost: host,
      targetPort: down,
    });
    const socket = await connectTo(port);
    await new Promise((resolve) => socket.resume().once("close", resolve));
    await expect
      .poll(() => heard.messages.at(-1))
      .toMatch(/could not be connected: 127\.0\.0\.1:\d+ refuses connections; is it on/);
    expect(heard.states.at(-1)?.severity).toBe("warning");
    // The attempt is kept, with its reason.
    expect(heard.packets.map(({ bytes }) => bytes[33])).toEqual([0x02, 0x14]);
    expect(heard.packets[1]?.comment).toMatch(/refuses connections/);
    expect(packetFaults(heard.frames(tap))).toEqual([]);
  });

  it("passes a break on", async () => {
    const meter = await serve((socket) => {
      socket.once("data", () => socket.resetAndDestroy());
    });
    const port = await freePort();
    const { heard } = await start({
      kind: "relay",
      host,
      port,
      targetHost: host,
      targetPort: meter.port,
    });
    const socket = await connectTo(port);
    const failed = new Promise<Error>((resolve) => socket.once("error", resolve));
    socket.write("question");
    expect(await failed).toMatchObject({ code: "ECONNRESET" });
    await expect.poll(() => heard.messages.at(-2)).toMatch(/broke the connection off/);
  });
});
