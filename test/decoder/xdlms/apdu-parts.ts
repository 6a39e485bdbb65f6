/** Parts of APDUs as tests write them, short. */
import { toBytes } from "../dissect-bytes.js";

/** Invoke-Id-And-Priority 0xc1: invoke-id 1, confirmed, high. */
export const invokeC1 = { "invoke-id": 1, "service-class": "confirmed", priority: "high" } as const;

/** Invoke-Id-And-Priority 0x81: invoke-id 1, unconfirmed, high. */
export const invoke81 = { ...invokeC1, "service-class": "unconfirmed" } as const;

export function bytes(hex: string): Uint8Array {
  return toBytes(hex);
}

/** Cosem-Attribute-Descriptor. */
export function attribute(classId: number, logicalName: string, attributeId: number) {
  return {
    "class-id": classId,
    "instance-id": toBytes(logicalName),
    "attribute-id": attributeId,
  };
}

/** Cosem-Method-Descriptor. */
export function method(classId: number, logicalName: string, methodId: number) {
  return { "class-id": classId, "instance-id": toBytes(logicalName), "method-id": methodId };
}
