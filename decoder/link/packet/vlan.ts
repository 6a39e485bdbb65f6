/** VLAN tags: IEEE 802.1Q, and stacked ones (802.1ad). */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { readLayerWith } from "../../core/layer.js";
import { etherTypes, handOverEtherType } from "./ether-type.js";
import type { PacketContents } from "./packet-contents.js";

const F = defineFields("vlan", {
  "": { name: "VLAN tag", type: "group" },
  control: { name: "Tag control information", base: "hex" },
  priority: { name: "Priority code point", mask: 0xe000 },
  dropEligible: { name: "Drop eligible", mask: 0x1000 },
  id: { name: "VLAN identifier", mask: 0x0fff },
  type: { name: "Type", base: "hex", values: etherTypes },
});

const controlBits = [F.priority, F.dropEligible, F.id];

/** A tag as `link.vlan` shows it; that of an inner tag is `link["vlan-inner"]`. */
export interface Vlan {
  readonly id: number;
  readonly priority: number;
  readonly "drop-eligible": boolean;
  readonly type: number;
}

/** Reads one tag; what follows it is handed over, be it a further tag. */
export function readVlan(c: Cursor, packet: PacketContents): void {
  readLayerWith(c, "vlan", F[""], decodeVlan, packet);
}

function decodeVlan(c: Cursor, packet: PacketContents): void {
  const control = c.u16Bits(F.control, controlBits);
  const type = c.u16(F.type);
  if (packet.values) {
    const tag: Vlan = {
      id: control & 0x0fff,
      priority: control >>> 13,
      "drop-eligible": (control & 0x1000) !== 0,
      type,
    };
    const { link } = c.dissection;
    link[link["vlan"] === undefined ? "vlan" : "vlan-inner"] = tag;
  }
  handOverEtherType(c.take(c.remaining), type, packet);
}
