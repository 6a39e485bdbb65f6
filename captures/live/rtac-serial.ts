/** Packets of LINKTYPE_RTAC_SERIAL (tcpdump.org, Link-Layer Header Types): a serial line's reads and events. */
import type { Timestamp } from "../../decoder/chunk.js";

export const LINKTYPE_RTAC_SERIAL = 250;

/** Time, event, control lines, and two bytes that nothing is said of. */
export const RTAC_HEADER_LENGTH = 12;

/** What a packet tells. Only the events that a tap can see are here. */
export const rtacEvents = {
  /** The control lines have changed, or something that the format has no number for. */
  statusChange: 0,
  transmission: 1,
  reception: 2,
  dataLost: 5,
  framingError: 7,
  parityError: 8,
  break: 9,
  overflow: 10,
} as const;

export type RtacEvent = (typeof rtacEvents)[keyof typeof rtacEvents];

/** Bits of the control line state. What a tap drives itself (RTS, DTR) it does not report. */
export const rtacControlLines = { cts: 0x01, dcd: 0x02, dsr: 0x04 } as const;

/**
 * Writes the header to the first 12 bytes of `packet`, in the byte order of the network. Times
 * outside of 1970 to 2106 do not fit and become 0: the recording has its own.
 */
export function writeRtacHeader(
  packet: Uint8Array,
  time: Timestamp,
  event: RtacEvent,
  controlLines: number,
): void {
  const view = new DataView(packet.buffer, packet.byteOffset, RTAC_HEADER_LENGTH);
  const fits = time.seconds >= 0 && time.seconds <= 0xffffffff;
  view.setUint32(0, fits ? time.seconds : 0);
  view.setUint32(4, fits ? Math.floor(time.nanoseconds / 1000) : 0);
  view.setUint8(8, event);
  view.setUint8(9, controlLines);
  view.setUint16(10, 0);
}

/** A packet without bytes of the line. */
export function createRtacEvent(
  time: Timestamp,
  event: RtacEvent,
  controlLines: number,
): Uint8Array {
  const packet = new Uint8Array(RTAC_HEADER_LENGTH);
  writeRtacHeader(packet, time, event, controlLines);
  return packet;
}
