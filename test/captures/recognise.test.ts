import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { recogniseCapture, recogniseForeignFile } from "../../captures/recognise.js";
import {
  counting,
  PCAP_MICROSECONDS,
  PCAP_MODIFIED,
  PCAP_NANOSECONDS,
  pcapHeader,
  section,
} from "./pcap-builder.js";

const text = (value: string) => new TextEncoder().encode(value);

describe("recognition by content", () => {
  it.each([PCAP_MICROSECONDS, PCAP_NANOSECONDS, PCAP_MODIFIED])("knows pcap %i", (magic) => {
    expect(recogniseCapture(pcapHeader({ magic }))).toBe("pcap");
    expect(recogniseCapture(pcapHeader({ magic, little: false }))).toBe("pcap");
    expect(recogniseCapture(pcapHeader({ magic }).subarray(0, 4))).toBe("pcap");
  });

  it("knows pcapng by both of its magic numbers", () => {
    expect(recogniseCapture(section())).toBe("pcapng");
    expect(recogniseCapture(section({ little: false }))).toBe("pcapng");
    expect(recogniseCapture(section().subarray(0, 4))).toBe("pcapng");
    expect(recogniseCapture(text("\n\r\r\n7E A0 07 03 21 93 0F 01 7E\n"))).toBe("text");
  });

  it("knows gzip", () => {
    expect(recogniseCapture(gzipSync(counting(5)))).toBe("gzip");
  });

  it("takes readable text for a log", () => {
    expect(recogniseCapture(text("21:35:41\n7E A0 07 03 21 93 0F 01 7E\n"))).toBe("text");
    expect(recogniseCapture(text("\ufeffTX: 00 01 00 10\n"))).toBe("text");
    const utf16 = Uint8Array.from(Buffer.from("\ufeffTX: 00 01 00 10\n", "utf16le"));
    expect(recogniseCapture(utf16)).toBe("text");
    expect(recogniseCapture(text("/dev/ttyUSB0 7EA0070321930F017E\n"))).toBe("text");
  });

  it("takes binary for raw bytes", () => {
    const snrm = Uint8Array.of(0x7e, 0xa0, 0x07, 0x03, 0x21, 0x93, 0x0f, 0x01, 0x7e);
    expect(recogniseCapture(snrm)).toBe("raw");
    expect(recogniseCapture(Uint8Array.of(0xdb, 0x08, 0x4d, 0x4d, 0x4d, 0, 0, 0xbc))).toBe("raw");
  });

  // The identification line and the data lines are those of the DSMR P1 companion standard's form.
  it.each([
    "/ISk5\\2MT382-1000\r\n\r\n1-3:0.2.8(50)\r\n0-0:1.0.0(101209113020W)\r\n!\r\n",
    "\r\n\r\n/KFM5KAIFA-METER\r\n\r\n1-3:0.2.8(42)\r\n",
    "123.456*kWh)\r\n1-0:1.7.0(01.193*kW)\r\n!E47C\r\n/XMX5LGBBFG1009394887\r\n\r\n1-3:0.2.8(42)\r\n",
    "47C\r\n/ADN9 6534\r\n\r\n0-0:1.0.0(190318123456W)\r\n",
    "/NWA-WARMTELINK\r\n\r\n1-3:0.2.8(50)\r\n",
    "/ISk5",
    "/?!\r\n/LGZ5ZMD3104407.B32\r\n",
    "\u0002F.F(00000000)\r\n0.0.0(12345678)\r\n!\r\n/LGZ4\\2ZMD\r\n\r\nF.F(00)\r\n",
  ])("takes what a meter says in text for raw bytes: %j", (telegram) => {
    expect(recogniseCapture(text(telegram))).toBe("raw");
  });

  it("takes a log that quotes a telegram for a log", () => {
    const log = "2026-01-02 03:04:05 telegram received\r\n/ISk5\\2MT382-1000\r\n\r\n";
    expect(recogniseCapture(text(log))).toBe("text");
  });

  it("names files of other kinds", () => {
    expect(recogniseForeignFile(text("PK\u0003\u0004...."))).toBe("a ZIP archive");
    expect(recogniseForeignFile(text("%PDF-1.7"))).toBe("a PDF document");
    expect(recogniseForeignFile(counting(20))).toBeNull();
  });
});
