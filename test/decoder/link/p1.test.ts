import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksLikeP1, type P1, probeP1, readP1 } from "../../../decoder/link/p1.js";
import {
  dissectBytes,
  expectInBounds,
  expectTiled,
  findNode,
  findNodes,
} from "../dissect-bytes.js";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const lines = (...parts: string[]) => parts.map((part) => `${part}\r\n`).join("");

// Corpus, ndokter-dsmr-parser-p1-0006; the meter leaves the leading zero of its CRC out.
const warmtelink = lines(
  "/NWA-WARMTELINK",
  "",
  "1-3:0.2.8(50)",
  "0-0:1.0.0(260215200523W)",
  "0-0:96.1.1(ADC3100000158491)",
  "0-0:96.13.1()",
  "0-0:96.13.0()",
  "0-1:24.1.0(004)",
  "0-1:96.1.0(621848012D2C0B0C)",
  "0-1:24.2.1(260215200523W)(240.860*GJ)",
  "!B9F",
);
// Corpus, ndokter-dsmr-parser-p1-0001, shortened: DSMR 2.2 has no CRC and breaks the gas line.
const version2 = lines(
  "/ISk5\\2MT382-1004",
  "",
  "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)",
  "(00001.001)",
  "!",
);

function read(text: string) {
  const bytes = bytesOf(text);
  const dissected = dissectBytes(bytes, readP1);
  expectInBounds(dissected);
  expectTiled(dissected.tree, bytes);
  return { ...dissected, link: dissected.dissection.link["p1"] as P1 | undefined };
}

/** CRC-16/ARC bit by bit, most significant bit first on reversed bytes: another way than ours. */
function crc(text: string): string {
  const reverse = (value: number, bits: number) =>
    Number.parseInt(value.toString(2).padStart(bits, "0").split("").reverse().join(""), 2);
  let register = 0;
  for (const byte of bytesOf(text)) {
    register ^= reverse(byte, 8) << 8;
    for (let i = 0; i < 8; i++) {
      register = register & 0x8000 ? ((register << 1) ^ 0x8005) & 0xffff : register << 1;
    }
  }
  return reverse(register, 16).toString(16).toUpperCase().padStart(4, "0");
}

describe("a telegram", () => {
  it("has its objects with their values", () => {
    const { link, codes } = read(warmtelink);
    expect(link).toMatchObject({
      identification: "NWA-WARMTELINK",
      version: "50",
      crc: "B9F",
      "crc-ok": true,
    });
    expect(link?.objects).toHaveLength(8);
    expect(link?.objects[7]).toEqual({
      obis: "0.1.24.2.1.255",
      values: [{ value: "260215200523W" }, { value: "240.860", unit: "GJ" }],
    });
    expect(codes).toEqual(["p1.crc-short"]);
  });

  it("is one leaf a code and a value", () => {
    const { tree } = read(warmtelink);
    expect(findNode(tree, "p1.identification").value).toBe("NWA-WARMTELINK");
    expect(findNodes(tree, "p1.object")).toHaveLength(8);
    const value = findNodes(tree, "p1.value").at(-1);
    expect(value?.value).toBe("240.860*GJ");
    expect(value && warmtelink.slice(value.start, value.end)).toBe("(240.860*GJ)");
    expect(findNodes(tree, "p1.value")[1]?.note).toBe("2026-02-15 20:05:23, winter time");
  });

  it("may have no CRC, and values in a line of their own", () => {
    const { link, codes } = read(version2);
    expect(link?.objects).toEqual([
      {
        obis: "0.1.24.3.0.255",
        values: [
          { value: "161107190000" },
          { value: "00" },
          { value: "60" },
          { value: "1" },
          { value: "0-1:24.2.1" },
          { value: "m3" },
          { value: "00001.001" },
        ],
      },
    ]);
    expect(link).not.toHaveProperty("crc");
    expect(codes).toEqual(["p1.crc-absent"]);
  });

  it("reads texts in hex", () => {
    // Corpus, nielsbasjes-dsmr-tools-p1-0007: the equipment identifier.
    const { tree } = read(`/ISK5\r\n\r\n0-0:96.1.1(4530303434303037313331363530363138)\r\n!\r\n`);
    expect(findNode(tree, "p1.value").note).toBe('"E0044007131650618"');
  });

  it("has a wrong CRC where a digit changed", () => {
    const { codes, diagnostics, link, tree } = read(warmtelink.replace("240.860", "240.861"));
    expect(codes).toContain("p1.crc-mismatch");
    expect(link?.["crc-ok"]).toBe(false);
    const crcNode = findNode(tree, "p1.crc");
    expect(diagnostics.at(-1)).toMatchObject({ start: crcNode.start, end: crcNode.end });
  });

  it("keeps its CRC where a recording dropped every CR", () => {
    const { codes, link } = read(warmtelink.replaceAll("\r", ""));
    expect(codes).toEqual(["p1.crc-short", "p1.crc-line-ends"]);
    expect(link?.["crc-ok"]).toBe(true);
  });

  it("agrees with another computation of the CRC", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        const body = `/ABC5\r\n\r\n1-0:1.8.0(${text.replace(/[()!/]/g, "")})\r\n!`;
        expect(read(`${body}${crc(body)}\r\n`).link?.["crc-ok"]).toBe(true);
      }),
    );
  });

  it("names what is no OBIS code and no object", () => {
    // Corpus, amsleser-p1-0007: 1-0:4:24.7.0.
    const { codes, link } = read("/KAM5\r\n\r\n1-0:4:24.7.0(1)\r\nhello\r\n!\r\n");
    expect(codes).toEqual(["p1.obis", "p1.line", "p1.crc-absent"]);
    expect(link?.objects[0]?.obis).toBe("1-0:4:24.7.0");
  });

  it("loses its parity bits", () => {
    const even = (character: string) => {
      const code = character.charCodeAt(0);
      return code | (code.toString(2).replaceAll("0", "").length % 2 === 1 ? 0x80 : 0);
    };
    const bytes = Uint8Array.from(warmtelink, even);
    expect(bytes[0]).toBe(0xaf);
    expect(probeP1(bytes, 0)).toBe(bytes.length);
    const { codes, dissection, tree } = dissectBytes(bytes, readP1);
    expect(codes).toEqual(["p1.parity", "p1.crc-short"]);
    expect(dissection.link["p1"]).toEqual(read(warmtelink).link);
    expectTiled(tree, bytes);
  });

  it("may be followed by padding", () => {
    const { codes, tree } = read(`${version2}\0\0\0`);
    expect(codes).toEqual(["p1.crc-absent"]);
    expect(findNode(tree, "p1.padding").value).toHaveLength(3);
  });
});

describe("a damaged telegram", () => {
  it("ends where bytes follow that are no text", () => {
    // Corpus, amsleser-p1-0004: the header, then what the receiver's buffer lost.
    const { codes, tree, link } = read("/KFM5KAIFA-METER\r\n\r\n\0\x82\x02\x8f0\0\0");
    expect(codes).toEqual(["p1.not-text"]);
    expect(link?.identification).toBe("KFM5KAIFA-METER");
    expect(findNode(tree, "core.undecoded")).toMatchObject({ start: 20, end: 27 });
  });

  it("says so at every length", () => {
    for (const text of [warmtelink, version2]) {
      for (let length = 0; length < text.length; length++) {
        expect(read(text.slice(0, length)).codes, `${length} bytes`).not.toHaveLength(0);
      }
    }
  });

  it("throws nothing, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (tail, text) => {
        const bytes = Uint8Array.from([
          ...bytesOf("/KAM5\r\n\r\n1-0:1.7.0("),
          ...tail.map((byte) => (text ? 0x20 + (byte % 0x5f) : byte)),
        ]);
        const dissected = dissectBytes(bytes, readP1);
        expectInBounds(dissected);
        expectTiled(dissected.tree, bytes);
      }),
    );
  });
});

it("hands the ciphered form over as an APDU", () => {
  const { next, dissection } = dissectBytes("db0853414735000000010520000000aa", readP1);
  expect(next?.kind).toBe("apdu");
  expect(dissection.layers).toEqual(["test"]);
});

describe("probe", () => {
  const probe = (text: string) => probeP1(bytesOf(text), 0);

  it("gives the length of a telegram", () => {
    expect(probe(`${warmtelink}/`)).toBe(warmtelink.length);
    expect(probe(`${version2}/`)).toBe(version2.length);
  });

  it("waits for the end", () => {
    for (const length of [1, 5, 17, 18, 40, warmtelink.length - 1]) {
      expect(probe(warmtelink.slice(0, length))).toBe(0);
    }
  });

  it("ends at the next telegram, and where no text follows", () => {
    const cut = warmtelink.slice(0, 40);
    expect(probe(`${cut}\r\n${warmtelink}`)).toBe(42);
    expect(probe(`${cut}\0`)).toBe(40);
  });

  it("takes no identification without an empty line", () => {
    expect(probe("/ISK5\\2M\r\n\x06")).toBe(-1);
    expect(probe("/?!\r\n")).toBe(-1);
    expect(probe("// Start of message")).toBe(-1);
  });

  it("tells a telegram from an APDU by its first line", () => {
    expect(looksLikeP1(bytesOf(warmtelink), 0)).toBe(true);
    expect(looksLikeP1(Uint8Array.of(0x0f, 0, 0, 0, 1), 0)).toBe(false);
  });
});
