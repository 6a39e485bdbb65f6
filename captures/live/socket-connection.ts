/** What taps on sockets share: connections told as packets, and failures in words. */
import { randomInt } from "node:crypto";
import type { Socket } from "node:net";
import type { CaptureClock } from "./capture-clock.js";
import { type SocketEnd, type SocketPacket, TcpPackets } from "./socket-packets.js";
import { TapError, type TapPacket, type TapSink, type TapState } from "./tap.js";

/** How long the other side of a connection is waited for, in milliseconds. */
export const connectTime = 10_000;

/** A silent connection is tried after this time, so that one whose other end has gone is noticed. */
export const keepAliveTime = 30_000;

/** What a connection is given up with that did not come about in time. */
export function timeOut(): Error {
  return Object.assign(new Error("no answer"), { code: "ETIMEDOUT" });
}

/** Which way the DLMS client's bytes go in a TCP connection; null: not known, or both. */
export interface ConnectionDirections {
  readonly fromTcpClient: TapPacket["direction"];
  readonly fromTcpServer: TapPacket["direction"];
}

/** Tells a sink what a TCP connection carries. Each call returns what the sink has said. */
export class RecordedConnection {
  readonly #sink: TapSink;
  readonly #clock: CaptureClock;
  readonly #packets: TcpPackets;
  readonly #directions: ConnectionDirections;

  constructor(
    sink: TapSink,
    clock: CaptureClock,
    client: SocketEnd,
    server: SocketEnd,
    directions: ConnectionDirections,
  ) {
    this.#sink = sink;
    this.#clock = clock;
    this.#directions = directions;
    const sequences = { client: randomInt(2 ** 32), server: randomInt(2 ** 32) };
    this.#packets = new TcpPackets(client, server, sequences);
  }

  opened(): boolean {
    const [syn, answer, acknowledgment] = this.#packets.open();
    const told = [
      this.#tell(true, syn),
      this.#tell(false, answer),
      this.#tell(true, acknowledgment),
    ];
    return told.every(Boolean);
  }

  /** The server could not be reached; `reason` is kept as a comment. */
  refused(reason: string): boolean {
    const [syn, answer] = this.#packets.refuse();
    return [this.#tell(true, syn), this.#tell(false, answer, reason)].every(Boolean);
  }

  sent(isFromClient: boolean, bytes: Uint8Array): boolean {
    let goesOn = true;
    for (const packet of this.#packets.send(isFromClient, bytes)) {
      goesOn = this.#tell(isFromClient, packet) && goesOn;
    }
    return goesOn;
  }

  ended(isFromClient: boolean): boolean {
    const [fin] = this.#packets.end(isFromClient);
    return this.#tell(isFromClient, fin);
  }

  reset(isFromClient: boolean, reason: string): boolean {
    const [packet] = this.#packets.reset(isFromClient);
    return this.#tell(isFromClient, packet, reason);
  }

  #tell(isFromClient: boolean, packet: SocketPacket | undefined, comment?: string): boolean {
    if (packet === undefined) return true;
    const { fromTcpClient, fromTcpServer } = this.#directions;
    return this.#sink.take({
      kind: "packet",
      interface: 0,
      time: this.#clock(),
      direction: isFromClient ? fromTcpClient : fromTcpServer,
      ...packet,
      isLineError: false,
      ...(comment === undefined ? {} : { comment }),
    });
  }
}

/** The end of a connected socket that is here. */
export function localEnd({ localAddress, localPort }: Socket): SocketEnd {
  return { address: localAddress ?? "0.0.0.0", port: localPort ?? 0 };
}

/** The end of a connected socket that is there. */
export function remoteEnd({ remoteAddress, remotePort }: Socket): SocketEnd {
  return { address: remoteAddress ?? "0.0.0.0", port: remotePort ?? 0 };
}

/** `192.0.2.7:4059`, `[2001:db8::7]:4059`. */
export function formatEnd(address: string, port: number): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return plain.includes(":") ? `[${plain}]:${port}` : `${plain}:${port}`;
}

export function tellState(
  sink: TapSink,
  phase: TapState["phase"],
  severity: TapState["severity"],
  message: string,
): void {
  sink.take({ kind: "state", phase, severity, message });
}

/** Why a connection to `name` did not come about or broke off, as a clause, with what to check. */
export function explainConnection(name: string, error: unknown): string {
  switch (codeOf(error)) {
    case "ECONNREFUSED":
      return `${name} refuses connections; is it on, and is the port right?`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the name in ${name} is not known; check its spelling and the network`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `no way leads to ${name}; check the network, a VPN, the address`;
    case "ETIMEDOUT":
      return `${name} does not answer; is it on, and does a firewall keep it away?`;
    case "ECONNRESET":
    case "EPIPE":
      return `${name} broke the connection off`;
    default:
      return `${name} cannot be reached (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** The error that says why `name` cannot be listened on. */
export function listenError(name: string, error: unknown): TapError {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new TapError(
        `${name} is taken: another program listens there; end it, or choose another port`,
        cause,
      );
    case "EACCES":
    case "EPERM":
      return new TapError(
        `${name} needs a permission that this user has not; choose a port from 1024 on`,
        cause,
      );
    case "EADDRNOTAVAIL":
      return new TapError(
        `${name} is no address of this machine; leave the host out to listen on all of them`,
        cause,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new TapError(
        `The name in ${name} is not known; give an address of this machine`,
        cause,
      );
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      return new TapError(`${name} cannot be listened on: ${reason}`, cause);
    }
  }
}

/** Whether the machine has no IPv6, so that its wildcard cannot be listened on. */
export function lacksIpv6(host: string, error: unknown): boolean {
  const code = codeOf(error);
  return host === "::" && (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL");
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
