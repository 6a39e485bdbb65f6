/**
 * What the sources of the corpus state about their own bytes, and the plaintexts that independent
 * scripts found. What differs, or cannot be compared yet, stands in a table with its reason; a
 * reason that no longer holds fails.
 */
import { describe, expect, it } from "vitest";
import { type FrameJson, presentFrame } from "../../decoder/index.js";
import type { Json, JsonObject } from "../../decoder/present/frame-json.js";
import { type CorpusItem, corpusIsHere, readCorpusFile, readItems } from "./corpus.js";
import { dataOf, isObject, memberAt } from "./data-json.js";
import { decodeItem } from "./decode-item.js";
import { isPublishedAs, type ObisValue, readObisValues, toNumber } from "./obis-values.js";
import { compareLeaves, compareWithXml, parseXml } from "./translator-xml.js";

const items = readItems().filter(({ framing }) => framing !== "crypto");
const framesOfItems = new Map<string, readonly FrameJson[]>();

/** Published decodes that stop making sense before the message ends, and why. */
const misread: Readonly<Record<string, string>> = {
  // At `06 09 01 00 1f 07 ..` the translator reads a number, and then types that do not exist.
  "esphome-libs-dlms-parser-hdlc-0005": "type and length of three octet-strings are swapped",
};

/** Published values that are not in the message under that name; `*` is all of an item's. */
const noValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "fkw9-esp-smartmeter-netznoe-mbus-0002": {
    "0.0.96.1.0.255": "a text at the end, without a name before it",
  },
  "esphome-libs-dlms-parser-hdlc-0004": {
    "0.0.0.0.0.0": "a date-time without a name before it",
  },
  "esphome-libs-dlms-parser-hdlc-0003": { "0.0.0.0.0.0": "a text without a name before it" },
  "esphome-libs-dlms-parser-hdlc-0005": { "*": "the message cannot be read to its end" },
  "esphome-libs-dlms-parser-pdu-0001": { "0.2.25.9.0.255": "the value is a logical name" },
  "esphome-libs-dlms-parser-pdu-0002": { "*": "a list of objects: no values follow their names" },
};

function itemsThatExpect(...names: readonly string[]): CorpusItem[] {
  return items.filter(({ expect }) => names.some((name) => expect?.[name] !== undefined));
}

function findItem(id: string): CorpusItem {
  const item = items.find((candidate) => candidate.id === id);
  if (item === undefined) throw new Error(`the corpus has no ${id}`);
  return item;
}

/** The frames of an item as JSON, decoded once. */
function framesOf(item: CorpusItem): readonly FrameJson[] {
  let frames = framesOfItems.get(item.id);
  if (frames === undefined) {
    frames = decodeItem(item, { tree: item.id in misread }).map((frame) => presentFrame(frame));
    framesOfItems.set(item.id, frames);
  }
  return frames;
}

function valuesOf(item: CorpusItem): Map<string, ObisValue> {
  const data = framesOf(item).map(({ apdu }) => dataOf(apdu));
  return new Map(data.flatMap((body) => (body === undefined ? [] : [...readObisValues(body)])));
}

/** Bytes of a dedicated key are zeros wherever plaintext is shown. */
function hideDedicatedKey(plaintext: string): string {
  const [, head, rest] = /^(010110).{32}(.*)$/.exec(plaintext) ?? [];
  return head === undefined ? plaintext : `${head}${"00".repeat(16)}${rest}`;
}

describe.skipIf(!corpusIsHere)("published decodes", () => {
  it.for(itemsThatExpect("xml_file"))("$id is decoded as its XML says", (item) => {
    const file = readCorpusFile(String(item.expect?.["xml_file"]));
    const xml = parseXml(new TextDecoder().decode(file));
    const differences = framesOf(item).map((frame) => compareWithXml(xml, frame));
    if (item.id in misread) {
      const [tree] = framesOf(item).map((frame) => frame.tree ?? []);
      const { compared, stopped } = compareLeaves(xml, tree ?? []);
      expect(stopped).toBe("Unknown0x07");
      // Three texts with their names, and four values with names, scalers and units; a number.
      expect(compared).toBe(3 * 2 + 4 * 4 + 1);
      return;
    }
    const best = differences.sort((a, b) => a.length - b.length)[0];
    expect(best).toEqual([]);
  });

  it.for(itemsThatExpect("obis_values"))("$id holds the values that its source reads", (item) => {
    const published = Object.entries(item.expect?.["obis_values"] ?? {});
    const excused = noValues[item.id] ?? {};
    const found = valuesOf(item);
    const others = published.filter(([obis, value]) => {
      const own = found.get(obis);
      return own === undefined || !isPublishedAs(own, value);
    });
    const names = others.map(([obis]) => obis);
    if ("*" in excused) expect(names).toHaveLength(published.length);
    else expect(names).toEqual(Object.keys(excused));
  });
});

describe.skipIf(!corpusIsHere)("plaintexts", () => {
  it.for(items.filter(({ verified }) => verified?.plain !== undefined))(
    "$id gives the plaintext that the cross-check gave",
    (item) => {
      const plaintexts = framesOf(item).map(({ ciphering }) => ciphering?.["plaintext"]);
      const expected = hideDedicatedKey(item.verified?.plain ?? "");
      expect(plaintexts).toContain(expected);
    },
  );

  it.for(itemsThatExpect("plain_prefix", "apdu"))("$id gives the plaintext as posted", (item) => {
    const plaintexts = framesOf(item).map(({ ciphering }) => ciphering?.["plaintext"] ?? "");
    const expected = String(item.expect?.["plain_prefix"] ?? item.expect?.["apdu"]);
    const found = plaintexts.some((plaintext) => String(plaintext).startsWith(expected));
    expect(found).toBe(true);
  });

  it("names every system title that the cross-check saw", () => {
    const missing = items.filter((item) => {
      const { system_titles: titles = [] } = item.verified ?? {};
      const shown = JSON.stringify(framesOf(item));
      return titles.some((title) => !shown.includes(`"${title}"`));
    });
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
});

describe.skipIf(!corpusIsHere)("statements of the sources", () => {
  it("reads the header of the Green Book's general-ciphering (table 41)", () => {
    const item = findItem("forum-gb-table41-pdu-0001");
    const { expect: stated = {} } = item;
    const apdu = framesOf(item)[0]?.apdu;
    for (const name of ["transaction_id", "originator_system_title", "recipient_system_title"]) {
      expect(apdu?.[name.replaceAll("_", "-")], name).toBe(stated[name]);
    }
    for (const name of ["date_time", "other_information", "invocation_counter"]) {
      expect(apdu?.[name.replaceAll("_", "-")], name).toBe(stated[name]);
    }
    // Suite 1, authenticated and encrypted.
    expect(stated["security_control"]).toBe("31");
    expect(apdu?.["security-control"]).toMatchObject({
      "security-suite": 1,
      authentication: true,
      encryption: true,
      "key-set": "unicast",
      compression: false,
    });
    // `agreed-key, parameters 01, ciphered-data 128 bytes = ephemeral public key + signature`
    expect(apdu?.["key-info"]).toMatchObject({
      "agreed-key": {
        "key-parameters": "01",
        "key-ciphered-data": expect.stringMatching(/^[0-9a-f]{256}$/),
      },
    });
    // The item has no private key. With that of `crypto-greenbook-crypto-0001` it is deciphered in
    // test/decoder/security/agreed-key.test.ts.
    expect(framesOf(item)[0]?.ciphering?.status).toBe("no-key");
  });

  it("checks the block check characters of IEC 62056-21", () => {
    for (const item of itemsThatExpect("bcc")) {
      const [character, verdict] = String(item.expect?.["bcc"]).split(" ");
      expect(verdict).toBe("valid");
      const [frame] = framesOf(item);
      expect(frame?.bytes.slice(-2)).toBe(character);
      expect(frame?.link?.["iec-62056-21"], item.id).toMatchObject({ "bcc-ok": true });
    }
    expect(itemsThatExpect("bcc")).toHaveLength(2);
  });

  it("finds the frame check sequence wrong that its source calls wrong", () => {
    const [frame] = framesOf(findItem("alekslt-hantomqtt-hdlc-0004"));
    expect(frame?.link?.["hdlc"]).toMatchObject({ "hcs-ok": true, "fcs-ok": false });
  });
});

describe.skipIf(!corpusIsHere)("a segmented push, as node-dsmr-parser publishes it", () => {
  const item = () => findItem("athombv-node-dsmr-parser-hdlc-0001");
  /** The same push in one frame: its bytes are the three segments', joined. */
  const whole = () => findItem("u9n-hdlc-0010");

  it("has the headers and footers of its three frames", () => {
    const { headers, footers } = memberOf("hdlc");
    const stated = listOf(headers).map((header, i) => ({
      destination: { upper: memberAt(header, "destinationAddress") },
      source: { upper: memberAt(header, "sourceAddress") },
      hcs: memberAt(header, "crc", "value"),
      "hcs-ok": memberAt(header, "crc", "valid"),
      fcs: memberAt(listOf(footers)[i], "crc", "value"),
      "fcs-ok": memberAt(listOf(footers)[i], "crc", "valid"),
    }));
    expect(stated).toHaveLength(3);
    expect(framesOf(item()).map(({ link }) => link?.["hdlc"])).toMatchObject(stated);
  });

  it("is joined in its last frame, as if it had been sent in one", () => {
    const [first, second, last] = framesOf(item());
    expect([first?.apdu, second?.apdu]).toEqual([undefined, undefined]);
    expect(last?.reassembly).toEqual({ complete: true, frames: [1, 2, 3] });
    expect(last?.apdu).toEqual(framesOf(whole())[0]?.apdu);
  });

  it("has the values published", () => {
    const frame = framesOf(item())[2];
    const invokeId = memberAt(frame?.apdu, "long-invoke-id-and-priority", "long-invoke-id");
    expect(invokeId).toBe(memberOf("dlms")["invokeId"]);
    const { knownObjects, unknownObjects } = memberOf("cosem");
    const published = [...listOf(knownObjects), ...listOf(unknownObjects)].map(withoutNoise);
    const found = [...valuesOf(item())].map(([obis, value]) => describeObject(obis, value));
    expect(found.sort()).toEqual(published.sort());
    const electricity = memberOf("electricity");
    const number = (obis: string) => {
      const value = valuesOf(item()).get(obis);
      return value === undefined ? undefined : toNumber(value);
    };
    expect(number("1.0.1.7.0.255")).toBe(electricity["powerReceivedTotal"]);
    expect(number("1.0.52.7.0.255")).toBe(memberAt(electricity, "voltage", "l2"));
    expect(number("1.0.51.7.0.255")).toBe(memberAt(electricity, "current", "l2"));
    expect(number("1.0.41.7.0.255")).toBe(memberAt(electricity, "powerReceived", "l2"));
    expect(number("1.0.1.8.0.255")).toBe(memberAt(electricity, "total", "received"));
    expect(number("1.0.2.8.0.255")).toBe(memberAt(electricity, "total", "returned"));
    const clock = valuesOf(item()).get("0.0.1.0.0.255")?.value.value;
    expect(clock).toBe(memberOf("metadata")["timestamp"]);
  });

  function memberOf(name: string): JsonObject {
    const member = item().expect?.[name];
    if (!isObject(member)) throw new Error(`${name} is not stated`);
    return member;
  }
});

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

/** Units of IEC 62056-6-2 that the push uses. */
const units: Readonly<Record<number, string>> = {
  27: "W",
  29: "var",
  30: "Wh",
  32: "varh",
  33: "A",
  35: "V",
};

/** `1-0:32.7.0(230.7*V)` */
function describeObject(obis: string, found: ObisValue): string {
  const [a, b, c, d, e] = obis.split(".");
  const { scalerUnit, value } = found;
  const text =
    scalerUnit === undefined ? value.value : `${toNumber(found)}*${units[scalerUnit.unit]}`;
  return `${a}-${b}:${c}.${d}.${e}(${text})`;
}

/** The publisher multiplied binary fractions: 230.70000000000002. */
function withoutNoise(object: Json): string {
  return String(object).replace(/[\d.]{12,}(?=\*)/, (digits) =>
    String(Number(Number(digits).toFixed(6))),
  );
}

/** Numbers whose scaler the message does not say; their sources show them as they were sent. */
function isUnscaled({ value, scalerUnit }: ObisValue): boolean {
  return scalerUnit === undefined && typeof value.value === "number" && value.type !== "enum";
}

it.skipIf(!corpusIsHere)("counts what is left for a dictionary", () => {
  let left = 0;
  for (const item of itemsThatExpect("obis_values")) {
    const names = Object.keys(item.expect?.["obis_values"] ?? {});
    const found = [...valuesOf(item)].filter(([obis]) => names.includes(obis));
    if (!(item.id in noValues && "*" in (noValues[item.id] ?? {}))) {
      left += found.filter(([, value]) => isUnscaled(value)).length;
    }
  }
  // 61 in single frames; 16 in each of the two pushes that come in general-block-transfer.
  expect(left).toBe(61 + 2 * 16);
});
