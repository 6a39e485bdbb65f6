import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIec6205621 } from "../../../decoder/link/iec-62056-21.js";
import { probeIec6205621 } from "../../../decoder/link/iec-62056-21-probe.js";
import {
  dissectBytes,
  expectInBounds,
  expectPrefixes,
  expectTiled,
  findNode,
  toBytes,
} from "../dissect-bytes.js";

// Corpus, pwitab-iec62056-21-iec21-0001 and -0002: "bcc 1b valid", "bcc 50 valid".
const write = "01573202433030332839313033323430393232333929031b";
const password = "015030022831323334353637290350";
// Corpus, fs-22222885268-iec21-0001; the identification without the stray ?? before it.
const request = "2f3f210d0a";
const identification = "2f564d51355c320d0a";
const option = "063235320d0a";
const optionWithParity = "06b235b28d0a0a";
// (00654321): 28^29 = 01, 30^30 = 00, 36^35 = 03, 34^33 = 07, 32^31 = 03, all of it and ETX 03: 05.
const answer = "02283030363534333231290305";

function read(input: string) {
  const bytes = toBytes(input);
  const dissected = dissectBytes(bytes, readIec6205621);
  expectInBounds(dissected);
  expectTiled(dissected.tree, bytes);
  return { ...dissected, link: dissected.dissection.link["iec-62056-21"] };
}
const ascii = (text: string) =>
  [...text].map((character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");

describe("opening", () => {
  it("request message", () => {
    expect(read(request).link).toEqual({ message: "request", "device-address": "" });
    const { link, tree } = read(ascii("/?12345678!\r\n"));
    expect(link).toEqual({ message: "request", "device-address": "12345678" });
    expect(findNode(tree, "iec-62056-21.device-address")).toMatchObject({ start: 2, end: 10 });
  });

  it("identification message that offers HDLC", () => {
    expect(read(identification).link).toEqual({
      message: "identification",
      manufacturer: "VMQ",
      "baud-rate": 9600,
      identification: "",
      hdlc: true,
    });
    expect(read(ascii("/LGZ4ZMD3104100.B32\r\n")).link).toMatchObject({
      manufacturer: "LGZ",
      "baud-rate": 4800,
      identification: "ZMD3104100.B32",
      hdlc: false,
    });
  });

  it("acknowledgement with option select", () => {
    const { link, tree, codes } = read(option);
    expect(link).toEqual({
      message: "option-select",
      "protocol-control": "2",
      "baud-rate": 9600,
      mode: "2",
    });
    expect(findNode(tree, "iec-62056-21.mode").note).toBe("binary mode, HDLC");
    expect(codes).toEqual([]);
  });

  it("with parity bits", () => {
    const { link, codes } = read(optionWithParity);
    expect(codes).toEqual(["iec-62056-21.parity"]);
    expect(link).toEqual(read(option).link);
  });
});

describe("data and commands", () => {
  it("write command", () => {
    const { link, tree, codes } = read(write);
    expect(link).toEqual({
      message: "command",
      command: "W2",
      "data-sets": [{ address: "C003", values: [{ value: "910324092239" }] }],
      "bcc-ok": true,
    });
    expect(findNode(tree, "iec-62056-21.command").note).toBe("write formatted data");
    expect(codes).toEqual([]);
  });

  it("password command of the meter", () => {
    expect(read(password).link).toMatchObject({ command: "P0", "bcc-ok": true });
  });

  it("break: 42 ^ 30 ^ 03 = 71", () => {
    expect(read("014230 03 71").link).toMatchObject({ command: "B0", "bcc-ok": true });
  });

  it("answer to a read command", () => {
    expect(read(answer).link).toEqual({
      message: "data",
      "data-sets": [{ address: "", values: [{ value: "00654321" }] }],
      "bcc-ok": true,
    });
  });

  it("data readout with several sets in a line", () => {
    const text = "1.8.0(0001.5*kWh)2.8.0(2*kWh)\r\n!\r\n\x03";
    const check = [...text].reduce((sum, character) => sum ^ character.charCodeAt(0), 0);
    const { link, tree } = read(`02${ascii(text)}${check.toString(16).padStart(2, "0")}`);
    expect(link).toMatchObject({
      "data-sets": [
        { address: "1.8.0", values: [{ value: "0001.5", unit: "kWh" }] },
        { address: "2.8.0", values: [{ value: "2", unit: "kWh" }] },
      ],
      "bcc-ok": true,
    });
    expect(findNode(tree, "iec-62056-21.end").value).toBe("!");
  });

  it("a wrong block check character", () => {
    const { codes, diagnostics } = read(`${write.slice(0, -2)}1c`);
    expect(codes).toEqual(["iec-62056-21.bcc-mismatch"]);
    expect(diagnostics[0]).toMatchObject({ start: 23, end: 24 });
    expect(diagnostics[0]?.message).toContain("0x1c there, 0x1b computed");
  });

  it("acknowledged or not", () => {
    expect(read("06").link).toEqual({ message: "acknowledgement" });
    expect(read("15").codes).toEqual(["iec-62056-21.not-acknowledged"]);
  });
});

describe("damaged messages", () => {
  it("say so at every length", () => {
    for (const hex of [write, password, request, identification]) {
      expectPrefixes(hex, readIec6205621);
    }
  });

  it("throw nothing, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.constantFrom(0x01, 0x02, 0x06, 0x15, 0x2f), fc.uint8Array(), (first, tail) => {
        const bytes = Uint8Array.from([first, ...tail]);
        const dissected = dissectBytes(bytes, readIec6205621);
        expectInBounds(dissected);
        expectTiled(dissected.tree, bytes);
      }),
    );
  });
});

describe("probe", () => {
  const probe = (hex: string, ended = false) => probeIec6205621(toBytes(hex), 0, ended);

  it.each([write, password, request, option, answer])("finds %s", (hex) => {
    expect(probe(`${hex}7e`)).toBe(hex.length / 2);
    expect(probe(hex.slice(0, -2))).toBe(0);
  });

  it("leaves an identification with an empty line to P1", () => {
    expect(probe(identification)).toBe(0);
    expect(probe(identification, true)).toBe(9);
    expect(probe(`${identification}06`)).toBe(9);
    expect(probe(`${identification}0d0a`)).toBe(-1);
  });

  it("is not taken in by APDUs and noise", () => {
    expect(probe("01000000065f1f0400")).toBe(-1);
    expect(probe("0601020008090c")).toBe(1);
    expect(probe("024103ff")).toBe(-1);
    expect(probe("02ff")).toBe(-1);
  });
});
