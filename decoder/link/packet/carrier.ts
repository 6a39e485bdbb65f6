import type { Cursor } from "../../core/cursor.js";
import type { Carrier } from "../link-frame.js";
import { readPacket } from "./packet.js";
import { PacketContents } from "./packet-contents.js";

/**
 * Reads the headers of a packet that carried (a part of) a frame, with their values and findings.
 * The cursor stands on the packet's bytes.
 */
export function dissectCarrier(c: Cursor, carrier: Carrier | undefined): void {
  packet.reset(Math.max(0, (carrier?.originalLength ?? 0) - c.remaining));
  readPacket(c, carrier?.linkType ?? -1, packet);
}

/** Used again for every packet; nobody looks at it afterwards. */
const packet = new PacketContents({ values: true });
