import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../decoder/core/bytes.js";
import { probeMbus, readMbus } from "../../../decoder/link/mbus.js";
import { dissectBytes, expectInBounds, expectTiled, findNode, toBytes } from "../dissect-bytes.js";

// Corpus, alexander423-ha-smartmeter-a-mbus-0007: the last of four segments.
const lastSegment = "68101068 53ff13 0167 c72ae25c4de8575f6f143f a9 16";
/** A long frame with SND-UD to 255; the checksum is the sum of what is between. */
function build(information: number, data: string, lengthField?: number): string {
  const body = [0x53, 0xff, information, ...toBytes(data)];
  const sum = body.reduce((total, byte) => total + byte, 0) & 0xff;
  const length = (lengthField ?? body.length) & 0xff;
  return toHex(Uint8Array.from([0x68, length, length, 0x68, ...body, sum, 0x16]));
}
const readTiled = (input: string | Uint8Array) => {
  const dissected = dissectBytes(input, readMbus);
  expectTiled(dissected.tree, input);
  expectInBounds(dissected);
  return dissected;
};

const read = (hex: string) => {
  const dissected = readTiled(hex);
  return { ...dissected, link: dissected.dissection.link["mbus"] };
};

describe("frames of EN 13757-2", () => {
  it("acknowledgement", () => {
    expect(read("e5").link).toEqual({ frame: "acknowledgement" });
  });

  it("short frame: 5b + 01 = 5c", () => {
    const { link, tree, codes } = read("105b015c16");
    expect(link).toEqual({
      frame: "short",
      control: 0x5b,
      address: 1,
      "checksum-ok": true,
    });
    expect(findNode(tree, "mbus.control.function").value).toBe(0x0b);
    expect(codes).toEqual([]);
  });

  it("control frame: 53 + fe + 50 = 1a1", () => {
    const { link } = read("6803036853fe50a116");
    expect(link).toMatchObject({ frame: "control", "control-information": 0x50, address: 0xfe });
  });

  it("long frame with M-Bus data", () => {
    const { link, codes, diagnostics } = read(build(0x72, "01020304"));
    expect(link).toMatchObject({ frame: "long", "control-information": 0x72 });
    expect(codes).toEqual(["mbus.user-data"]);
    expect(diagnostics[0]?.message).toContain("variable data response, long header");
  });

  it("a wrong checksum", () => {
    const { codes, link, tree, diagnostics } = read("105b015d16");
    expect(codes).toEqual(["mbus.checksum"]);
    expect(diagnostics[0]?.message).toContain("0x5d there, 0x5c computed");
    expect(findNode(tree, "mbus.checksum")).toMatchObject({ start: 3, end: 4 });
    expect(link).toMatchObject({ "checksum-ok": false });
  });

  it("a wrong stop character and a wrong start", () => {
    expect(read("105b015c17").codes).toEqual(["mbus.stop"]);
    expect(read("115b015c16").codes).toEqual(["mbus.start"]);
  });

  it("two lengths that differ", () => {
    expect(read("6804036853fe50a116").codes).toContain("mbus.length");
  });
});

describe("DLMS transport", () => {
  it("hands a whole APDU over", () => {
    const { link, next, codes } = read(build(0x10, "0167 0f00000001000200"));
    expect(next?.kind).toBe("apdu");
    expect(next?.cursor).toMatchObject({ offset: 9, end: 17 });
    expect(link).toMatchObject({
      stsap: 1,
      dtsap: 0x67,
      "segment-number": 0,
      "last-segment": true,
    });
    expect(codes).toEqual([]);
  });

  it("hands an LLC PDU over as one", () => {
    expect(read(build(0x10, "0167 e6e7000f00000001000200")).next?.kind).toBe("llc");
  });

  it("keeps a segment for the conversation", () => {
    const { link, next, codes, diagnostics, tree } = read(lastSegment);
    expect(next).toBeUndefined();
    expect(codes).toEqual(["reassembly.beginning-missing"]);
    expect(diagnostics[0]).toMatchObject({ start: 9, end: 20 });
    expect(diagnostics[0]?.message).toContain("part 3");
    expect(link).toMatchObject({
      "segment-number": 3,
      "last-segment": true,
      segment: toBytes("c72ae25c4de8575f6f143f"),
    });
    expect(findNode(tree, "mbus.last-segment").value).toBe(1);
    expect(findNode(tree, "mbus.segment-number").value).toBe(3);
  });

  it("says which APDU a first segment begins", () => {
    const { tree } = read(build(0x00, "0167 db084b464d6750000009"));
    expect(findNode(tree, "mbus.segment").note).toBe("begins an APDU with tag 0xdb");
  });

  it("reads the APDU of meters that leave the access points out", () => {
    // As corpus item alexander423-ha-smartmeter-a-mbus-0009 does.
    const { codes, next } = read(build(0x10, "db085341470102030405 0520 00000001"));
    expect(codes).toEqual(["mbus.no-tsap"]);
    expect(next?.cursor.offset).toBe(7);
  });

  it("reads frames whose L field ran over", () => {
    // As Sagemcom meters send them, corpus item amsleser-mbus-0008: 257 bytes, L field 01.
    const hex = build(0x00, `0167${"20".repeat(252)}`);
    const bytes = toBytes(hex);
    expect(bytes).toHaveLength(263);
    expect(bytes[1]).toBe(1);
    const { codes, link } = read(hex);
    expect(codes).toEqual(["mbus.length-overflow"]);
    expect(link).toMatchObject({ "checksum-ok": true });
    expect(probeMbus(bytes, 0, false)).toBe(263);
  });
});

describe("frames that are cut off", () => {
  it.each([lastSegment, "105b015c16", "6803036853fe50a116"])("%s", (hex) => {
    const bytes = toBytes(hex);
    for (let length = 0; length < bytes.length; length++) {
      const prefix = bytes.slice(0, length);
      const dissected = readTiled(prefix);
      expect(dissected.codes.length, `diagnostics of ${length} bytes`).toBeGreaterThan(0);
    }
  });

  it("throw nothing, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (tail, long) => {
        const bytes = Uint8Array.from([long ? 0x68 : 0x10, ...tail]);
        readTiled(bytes);
      }),
    );
  });
});

describe("probe", () => {
  const probe = (hex: string, ended = false) => probeMbus(toBytes(hex), 0, ended);

  it("knows the frames", () => {
    expect(probe("e500")).toBe(1);
    expect(probe("105b015c16ff")).toBe(5);
    expect(probe(`${lastSegment}ff`)).toBe(22);
  });

  it("waits for what is missing", () => {
    expect(probe("68")).toBe(0);
    expect(probe("105b")).toBe(0);
    expect(probe(lastSegment.slice(0, 27))).toBe(0);
  });

  it("knows what is none", () => {
    expect(probe("105b015d16")).toBe(-1);
    expect(probe("681011")).toBe(-1);
    expect(probe("68101069")).toBe(-1);
    expect(probe(`68101068aa${"00".repeat(40)}`)).toBe(-1);
  });

  it("takes a damaged frame up to the next header", () => {
    expect(probe(`68101068 53ff 000167 ${"00".repeat(20)} 68030368 53fe50a116`)).toBe(29);
    expect(probe(`68101068 53ff 000167 ${"00".repeat(20)}`, true)).toBe(29);
  });
});
