import type { Frame } from "../frame.js";
import type { Ipv4 } from "../link/packet/ipv4.js";
import { type RtacSerial, rtacEvents } from "../link/packet/rtac-serial.js";
import type { Tcp } from "../link/packet/tcp.js";
import type { Udp } from "../link/packet/udp.js";

/**
 * A packet without a message in it: `TCP [SYN, ACK] 10.0.0.1:4059 to 10.0.0.2:51234`, `serial line:
 * status change, CTS and DSR on`.
 */
export function summarizePacket({ layers, link, sources }: Frame): string {
  const line = link["rtac-serial"] as RtacSerial | undefined;
  if (line !== undefined) return summarizeLineEvent(line);
  // IPv6 has the same names for its ends.
  const ip = (link["ipv4"] ?? link["ipv6"]) as Pick<Ipv4, "source" | "destination"> | undefined;
  const tcp = link["tcp"] as Tcp | undefined;
  const udp = link["udp"] as Udp | undefined;
  const ports = tcp ?? udp;
  const end = (address: string | undefined, port: number | undefined) =>
    `${address ?? "?"}${port === undefined ? "" : `:${port}`}`;
  const ends =
    ip === undefined
      ? ""
      : ` ${end(ip.source, ports?.["source-port"])} to ${end(ip.destination, ports?.["destination-port"])}`;
  const protocol = (layers.at(-1) ?? "packet").toUpperCase();
  if (tcp !== undefined) {
    return `TCP [${tcp.flags.join(", ").toUpperCase()}]${ends}, sequence ${tcp["sequence-number"]}`;
  }
  return `${protocol}${ends}, ${sources[0]?.bytes.length ?? 0} bytes`;
}

const controlLines = ["CTS", "DCD", "DSR", "RTS", "DTR", "RING", "MBOK"];

function summarizeLineEvent({ event, "control-lines": lines }: RtacSerial): string {
  const names: Readonly<Record<number, string>> = rtacEvents;
  const on = controlLines.filter((_, bit) => (lines & (1 << bit)) !== 0);
  const what = `serial line: ${names[event] ?? `event ${event}`}`;
  return on.length === 0 ? what : `${what}, ${on.join(" and ")} on`;
}
