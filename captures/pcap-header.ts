/** The file header of pcap (libpcap savefile format). */

export const PCAP_FILE_HEADER_LENGTH = 24;

/** No packet of a sane file is longer, unless the file's own snapshot length says so. */
const MAXIMUM_SNAPSHOT_LENGTH = 262_144;

/** What is believed of a snapshot length; a packet is held in memory as a whole. */
const MAXIMUM_PACKET_LENGTH = 16 * 1024 * 1024;

interface PcapVariant {
  /** How many of the time's second field make a second. */
  readonly fractionsPerSecond: number;
  readonly recordHeaderLength: number;
}

const variants: ReadonlyMap<number, PcapVariant> = new Map([
  [0xa1b2c3d4, { fractionsPerSecond: 1_000_000, recordHeaderLength: 16 }],
  [0xa1b23c4d, { fractionsPerSecond: 1_000_000_000, recordHeaderLength: 16 }],
  // Kuznetzov's patch, which FRITZ!Box routers still write: interface, protocol and packet type
  // follow in each record header.
  [0xa1b2cd34, { fractionsPerSecond: 1_000_000, recordHeaderLength: 24 }],
]);

export interface PcapFileHeader extends PcapVariant {
  readonly littleEndian: boolean;
  readonly majorVersion: number;
  readonly minorVersion: number;
  readonly snapshotLength: number;
  /** LINKTYPE_ number, without the bits beside it that tell of a frame check sequence. */
  readonly linkType: number;
  /** The longest captured length that is believed. */
  readonly maximumPacketLength: number;
  /** Standard records of version 2.4 with microseconds. */
  readonly plain: boolean;
}

/** Whether four bytes are one of the magic numbers of pcap, and in which byte order; else null. */
export function pcapByteOrder(view: DataView, at: number): "little" | "big" | null {
  if (view.byteLength - at < 4) return null;
  if (variants.has(view.getUint32(at, true))) return "little";
  return variants.has(view.getUint32(at, false)) ? "big" : null;
}

/**
 * Reads the 24 bytes at `at`, which must be there. Null where they do not begin with a magic
 * number of pcap. The time zone field is not used: no writer fills it and no reader heeds it.
 */
export function readPcapFileHeader(view: DataView, at: number): PcapFileHeader | null {
  const order = pcapByteOrder(view, at);
  if (order === null) return null;
  const littleEndian = order === "little";
  const variant = variants.get(view.getUint32(at, littleEndian));
  if (variant === undefined) return null;
  const majorVersion = view.getUint16(at + 4, littleEndian);
  const minorVersion = view.getUint16(at + 6, littleEndian);
  const snapshotLength = view.getUint32(at + 16, littleEndian);
  return {
    ...variant,
    littleEndian,
    majorVersion,
    minorVersion,
    snapshotLength,
    linkType: view.getUint32(at + 20, littleEndian) & 0xffff,
    maximumPacketLength: Math.min(
      Math.max(snapshotLength, MAXIMUM_SNAPSHOT_LENGTH),
      MAXIMUM_PACKET_LENGTH,
    ),
    plain:
      variant.fractionsPerSecond === 1_000_000 &&
      variant.recordHeaderLength === 16 &&
      majorVersion === 2 &&
      minorVersion === 4,
  };
}
