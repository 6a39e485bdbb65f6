import { describe, expect, it } from "vitest";
import {
  formatLineSettings,
  LineSettingsError,
  linePresets,
  parseBaud,
  parseCharacterFormat,
  parseLineSettings,
  parsePreset,
} from "../../../captures/live/line-settings.js";

describe("settings of a line", () => {
  it.each([
    ["8N1", { dataBits: 8, parity: "none", stopBits: 1 }],
    ["7e1", { dataBits: 7, parity: "even", stopBits: 1 }],
    [" 8E1 ", { dataBits: 8, parity: "even", stopBits: 1 }],
    ["7O2", { dataBits: 7, parity: "odd", stopBits: 2 }],
    ["5M1.5", { dataBits: 5, parity: "mark", stopBits: 1.5 }],
    ["6S1", { dataBits: 6, parity: "space", stopBits: 1 }],
  ])("reads the character format %s", (text, format) => {
    expect(parseCharacterFormat(text)).toEqual(format);
  });

  it.each(["", "8", "8N", "9N1", "4N1", "8X1", "8N3", "8N1 ,", "N81", "8N1.2"])(
    "refuses the character format %j",
    (text) => {
      expect(() => parseCharacterFormat(text)).toThrow(LineSettingsError);
      expect(() => parseCharacterFormat(text)).toThrow(/7E1/);
    },
  );

  it.each([
    ["300", 300],
    [" 9600 ", 9600],
    ["921600", 921_600],
  ])("reads the speed %j", (text, baud) => {
    expect(parseBaud(text)).toBe(baud);
  });

  it.each(["299", "921601", "fast", "9600.5", "-300", "1e4", "", "0x300", "99999999"])(
    "refuses the speed %j",
    (text) => {
      expect(() => parseBaud(text)).toThrow(/from 300 to 921600/);
    },
  );

  it.each(["2400 8E1", "2400,8E1", "2400/8e1", "2400:8E1", "2400, 8E1"])("reads %j", (text) => {
    expect(parseLineSettings(text)).toEqual({
      baud: 2400,
      dataBits: 8,
      parity: "even",
      stopBits: 1,
    });
  });

  it("takes a speed alone for 8N1, and refuses more than it needs", () => {
    expect(formatLineSettings(parseLineSettings("19200"))).toBe("19200 8N1");
    expect(() => parseLineSettings("9600 8N1 rtscts")).toThrow(LineSettingsError);
  });

  it("writes what it reads", () => {
    for (const text of ["300 7E1", "2400 8E1", "115200 8N1", "9600 7O2"]) {
      expect(formatLineSettings(parseLineSettings(text))).toBe(text);
    }
  });

  it("knows the usual lines by name", () => {
    const words = Object.entries(linePresets).map(
      ([name, line]) => `${name} ${formatLineSettings(line)}`,
    );
    expect(words).toEqual([
      "hdlc 9600 8N1",
      "optical 300 7E1",
      "han 2400 8E1",
      "mbus 2400 8E1",
      "p1 115200 8N1",
    ]);
    expect(Object.keys(linePresets).map(parsePreset)).toEqual(Object.keys(linePresets));
    expect(parsePreset("HAN")).toBe("han");
    expect(parsePreset("toString")).toBeUndefined();
  });
});
