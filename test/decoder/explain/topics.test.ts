/** Spellings of topics, and what is said of some: facts stand with who says so. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findClass } from "../../../decoder/cosem/find-class.js";
import { listUnits } from "../../../decoder/cosem/units.js";
import { type Explanation, explain, suggest } from "../../../decoder/index.js";

function factsOf(explanation: Explanation | undefined): Record<string, string> {
  return Object.fromEntries(explanation?.facts.map(({ label, text }) => [label, text]) ?? []);
}

function topicsOf(topic: string): string[] {
  return explain(topic).map((each) => `${each.kind} ${each.topic}`);
}

describe("objects", () => {
  // IEC 62056-6-1: total active energy import; A = 1 is electricity, D = 8 time integral 1.
  it.for([
    "1-0:1.8.0*255",
    "1-0:1.8.0",
    "1-0:1.8.0.255",
    "1-0:1.8.0&255",
    "1.0.1.8.0.255",
    "0100010800FF",
    "01 00 01 08 00 ff",
    "01:00:01:08:00:FF",
    "0x0100010800ff",
    "1.8.0",
    "1.8.0*255",
    "  1-0:1.8.0*255 ",
  ])("%s is the import of active energy", (topic) => {
    const [first, ...more] = explain(topic);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      kind: "obis",
      topic: "1-0:1.8.0*255",
      title: "Active energy import (+A)",
      related: ["class 3", "unit 30"],
    });
    expect(factsOf(first)).toMatchObject({
      "logical name": "0100010800FF",
      "named by": "IEC 62056-6-1",
      "usual class": "3 Register",
      unit: "Wh (watt-hour, active energy)",
    });
    expect(first?.values.map(({ value }) => value)).toEqual([
      "A = 1",
      "B = 0",
      "C = 1",
      "D = 8",
      "E = 0",
      "F = 255",
    ]);
    expect(first?.values[0]?.text).toBe("Electricity");
  });

  it.for(["1-0:1.8.256", "1-0:1.8", "1.8.0.0.0.0.255", "300.0.1.8.0.255", "0100010800F"])(
    "%s is none",
    (topic) => {
      expect(explain(topic)).toEqual([]);
    },
  );

  it("with a class and an attribute tell of these, too", () => {
    for (const topic of [
      "3 1-0:1.8.0*255 2",
      "class 3 1-0:1.8.0*255 attribute 2",
      "3/1-0:1.8.0*255/2",
      "Register 1.8.0 value",
      "1-0:1.8.0*255 2",
    ]) {
      expect(topicsOf(topic), topic).toEqual([
        "obis 1-0:1.8.0*255",
        "attribute class 3 attribute 2",
      ]);
    }
    expect(topicsOf("70 0-0:96.3.10*255 method 1")).toEqual([
      "obis 0-0:96.3.10*255",
      "method class 70 method 1",
    ]);
    expect(topicsOf("3 1-0:1.8.0*255")).toEqual(["obis 1-0:1.8.0*255", "class class 3"]);
    expect(topicsOf("3 1-0:1.8.0*255 99")).toEqual([]);
  });

  it("have the names that the caller gives", () => {
    const names = {
      find: (_: Uint8Array, classId?: number) => ({
        name: `House ${classId ?? "any"}`,
        isSpecific: true,
        by: "my.csv",
        scaler: 3,
      }),
    };
    const [first] = explain("3 1-0:1.8.0", { names });
    expect(first?.title).toBe("House 3");
    expect(factsOf(first)).toMatchObject({ "named by": "my.csv", scaler: "3" });
  });

  it("that nobody knows are told by their groups", () => {
    const [first] = explain("1-0:199.99.99*255");
    expect(first?.meaning).toContain("do not tell");
    expect(first?.values).toContainEqual({ value: "C = 199", text: "Manufacturer specific" });
  });
});

describe("classes", () => {
  it.for([
    "class 7",
    "CLASS 7",
    "7",
    "Profile generic",
    "profile-generic",
    "class profile_generic",
  ])("%s is Profile generic", (topic) => {
    expect(explain(topic)[0]).toMatchObject({ kind: "class", topic: "class 7" });
  });

  // IEC 62056-6-2, Profile generic: version 1 has no method 3.
  it("tell what only some versions have", () => {
    const [first] = explain("7");
    expect(factsOf(first)["versions"]).toBe("0 and 1");
    expect(first?.values.map(({ value }) => value)).toContain("method 3, version 0");
    expect(first?.values.map(({ value }) => value)).toContain("attribute 3");
  });

  it.for([
    "class 7 attribute 3",
    "7/3",
    "7.3",
    "7 3",
    "class 7/3",
    "Profile generic.capture_objects",
    "profile generic/3",
    "class 7 capture objects",
    "7.capture_objects",
    "profile-generic attribute 3",
  ])("%s is what a profile captures", (topic) => {
    const [first, ...more] = explain(topic);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ kind: "attribute", topic: "class 7 attribute 3" });
    expect(factsOf(first)).toMatchObject({
      kind: "static: it is set up",
      type: "array of structure of class_id, logical_name, attribute_index, data_index",
    });
    expect(first?.values).toContainEqual({ value: "attribute_index", text: "integer" });
  });

  it("tell of an attribute in each of its forms, the newest first", () => {
    // IEC 62056-6-2, Security setup: an enumeration in version 0, bits in version 1.
    const policies = explain("class 64 attribute 2");
    expect(policies.map((each) => factsOf(each)["versions"])).toEqual(["1", "0"]);
    expect(policies[0]?.values).toContainEqual({ value: "bit 3", text: "encrypted request" });
    expect(policies[1]?.values).toContainEqual({ value: "1", text: "all messages authenticated" });
  });

  it("nest what is in members, and tell alternatives apart", () => {
    const [first] = explain("class 15 attribute 2");
    expect(first?.values).toContainEqual({
      value: "access_mode",
      text: "enum of bits",
      depth: 2,
    });
    const [certificate] = explain("class 64 method 7");
    expect(
      certificate?.values.filter(({ depth }) => depth === 1).map(({ value }) => value),
    ).toEqual(["0", "1", "either", "or"]);
  });

  it("tell of methods and their parameters", () => {
    expect(explain("class 70 method 1")[0]).toMatchObject({
      kind: "method",
      title: "remote_disconnect of Disconnect control",
    });
    expect(explain("remote_disconnect")[0]?.topic).toBe("class 70 method 1");
  });

  it("are listed for a name that several have", () => {
    const [first] = explain("capture_objects");
    expect(first?.values.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["class 7 attribute 3", "class 62 attribute 3"]),
    );
    expect(explain("logical_name")[0]?.meaning).toContain("every class");
    expect(topicsOf("7/1")).toEqual(["attribute class 7 attribute 1"]);
  });

  it("by the name of an older version tell of that version", () => {
    const secrets = explain("LLS_secret");
    expect(secrets.map(({ title }) => title)).toEqual(["LLS_secret of Association LN"]);
    expect(factsOf(secrets[0])["versions"]).toBe("0");
  });

  it.for(["class 9999", "7/99", "class 7 method 99", "0/0", "class 7 attribute 0"])(
    "%s is unknown",
    (topic) => {
      expect(explain(topic)).toEqual([]);
    },
  );
});

describe("fields and formats", () => {
  it("are told with type, base, bits, and what can be wrong with them", () => {
    const [fcs] = explain("HDLC.fcs");
    expect(fcs).toMatchObject({ title: "FCS", related: ["hdlc", "hdlc.fcs-mismatch"] });
    expect(factsOf(fcs)).toMatchObject({
      "filter name": "hdlc.fcs",
      base: "shown in hex",
      clause: "IEC 62056-46, 6.4.1 The MAC PDU and the HDLC frame",
    });
    // IEC 62056-5-3, Security control byte: bits 0 to 3 are the suite, bit 5 is encryption.
    expect(factsOf(explain("ciphering.security-suite")[0])["bits"]).toBe("bits 0 to 3 (0x0f)");
    expect(factsOf(explain("ciphering.encryption")[0])["bits"]).toBe("bit 5 (0x20)");
    expect(explain("data.type")[0]?.values).toContainEqual({ value: "0x09", text: "octet-string" });
  });

  it("have the words of ACSE among their values", () => {
    expect(explain("acse.mechanism-name")[0]?.values).toContainEqual({
      value: "5",
      text: "high-level-security-gmac",
    });
    expect(explain("acse.result-source-diagnostic")[0]?.values).toContainEqual({
      value: "acse-service-user 13",
      text: "authentication-failure",
    });
  });

  it("may be called by their label", () => {
    expect(topicsOf("frame format")).toEqual(["field hdlc.format"]);
    expect(explain("Choice")[0]?.related.length).toBeGreaterThan(5);
  });

  it("come before diagnostics of the same name", () => {
    expect(topicsOf("hdlc.length")).toEqual(["field hdlc.length", "diagnostic hdlc.length"]);
    expect(topicsOf("hdlc.").slice(0, 2)).toEqual(["format hdlc", "format hdlc"]);
  });
});

describe("values with names", () => {
  // IEC 62056-5-3, Data-Access-Result: scope-of-access-violated (13).
  it("tell number, table and clause, and which diagnostic reports them", () => {
    const [first] = explain("scope-of-access-violated");
    expect(first).toMatchObject({
      kind: "enumeration",
      meaning: "Value 13 of Action-Result and Data-Access-Result",
    });
    expect(factsOf(first)["clause"]).toContain("IEC 62056-5-3, Data-Access-Result");
    expect(first?.related).toEqual([
      "xdlms.action-result",
      "xdlms.data-access-result",
      "service.refused-scope-of-access-violated",
    ]);
    // ServiceError, access: scope-of-access-violated (1).
    expect(explain("Scope of access violated")[1]?.meaning).toBe("Value 1 of Access");
  });

  it("of ACSE and of classes are found, too", () => {
    expect(explain("high-level-security-gmac")[0]?.meaning).toBe("Value 5 of Mechanism name");
    expect(explain("ready for reconnection")[0]?.related).toEqual(["class 70 attribute 3"]);
    const bit = explain("daylight saving active").find(({ kind }) => kind === "enumeration");
    expect(bit?.meaning).toMatch(/^Bit 7 of /);
  });
});

describe("units", () => {
  it("are known by symbol, exactly if it can be, and with a prefix", () => {
    expect(topicsOf("A")).toEqual(["unit unit 33"]);
    expect(topicsOf("a")).toEqual(["unit unit 1"]);
    expect(topicsOf("wh")).toEqual(["unit unit 30"]);
    expect(topicsOf("m3")).toEqual(["unit unit 13", "unit unit 14"]);
    expect(topicsOf("unit Wh")).toEqual(["unit unit 30"]);
    expect(factsOf(explain("kWh")[0])["scaler"]).toBe("3 for kWh");
  });

  it.for(["unit 58", "unit", "unit 300", "kkWh"])("%s is none", (topic) => {
    expect(explain(topic)).toEqual([]);
  });
});

describe("what is unknown", () => {
  it.for([
    ["hdlc.fsc", "hdlc.fcs"],
    ["hdlc.fcs-missmatch", "hdlc.fcs-mismatch"],
    ["service-error.access", "xdlms.service-error.access"],
    ["profile generc", "Profile generic"],
    ["capture_object", "capture_objects"],
    ["object-undefind", "object-undefined"],
    ["watthour", "watt-hour"],
    ["invocation-count", "ciphering.invocation-counter"],
    ["30000", undefined],
    ["200", undefined],
    ["", undefined],
  ] as const)("%s is near %s", ([topic, name]) => {
    expect(explain(topic)).toEqual([]);
    const names = suggest(topic);
    if (name === undefined) expect(names).toEqual([]);
    else expect(names).toContain(name);
  });

  it("may be the code of a unit, where no class has that number", () => {
    const code = listUnits().find((unit) => findClass(unit.code) === undefined)?.code;
    expect(suggest(`${code}`)).toEqual([`unit ${code}`]);
  });

  it("gets at most five names, each of which is known", () => {
    fc.assert(
      fc.property(fc.constantFrom("hdlc", "xdlms", "class", "value", "b", "secret"), (stem) => {
        const names = suggest(`${stem}.x`);
        expect(names.length).toBeLessThanOrEqual(5);
        for (const name of names) expect(explain(name), name).not.toEqual([]);
      }),
    );
  });

  it("never throws", () => {
    const words = fc.constantFrom(
      ...["class", "attribute", "method", "unit", "1-0:1.8.0*255", "7", "99999", "hdlc", ".", "/"],
      ...["__proto__", "constructor", "toString", "Register", "*", "-1", "\u0000", "😀"],
    );
    const topics = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(words, { maxLength: 6 }).map((parts) => parts.join(" ")),
      fc.array(words, { maxLength: 4 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(topics, (topic) => {
        expect(Array.isArray(explain(topic))).toBe(true);
        for (const name of suggest(topic)) expect(explain(name), name).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(explain("x".repeat(100_000))).toEqual([]);
    expect(suggest("hdlc".repeat(100_000))).toEqual([]);
    expect(explain("__proto__")).toEqual([]);
  });
});
