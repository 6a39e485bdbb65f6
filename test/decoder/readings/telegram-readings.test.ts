/** Telegrams of the P1 port. DSMR P1 companion standard; values and lines as the corpus has them. */
import { describe, expect, it } from "vitest";
import { standardNames } from "../../../decoder/cosem/standard-names.js";
import { LINK_TYPE_STREAM } from "../../../decoder/index.js";
import type { P1Object } from "../../../decoder/link/p1.js";
import { describeReading } from "../../../decoder/readings/described-reading.js";
import { readingsOf } from "../../../decoder/readings/readings-of-frame.js";
import { readTelegram } from "../../../decoder/readings/telegram-readings.js";
import { decodeTrace } from "../conversation/trace-frames.js";
import { tell } from "./reading-trace.js";

/** Object lines as the link layer gives them: `1-0:1.8.1(00001.001*kWh)`. */
function toObjects(lines: readonly string[]): P1Object[] {
  return lines.map((line) => {
    const [code = "", ...rest] = line.split("(");
    const values = rest.map((part) => {
      const [value = "", unit] = part.slice(0, -1).split("*");
      return unit === undefined ? { value } : { value, unit };
    });
    return { obis: `${code.replace(/[-:]/g, ".")}.255`, values };
  });
}

/** `1.0.1.8.1.255 1.001 kWh at 2017-..`, the value and unit as people read them. */
function list(...lines: readonly string[]): string[] {
  return readTelegram({ identification: "", objects: toObjects(lines) }).map((reading) => {
    const { logicalName, text, time } = describeReading(reading, standardNames());
    return `${logicalName.join(".")} ${text}${time === undefined ? "" : ` at ${time}`}`;
  });
}

describe("DSMR 2.2", () => {
  it("has no time of the telegram, and the gas meter's value behind its time", () => {
    // ndokter-dsmr-parser-p1-0001: the value stands on a line of its own.
    expect(
      list(
        "1-0:1.8.1(00001.001*kWh)",
        "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)(00001.001)",
        "0-0:96.14.0(0001)",
      ),
    ).toEqual([
      "1.0.1.8.1.255 1.001 kWh",
      "0.1.24.3.0.255 1.001 m³ at 2016-11-07T19:00:00*",
      "0.0.96.14.0.255 0001",
    ]);
  });
});

describe("DSMR 4", () => {
  // ndokter-dsmr-parser-p1-0003
  const lines = [
    "0-0:1.0.0(161113205757W)",
    "1-0:1.8.1(001581.123*kWh)",
    "1-0:99.97.0(3)(0-0:96.7.19)(000104180320W)(0000237126*s)(000101000001W)(2147583646*s)",
    "0-0:96.13.0()",
    "1-0:31.7.0(000*A)",
    "0-1:24.2.1(161129200000W)(00981.443*m3)",
  ];

  it("dates its values, and those of the gas meter by their own time", () => {
    expect(list(...lines)).toEqual([
      "0.0.1.0.0.255 2016-11-13T20:57:57* at 2016-11-13T20:57:57*",
      "1.0.1.8.1.255 1581.123 kWh at 2016-11-13T20:57:57*",
      "0.0.96.13.0.255  at 2016-11-13T20:57:57*",
      "1.0.31.7.0.255 0 A at 2016-11-13T20:57:57*",
      "0.1.24.2.1.255 981.443 m³ at 2016-11-29T20:00:00*",
    ]);
  });

  it("gives no value for the log of power failures", () => {
    expect(list(...lines).some((line) => line.startsWith("1.0.99.97"))).toBe(false);
  });
});

describe("DSMR 5", () => {
  it("sends serial numbers as hex of their characters", () => {
    // ndokter-dsmr-parser-p1-0004; 4B 38 45 47 is K8EG, 30 is 0.
    expect(list("0-0:96.1.1(4B384547303034303436333935353037)")).toEqual([
      "0.0.96.1.1.255 K8EG004046395507",
    ]);
    // 0-2:96.1.0 of a channel without a meter.
    expect(list("0-2:96.1.0()")).toEqual(["0.2.96.1.0.255 "]);
    // Digits that are no printable characters stay digits.
    expect(list("0-0:96.1.1(3960221976967177082151037881335713)")).toEqual([
      "0.0.96.1.1.255 3960221976967177082151037881335713",
    ]);
  });

  it("counts voltages in V", () => {
    expect(list("1-0:32.7.0(0230.0*V)")).toEqual(["1.0.32.7.0.255 230.0 V"]);
  });
});

describe("Belgium", () => {
  it("gives the month's maximum at its time, and no value for the list of months", () => {
    // ndokter-dsmr-parser-p1-0007
    expect(
      list(
        "1-0:1.6.0(200509134558S)(02.589*kW)",
        "0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)(200501000000S)(200423192538S)(03.695*kW)(200401000000S)(200305122139S)(05.980*kW)",
      ),
    ).toEqual(["1.0.1.6.0.255 2.589 kW at 2020-05-09T13:45:58*"]);
  });
});

it("reads whole telegrams", () => {
  // ndokter-dsmr-parser-p1-0001 (DSMR 2.2), shortened: the gas meter's value on a line of its own.
  const lines = [
    "/ISk5\\2MT382-1004",
    "",
    "1-0:1.8.1(00001.001*kWh)",
    "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)",
    "(00001.001)",
    "!",
    "",
  ];
  const bytes = Uint8Array.from(lines.join("\r\n"), (character) => character.charCodeAt(0));
  const [frame, ...more] = decodeTrace([{ bytes, linkType: LINK_TYPE_STREAM }], { framing: "p1" });
  expect(more).toEqual([]);
  const readings = frame === undefined ? [] : readingsOf(frame);
  expect(readings.map(tell)).toEqual([
    "1.0.1.8.1.255/2 1.001 kWh",
    "0.1.24.3.0.255/2 1.001 m³ at 2016-11-07T19:00:00*",
  ]);
});

it("takes what has no code of six numbers for no object", () => {
  const objects = [{ obis: "96.1", values: [{ value: "1" }] }];
  expect(readTelegram({ identification: "", objects })).toEqual([]);
});
