/** The LLC of IEC 61334-4-32 before an APDU, as PRIME networks use it: 90, destination, source. */
import type { Cursor } from "../core/cursor.js";
import { defineDiagnostics } from "../core/diagnostics.js";
import { defineFields } from "../core/fields.js";
import { readLayer } from "../core/layer.js";

const clause = "IEC 61334-4-32, LLC protocol data unit";

const F = defineFields("llc-61334", {
  "": { name: "LLC of IEC 61334-4-32", type: "group", clause },
  control: {
    name: "Control",
    base: "hex",
    values: { 144: "data" },
    clause,
  },
  destinationSap: { name: "Destination SAP", clause },
  sourceSap: { name: "Source SAP", clause },
});

const D = defineDiagnostics("llc-61334", {
  control: {
    severity: "warning",
    group: "protocol",
    message: "The control field of the LLC is not 0x90",
    clause,
    check: "Is it a frame of IEC 61334-4-32? Try another framing",
  },
});

export interface Llc61334 {
  readonly control: number;
  readonly "destination-sap": number;
  readonly "source-sap": number;
}

const dataControl = 0x90;

/** Reads an LLC PDU of IEC 61334-4-32 as a layer; the APDU in it is handed over. */
export function readLlc61334(c: Cursor): void {
  readLayer(c, "llc-61334", F[""], decodeLlc61334);
}

function decodeLlc61334(c: Cursor): void {
  const control = c.u8(F.control);
  if (control !== dataControl) c.report(D.control, c.offset - 1, c.offset);
  const header: Llc61334 = {
    control,
    "destination-sap": c.u8(F.destinationSap),
    "source-sap": c.u8(F.sourceSap),
  };
  c.dissection.link["llc-61334"] = header;
  c.dissection.handOver(c.take(c.remaining), "apdu");
}
