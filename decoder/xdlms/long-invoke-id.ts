import type { Cursor } from "../core/cursor.js";
import { defineFields } from "../core/fields.js";

export interface LongInvokeIdAndPriority {
  readonly "long-invoke-id": number;
  readonly "self-descriptive": boolean;
  readonly "processing-option": "continue-on-error" | "break-on-error";
  readonly "service-class": "unconfirmed" | "confirmed";
  readonly priority: "normal" | "high";
}

const clause = "IEC 62056-5-3, Long-Invoke-Id-And-Priority";

const F = defineFields("xdlms", {
  longInvokeIdAndPriority: { name: "Long-Invoke-Id-And-Priority", base: "hex", clause },
  longInvokeId: { name: "Long-Invoke-Id", mask: 0x00ff_ffff, clause },
  selfDescriptive: {
    name: "Self-descriptive",
    mask: 0x1000_0000,
    values: { 0: "not self-descriptive", 1: "self-descriptive" },
    clause,
  },
  processingOption: {
    name: "Processing option",
    mask: 0x2000_0000,
    values: { 0: "continue-on-error", 1: "break-on-error" },
    clause,
  },
  "longInvokeId.serviceClass": {
    name: "Service class",
    mask: 0x4000_0000,
    values: { 0: "unconfirmed", 1: "confirmed" },
    clause,
  },
  "longInvokeId.priority": {
    name: "Priority",
    mask: 0x8000_0000,
    values: { 0: "normal", 1: "high" },
    clause,
  },
});

const bits = [
  F.longInvokeId,
  F.selfDescriptive,
  F.processingOption,
  F["longInvokeId.serviceClass"],
  F["longInvokeId.priority"],
];

/**
 * Long-Invoke-Id-And-Priority: bits 0-23 long-invoke-id, 28 self-descriptive, 29 processing
 * option, 30 service class, 31 priority.
 */
export function decodeLongInvokeIdAndPriority(c: Cursor): LongInvokeIdAndPriority {
  const value = c.u32(F.longInvokeIdAndPriority);
  c.dissection.recorder.bits(bits, value);
  return {
    "long-invoke-id": value & 0x00ff_ffff,
    "self-descriptive": (value & 0x1000_0000) !== 0,
    "processing-option": (value & 0x2000_0000) === 0 ? "continue-on-error" : "break-on-error",
    "service-class": (value & 0x4000_0000) === 0 ? "unconfirmed" : "confirmed",
    priority: (value & 0x8000_0000) === 0 ? "normal" : "high",
  };
}
