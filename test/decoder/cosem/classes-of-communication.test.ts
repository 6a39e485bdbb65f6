/** Facts of the classes of communication, each with where it stands. */
import { describe, expect, it } from "vitest";
import { findAttribute, findClass, findMethod } from "../../../decoder/cosem/find-class.js";
import type { ValueRule } from "../../../decoder/cosem/value-rule.js";

/** The name of a value of the attribute, or of a member of what is in it, by their names. */
function nameOf(rule: ValueRule | undefined, value: number, ...members: string[]): unknown {
  const [member, ...rest] = members;
  if (rule?.kind === "array") return nameOf(rule.element, value, ...members);
  if (member !== undefined) {
    if (rule?.kind !== "structure") return undefined;
    return nameOf(rule.members.find(({ name }) => name === member)?.rule, value, ...rest);
  }
  if (rule?.kind === "enum") return rule.values[value];
  return rule?.kind === "bits" ? rule.bits[value] : undefined;
}

/** Names of the members of the structure, or of those in the array. */
function membersOf(rule: ValueRule | undefined): unknown {
  if (rule?.kind === "array") return membersOf(rule.element);
  return rule?.kind === "structure" ? rule.members.map(({ name }) => name) : undefined;
}

/** How many attributes the version has, the logical name among them; and how many methods. */
function countOf(classId: number, version: number): [number, number] | undefined {
  const found = findClass(classId)?.versions[version];
  if (found === undefined) return undefined;
  return [Object.keys(found.attributes).length + 1, Object.keys(found.methods).length];
}

describe("classes of communication", () => {
  // Attributes and methods as the table of classes of a Renesas meter firmware counts them; newer
  // versions as Gurux's objects do, the newest of G3 as a digest of the Blue Book, Ed. 16, does.
  it.each([
    [41, 0, 6, 0],
    [42, 0, 10, 3],
    [43, 0, 2, 0],
    [44, 0, 5, 0],
    [45, 0, 4, 0],
    [46, 0, 6, 0],
    [48, 0, 10, 2],
    [50, 1, 15, 0],
    [51, 0, 2, 1],
    [52, 0, 5, 0],
    [53, 0, 8, 1],
    [55, 1, 3, 0],
    [56, 0, 2, 0],
    [57, 0, 2, 0],
    [58, 0, 9, 0],
    [59, 0, 6, 0],
    [72, 0, 12, 8],
    [72, 1, 14, 8],
    [73, 1, 4, 0],
    [74, 0, 2, 0],
    [76, 0, 11, 0],
    [77, 0, 9, 1],
    [80, 0, 3, 1],
    [81, 0, 5, 1],
    [82, 0, 8, 0],
    [83, 0, 14, 0],
    [84, 0, 7, 1],
    [85, 0, 6, 1],
    [86, 0, 4, 0],
    [90, 1, 10, 1],
    [91, 1, 22, 1],
    [91, 2, 25, 1],
    [91, 3, 26, 2],
    [91, 4, 29, 2],
    [92, 1, 19, 0],
    [92, 2, 21, 0],
    [92, 3, 23, 0],
    [92, 4, 40, 0],
    [101, 0, 12, 0],
    [102, 0, 5, 0],
    [103, 0, 3, 0],
    [104, 0, 4, 11],
    [105, 0, 5, 0],
    [151, 0, 2, 0],
    [151, 1, 3, 0],
    [152, 0, 13, 0],
    [153, 0, 5, 1],
  ])("class %i version %i has %i attributes and %i methods", (id, version, attributes, methods) => {
    expect(countOf(id, version)).toEqual([attributes, methods]);
  });

  it("names speeds as IEC local port setup numbers them: Blue Book, class 19", () => {
    for (const [id, attribute] of [
      [19, 3],
      [23, 2],
      [27, 2],
      [74, 2],
    ] as const) {
      expect(nameOf(findAttribute(id, attribute)?.rule, 5)).toBe("9 600 baud");
      expect(nameOf(findAttribute(id, attribute)?.rule, 9)).toBe("115 200 baud");
    }
  });

  it("knows a third mode of local ports since version 1: DLMS_SPODES after Blue Book Ed. 14", () => {
    expect(nameOf(findAttribute(19, 2, 0)?.rule, 2)).toBeUndefined();
    expect(nameOf(findAttribute(19, 2, 1)?.rule, 2)).toMatch(/^not specified/);
  });

  it("keeps what either version of IEC HDLC setup sends: a byte, or two", () => {
    for (const version of [0, 1, undefined]) {
      expect(findAttribute(23, 5, version)?.rule).toMatchObject({
        types: ["unsigned", "long-unsigned"],
      });
    }
  });

  it("tells both twisted pair setups apart: IEC 62056-6-2 ED4 4.7.3, and Gurux for version 1", () => {
    expect(findAttribute(24, 5, 0)).toMatchObject({ name: "fatal_error", kind: "dynamic" });
    expect(nameOf(findAttribute(24, 5, 0)?.rule, 10)).toBe("e-EL-2F");
    expect(findAttribute(24, 2, 1)?.name).toBe("mode");
  });

  it("has connect, and modes above 100, since version 2 of Auto connect: DLMS_SPODES", () => {
    expect(findMethod(29, 1, 2)?.name).toBe("connect");
    expect(findMethod(29, 1, 1)).toBeUndefined();
    expect(nameOf(findAttribute(29, 2, 2)?.rule, 104)).toBe("connected when told to connect");
    expect(nameOf(findAttribute(29, 2, 1)?.rule, 104)).toBeUndefined();
    expect(findAttribute(29, 6, 0)?.name).toBe("phone_list");
    expect(findAttribute(29, 6, 1)?.name).toBe("destination_list");
  });

  it("names what calls are for: Blue Book, class 28 version 2; Gurux, CallType", () => {
    expect(nameOf(findAttribute(28, 7, 2)?.rule, 1, "call_type")).toBe("wake-up request");
    expect(findAttribute(28, 7, 0)).toBeUndefined();
  });

  it("widens cells in version 1 of GSM diagnostic: DLMS_SPODES; a Kaifa test bench reads it so", () => {
    expect(membersOf(findAttribute(47, 6, 0)?.rule)).toEqual([
      "cell_ID",
      "location_ID",
      "signal_quality",
      "ber",
    ]);
    expect(membersOf(findAttribute(47, 6, 1)?.rule)).toEqual([
      "cell_ID",
      "location_ID",
      "signal_quality",
      "ber",
      "mcc",
      "mnc",
      "channel_number",
    ]);
    expect(nameOf(findAttribute(47, 3)?.rule, 5)).toBe("registered, roaming");
    expect(nameOf(findAttribute(47, 5, 2)?.rule, 8)).toBe("LTE Cat NB1");
  });

  it("reads signal quality as 3GPP TS 27.007 has it for AT+CSQ", () => {
    const rule = findAttribute(47, 6, 1)?.rule;
    expect(nameOf(rule, 1, "signal_quality")).toBe("-111 dBm");
    expect(nameOf(rule, 30, "signal_quality")).toBe("-53 dBm");
    expect(nameOf(rule, 99, "signal_quality")).toBe("not known");
  });

  it("moves the signal out of the timers in version 1 of LTE monitoring: ESMR 5, and Gurux", () => {
    expect(findAttribute(151, 2, 0)?.name).toBe("LTE_quality_of_service");
    expect(membersOf(findAttribute(151, 2, 0)?.rule)).toEqual([
      "T3402",
      "T3412",
      "RSRQ",
      "RSRP",
      "qRxlevMin",
    ]);
    expect(findAttribute(151, 2, 1)?.name).toBe("LTE_network_parameters");
    expect(membersOf(findAttribute(151, 3, 1)?.rule)).toEqual(["RSRQ", "RSRP", "SNR", "CE"]);
  });

  it("names IP options after RFC 791, LCP options after RFC 1661", () => {
    expect(nameOf(findAttribute(42, 5)?.rule, 0x89, "IP_Option_Type")).toBe(
      "strict source and record route",
    );
    expect(nameOf(findAttribute(44, 3)?.rule, 8, "LCP_Option_Type")).toBe(
      "Address-and-Control-Field-Compression",
    );
    expect(findMethod(42, 3)?.name).toBe("get_nbof_mc_IP_addresses");
  });

  it("names M-Bus devices and their status after EN 13757-3", () => {
    expect(nameOf(findAttribute(72, 9)?.rule, 3)).toBe("gas");
    expect(nameOf(findAttribute(72, 11)?.rule, 2)).toBe("power low");
    expect(nameOf(findAttribute(72, 14, 1)?.rule, 4)).toBe("encryption key in use");
    expect(findAttribute(72, 13, 0)).toBeUndefined();
    expect(findMethod(72, 8, 1)?.name).toBe("transfer_key");
  });

  it("has M-Bus diagnostic as the GXF platform and IEC 62056-6-2 ED4 4.8.7 number it", () => {
    expect(findAttribute(77, 7)?.name).toBe("FCS_OK_frames_counter");
    expect(nameOf(findAttribute(77, 4)?.rule, 3)).toBe("link permanently interrupted");
  });

  it("has beacons before capabilities in class 83: IEC 62056-6-2 ED4 4.12.7", () => {
    expect(findAttribute(83, 13)?.name).toBe("mac_beacon_tx_frequency");
    expect(nameOf(findAttribute(83, 14)?.rule, 0)).toBe("switch capable");
    expect(nameOf(findAttribute(83, 6)?.rule, 2)).toBe("switch");
  });

  it("has the routing parameters of G3 in order: a Kaifa test bench, and Gurux", () => {
    const members = membersOf(findAttribute(92, 6)?.rule);
    expect(members).toHaveLength(14);
    expect(members).toContain("adp_unicast_RREQ_gen_enable");
    expect(findAttribute(91, 10, 3)?.name).toBe("mac_neighbour_table_entry_TTL");
    expect(findAttribute(91, 10, 4)?.name).toBe("mac_POS_table_entry_TTL");
  });

  it("asks no newer version for what it does not know", () => {
    expect(findClass(96)?.name).toBe("Wi-SUN diagnostic");
    expect(findAttribute(96, 2)).toBeUndefined();
    expect(findAttribute(72, 14, 2)?.name).toBe("encryption_key_status");
    expect(findMethod(132, 1, 0)).toBeUndefined();
    expect(findMethod(132, 1, 1)?.name).toBe("reset");
  });
});
