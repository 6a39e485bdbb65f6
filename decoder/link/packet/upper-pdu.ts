/** PDUs that Wireshark exported with a list of tags before them (LINKTYPE_WIRESHARK_UPPER_PDU). */
import type { Cursor } from "../../core/cursor.js";
import { defineFields } from "../../core/fields.js";
import { readLayer } from "../../core/layer.js";
import { formatIpv4, formatIpv6 } from "./address-text.js";
import { handOverEtherType } from "./ether-type.js";
import type { PacketContents } from "./packet-contents.js";

const tags = {
  0: "end of options",
  10: "options length",
  11: "link type",
  12: "dissector name",
  13: "heuristic dissector name",
  14: "dissector table name",
  20: "IPv4 source",
  21: "IPv4 destination",
  22: "IPv6 source",
  23: "IPv6 destination",
  24: "port type",
  25: "source port",
  26: "destination port",
  28: "SS7 OPC",
  29: "SS7 DPC",
  30: "original frame number",
  31: "DVB-CI event",
  32: "dissector table value",
  33: "protocol column text",
  34: "TCP dissector data",
  35: "direction",
  36: "information column text",
  37: "user data",
} as const;

const F = defineFields("upper-pdu", {
  "": { name: "Exported PDU", type: "group" },
  tag: { name: "Tag", type: "group" },
  type: { name: "Type", values: tags },
  length: { name: "Length" },
  text: { name: "Text", type: "string" },
  address: { name: "Address", type: "string" },
  number: { name: "Number" },
  value: { name: "Value", type: "bytes" },
  payload: { name: "Payload", type: "bytes" },
});

/** What the tags say, as `link["upper-pdu"]` shows it. */
export interface UpperPdu {
  /** Name of the dissector that Wireshark would give the payload to. */
  readonly dissector: string;
  readonly source?: string;
  readonly destination?: string;
  readonly "source-port"?: number;
  readonly "destination-port"?: number;
  readonly "original-frame"?: number;
}

type Writable = { -readonly [Key in keyof UpperPdu]: UpperPdu[Key] };

/** Reads the tags; a network packet is handed over, any other payload is bytes for a framer. */
export function readUpperPdu(c: Cursor, packet: PacketContents): void {
  readLayer(c, "upper-pdu", F[""], () => {
    const header: Writable = { dissector: "" };
    while (decodeTag(c, header));
    if (packet.values) c.dissection.link["upper-pdu"] = header;
    switch (header.dissector) {
      case "ip":
        handOverEtherType(c.take(c.remaining), 0x0800, packet);
        return;
      case "ipv6":
        handOverEtherType(c.take(c.remaining), 0x86dd, packet);
        return;
      case "eth":
      case "eth_withfcs":
      case "eth_withoutfcs":
        c.dissection.handOver(c.take(c.remaining), "ethernet");
        return;
    }
    packet.payload = "bytes";
    packet.stream = `upper-pdu ${header.dissector}`;
    packet.streamSource = nameEnd(header.source, header["source-port"]);
    packet.streamDestination = nameEnd(header.destination, header["destination-port"]);
    packet.payloadStart = c.offset;
    packet.payloadEnd = c.end;
    if (c.remaining > 0) c.octets(F.payload, c.remaining);
  });
}

/** `192.0.2.1:4059`, or as much of it as the tags tell. */
function nameEnd(address: string | undefined, port: number | undefined): string {
  return `${address ?? ""}${port === undefined ? "" : `:${port}`}`;
}

/** Reads one tag into `header`; false after the last one. */
function decodeTag(c: Cursor, header: Writable): boolean {
  c.open(F.tag);
  const type = c.u16(F.type);
  const value = c.take(c.u16(F.length));
  if (type === 12 || type === 13 || type === 14) {
    const name = decodeText(value);
    if (header.dissector === "") header.dissector = name;
  } else if (type === 33 || type === 36) {
    decodeText(value);
  } else if ((type === 20 || type === 21) && value.remaining === 4) {
    header[type === 20 ? "source" : "destination"] = decodeAddress(value, formatIpv4);
  } else if ((type === 22 || type === 23) && value.remaining === 16) {
    header[type === 22 ? "source" : "destination"] = decodeAddress(value, formatIpv6);
  } else if (value.remaining === 4) {
    const number = value.u32(F.number);
    if (type === 25) header["source-port"] = number;
    if (type === 26) header["destination-port"] = number;
    if (type === 30) header["original-frame"] = number;
  }
  if (value.remaining > 0) value.octets(F.value, value.remaining);
  c.close();
  return type !== 0;
}

/** Texts may be filled up with zeros. */
function decodeText(c: Cursor): string {
  let length = c.remaining;
  while (length > 0 && c.peek(length - 1) === 0) length--;
  return length > 0 ? c.characters(F.text, length) : "";
}

function decodeAddress(c: Cursor, format: (bytes: Uint8Array, at: number) => string): string {
  const text = format(c.bytes, c.offset);
  c.leaf(F.address, c.remaining, text);
  return text;
}
