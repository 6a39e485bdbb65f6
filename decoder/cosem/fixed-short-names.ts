/**
 * The base names that the standard reserves: every server with short names has these objects there,
 * so that a client can ask for the rest. IEC 62056-6-2, Reserved base_names for special COSEM objects.
 */
import type { ShortNameObject } from "../core/context.js";

/** Ascending by base. What a trace says of these bases comes before. */
export const fixedShortNames: readonly ShortNameObject[] = Object.freeze([
  // Association SN, the current association
  fixed(0xfa00, 12, [0, 0, 40, 0, 0, 255]),
  // Script table, that of broadcasts
  fixed(0xfb00, 9, [0, 0, 10, 0, 125, 255]),
  // SAP assignment
  fixed(0xfc00, 17, [0, 0, 41, 0, 0, 255]),
  // COSEM logical device name: Data, or Register, which has its value in the same place
  fixed(0xfd00, 1, [0, 0, 42, 0, 0, 255]),
]);

function fixed(baseName: number, classId: number, logicalName: readonly number[]): ShortNameObject {
  return {
    baseName,
    classId,
    version: undefined,
    logicalName: Uint8Array.from(logicalName),
    frame: 0,
  };
}
