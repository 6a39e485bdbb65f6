/** Lists of an association's objects. IEC 62056-6-2, Association SN and Association LN. */
import { describe, expect, it } from "vitest";
import { readListedObjects } from "../../../decoder/readings/listed-objects.js";
import { array, attributeValue, names, structure } from "./reading-trace.js";

const { energy } = names;
/** 0-0:40.0.0*255, the current association */
const current = "0000280000ff";

/** An object of object_list: class_id, version, logical_name, access_rights. */
function object(classId: string, version: string, name: string, rights: string): string {
  return structure(`12${classId}`, `11${version}`, `0906${name}`, rights);
}

/** attribute_access: id, access_mode, no access_selectors; method_access: id, access_mode. */
function rights(attributes: readonly string[], methods: readonly string[]): string {
  const [first, second] = [attributes, methods].map((list, i) =>
    array(...list.map((item) => structure(...item.split(" "), ...(i === 0 ? ["00"] : [])))),
  );
  return structure(first ?? "", second ?? "");
}

function list(classId: number, data: string, name = current): string[] {
  return readListedObjects(attributeValue(classId, name, 2, data)).map((listed) => {
    const { logicalName, version, access } = listed;
    return `${listed.classId} v${version} ${logicalName.join(".")}: ${access}`;
  });
}

describe("Association LN", () => {
  it("of version 0 says of methods but whether there is access", () => {
    const register = object(
      "0003",
      "00",
      energy,
      rights(["0f01 1601", "0f02 1600"], ["0f01 0301"]),
    );
    const second = object("0003", "00", energy, rights([], ["0f01 0300"]));
    expect(list(15, array(register, second))).toEqual([
      "3 v0 1.0.1.8.0.255: 1 read; method 1",
      "3 v0 1.0.1.8.0.255: ",
    ]);
  });

  it("up to version 2 has one mode for each attribute and method", () => {
    const modes = [0, 1, 2, 3, 4, 5, 6].map((mode) => `0f0${mode + 1} 160${mode}`);
    const register = object("0003", "00", energy, rights(modes, ["0f01 1601", "0f02 1602"]));
    const own = object("000f", "02", current, rights([], []));
    expect(list(15, array(register, own))[0]).toBe(
      "3 v0 1.0.1.8.0.255: 2 read, 3 write, 4 read and write, 5 authenticated read, " +
        "6 authenticated write, 7 authenticated read and write; method 1, method 2 authenticated",
    );
  });

  it("keeps the number of a mode without a word", () => {
    expect(list(15, array(object("0003", "00", energy, rights(["0f02 1609"], []))))).toEqual([
      "3 v0 1.0.1.8.0.255: 2 mode 9",
    ]);
  });

  describe("of version 3", () => {
    const own = object("000f", "03", current, rights([], []));

    it("has bits: access, and what protects request and response", () => {
      // Bits 0 read, 1 write, 2 to 4 of the request, 5 to 7 of the response (authenticated, encrypted, signed).
      const attributes = ["0f01 1601", "0f02 1603", "0f03 162d", "0f04 1692", "0f05 1600"];
      const register = object("0003", "00", energy, rights(attributes, ["0f01 1601", "0f02 1605"]));
      expect(list(15, array(register, own))[0]).toBe(
        "3 v0 1.0.1.8.0.255: 1 read, 2 read and write, " +
          // 2d is 0010 1101: bits 0, 2, 3, 5. 92 is 1001 0010: bits 1, 4, 7.
          "3 read (authenticated request, encrypted request, authenticated response), " +
          "4 write (digitally signed request, digitally signed response); " +
          "method 1, method 2 (authenticated request)",
      );
    });

    it("has no access where only protection is named", () => {
      const register = object("0003", "00", energy, rights(["0f02 1604"], ["0f01 1604"]));
      expect(list(15, array(register, own))[0]).toBe("3 v0 1.0.1.8.0.255: ");
    });

    it("may be listed by another name than that of the current association", () => {
      const register = object("0003", "00", energy, rights(["0f02 1605"], []));
      const named = object("000f", "03", "0000280002ff", rights([], []));
      expect(list(15, array(register, named))[0]).toBe(
        "3 v0 1.0.1.8.0.255: 2 read (authenticated request)",
      );
    });

    it("is that of the association which lists, where several are listed", () => {
      const register = object("0003", "00", energy, rights(["0f02 1605"], []));
      const other = object("000f", "01", "0000280001ff", rights([], []));
      expect(list(15, array(register, other, own))[0]).toContain("(authenticated request)");
      expect(list(15, array(register, other, own), "0000280001ff")[0]).toContain(
        "2 authenticated write",
      );
    });
  });

  it("leaves out what is no object", () => {
    const good = object("0003", "01", energy, rights([], []));
    const bad = [
      "1101",
      structure("120003", "1101", `0906${energy}`),
      object("0003", "01", energy.slice(2), rights([], [])).replace("0906", "0905"),
      structure("1103", "1101", `0906${energy}`, "0200"),
    ];
    expect(list(15, array(...bad, good))).toEqual(["3 v1 1.0.1.8.0.255: "]);
    // Access rights of another form are not read.
    expect(list(15, array(object("0003", "01", energy, "1101")))).toEqual(["3 v1 1.0.1.8.0.255: "]);
  });
});

describe("Association SN", () => {
  it("has base names, and no rights", () => {
    const element = structure("102000", "120003", "1101", `0906${energy}`);
    expect(list(12, array(element))).toEqual(["3 v1 1.0.1.8.0.255: "]);
  });
});

it("is empty for all other values", () => {
  const element = object("0003", "00", energy, rights([], []));
  expect(readListedObjects(attributeValue(15, current, 3, array(element)))).toEqual([]);
  expect(list(17, array(element))).toEqual([]);
  expect(list(15, "1101")).toEqual([]);
});
