import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHdlc } from "../../../decoder/link/hdlc/hdlc.js";
import {
  decodeBytes,
  dissectBytes,
  expectPrefixes,
  findNode,
  findNodes,
  toBytes,
} from "../dissect-bytes.js";
import { buildFrame, drop, type FrameContents, patch, read, seal, withCrc } from "./hdlc-frames.js";

function readBuilt(contents: FrameContents) {
  return read(buildFrame(contents));
}

/** The bytes that the frame hands over, as hex. */
function handedOver({ next }: ReturnType<typeof read>): string | undefined {
  if (next === undefined) return undefined;
  const { bytes, offset, end } = next.cursor;
  return Buffer.from(bytes.subarray(offset, end)).toString("hex");
}

// forum-gosem-hdlc-hdlc-0001, frame 5
const getResponse = "7ea01805022152be09e6e700c401c10009055630343131f6b67e";
// forum-kmethy-hdlc-0003: the HCS holds 7E
const aarq =
  "7ea02e0002002321107ecbe6e600601da109060760857405080101be10040e01000000065f1f040000301dffffd4c57e";
// milanbella-gocosem-hdlc-0005, frame 1
const disconnectedMode = "7ea00a03000294b31f55307e";

describe("frames of real meters", () => {
  test("information frame", () => {
    const result = read(getResponse);
    expect(result.hdlc).toEqual({
      "format-type": 10,
      segmented: false,
      length: 24,
      destination: { upper: 2, length: 1 },
      source: { upper: 1, lower: 16, length: 2 },
      control: {
        type: "I",
        "poll-final": true,
        "send-sequence": 1,
        "receive-sequence": 2,
      },
      hcs: 0x09be,
      "hcs-ok": true,
      fcs: 0xb6f6,
      "fcs-ok": true,
    });
    expect(result.codes).toEqual([]);
    expect(result.next?.kind).toBe("llc");
    expect(handedOver(result)).toBe("e6e700c401c10009055630343131");
    expect(result.dissection.layers).toEqual(["test", "hdlc"]);
    expect(findNode(result.tree, "hdlc.fcs")).toMatchObject({ start: 23, end: 25, value: 0xb6f6 });
    expect(findNode(result.tree, "hdlc.hcs")).toMatchObject({ start: 7, end: 9 });
    expect(findNode(result.tree, "hdlc.length").value).toBe(24);
    expect(findNode(result.tree, "hdlc.control.send-sequence").value).toBe(1);
    expect(findNode(result.tree, "hdlc.control.type")).toMatchObject({
      start: 6,
      end: 7,
      value: "I",
      generated: true,
    });
  });

  test("7E is data where the length says so", () => {
    const result = read(aarq);
    expect(result.hdlc).toMatchObject({
      destination: { upper: 1, lower: 17, length: 4 },
      source: { upper: 16, length: 1 },
      control: { type: "I", "send-sequence": 0, "receive-sequence": 0, "poll-final": true },
      hcs: 0xcb7e,
      "hcs-ok": true,
      "fcs-ok": true,
    });
    expect(result.codes).toEqual([]);
  });

  test("disconnected mode, four-byte address of 14 and 14 bits", () => {
    // Lower address 94 b3: (0x94 >> 1) * 128 + (0xb3 >> 1) = 74 * 128 + 89 = 9561
    const result = read(disconnectedMode);
    expect(result.hdlc).toMatchObject({
      destination: { upper: 1, length: 1 },
      source: { upper: 1, lower: 9561, length: 4 },
      control: { type: "DM", "poll-final": true },
    });
    expect(result.hdlc).not.toHaveProperty("hcs");
    expect(result.codes).toEqual([]);
    expect(result.next).toBeUndefined();
  });

  test.each([
    // forum-gosem-hdlc-hdlc-0001, frames 0, 1, 2, 4
    ["7ea00802219393dbd87e", "SNRM", "1/16", "73"],
    ["7ea007039393d1087e", "SNRM", "1", "73"],
    ["7ea00a000200210593f3807e", "SNRM", "1/16", "2"],
    ["7ea0089302217320287e", "UA", "73", "1/16"],
    // blockworksco-playground-hdlc-0001, frames 0, 3, 518
    ["7ea0070321930f017e", "SNRM", "1", "16"],
    ["7ea00703215303c77e", "DISC", "1", "16"],
    ["7ea0070321b11f037e", "RR", "1", "16"],
  ])("without information field: %s", (hex, type, destination, source) => {
    const result = read(hex);
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({ control: { type, "poll-final": true }, "fcs-ok": true });
    expect(findNode(result.tree, "hdlc.destination").note).toBe(destination);
    expect(findNode(result.tree, "hdlc.source").note).toBe(source);
  });

  test("a block of a push without LLC header is an APDU", () => {
    // scs-smartmeter-datacollector-hdlc-0019
    const result = read("7ea017cefd0313731de0c00004000006120000120000e4477e");
    expect(result.codes).toEqual(["hdlc.no-llc"]);
    expect(result.next?.kind).toBe("apdu");
    expect(handedOver(result)).toBe("e0c00004000006120000120000");
    const [upper, lower] = findNode(result.tree, "hdlc.destination").children ?? [];
    expect(upper?.value).toBe(103);
    expect(lower).toMatchObject({ value: 126, note: "CALLING physical device" });
  });

  test("an address of three bytes is read and reported", () => {
    // gurux-hdlc-0005
    const result = read("7ea0090002052193afd07e");
    expect(result.codes).toEqual(["hdlc.address"]);
    expect(result.hdlc).toMatchObject({ destination: { length: 3 }, control: { type: "SNRM" } });
  });

  test("no flags", () => {
    // xdom-jdlms-hdlc-0003
    const result = read(
      "a0372103306c7ce6e7006128a109060760857405080102a203020100a305a103020100be0f040d0800065f1f" +
        "04001802200960fa000aa8",
    );
    expect(result.codes).toEqual(["hdlc.flag-missing", "hdlc.flag-missing"]);
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      "A flag (7E) is missing: the opening flag",
      "A flag (7E) is missing: the closing flag",
    ]);
    expect(result.hdlc).toMatchObject({ "hcs-ok": true, "fcs-ok": true });
    expect(result.next?.kind).toBe("llc");
  });
});

describe("segmentation", () => {
  test("first segment: LLC is read, the APDU is not handed over", () => {
    const result = readBuilt({
      destination: "21",
      source: "03",
      control: "52",
      information: "e6e700 0c010001820163",
      segmented: true,
    });
    expect(result.codes).toEqual([]);
    expect(result.next).toBeUndefined();
    expect(result.dissection.layers).toEqual(["test", "hdlc", "llc"]);
    expect(result.dissection.link["llc"]).toEqual({
      "destination-lsap": 0xe6,
      "source-lsap": 0xe7,
      quality: 0,
      begins: "read-response",
    });
    const segment = findNode(result.tree, "llc.segment");
    expect(segment).toMatchObject({ start: 11, end: 18, note: "begins read-response" });
  });

  test("middle segment", () => {
    const result = readBuilt({ control: "54", information: "16010002030f", segmented: true });
    expect(result.codes).toEqual(["hdlc.segment-continued"]);
    expect(findNode(result.tree, "hdlc.segment").value).toEqual(toBytes("16010002030f"));
  });

  test("last segment of a meter", () => {
    // blockworksco-playground-hdlc-0001, frame 519
    const result = read("7ea00b21035af66b010006e57e");
    expect(result.codes).toEqual(["hdlc.segment-continued"]);
    expect(findNode(result.tree, "hdlc.segment")).toMatchObject({ start: 8, end: 10 });
    expect(result.next).toBeUndefined();
  });
});

describe("frame types", () => {
  test.each([
    ["00", { type: "I", "poll-final": false, "send-sequence": 0, "receive-sequence": 0 }],
    ["fe", { type: "I", "poll-final": true, "send-sequence": 7, "receive-sequence": 7 }],
    ["a1", { type: "RR", "poll-final": false, "receive-sequence": 5 }],
    ["35", { type: "RNR", "poll-final": true, "receive-sequence": 1 }],
    ["83", { type: "SNRM", "poll-final": false }],
    ["43", { type: "DISC", "poll-final": false }],
    ["63", { type: "UA", "poll-final": false }],
    ["0f", { type: "DM", "poll-final": false }],
    ["97", { type: "FRMR", "poll-final": true }],
    ["13", { type: "UI", "poll-final": true }],
  ])("control field %s", (control, expected) => {
    const result = readBuilt({ control });
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({ control: expected, "fcs-ok": true });
  });

  test.each([
    ["19", "REJ"],
    ["0d", "SREJ"],
    ["2f", "SABM"],
    ["bf", "XID"],
    ["e3", "TEST"],
    ["c3", "unknown"],
  ])("control field %s is not of DLMS", (control, type) => {
    const result = readBuilt({ control });
    expect(result.codes).toEqual(["hdlc.control"]);
    expect(result.hdlc).toMatchObject({ control: { type } });
  });

  test.each(["11", "53", "1f", "93", "73"])("control field %s takes no such payload", (control) => {
    const result = readBuilt({ control, information: "e6e600c001" });
    expect(result.codes).toEqual(["hdlc.information-unexpected"]);
    expect(findNode(result.tree, "hdlc.payload").value).toEqual(toBytes("e6e600c001"));
    expect(result.next).toBeUndefined();
  });
});

describe("reserved addresses", () => {
  const note = (tree: ReturnType<typeof read>["tree"], id: string) => findNode(tree, id).note;

  test("of a server, one byte for each part", () => {
    const { tree } = readBuilt({ destination: "02ff", source: "21", control: "93" });
    expect(note(tree, "hdlc.destination.upper")).toBe("management logical device");
    expect(note(tree, "hdlc.destination.lower")).toBe("all stations (broadcast)");
    expect(note(tree, "hdlc.source.upper")).toBe("public client");
  });

  test("of a server, two bytes for each part", () => {
    // 3fff and 3ffe in seven bits each, shifted past the extension bit
    const { tree } = readBuilt({ destination: "fefe fefd", source: "03", control: "93" });
    expect(note(tree, "hdlc.destination.upper")).toBe("all stations (broadcast)");
    expect(note(tree, "hdlc.destination.lower")).toBe("CALLING physical device");
    expect(findNode(tree, "hdlc.destination.lower")).toMatchObject({ value: 0x3ffe, end: 7 });
    expect(note(tree, "hdlc.source.upper")).toBe("client management process");
  });

  test("of a client, and nobody", () => {
    const { tree } = readBuilt({ destination: "ff", source: "0001", control: "13" });
    expect(note(tree, "hdlc.destination.upper")).toBe("all stations (broadcast)");
    expect(note(tree, "hdlc.source.upper")).toBe("no station");
    expect(note(tree, "hdlc.source.lower")).toBe("no station");
  });

  test("of one byte on both sides: the direction tells whose they are", () => {
    const frame = buildFrame({ destination: "03", source: "21", control: "93" });
    const open = dissectBytes(frame, readHdlc).tree;
    expect(note(open, "hdlc.source.upper")).toBeUndefined();
    expect(note(open, "hdlc.destination.upper")).toBe(
      "management logical device, or client management process",
    );
    const { tree } = dissectBytes(frame, readHdlc, { direction: "client-to-server" });
    expect(note(tree, "hdlc.source.upper")).toBe("public client");
    expect(note(tree, "hdlc.destination.upper")).toBe("management logical device");
  });
});

describe("damage", () => {
  test("wrong FCS", () => {
    const result = read(patch(toBytes(getResponse), 23, 0xf7));
    expect(result.codes).toEqual(["hdlc.fcs-mismatch"]);
    expect(result.diagnostics[0]).toMatchObject({
      start: 23,
      end: 25,
      message: "The frame check sequence is wrong: expected 0xb6f6",
    });
    expect(findNode(result.tree, "hdlc.fcs").note).toBe("wrong, expected 0xb6f6");
    expect(result.hdlc).toMatchObject({ "fcs-ok": false, fcs: 0xb6f7, "hcs-ok": true });
    expect(result.next?.kind).toBe("llc");
  });

  test("wrong HCS makes the FCS wrong, too", () => {
    const result = read(patch(toBytes(getResponse), 8, 0x00));
    expect(result.codes).toEqual(["hdlc.hcs-mismatch", "hdlc.fcs-mismatch"]);
    expect(findNode(result.tree, "hdlc.hcs").note).toBe("wrong, expected 0x09be");
    expect(result.next?.kind).toBe("llc");
  });

  test("every flipped bit behind the frame format is found", () => {
    const frame = toBytes(getResponse);
    for (let bit = 3 * 8; bit < (frame.length - 1) * 8; bit++) {
      const at = bit >> 3;
      const result = read(patch(frame, at, (frame[at] ?? 0) ^ (1 << (bit & 7))));
      expect(result.codes, `bit ${bit & 7} of byte ${at}`).toContain("hdlc.fcs-mismatch");
    }
  });

  test.each([
    ["too long", "a009 0321 93", "9 said, 7 there"],
    ["too short", "a007 0321 93 00", "7 said, 8 there"],
    ["far too short", "a000 0321 93", "0 said, 7 there"],
  ])("the length is %s, the FCS before the closing flag right", (_, body, detail) => {
    const result = read(seal(toBytes(body)));
    expect(result.codes).toContain("hdlc.length");
    expect(result.codes).not.toContain("hdlc.fcs-mismatch");
    expect(result.diagnostics[0]?.message).toContain(detail);
    expect(result.hdlc).toMatchObject({ control: { type: "SNRM" }, "fcs-ok": true });
  });

  test("bytes behind the frame are left over", () => {
    const result = read(`${getResponse}0102`);
    expect(result.codes).toEqual(["core.trailing-bytes"]);
    expect(findNode(result.tree, "core.undecoded")).toMatchObject({ start: 26, end: 28 });
    expect(result.hdlc).toMatchObject({ "fcs-ok": true });
  });

  test("lost bytes: the closing flag ends the frame", () => {
    const result = read(drop(toBytes(getResponse), 15, 2));
    expect(result.codes).toEqual(["hdlc.length", "hdlc.fcs-mismatch"]);
    expect(result.diagnostics[0]?.message).toMatch(/24 said, 22 there$/);
    expect(result.next?.kind).toBe("llc");
  });

  test("cut off: no FCS is looked for", () => {
    const result = read(toBytes(getResponse).subarray(0, 20));
    expect(result.codes).toEqual(["hdlc.length"]);
    expect(findNodes(result.tree, "hdlc.fcs")).toEqual([]);
    expect(result.hdlc).not.toHaveProperty("fcs");
    expect(handedOver(result)).toBe("e6e700c401c10009055630");
  });

  test("an FCS that ends with 7E and has no closing flag behind it", () => {
    // amsleser-hdlc-0030, frame 98 ends with the FCS d5 7e; here built with another payload
    const find = () => {
      for (let i = 0; i < 65536; i++) {
        const information = `e6e700${i.toString(16).padStart(4, "0")}`;
        const frame = buildFrame({ control: "10", information });
        if (frame[frame.length - 2] === 0x7e) return frame;
      }
      throw new Error("there is none");
    };
    const result = read(find().subarray(0, -1));
    expect(result.codes).toEqual(["hdlc.flag-missing"]);
    expect(result.hdlc).toMatchObject({ "fcs-ok": true });
  });

  test("flags as fill before and behind", () => {
    const result = read(`7e7e${getResponse}7e`);
    expect(result.codes).toEqual([]);
    expect(findNodes(result.tree, "hdlc.flag")).toHaveLength(5);
  });

  test("another format type is not read", () => {
    const result = read("7e132b48a2d2e6"); // amsleser-hdlc-0109, wrong parity
    expect(result.codes).toEqual(["hdlc.format-type"]);
    expect(findNode(result.tree, "core.undecoded")).toMatchObject({ start: 3, end: 7 });
  });

  test("an address without an end", () => {
    const frame = patch(toBytes(getResponse), 3, 2, 2, 2, 2, 2);
    const result = read(frame);
    expect(result.codes).toContain("hdlc.address");
    expect(findNode(result.tree, "hdlc.payload")).toMatchObject({ start: 3, end: 23 });
    expect(findNode(result.tree, "hdlc.fcs")).toMatchObject({ start: 23, end: 25 });
  });

  test("an HCS without an information field", () => {
    const result = read(seal(withCrc(toBytes("a009 0321 10"))));
    expect(result.codes).toEqual([]);
    expect(result.hdlc).toMatchObject({ "hcs-ok": true, "fcs-ok": true });
    expect(result.next).toBeUndefined();
  });

  test("one byte where an HCS should be", () => {
    const result = read(seal(toBytes("a008 0321 10 ff")));
    expect(result.codes).toEqual(["hdlc.header"]);
    expect(findNode(result.tree, "hdlc.payload")).toMatchObject({ start: 6, end: 7 });
  });

  test("no control field", () => {
    const result = read(seal(toBytes("a006 0321")));
    expect(result.codes).toEqual(["hdlc.header"]);
  });
});

test.each([getResponse, aarq, disconnectedMode])("every prefix of %s", (hex) => {
  expectPrefixes(hex, readHdlc);
});

test("random and mutated bytes throw nothing, and every byte is explained", () => {
  const frame = toBytes(aarq);
  const mutated = fc
    .array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    .map((changes) => changes.reduce((bytes, [at, value]) => patch(bytes, at, value), frame));
  const random = fc
    .uint8Array({ maxLength: 60 })
    .map((bytes) => Uint8Array.of(0x7e, 0xa0, bytes.length + 2, ...bytes, 0x7e));
  fc.assert(
    fc.property(fc.oneof(mutated, random, fc.uint8Array({ maxLength: 40 })), (bytes) => {
      const result = read(bytes);
      const seen = decodeBytes(bytes, (c) => {
        readHdlc(c);
        return c.dissection.link["hdlc"];
      });
      if (result.failure === undefined) expect(seen).toEqual(result.hdlc);
    }),
    { numRuns: 500 },
  );
});
