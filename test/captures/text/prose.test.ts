import { describe, expect, it } from "vitest";
import { chunksOf, commentsOf } from "../pcap-builder.js";
import { hexOf, lines, readLog } from "./read-log.js";

const page = [
  "Hi all, I have a problem with my Landis+Gyr E450 since 2021. It was installed on 12.03.2019 and",
  "the serial number is 6970631401753985. On Monday at 21:35:41 I tried the HAN port (RJ12) with",
  "115200 8N1. The manual from 2017-09-15 says 2400 baud, 8E1. I bought a 3D printed case, a USB",
  "M-Bus adapter for 25 EUR, and a cable of 12 34 cm. Price 12 34 56 is wrong?",
  "Add a decade of bad coffee, a dead cafe face and a facade: be a beef. I fed the deaf babe a bead.",
  "Call 01 23 45 67 89 or +43 664 1234567. My IP is 192.168.10.12, the MAC is 00:1A:79:AB:CD:EF.",
  "Version: 1.20.3, commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904, build 20240131.",
  "1) First I set the key 000102030405060708090A0B0C0D0E0F and the title 4D4D4D0000BC614E",
  "2) then 16 bytes, then 32 bytes, 64 bytes.",
  "OBIS 1-0:1.8.0*255 reads 001234.567 kWh; 1.0.1.8.0.255 too.",
  "1-0:1.8.0(00009621.983*kWh)",
  "0-0:96.1.1(4B384547303034303436333935353037)",
  "!1D66",
  "GUID 7ea05929-2313-43ef-b36c-ae3e5fa64a51",
  "See https://example.org/7ea0/0703/2193?x=0f017e and #1234, PR 5678.",
  "Error code: 0x8004, status 0x01, at address 0x10. Return 0xFF",
  "The first byte is 7E, then A0. C1 D2 E3 are vitamins.",
  "Temperatures: 20 21 22 23",
  "Ratio 10:20:30 and 4:3. Scores: 12-10-22.",
  "2024",
  "12345678",
  "6970631401753985",
  "dead",
  "dead beef",
  "Date: 2024-01-31",
  "Time: 21:35",
  "21:35:41 it went wrong",
  "Decoded on 31.01.2024 14:22:05 by me, in 12 ms.",
  "[1] see the docs, [2, 3] for more.",
  "Fe, Ac, Cd are elements. Ed fed Abe a bad egg. A bee faced a dead decade.",
  "- be: a verb",
  "- ad: an advertisement",
  "Key: 000102030405060708090A0B0C0D0E0F",
  "GUEK = 000102030405060708090A0B0C0D0E0F",
  "System title: 4D4D4D0000BC614E",
  "Add 1 2 3 4 5 6 7 8",
  "Baud: 2400 9600 19200",
  '<OctetString Value="0100010800FF" />',
  '<UInt32 Value="0017FA98" />',
  '{"key":"000102030405060708090a0b0c0d0e0f","n":12}',
  "print(b'OK')",
];

describe("prose", () => {
  it("is never read as bytes, and every line of it is kept", () => {
    const items = readLog(lines(...page));
    expect(chunksOf(items)).toEqual([]);
    expect(commentsOf(items).map((comment) => comment.text)).toEqual(page);
  });

  it.each(page)("%s", (line) => {
    expect(hexOf(line)).toEqual([]);
  });

  it("around frames leaves the frames alone", () => {
    const log = page.flatMap((line) => [line, "", "7E A0 07 03 21 93 0F 01 7E", ""]);
    expect(new Set(hexOf(lines(...log)))).toEqual(new Set(["7ea0070321930f017e"]));
  });
});
