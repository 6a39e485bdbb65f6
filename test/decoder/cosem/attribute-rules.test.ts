/** Facts of IEC 62056-6-2 that the table must have, and what it must leave alone. */
import { describe, expect, it } from "vitest";
import { findMismatch } from "../../../decoder/conversation/data/data-mismatch.js";
import { findAttribute, findClass } from "../../../decoder/cosem/find-class.js";
import { decodeData } from "../../../decoder/xdlms/data.js";
import { decodeBytes } from "../dissect-bytes.js";

/** Whether the data, in hex, fits the attribute. */
function fits(classId: number, attribute: number, hex: string): boolean {
  const data = decodeBytes(hex, decodeData);
  const type = findAttribute(classId, attribute);
  if (data === undefined || type === undefined) throw new Error(`${classId}.${attribute}: ${hex}`);
  return findMismatch(data, type.rule) === undefined;
}

describe("attribute types", () => {
  it("has the logical name in every class", () => {
    expect(findAttribute(3, 1)?.name).toBe("logical_name");
    expect(findAttribute(9999, 1)?.name).toBe("logical_name");
    expect(findAttribute(9999, 2)).toBeUndefined();
    expect(findClass(7)?.name).toBe("Profile generic");
    expect(findClass(9999)?.name).toBeUndefined();
  });

  it.each([
    ["Register value", 3, 2, "06 00000000", "0301"],
    ["Register value, float32", 3, 2, "17 00000000", "0101 1101"],
    ["Extended register capture_time", 4, 5, "0900", "0904 00000000"],
    ["Demand register number_of_periods", 5, 9, "12 0001", "06 00000001"],
    ["Register activation mask_list", 6, 3, "0101 0202 0901 01 0101 1101", "0101 0201 0901 01"],
    ["Profile generic buffer, compact-array", 7, 2, "13 11 03 010203", "0200"],
    ["Profile generic capture_period", 7, 4, "06 00000384", "12 0384"],
    ["Clock time_zone", 8, 3, "10 ffc4", "0f c4"],
    ["Clock daylight_savings_deviation", 8, 7, "0f 3c", "10 003c"],
    [
      "Script table scripts",
      9,
      2,
      "0101 0202 120001 0101 0205 1601 120046 0906 000060030aff 0f01 0f00",
      "0101 0202 120001 0101 0204 1601 120046 0906 000060030aff 0f01",
    ],
    [
      "Special days table entries",
      11,
      2,
      "0101 0203 120001 0905 ffff0c19ff 1101",
      "0101 0203 120001 0904 0c19ffff 1101",
    ],
    [
      "Association SN object_list",
      12,
      2,
      "0101 0204 10fa00 12000c 1100 0906 0000280000ff",
      "0101 0203 10fa00 12000c 1100",
    ],
    ["Association LN association_status", 15, 8, "1602", "1102"],
    ["SAP assignment", 17, 2, "0101 0202 120001 0903 414243", "0101 0202 1101 0903 414243"],
    ["Image transfer image_transfer_status", 18, 6, "1600", "1100"],
    ["Activity calendar season", 20, 3, "0101 0203 0901 31 0900 0901 31", "0101 0202 0901 31 0900"],
    ["Register monitor thresholds", 21, 2, "0101 12 0001", "0101 0200"],
    [
      "Single action schedule execution_time",
      22,
      4,
      "0101 0202 0904 00000000 0905 ffffff01ff",
      "0101 0202 0905 ffffff01ff 0904 00000000",
    ],
    ["IEC HDLC setup of version 0", 23, 5, "11 80", "06 00000080"],
    ["IEC HDLC setup of version 1", 23, 5, "12 0080", "16 80"],
    ["Push setup repetition_delay", 40, 7, "12 003c", "11 3c"],
    ["Push setup repetition_delay of version 2", 40, 7, "0203 120001 120002 120003", "0201 120001"],
    ["TCP-UDP setup port", 41, 2, "12 0fdb", "06 00000fdb"],
    ["IPv4 setup IP_address", 42, 3, "06 0a000001", "0904 0a000001"],
    ["Security setup security_policy", 64, 2, "1603", "1103"],
    ["Disconnect control output_state", 70, 2, "0301", "1601"],
    ["Limiter min_over_threshold_duration", 71, 6, "06 0000000a", "12 000a"],
    ["M-Bus client identification_number", 72, 6, "06 00000001", "0904 00000001"],
  ] as const)("%s", (_, classId, attribute, allowed, forbidden) => {
    expect(fits(classId, attribute, allowed)).toBe(true);
    expect(fits(classId, attribute, forbidden)).toBe(false);
    expect(fits(classId, attribute, "00")).toBe(true);
  });
});
