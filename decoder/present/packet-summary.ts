import type { Frame } from "../frame.js";
import type { Ipv4 } from "../link/packet/ipv4.js";
import type { Tcp } from "../link/packet/tcp.js";
import type { Udp } from "../link/packet/udp.js";

/** A packet without a message in it: `TCP [SYN, ACK] 10.0.0.1:4059 to 10.0.0.2:51234`. */
export function summarizePacket({ layers, link, sources }: Frame): string {
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
