import { describe, expect, it } from "vitest";
import { parseObisPattern } from "../../../../decoder/cosem/packs/obis-pattern.js";
import { habits } from "../../../../decoder/cosem/packs/positional-habits.js";
import { findPositionalPush } from "../../../../decoder/cosem/packs/positional-push.js";
import { readUnitCode } from "../../../../decoder/cosem/packs/unit-code.js";
import { type Data, decodeData } from "../../../../decoder/xdlms/data.js";
import type { DataNotification } from "../../../../decoder/xdlms/data-notification.js";
import { corpusIsHere, readItems } from "../../../corpus/corpus.js";
import { decodeItem } from "../../../corpus/decode-item.js";
import { dissectBytes } from "../../dissect-bytes.js";

/** The elements of a structure in hex. */
function elementsOf(hex: string): readonly Data[] {
  const data = dissectBytes(hex, decodeData).value;
  return data?.type === "structure" ? data.value : [];
}

/** Values by object, in units where the habit gives a scaler. */
function valuesOf(elements: readonly Data[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [i, column] of (findPositionalPush(elements)?.columns ?? []).entries()) {
    const element = elements[i];
    if (column === undefined || element === undefined) continue;
    const { value } = element;
    const name = `${column.obis} ${column.attribute}`;
    values[name] =
      typeof value === "number" && column.scaler !== undefined
        ? Number((value * 10 ** column.scaler).toFixed(6))
        : value instanceof Uint8Array
          ? String.fromCharCode(...value)
          : value;
  }
  return values;
}

describe("findPositionalPush", () => {
  it("knows Kaifa list 1", () => {
    const push = findPositionalPush(elementsOf("02 01 06 00 00 10 5f"));
    expect(push?.id).toBe("kaifa-list-1");
    expect(push?.columns).toEqual([
      { classId: 3, obis: "1-0:1.7.0*255", attribute: 2, unit: 27, scaler: 0 },
    ]);
  });

  it("knows Kaifa list 3 of three phases", () => {
    // u9n/dlms-cosem, test_kaifa_data; the corpus has it as u9n-hdlc-0007.
    const elements = elementsOf(
      `02 12 09 07 4b464d5f303031 09 10 37333430313537303131323533353434 09 08 4d41333034483444
       06 0000044f 06 00000000 06 00000000 06 000000c0 06 0000088f 06 000005aa 06 0000057c
       06 000008da 06 000008f9 06 000008e6 09 0c 07e7090401103400ff800000
       06 08c141c9 06 00000000 06 001ae038 06 01315195`,
    );
    expect(findPositionalPush(elements)?.label).toBe("Kaifa list 3, three phases (Norway, Sweden)");
    expect(valuesOf(elements)).toMatchObject({
      "0-0:96.1.0*255 2": "7340157011253544",
      "0-0:96.1.7*255 2": "MA304H4D",
      "1-0:1.7.0*255 2": 1103,
      "1-0:31.7.0*255 2": 2.191,
      "1-0:32.7.0*255 2": 226.6,
      "1-0:72.7.0*255 2": 227.8,
      "1-0:1.8.0*255 2": 146_883_017,
      "1-0:4.8.0*255 2": 20_009_365,
    });
  });

  it("knows Kaifa list 3 of one phase and of meters that count in 64 bits", () => {
    // Byte breakdowns by Mälarenergi: amsreader-firmware, kaifa/gh242-3 and gh242-4.
    const single = elementsOf(
      `02 0e 09 07 4b464d5f303031 09 10 37333430313537303131323033303338 09 08 4d41313035483245
       06 00000000 06 00000000 06 00000000 06 00000000 06 00000042 06 0000098a
       09 0c 07e50507050e320fff800000 06 000000cc 06 00000000 06 00000000 06 0000005e`,
    );
    expect(findPositionalPush(single)?.id).toBe("kaifa-list-3-single-phase");
    expect(valuesOf(single)).toMatchObject({
      "1-0:31.7.0*255 2": 0.066,
      "1-0:32.7.0*255 2": 244.2,
      "1-0:1.8.0*255 2": 204,
    });
    const wide = elementsOf(
      `02 12 09 07 4b464d5f303031 09 10 37333430313537303939393233313234 09 07 4d413330345434
       06 00000000 06 00000000 06 00000000 06 00000000 06 00000000 06 00000000 06 00000000
       06 00000983 06 00000000 06 00000000 09 0c 07e50507050e2f2dff800000
       15 0000000000000000 15 0000000000000000 15 0000000000000000 15 0000000000000000`,
    );
    expect(findPositionalPush(wide)?.id).toBe("kaifa-list-3");
  });

  it("does not take another maker's list of the same form for Kaifa's", () => {
    const other = elementsOf(
      `02 09 09 07 4142435f303031 09 10 37333430313537303131323033303338 09 08 4d41313035483245
       06 00000000 06 00000000 06 00000000 06 00000000 06 00000042 06 0000098a`,
    );
    expect(findPositionalPush(other)).toBeUndefined();
  });

  it("knows the lists of Iskraemeco AM550: sums over rates agree", () => {
    // amsreader-firmware, iskraemeco/gh615-2 and gh869-6, Elektro Ljubljana.
    const energies = valuesOf(
      elementsOf(
        `02 0c 09 10 49534b31303330373839333735363036 09 08 3136383230303036 16 01 09 02 0001
         06 0000ce65 06 00003519 06 0000994c 06 0002b707 06 00013317 06 000183f0
         06 0001a56a 06 0000a8f5`,
      ),
    );
    expect(energies).toMatchObject({
      "0-0:42.0.0*255 2": "ISK1030789375606",
      "0-0:96.3.10*255 3": 1,
      "1-0:1.8.0*255 2": 13_593 + 39_244,
      "1-0:1.8.1*255 2": 13_593,
      "1-0:1.8.2*255 2": 39_244,
      "1-0:2.8.0*255 2": 177_927,
      "1-0:4.8.0*255 2": 43_253,
    });
    const both = valuesOf(
      elementsOf(
        `02 09 09 10 49534b31303330373737343738353836 06 00000271 06 00000000 06 00c328bd
         06 00577a26 06 006bae98 06 000000fa 06 00000070 06 0000008a`,
      ),
    );
    expect(both).toMatchObject({ "1-0:1.7.0*255 2": 625, "1-0:2.8.0*255 2": 112 + 138 });
  });

  it("knows the list of Iskraemeco IE.5: sums over rates and phases agree", () => {
    // amsreader-firmware, iskraemeco/gh1072-3, Croatia; its clock says 15:53:30 on 2025-12-03.
    const values = valuesOf(
      elementsOf(
        `02 21 09 08 3932303239363931 09 04 0f351e00 09 05 07e90c0303 06 00687010 06 0048cbf4
         06 001fa41c 06 0057e18f 06 00571a47 06 0000c748 06 00170d02 06 0012bdbe 06 0000d869
         06 001488ac 06 000001f3 06 00000000 12 02ea 06 0000001b 06 00000127 06 000000b0
         06 00000000 06 00000000 06 00000000 12 0920 12 0932 12 0933 12 001d 12 00ac 12 006d
         06 00004362 01 01 12 24b8 01 01 12 24b8 01 01 12 24b8 03 01`,
      ),
    );
    expect(values).toMatchObject({
      "1-0:1.8.0*255 2": 4_770_804 + 2_073_628,
      "1-0:2.8.0*255 2": 5_708_359 + 51_016,
      "1-0:1.7.0*255 2": 499,
      "1-0:21.7.0*255 2": 27,
      "1-0:41.7.0*255 2": 295,
      "1-0:61.7.0*255 2": 176,
      "1-0:13.7.0*255 2": 0.746,
      "1-0:52.7.0*255 2": 235.4,
      "1-0:71.7.0*255 2": 1.09,
    });
  });

  it("knows the list of Landis+Gyr E450 in Burgenland", () => {
    // amsreader-firmware, landis-gyr/gh501-2, deciphered with the keys of the post.
    const values = valuesOf(
      elementsOf(
        `02 0e 12 00ec 12 00ed 12 00ed 12 0000 12 0004 12 001a 06 0000001d 06 00000000 06 01de7e8e
         06 00001dc3 12 0190 12 0040 12 0127 09 08 3330313337313831`,
      ),
    );
    expect(values).toMatchObject({
      "1-0:32.7.0*255 2": 236,
      "1-0:71.7.0*255 2": 0.26,
      "1-0:1.7.0*255 2": 29,
      "1-0:2.8.0*255 2": 7619,
      "0-0:96.1.0*255 2": "30137181",
    });
  });
});

describe("habits", () => {
  it.each(habits)(
    "$id: a column for every type, codes and units that exist",
    ({ types, columns }) => {
      expect(columns).toHaveLength(types.length);
      for (const column of columns) {
        if (column === undefined) continue;
        expect(parseObisPattern(column.obis)).toBeDefined();
        if (column.unit !== undefined) expect(readUnitCode(String(column.unit))).toBe(column.unit);
      }
    },
  );

  it("have ids of their own", () => {
    expect(new Set(habits.map(({ id }) => id)).size).toBe(habits.length);
  });
});

/** Whose meters the habits are of, as the corpus names makers. */
const makers: Readonly<Record<string, string>> = {
  kaifa: "kaifa",
  iskra: "iskraemeco",
  "landis-gyr": "landis-gyr",
};

describe.runIf(corpusIsHere)("findPositionalPush over the corpus", () => {
  it("fits pushes of its makers and no other message", { timeout: 240_000 }, () => {
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const item of readItems()) {
      if (["crypto", "iec21", "p1"].includes(item.framing)) continue;
      const { meta } = item as { meta?: { manufacturer?: string } };
      for (const { apdu } of decodeItem(item, { tree: false })) {
        if (apdu?.name !== "data-notification") continue;
        // A message that breaks off has no body.
        const body = (apdu as Partial<DataNotification>)["notification-body"]?.["data-value"];
        const push = body?.type === "structure" ? findPositionalPush(body.value) : undefined;
        if (push === undefined) continue;
        seen.add(push.id);
        const maker = Object.keys(makers).find((key) => push.id.startsWith(key)) ?? "";
        const stated = meta?.manufacturer;
        if (stated !== undefined && stated !== makers[maker]) wrong.push(`${item.id}: ${push.id}`);
      }
    }
    expect(wrong).toEqual([]);
    // Every habit but Kaifa's list 2 of one phase has its example.
    const ids = habits.map(({ id }) => id);
    expect(ids.filter((id) => !seen.has(id))).toEqual(["kaifa-list-2-single-phase"]);
  });
});
