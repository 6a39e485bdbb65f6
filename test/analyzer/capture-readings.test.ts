import { afterAll, describe, expect, it } from "vitest";
import { keySetFromOptions, type ReadingRow, readCaptureReadings } from "../../analyzer/index.js";
import { pcapHeader, pcapRecord, udpPacket } from "../bench/packets.js";
import { toBytes } from "../decoder/dissect-bytes.js";
import { general } from "../decoder/security/cipher-builder.js";
import { inPieces, type LogLine, message, read, writeLog } from "./session-log.js";
import { TestFolder } from "./test-folder.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

async function collect(
  source: Parameters<typeof readCaptureReadings>[0],
  options: Parameters<typeof readCaptureReadings>[1] = {},
): Promise<ReadingRow[]> {
  const rows: ReadingRow[] = [];
  for await (const group of readCaptureReadings(source, options)) rows.push(...group);
  return rows;
}

const ofFile = (lines: readonly LogLine[]) => collect(folder.write("log.txt", writeLog(lines)));
const ofStream = (lines: readonly LogLine[]) =>
  collect(inPieces(Buffer.from(writeLog(lines)), 100));

const energy = "1-0:1.8.0*255";
/** 123456; then 10 to the power of -1, Wh: 12345.6 Wh. */
const value = (at: number) => read(at, 3, energy, 2, "06 0001e240");
const scaler = (at: number) => read(at, 3, energy, 3, "02 02 0f ff 16 1e");

describe("the scalers of readings", () => {
  it("count in a file before the value and after it", async () => {
    for (const lines of [
      [...scaler(0), ...value(1000)],
      [...value(0), ...scaler(1000)],
    ]) {
      expect(await ofFile(lines)).toMatchObject([
        { raw: 123456, scaler: -1, value: 12345.6, unit: "Wh", scale: "trace" },
      ]);
    }
  });

  it("count in a stream only before the value", async () => {
    expect(await ofStream([...scaler(0), ...value(1000)])).toMatchObject([{ value: 12345.6 }]);
    expect(await ofStream([...value(0), ...scaler(1000)])).toMatchObject([
      { value: 123456, scaler: undefined, unit: undefined, scale: undefined },
    ]);
  });

  it("are those of the time of the value where they change", async () => {
    const changed = read(2000, 3, energy, 3, "02 02 0f 01 16 1e");
    const rows = await ofFile([...scaler(0), ...value(1000), ...changed, ...value(3000)]);
    // 12345.6 Wh, then 1234560 Wh.
    expect(rows.map((row) => row.value)).toEqual([12345.6, 1234560]);
  });

  it("are those of the object's own attributes", async () => {
    // Extended register 1-0:1.6.0: 200 W at 2026-01-02 03:04:00. The time counts in nothing.
    const name = "1-0:1.6.0*255";
    const rows = await ofFile([
      ...read(0, 4, name, 2, "12 00c8"),
      ...read(1000, 4, name, 3, "02 02 0f 00 16 1b"),
      ...read(2000, 4, name, 5, "09 0c 07ea0102 05 030400 00 8000 00"),
    ]);
    expect(rows).toMatchObject([
      { attribute: 2, value: 200, unit: "W" },
      { attribute: 5, value: "2026-01-02T03:04:00*", unit: undefined },
    ]);
  });
});

const profile = "1-0:99.1.0*255";

/** A row of the clock and a number: the minute of 2026-01-02 03:mm:00, hundredths, deviation. */
const row = (minute: number, number: number, hundredths = "00", deviation = "0000") => {
  const hex = (byte: number) => byte.toString(16).padStart(2, "0");
  return `02 02 09 0c 07ea0102 05 03${hex(minute)}00 ${hundredths} ${deviation} 00 11 ${hex(number)}`;
};
const buffer = (...rows: string[]) => `01 0${rows.length} ${rows.join(" ")}`;
const numbers = (rows: readonly ReadingRow[]) =>
  rows.filter((each) => each.row?.column === 2).map(({ raw }) => raw);

describe("the rows of a profile", () => {
  it("come in the order of their times, with the numbers that the meter gave them", async () => {
    const rows = await ofFile(read(0, 7, profile, 2, buffer(row(30, 3), row(0, 1), row(15, 2))));
    expect(numbers(rows)).toEqual([1, 2, 3]);
    expect(rows.map((each) => [each.time, each.row?.number, each.row?.column])).toEqual([
      ["2026-01-02T03:00:00+00:00", 2, 1],
      ["2026-01-02T03:00:00+00:00", 2, 2],
      ["2026-01-02T03:15:00+00:00", 3, 1],
      ["2026-01-02T03:15:00+00:00", 3, 2],
      ["2026-01-02T03:30:00+00:00", 1, 1],
      ["2026-01-02T03:30:00+00:00", 1, 2],
    ]);
  });

  it("come so where they differ in hundredths of a second", async () => {
    const rows = buffer(row(30, 3, "05"), row(0, 1, "3e"), row(0, 2, "40"));
    expect(numbers(await ofFile(read(0, 7, profile, 2, rows)))).toEqual([1, 2, 3]);
  });

  it("stay as they were sent where their deviations differ", async () => {
    // 03:30 at UTC+1 is before 03:00 at UTC: deviation -60.
    const rows = buffer(row(30, 1, "00", "ffc4"), row(0, 2));
    expect(numbers(await ofFile(read(0, 7, profile, 2, rows)))).toEqual([1, 2]);
  });

  it("are not mixed with those of other profiles in the same answer", async () => {
    // get-request-with-list of two profiles, and get-response-with-list.
    const lines = [
      message(0, "client", "c00341 02 0007 0100630100ff 02 00 0007 0100630200ff 02 00"),
      message(
        100,
        "server",
        `c40341 02 00 ${buffer(row(20, 2), row(0, 1))} 00 ${buffer(row(30, 4), row(10, 3))}`,
      ),
    ];
    expect(numbers(await ofFile(lines))).toEqual([1, 2, 3, 4]);
  });

  it("are sorted beside values that stand alone", async () => {
    const lines = [
      message(0, "client", "c00341 02 0003 0100010800ff 02 00 0007 0100630100ff 02 00"),
      message(100, "server", `c40341 02 00 06 00000007 00 ${buffer(row(20, 2), row(0, 1))}`),
    ];
    const rows = await ofFile(lines);
    expect(rows[0]?.raw).toBe(7);
    expect(rows[0]?.row).toBeUndefined();
    expect(numbers(rows)).toEqual([1, 2]);
  });

  it("have in a file the columns and scalers that were read after them", async () => {
    // Clock and the register; then its scaler 1 and Wh: 5 is 50 Wh.
    const columns =
      "01 02 02 04 12 0008 09 06 0000010000ff 0f 02 12 0000 02 04 12 0003 09 06 0100010800ff 0f 02 12 0000";
    const lines = [
      ...read(0, 7, profile, 2, buffer(row(0, 5))),
      ...read(1000, 7, profile, 3, columns),
      ...read(2000, 3, energy, 3, "02 02 0f 01 16 1e"),
    ];
    const [clock, number, ...others] = await ofFile(lines);
    expect(others).toEqual([]);
    expect(clock).toMatchObject({ classId: 8, value: "2026-01-02T03:00:00+00:00" });
    expect(number).toMatchObject({ classId: 3, value: 50, unit: "Wh" });
    expect(number?.logicalName.join(".")).toBe("1.0.1.8.0.255");
    const inStream = await ofStream(lines);
    expect(inStream.map(({ classId }) => classId)).toEqual([7, 7]);
    expect(inStream[1]).toMatchObject({ value: 5, unit: undefined });
  });
});

describe("the meters of readings", () => {
  /** KFM12 and 4711 as octet-strings. */
  const deviceName = (at: number) => read(at, 1, "0-0:42.0.0*255", 2, "09 05 4b464d3132");
  const deviceId = (at: number) => read(at, 1, "0-0:96.1.0*255", 2, "09 04 34373131");
  const metersOf = (rows: readonly ReadingRow[]) => rows.map(({ meter }) => meter);

  it("have the server's address where nothing else is told", async () => {
    expect(metersOf(await ofFile(value(0)))).toEqual(["server 1"]);
  });

  it("have the address of the packet with it", async () => {
    const ends = { source: 1, destination: 2, sourcePort: 40_000, destinationPort: 4059 };
    const back = { source: 2, destination: 1, sourcePort: 4059, destinationPort: 40_000 };
    const [request, answer] = value(0).map(([, , bytes]) => bytes);
    const capture = Buffer.concat([
      pcapHeader,
      pcapRecord(udpPacket(ends, request ?? Buffer.alloc(0)), 0),
      pcapRecord(udpPacket(back, answer ?? Buffer.alloc(0)), 1000),
    ]);
    const [meter] = metersOf(await collect(folder.write("packets.pcap", capture)));
    expect(meter).toMatch(/^\d+\.\d+\.\d+\.2 1$/);
  });

  it("have the logical device name before other identifiers, for the whole of a file", async () => {
    const lines = [...value(0), ...deviceId(1000), ...deviceName(2000), ...value(3000)];
    expect(new Set(metersOf(await ofFile(lines)))).toEqual(new Set(["KFM12"]));
    // A stream knows each when it has come.
    expect(metersOf(await ofStream(lines))).toEqual(["server 1", "4711", "KFM12", "KFM12"]);
  });

  it("have the system title before everything else", async () => {
    // A push of the logical device name, ciphered with the keys of IEC 62056-5-3's examples.
    const title = toBytes("4d4d4d0000bc614e");
    const key = toBytes("000102030405060708090a0b0c0d0e0f");
    const authenticationKey = toBytes("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
    const push = toBytes("0f 00000001 00 02 02 0906 00002a0000ff 0905 4b464d3132");
    const apdu = general(0xdb, push, { control: 0x30, key, authenticationKey, title, counter: 1 });
    const path = folder.write("ciphered.txt", writeLog([message(0, "server", apdu)]));
    const keySets = [
      keySetFromOptions({
        guek: "000102030405060708090a0b0c0d0e0f",
        gak: "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf",
      }),
    ];
    const rows = await collect(path, { keySets });
    expect(rows.map(({ meter, value }) => [meter, value])).toEqual([["4d4d4d0000bc614e", "KFM12"]]);
  });

  it("are told apart by their conversations", async () => {
    const lines = [...deviceName(0), ...value(1000), ...read(2000, 3, energy, 2, "11 01", 1)];
    expect(metersOf(await ofFile(lines))).toEqual(["KFM12", "KFM12", "server 1"]);
  });
});
