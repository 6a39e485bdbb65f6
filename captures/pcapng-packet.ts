import {
  ENHANCED_PACKET_BLOCK,
  OBSOLETE_PACKET_BLOCK,
  SIMPLE_PACKET_BLOCK,
} from "./pcapng-block.js";

/** What stands in front of a packet's bytes. */
export interface PacketFields {
  /** Index in the section. */
  readonly interface: number;
  /** The two halves of the timestamp; both null where the block has none. */
  readonly timeHigh: number | null;
  readonly timeLow: number | null;
  /** Null where the block leaves it to be worked out from the snapshot length. */
  readonly capturedLength: number | null;
  readonly originalLength: number;
  /** Index of the first byte of the packet. */
  readonly data: number;
}

/** Reads the fields of the packet block at `at`; null for other blocks or where `end` cuts them. */
export function readPacketFields(
  type: number,
  view: DataView,
  at: number,
  end: number,
  littleEndian: boolean,
): PacketFields | null {
  if (type === ENHANCED_PACKET_BLOCK || type === OBSOLETE_PACKET_BLOCK) {
    if (end - at < 28) return null;
    return {
      interface:
        type === ENHANCED_PACKET_BLOCK
          ? view.getUint32(at + 8, littleEndian)
          : view.getUint16(at + 8, littleEndian),
      timeHigh: view.getUint32(at + 12, littleEndian),
      timeLow: view.getUint32(at + 16, littleEndian),
      capturedLength: view.getUint32(at + 20, littleEndian),
      originalLength: view.getUint32(at + 24, littleEndian),
      data: at + 28,
    };
  }
  if (type !== SIMPLE_PACKET_BLOCK || end - at < 12) return null;
  return {
    interface: 0,
    timeHigh: null,
    timeLow: null,
    capturedLength: null,
    originalLength: view.getUint32(at + 8, littleEndian),
    data: at + 12,
  };
}
