/** LINKTYPE_USER0 to 15: bytes without a header that anybody knows. */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import type { PacketContents } from "./packet-contents.js";

const F = defineFields("user", {
  "": { name: "User link type", type: "group" },
  payload: { name: "Payload", type: "bytes" },
});

/** The whole packet is bytes for a framer. */
export function readUserLink(c: Cursor, packet: PacketContents): void {
  readLayer(c, "user", F[""], () => {
    packet.payload = "bytes";
    packet.stream = "user";
    packet.payloadStart = c.offset;
    packet.payloadEnd = c.end;
    if (c.remaining > 0) c.octets(F.payload, c.remaining);
  });
}
