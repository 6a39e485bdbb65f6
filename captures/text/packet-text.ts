/** Packets of a network among the bytes of a text: analysers export them as hex dumps. */

/** LINKTYPE_ETHERNET and LINKTYPE_RAW of pcap. */
const ETHERNET = 1;
const RAW_IP = 101;

/**
 * The LINKTYPE_ number of bytes that are a whole packet beyond doubt: IPv4 whose header has a right
 * checksum, or IPv6 over Ethernet, of the length that it says. Null for all others.
 */
export function packetLinkType(bytes: Uint8Array): number | null {
  if ((bytes[0] ?? 0) >> 4 === 4 && isIpv4(bytes, 0) && wordAt(bytes, 2) === bytes.length) {
    return RAW_IP;
  }
  const isTagged = wordAt(bytes, 12) === 0x8100;
  const start = isTagged ? 18 : 14;
  const type = wordAt(bytes, start - 2);
  if (type === 0x0800) return isIpv4(bytes, start) ? ETHERNET : null;
  return type === 0x86dd && isIpv6(bytes, start) ? ETHERNET : null;
}

/** Short packets are filled up behind their end. */
function isIpv4(bytes: Uint8Array, start: number): boolean {
  const [first = 0] = bytes.subarray(start, start + 1);
  const headerLength = (first & 15) * 4;
  if (first >> 4 !== 4 || headerLength < 20 || start + headerLength > bytes.length) return false;
  const length = wordAt(bytes, start + 2);
  if (length < headerLength || start + length > bytes.length) return false;
  // RFC 791: the ones' complement sum over a right header is all ones.
  let sum = 0;
  for (let at = start; at < start + headerLength; at += 2) sum += wordAt(bytes, at);
  return sum % 0xffff === 0 && sum > 0;
}

function isIpv6(bytes: Uint8Array, start: number): boolean {
  if ((bytes[start] ?? 0) >> 4 !== 6 || start + 40 > bytes.length) return false;
  const end = start + 40 + wordAt(bytes, start + 4);
  const isTransport = bytes[start + 6] === 6 || bytes[start + 6] === 17;
  return isTransport && end <= bytes.length && bytes.length - end <= 18;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
