import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { type CaptureClock, createCaptureClock } from "./capture-clock.js";
import { formatEnd, lacksIpv6, listenError, tellState } from "./socket-connection.js";
import { LINKTYPE_RAW, udpPacket } from "./socket-packets.js";
import type { RunningTap, Tap, TapSink } from "./tap.js";
import type { UdpTapSettings } from "./tap-settings.js";

/** What the system is asked to keep of datagrams that have not been read yet. */
const RECEIVE_BUFFER = 1024 * 1024;

/**
 * A tap that takes UDP datagrams, over IPv4 and IPv6. The system does not tell a program to which of
 * its addresses a datagram went: with the wildcard address, that stands in the packets.
 */
export function createUdpTap(
  { host, port }: UdpTapSettings,
  clock: CaptureClock = createCaptureClock(),
): Tap {
  const name = formatEnd(host, port);
  return {
    interfaces: [
      { name: `udp ${name}`, description: `UDP datagrams to ${name}`, linkType: LINKTYPE_RAW },
    ],
    async start(sink) {
      let socket: Socket;
      try {
        socket = await bind(isIPv6(host) || host === "" ? "udp6" : "udp4", host, port);
      } catch (error) {
        if (!lacksIpv6(host, error)) throw listenError(name, error);
        socket = await bind("udp4", "0.0.0.0", port).catch((again: unknown) => {
          throw listenError(name, again);
        });
      }
      tellState(sink, "open", "information", `Listening on ${name} for UDP datagrams`);
      return receive(socket, sink, clock);
    },
  };
}

function bind(type: "udp4" | "udp6", host: string, port: number): Promise<Socket> {
  const socket = createSocket({ type, recvBufferSize: RECEIVE_BUFFER });
  return new Promise((resolve, reject) => {
    socket.once("error", (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
  });
}

/** Datagrams cannot wait: what the sink says to that is not heard. */
function receive(socket: Socket, sink: TapSink, clock: CaptureClock): RunningTap {
  const local = socket.address();
  let isStopped = false;
  socket.on("message", (bytes: Uint8Array, from: RemoteInfo) => {
    if (isStopped) return;
    const isMapped = /^::ffff:\d+\./i.test(from.address);
    const address = local.address === "::" && isMapped ? "0.0.0.0" : local.address;
    const packet = udpPacket(from, { address, port: local.port }, bytes);
    const rest = { direction: "inbound", isLineError: false } as const;
    sink.take({ kind: "packet", interface: 0, time: clock(), ...packet, ...rest });
  });
  socket.on("error", (error) => {
    if (!isStopped) tellState(sink, "open", "warning", `A datagram was lost: ${error.message}`);
  });
  return {
    resume() {},
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}
