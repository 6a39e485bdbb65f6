import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";

export interface InvokeIdAndPriority {
  readonly "invoke-id": number;
  readonly "service-class": "unconfirmed" | "confirmed";
  readonly priority: "normal" | "high";
}

const clause = "IEC 62056-5-3, Invoke-Id-And-Priority";
const serviceClass = { 0: "unconfirmed", 1: "confirmed" } as const;
const priority = { 0: "normal", 1: "high" } as const;

const F = defineFields("xdlms", {
  invokeIdAndPriority: { name: "Invoke-Id-And-Priority", base: "hex", clause },
  invokeId: { name: "Invoke-Id", mask: 0x0f, clause },
  serviceClass: { name: "Service class", mask: 0x40, values: serviceClass, clause },
  priority: { name: "Priority", mask: 0x80, values: priority, clause },
});

const bits = [F.invokeId, F.serviceClass, F.priority];

/** Invoke-Id-And-Priority: bits 0-3 invoke-id, bit 6 service class, bit 7 priority. */
export function decodeInvokeIdAndPriority(c: Cursor): InvokeIdAndPriority {
  return meanings[c.u8Bits(F.invokeIdAndPriority, bits)] ?? meaningOf(0);
}

function meaningOf(value: number): InvokeIdAndPriority {
  return {
    "invoke-id": value & 0x0f,
    "service-class": (value & 0x40) === 0 ? "unconfirmed" : "confirmed",
    priority: (value & 0x80) === 0 ? "normal" : "high",
  };
}

/** What each value of the byte says; made once. */
const meanings = Array.from({ length: 256 }, (_, value) => Object.freeze(meaningOf(value)));
