/** The flags of a TCP header (RFC 9293, Header Format). */
export const tcpFlags = {
  fin: 0x01,
  syn: 0x02,
  rst: 0x04,
  psh: 0x08,
  ack: 0x10,
  urg: 0x20,
  ece: 0x40,
  cwr: 0x80,
} as const;

const entries = Object.entries(tcpFlags);

/** The names of the flags that are set, lowest first. */
export function tcpFlagNames(flags: number): string[] {
  return entries.filter(([, mask]) => (flags & mask) !== 0).map(([name]) => name);
}
