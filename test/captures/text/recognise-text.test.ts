import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksLikeText } from "../../../captures/text/recognise-text.js";

const encode = (text: string, encoding: BufferEncoding = "utf8") =>
  Uint8Array.from(Buffer.from(text, encoding));
const log = "21:35:41 TX: 7E A0 07\r\n\tRX: 7E A0\n";

describe("text", () => {
  it.each([
    ["ASCII", encode(log)],
    ["UTF-8", encode(`${log}Zähler „E450“`)],
    ["UTF-8 with a mark", encode(`\ufeff${log}`)],
    ["UTF-8 that is cut off in a character", encode(`${log}ä`).slice(0, -1)],
    ["UTF-16, little endian", encode(`\ufeff${log}`, "utf16le")],
    ["UTF-16, big endian", Uint8Array.from(Buffer.from(`\ufeff${log}`, "utf16le").swap16())],
    ["Latin-1", encode(`${log}Zähler für Öl`, "latin1")],
    ["colours", encode("\u001b[0;36m[D] 7EA0\u001b[0m\n")],
  ])("%s", (_, head) => {
    expect(looksLikeText(head)).toBe(true);
  });
});

describe("no text", () => {
  it.each([
    ["nothing", new Uint8Array(0)],
    ["an HDLC frame", encode("7ea0070321930f017e", "hex")],
    ["a wrapper PDU", encode("0001001000010005620380010000", "hex")],
    ["text with parity in bit 7", encode(log).map((byte) => (byte % 3 === 0 ? byte | 0x80 : byte))],
    ["a zero byte", encode("7E A0\0")],
    ["bytes that begin like a mark", encode("fffe0102030405060708", "hex")],
  ])("%s", (_, head) => {
    expect(looksLikeText(head)).toBe(false);
  });

  it("nothing makes it throw", () => {
    fc.assert(fc.property(fc.uint8Array(), (head) => typeof looksLikeText(head) === "boolean"));
  });
});
